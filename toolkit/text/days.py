"""Dates as people write them: ``2024-03-05``, ``2024年3月5日``, ``2024.3.5``, ``20240305``, a month without a day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.text.folding import fold, half_width
from toolkit.text.numerals import chinese_numeral

_TIME = r"(?:\s*T?\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_WRITTEN = (
    r"(?P<year>[0-9]{4})\s*(?:年\s*(?P<month>[0-9]{1,2})\s*月(?:\s*(?P<day>[0-9]{1,2})\s*[日号]?)?(?:份(?![0-9]))?"
    r"|(?P<sign>[-./])\s*(?P<month2>[0-9]{1,2})(?:\s*(?P=sign)\s*(?P<day2>[0-9]{1,2}))?)"
)
_WHOLE = re.compile(_WRITTEN + _TIME)
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEARLESS = re.compile(r"(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]")
_IN_WORDS = re.compile(
    "([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿]{1,3})[日号]"
)
_IN_PROSE = re.compile(rf"(?<![0-9])(?:{_WRITTEN}|(?P<month3>[0-9]{{1,2}})月(?P<day3>[0-9]{{1,2}})[日号])(?![0-9])")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written.

    Attributes:
        year: 0 where none is written.
        day: 0 where only the month is written.
        form: ``年``, ``-``, ``.``, ``/`` or "" for eight digits.
        start, end: place in the text.
    """

    year: int
    month: int
    day: int
    form: str
    start: int = 0
    end: int = 0

    @property
    def date(self) -> date | None:
        """The day of the calendar; None when there is no such day, or not all of it is written."""
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether there can be such a day; a missing year is taken for one with a 29 February, a missing day for 1."""
        try:
            date(self.year or 2024, self.month, self.day or 1)
        except ValueError:
            return False
        return True


def read_day(text: str) -> Day | None:
    """The date a whole text consists of, a time of day behind it left out; None when it is anything else."""
    plain = fold(text)
    if match := _WHOLE.fullmatch(plain):
        return _written(match)
    if match := _COMPACT.fullmatch(plain):
        return Day(int(match["year"]), int(match["month"]), int(match["day"]), "", 0, len(plain))
    if match := _IN_WORDS.fullmatch(plain):
        return _in_words(match, len(plain))
    match = _YEARLESS.fullmatch(plain)
    return Day(0, int(match["month"]), int(match["day"]), "年", 0, len(plain)) if match else None


def _in_words(match: re.Match[str], end: int) -> Day | None:
    """``二〇二四年二月二十九日``; a circle is as often typed for the sign of zero."""
    parts = [chinese_numeral(part.replace("○", "〇").replace("廿", "二十")) for part in match.groups()]
    if None in parts:
        return None
    year, month, day = (int(part or 0) for part in parts)
    return Day(year, month, day, "年", 0, end)


def days_in(text: str) -> Iterator[Day]:
    """Every date of a text, in order; eight digits in a row are none in prose."""
    for match in _IN_PROSE.finditer(half_width(text)):
        if match["year"]:
            yield _written(match)
        else:
            yield Day(0, int(match["month3"]), int(match["day3"]), "年", match.start(), match.end())


def _written(match: re.Match[str]) -> Day:
    month, day = match["month"] or match["month2"], match["day"] or match["day2"] or 0
    return Day(int(match["year"]), int(month), int(day), match["sign"] or "年", match.start(), match.end())
