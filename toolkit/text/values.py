"""A value as its reader would write it."""

from decimal import Decimal

from toolkit.model.scheme import FieldType
from toolkit.model.values import Value, serial_to_date
from toolkit.text.numbers import chinese_date, percent, plain


def shown(value: Value, kind: FieldType, unit: str = "", *, blank: str = "空白", exact: bool = False) -> str:
    """``286.5万元``, ``97.26%``, ``2024年3月5日``, a text as it is.

    Args:
        value: rates as fractions, dates as serial numbers.
        kind: what the value is of.
        unit: written behind a number.
        blank: what is said of nothing.
        exact: a rate with all its digits instead of two.
    """
    if value is None or value == "":
        return blank
    if not isinstance(value, Decimal):
        return str(value)
    if kind is FieldType.RATE:
        return f"{plain(value * 100)}%" if exact else percent(value)
    if kind is FieldType.DATE:
        return _day(value)
    return f"{plain(value)}{unit}"


def _day(serial: Decimal) -> str:
    try:
        return chinese_date(serial_to_date(serial))
    except ValueError:
        return plain(serial)  # beyond the calendar: what stands there is a number
