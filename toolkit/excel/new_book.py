"""A workbook to be written from nothing, as plain values: cells with results, charts, print set-up.

The rows of a long table are drawn while they are written: neither their cells nor their XML are ever held together.
What many rows have alike is said once, by a pattern; a row brings what is its own.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count, islice
from typing import NamedTuple

from toolkit.model import Value


class Look(StrEnum):
    """What a cell is, for its font, colour and number format."""

    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    CENTRED = "centred"
    SMALL = "small"
    WHOLE = "whole"
    SCORE = "score"
    PROVISIONAL_SCORE = "provisional score"
    PROVISIONAL = "provisional"
    AMOUNT = "amount"
    RATE = "rate"
    FACTOR = "factor"
    DAY = "day"
    PLAIN = "plain"
    MISSING = "missing"
    SUM_TEXT = "sum text"
    SUM_WHOLE = "sum whole"
    SUM_SCORE = "sum score"
    SUM_PROVISIONAL_SCORE = "sum provisional score"
    SUM_AMOUNT = "sum amount"
    SUM_RATE = "sum rate"


class Shade(StrEnum):
    """Colours that say how good or how serious something is."""

    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"


class NewCell(NamedTuple):
    """One cell. ``value`` is the formula's result when there is a formula (with ``=``).

    A named tuple, not a dataclass: a master workbook of 1,000 projects has half a million.
    """

    value: Value
    look: Look
    formula: str = ""


MONEY = "#,##0.00"
"""Number format of amounts."""
ROW = "\0"
"""Stands in a pattern's formulas for the number of the row they are written in; no text can hold it."""


class OwnCell(NamedTuple):
    """A place of a pattern where each row has a value of its own, as the result of a formula if there is one."""

    look: Look
    formula: str = ""


Own = Value | NewCell
"""A row's own value, or its own cell where the look or the formula is another one too."""


@dataclass(frozen=True, slots=True, eq=False)
class RowPattern:
    """Cells from column A on; None where nothing stands. A cell without a row of its own looks alike in all rows.

    ``numbers``: of each cell which of a row's own values it holds, -1 where all rows have the same.
    """

    cells: tuple[NewCell | OwnCell | None, ...]
    numbers: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        numbers = count()
        own = tuple(next(numbers) if isinstance(cell, OwnCell) else -1 for cell in self.cells)
        object.__setattr__(self, "numbers", own)

    def source(self, column: int) -> tuple[int, Value]:
        """Where a row has a column's value: its number among the row's own ones, or -1 and the value all rows have."""
        cell = self.cells[column - 1] if column <= len(self.cells) else None
        if isinstance(cell, OwnCell):
            return self.numbers[column - 1], None
        return -1, cell.value if cell else None


class NewRow(NamedTuple):
    """A row: its pattern, its own values in the order of the pattern's places for them, its height in points."""

    pattern: RowPattern
    own: Sequence[Own]
    height: float

    def at(self, column: int) -> tuple[Value, Look] | None:
        """Value and look of one cell, without drawing the others; None where nothing stands."""
        cell = self.pattern.cells[column - 1] if column <= len(self.pattern.cells) else None
        if isinstance(cell, OwnCell):
            own = self.own[self.pattern.numbers[column - 1]]
            return (own.value, own.look) if isinstance(own, NewCell) else (own, cell.look)
        return cell and (cell.value, cell.look)

    def cells(self, number: int) -> Iterator[tuple[int, NewCell]]:
        """Column → cell, from left to right."""
        values = iter(self.own)
        for column, cell in enumerate(self.pattern.cells, 1):
            if isinstance(cell, OwnCell):
                own = next(values)
                cell = own if isinstance(own, NewCell) else NewCell(own, cell.look, cell.formula)  # noqa: PLW2901
            if cell is not None:
                yield column, cell._replace(formula=cell.formula.replace(ROW, str(number))) if cell.formula else cell


@dataclass(frozen=True, slots=True)
class LongTable:
    """The rows of a table: ``count`` of them, the first one in row ``first``; ``rows(n)`` draws them from the n-th on.

    ``repeated``: texts that several rows say and others do not, such as names. Units: n is counted from 0.
    """

    first: int
    count: int
    rows: Callable[[int], Iterator[NewRow]]
    repeated: tuple[str, ...] = ()

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and self.first <= row < self.first + self.count

    def drawn(self, number: int, count: int) -> Iterator[tuple[int, NewRow]]:
        """A row and those after it with their numbers, so many in all where there are as many."""
        return enumerate(islice(self.rows(number - self.first), count), number)

    def part(self, start: int, count: int) -> "LongTable":
        """So many rows from the n-th on, counted from 0, as a table of another sheet."""
        rows = self.rows
        return LongTable(self.first, count, lambda number: islice(rows(start + number), count - number), self.repeated)

    def columns(self, wanted: Iterable[int]) -> dict[int, list[Value]]:
        """Column → its values from the first row to the last; the rows are drawn once."""
        found = {column: list[Value]() for column in wanted}
        sources: dict[RowPattern, list[tuple[list[Value], int, Value]]] = {}
        for row in self.rows(0):
            places = sources.get(row.pattern)
            if places is None:
                places = sources[row.pattern] = [(values, *row.pattern.source(one)) for one, values in found.items()]
            for values, number, same in places:
                value = same if number < 0 else row.own[number]
                values.append(value.value if isinstance(value, NewCell) else value)
        return found


@dataclass(frozen=True, slots=True)
class Highlight:
    """Cells of an area that hold exactly ``text`` (or, with ``above``, a number above it) are shaded."""

    area: str
    shade: Shade
    text: str = ""
    above: int | None = None


class ChartKind(StrEnum):
    """Native chart kinds; the values are the writer's."""

    COLUMN = "column"
    BAR = "bar"
    RADAR = "radar"


@dataclass(frozen=True, slots=True)
class NewChart:
    """One native chart over two areas given with their sheet (``图表!$A$5:$A$9``).

    Attributes:
        at: top left cell.
        size: Units: pixels, width and height.
        number_format, axis_format: of the data labels and of the value axis.
        top: end of the value axis, None for automatic.
        labels, upright_labels: whether values are written at the columns, and whether they stand on end.
    """

    kind: ChartKind
    title: str
    categories: str
    values: str
    at: str
    size: tuple[int, int]
    number_format: str = "0.00"
    axis_format: str = "0"
    top: float | None = None
    labels: bool = True
    upright_labels: bool = False


class NewLink(NamedTuple):
    """What a click on the cell opens, an address outside the workbook, and what is said beforehand."""

    cell: str
    address: str
    tip: str


@dataclass(frozen=True, slots=True)
class NewSheet:
    """One sheet.

    Attributes:
        cells: by (row, column), counted from 1; without those of ``table``.
        merges: areas shown as one cell; their content stands in the first cell.
        widths: column → width in characters. heights: row → points.
        hidden_columns: columns kept out of sight.
        freeze: rows and columns that stay in view.
        filter: area with drop-down filters, "" for none.
        heading_rows: first and last row repeated on every printed page.
        print_area: "" for everything.
        table: rows that are drawn when they are asked for.
        links: addresses that clicks on cells open; the cells look as any others.
    """

    name: str
    cells: Mapping[tuple[int, int], NewCell]
    merges: tuple[str, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    freeze: tuple[int, int] = (0, 0)
    filter: str = ""
    heading_rows: tuple[int, int] | None = None
    print_area: str = ""
    highlights: tuple[Highlight, ...] = ()
    charts: tuple[NewChart, ...] = ()
    one_page: bool = False
    links: Callable[[], Iterator[NewLink]] | None = None
    table: LongTable | None = None

    def every_cell(self) -> Iterator[tuple[tuple[int, int], NewCell]]:
        """All cells, row by row from left to right."""
        places = sorted(self.cells)
        if self.table is None:
            yield from ((place, self.cells[place]) for place in places)
            return
        above = bisect_left(places, (self.table.first, 0))
        yield from ((place, self.cells[place]) for place in places[:above])
        for number, row in enumerate(self.table.rows(0), self.table.first):
            yield from (((number, column), cell) for column, cell in row.cells(number))
        yield from ((place, self.cells[place]) for place in places[above:])


@dataclass(frozen=True, slots=True)
class NewBook:
    """A whole workbook; ``money_format`` is the number format of amounts."""

    title: str
    sheets: tuple[NewSheet, ...]
    money_format: str = MONEY
