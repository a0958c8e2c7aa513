"""Areas (what references give) and arrays (what calculations give), and element-wise calculation over arrays."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import repeat
from typing import TypeAlias

from toolkit.formula.tree import LAST_ROW
from toolkit.model.values import ErrorValue, Value

Area: TypeAlias = tuple[tuple[Value, ...], ...]
Operand: TypeAlias = Value | Area
Place: TypeAlias = tuple[int, int]
"""Row and column of the cell a formula stands in, counted from 1."""

MAX_SPREAD = 16_384  # cells an array may grow to when a column meets a row; keeps hostile formulas cheap


class Array(tuple[tuple[Value, ...], ...]):
    """A calculated array.

    Kept apart from a plain area because Excel does: ``{1,2}*2`` is calculated for each element in any cell, while
    ``A1:A2*2`` in an ordinary cell takes the value on the formula's own row.
    """

    __slots__ = ()


class OpenArray(Array):
    """An array calculated over whole columns, as far as any sheet is used: its last row stands for all further ones.

    Attributes:
        repeats: how many more rows there are that are equal to the last.
    """

    repeats: int

    @classmethod
    def of(cls, cells: "Iterable[tuple[Value, ...]]", repeats: int) -> "OpenArray":
        """The cells with the number of further rows."""
        array = cls(cells)
        array.repeats = repeats
        return array


class Range(tuple[tuple[Value, ...], ...]):  # noqa: SLOT001  (it carries numbers)
    """What a reference into a workbook gives: its cells as far as the sheet is used, and where they stand.

    Attributes:
        row, column: of the first cell, counted from 1; 0 where only the values are known.
        beyond: blank cells of a whole column or row beyond the used part of its sheet.
        subtotalled: the area as SUBTOTAL counts it, without (True) or with hidden rows; None where that is not known.
        ordered: the numbers from the smallest on, once somebody put them in order.
        places: of its content, once somebody asked for cells that meet a condition.
    """

    row: int
    column: int
    beyond: int = 0
    subtotalled: Callable[[bool], Area] | None = None
    ordered: Sequence[Decimal] | None = None
    places: object | None = None

    @classmethod
    def of(cls, cells: Area, row: int, column: int, beyond: int = 0) -> "Range":
        """The cells with their place."""
        area = cls(cells)
        area.row, area.column = row, column
        if beyond:
            area.beyond = beyond
        return area


def is_area(value: Operand) -> bool:
    """What a reference gives, as opposed to a calculated array or a single value."""
    return type(value) is tuple or type(value) is Range


def lifted(value: Operand) -> Operand:
    """An area as an array, a reference to one cell as its value; anything else as it is."""
    if type(value) is Range:
        if len(value) == len(value[0]) == 1 and not value.beyond:
            return value[0][0]
        if further := further_rows(value):
            return OpenArray.of(value, further)
    return Array(value) if is_area(value) else value  # type: ignore[arg-type]


def further_rows(value: Operand) -> int:
    """Rows of whole columns beyond the used part of a workbook; 0 for anything else."""
    if type(value) is OpenArray:
        return value.repeats
    if type(value) is not Range or not value.beyond:
        return 0
    rows, rest = divmod(value.beyond, len(value[0]))
    return rows if not rest and value.row + len(value) + rows == LAST_ROW + 1 else 0


def intersected(value: Operand, place: Place | None) -> Value | Array:
    """What an ordinary cell sees of a reference: its one cell, or the one on the cell's own row or column.

    #VALUE! where there is no such cell, or the place of either is not known.
    Source: Excel help, "Implicit intersection operator: @".
    """
    if not isinstance(value, tuple) or isinstance(value, Array):
        return value
    if len(value) == len(value[0]) == 1 and not (isinstance(value, Range) and value.beyond):
        return value[0][0]
    if place is None or not isinstance(value, Range) or not value.row:
        return ErrorValue.VALUE
    down, across = place[0] - value.row, place[1] - value.column
    if len(value[0]) == 1 and down >= 0:
        return _along([row[0] for row in value], down, value.beyond)
    if len(value) == 1 and across >= 0:
        return _along(value[0], across, value.beyond)
    return ErrorValue.VALUE


def _along(cells: "tuple[Value, ...] | list[Value]", place: int, beyond: int) -> Value:
    if place < len(cells):
        return cells[place]
    return None if beyond else ErrorValue.VALUE


def top_left(value: Value | Array) -> Value:
    """The value a single cell shows of an array."""
    return value[0][0] if isinstance(value, Array) else value


def rows_of(value: Operand) -> Area:
    """Any operand as rows of cells."""
    return value if isinstance(value, tuple) else ((value,),)


def cells_of(value: Operand) -> Iterator[Value]:
    """All cells of an operand, row by row."""
    for row in rows_of(value):
        yield from row


def each(function: Callable[..., Value], *operands: Operand) -> Operand:
    """Call a scalar function for every element; single rows, columns and values are stretched, gaps are #N/A."""
    grids = [rows_of(operand) for operand in operands]
    height = max(len(grid) for grid in grids)
    width = max(len(grid[0]) for grid in grids)
    if height * width > max(MAX_SPREAD, *(len(grid) * len(grid[0]) for grid in grids), 0):
        return ErrorValue.NUM
    fitted = [_fitted(grid, height, width) for grid in grids]
    cells = (tuple(map(function, *rows)) for rows in zip(*fitted, strict=True))
    repeats = repeats_of(*(grid for grid in grids if len(grid) > 1))
    return OpenArray.of(cells, repeats) if repeats else Array(cells)


def repeats_of(*operands: Operand) -> int:
    """How many further rows like their last all of these have; 0 where one of them ends."""
    return min((operand.repeats if type(operand) is OpenArray else 0 for operand in operands), default=0)


def _fitted(grid: Area, height: int, width: int) -> Iterable[Iterable[Value]]:
    """The rows of a grid stretched or filled up to a height and width."""
    wide = len(grid[0])
    if wide == width:
        rows: Iterable[tuple[Value, ...]] = grid
    elif wide == 1:
        rows = ((cell,) * width for (cell,) in grid)
    else:
        rows = (row + (ErrorValue.NA,) * (width - wide) for row in grid)
    if len(grid) == height:
        return rows
    if len(grid) == 1:
        return repeat(next(iter(rows)), height)
    return (*rows, *repeat((ErrorValue.NA,) * width, height - len(grid)))
