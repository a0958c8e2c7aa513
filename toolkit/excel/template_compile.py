"""A planned workbook built once from a template's styles, by openpyxl.

Column widths, print set-up, headers, frozen panes and styles are the template's; rows, merges, names, validations
and protection are the plan's.
"""

from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from toolkit.errors import TemplateError
from toolkit.excel.addresses import cell_name, column_letters
from toolkit.excel.merging_cells import merge_cells
from toolkit.excel.sheet_password import protection_attributes
from toolkit.excel.template_losses import losses
from toolkit.excel.template_parts import attach_parts
from toolkit.excel.template_plan import BookPlan, CellPlan, SheetPlan, Validation
from toolkit.excel.template_read import load_template
from toolkit.excel.write import stored_formula, workbook_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TO_VERIFY = "F8CBAD"
_OWN_FORMATS = 164  # the first number of a format that is not built in


def build_workbook(template: bytes, plan: BookPlan, book: "Workbook | None" = None) -> bytes:
    """The planned workbook; the same plan and template always give the same cells.

    Args:
        template: the template.
        plan: what is made of it.
        book: the template as openpyxl sees it, where it was loaded already; it becomes the planned workbook.

    Raises:
        TemplateError: the file is no workbook.
    """
    book = book or load_template(template)
    for sheet_plan in plan.sheets:
        if sheet_plan.like:
            _copy_sheet(book, sheet_plan)
    for sheet in book.worksheets:
        if sheet.title not in {sheet_plan.name for sheet_plan in plan.sheets}:
            book.remove(sheet)
    order = [sheet_plan.name for sheet_plan in plan.sheets]
    book._sheets.sort(key=lambda sheet: order.index(sheet.title))  # type: ignore[attr-defined]  # noqa: SLF001
    for number, sheet_plan in enumerate(plan.sheets):
        _build_sheet(book[sheet_plan.name], sheet_plan, is_first=number == 0)
    _add_hidden_sheet(book, plan)
    _add_names(book, plan)
    _add_properties(book, plan)
    _set_password(book, plan.password)
    book.active = 0
    rows = {sheet_plan.name: _output_rows(sheet_plan) for sheet_plan in plan.sheets}
    likes = {sheet_plan.name: sheet_plan.like for sheet_plan in plan.sheets if sheet_plan.like}
    built = attach_parts(template, workbook_bytes(book), rows, likes)
    if lost := losses(template, built, rows):
        words = "；".join(f"《{sheet}》的{what}" for sheet, what in lost)
        raise TemplateError(
            f"模板中的这些设置无法原样带到采集表：{words}", what_to_do="请去掉这些设置，或用 Excel 重新保存模板"
        )
    return built


def _copy_sheet(book: "Workbook", plan: SheetPlan) -> None:
    """A sheet like another one of the template, with what openpyxl leaves behind when it copies."""
    source = book[plan.like]
    copied = book.copy_worksheet(source)
    copied.title = plan.name
    for area in source.conditional_formatting:
        for rule in area.rules:
            copied.conditional_formatting.add(str(area.sqref), copy(rule))
    copied.freeze_panes = source.freeze_panes
    copied.print_title_rows = source.print_title_rows
    copied.sheet_view.showGridLines = source.sheet_view.showGridLines
    copied.sheet_view.zoomScale = source.sheet_view.zoomScale
    copied.sheet_properties.tabColor = copy(source.sheet_properties.tabColor)


def _build_sheet(sheet: "Worksheet", plan: SheetPlan, *, is_first: bool) -> None:
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.dimensions import DimensionHolder, RowDimension
    from openpyxl.worksheet.pagebreak import Break

    old_cells, old_formats = sheet._cells, sheet.conditional_formatting  # noqa: SLF001 - no public way to start afresh
    sheet._cells, sheet.merged_cells = {}, MultiCellRange()  # noqa: SLF001
    # Drawings are attached afterwards from the template's own parts: openpyxl keeps only some of them.
    vars(sheet).update(_images=[], _charts=[])
    sheet.row_dimensions = DimensionHolder(worksheet=sheet, default_factory=lambda: RowDimension(sheet))
    _copy_row_styles(sheet, plan, old_cells)
    for place, cell_plan in plan.cells.items():
        _write_cell(sheet, place, cell_plan, old_cells)
    for row, height in plan.heights.items():
        sheet.row_dimensions[row] = RowDimension(sheet, index=row, ht=height)
    merge_cells(sheet, plan.merges)
    for row in plan.breaks:
        sheet.row_breaks.append(Break(id=row))
    _move_conditional_formats(sheet, plan, old_formats)
    _hide_values(sheet, plan)
    _colour_values(sheet, plan)
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
        cell.value = stored_formula(plan.formula)
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
    if value == "":  # a text cell without a text is valid and unreadable to some programs: it stays empty
        return
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


def _hide_values(sheet: "Worksheet", plan: SheetPlan) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat

    by_condition: dict[str, list[str]] = {}
    for place, cell in sorted(plan.cells.items()):
        if cell.hidden_when:
            by_condition.setdefault(cell.hidden_when, []).append(cell_name(*place))
    for condition, places in by_condition.items():
        nothing = DifferentialStyle(numFmt=NumberFormat(numFmtId=_OWN_FORMATS, formatCode=";;;"))
        sheet.conditional_formatting.add(" ".join(places), Rule("expression", dxf=nothing, formula=[condition]))


def _colour_values(sheet: "Worksheet", plan: SheetPlan) -> None:
    """A cell that holds the value kept under a name is coloured; a number typed as text is the same value."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(fill=PatternFill("solid", start_color=_TO_VERIFY, end_color=_TO_VERIFY))
    for place, cell in sorted(plan.cells.items()):
        if cell.to_verify:
            here, kept = cell_name(*place), cell.to_verify
            condition = f'AND(LEN({kept})>0,{here}&""={kept}&"")'
            sheet.conditional_formatting.add(here, Rule("expression", dxf=look, formula=[condition]))


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


def _set_password(book: "Workbook", password: str) -> None:
    for name, value in protection_attributes(password).items():
        for sheet in book.worksheets:
            setattr(sheet.protection, name, value)


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
