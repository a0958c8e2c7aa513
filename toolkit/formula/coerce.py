"""How Excel turns one kind of value into another, and the precision everything is calculated with."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, Overflow
from functools import lru_cache

from toolkit.model.values import ErrorValue, Value, date_to_serial

PRECISION = 34
FINISHED_DIGITS = 31
MAX_TEXT = 32_767  # characters a cell can hold

CONTEXT = Context(prec=PRECISION, Emax=308, Emin=-307, traps=[Overflow])
_FINISHED = Context(prec=FINISHED_DIGITS, Emax=308, Emin=-307, rounding=ROUND_HALF_UP, traps=[])
_SETTLED = Context(prec=28, Emax=308, Emin=-307, rounding=ROUND_HALF_UP, traps=[])
_BEYOND_A_DOUBLE = Decimal(2**1024)


finished_digits = _FINISHED.plus
"""A number's first 31 digits."""


def finish(number: Decimal) -> "Decimal | ErrorValue":
    """A number as a formula answers it: 31 of the 34 digits it was calculated with; #NUM! where a double ends."""
    if number.adjusted() >= 308 and abs(number) >= _BEYOND_A_DOUBLE:
        return ErrorValue.NUM
    return finished_digits(number)


settle = _SETTLED.plus
"""A number as it is compared and rounded: 28 digits.

Excel compares and rounds at 15 of a double's 17 digits, so that ``1/3*3=1`` holds. Here it holds for the same reason at
a higher precision, also when the third comes from another formula's answer.
"""

_FARTHEST = Decimal(10**9)
ZERO = Decimal(0)
ONE = Decimal(1)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:,[0-9]{3})*\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2})[-/]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
_GENERAL = Context(prec=15, rounding=ROUND_HALF_UP, Emax=400, Emin=-400, traps=[])


def to_number(value: Value) -> Decimal | ErrorValue:
    """A value as an arithmetic operand: blank is 0, TRUE is 1, text that looks like a number is that number."""
    if type(value) is Decimal:
        return value
    if value is None or value is False:
        return ZERO
    if value is True:
        return ONE
    match value:
        case Decimal() | ErrorValue():
            return value
        case str():
            number = number_in(value)
            return ErrorValue.VALUE if number is None else number
    raise TypeError(f"{type(value).__name__} is not a cell value; numbers are Decimal")


def to_text(value: Value) -> str | ErrorValue:
    """A value as text: blank is empty, a number as Excel's General format writes it."""
    match value:
        case str() | ErrorValue():
            return value
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case Decimal():
            return general(value)
    raise TypeError(f"{type(value).__name__} is not a cell value")


def to_logical(value: Value) -> bool | ErrorValue:
    """A value as a condition: any number but 0 is true, of texts only TRUE and FALSE are conditions."""
    match value:
        case bool() | ErrorValue():
            return value
        case None:
            return False
        case Decimal():
            return bool(value)
        case str():
            return {"TRUE": True, "FALSE": False}.get(value.upper(), ErrorValue.VALUE)
    raise TypeError(f"{type(value).__name__} is not a cell value")


def number_in(text: str) -> Decimal | None:
    """The number a text stands for in arithmetic, or None.

    Digits with thousands separators, one ``%``, an exponent, brackets for a negative number as accountants write it,
    and complete dates (2024-01-05, 2024/1/5, 2024年1月5日). Full-width digits and units of measure are no numbers
    here: reading them is the collection's work, with a note.
    """
    stripped = text.strip(" ")
    if stripped.startswith("(") and stripped.endswith(")"):
        inside = stripped[1:-1]
        number = None if inside[:1] in {"+", "-"} else _number(inside)
        return None if number is None else -number
    found = _DATE.fullmatch(stripped)
    return _serial(*(int(part) for part in found.groups() if part)) if found else _number(stripped)


def _number(text: str) -> Decimal | None:
    body = text.removesuffix("%")
    if not _NUMBER.fullmatch(body.rstrip(" ")):
        return None
    try:
        number = CONTEXT.plus(Decimal(body.replace(",", "")))
    except Overflow:
        return None
    return number if body == text else CONTEXT.multiply(number, Decimal("0.01"))


def _serial(year: int, month: int, day: int) -> Decimal | None:
    try:
        return date_to_serial(date(year, month, day))
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def general(number: Decimal) -> str:
    """A number as the General format writes it into text: 15 digits, no trailing zeros, ``E`` only when too long."""
    value = _GENERAL.plus(settle(number)).normalize(_GENERAL)
    if not value:
        return "0"
    plain = format(value, "f")
    if value.adjusted() < 15 and len(plain.lstrip("-")) <= 21:
        return plain
    digits = "".join(str(digit) for digit in value.as_tuple().digits)
    mantissa = digits[0] + ("." + digits[1:] if digits[1:] else "")
    exponent = value.adjusted()
    return f"{'-' if value < 0 else ''}{mantissa}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def whole(number: Decimal) -> int:
    """The whole part of a count or position, bounded so that it can index anything.

    Units: none; values beyond ±10^9 are cut there.
    """
    if -_FARTHEST <= number <= _FARTHEST:
        return int(settle(number))
    return 10**9 if number > 0 else -(10**9)
