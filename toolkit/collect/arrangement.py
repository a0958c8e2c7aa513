"""Where all slots stand in a returned workbook, and what follows from that alone; the same for most of a batch."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import is_

from toolkit.collect.anchors import address
from toolkit.collect.drift import Drift
from toolkit.collect.fixed import FixedText, FixedTexts
from toolkit.collect.locate import Place, without_shared_cells
from toolkit.collect.normalise import Expectation, expectation, original_text
from toolkit.collect.remarks import place_code
from toolkit.excel.book import Cell
from toolkit.model import SlotRole
from toolkit.text.folding import squeeze

Spot = tuple[int, int]
"""Row and column."""
Changed = tuple[FixedText, int, int]
"""A text as generated, with the row and column where it should stand now."""


@dataclass(frozen=True, slots=True)
class FixedCells:
    """The fixed texts of a sheet, and where each should stand now; those of another book that were unchanged."""

    texts: Sequence[Changed]
    _spots: Sequence[Spot]
    _unchanged: list[Cell | None]

    def changed(self, cells: Mapping[Spot, Cell]) -> list[Changed]:
        """The texts that do not stand in these cells as they were generated."""
        now = list(map(cells.get, self._spots))
        found = []
        for place, (cell, known) in enumerate(zip(now, self._unchanged, strict=True)):
            # The reader gives the same cell again where it reads the same.
            if cell is known and cell is not None:
                continue
            text = self.texts[place]
            if cell is not None and _is_unchanged(cell, text[0]):
                self._unchanged[place] = cell
            else:
                found.append(text)
        return found


def _is_unchanged(cell: Cell, text: FixedText) -> bool:
    if text.content.startswith("="):
        return cell.formula == text.content
    return cell.value == text.content or squeeze(original_text(cell)) == text.squeezed


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The places of all slots, by key, and what is derived from them.

    Attributes:
        wanted: what each slot expects.
        typed: the placed slots that no formula computes.
        formulas, prefilled: places of computed slots, and of slots that are put in before sending.
        odd: the places to be told about.
        cells: sheet, row and column of every placed slot.
        fixed: the present name of each sheet, and its fixed texts.
        computed: how many formulas each sheet was sent out with, by its present name.
        spoken_for: of every sheet that is filled in, the cells of slots, of fixed texts, and those that number rows.
    """

    places: Mapping[str, Place]
    wanted: Mapping[str, Expectation]
    typed: Mapping[str, Place]
    formulas: Sequence[Place]
    prefilled: Sequence[Place]
    odd: Sequence[Place]
    cells: frozenset[tuple[str, int, int]]
    fixed: Sequence[tuple[str, FixedCells]]
    computed: Mapping[str, int]
    spoken_for: Mapping[str, frozenset[Spot]]

    def texts_of(self, sheet: str) -> frozenset[str]:
        """The fixed texts a sheet was sent out with, squeezed, by its present name."""
        return frozenset(text.squeezed for name, fixed in self.fixed if name == sheet for text, _, _ in fixed.texts)


def arranged(places: Mapping[str, Place], money_unit: str, fixed: FixedTexts) -> Arrangement:
    """The arrangement of some places; ``fixed``: all other texts of the workbook as generated."""
    placed = {key: place for key, place in places.items() if place.placed}
    formulas = [place for place in placed.values() if place.slot.role is SlotRole.CALCULATED and place.slot.formula]
    cells = _fixed_cells(Drift(places.values()), fixed)
    typed = {key: place for key, place in placed.items() if place.slot.role is not SlotRole.CALCULATED}
    return Arrangement(
        places,
        {key: expectation(place.slot, money_unit) for key, place in places.items()},
        typed,
        formulas,
        [place for place in placed.values() if place.slot.role is SlotRole.PREFILLED],
        [place for place in places.values() if place_code(place)],
        frozenset((place.sheet, place.row, place.column) for place in placed.values()),
        cells,
        _computed(formulas, cells),
        _spoken_for({place.sheet for place in typed.values()}, places.values(), cells),
    )


def _spoken_for(
    sheets: Iterable[str], places: Iterable[Place], fixed: Iterable[tuple[str, FixedCells]]
) -> dict[str, frozenset[Spot]]:
    found: dict[str, set[Spot]] = {name: set() for name in sheets}
    for place in places:
        # A slot of which a name and a label disagree has no place: what stands in its cell is told of already.
        row, column = (place.row, place.column) if place.placed else address(place.slot.cell or "A1")
        if (spots := found.get(place.sheet or place.slot.sheet)) is not None:
            spots.add((row, column))
            spots.update((row, left) for left in range(1, column) if place.slot.table)
    for name, cells in fixed:
        if name in found:
            found[name].update((row, column) for _, row, column in cells.texts)
    return {name: frozenset(spots) for name, spots in found.items()}


def _computed(formulas: Sequence[Place], fixed: Sequence[tuple[str, FixedCells]]) -> Counter[str]:
    counts = Counter(place.sheet for place in formulas)
    for name, cells in fixed:
        counts[name] += sum(text.content.startswith("=") for text, _, _ in cells.texts)
    return counts


def _fixed_cells(drift: Drift, fixed: FixedTexts) -> list[tuple[str, FixedCells]]:
    found = []
    for name, texts in fixed.by_sheet.items():
        placed = [(text, *place) for text, place in drift.placed(name, texts)]
        spots = [(row, column) for _, row, column in placed]
        found.append((drift.sheet(name), FixedCells(placed, spots, [None] * len(spots))))
    return found


class Arrangements:
    """Makes arrangements of places, and gives the same one again while the places are the same objects."""

    def __init__(self, money_unit: str, fixed: FixedTexts) -> None:
        self._money_unit = money_unit
        self._fixed = fixed
        self._known: deque[tuple[tuple[Place, ...], Arrangement]] = deque(maxlen=_MOST)

    def of(self, single: dict[str, Place], of_tables: dict[str, Place]) -> Arrangement:
        """The arrangement of places as they were found, of which none is to be in another's cell."""
        found = (*single.values(), *of_tables.values())
        for known, arrangement in self._known:
            if len(known) == len(found) and all(map(is_, known, found)):
                return arrangement
        places = without_shared_cells(without_shared_cells(single) | of_tables)
        made = self.made_of(places)
        self._known.append((found, made))
        return made

    def made_of(self, places: Mapping[str, Place]) -> Arrangement:
        """The arrangement of places that are of this book alone."""
        return arranged(places, self._money_unit, self._fixed)


_MOST = 8
"""So many arrangements are kept; the workbooks of a batch have few."""
