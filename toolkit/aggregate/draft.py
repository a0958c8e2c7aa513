"""One sheet while it is being drawn: cells by heading, widths, and row heights that show every character."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from toolkit.aggregate.region import HEADING_ROW, NOTE_ROW, TITLE_ROW, Region
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import (
    Highlight,
    LongTable,
    Look,
    NewCell,
    NewLink,
    NewRow,
    NewSheet,
    Own,
    OwnCell,
    RowPattern,
)
from toolkit.model import ErrorValue, Value
from toolkit.text import amount

_LINE_HEIGHT, _PADDING = 15.0, 5.0
_LOWEST = 21.0
_MARGIN, _LEAST, _WIDEST = 1.2, 2.0, 1.92  # of a column that no text fills; room left; width of a Chinese character
_TALLEST = 405.0  # Excel's limit is 409 points
_WRAPPED = {Look.TEXT, Look.SMALL, Look.CENTRED, Look.HEADING, Look.NOTE}
_FONT_SIZES = {Look.SMALL: 9, Look.NOTE: 9}


class Draft:
    """Cells of one sheet in the making."""

    def __init__(self, region: Region, widths: Mapping[int, float]) -> None:
        self.region = region
        self.cells: dict[tuple[int, int], NewCell] = {}
        self.heights: dict[int, float] = {}
        self.widths = dict(widths)
        self.merges: list[str] = []

    def put(self, row: int, heading: str, value: Value, look: Look, formula: str = "") -> None:
        """A cell under a heading."""
        self.cell(row, self.region.column(heading), value, look, formula)

    def formula(self, row: int, heading: str, formula: str, look: Look, *, known: Value = None) -> None:
        """A cell whose value is the formula's result, worked out when all sheets stand unless it is ``known``."""
        self.cells[row, self.region.column(heading)] = NewCell(known, look, formula)
        self.grow(row, _LOWEST)

    def cell(self, row: int, column: int, value: Value, look: Look, formula: str = "") -> None:
        """A cell at an address; the row grows until the text fits."""
        self.cells[row, column] = NewCell(value, look, formula)
        self.grow(row, _LOWEST)
        if look in _WRAPPED and isinstance(value, str):
            self.grow(row, text_height(value, self.widths.get(column, 8.0), _FONT_SIZES.get(look, 10)))

    def merged(self, row: int, last_column: int, text: str, look: Look) -> None:
        """A text over the first columns of a row."""
        self.cells[row, 1] = NewCell(text, look)
        if last_column > 1:
            self.merges.append(f"A{row}:{cell_name(row, last_column)}")
        self.grow(row, text_height(text, sum(self.widths.get(one, 8.0) for one in range(1, last_column + 1))))

    def frame(self, title: str, note: str, last_column: int, words: Sequence[str] = ()) -> None:
        """Title and note over the first columns, and headings: ``words``, or the region's own."""
        self.merged(TITLE_ROW, last_column, title, Look.TITLE)
        self.heights[TITLE_ROW] = 30.0
        self.merged(NOTE_ROW, last_column, note, Look.NOTE)
        self.headings(HEADING_ROW, words or self.region.headings)

    def list_sheet(
        self,
        frozen_columns: int,
        *,
        hidden: Iterable[int] = (),
        print_area: str = "",
        highlights: Sequence[Highlight] = (),
        links: Callable[[], Iterator[NewLink]] | None = None,
        table: LongTable | None = None,
    ) -> NewSheet:
        """The sheet of a table: headings stay in view and on every page, every column has a filter."""
        return NewSheet(
            self.region.sheet,
            self.cells,
            tuple(self.merges),
            self.widths,
            self.heights,
            hidden_columns=frozenset(hidden),
            freeze=(HEADING_ROW, frozen_columns),
            filter=self.region.block(HEADING_ROW, self.region.last_row),
            heading_rows=(HEADING_ROW, HEADING_ROW),
            print_area=print_area,
            highlights=tuple(highlights),
            links=links,
            table=table,
        )

    def headings(self, row: int, words: Sequence[str]) -> None:
        """A row of headings."""
        for column, word in enumerate(words, 1):
            self.cell(row, column, word.rstrip(), Look.HEADING)
        self.grow(row, 24.0)

    def grow(self, row: int, height: float) -> None:
        """Make a row at least so high. Units: points."""
        self.heights[row] = max(self.heights.get(row, _LOWEST), height)


class RowPlan:
    """What the rows of a long table have alike, with the height that it takes; see :class:`RowPattern`."""

    def __init__(self, region: Region, widths: Mapping[int, float], cells: Mapping[str, NewCell | OwnCell]) -> None:
        self.pattern = RowPattern(tuple(cells.get(heading) for heading in region.headings))
        sized = [(widths.get(n, 8.0), cell) for n, cell in enumerate(self.pattern.cells, 1) if cell is not None]
        self._headings = [heading for heading in region.headings if isinstance(cells.get(heading), OwnCell)]
        self._widths = [
            (width, cell.look, math.inf if cell.formula else _short(width))
            for width, cell in sized
            if isinstance(cell, OwnCell)
        ]
        fixed = (_height(cell.value, cell.look, width) for width, cell in sized if isinstance(cell, NewCell))
        self._height = max(fixed, default=_LOWEST)

    def row(self, own: Sequence[Own]) -> NewRow:
        """A row with its own values, as high as its texts need."""
        height = self._height
        for given, (width, look, short) in zip(own, self._widths, strict=True):
            if given.__class__ is str:
                if len(given) > short or ("\n" in given and short < math.inf):
                    height = max(height, _height(given, look, width))
            elif given.__class__ is NewCell and given.value.__class__ is str:
                height = max(height, _height(given.value, given.look, width))
        return NewRow(self.pattern, own, height)

    def under(self, own: Mapping[str, Own]) -> NewRow:
        """A row with its own values by heading; there may be others among them."""
        return self.row([own[heading] for heading in self._headings])


def parts_of(region: Region, table: LongTable) -> Iterator[tuple[Region, LongTable]]:
    """A table on each of its sheets."""
    for start, part in zip(region.starts, region.parts, strict=True):
        yield part, table.part(start, part.rows)


def _short(width: float) -> int:
    """Characters that fit into a line of a column, however wide they are."""
    return int(max(width - _MARGIN, _LEAST) / _WIDEST)


def _height(value: Value, look: Look, width: float) -> float:
    if look not in _WRAPPED or not isinstance(value, str):
        return _LOWEST
    return max(_LOWEST, text_height(value, width, _FONT_SIZES.get(look, 10)))


@lru_cache(maxsize=10_000)
def text_height(text: str, width: float, font_size: int = 10) -> float:
    """Height of a wrapped text. Units: ``width`` in characters of the standard font; font and result in points."""
    available = max(width - _MARGIN, _LEAST)
    lines = sum(max(1, math.ceil(text_width(line) * font_size / 10 / available)) for line in text.split("\n"))
    return min(lines * _LINE_HEIGHT * font_size / 10 + _PADDING, _TALLEST)


def text_width(text: str) -> float:
    """Width of a 10-point text in characters of the standard font."""
    wide = 0 if text.isascii() else sum(map(_WIDE.__getitem__, text))
    return wide * _WIDEST + (len(text) - wide) * 1.05


class _Wide(dict[str, bool]):
    """Character → whether it is as wide as a Chinese one, looked up once each."""

    def __missing__(self, character: str) -> bool:
        return self.setdefault(character, unicodedata.east_asian_width(character) in "WFA")


_WIDE = _Wide()


def amount_width(values: Iterable[Value], least: float) -> float:
    """Width of a column of amounts whose sum stands under it in bold. Units: characters of the standard font."""
    total = sum((abs(value) for value in values if isinstance(value, Decimal)), Decimal(0))
    return max(least, len(amount(total)) * 1.15 + 2.0)


def key_cell(key: Value) -> NewCell:
    """The number or id of a project."""
    return NewCell(key, Look.WHOLE if isinstance(key, Decimal) else Look.CENTRED)


def own_value(value: Value) -> Own:
    """A row's value as data for formulas: blank stays blank, an empty text one, an error shows its code.

    What is no number belongs into a place that is centred.
    """
    if value == "":
        return NewCell("", Look.CENTRED, '=""')  # a written empty text would be lost when re-saved
    return value.value if isinstance(value, ErrorValue) else value
