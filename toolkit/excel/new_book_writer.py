"""A :class:`NewBook` as the bytes of an .xlsx file, by XlsxWriter: the writer that keeps results beside formulas."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from toolkit.excel.addresses import parse_area
from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text
from toolkit.excel.formula_sheet import FormulaSheet
from toolkit.excel.new_book import ChartKind, Highlight, Look, NewBook, NewCell, NewChart, NewSheet
from toolkit.excel.new_book_styles import BODY_FONT, CHART_COLOURS, HEADING_FONT, look_properties, shade_properties
from toolkit.model import ErrorValue, Value

_CREATED = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # equal content gives equal bytes
_A4 = 9
_PLOTS = {  # shares of the chart that leave room for labels at the ends of the longest columns
    ChartKind.COLUMN: {"x": 0.08, "y": 0.2, "width": 0.9, "height": 0.67},
    ChartKind.BAR: {"x": 0.24, "y": 0.14, "width": 0.66, "height": 0.82},
}


def write_book(book: NewBook) -> bytes:
    """Write a workbook; the same book gives the same bytes.

    Text is written as text whatever it begins with; programs recalculate on opening, and whoever does not sees the
    results given with the formulas.
    """
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    options["use_future_functions"] = True
    target = xlsxwriter.Workbook(stream, options)
    target.set_properties({"title": visible_text(book.title), "created": _CREATED})
    target.set_calc_mode("auto")
    formats = _Formats(target, book.money_format)
    sheets = [
        (target.add_worksheet(sheet.name, FormulaSheet), sheet) for sheet in book.sheets
    ]  # charts may look at later sheets
    for worksheet, sheet in sheets:
        _write_sheet(worksheet, sheet, formats)
        for chart in sheet.charts:
            worksheet.insert_chart(chart.at, _chart(target, chart))
    target.close()
    return stream.getvalue()


class _Formats:
    """The workbook's formats, each made once."""

    def __init__(self, target: Any, money_format: str) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._target, self._money = target, money_format
        self._made: dict[object, Any] = {}

    def of(self, look: Look, *, quoted: bool = False) -> Any:  # noqa: ANN401
        """The format of a look; ``quoted`` keeps a text a text when somebody edits the cell."""
        key = (look, quoted)
        if key not in self._made:
            more = {"quote_prefix": True} if quoted else {}
            self._made[key] = self._target.add_format({**look_properties(look, self._money), **more})
        return self._made[key]

    def shade(self, highlight: Highlight) -> Any:  # noqa: ANN401
        """The format of a conditional shade."""
        key = highlight.shade
        if key not in self._made:
            self._made[key] = self._target.add_format(shade_properties(highlight.shade))
        return self._made[key]


def _write_sheet(worksheet: Any, sheet: NewSheet, formats: _Formats) -> None:  # noqa: ANN401
    merged = _merged_cells(sheet)
    for (row, column), (address, tip) in sheet.links.items():
        worksheet.write_url(
            row - 1, column - 1, address, string=" ", tip=tip
        )  # the cell's own content is written over its text
    for (row, column), cell in sheet.cells.items():
        _write_cell(worksheet, row - 1, column - 1, cell, formats)
    for area in sheet.merges:
        row, column, last_row, last_column = (edge - 1 for edge in parse_area(area))
        look = merged[area]
        worksheet.merge_range(row, column, last_row, last_column, "", formats.of(look.look))
        _write_cell(worksheet, row, column, look, formats)
    for column, width in sheet.widths.items():
        worksheet.set_column(column - 1, column - 1, width, None, {"hidden": column in sheet.hidden_columns})
    for row, height in sheet.heights.items():
        worksheet.set_row(row - 1, height)
    for highlight in sheet.highlights:
        worksheet.conditional_format(highlight.area, _condition(highlight, formats))
    _set_up_page(worksheet, sheet)


def _merged_cells(sheet: NewSheet) -> dict[str, NewCell]:
    return {area: sheet.cells[parse_area(area)[:2]] for area in sheet.merges}


def _write_cell(worksheet: Any, row: int, column: int, cell: NewCell, formats: _Formats) -> None:  # noqa: ANN401
    value = cell.value
    if cell.formula:
        worksheet.write_formula(row, column, cell.formula, formats.of(cell.look), _result(value))
    elif isinstance(value, bool):
        worksheet.write_boolean(row, column, value, formats.of(cell.look))
    elif isinstance(value, Decimal):
        worksheet.write_number(row, column, float(value), formats.of(cell.look))
    elif value is None or value == "":
        worksheet.write_blank(row, column, None, formats.of(cell.look))
    else:
        text = visible_text(str(value))
        worksheet.write_string(row, column, text, formats.of(cell.look, quoted=text.startswith(STARTS_A_FORMULA)))


def _result(value: Value) -> float | bool | str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return float(value)
    return value.value if isinstance(value, ErrorValue) else value


def _condition(highlight: Highlight, formats: _Formats) -> dict[str, Any]:
    if highlight.above is not None:
        return {"type": "cell", "criteria": ">", "value": highlight.above, "format": formats.shade(highlight)}
    quoted = highlight.text.replace('"', '""')
    return {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": formats.shade(highlight)}


def _set_up_page(worksheet: Any, sheet: NewSheet) -> None:  # noqa: ANN401
    worksheet.hide_gridlines(2)
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.fit_to_pages(1, 1 if sheet.one_page else 0)
    worksheet.center_horizontally()
    worksheet.set_footer(f'&L&"{BODY_FONT},Regular"&9&A&R&"{BODY_FONT},Regular"&9第 &P 页 共 &N 页')
    if sheet.heading_rows:
        worksheet.repeat_rows(sheet.heading_rows[0] - 1, sheet.heading_rows[1] - 1)
    if sheet.print_area:
        worksheet.print_area(sheet.print_area)
    if any(sheet.freeze):
        worksheet.freeze_panes(*sheet.freeze)
    if sheet.filter:
        worksheet.autofilter(sheet.filter)


def _chart(target: Any, plan: NewChart) -> Any:  # noqa: ANN401
    chart = target.add_chart(
        {"type": plan.kind.value} | ({"subtype": "filled"} if plan.kind is ChartKind.RADAR else {})
    )
    series: dict[str, Any] = {
        "name": plan.title,
        "categories": f"={plan.categories}",
        "values": f"={plan.values}",
        "fill": {"color": CHART_COLOURS[0]},
        "gap": 60,
    }
    if plan.labels:
        series["data_labels"] = {"value": True, "num_format": plan.number_format, "font": _font(8)}
        if plan.upright_labels:
            series["data_labels"]["font"]["rotation"] = -90
    chart.add_series(series)
    chart.set_title({"name": plan.title, "name_font": {**_font(12), "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    if plan.kind in _PLOTS:
        chart.set_plotarea({"layout": _PLOTS[plan.kind]})
    end = {"max": plan.top} if plan.top else {}
    numbers = {"num_font": _font(9), "num_format": plan.axis_format, "min": 0, **end}
    numbers["major_gridlines"] = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
    lying = plan.kind is ChartKind.BAR
    names = {"num_font": _font(9)} | ({"reverse": True} if lying else {})  # the first bar on top, as in the table
    chart.set_x_axis(numbers if lying else names)
    chart.set_y_axis(names if lying else numbers)
    chart.set_size({"width": plan.size[0], "height": plan.size[1]})
    return chart


def _font(size: int) -> dict[str, Any]:
    return {"name": HEADING_FONT, "size": size}
