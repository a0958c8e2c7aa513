"""A master workbook compared, cell by cell, with what a fresh computation would write."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.aggregate.master import draw
from toolkit.aggregate.plan import MasterPlan
from toolkit.aggregate.region import FIRST_ROW, HEADING_ROW
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Cell
from toolkit.excel.calculation import Calculation
from toolkit.excel.cell_xml import visible_text
from toolkit.excel.new_book import NewCell, NewSheet
from toolkit.excel.read import read_workbook
from toolkit.formula import FormulaSyntaxError, parse
from toolkit.model import CellRef, ErrorValue, Finding, Severity, Value
from toolkit.text import plain

VALUE_DIFFERS, FORMULA_REPLACED, FORMULA_CHANGED = "VERIFY-01", "VERIFY-02", "VERIFY-03"
SHEET_MISSING, TEXT_CHANGED = "VERIFY-04", "VERIFY-05"
_CLOSE = Decimal("1e-9")  # binary fractions in the file against exact decimals
_HINT = "重新运行“汇总”生成总表；需要改分的，请在评审意见中修改并写明理由"


def verify_master(data: bytes, plan: MasterPlan, workbook: str = "汇总总表.xlsx") -> list[Finding]:
    """Report every figure that differs from a fresh computation and every formula that is no longer there.

    VERIFY-01 a value differs, VERIFY-02 a formula was replaced by a value, VERIFY-03 a formula was changed,
    VERIFY-04 a sheet is missing, VERIFY-05 a text was changed (WARNING; the others are ERROR).

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(data)
    calculation = Calculation(book, trust_results=True)
    findings: list[Finding] = []
    for sheet in draw(plan).book.sheets:
        found = book.sheet(sheet.name)
        if found is None:
            at = CellRef(workbook, sheet.name)
            message = f"总表缺少工作表《{sheet.name}》"
            findings.append(Finding(SHEET_MISSING, Severity.ERROR, at, message, _HINT, expected=sheet.name))
            continue
        for place, cell in sorted(sheet.cells.items()):
            value = calculation.value(sheet.name, *place)
            at = CellRef(workbook, sheet.name, cell_name(*place))
            findings += _compare(cell, found.cells.get(place), value, at, _called(sheet, place))
    return findings


def _compare(planned: NewCell, found: Cell | None, value: Value, at: CellRef, called: str) -> Iterator[Finding]:
    expected, shown = _said(planned.value), _said(value)
    if planned.formula and (found is None or found.formula is None):
        message = f"{called}原为公式，现为固定内容“{shown}”；重新计算应为“{expected}”"
        yield Finding(FORMULA_REPLACED, Severity.ERROR, at, message, _HINT, found=shown, expected=planned.formula)
        return
    if planned.formula and found is not None and not _same_formula(planned.formula, found.formula or ""):
        message = f"{called}的公式被修改，显示“{shown}”；重新计算应为“{expected}”"
        text = found.formula or ""
        yield Finding(FORMULA_CHANGED, Severity.ERROR, at, message, _HINT, found=text, expected=planned.formula)
        return
    if _same_value(planned.value, value):
        return
    if isinstance(planned.value, str) and not planned.formula:
        message = f"{called}的文字与重新生成的不一致"
        yield Finding(TEXT_CHANGED, Severity.WARNING, at, message, _HINT, found=shown, expected=expected)
        return
    message = f"{called}为“{shown}”，重新计算应为“{expected}”"
    yield Finding(VALUE_DIFFERS, Severity.ERROR, at, message, _HINT, found=shown, expected=expected)


def _same_formula(one: str, other: str) -> bool:
    """Equal as Excel understands them: spacing, letter case and quoting of sheet names make no difference."""
    if one == other:
        return True
    try:
        return parse(one).tree == parse(other).tree
    except FormulaSyntaxError:
        return False


def _same_value(expected: Value, found: Value) -> bool:
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(expected - found) <= _CLOSE * max(Decimal(1), abs(expected))
    if isinstance(expected, str):
        return visible_text(expected) == (found if isinstance(found, str) else "" if found is None else None)
    return type(expected) is type(found) and expected == found


def _said(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain(round(value, 10))
    return value.value if isinstance(value, ErrorValue) else value


def _called(sheet: NewSheet, place: tuple[int, int]) -> str:
    """The cell in words: what row, what column."""
    row, column = place
    heading = sheet.cells.get((HEADING_ROW, column))
    word = str(heading.value).replace("\n", "") if heading else ""
    if row < FIRST_ROW or not word:
        return f"《{sheet.name}》{cell_name(row, column)}"
    first = sheet.cells.get((row, 1))
    owner = _said(first.value) if first else ""
    return f"《{sheet.name}》“{owner}”行的{word}" if owner and column > 1 else f"《{sheet.name}》的{word}"
