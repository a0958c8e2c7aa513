"""What else changed: formulas, prefilled values and fixed texts against the workbook as generated."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.collect.anchors import address
from toolkit.collect.fixed import FixedText, FixedTexts
from toolkit.collect.locate import Place
from toolkit.collect.normalise import original_text
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book, Cell, Sheet
from toolkit.formula import FormulaSyntaxError, Verdict, compare, parse
from toolkit.model import CellRef, Difference, DifferenceKind, Reading, SlotRole, Value
from toolkit.text import plain
from toolkit.text.folding import squeeze

_SAME = (Verdict.IDENTICAL, Verdict.EQUIVALENT)


def differences(
    book: Book,
    file_name: str,
    fixed: FixedTexts,
    places: Mapping[str, Place],
    readings: Mapping[str, Reading],
    prefilled: Mapping[str, Value],
) -> tuple[Difference, ...]:
    """Every non-input cell that differs from what was generated, in order of place."""
    found = [
        *_formulas(places.values(), readings),
        *prefilled_differences(places.values(), readings, prefilled),
        *_fixed(book, file_name, fixed, tuple(places.values())),
    ]
    return tuple(sorted(found, key=lambda difference: (difference.at, difference.key)))


def without_formulas(changed: tuple[Difference, ...], prefilled: Mapping[str, Value]) -> tuple[Difference, ...]:
    """The differences that mean anything in a file whose formulas did not come through.

    What was put in beforehand is a value, also a text that begins with ``=``.
    """
    return tuple(found for found in changed if found.key in prefilled or not found.expected.startswith("="))


def _formulas(places: Iterable[Place], readings: Mapping[str, Reading]) -> Iterator[Difference]:
    for place in places:
        slot = place.slot
        if slot.role is not SlotRole.CALCULATED or not slot.formula or not place.placed:
            continue
        reading = readings[slot.key]
        kind = formula_difference(slot.formula, reading.formula, reading.original)
        if kind:
            yield Difference(reading.at, slot.key, kind, reading.formula or reading.original, slot.formula)


def formula_difference(expected: str, formula: str, content: str) -> DifferenceKind | None:
    """How what stands in a formula's cell differs from it; None when it does not."""
    if not formula:
        return DifferenceKind.FORMULA_TO_CONSTANT if content else DifferenceKind.REMOVED
    if formula == expected:
        return None
    try:
        verdict = compare(expected, formula).verdict
    except FormulaSyntaxError:
        # A template's own formula beyond our grammar: any other text is another formula.
        return DifferenceKind.FORMULA_CHANGED
    if verdict in _SAME:
        return None
    return DifferenceKind.FORMULA_TO_CONSTANT if verdict is Verdict.CONSTANT else DifferenceKind.FORMULA_CHANGED


def prefilled_differences(
    places: Iterable[Place], readings: Mapping[str, Reading], prefilled: Mapping[str, Value]
) -> Iterator[Difference]:
    """What was put in before sending and is no longer there as it was."""
    for place in places:
        slot, expected = place.slot, prefilled.get(place.slot.key)
        if slot.role is not SlotRole.PREFILLED or expected is None or not place.placed:
            continue
        reading = readings[slot.key]
        if not _same_value(expected, reading):
            kind = DifferenceKind.PREFILLED_CHANGED if reading.original else DifferenceKind.REMOVED
            yield Difference(reading.at, slot.key, kind, reading.original, _text(expected))


def _same_value(expected: Value, reading: Reading) -> bool:
    if isinstance(expected, Decimal):
        return reading.value == expected
    return squeeze(_text(expected)) in (squeeze(_text(reading.value)), squeeze(reading.original))


def _text(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def _fixed(book: Book, file_name: str, fixed: FixedTexts, places: Sequence[Place]) -> Iterator[Difference]:
    drift = Drift(places)
    slots = {(place.sheet, place.row, place.column) for place in places if place.placed}
    for name, texts in fixed.by_sheet.items():
        sheet = book.sheet(drift.sheet(name))
        if sheet is None:
            continue
        changed = [(cell, *place) for cell, place in drift.placed(name, texts) if not _unchanged(sheet, cell, place)]
        now = _contents(sheet, slots) if changed else Counter()
        for difference, row, column in changed:
            cell = sheet.cells.get((row, column))
            # Elsewhere as often as it was generated: it moved. One fewer: this is the one that changed.
            if kind := _of_fixed(cell, difference.content, moved=now[difference.squeezed] >= difference.count):
                at = CellRef(file_name, sheet.name, cell_name(max(row, 1), max(column, 1)))
                yield Difference(at, "", kind, original_text(cell), difference.content)


def _over_addresses(formula: str) -> bool:
    try:
        return bool(parse(formula).cells)
    except FormulaSyntaxError:
        return True


def _contents(sheet: Sheet, slots: set[tuple[str, int, int]]) -> Counter[str]:
    """How often every text and formula stands on a sheet, squeezed; a unit's answer is no label that moved."""
    fixed = (cell for (row, column), cell in sheet.cells.items() if (sheet.name, row, column) not in slots)
    return Counter(squeeze(cell.formula or original_text(cell)) for cell in fixed)


def _unchanged(sheet: Sheet, text: FixedText, place: tuple[int, int]) -> bool:
    cell = sheet.cells.get(place)
    if cell is None:
        return False
    if text.content.startswith("="):
        return cell.formula == text.content
    return cell.value == text.content or squeeze(original_text(cell)) == text.squeezed


def _of_fixed(cell: Cell | None, expected: str, *, moved: bool) -> DifferenceKind | None:
    if moved:
        return None
    if expected.startswith("="):
        # A formula over addresses is rewritten by the program itself when rows move; over names it never is.
        if _over_addresses(expected):
            return None
        return formula_difference(expected, (cell.formula or "") if cell else "", original_text(cell))
    return DifferenceKind.TEXT_CHANGED if original_text(cell) else DifferenceKind.REMOVED


class Drift:
    """Maps a place of the generated workbook to where it should now be, learnt from the slots that were found."""

    def __init__(self, places: Iterable[Place]) -> None:
        sheets: dict[str, Counter[str]] = defaultdict(Counter)
        rows: dict[str, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
        columns: dict[str, dict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
        for place in places:
            if not place.placed or not place.slot.cell:
                continue
            row, column = address(place.slot.cell)
            sheets[place.slot.sheet][place.sheet] += 1
            rows[place.slot.sheet][row][place.row - row] += 1
            columns[place.slot.sheet][column][place.column - column] += 1
        self._sheets = {name: counts.most_common(1)[0][0] for name, counts in sheets.items()}
        self._rows = {name: _settled(offsets) for name, offsets in rows.items()}
        self._columns = {name: _settled(offsets) for name, offsets in columns.items()}

    def sheet(self, name: str) -> str:
        """The sheet's present name; its old one when no slot of it was found."""
        return self._sheets.get(name, name)

    def placed(self, sheet: str, texts: Iterable[FixedText]) -> Iterator[tuple[FixedText, tuple[int, int]]]:
        """Every fixed text of a sheet with the row and column where it should stand now."""
        rows, columns = self._rows.get(sheet, {}), self._columns.get(sheet, {})
        if not rows and not columns:
            yield from ((text, (text.row, text.column)) for text in texts)
            return
        for text in texts:
            yield text, (text.row + _nearest(rows, text.row), text.column + _nearest(columns, text.column))


def _settled(offsets: dict[int, Counter[int]]) -> dict[int, int]:
    settled = {line: counts.most_common(1)[0][0] for line, counts in offsets.items()}
    # Nothing moved, the usual case: no need to ask for the nearest line again and again.
    return settled if any(settled.values()) else {}


def _nearest(offsets: dict[int, int], line: int) -> int:
    """The offset of the nearest line whose slots were found; of two equally near the lower number's."""
    if line in offsets:
        return offsets[line]
    return offsets[min(offsets, key=lambda known: (abs(known - line), known))] if offsets else 0
