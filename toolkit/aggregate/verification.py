"""A master workbook compared, cell by cell, with what a fresh computation would write."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from toolkit.aggregate.master import draw
from toolkit.aggregate.plan import MasterPlan
from toolkit.aggregate.reading import OpenMaster
from toolkit.aggregate.region import FIRST_ROW, HEADING_ROW
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Cell
from toolkit.excel.calculation import Calculation
from toolkit.excel.cell_values import as_excel_compares
from toolkit.excel.cell_xml import visible_text
from toolkit.excel.chart_caches import ChartPoint, chart_points
from toolkit.excel.new_book import NewCell, NewSheet
from toolkit.formula import FormulaSyntaxError, parse
from toolkit.model import CellRef, Content, Finding, Sentence, Severity, Stated, Value

VALUE_DIFFERS, FORMULA_REPLACED, FORMULA_CHANGED = "VERIFY-01", "VERIFY-02", "VERIFY-03"
SHEET_MISSING, TEXT_CHANGED, LAST_DIGITS, CHART_DIFFERS = "VERIFY-04", "VERIFY-05", "VERIFY-06", "VERIFY-07"
WRITTEN_OTHERWISE = "VERIFY-08"
_CLOSE = Decimal("1e-9")  # binary fractions in the file against exact decimals
_LISTED = 50
_REPLACED = "{called}原为公式，现为固定内容“{found}”；重新计算应为“{expected}”"
_CHANGED = "{called}的公式被修改，显示“{found}”；重新计算应为“{expected}”"
_VALUE = "{called}为“{found}”，重新计算应为“{expected}”"
_DIGITS_IN_TEXT, _TEXT = "{called}的文字中有数字被改动", "{called}的文字与重新生成的不一致"
_HINT = "重新运行“汇总”生成总表；需要改分的，请在评审意见中修改并写明理由"
_SAVED = "Excel、WPS、LibreOffice 重新计算并保存后，末位可能有这样的差别，属正常；没有保存过的，请重新运行“汇总”"


def verify_master(
    master: OpenMaster, plan: MasterPlan, workbook: str = "汇总总表.xlsx", *, as_generated: bool = False
) -> list[Finding]:
    """Report every figure that differs from a fresh computation and every formula that is no longer there.

    VERIFY-01 a value differs, VERIFY-02 a formula was replaced by a value, VERIFY-03 a formula was changed,
    VERIFY-04 a sheet is missing, VERIFY-05 a text was changed (WARNING; ERROR where only digits were), VERIFY-06 values
    that differ in their last digits only (one NOTE), VERIFY-07 a chart shows another value than its cell, VERIFY-08
    formulas that an earlier version of the program wrote otherwise (one NOTE).

    Args:
        master: as it was opened.
        plan: what would go into it now.
        workbook: its file name.
        as_generated: nobody changed the file; a formula that reads otherwise was written so.
    """
    book, calculation = master.book, master.calculation
    findings: list[Finding] = []
    nearly: list[str] = []
    otherwise: list[str] = []
    for sheet in draw(plan).book.sheets:
        found = book.sheet(sheet.name)
        if found is None:
            at = CellRef(workbook, sheet.name)
            told = Sentence.of("总表缺少工作表《{expected}》", {"expected": sheet.name})
            findings.append(Finding(SHEET_MISSING, Severity.ERROR, at, told, _HINT, expected=sheet.name))
            continue
        owner = None
        for place, cell in sheet.every_cell():
            owner = cell if place[1] == 1 else owner
            value, there = calculation.value(sheet.name, *place), found.cells.get(place)
            if as_generated and there is not None and not _has_formula_of(cell, there):
                otherwise.append(f"{sheet.name}!{cell_name(*place)}")
                cell = cell._replace(formula=there.formula or "")  # noqa: PLW2901 - its value is compared all the same
            if not _is_right(cell, there, value):
                at = CellRef(workbook, sheet.name, cell_name(*place))
                findings += _compare(cell, there, value, at, _called(sheet, place, owner))
            elif not _equal_as_shown(cell.value, value):
                nearly.append(f"{sheet.name}!{cell_name(*place)}")
    noted = (*_last_digits(nearly, workbook), *_written_otherwise(otherwise, workbook))
    return [*findings, *noted, *_charts(master.data, calculation, workbook)]


def _is_right(planned: NewCell, found: Cell | None, value: Value) -> bool:
    """The cell holds the same formula, or none, and its value is the same but for the last digits."""
    return _has_formula_of(planned, found) and _same_value(planned.value, value)


def _has_formula_of(planned: NewCell, found: Cell | None) -> bool:
    """The cell has the formula it should have; what else stands where none should be is compared by its value."""
    return not planned.formula or (found is not None and _same_formula(planned.formula, found.formula or ""))


def _compare(planned: NewCell, found: Cell | None, value: Value, at: CellRef, called: str) -> Iterator[Finding]:
    expected, shown = _stated(planned.value), _stated(value)
    words: dict[str, Content] = {"called": called, "found": shown, "expected": expected}
    if planned.formula and (found is None or found.formula is None):
        told = Sentence.of(_REPLACED, words)
        yield Finding(FORMULA_REPLACED, Severity.ERROR, at, told, _HINT, found=shown, expected=planned.formula)
    elif planned.formula and found is not None and not _same_formula(planned.formula, found.formula or ""):
        told, text = Sentence.of(_CHANGED, words), found.formula or ""
        yield Finding(FORMULA_CHANGED, Severity.ERROR, at, told, _HINT, found=text, expected=planned.formula)
    elif _same_value(planned.value, value):
        return
    elif isinstance(planned.value, str) and not planned.formula:
        only_digits = isinstance(value, str) and _without_digits(planned.value) == _without_digits(value)
        told = Sentence.of(_DIGITS_IN_TEXT if only_digits else _TEXT, words)
        severity = Severity.ERROR if only_digits else Severity.WARNING
        yield Finding(TEXT_CHANGED, severity, at, told, _HINT, found=shown, expected=expected)
    else:
        told = Sentence.of(_VALUE, words)
        yield Finding(VALUE_DIFFERS, Severity.ERROR, at, told, _HINT, found=shown, expected=expected)


def _without_digits(text: str) -> str:
    return "".join(letter for letter in visible_text(text) if not letter.isdigit())


def _equal_as_shown(expected: Value, found: Value) -> bool:
    """Every digit that a program shows is the same."""
    if not (isinstance(expected, Decimal) and isinstance(found, Decimal)):
        return True
    return as_excel_compares(expected) == as_excel_compares(found) or float(expected) == float(found)


def _last_digits(cells: Sequence[str], workbook: str) -> Iterator[Finding]:
    told = "{count}个单元格的数与重新计算的只在末位不同：{cells}"
    return _note_on(cells, workbook, LAST_DIGITS, told, _SAVED)


def _written_otherwise(cells: Sequence[str], workbook: str) -> Iterator[Finding]:
    told = "总表由以前的版本生成，没有人改动过；{count}个单元格的公式现在写法不同，结果另行核对：{cells}"
    return _note_on(cells, workbook, WRITTEN_OTHERWISE, told, "重新运行“汇总”生成总表")


def _note_on(cells: Sequence[str], workbook: str, code: str, told: str, hint: str) -> Iterator[Finding]:
    """One note on several cells; none where there are none."""
    if cells:
        listed = "、".join(cells[:_LISTED]) + ("等" if len(cells) > _LISTED else "")
        sheet, _, cell = cells[0].partition("!")
        words: dict[str, Content] = {"count": Stated(Decimal(len(cells))), "cells": listed}
        yield Finding(code, Severity.NOTE, CellRef(workbook, sheet, cell), Sentence.of(told, words), hint)


def _charts(data: bytes, calculation: Calculation, workbook: str) -> Iterator[Finding]:
    """What charts show until they are drawn anew, against the cells they show."""
    for point in chart_points(data):
        value = calculation.value(point.sheet, point.row, point.column)
        if not _shows(point, value):
            at = CellRef(workbook, point.sheet, cell_name(point.row, point.column))
            expected = _stated(value)
            words: dict[str, Content] = {"sheet": at.sheet, "cell": at.cell, "found": point.text, "expected": expected}
            told = Sentence.of("图表中为“{found}”，《{sheet}》{cell}为“{expected}”", words)
            yield Finding(CHART_DIFFERS, Severity.ERROR, at, told, _HINT, found=point.text, expected=expected)


def _shows(point: ChartPoint, value: Value) -> bool:
    if not point.is_number:
        return point.text == visible_text(str(_stated(value)))
    try:  # a cell without a number is drawn as 0
        return not point.text or _same_value(value if isinstance(value, Decimal) else Decimal(0), Decimal(point.text))
    except InvalidOperation:
        return False


def _same_formula(planned: str, other: str) -> bool:
    """Equal as Excel understands them: spacing, letter case and quoting of sheet names make no difference."""
    if planned == other:
        return True
    try:
        return parse(planned).tree == parse(other).tree
    except FormulaSyntaxError:
        return False


def _same_value(expected: Value, found: Value) -> bool:
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(expected - found) <= _CLOSE * max(Decimal(1), abs(expected))
    if isinstance(expected, str):
        return visible_text(expected) == (found if isinstance(found, str) else "" if found is None else None)
    return type(expected) is type(found) and expected == found


def _stated(value: Value) -> str | Stated:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else Stated(round(value, 10) if isinstance(value, Decimal) else value)


def _called(sheet: NewSheet, place: tuple[int, int], first: NewCell | None) -> str:
    """The cell in words: what row, by the ``first`` cell of it, what column."""
    row, column = place
    heading = sheet.cells.get((HEADING_ROW, column))
    word = str(heading.value).replace("\n", "") if heading else ""
    if row < FIRST_ROW or not word:
        return f"《{sheet.name}》{cell_name(row, column)}"
    owner = str(_stated(first.value)) if first else ""
    return f"《{sheet.name}》“{owner}”行的{word}" if owner and column > 1 else f"《{sheet.name}》的{word}"
