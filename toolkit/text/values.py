"""A value as its reader would write it."""

from decimal import Decimal

from toolkit.model.scheme_words import FieldType
from toolkit.model.stated import BLANK, Form, Stated
from toolkit.model.values import Value, serial_to_date


def stated(value: Value, kind: FieldType, unit: str = "", *, exact: bool = False) -> Stated:
    """A value of a kind, to be printed as its reader would write it.

    Args:
        value: rates as fractions, dates as serial numbers.
        kind: what the value is of.
        unit: written behind a number.
        exact: a rate with all its digits instead of two.
    """
    if not isinstance(value, Decimal):
        return Stated(value)
    if kind is FieldType.RATE:
        return Stated(value, Form.PERCENT, places=None if exact else 2)
    if kind is FieldType.DATE:
        return _day(value)
    return Stated(value, unit=unit)


def shown(value: Value, kind: FieldType, unit: str = "", *, blank: str = BLANK, exact: bool = False) -> str:
    """``286.5万元``, ``97.26%``, ``2024年3月5日``, a text as it is; ``blank`` for nothing."""
    return blank if value is None or value == "" else str(stated(value, kind, unit, exact=exact))


def _day(serial: Decimal) -> Stated:
    try:
        return Stated(serial_to_date(serial))
    except ValueError:
        return Stated(serial)  # beyond the calendar: what stands there is a number
