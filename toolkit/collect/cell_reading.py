"""One placed slot into one reading: the cell, or what a merge or a formula makes of it."""

from decimal import Decimal

from toolkit.collect.locate import How, Place
from toolkit.collect.normalise import Expectation, Normal, normalise, original_text
from toolkit.collect.wording import READING_RULES
from toolkit.excel.book import Book, Cell, Sheet
from toolkit.formula import FormulaSyntaxError, evaluate, parse
from toolkit.model import CellRef, Reading, ReadState, SlotRole

_NO_PLACE = {How.MISSING: "READ-42", How.AMBIGUOUS: "READ-43", How.OUTDATED: "READ-34"}


def read_place(place: Place, book: Book, file_name: str, want: Expectation) -> tuple[Reading, tuple[str, ...]]:
    """The reading of one slot and the codes of the rules applied.

    A slot without a place is REJECTED here; the balance counts it as unplaced.
    """
    if place.how is How.REMOVED:
        return Reading(place.slot.key, CellRef(file_name, place.slot.sheet), ReadState.BLANK), ()
    if not place.placed:
        code = _NO_PLACE[place.how]
        at = CellRef(file_name, place.slot.sheet, place.slot.cell)
        return Reading(place.slot.key, at, ReadState.REJECTED, rule=READING_RULES[code].words), (code,)
    sheet = book.sheet(place.sheet)
    cell = sheet.cells.get((place.row, place.column)) if sheet else None
    normal = _merged_away(sheet, place, cell) or _normal(cell, place, want)
    return _reading(place, file_name, cell, normal), normal.rules


def _reading(place: Place, file_name: str, cell: Cell | None, normal: Normal) -> Reading:
    return Reading(
        key=place.slot.key,
        at=CellRef(file_name, place.sheet, place.ref),
        state=normal.state,
        value=normal.value,
        original=original_text(cell) or (cell.formula or "" if cell else ""),
        rule="；".join(READING_RULES[code].words for code in normal.rules),
        formula=(cell.formula or "") if cell else "",
    )


def _normal(cell: Cell | None, place: Place, want: Expectation) -> Normal:
    """Normalised content; a formula in an input cell is read by its result and said so."""
    normal = normalise(cell, want)
    if cell is None or cell.formula is None or place.slot.role is SlotRole.CALCULATED:
        return normal
    if normal.state is ReadState.NOT_CALCULATED:
        return _constant(cell.formula) or normal
    if normal.state is not ReadState.VALUE:
        return normal
    # Excel writes a link to another file as [1]Sheet1!A1 or '[1]Sheet1'!A1.
    return Normal(normal.state, normal.value, ("READ-17" if "[" in cell.formula else "READ-14", *normal.rules))


def _constant(formula: str) -> Normal | None:
    """The value of a sum of plain numbers (``=100+186.5``) that no program has calculated; None for anything else."""
    try:
        parsed = parse(formula)
        value = None if parsed.names or parsed.cells or parsed.functions else evaluate(formula, {})
    except FormulaSyntaxError:
        return None
    is_number = isinstance(value, Decimal)
    return Normal(ReadState.VALUE, value, ("READ-14",)) if is_number else None


def _merged_away(sheet: Sheet | None, place: Place, cell: Cell | None) -> Normal | None:
    """Whether the cell vanished in a merge whose content belongs to another cell. Excel keeps only the first cell's."""
    if sheet is None or (cell is not None and cell.value is not None):
        return None
    for top, left, bottom, right in sheet.merges:
        inside = top <= place.row <= bottom and left <= place.column <= right
        if inside and (top, left) != (place.row, place.column):
            first = sheet.cells.get((top, left))
            return Normal(ReadState.REJECTED, rules=("READ-33",)) if first and first.value is not None else None
    return None
