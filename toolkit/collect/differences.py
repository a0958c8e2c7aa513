"""What else changed: formulas, prefilled values and fixed texts against the workbook as generated."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal

from toolkit.collect.additions import additions
from toolkit.collect.anchors import address
from toolkit.collect.arrangement import Arrangement
from toolkit.collect.locate import How, Place
from toolkit.collect.normalise import original_text
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book, Cell, Sheet
from toolkit.formula import FormulaSyntaxError, Verdict, compare, parse
from toolkit.model import CellRef, Difference, DifferenceKind, Reading, Value
from toolkit.model.identity import IDENTITY_SHEET, PROJECT_FACT
from toolkit.text import plain
from toolkit.text.folding import squeeze

_SEVERAL = 3
_BLANK = re.compile(r"COUNTBLANK\(([^()]+)\)")


def differences(
    book: Book,
    file_name: str,
    arrangement: Arrangement,
    readings: Mapping[str, Reading],
    prefilled: Mapping[str, Value],
) -> tuple[Difference, ...]:
    """Every non-input cell that differs from what was generated, and what was added beside, in order of place."""
    found = [
        *_formulas(arrangement.formulas, readings),
        *prefilled_differences(arrangement.prefilled, readings, prefilled),
        *_fixed(book, file_name, arrangement),
        *additions(book, file_name, arrangement),
    ]
    return tuple(sorted(found, key=lambda difference: (difference.at, difference.key)))


def without_formulas(
    changed: tuple[Difference, ...], prefilled: Mapping[str, Value], sheets: Container[str] | None = None
) -> tuple[Difference, ...]:
    """The differences that mean anything in a file, or on ``sheets`` of it, whose formulas did not come through.

    What was put in beforehand is a value, also a text that begins with ``=``.
    """
    return tuple(
        found
        for found in changed
        if found.key in prefilled
        or not found.expected.startswith("=")
        or (sheets is not None and found.at.sheet not in sheets)
    )


def pasted_sheets(book: Book, arrangement: Arrangement) -> tuple[str, ...]:
    """Sheets on which several formulas were sent out and not one is left, in order: pasted as values as a whole."""
    sheets = (
        sheet for name, number in arrangement.computed.items() if number >= _SEVERAL and (sheet := book.sheet(name))
    )
    return tuple(sorted(sheet.name for sheet in sheets if not any(cell.formula for cell in sheet.cells.values())))


def without_roster_changes(changed: tuple[Difference, ...], book: Book) -> tuple[Difference, ...]:
    """The differences but for prefilled cells that hold what the workbook itself was sent out with.

    There the roster was changed since, not the cell.
    """
    if not any(found.kind is DifferenceKind.PREFILLED_CHANGED for found in changed):
        return changed
    names = (name for name, target in book.names.items() if name.startswith(PROJECT_FACT) and target.sheet)
    sent = {squeeze(original_text(book.named_cell(name))) for name in names if book.names[name].sheet == IDENTITY_SHEET}
    return tuple(
        found
        for found in changed
        if found.kind is not DifferenceKind.PREFILLED_CHANGED or squeeze(found.found) not in sent
    )


def _formulas(places: Iterable[Place], readings: Mapping[str, Reading]) -> Iterator[Difference]:
    for slot in (place.slot for place in places):
        reading = readings[slot.key]
        kind = formula_difference(slot.formula, reading.formula, reading.original)
        if kind:
            yield Difference(reading.at, slot.key, kind, reading.formula or reading.original, slot.formula)


def formula_difference(expected: str, formula: str, content: str) -> DifferenceKind | None:
    """How what stands in a formula's cell differs from it; None when it does not."""
    if not formula:
        return DifferenceKind.FORMULA_TO_CONSTANT if content else DifferenceKind.REMOVED
    if formula == expected or _counts_the_same(expected, formula):
        return None
    try:
        verdict = compare(expected, formula).verdict
    except FormulaSyntaxError:
        # A template's own formula beyond our grammar: any other text is another formula.
        return DifferenceKind.FORMULA_CHANGED
    if verdict.is_same:
        return None
    return DifferenceKind.FORMULA_TO_CONSTANT if verdict is Verdict.CONSTANT else DifferenceKind.FORMULA_CHANGED


def _counts_the_same(expected: str, formula: str) -> bool:
    """Whether a long count of blank cells is written as one chain of additions, as forms sent out before have it."""
    return expected.startswith("=SUM(COUNTBLANK(") and _BLANK.findall(expected) == _BLANK.findall(formula)


def prefilled_differences(
    places: Iterable[Place], readings: Mapping[str, Reading], prefilled: Mapping[str, Value]
) -> Iterator[Difference]:
    """What was put in before sending and is no longer there as it was, of the places it was put in."""
    for slot in (place.slot for place in places):
        expected = prefilled.get(slot.key)
        if expected is None:
            continue
        reading = readings[slot.key]
        if not _same_value(expected, reading):
            kind = DifferenceKind.PREFILLED_CHANGED if reading.original else DifferenceKind.REMOVED
            yield Difference(reading.at, slot.key, kind, reading.original, _text(expected))


def _same_value(expected: Value, reading: Reading) -> bool:
    if isinstance(expected, Decimal):
        return reading.value == expected
    typed = squeeze(reading.original)
    if typed.removesuffix("年").isdigit():
        typed = typed.removesuffix("年")  # 2023年 is 2023
    return squeeze(_text(expected)) in (squeeze(_text(reading.value)), typed)


def _text(value: Value) -> str:
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def _fixed(book: Book, file_name: str, arrangement: Arrangement) -> Iterator[Difference]:
    lost, rows = _lost_rows(arrangement), _table_rows(arrangement)
    for name, fixed in arrangement.fixed:
        sheet = book.sheet(name)
        changed = fixed.changed(sheet.cells) if sheet else []
        if sheet is None or not changed:
            continue
        now = _contents(sheet, arrangement.cells)
        generated = {text.squeezed: text.count for text, _, _ in fixed.texts}
        examples: dict[str, list[Difference]] = {}
        for text, row, column in changed:
            cell = sheet.cells.get((row, column))
            # Elsewhere as often as it was generated: it moved. One fewer: this is the one that changed.
            kind = _of_fixed(cell, text.content, moved=now[text.squeezed] >= text.count)
            found = original_text(cell)
            if kind is DifferenceKind.TEXT_CHANGED and _came_here(found, now, generated):
                kind, found = DifferenceKind.REMOVED, ""
            gave_way = {
                DifferenceKind.REMOVED: (name, text.row) in lost,
                DifferenceKind.TEXT_CHANGED: (name, row) in rows,
            }
            if kind and gave_way.get(kind) and not text.example:
                continue
            at = CellRef(file_name, sheet.name, cell_name(max(row, 1), max(column, 1)))
            if kind and not text.example:
                yield Difference(at, "", kind, found, text.content)
            elif kind and found:
                examples.setdefault(text.example, []).append(Difference(at, "", kind, found, text.content))
        yield from (_as_example(table, filled) for table, filled in examples.items())


def _lost_rows(arrangement: Arrangement) -> frozenset[tuple[str, int]]:
    """Sheets, by their present names, and rows as generated of cells that are gone.

    With such a row its texts went, which is told once.
    """
    present = {place.slot.sheet: place.sheet for place in arrangement.places.values() if place.placed}
    gone = (place.slot for place in arrangement.odd if place.how is How.MISSING and place.slot.cell)
    return frozenset((present.get(slot.sheet, slot.sheet), address(slot.cell)[0]) for slot in gone)


def _table_rows(arrangement: Arrangement) -> frozenset[tuple[str, int]]:
    """Sheets and rows that are read as rows of tables.

    A text typed over there, as the line that says where to insert rows, makes room for what the unit has to say.
    """
    return frozenset((place.sheet, place.row) for place in arrangement.typed.values() if place.slot.table)


def _came_here(found: str, now: Mapping[str, int], generated: Mapping[str, int]) -> bool:
    """Whether a cell holds another text of the form, no more often than generated: rows above it were deleted."""
    content = squeeze(found)
    return 0 < now[content] <= generated.get(content, 0)


def _as_example(table: str, filled: list[Difference]) -> Difference:
    """What was typed over a table's row of examples, told once; the row is not read."""
    typed = "、".join(difference.found for difference in filled)
    return Difference(filled[0].at, "", DifferenceKind.EXAMPLE_FILLED, typed, table)


def _over_addresses(formula: str) -> bool:
    try:
        return bool(parse(formula).cells)
    except FormulaSyntaxError:
        return True


def _contents(sheet: Sheet, slots: Container[tuple[str, int, int]]) -> Counter[str]:
    """How often every text and formula stands on a sheet, squeezed; a unit's answer is no label that moved."""
    fixed = (cell for (row, column), cell in sheet.cells.items() if (sheet.name, row, column) not in slots)
    return Counter(squeeze(cell.formula or original_text(cell)) for cell in fixed)


def _of_fixed(cell: Cell | None, expected: str, *, moved: bool) -> DifferenceKind | None:
    if moved:
        return None
    if expected.startswith("="):
        # A formula over addresses is rewritten by the program itself when rows move; over names it never is.
        if _over_addresses(expected):
            return None
        return formula_difference(expected, (cell.formula or "") if cell else "", original_text(cell))
    return DifferenceKind.TEXT_CHANGED if original_text(cell) else DifferenceKind.REMOVED
