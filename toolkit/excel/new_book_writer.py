"""A :class:`NewBook` as the bytes of an .xlsx file: by XlsxWriter, but for the rows."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import product
from typing import Any, BinaryIO

from toolkit.excel.addresses import parse_area
from toolkit.excel.cell_xml import visible_text
from toolkit.excel.new_book import MONEY, ChartKind, Highlight, Look, NewBook, NewChart, NewSheet
from toolkit.excel.new_book_long import Apart, BegunSheets, is_long, not_apart
from toolkit.excel.new_book_rows import StyleOf
from toolkit.excel.new_book_sheets import LEVEL, SheetParts
from toolkit.excel.new_book_styles import BODY_FONT, CHART_COLOURS, HEADING_FONT, look_properties, shade_properties
from toolkit.model import Value
from toolkit.ooxml.fixed_day import FIXED_DAY
from toolkit.ooxml.package import Member, PackageWriter, deflate, inflate, read_members

_A4 = 9
_BROADEST = 360.0
"""Columns on one page of A4 across, in characters: what is broader is printed on several pages side by side."""
_SHARED = "xl/sharedStrings.xml"
_STYLES = [(look, quoted) for look in Look for quoted in (False, True)]
_ASIDE = 200  # first column of the cells that show the styles' numbers; right of all that charts are drawn from
_STYLED = re.compile(rb'<c r="[A-Z]+1" s="([0-9]+)"/>')
_PLOTS = {  # shares of the chart that leave room for labels at the ends of the longest columns
    ChartKind.COLUMN: {"x": 0.08, "y": 0.2, "width": 0.9, "height": 0.67},
    ChartKind.BAR: {"x": 0.24, "y": 0.14, "width": 0.66, "height": 0.82},
}


def begin_sheets(sheets: Sequence[NewSheet], apart: Apart, money_format: str = MONEY) -> BegunSheets | None:
    """Begin to write the rows of long sheets of a workbook whose others are still to be drawn.

    None where no sheet is long.

    Args:
        sheets: of the workbook; those that are not long are left to be written with it.
        apart: how they are written in a copy of this process; without one they are written with the workbook.
        money_format: of the workbook.
    """
    if not any(map(is_long, sheets)):
        return None
    members = read_members(_without_rows(NewBook("", (NewSheet("-", {}),), money_format)))
    return BegunSheets(sheets, _style_of(members), apart)


def write_book(book: NewBook, apart: Apart = not_apart, begun: BegunSheets | None = None) -> bytes:
    """The bytes of a workbook; see :func:`write_book_into`."""
    target = BytesIO()
    write_book_into(target, book, apart, begun)
    return target.getvalue()


def write_book_into(
    target: BinaryIO, book: NewBook, apart: Apart = not_apart, begun: BegunSheets | None = None
) -> None:
    """Write a workbook; the same book gives the same bytes.

    XlsxWriter makes everything but the rows; these are put in as :mod:`toolkit.excel.new_book_rows` writes them, one
    after another. Text is written as text whatever it begins with; programs recalculate on opening, and whoever does
    not sees the results given with the formulas.

    Args:
        target: a file that can go back.
        book: the workbook.
        apart: how some of the sheets of a long workbook are written in a copy of this process.
        begun: those of its long sheets whose rows are being written already.
    """
    members = read_members(_without_rows(book))
    style_of, package = _style_of(members), PackageWriter(target)
    sheets = {_part(number): sheet for number, sheet in enumerate(book.sheets, 1)}
    empty = {name: inflate(members[name]) for name in sheets}
    parts = SheetParts(sheets, empty, style_of, begun or BegunSheets((), style_of, apart), apart)
    for member in members.values():  # the shared texts stand behind the sheets
        if member.name in sheets:
            parts.add(package, member.name)
        elif member.name == _SHARED:
            parts.add_long(package)
            package.add(deflate(_SHARED, parts.shared_texts(), LEVEL))
        else:
            package.add(member)
    package.close()


def _style_of(members: Mapping[str, Member]) -> StyleOf:
    """Indices of styles: those of the looks come first in every workbook, whatever else it has."""
    styles = dict(zip(_STYLES, map(int, _STYLED.findall(inflate(members[_part(1)]))), strict=True))
    return lambda look, quoted: styles[look, quoted]


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _without_rows(book: NewBook) -> bytes:
    """The workbook without its rows, but with a cell of every style and a text in the first row of the first sheet."""
    import xlsxwriter

    stream = BytesIO()
    target = xlsxwriter.Workbook(stream, {"in_memory": True})
    target.set_properties({"title": visible_text(book.title), "created": FIXED_DAY})
    target.set_calc_mode("auto")
    formats = _Formats(target, book.money_format)
    worksheets = {sheet.name: target.add_worksheet(sheet.name) for sheet in book.sheets}
    first = worksheets[book.sheets[0].name]
    for column, (look, quoted) in enumerate(_STYLES, _ASIDE):
        first.write_blank(0, column, None, formats.of(look, quoted=quoted))
    first.write_string(0, _ASIDE + len(_STYLES), _SHARED)
    for sheet in book.sheets:
        _write_about(worksheets[sheet.name], sheet, formats)
        for chart in sheet.charts:
            worksheets[sheet.name].insert_chart(chart.at, _chart(target, chart, book))
    target.close()
    return stream.getvalue()


def _charted(area: str, book: NewBook) -> list[str | None]:
    """The values of the cells a chart is drawn from, as it keeps them: XlsxWriter would ask its own cells."""
    name, _, cells = area.partition("!")
    sheet = next(sheet for sheet in book.sheets if sheet.name == name)
    return [_point(value) for value in _values(sheet, *parse_area(cells))]


def _point(value: Value) -> str | None:
    if isinstance(value, Decimal):
        return f"{float(value):.16g}"
    return None if value is None else visible_text(str(value))


def _values(sheet: NewSheet, top: int, left: int, bottom: int, right: int) -> Iterator[Value]:
    """The values of an area, row by row."""
    columns = range(left, right + 1)
    table = sheet.table.columns(columns) if sheet.table and top in sheet.table else {}
    for place in product(range(top, bottom + 1), columns):
        if sheet.table and place[0] in sheet.table:
            yield table[place[1]][place[0] - sheet.table.first]
        else:
            yield sheet.cells[place].value if place in sheet.cells else None


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


def _write_about(worksheet: Any, sheet: NewSheet, formats: _Formats) -> None:  # noqa: ANN401
    """Everything of a sheet but its cells."""
    for area in sheet.merges:
        row, column, last_row, last_column = (edge - 1 for edge in parse_area(area))
        worksheet.merge_range(row, column, last_row, last_column, "")
    for column, width in sheet.widths.items():
        worksheet.set_column(column - 1, column - 1, width, None, {"hidden": column in sheet.hidden_columns})
    for row, height in sheet.heights.items() if sheet.charts else ():
        worksheet.set_row(row - 1, height)  # charts stand where the rows above them end
    for highlight in sheet.highlights:
        worksheet.conditional_format(highlight.area, _condition(highlight, formats))
    _set_up_page(worksheet, sheet)


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
    across = _pages_across(sheet)
    worksheet.fit_to_pages(across, 1 if sheet.one_page else 0)
    if across > 1 and sheet.freeze[1]:
        worksheet.repeat_columns(0, sheet.freeze[1] - 1)
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


def _pages_across(sheet: NewSheet) -> int:
    """Pages that a table takes side by side: shrunk onto one, a sheet of fifty columns could not be read."""
    last = parse_area(sheet.print_area)[3] if sheet.print_area else max(sheet.widths, default=0)
    shown = (width for column, width in sheet.widths.items() if column <= last and column not in sheet.hidden_columns)
    return max(1, math.ceil(sum(shown) / _BROADEST))


def _chart(target: Any, plan: NewChart, book: NewBook) -> Any:  # noqa: ANN401
    chart = target.add_chart(
        {"type": plan.kind.value} | ({"subtype": "filled"} if plan.kind is ChartKind.RADAR else {})
    )
    series: dict[str, Any] = {
        "name": plan.title,
        "categories": f"={plan.categories}",
        "values": f"={plan.values}",
        "categories_data": _charted(plan.categories, book),
        "values_data": _charted(plan.values, book),
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
