"""How numbers and dates are shown to people. The one place that rounds for display."""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

_WIDE = Context(prec=700)
"""Digits enough for every double, from 1E+308 to 1E-307: printing never fails, whatever a cell holds."""


_MOST_TYPED, _CALCULATED_PLACES = 15, 6


def round_half_up(number: Decimal, places: int) -> Decimal:
    """Round half away from zero, as Excel's ROUND does: 2.345 → 2.35, -2.345 → -2.35."""
    return number.quantize(_unit(places), ROUND_HALF_UP, _WIDE)


@cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def amount(number: Decimal, places: int = 2) -> str:
    """An amount with thousands separators: ``11,738.08``."""
    return f"{round_half_up(number, places):,f}"


def percent(fraction: Decimal, places: int = 2) -> str:
    """A fraction as percentage: 0.9726 → ``97.26%``."""
    return f"{round_half_up(fraction * 100, places):f}%"


def score(number: Decimal, places: int = 2) -> str:
    """A score: ``93.50``. Units: 分."""
    return f"{round_half_up(number, places):f}"


def printed_score(number: Decimal, places: int = 2) -> str:
    """A score as reports print it: sums of many have commas, as money has: ``3,443.89``. Units: 分."""
    return f"{round_half_up(number, places):,f}"


def plain(number: Decimal) -> str:
    """The shortest exact decimal text, never with an exponent: ``286.5``, ``100``, ``0``."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def readable(number: Decimal) -> str:
    """A number as people read it: what was typed with every digit, what a division gave with six decimals.

    Nobody can type more than 15 digits, so more of them were calculated: 9.898611111111111111111111111 → ``9.898611``.
    """
    if len(number.as_tuple().digits) <= _MOST_TYPED:
        return plain(number)
    rounded = round_half_up(number, _CALCULATED_PLACES)
    return plain(rounded) if rounded else plain(number)


def chinese_date(day: date) -> str:
    """``2024年9月30日``."""
    return f"{day.year}年{day.month}月{day.day}日"
