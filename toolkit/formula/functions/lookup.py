"""INDEX, MATCH and the lookups."""

from bisect import bisect_right
from decimal import Decimal
from functools import cmp_to_key

from toolkit.formula.arrays import Area, Array, Operand, Range, cells_of, further_rows, is_area, rows_of
from toolkit.formula.coerce import ONE, ZERO, whole
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.wildcard import matches
from toolkit.formula.operators import order, rank
from toolkit.model.values import ErrorValue, Value

OPERAND, VALUE, NUMBER = Takes.OPERAND, Takes.VALUE, Takes.NUMBER
_BY_ORDER = cmp_to_key(order)


@function("INDEX", OPERAND, NUMBER, NUMBER, NUMBER, required=2, spreads=True)
def index(area: Operand, row: Decimal, column: Decimal | None = None, part: Decimal = ONE) -> Operand:
    """The cell at a row and column; 0 means all of them; of a single line one position is enough.

    ``part`` picks one of several areas; there is never more than one here, so that any other is #REF!.
    """
    if isinstance(area, ErrorValue):
        return area
    rows = rows_of(area)
    down, across = whole(row), None if column is None else whole(column)
    if whole(part) != 1 or (across is None and is_area(area) and min(len(rows), len(rows[0])) > 1):
        return ErrorValue.REF
    if across is None:
        down, across = (0, down) if len(rows) == 1 and len(rows[0]) > 1 else (down, 0)
    if down < 0 or across < 0:
        return ErrorValue.VALUE
    if down > len(rows) or across > len(rows[0]):
        return ErrorValue.REF
    chosen = rows[down - 1 : down] if down else rows
    cut: Area = tuple(line[across - 1 : across] for line in chosen) if across else tuple(chosen)
    if not is_area(area):
        return Array(cut)
    if not isinstance(area, Range):
        return Range.of(cut, 0, 0)
    return Range.of(cut, area.row + max(down - 1, 0), area.column + max(across - 1, 0))


@function("ROWS", OPERAND)
def row_count(area: Operand) -> Value:
    """How many rows an area or array has."""
    return area if isinstance(area, ErrorValue) else Decimal(len(rows_of(area)) + further_rows(area))


@function("COLUMNS", OPERAND)
def column_count(area: Operand) -> Value:
    """How many columns an area or array has."""
    if isinstance(area, ErrorValue):
        return area
    further = area.beyond if isinstance(area, Range) and not further_rows(area) else 0
    return Decimal(len(rows_of(area)[0]) + further // len(rows_of(area)))


@function("MATCH", VALUE, OPERAND, NUMBER, required=2)
def position(wanted: Value, area: Operand, kind: Decimal = ONE) -> Value:
    """The position of a value in one row or column: 0 exactly, 1 the last not above it, −1 the last not below it."""
    rows = rows_of(area)
    if isinstance(area, ErrorValue) or min(len(rows), len(rows[0])) > 1:
        return area if isinstance(area, ErrorValue) else ErrorValue.NA
    line = list(cells_of(area))
    found = _first_equal(wanted, line) if not kind else _nearest(wanted, line, descending=kind < 0)
    return ErrorValue.NA if found is None else Decimal(found + 1)


@function("VLOOKUP", VALUE, OPERAND, NUMBER, Takes.LOGICAL, required=3)
def look_down(wanted: Value, area: Operand, column: Decimal, near: bool = True) -> Value:
    """The cell in a given column of the row whose first cell is the value wanted."""
    if not isinstance(area, tuple):
        return area if isinstance(area, ErrorValue) else ErrorValue.VALUE
    return _look(wanted, rows_of(area), whole(column), near=near)


@function("HLOOKUP", VALUE, OPERAND, NUMBER, Takes.LOGICAL, required=3)
def look_across(wanted: Value, area: Operand, row: Decimal, near: bool = True) -> Value:
    """The cell in a given row of the column whose first cell is the value wanted."""
    if not isinstance(area, tuple):
        return area if isinstance(area, ErrorValue) else ErrorValue.VALUE
    return _look(wanted, tuple(zip(*rows_of(area), strict=True)), whole(row), near=near)


@function("LOOKUP", VALUE, OPERAND, OPERAND, required=2, spreads=True)
def look_up(wanted: Value, area: Operand, results: Operand | None = None) -> Value:
    """The result at the last place not above the value wanted; without results, the far edge of the area."""
    if isinstance(area, ErrorValue):
        return area
    rows = rows_of(area)
    if results is None:
        lines = rows if len(rows) >= len(rows[0]) else tuple(zip(*rows, strict=True))
        keys, answers = [line[0] for line in lines], [line[-1] for line in lines]
    else:
        keys, answers = list(cells_of(area)), list(cells_of(results))
    found = _nearest(wanted, keys, descending=False)
    if found is None or found >= len(answers):
        return ErrorValue.NA
    return answers[found]


@function("XLOOKUP", VALUE, OPERAND, OPERAND, Takes.ANYTHING, NUMBER, NUMBER, required=3)
def look_anywhere(
    wanted: Value,
    area: Operand,
    results: Operand,
    otherwise: Value = ErrorValue.NA,
    match: Decimal = ZERO,
    search: Decimal = ONE,
) -> Value:
    """The result beside a value: exactly (0), else the next smaller (−1) or larger (1), with wildcards (2).

    Searched from the first place (1) or the last (−1). Other modes, and results of several columns, are #VALUE!.
    """
    for operand in (area, results):
        if isinstance(operand, ErrorValue):
            return operand
    line, answers = list(cells_of(area)), list(cells_of(results))
    known = whole(match) in {0, -1, 1, 2} and whole(search) in {1, -1}
    if not known or len(line) != len(answers) or min(len(rows_of(area)), len(rows_of(area)[0])) > 1:
        return ErrorValue.VALUE
    places = range(len(line)) if search > 0 else range(len(line) - 1, -1, -1)
    found = _found(wanted, line, places, whole(match))
    return otherwise if found is None else answers[found]


def _found(wanted: Value, line: list[Value], places: range, match: int) -> int | None:
    wanted = ZERO if wanted is None else wanted
    if match == 2 and isinstance(wanted, str):
        return next((i for i in places if isinstance(line[i], str) and matches(wanted, str(line[i]))), None)
    kind = rank(wanted)
    comparable = [i for i in places if _comparable(line[i], kind)]
    equal = next((i for i in comparable if order(line[i], wanted) == 0), None)
    if equal is not None or match in {0, 2}:
        return equal
    nearer = [i for i in comparable if order(line[i], wanted) == match]
    pick = max if match < 0 else min
    return pick(nearer, key=lambda i: _BY_ORDER(line[i])) if nearer else None


def _look(wanted: Value, lines: Area, place: int, *, near: bool) -> Value:
    if place < 1:
        return ErrorValue.VALUE
    if place > len(lines[0]):
        return ErrorValue.REF
    keys = [line[0] for line in lines]
    found = _nearest(wanted, keys, descending=False) if near else _first_equal(wanted, keys)
    return ErrorValue.NA if found is None else lines[found][place - 1]


def _first_equal(wanted: Value, line: list[Value]) -> int | None:
    wanted = ZERO if wanted is None else wanted
    if isinstance(wanted, str):
        return next((i for i, cell in enumerate(line) if isinstance(cell, str) and matches(wanted, cell)), None)
    kind = rank(wanted)
    return next((i for i, cell in enumerate(line) if _comparable(cell, kind) and order(cell, wanted) == 0), None)


def _nearest(wanted: Value, line: list[Value], *, descending: bool) -> int | None:
    wanted = ZERO if wanted is None else wanted
    kind = rank(wanted)
    places = [i for i, cell in enumerate(line) if _comparable(cell, kind)]
    if descending:
        return _nearest_descending(wanted, line, places)
    at = bisect_right(places, _BY_ORDER(wanted), key=lambda i: _BY_ORDER(line[i]))
    return places[at - 1] if at else None


def _nearest_descending(wanted: Value, line: list[Value], places: list[int]) -> int | None:
    found = None
    for i in places:
        direction = order(line[i], wanted)
        if direction < 0:
            break
        found = i
        if direction == 0:
            break
    return found


def _comparable(cell: Value, kind: int) -> bool:
    return cell is not None and not isinstance(cell, ErrorValue) and rank(cell) == kind
