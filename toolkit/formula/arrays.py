"""Areas (what references give) and arrays (what calculations give), and element-wise calculation over arrays."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from toolkit.model.values import ErrorValue, Value

Area: TypeAlias = tuple[tuple[Value, ...], ...]
Operand: TypeAlias = Value | Area

MAX_SPREAD = 16_384  # cells an array may grow to when a column meets a row; keeps hostile formulas cheap


class Array(tuple[tuple[Value, ...], ...]):
    """A calculated array.

    Kept apart from a plain area because Excel does: ``{1,2}*2`` is calculated for each element, while ``A1:A2*2`` in a
    single cell asks for the value on the formula's own row, which a formula without a place does not have.
    """

    __slots__ = ()


class OpenArea(tuple[tuple[Value, ...], ...]):  # noqa: SLOT001  (it carries a number)
    """A whole column or row as far as the sheet is used, with the number of blank cells ``beyond`` that."""

    beyond: int = 0


def is_area(value: Operand) -> bool:
    """What a reference gives, as opposed to a calculated array or a single value."""
    return type(value) is tuple or type(value) is OpenArea


def lifted(value: Operand) -> Operand:
    """An area as an array; anything else as it is."""
    return Array(value) if is_area(value) else value  # type: ignore[arg-type]


def intersected(value: Operand) -> Value | Array:
    """What a single-cell formula sees of a reference: its one cell, or #VALUE! for more than one."""
    if not isinstance(value, tuple) or isinstance(value, Array):
        return value
    if len(value) == 1 and len(value[0]) == 1:
        return value[0][0]
    return ErrorValue.VALUE


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
    return Array(
        tuple(function(*(_at(grid, row, column) for grid in grids)) for column in range(width)) for row in range(height)
    )


def _at(grid: Area, row: int, column: int) -> Value:
    line = grid[0] if len(grid) == 1 else grid[row] if row < len(grid) else None
    if line is None:
        return ErrorValue.NA
    if len(line) == 1:
        return line[0]
    return line[column] if column < len(line) else ErrorValue.NA
