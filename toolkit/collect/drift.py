"""Where a place of the generated workbook should be in a returned one, learnt from the slots that were found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from toolkit.collect.anchors import address
from toolkit.collect.fixed import FixedText
from toolkit.collect.locate import Place


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
