"""What a cell can hold, and how Excel counts days.

``Value`` is the only currency between workbooks, formulas, rules and scores. A blank cell is ``None``, which is
not the empty text; a date is its serial number, as in the file.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

LAST_SERIAL = 2_958_465  # 9999-12-31, the last day Excel knows
_EPOCH = date(1899, 12, 31)
_QUIRK_SERIAL = 60  # 1900-02-29, a day that never was; Excel keeps it for Lotus 1-2-3's sake
_AFTER_QUIRK = date(1900, 3, 1)


class ErrorValue(Enum):
    """An Excel error as a value that travels through formulas.

    Deliberately not a ``StrEnum``: an error must never pass ``isinstance(value, str)`` and be taken for text.
    ``str(error)`` and ``error.value`` give the code as it stands in the cell.
    """

    NULL = "#NULL!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NA = "#N/A"

    def __str__(self) -> str:
        return self.value


ERRORS: Mapping[str, ErrorValue] = MappingProxyType({error.value: error for error in ErrorValue})
"""Errors by their codes, as they stand in cells."""
Value: TypeAlias = Decimal | str | bool | ErrorValue | None


def date_to_serial(day: date) -> Decimal:
    """The serial number of a day in Excel's 1900 system.

    Units: days; 1 is 1900-01-01, and every day from 1900-03-01 on is one too many because Excel counts a
    29 February 1900.

    Raises:
        ValueError: the day lies before 1900-01-01.

    Source: ECMA-376 part 1, 18.17.4.1 (dates, 1900 date system).
    """
    days = (date(day.year, day.month, day.day) - _EPOCH).days
    if days < 1:
        raise ValueError(f"{day} lies before Excel's first day")
    return Decimal(days + 1 if day >= _AFTER_QUIRK else days)


def serial_to_date(serial: Decimal | int) -> date:
    """The day of a serial number; the time of day is dropped.

    Serial 60 (the 29 February 1900 that never was) gives 28 February, serial 0 gives 31 December 1899.

    Raises:
        ValueError: the number is negative, beyond 9999-12-31 or not a number.

    Source: ECMA-376 part 1, 18.17.4.1.
    """
    number = Decimal(serial)
    if not 0 <= number < LAST_SERIAL + 1:
        raise ValueError(f"{serial} is not a day in Excel's 1900 system")
    days = int(number)
    return _EPOCH + timedelta(days=days - 1 if days >= _QUIRK_SERIAL else days)
