"""What kind of value something is."""

from decimal import ROUND_DOWN, Decimal

from toolkit.formula.arrays import Array, Operand, each, rows_of
from toolkit.formula.coerce import CONTEXT, ONE, ZERO
from toolkit.formula.functions.declare import Takes, function
from toolkit.model.values import ErrorValue, Value

TWO = Decimal(2)


@function("ISBLANK", Takes.ANYTHING)
def is_blank(value: Value) -> Value:
    """Whether there is nothing at all; the empty text is something."""
    return value is None


@function("ISNUMBER", Takes.ANYTHING)
def is_number(value: Value) -> Value:
    """Whether it is a number; text that looks like one is not."""
    return isinstance(value, Decimal)


@function("ISTEXT", Takes.ANYTHING)
def is_text(value: Value) -> Value:
    """Whether it is text, the empty text too."""
    return isinstance(value, str)


@function("ISERROR", Takes.ANYTHING)
def is_error(value: Value) -> Value:
    """Whether it is any error."""
    return isinstance(value, ErrorValue)


@function("ISNA", Takes.ANYTHING)
def is_not_available(value: Value) -> Value:
    """Whether it is #N/A."""
    return value is ErrorValue.NA


@function("ISERR", Takes.ANYTHING)
def is_another_error(value: Value) -> Value:
    """Whether it is an error other than #N/A."""
    return isinstance(value, ErrorValue) and value is not ErrorValue.NA


@function("ISLOGICAL", Takes.ANYTHING)
def is_logical(value: Value) -> Value:
    """Whether it is TRUE or FALSE."""
    return isinstance(value, bool)


@function("ISNONTEXT", Takes.ANYTHING)
def is_no_text(value: Value) -> Value:
    """Whether it is anything but text."""
    return not isinstance(value, str)


@function("ISEVEN", Takes.COUNT)
def is_even(number: Decimal) -> Value:
    """Whether its whole part is even."""
    return not CONTEXT.remainder(number.to_integral_value(ROUND_DOWN), TWO)


@function("ISODD", Takes.COUNT)
def is_odd(number: Decimal) -> Value:
    """Whether its whole part is odd."""
    return bool(CONTEXT.remainder(number.to_integral_value(ROUND_DOWN), TWO))


@function("NA")
def not_available() -> Value:
    """#N/A."""
    return ErrorValue.NA


@function("N", Takes.OPERAND)
def number_of(operand: Operand) -> Operand:
    """Numbers and errors as they are, TRUE as 1, everything else as 0; of an area its first cell."""
    return each(_number_of, operand) if isinstance(operand, Array) else _number_of(rows_of(operand)[0][0])


def _number_of(value: Value) -> Value:
    if isinstance(value, bool):
        return ONE if value else ZERO
    return value if isinstance(value, Decimal | ErrorValue) else ZERO


@function("T", Takes.OPERAND)
def text_of(operand: Operand) -> Operand:
    """Texts and errors as they are, everything else as the empty text; of an area its first cell."""
    return each(_text_of, operand) if isinstance(operand, Array) else _text_of(rows_of(operand)[0][0])


def _text_of(value: Value) -> Value:
    return value if isinstance(value, str | ErrorValue) else ""
