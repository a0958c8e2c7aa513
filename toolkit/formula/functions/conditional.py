"""Means and extremes under conditions, and SUBTOTAL."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from toolkit.formula.arrays import Operand, Range
from toolkit.formula.coerce import ZERO, whole
from toolkit.formula.functions import spread, statistics
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.flatten import numbers_in
from toolkit.formula.functions.places import cells_at, meeting, shape
from toolkit.model.values import ErrorValue, Value

ANYTHING, OPERAND, NUMBER = Takes.ANYTHING, Takes.OPERAND, Takes.NUMBER


@function("AVERAGEIF", OPERAND, ANYTHING, OPERAND, required=2)
def average_if(area: Operand, wanted: Value, averaged: Operand = None) -> Value:
    """The mean of the numbers that meet a condition, or of those beside them; #DIV/0! when there are none."""
    return average_ifs(area if averaged is None else averaged, area, wanted)  # type: ignore[no-any-return]


@function("AVERAGEIFS", OPERAND, OPERAND, ANYTHING, repeats=2)
def average_ifs(averaged: Operand, *pairs: Operand) -> Value:
    """The mean of the numbers at places that meet all conditions; #DIV/0! when there are none."""
    found = _chosen_numbers(averaged, pairs)
    return found if isinstance(found, ErrorValue) else statistics.average((tuple(found),))


@function("MAXIFS", OPERAND, OPERAND, ANYTHING, repeats=2)
def greatest_ifs(area: Operand, *pairs: Operand) -> Value:
    """The largest number at places that meet all conditions; 0 when there are none."""
    found = _chosen_numbers(area, pairs)
    return found if isinstance(found, ErrorValue) else max(found, default=ZERO)


@function("MINIFS", OPERAND, OPERAND, ANYTHING, repeats=2)
def least_ifs(area: Operand, *pairs: Operand) -> Value:
    """The smallest number at places that meet all conditions; 0 when there are none."""
    found = _chosen_numbers(area, pairs)
    return found if isinstance(found, ErrorValue) else min(found, default=ZERO)


def _chosen_numbers(area: Operand, pairs: tuple[Operand, ...]) -> list[Decimal] | ErrorValue:
    chosen = meeting(pairs)
    if isinstance(chosen, ErrorValue):
        return chosen
    if shape(area) != shape(pairs[0]):
        return ErrorValue.VALUE
    cells = tuple(cells_at(area, chosen))
    return numbers_in([(cells,)]) if cells else []


_KINDS: Mapping[int, Callable[..., Value]] = MappingProxyType(
    {
        1: statistics.average,
        2: statistics.count,
        3: statistics.count_filled,
        4: statistics.greatest,
        5: statistics.least,
        6: statistics.product,
        7: spread.sample_deviation,
        8: spread.deviation,
        9: statistics.sum_of,
    }
)


@function("SUBTOTAL", NUMBER, OPERAND, repeats=1)
def subtotal(kind: Decimal, *operands: Operand) -> Value:
    """One of the sums, counts and deviations by its number: 9 the sum, 109 the sum without hidden rows.

    Other subtotals in the areas are passed over. In a workbook rows hidden by a filter count in 1 to 11 like rows
    hidden by hand: the file does not tell them apart. Other numbers are #VALUE!.
    """
    number = whole(kind)
    call = _KINDS.get(number - 100 if number > 100 else number)
    if call is None:
        return ErrorValue.VALUE
    counted = [
        area.subtotalled(number > 100) if isinstance(area, Range) and area.subtotalled else area for area in operands
    ]
    return call(*counted)
