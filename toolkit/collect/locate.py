"""Where every slot stands in a returned workbook: by its name, by its address, by its labels. Never by guessing.

A defined name follows its cell when rows are inserted; an address is believed only while the texts around it are the
old ones; labels find a cell again when both are gone. Two candidates, or a name and a label that disagree, are
AMBIGUOUS.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from toolkit.collect.anchors import Anchors, Mark, address, text_at, text_places
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book, NameTarget, Sheet
from toolkit.model import Layout, Slot


class How(StrEnum):
    """What the place of a slot is known by.

    REMOVED is the cell of a table row that the unit deleted; OUTDATED one that meant something else in an older scheme.
    """

    NAME = "名称"
    ADDRESS = "原位置"
    LABEL = "标签"
    AMBIGUOUS = "多处"
    MISSING = "缺失"
    REMOVED = "已删行"
    OUTDATED = "旧版"


_PLACED = frozenset([How.NAME, How.ADDRESS, How.LABEL])


@dataclass(frozen=True, slots=True)
class Place:
    """A slot's place in the returned workbook; sheet "" and row 0 when it has none.

    Attributes:
        placed: there is exactly one place.
        ref: the address, ``C5``; that of the generated workbook when there is no place.
    """

    slot: Slot
    how: How
    sheet: str = ""
    row: int = 0
    column: int = 0
    placed: bool = field(init=False)
    ref: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "placed", self.how in _PLACED)
        object.__setattr__(self, "ref", cell_name(self.row, self.column) if self.placed else self.slot.cell)

    @property
    def moved(self) -> bool:
        """True when the place differs from the one in the generated workbook."""
        return self.placed and (self.sheet, self.ref) != (self.slot.sheet, self.slot.cell)


class Label(NamedTuple):
    """A squeezed text and the place where it should stand."""

    text: str
    at: tuple[int, int]


class KnownPlace(NamedTuple):
    """What a slot's name pointed at, the place that is, and the label of its row."""

    target: NameTarget
    place: Place
    label: Label | None


KnownPlaces = dict[str, KnownPlace]
"""By slot key. The reader gives the same target for the same text."""


def locate(
    book: Book, layout: Layout, sheets: Mapping[str, Sheet], anchors: Anchors, known: KnownPlaces
) -> dict[str, Place]:
    """The place of every slot that is not a cell of a repeated table, by key (tables: see ``tables.py``).

    Args:
        book: as returned.
        layout: of the workbook as generated.
        sheets: returned sheet by the name it was generated with (see ``match_sheets``).
        anchors: of the layout.
        known: places of the layout's slots in other books; the same object again where it is the same place.
    """
    searcher = Searcher(book, sheets, anchors, known)
    return {slot.key: searcher.place(slot) for slot in layout.slots.values() if not slot.table}


def without_shared_cells(places: dict[str, Place]) -> dict[str, Place]:
    """The same places, AMBIGUOUS where two slots claim one cell."""
    taken = Counter((place.sheet, place.row, place.column) for place in places.values() if place.placed)
    if len(taken) == taken.total():
        return places
    return {
        key: replace(place, how=How.AMBIGUOUS)
        if place.placed and taken[place.sheet, place.row, place.column] > 1
        else place
        for key, place in places.items()
    }


class Searcher:
    """Finds slots in one returned workbook; keeps an index of each sheet's texts once it was needed."""

    def __init__(self, book: Book, sheets: Mapping[str, Sheet], anchors: Anchors, known: KnownPlaces) -> None:
        self._names = book.names
        self._by_name_of_sheet = {sheet.name: sheet for sheet in reversed(book.sheets)}
        self._sheets = sheets
        self._anchors = anchors
        self._known = known
        self._texts: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def place(self, slot: Slot) -> Place:
        """The place of one slot."""
        return self._by_name(slot) or self._by_address(slot) or self._by_labels(slot)

    def _by_name(self, slot: Slot) -> Place | None:
        target = self._names.get(slot.key)
        # The reader lets a name point only at a sheet that is there, spelt as it is.
        sheet = self._by_name_of_sheet.get(target.sheet) if target and target.sheet else None
        known = self._known.get(slot.key)
        if target is None or sheet is None:
            return None
        if known is None or known.target is not target:
            anchor = target.anchor
            if anchor is None:
                return None
            known = KnownPlace(target, Place(slot, How.NAME, sheet.name, *anchor), self._label(slot, *anchor))
            self._known[slot.key] = known
        contradicted = known.label is not None and self._contradicted(known.place, known.label, sheet)
        return replace(known.place, how=How.AMBIGUOUS) if contradicted else known.place

    def _label(self, slot: Slot, row: int, column: int) -> Label | None:
        """The text that says which row it is, and where it should stand beside a cell."""
        mark = self._anchors.left.get(slot.key)
        return Label(mark.text, (row, column - address(slot.cell)[1] + mark.column)) if mark else None

    def _contradicted(self, place: Place, label: Label, sheet: Sheet) -> bool:
        """Whether the row's label went elsewhere: cells were shifted or sorted, and name and label disagree."""
        if text_at(sheet, *label.at) == label.text:
            return False
        rows = {row for row, _ in self.texts(sheet).get(label.text, ())}
        return bool(rows) and place.row not in rows

    def _by_address(self, slot: Slot) -> Place | None:
        sheet = self._sheets.get(slot.sheet)
        left, above = self._anchors.left.get(slot.key), self._anchors.above.get(slot.key)
        if sheet is None or left is None:
            return None
        marks = [left, above] if above else [left]
        if all(text_at(sheet, mark.row, mark.column) == mark.text for mark in marks):
            # The same label a second time on the sheet: a copied row; which of the two was filled in is not known.
            how = How.AMBIGUOUS if len(self.texts(sheet)[left.text]) > 1 else How.ADDRESS
            return Place(slot, how, sheet.name, *address(slot.cell))
        return None

    def _by_labels(self, slot: Slot) -> Place:
        left = self._anchors.left.get(slot.key)
        sheet = self._sheets.get(slot.sheet)
        found = self.texts(sheet).get(left.text, []) if left and sheet else []
        if left is None or sheet is None or len(found) != 1:
            return Place(slot, How.AMBIGUOUS if found else How.MISSING)
        row, label_column = found[0]
        column = self._column(slot, sheet, left, label_column)
        return Place(slot, How.LABEL, sheet.name, row, column) if column else Place(slot, How.AMBIGUOUS)

    def _column(self, slot: Slot, sheet: Sheet, left: Mark, label_column: int) -> int:
        """The column under the slot's heading; without a heading as far from the label as before; 0 when in doubt."""
        by_label = label_column + address(slot.cell)[1] - left.column
        above = self._anchors.above.get(slot.key)
        if above is None:
            return by_label
        headings = {column for _, column in self.texts(sheet).get(above.text, ())}
        if len(headings) > 1:
            return 0
        return headings.pop() if headings else by_label

    def texts(self, sheet: Sheet) -> dict[str, list[tuple[int, int]]]:
        """Places of every text of a returned sheet."""
        if sheet.name not in self._texts:
            self._texts[sheet.name] = text_places(sheet)
        return self._texts[sheet.name]
