"""One placed slot into one reading: the cell, or what a merge or a formula makes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from toolkit.collect.locate import How, Place
from toolkit.collect.normalise import Expectation, Normal, normalise, original_text
from toolkit.collect.wording import READING_RULES
from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Doubt, Sheet
from toolkit.excel.cell_values import as_excel_compares
from toolkit.formula import FormulaSyntaxError, evaluate, parse
from toolkit.model import CellRef, FieldType, Reading, ReadState, Value

Area = tuple[int, int, int, int]
_TALL = 64  # merged areas of more rows are few; they are looked through one by one
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOISE = Decimal("1e-10")
"""What doubles may add to a result, as a share of the largest number that went in."""
_NO_PLACE = {How.MISSING: "READ-42", How.AMBIGUOUS: "READ-43", How.OUTDATED: "READ-34"}


class _Known(NamedTuple):
    """What a cell came to for a slot that expects something, but for the file it is in."""

    cell: Cell
    want: Expectation
    state: ReadState
    value: Value
    original: str
    rule: str
    formula: str
    rules: tuple[str, ...]


KnownCells = dict[int, _Known]
"""By the identity of the cell, which is kept with it: the reader gives the same cell again where it reads the same."""
_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet, and its merged areas by the rows they cover; the tall ones beside them."""

    sheet: Sheet
    of_row: Mapping[int, list[Area]]
    tall: tuple[Area, ...]

    def first_of_merge(self, row: int, column: int) -> tuple[int, int] | None:
        """The first cell of the merged area that covers another cell of it."""
        areas = self.of_row.get(row, ())
        if not areas and not self.tall:
            return None
        for top, left, bottom, right in (*areas, *self.tall) if self.tall else areas:
            if top <= row <= bottom and left <= column <= right and (top, left) != (row, column):
                return top, left
        return None


class PlaceReader:
    """Reads slots in one returned workbook.

    Args of the constructor:
        book, file_name: as returned; the name stands in every reading.
        known: what cells of other books came to.
    """

    def __init__(self, book: Book, file_name: str, known: KnownCells) -> None:
        self._book = book
        self._file_name = file_name
        self._known = known
        self._pages: dict[str, _Page] = {}

    def read(self, place: Place, want: Expectation) -> tuple[Reading, tuple[str, ...]]:
        """The reading of one slot and the codes of the rules applied.

        A slot without a place is REJECTED here; the balance counts it as unplaced.
        """
        if place.how is How.REMOVED:
            return Reading(place.slot.key, CellRef(self._file_name, place.slot.sheet), ReadState.BLANK), ()
        if not place.placed:
            code = _NO_PLACE[place.how]
            at = CellRef(self._file_name, place.slot.sheet, place.slot.cell)
            return Reading(place.slot.key, at, ReadState.REJECTED, rule=READING_RULES[code].words), (code,)
        known = self._content(place, want)
        at = CellRef(self._file_name, place.sheet, place.ref)
        return Reading(place.slot.key, at, *known[2:7]), known.rules

    def _content(self, place: Place, want: Expectation) -> _Known:
        page = self._pages.get(place.sheet) or self._page(place.sheet)
        spot = (place.row, place.column)
        cell = page.sheet.cells.get(spot)
        first = page.first_of_merge(*spot)
        if first or cell is None or self._book.date1904 or spot in page.sheet.doubts:
            unseen = _merged_away(page.sheet, first, cell) or _not_as_seen(self._book, page.sheet, cell, want)
            return _told(cell or _NO_CELL, want, unseen or _normal(cell, want))
        known = self._known.get(id(cell))
        if known is None or known.cell is not cell or known.want is not want:
            unseen = _not_as_seen(self._book, page.sheet, cell, want)
            known = _told(cell, want, unseen or _normal(cell, want))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[id(cell)] = known
        return known

    def _page(self, name: str) -> _Page:
        sheet = self._book.sheet(name) or Sheet(name)
        self._pages[name] = page = _Page(sheet, *_merges_by_row(sheet.merges))
        return page


_NO_CELL = Cell(0, 0, None, CellKind.BLANK, None, False, CellStyle())


def _told(cell: Cell, want: Expectation, normal: Normal) -> _Known:
    original = original_text(cell) or cell.formula or ""
    rule = "；".join(READING_RULES[code].words for code in normal.rules)
    return _Known(cell, want, normal.state, normal.value, original, rule, cell.formula or "", normal.rules)


def _normal(cell: Cell | None, want: Expectation) -> Normal:
    """Normalised content; a formula in an input cell is read by its result and said so."""
    if cell is None or cell.formula is None or want.calculated:
        return normalise(cell, want)
    ours = _sum(cell.formula) if isinstance(cell.value, Decimal) else None
    exact = cell if ours is None else cell._replace(value=as_excel_compares(ours))
    normal = normalise(exact, want)
    if normal.state is ReadState.NOT_CALCULATED:
        return _constant(cell, want) or normal
    if normal.state is not ReadState.VALUE:
        return normal
    if ours is not None and not _is_result(cell, ours):
        return Normal(ReadState.REJECTED, rules=("READ-36",))
    # Excel writes a link to another file as [1]Sheet1!A1 or '[1]Sheet1'!A1.
    return Normal(normal.state, normal.value, ("READ-17" if "[" in cell.formula else "READ-14", *normal.rules))


def _constant(cell: Cell, want: Expectation) -> Normal | None:
    """A sum of plain numbers (``=100+186.5``) that no program has calculated; None for anything else."""
    value = _sum(cell.formula or "")
    if value is None:
        return None
    normal = normalise(cell._replace(value=value, kind=CellKind.NUMBER, cached=True), want)
    return Normal(normal.state, normal.value, ("READ-14", *normal.rules))


def _sum(formula: str) -> Decimal | None:
    try:
        parsed = parse(formula)
        value = None if parsed.names or parsed.cells or parsed.functions else evaluate(formula, {})
    except FormulaSyntaxError:
        return None
    return value if isinstance(value, Decimal) else None


def _is_result(cell: Cell, ours: Decimal) -> bool:
    """Whether the result stored beside a sum of plain numbers is what the sum gives; any program shows its own.

    A difference of doubles keeps the noise of its largest number: 8218.22-8986.76 is stored as -768.5400000000009.
    """
    largest = max((abs(Decimal(number)) for number in _NUMBER.findall(cell.formula or "")), default=Decimal(0))
    return isinstance(cell.value, Decimal) and abs(ours - cell.value) <= _NOISE * max(largest, abs(ours))


def _not_as_seen(book: Book, sheet: Sheet, cell: Cell | None, want: Expectation) -> Normal | None:
    """Content that a person does not see as it is stored goes back; None when there is no doubt.

    A text with words crossed out is still the unit's text: it is read, and said so. A figure is not guessed.
    """
    if cell is None or (cell.value is None and cell.formula is None):
        return None
    doubt = sheet.doubts.get((cell.row, cell.column)) if sheet.doubts else None
    if doubt in (Doubt.TWICE, Doubt.TWO_CONTENTS):
        return Normal(ReadState.REJECTED, rules=("READ-36",))
    if doubt is Doubt.MIXED_RUNS or cell.style.struck or cell.style.repeated:
        if want.type is not FieldType.TEXT:
            return Normal(ReadState.REJECTED, rules=("READ-37",))
        normal = normalise(cell, want)
        return Normal(normal.state, normal.value, ("READ-19", *normal.rules))
    if book.date1904 and want.type is FieldType.DATE and cell.kind is CellKind.NUMBER:
        return Normal(ReadState.REJECTED, rules=("READ-40",))
    return None


def _merged_away(sheet: Sheet, first: tuple[int, int] | None, cell: Cell | None) -> Normal | None:
    """Whether the cell vanished in a merge: programs show the first cell's content only, whatever others still hold."""
    if first is None:
        return None
    contents = (sheet.cells.get(first), cell)
    held = any(content is not None and content.value is not None for content in contents)
    return Normal(ReadState.REJECTED, rules=("READ-33",)) if held else None


@lru_cache(maxsize=64)
def _merges_by_row(merges: tuple[Area, ...]) -> tuple[dict[int, list[Area]], tuple[Area, ...]]:
    """Merged areas by the rows they cover, and the tall ones; the same in nearly every file of a batch."""
    of_row: dict[int, list[Area]] = {}
    tall = []
    for area in merges:
        top, _, bottom, _ = area
        if bottom - top >= _TALL:
            tall.append(area)
            continue
        for row in range(top, bottom + 1):
            of_row.setdefault(row, []).append(area)
    return of_row, tuple(tall)
