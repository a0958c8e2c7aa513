"""Dates out of text and numbers: year, month and day must all be there and must exist."""

import re
from datetime import date
from decimal import Decimal

from toolkit.model import date_to_serial, serial_to_date
from toolkit.text.folding import fold

FIRST_YEAR, LAST_YEAR = 1950, 2100
_TIME = r"(?:\s*T?\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_WRITTEN = re.compile(
    r"(?P<y>[0-9]{4})\s*(?:年\s*(?P<m1>[0-9]{1,2})\s*月\s*(?P<d1>[0-9]{1,2})\s*[日号]?"
    r"|(?P<sep>[-./])\s*(?P<m2>[0-9]{1,2})\s*(?P=sep)\s*(?P<d2>[0-9]{1,2}))" + _TIME
)
_COMPACT = re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")


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
    plain = fold(text)
    if match := _WRITTEN.fullmatch(plain):
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        return _serial(int(match["y"]), int(month), int(day)), "READ-08"
    if match := _COMPACT.fullmatch(plain):
        return _serial(int(match["y"]), int(match["m"]), int(match["d"])), "READ-09"
    # 11月31日 without a year is incomplete, but the impossible day is the more useful thing to say.
    if (match := re.fullmatch(r"([0-9]{1,2})月([0-9]{1,2})[日号]", plain)) and not _exists(
        2024, int(match[1]), int(match[2])
    ):
        raise NoDateError("READ-25")
    raise NoDateError("READ-27")


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


def _serial(year: int, month: int, day: int) -> Decimal:
    if not _exists(year, month, day):
        raise NoDateError("READ-25")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoDateError("READ-27")
    return date_to_serial(date(year, month, day))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
