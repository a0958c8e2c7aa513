"""Sums, means, extremes, ranks and counts over areas."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, Overflow
from itertools import chain

from toolkit.formula import operators
from toolkit.formula.arrays import Operand, Range, cells_of, repeats_of, rows_of
from toolkit.formula.coerce import CONTEXT, ONE, ZERO, settle, to_number, whole
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.flatten import counted_numbers, names_nothing, numbers_in
from toolkit.formula.functions.places import cells_at, meeting, shape, unused
from toolkit.model.values import ErrorValue, Value

ANYTHING, OPERAND, NUMBER = Takes.ANYTHING, Takes.OPERAND, Takes.NUMBER


def total(numbers: Sequence[Decimal]) -> Value:
    """The sum, #NUM! when it is too large for a cell; a rest that is only rounding noise is 0."""
    result = ZERO
    try:
        for number in numbers:
            result = CONTEXT.add(result, number)
    except Overflow:
        return ErrorValue.NUM
    if result and result.adjusted() < operators.MAYBE_NOISE:
        largest = max(number.adjusted() for number in numbers if number)
        return result if result.adjusted() > largest - operators.CANCELLED else ZERO
    return result


@function("SUM", OPERAND, repeats=1)
def sum_of(*operands: Operand) -> Value:
    """The sum."""
    found = numbers_in(operands)
    return found if isinstance(found, ErrorValue) else total(found)


@function("AVERAGE", OPERAND, repeats=1)
def average(*operands: Operand) -> Value:
    """The mean of the numbers; #DIV/0! when there are none."""
    found = numbers_in(operands)
    if isinstance(found, ErrorValue):
        return found
    added = total(found)
    return operators.divide(added, Decimal(len(found))) if isinstance(added, Decimal) else added


@function("PRODUCT", OPERAND, repeats=1)
def product(*operands: Operand) -> Value:
    """The product; 0 when there are no numbers."""
    found = numbers_in(operands)
    if isinstance(found, ErrorValue):
        return found
    return _multiplied(found) if found else ZERO


def _multiplied(factors: Sequence[Decimal]) -> Value:
    result: Value = ONE
    for factor in factors:
        if not isinstance(result, Decimal):
            return result
        result = operators.multiply(result, factor)
    return result


@function("MIN", OPERAND, repeats=1)
def least(*operands: Operand) -> Value:
    """The smallest number; 0 when there are none."""
    found = numbers_in(operands)
    return found if isinstance(found, ErrorValue) else min(found) if found else ZERO


@function("MAX", OPERAND, repeats=1)
def greatest(*operands: Operand) -> Value:
    """The largest number; 0 when there are none."""
    found = numbers_in(operands)
    return found if isinstance(found, ErrorValue) else max(found) if found else ZERO


@function("AVERAGEA", OPERAND, repeats=1)
def average_of_all(*operands: Operand) -> Value:
    """The mean where texts count as 0 and TRUE as 1; #DIV/0! when there is nothing."""
    return average((tuple(_counting_all(operands)),))  # type: ignore[no-any-return]


@function("MAXA", OPERAND, repeats=1)
def greatest_of_all(*operands: Operand) -> Value:
    """The largest where texts count as 0 and TRUE as 1."""
    return greatest((tuple(_counting_all(operands)),))  # type: ignore[no-any-return]


@function("MINA", OPERAND, repeats=1)
def least_of_all(*operands: Operand) -> Value:
    """The smallest where texts count as 0 and TRUE as 1."""
    return least((tuple(_counting_all(operands)),))  # type: ignore[no-any-return]


def _counting_all(operands: Iterable[Operand]) -> Iterator[Value]:
    for operand in operands:
        if not isinstance(operand, tuple):
            yield to_number(operand)
            continue
        for cell in cells_of(operand):
            if isinstance(cell, str | bool):
                yield ONE if cell is True else ZERO
            else:
                yield cell


@function("MEDIAN", OPERAND, repeats=1)
def median(*operands: Operand) -> Value:
    """The middle number, or the mean of the middle two."""
    found = numbers_in(operands)
    if isinstance(found, ErrorValue) or not found:
        return found if isinstance(found, ErrorValue) else ErrorValue.NUM
    found.sort()
    half = len(found) // 2
    return found[half] if len(found) % 2 else average(found[half - 1], found[half])


@function("LARGE", OPERAND, NUMBER)
def large(operand: Operand, position: Decimal) -> Value:
    """The number at a position counted from the largest."""
    return _at_position(operand, position, descending=True)


@function("SMALL", OPERAND, NUMBER)
def small(operand: Operand, position: Decimal) -> Value:
    """The number at a position counted from the smallest."""
    return _at_position(operand, position, descending=False)


def _at_position(operand: Operand, position: Decimal, *, descending: bool) -> Value:
    found = numbers_in([operand])
    if isinstance(found, ErrorValue):
        return found
    place = whole(position)
    if not 1 <= place <= len(found):
        return ErrorValue.NUM
    return sorted(found, reverse=descending)[place - 1]


@function("RANK", NUMBER, OPERAND, NUMBER, required=2)
def rank(number: Decimal, operand: Operand, ascending: Decimal = ZERO) -> Value:
    """The place of a number among others, equal ones sharing the best; #N/A when it is not among them."""
    others = _ordered(operand)
    if isinstance(others, ErrorValue):
        return others
    wanted = settle(number)
    smaller, beyond = bisect_left(others, wanted), bisect_right(others, wanted)
    if smaller == beyond:
        return ErrorValue.NA
    return Decimal(1 + (smaller if ascending else len(others) - beyond))


def _ordered(operand: Operand) -> Sequence[Decimal] | ErrorValue:
    """The numbers from the smallest on; a column that is ranked row by row is put in order once."""
    known = operand.ordered if isinstance(operand, Range) else None
    if known is not None:
        return known
    found = numbers_in([operand])
    if isinstance(found, ErrorValue):
        return found
    ordered = sorted(map(settle, found))
    if isinstance(operand, Range):
        operand.ordered = ordered
    return ordered


@function("COUNT", OPERAND, repeats=1)
def count(*operands: Operand) -> Value:
    """How many numbers."""
    return ErrorValue.NAME if names_nothing(operands) else Decimal(counted_numbers(operands))


@function("COUNTA", OPERAND, repeats=1)
def count_filled(*operands: Operand) -> Value:
    """How many values of any kind; the empty text and errors are values."""
    if names_nothing(operands):
        return ErrorValue.NAME
    return Decimal(
        sum(
            sum(cell is not None for cell in cells_of(operand)) if isinstance(operand, tuple) else 1
            for operand in operands
        )
    )


@function("COUNTBLANK", OPERAND)
def count_blank(operand: Operand) -> Value:
    """How many cells are blank or hold the empty text."""
    if operand is ErrorValue.NAME:
        return operand
    beyond = operand.beyond if isinstance(operand, Range) else 0
    # A decimal is slow to find out that it is no text.
    blank = [cell is None or (type(cell) is str and not cell) for row in rows_of(operand) for cell in row]
    return Decimal(sum(blank) + beyond)


@function("COUNTIF", OPERAND, ANYTHING)
def count_if(area: Operand, wanted: Value) -> Value:
    """How many cells meet a condition."""
    chosen = meeting((area, wanted))
    return chosen if isinstance(chosen, ErrorValue) else Decimal(len(chosen) + unused(area, wanted))


@function("COUNTIFS", OPERAND, ANYTHING, repeats=2)
def count_ifs(*pairs: Operand) -> Value:
    """How many places meet all conditions."""
    chosen = meeting(pairs)
    return chosen if isinstance(chosen, ErrorValue) else Decimal(len(chosen) + unused(*pairs))


@function("SUMIF", OPERAND, ANYTHING, OPERAND, required=2)
def sum_if(area: Operand, wanted: Value, summed: Operand = None) -> Value:
    """The sum of the cells that meet a condition, or of those beside them."""
    return sum_ifs(area if summed is None else summed, area, wanted)  # type: ignore[no-any-return]


@function("SUMIFS", OPERAND, OPERAND, ANYTHING, repeats=2)
def sum_ifs(summed: Operand, *pairs: Operand) -> Value:
    """The sum of the cells at places that meet all conditions."""
    chosen = meeting(pairs)
    if isinstance(chosen, ErrorValue):
        return chosen
    if shape(summed) != shape(pairs[0]):
        return ErrorValue.VALUE
    cells = tuple(cells_at(summed, chosen))
    return sum_of((cells,)) if cells else ZERO


@function("SUMPRODUCT", OPERAND, repeats=1, spreads=True)
def sum_of_products(*operands: Operand) -> Value:
    """The sum of the products of equal places; what is not a number counts as 0; shapes must agree."""
    if len({shape(operand) for operand in operands}) > 1:
        return ErrorValue.VALUE
    found: list[Decimal] = []
    for result in _products(operands):
        if type(result) is Decimal:
            found.append(result)
        elif isinstance(result, ErrorValue):
            return result
    return total(found)


def _products(operands: Sequence[Operand]) -> Iterable[Value]:
    """The products of equal places; those of the last of open rows once more, as often as all further rows have it."""
    first, *others = operands
    products: Iterable[Value] = cells_of(first)
    for operand in others:
        products = map(_product_of_two, products, cells_of(operand))
    repeats = Decimal(repeats_of(*(operand for operand in operands if type(operand) is not Range)))
    if not repeats:
        return products
    line = [rows_of(operand)[-1:] for operand in operands]
    return chain(products, (_product_of_two(result, repeats) for result in _products(line)))


def _product_of_two(a: Value, b: Value) -> Value:
    if type(a) is Decimal and type(b) is Decimal:
        return operators.multiply(a, b)
    if isinstance(a, ErrorValue):
        return a
    return b if isinstance(b, ErrorValue) else ZERO
