"""Rates: 0.98, 98 % and 98 are the same answer written three ways, as long as only one reading makes sense."""

from decimal import Decimal

from toolkit.collect.numerals import Numeral

PLAIN_FRACTION = Decimal("1.5")
"""Up to here a bare number is a fraction (1.3 is 130 %). Units: fraction."""
LARGEST_FRACTION = Decimal(10)
"""Above this no rate is believed; a bare number above it is a percentage. Units: fraction."""
_HUNDRED = Decimal(100)
_PARTS = {"%": _HUNDRED, "‰": Decimal(1000)}


def rate_of_number(number: Decimal, *, shown_as_percent: bool) -> tuple[Decimal | None, str]:
    """The rate a numeric cell means as a fraction, and the rule applied; None with the reason when it cannot be told.

    A cell holding 1.8 and shown as 180% was seen as 180% by whoever filled it in; shown as 1.8 it may be either
    180 % or 1.8 %, and is sent back.
    """
    size = abs(number)
    if size <= PLAIN_FRACTION:
        return number, ""
    if size <= LARGEST_FRACTION:
        return (number, "READ-16") if shown_as_percent else (None, "READ-28")
    return (number / _HUNDRED, "READ-07") if size <= _HUNDRED else (None, "READ-28")


def rate_of_numeral(numeral: Numeral) -> tuple[Decimal | None, str]:
    """The same for a number found in text, where a percent sign leaves no doubt."""
    if numeral.unit:
        rate = numeral.number / _PARTS[numeral.unit]
        return (rate, "READ-06") if abs(rate) <= LARGEST_FRACTION else (None, "READ-28")
    rate_or_none, rule = rate_of_number(numeral.number, shown_as_percent=False)
    return rate_or_none, rule or "READ-01"
