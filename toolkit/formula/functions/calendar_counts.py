"""Weeks of a year, and parts of a year by the conventions of interest: 30/360, actual days."""

from calendar import isleap, monthrange
from datetime import date
from decimal import Decimal

from toolkit.formula.coerce import CONTEXT, ONE, ZERO, whole
from toolkit.formula.functions.dates import parts_of
from toolkit.formula.functions.declare import Takes, function
from toolkit.model.values import ErrorValue, Value

NUMBER, COUNT = Takes.NUMBER, Takes.COUNT
_FIRST_DAYS = {1: 6, 2: 0, 11: 0, 12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6}  # 0 is Monday
_ISO = 21


def _day(serial: Decimal) -> date | None:
    parts = parts_of(serial)
    if parts is None or parts[2] == 0:
        return None
    return date(1900, 2, 28) if parts == (1900, 2, 29) else date(*parts)


@function("WEEKNUM", COUNT, COUNT, required=1)
def week_number(serial: Decimal, kind: Decimal = ONE) -> Value:
    """The week of the year; the one with 1 January is the first, or the first of four days (21)."""
    day, first = _day(serial), _FIRST_DAYS.get(whole(kind))
    if day is None or (first is None and whole(kind) != _ISO):
        return ErrorValue.NUM
    if first is None:
        return Decimal(day.isocalendar().week)
    begin = (date(day.year, 1, 1).weekday() - first) % 7
    return Decimal((day.timetuple().tm_yday - 1 + begin) // 7 + 1)


@function("ISOWEEKNUM", NUMBER)
def iso_week_number(serial: Decimal) -> Value:
    """The week of the year by ISO 8601."""
    day = _day(serial)
    return ErrorValue.NUM if day is None else Decimal(day.isocalendar().week)


@function("DAYS360", NUMBER, NUMBER, Takes.LOGICAL, required=2)
def days_of_360(start: Decimal, end: Decimal, european: bool = False) -> Value:
    """Days between, every month counted as 30."""
    first, last = parts_of(start), parts_of(end)
    if first is None or last is None:
        return ErrorValue.NUM
    return Decimal(_of_360(first, last, european=european))


def _of_360(first: tuple[int, int, int], last: tuple[int, int, int], *, european: bool) -> int:
    (year, month, day), (year2, month2, day2) = first, last
    if european:
        day, day2 = min(day, 30), min(day2, 30)
    else:
        if day == monthrange(year, month)[1]:
            day = 30
        if day2 == monthrange(year2, month2)[1] and day2 >= 30 and day < 30:
            month2, day2 = month2 + 1, 1
        elif day2 == 31:
            day2 = 30
    return (year2 - year) * 360 + (month2 - month) * 30 + day2 - day


@function("YEARFRAC", COUNT, COUNT, COUNT, required=2)
def year_fraction(start: Decimal, end: Decimal, basis: Decimal = ZERO) -> Value:
    """The years between two days: 0 30/360, 1 actual days, 2 of 360, 3 of 365, 4 European 30/360."""
    days = [_day(serial) for serial in sorted((start, end))]
    kind = whole(basis)
    if days[0] is None or days[1] is None or not 0 <= kind <= 4:
        return ErrorValue.NUM
    first, last = days[0], days[1]
    if kind in (0, 4):
        count, length = _of_360(_parts(first), _parts(last), european=kind == 4), Decimal(360)
    else:
        count = (last - first).days
        length = _actual_year(first, last) if kind == 1 else Decimal({2: 360, 3: 365}[kind])
    return CONTEXT.divide(Decimal(count), length)


def _actual_year(first: date, last: date) -> Decimal:
    """The mean length of the years concerned; within one year of days, 366 where it holds a 29 February."""
    if _parts(last) > _year_later(first):
        years = range(first.year, last.year + 1)
        return CONTEXT.divide(Decimal(sum(365 + isleap(year) for year in years)), Decimal(len(years)))
    leap_days = [date(year, 2, 29) for year in (first.year, last.year) if isleap(year)]
    same_leap_year = first.year == last.year and isleap(first.year)
    return Decimal(366 if same_leap_year or any(first <= day <= last for day in leap_days) else 365)


def _year_later(day: date) -> tuple[int, int, int]:
    """Year, month and day: after the last year there is no date."""
    year, month, number = _parts(day)
    return (year + 1, 3, 1) if (month, number) == (2, 29) else (year + 1, month, number)


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
