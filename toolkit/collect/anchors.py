"""What stands around every slot in the workbook as generated: the text in its row and the heading above it.

These are the marks by which a slot is found again, and by which an address is believed.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from toolkit.excel.addresses import parse_cell
from toolkit.excel.book import Sheet
from toolkit.model import Layout, Slot
from toolkit.text.folding import squeeze

address = lru_cache(maxsize=16_384)(parse_cell)
"""Row and column of an address; the same few thousand are asked for in every file of a batch."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A fixed text, squeezed, at its place in the workbook as generated; it occurs once on its sheet."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """Marks by slot key; a slot without a mark that is the only one of its text has none."""

    left: dict[str, Mark]
    above: dict[str, Mark]


def anchors_of(layout: Layout) -> Anchors:
    """The marks of all slots of a layout."""
    by_sheet: dict[str, list[Mark]] = defaultdict(list)
    for (sheet, ref), content in layout.fixed.items():
        if content and not content.startswith("="):
            by_sheet[sheet].append(Mark(*address(ref), squeeze(content)))
    indexes = {sheet: _SheetMarks(marks) for sheet, marks in by_sheet.items()}
    left, above = {}, {}
    for key, slot in layout.slots.items():
        index = indexes.get(slot.sheet)
        if index and (mark := index.left_of(slot)):
            left[key] = mark
        if index and (mark := index.heading_of(slot)):
            above[key] = mark
    return Anchors(left, above)


class _SheetMarks:
    """The fixed texts of one sheet by row and by column."""

    def __init__(self, marks: list[Mark]) -> None:
        counts = Counter(mark.text for mark in marks)
        self._unique = {text for text, count in counts.items() if count == 1}
        self._rows: dict[int, list[Mark]] = defaultdict(list)
        self._columns: dict[int, list[Mark]] = defaultdict(list)
        for mark in sorted(marks, key=lambda one: (one.row, one.column)):
            self._rows[mark.row].append(mark)
            self._columns[mark.column].append(mark)

    def left_of(self, slot: Slot) -> Mark | None:
        """The row's best mark: the indicator's code, the slot's own label, else the nearest text to the left.

        A dash or a number is a mark only where there are no words: what is calculated for a project says such things.
        """
        row, column = address(slot.cell)
        marks = [mark for mark in self._rows[row] if mark.column < column and mark.text in self._unique]
        wanted = (slot.indicator, squeeze(slot.label))
        own = next((mark for mark in marks if mark.text in wanted), None)
        words = [mark for mark in marks if any(letter.isalpha() for letter in mark.text)]
        return own or next(reversed(words or marks), None)

    def heading_of(self, slot: Slot) -> Mark | None:
        """The nearest text above in the same column, when it is the only one of its kind."""
        row, column = address(slot.cell)
        marks = self._columns[column]
        place = bisect_left(marks, row, key=lambda mark: mark.row)
        nearest = marks[place - 1] if place else None
        return nearest if nearest and nearest.text in self._unique else None


def text_places(sheet: Sheet) -> dict[str, list[tuple[int, int]]]:
    """Where every squeezed text stands on a returned sheet."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, cell in sheet.cells.items():
        if isinstance(cell.value, str) and cell.formula is None:
            places[squeeze(cell.value)].append(place)
    return places


def text_at(sheet: Sheet, row: int, column: int) -> str:
    """The squeezed text of a cell, "" for none."""
    cell = sheet.cells.get((row, column))
    return squeeze(cell.value) if cell is not None and isinstance(cell.value, str) else ""
