"""How far numbers are spread: standard deviations, percentiles, trimmed means."""

from collections import Counter
from decimal import Decimal, Overflow

from toolkit.formula.arrays import Operand
from toolkit.formula.coerce import CONTEXT, ZERO, settle, whole
from toolkit.formula.functions import statistics
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.flatten import numbers_in
from toolkit.model.values import ErrorValue, Value

OPERAND, NUMBER = Takes.OPERAND, Takes.NUMBER


@function("STDEV", OPERAND, repeats=1)
def sample_deviation(*operands: Operand) -> Value:
    """The standard deviation of a sample; #DIV/0! for fewer than two numbers."""
    return _deviation(operands, 1)


@function("STDEV.S", OPERAND, repeats=1)
def sample_deviation_by_its_new_name(*operands: Operand) -> Value:
    """The same as STDEV."""
    return _deviation(operands, 1)


@function("STDEVP", OPERAND, repeats=1)
def deviation(*operands: Operand) -> Value:
    """The standard deviation of all there are; #DIV/0! for none."""
    return _deviation(operands, 0)


@function("STDEV.P", OPERAND, repeats=1)
def deviation_by_its_new_name(*operands: Operand) -> Value:
    """The same as STDEVP."""
    return _deviation(operands, 0)


def _deviation(operands: tuple[Operand, ...], less: int) -> Value:
    found = _variance(operands, less)
    return CONTEXT.sqrt(found) if isinstance(found, Decimal) else found


def _variance(operands: tuple[Operand, ...], less: int) -> Value:
    found = numbers_in(operands)
    if isinstance(found, ErrorValue):
        return found
    if len(found) <= less:
        return ErrorValue.DIV0
    mean = statistics.average((tuple(found),))
    if not isinstance(mean, Decimal):
        return ErrorValue.NUM
    try:
        apart = [CONTEXT.subtract(number, mean) for number in found]
        squares = statistics.total([CONTEXT.multiply(gap, gap) for gap in apart])
    except Overflow:
        return ErrorValue.NUM
    if not isinstance(squares, Decimal):
        return ErrorValue.NUM
    return CONTEXT.divide(squares, Decimal(len(found) - less)) if squares else ZERO


@function("VAR", OPERAND, repeats=1)
def sample_variance(*operands: Operand) -> Value:
    """The variance of a sample; #DIV/0! for fewer than two numbers."""
    return _variance(operands, 1)


@function("VAR.S", OPERAND, repeats=1)
def sample_variance_by_its_new_name(*operands: Operand) -> Value:
    """The same as VAR."""
    return _variance(operands, 1)


@function("VARP", OPERAND, repeats=1)
def variance(*operands: Operand) -> Value:
    """The variance of all there are; #DIV/0! for none."""
    return _variance(operands, 0)


@function("VAR.P", OPERAND, repeats=1)
def variance_by_its_new_name(*operands: Operand) -> Value:
    """The same as VARP."""
    return _variance(operands, 0)


@function("SUMSQ", OPERAND, repeats=1)
def sum_of_squares(*operands: Operand) -> Value:
    """The sum of the squares."""
    found = numbers_in(operands)
    if isinstance(found, ErrorValue):
        return found
    try:
        return statistics.total([CONTEXT.multiply(number, number) for number in found])
    except Overflow:
        return ErrorValue.NUM


@function("MODE", OPERAND, repeats=1)
def most_frequent(*operands: Operand) -> Value:
    """The number that occurs most often, the first of several; #N/A where none occurs twice."""
    found = numbers_in(operands)
    if isinstance(found, ErrorValue):
        return found
    counted = Counter(map(settle, found)).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 1 else ErrorValue.NA


@function("MODE.SNGL", OPERAND, repeats=1)
def most_frequent_by_its_new_name(*operands: Operand) -> Value:
    """The same as MODE."""
    return most_frequent(*operands)  # type: ignore[no-any-return]


@function("QUARTILE", OPERAND, NUMBER)
def quartile(operand: Operand, quarter: Decimal) -> Value:
    """The number below which so many quarters of the numbers lie."""
    return percentile(operand, CONTEXT.divide(Decimal(whole(quarter)), Decimal(4)))  # type: ignore[no-any-return]


@function("QUARTILE.INC", OPERAND, NUMBER)
def quartile_by_its_new_name(operand: Operand, quarter: Decimal) -> Value:
    """The same as QUARTILE."""
    return quartile(operand, quarter)  # type: ignore[no-any-return]


@function("PERCENTILE", OPERAND, NUMBER)
def percentile(operand: Operand, share: Decimal) -> Value:
    """The number below which a share of the numbers lies, in proportion between neighbours."""
    found = numbers_in([operand])
    if isinstance(found, ErrorValue):
        return found
    if not found or not 0 <= share <= 1:
        return ErrorValue.NUM
    found.sort()
    place = settle(share * (len(found) - 1))
    below = int(place)
    if below + 1 >= len(found):
        return found[-1]
    return CONTEXT.add(found[below], CONTEXT.multiply(place - below, found[below + 1] - found[below]))


@function("PERCENTILE.INC", OPERAND, NUMBER)
def percentile_by_its_new_name(operand: Operand, share: Decimal) -> Value:
    """The same as PERCENTILE."""
    return percentile(operand, share)  # type: ignore[no-any-return]


@function("TRIMMEAN", OPERAND, NUMBER)
def trimmed_mean(operand: Operand, share: Decimal) -> Value:
    """The mean without a share of the numbers, half of it at each end; an odd number left out is made even."""
    found = numbers_in([operand])
    if isinstance(found, ErrorValue):
        return found
    if not found or not 0 <= share < 1:
        return ErrorValue.NUM
    found.sort()
    cut = whole(settle(share * len(found))) // 2
    return statistics.average((tuple(found[cut : len(found) - cut]),))  # type: ignore[no-any-return]


@function("RANK.EQ", NUMBER, OPERAND, NUMBER, required=2)
def rank_by_its_new_name(number: Decimal, operand: Operand, ascending: Decimal = ZERO) -> Value:
    """The same as RANK."""
    return statistics.rank(number, operand, ascending)  # type: ignore[no-any-return]
