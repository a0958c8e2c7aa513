"""Excel's operators on single values: arithmetic on exact decimals, joining of texts, comparison across kinds."""

from collections.abc import Callable, Mapping
from decimal import Decimal, Overflow
from types import MappingProxyType

from toolkit.formula.coerce import CONTEXT, MAX_TEXT, ONE, PRECISION, ZERO, settle, to_number, to_text
from toolkit.model.values import ErrorValue, Value

CANCELLED = PRECISION - 8  # digits lost in a subtraction before the rest is nothing but rounding
MAYBE_NOISE = -12  # sums smaller than this are looked at twice

_add = CONTEXT.add
_subtract = CONTEXT.subtract
_multiply = CONTEXT.multiply
_divide = CONTEXT.divide
HUNDREDTH = Decimal("0.01")
_TWO = Decimal(2)


def add(a: Decimal, b: Decimal) -> Value:
    """The sum; a remainder that is only rounding noise is 0, as in Excel."""
    try:
        total = _add(a, b)
    except Overflow:
        return ErrorValue.NUM
    return total if total.adjusted() > a.adjusted() - CANCELLED or not a else ZERO


def subtract(a: Decimal, b: Decimal) -> Value:
    """The difference; a remainder that is only rounding noise is 0, as in Excel."""
    try:
        rest = _subtract(a, b)
    except Overflow:
        return ErrorValue.NUM
    return rest if rest.adjusted() > a.adjusted() - CANCELLED or not a else ZERO


def multiply(a: Decimal, b: Decimal) -> Value:
    """The product."""
    try:
        return _multiply(a, b)
    except Overflow:
        return ErrorValue.NUM


def divide(a: Decimal, b: Decimal) -> Value:
    """The quotient; anything divided by 0 or by a blank is #DIV/0!."""
    if not b:
        return ErrorValue.DIV0
    try:
        return _divide(a, b)
    except Overflow:
        return ErrorValue.NUM


def power(a: Decimal, b: Decimal) -> Value:
    """The power; 0^0 is #NUM!, the odd root of a negative number is negative, as in Excel."""
    if not a:
        return _power_of_zero(b)
    exponent = settle(b)
    if exponent == exponent.to_integral_value():
        return _raised(a, exponent)
    if a > 0:
        return _raised(a, b)
    root = divide(ONE, exponent)
    if isinstance(root, Decimal) and _is_odd(settle(root)):
        positive = _raised(-a, b)
        return -positive if isinstance(positive, Decimal) else positive
    return ErrorValue.NUM


def _is_odd(number: Decimal) -> bool:
    return (
        number == number.to_integral_value() and number.adjusted() < PRECISION and bool(CONTEXT.remainder(number, _TWO))
    )


def _power_of_zero(exponent: Decimal) -> Value:
    if exponent > 0:
        return ZERO
    return ErrorValue.DIV0 if exponent < 0 else ErrorValue.NUM


def _raised(a: Decimal, exponent: Decimal) -> Value:
    try:
        raised = CONTEXT.power(a, exponent)
    except Overflow:
        return ErrorValue.NUM
    return raised if raised.is_finite() else ErrorValue.NUM


def join(a: Value, b: Value) -> Value:
    """Two values as one text; #VALUE! when it would not fit into a cell."""
    left, right = to_text(a), to_text(b)
    if isinstance(left, ErrorValue):
        return left
    if isinstance(right, ErrorValue):
        return right
    return left + right if len(left) + len(right) <= MAX_TEXT else ErrorValue.VALUE


def negate(a: Value) -> Value:
    """The opposite; ``-"abc"`` is #VALUE!."""
    number = to_number(a)
    return number if isinstance(number, ErrorValue) else (number.copy_negate() if number else ZERO)


def percent(a: Value) -> Value:
    """A hundredth."""
    number = to_number(a)
    return number if isinstance(number, ErrorValue) else multiply(number, HUNDREDTH)


def arithmetic(compute: Callable[[Decimal, Decimal], Value], a: Value, b: Value) -> Value:
    """An arithmetic operator on values of any kind; the left operand's error comes first."""
    left, right = to_number(a), to_number(b)
    if isinstance(left, ErrorValue):
        return left
    return right if isinstance(right, ErrorValue) else compute(left, right)


def order(a: Value, b: Value) -> int:
    """−1, 0 or 1: numbers come before texts, texts before FALSE, FALSE before TRUE; a blank is the other's nothing.

    Source: ECMA-376 part 1, 18.17.2.2 (comparison operators); Excel calculation, "sort order of mixed types".
    """
    a, b = _nothing_like(a, b), _nothing_like(b, a)
    left, right = rank(a), rank(b)
    if left != right:
        return -1 if left < right else 1
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        a, b = settle(a), settle(b)
        return (a > b) - (a < b)
    if isinstance(a, str) and isinstance(b, str):
        return order_texts(a, b)
    return bool(a) - bool(b)


def order_texts(a: str, b: str) -> int:
    """Texts in any case; Chinese by pinyin for the common characters, which is their order in GB 18030."""
    left, right = a.lower(), b.lower()
    if left == right:
        return 0
    first, second = (text.encode("gb18030", "replace") for text in (left, right))
    return -1 if (first, left) < (second, right) else 1


def rank(value: Value) -> int:
    """The place of a value's kind in Excel's order of kinds."""
    match value:
        case bool():
            return 2
        case str():
            return 1
        case _:
            return 0


def _nothing_like(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    match other:
        case bool():
            return False
        case str():
            return ""
        case _:
            return ZERO


ARITHMETIC: Mapping[str, Callable[[Decimal, Decimal], Value]] = MappingProxyType(
    {"+": add, "-": subtract, "*": multiply, "/": divide, "^": power}
)

COMPARISONS: Mapping[str, Callable[[int], bool]] = MappingProxyType(
    {
        "=": lambda order: order == 0,
        "<>": lambda order: order != 0,
        "<": lambda order: order < 0,
        ">": lambda order: order > 0,
        "<=": lambda order: order <= 0,
        ">=": lambda order: order >= 0,
    }
)

NUMBERS: Mapping[str, Callable[[Decimal, Decimal], bool]] = MappingProxyType(
    {
        "=": lambda a, b: a == b or settle(a) == settle(b),
        "<>": lambda a, b: a != b and settle(a) != settle(b),
        "<": lambda a, b: settle(a) < settle(b),
        ">": lambda a, b: settle(a) > settle(b),
        "<=": lambda a, b: settle(a) <= settle(b),
        ">=": lambda a, b: settle(a) >= settle(b),
    }
)
"""The same comparisons where both are numbers."""


def compared(test: Callable[[int], bool], a: Value, b: Value) -> Value:
    """A comparison of values of any kind; the left operand's error comes first."""
    if isinstance(a, ErrorValue):
        return a
    if isinstance(b, ErrorValue):
        return b
    return test(order(a, b))


def equal(a: Value, b: Value) -> Value:
    """``a=b`` for values of any kind; texts in any case."""
    if type(a) is str and type(b) is str:
        return a == b or a.lower() == b.lower()
    return compared(COMPARISONS["="], a, b)


def unequal(a: Value, b: Value) -> Value:
    """``a<>b`` for values of any kind."""
    same = equal(a, b)
    return same if isinstance(same, ErrorValue) else not same
