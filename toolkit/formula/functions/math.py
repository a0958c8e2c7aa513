"""Rounding, remainders, roots and the other functions of one or two numbers."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal, Overflow

from toolkit.formula import operators
from toolkit.formula.coerce import CONTEXT, ONE, PRECISION, ZERO, settle, whole
from toolkit.formula.functions.declare import Takes, function
from toolkit.model.values import ErrorValue, Value

NUMBER = Takes.NUMBER

_LARGEST_QUOTIENT = Decimal(1_125_900_000_000)  # where Excel's MOD gives up
_TWO, _TEN = Decimal(2), Decimal(10)
_PI = Decimal("3.141592653589793238462643383280")
_UNITS = {digits: Decimal((0, (1,), -digits)) for digits in range(-310, 345)}


@function("ABS", NUMBER)
def absolute(number: Decimal) -> Value:
    """The number without its sign."""
    return number.copy_abs()


@function("SIGN", NUMBER)
def sign(number: Decimal) -> Value:
    """−1, 0 or 1."""
    return Decimal((number > 0) - (number < 0))


@function("INT", NUMBER)
def floor_to_integer(number: Decimal) -> Value:
    """The next whole number towards minus infinity."""
    return _rounded(number, 0, ROUND_FLOOR)


@function("TRUNC", NUMBER, NUMBER, required=1)
def truncate(number: Decimal, digits: Decimal = ZERO) -> Value:
    """The number cut towards zero."""
    return _rounded(number, whole(digits), ROUND_DOWN)


@function("ROUND", NUMBER, NUMBER)
def round_half_up(number: Decimal, digits: Decimal) -> Value:
    """Half away from zero: ROUND(2.5,0) is 3, ROUND(-2.5,0) is −3."""
    return _rounded(number, whole(digits), ROUND_HALF_UP)


@function("ROUNDUP", NUMBER, NUMBER)
def round_up(number: Decimal, digits: Decimal) -> Value:
    """Away from zero."""
    return _rounded(number, whole(digits), ROUND_UP)


@function("ROUNDDOWN", NUMBER, NUMBER)
def round_down(number: Decimal, digits: Decimal) -> Value:
    """Towards zero."""
    return _rounded(number, whole(digits), ROUND_DOWN)


@function("MROUND", NUMBER, NUMBER)
def round_to_multiple(number: Decimal, multiple: Decimal) -> Value:
    """To the nearest multiple, half away from zero; signs must agree."""
    if not number or not multiple:
        return ZERO
    if (number < 0) != (multiple < 0):
        return ErrorValue.NUM
    return _in_steps(number, multiple, ROUND_HALF_UP)


@function("CEILING", NUMBER, NUMBER)
def ceiling(number: Decimal, step: Decimal) -> Value:
    """Up to a multiple of the step; with a negative number and step, away from zero."""
    if not number or not step:
        return ZERO
    if number > 0 > step:
        return ErrorValue.NUM
    return _in_steps(number, step, ROUND_CEILING)


@function("FLOOR", NUMBER, NUMBER)
def floor(number: Decimal, step: Decimal) -> Value:
    """Down to a multiple of the step; with a negative number and step, towards zero."""
    if not number:
        return ZERO
    if not step:
        return ErrorValue.DIV0
    if number > 0 > step:
        return ErrorValue.NUM
    return _in_steps(number, step, ROUND_FLOOR)


@function("MOD", NUMBER, NUMBER)
def remainder(number: Decimal, divisor: Decimal) -> Value:
    """What is left of a division; it has the divisor's sign."""
    quotient = operators.divide(number, divisor)
    if not isinstance(quotient, Decimal):
        return quotient
    if abs(quotient) >= _LARGEST_QUOTIENT:
        return ErrorValue.NUM
    times = settle(quotient).to_integral_value(ROUND_FLOOR)
    return operators.subtract(number, CONTEXT.multiply(divisor, times))


@function("POWER", NUMBER, NUMBER)
def power(number: Decimal, exponent: Decimal) -> Value:
    """The same as ``^``."""
    return operators.power(number, exponent)


@function("SQRT", NUMBER)
def square_root(number: Decimal) -> Value:
    """The square root; #NUM! of a negative number."""
    return CONTEXT.sqrt(number) if number >= 0 else ErrorValue.NUM


@function("QUOTIENT", Takes.COUNT, Takes.COUNT)
def whole_quotient(number: Decimal, divisor: Decimal) -> Value:
    """The whole part of a division."""
    quotient = operators.divide(number, divisor)
    return _rounded(quotient, 0, ROUND_DOWN) if isinstance(quotient, Decimal) else quotient


@function("EVEN", NUMBER)
def next_even(number: Decimal) -> Value:
    """The next even whole number away from zero."""
    halves = operators.divide(number, _TWO)
    return operators.multiply(_rounded(halves, 0, ROUND_UP), _TWO) if isinstance(halves, Decimal) else halves


@function("ODD", NUMBER)
def next_odd(number: Decimal) -> Value:
    """The next odd whole number away from zero."""
    size = _rounded(number.copy_abs(), 0, ROUND_UP)
    odd = size if CONTEXT.remainder(size, _TWO) else CONTEXT.add(size, ONE)
    return odd.copy_negate() if number < 0 else odd


@function("PI")
def pi() -> Value:
    """The ratio of a circle."""
    return _PI


@function("EXP", NUMBER)
def exponential(number: Decimal) -> Value:
    """A power of e."""
    try:
        return settle(CONTEXT.exp(number))
    except Overflow:
        return ErrorValue.NUM


@function("LN", NUMBER)
def natural_logarithm(number: Decimal) -> Value:
    """The logarithm to the base of e."""
    return settle(CONTEXT.ln(number)) if number > 0 else ErrorValue.NUM


@function("LOG10", NUMBER)
def common_logarithm(number: Decimal) -> Value:
    """The logarithm to the base of 10."""
    return settle(CONTEXT.log10(number)) if number > 0 else ErrorValue.NUM


@function("LOG", NUMBER, NUMBER, required=1)
def logarithm(number: Decimal, base: Decimal = _TEN) -> Value:
    """The logarithm to any base, 10 unless given."""
    if number <= 0 or base <= 0:
        return ErrorValue.NUM
    found = operators.divide(CONTEXT.ln(number), CONTEXT.ln(base))
    return settle(found) if isinstance(found, Decimal) else found


def _rounded(number: Decimal, digits: int, rounding: str) -> Decimal:
    number = settle(number)
    if number.adjusted() + digits >= PRECISION - 2:  # more places than the number has digits
        return number
    unit = _UNITS.get(digits)
    if unit is None:  # beyond every number Excel can hold: all or nothing
        return number if digits > 0 else ZERO
    rounded = number.quantize(unit, rounding, CONTEXT)
    return CONTEXT.add(rounded, ZERO) if digits < 0 else rounded  # 1200, not 1.2E+3


def _in_steps(number: Decimal, step: Decimal, rounding: str) -> Value:
    steps = operators.divide(number, step)
    if not isinstance(steps, Decimal) or steps.adjusted() >= PRECISION:
        return number  # so small a step divides it
    return operators.multiply(settle(steps).to_integral_value(rounding), step)
