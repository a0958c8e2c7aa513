"""Dates out of text and numbers: year, month and day must all be there and must exist."""

import re
from decimal import Decimal

from toolkit.model import date_to_serial, serial_to_date
from toolkit.text.days import Day, read_day

_DASHED = re.compile(r"^(\d{4})([–—―])(\d{1,2})\2(\d{1,2})$")
"""A date whose hyphens a program made into dashes."""
_STOPS = "。;；,，、"
FIRST_YEAR, LAST_YEAR = 1950, 2100


class NoDateError(ValueError):
    """The content is no date; ``code`` is the reading rule that says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_date(text: str) -> tuple[Decimal, str]:
    """Serial number of the day a text names, and the rule applied.

    Raises:
        NoDateError: not a date (``READ-27``), or a day that does not exist (``READ-25``).
    """
    written = read_day(_DASHED.sub(r"\1-\3-\4", text.strip().rstrip(_STOPS)))
    if written is None or not written.day or (not written.year and written.exists):
        raise NoDateError("READ-27")
    # 11月31日 without a year is incomplete, but the impossible day is the more useful thing to say.
    return _serial(written), "READ-08" if written.form else "READ-09"


def date_of_number(number: Decimal, *, shown_as_date: bool) -> tuple[Decimal, str]:
    """Serial number of a numeric cell in a date slot, and the rule applied ("" when the cell is shown as a date).

    Raises:
        NoDateError: the number is neither a plausible serial number nor eight digits of a real day.
    """
    if number == number.to_integral_value() and len(f"{number:f}") == 8:
        return parse_date(f"{number:f}")
    try:
        day = serial_to_date(number)
    except ValueError:
        raise NoDateError("READ-27") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoDateError("READ-27")
    return date_to_serial(day), "" if shown_as_date else "READ-18"


def _serial(written: Day) -> Decimal:
    day = written.date
    if day is None:
        raise NoDateError("READ-25")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoDateError("READ-27")
    return date_to_serial(day)
