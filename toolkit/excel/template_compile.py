"""A workbook template read once, and a planned workbook built once from its styles, by openpyxl.

Column widths, print set-up, headers, frozen panes and styles are the template's; rows, merges, names, validations
and protection are the plan's.
"""

import re
from copy import copy
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from toolkit.errors import TemplateError
from toolkit.excel.addresses import cell_name, column_letters
from toolkit.excel.package import inflate, read_members, with_contents
from toolkit.excel.template_plan import BookPlan, CellPlan, SheetPlan, TemplateCell, TemplateSheet, Validation

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_STANDARD_WIDTH = 8.43
_NARROW_FONTS = ("Calibri", "Times New Roman")
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")
_A4 = (595.0, 842.0)  # points


def read_template(data: bytes) -> tuple[TemplateSheet, ...]:
    """The template's sheets in order.

    Raises:
        TemplateError: the file is no workbook.
    """
    book = _load(data)
    return tuple(_read_sheet(sheet, _digit(book)) for sheet in book.worksheets)


def build_workbook(template: bytes, plan: BookPlan) -> bytes:
    """The planned workbook; the same plan and template always give the same cells.

    Raises:
        TemplateError: the file is no workbook.
    """
    book = _load(template)
    for number, sheet_plan in enumerate(plan.sheets):
        _build_sheet(book[sheet_plan.name], sheet_plan, is_first=number == 0)
    _add_hidden_sheet(book, plan)
    _add_names(book, plan)
    _add_properties(book, plan)
    book.active = 0
    output = BytesIO()
    book.save(output)
    return _without_clock(output.getvalue())


def _without_clock(data: bytes) -> bytes:
    """The time of saving, which openpyxl writes, taken out: the same plan gives the same bytes tomorrow."""
    members = read_members(data)
    core = inflate(members[_CORE])
    return with_contents(members, {_CORE: _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", core)})


def _load(data: bytes) -> "Workbook":
    from openpyxl import load_workbook

    try:
        return load_workbook(BytesIO(data))
    except Exception as error:  # openpyxl raises anything from KeyError to BadZipFile
        raise TemplateError("采集表模板不是可读取的 .xlsx 工作簿", what_to_do="请用 Excel 重新另存模板") from error


def _digit(book: "Workbook") -> float:
    """Pixels a digit of the standard font is wide: column widths count them."""
    font = book._fonts[0]  # type: ignore[attr-defined]  # noqa: SLF001 - the first font is the standard one
    wide = 0.507 if font.name in _NARROW_FONTS else 0.556
    return float(round(float(font.sz or 11) * 96 / 72 * wide))


def _read_sheet(sheet: "Worksheet", digit: float) -> TemplateSheet:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {place for area in spans.values() for place in area.cells} - spans.keys()
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            place = (int(cell.row or 0), int(cell.column or 0))
            if place in covered or not (cell.has_style or cell.value is not None):
                continue
            area = spans.get(place)
            width, height = (area.size["columns"], area.size["rows"]) if area else (1, 1)
            text = "" if cell.value is None else str(cell.value)
            cells[place] = TemplateCell(text, width, height, float(cell.font.sz or 11), _fill_of(cell))
    heights = {number: float(row.height) for number, row in sheet.row_dimensions.items() if row.height}
    titles = int(str(sheet.print_title_rows).rpartition("$")[2]) if sheet.print_title_rows else 0
    widths = _column_widths(sheet)
    return TemplateSheet(sheet.title, cells, heights, widths, sheet.max_row, _page(sheet), titles, digit)


def _page(sheet: "Worksheet") -> tuple[float, float]:
    short, long = _A4
    width, height = (long, short) if sheet.page_setup.orientation == "landscape" else (short, long)
    margins = sheet.page_margins
    return width - (margins.left + margins.right) * 72, height - (margins.top + margins.bottom) * 72


def _fill_of(cell: Any) -> str:  # noqa: ANN401 - openpyxl's cells share no useful type
    color = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
    return color[-6:] if isinstance(color, str) else ""


def _column_widths(sheet: "Worksheet") -> tuple[float, ...]:
    widths = [_STANDARD_WIDTH] * sheet.max_column
    # One <col> element may stand for several columns; openpyxl keeps it under the first letter only.
    for dimension in sheet.column_dimensions.values():
        first, last = dimension.min or dimension.index, dimension.max or dimension.index
        for index in range(int(first), min(int(last), sheet.max_column) + 1):
            widths[index - 1] = float(dimension.width)
    return tuple(widths)


def _build_sheet(sheet: "Worksheet", plan: SheetPlan, *, is_first: bool) -> None:
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.dimensions import DimensionHolder, RowDimension
    from openpyxl.worksheet.pagebreak import Break

    old_cells, old_formats = sheet._cells, sheet.conditional_formatting  # noqa: SLF001 - no public way to start afresh
    sheet._cells, sheet.merged_cells = {}, MultiCellRange()  # noqa: SLF001
    sheet.row_dimensions = DimensionHolder(worksheet=sheet, default_factory=lambda: RowDimension(sheet))
    _copy_row_styles(sheet, plan, old_cells)
    for place, cell_plan in plan.cells.items():
        _write_cell(sheet, place, cell_plan, old_cells)
    for row, height in plan.heights.items():
        sheet.row_dimensions[row] = RowDimension(sheet, index=row, ht=height)
    for row1, column1, row2, column2 in plan.merges:
        sheet.merge_cells(start_row=row1, start_column=column1, end_row=row2, end_column=column2)
    for row in plan.breaks:
        sheet.row_breaks.append(Break(id=row))
    _move_conditional_formats(sheet, plan, old_formats)
    _add_validations(sheet, plan)
    _set_up_page(sheet, plan, is_first=is_first)


def _copy_row_styles(sheet: "Worksheet", plan: SheetPlan, old_cells: Any) -> None:  # noqa: ANN401
    by_row: dict[int, list[tuple[int, Any]]] = {}
    for (row, column), cell in old_cells.items():
        by_row.setdefault(row, []).append((column, cell))
    for output_row, template_row in enumerate(plan.rows, start=1):
        for column, cell in by_row.get(template_row, ()):
            target: Any = sheet.cell(output_row, column)
            target._style = copy(cell._style)  # noqa: SLF001 - style ids, not style objects


def _write_cell(sheet: "Worksheet", place: tuple[int, int], plan: CellPlan, old_cells: Any) -> None:  # noqa: ANN401
    cell: Any = sheet.cell(*place)
    if plan.like in old_cells:
        cell._style = copy(old_cells[plan.like]._style)  # noqa: SLF001
    if plan.formula:
        cell.value = plan.formula
    elif plan.value is not None:
        _write_value(cell, plan.value)
    _style_cell(cell, plan)
    if plan.link:
        _write_link(cell, plan.link)


def _style_cell(cell: Any, plan: CellPlan) -> None:  # noqa: ANN401
    from openpyxl.styles import Alignment, PatternFill, Protection

    if plan.fill:
        cell.fill = PatternFill("solid", fgColor=plan.fill)
    if plan.number_format:
        cell.number_format = plan.number_format
    if plan.align and cell.alignment.horizontal in (None, "general"):
        cell.alignment = Alignment(
            horizontal=plan.align, vertical="center", wrap_text=True, indent=int(plan.align != "center")
        )
    if plan.unlocked:
        cell.protection = Protection(locked=False)


def _write_value(cell: Any, value: str | Decimal) -> None:  # noqa: ANN401
    cell.value = value
    if isinstance(value, str):
        # openpyxl takes text that starts with "=" for a formula, and "#N/A" for an error.
        cell.data_type = "s"


def _write_link(cell: Any, target: str) -> None:  # noqa: ANN401
    from openpyxl.worksheet.hyperlink import Hyperlink

    style = copy(cell._style)  # noqa: SLF001
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    cell._style = style  # noqa: SLF001 - setting a hyperlink restyles the cell


def _output_rows(plan: SheetPlan) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for output_row, template_row in enumerate(plan.rows, start=1):
        rows.setdefault(template_row, []).append(output_row)
    return rows


def _move_conditional_formats(sheet: "Worksheet", plan: SheetPlan, old_formats: Any) -> None:  # noqa: ANN401
    from openpyxl.formatting.formatting import ConditionalFormattingList

    sheet.conditional_formatting = ConditionalFormattingList()
    rows = _output_rows(plan)
    for old in old_formats:
        for area in old.sqref.ranges:
            moved = sorted(
                row for template_row in range(area.min_row, area.max_row + 1) for row in rows.get(template_row, ())
            )
            if moved:
                ref = f"{cell_name(moved[0], area.min_col)}:{cell_name(moved[-1], area.max_col)}"
                for rule in old.rules:
                    sheet.conditional_formatting.add(ref, _moved_rule(rule, area.coord, ref))


def _moved_rule(rule: Any, old_ref: str, new_ref: str) -> Any:  # noqa: ANN401
    from openpyxl.formula.translate import Translator

    moved = copy(rule)
    start, end = old_ref.split(":", maxsplit=1)[0], new_ref.split(":", maxsplit=1)[0]
    moved.formula = [Translator(f"={text}", start).translate_formula(end)[1:] for text in rule.formula]
    return moved


def _add_validations(sheet: "Worksheet", plan: SheetPlan) -> None:
    by_kind: dict[Validation, list[str]] = {}
    for place, cell in sorted(plan.cells.items()):
        if cell.validation:
            by_kind.setdefault(cell.validation, []).append(cell_name(*place))
    for validation, places in by_kind.items():
        sheet.add_data_validation(_data_validation(validation, " ".join(places)))


def _data_validation(validation: Validation, places: str) -> Any:  # noqa: ANN401
    from openpyxl.worksheet.datavalidation import DataValidation

    kind: Any = validation.kind or None
    return DataValidation(
        type=kind,
        operator="between" if validation.kind in ("decimal", "date") else None,
        formula1=validation.formula1 or None,
        formula2=validation.formula2 or None,
        allow_blank=True,
        showInputMessage=bool(validation.prompt),
        promptTitle=validation.title[:32] or None,
        prompt=validation.prompt[:255] or None,
        showErrorMessage=bool(validation.kind),
        errorStyle="stop" if validation.strict else "warning",
        errorTitle="请核对填报内容",
        error=validation.error[:255] or None,
        sqref=places,
    )


def _set_up_page(sheet: "Worksheet", plan: SheetPlan, *, is_first: bool) -> None:
    from openpyxl.worksheet.protection import SheetProtection

    last_column = max((column for _, column in sheet._cells), default=1)  # noqa: SLF001
    last_row = len(plan.rows)
    sheet.print_area = f"A1:{column_letters(last_column)}{last_row}"
    rows = _output_rows(plan)
    if sheet.print_title_rows:
        first, last = (int(part.strip("$")) for part in str(sheet.print_title_rows).split(":"))
        sheet.print_title_rows = f"{rows[first][0]}:{rows[last][0]}"
    # False means allowed: rows may be added in tables, rows and columns may be made higher and wider.
    sheet.protection = SheetProtection(
        sheet=True,
        insertRows=False,
        formatRows=False,
        formatColumns=False,
        formatCells=True,
        objects=True,
        scenarios=True,
    )
    sheet.sheet_view.tabSelected = is_first


def _add_hidden_sheet(book: "Workbook", plan: BookPlan) -> None:
    name, cells = plan.hidden_sheet
    if not name:
        return
    sheet = book.create_sheet(name)
    for address, content in cells.items():
        cell = sheet[address]
        if content.startswith("="):
            cell.value = content
        else:
            _write_value(cell, content)
        cell.number_format = "General" if content.startswith("=") else "@"
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _add_names(book: "Workbook", plan: BookPlan) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    for name, target in plan.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=target, hidden=name in plan.hidden_names or None)
    book.calculation.fullCalcOnLoad = True


def _add_properties(book: "Workbook", plan: BookPlan) -> None:
    from openpyxl.packaging.custom import StringProperty

    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # missing from the stubs
    for name, text in plan.properties.items():
        properties.append(StringProperty(name=name, value=text))
