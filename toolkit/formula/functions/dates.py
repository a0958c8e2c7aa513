"""Days as serial numbers: taking them apart, putting them together, counting between them."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from toolkit.formula.coerce import settle, whole
from toolkit.formula.functions.declare import Takes, function
from toolkit.model.values import LAST_SERIAL, ErrorValue, Value, date_to_serial, serial_to_date

COUNT, NUMBER = Takes.COUNT, Takes.NUMBER


def parts_of(serial: Decimal) -> tuple[int, int, int] | None:
    """Year, month and day of a serial number, with the day 1900-02-29 that Excel has and the calendar has not."""
    day_number = settle(serial).to_integral_value(ROUND_FLOOR)
    if not 0 <= day_number <= LAST_SERIAL:
        return None
    if day_number == 0:
        return 1900, 1, 0
    if day_number == 60:
        return 1900, 2, 29
    day = serial_to_date(day_number)
    return day.year, day.month, day.day


@function("DATE", NUMBER, NUMBER, NUMBER)
def date_of(year: Decimal, month: Decimal, day: Decimal) -> Value:
    """A day; months and days beyond their range run on into the next or previous ones."""
    years, months = whole(year), whole(month)
    if not 0 <= years <= 9999:
        return ErrorValue.NUM
    return _shifted(years + 1900 if years < 1900 else years, months, whole(day))


@function("YEAR", NUMBER)
def year_of(serial: Decimal) -> Value:
    """The year."""
    parts = parts_of(serial)
    return ErrorValue.NUM if parts is None else Decimal(parts[0])


@function("MONTH", NUMBER)
def month_of(serial: Decimal) -> Value:
    """The month."""
    parts = parts_of(serial)
    return ErrorValue.NUM if parts is None else Decimal(parts[1])


@function("DAY", NUMBER)
def day_of(serial: Decimal) -> Value:
    """The day of the month."""
    parts = parts_of(serial)
    return ErrorValue.NUM if parts is None else Decimal(parts[2])


@function("DAYS", NUMBER, NUMBER)
def days_between(end: Decimal, start: Decimal) -> Value:
    """Days from start to end."""
    last, first = _day(end), _day(start)
    if last is None or first is None:
        return ErrorValue.NUM
    return Decimal(last - first)


@function("EDATE", COUNT, COUNT)
def months_later(serial: Decimal, months: Decimal) -> Value:
    """The same day so many months later, or that month's last day."""
    return _in_month(serial, months, last=False)


@function("EOMONTH", COUNT, COUNT)
def month_end(serial: Decimal, months: Decimal) -> Value:
    """The last day of the month so many months later."""
    return _in_month(serial, months, last=True)


def _in_month(serial: Decimal, months: Decimal, *, last: bool) -> Value:
    parts = parts_of(serial)
    if parts is None:
        return ErrorValue.NUM
    year, month = _month_after(parts[0], parts[1], whole(months))
    if not 1900 <= year <= 9999:
        return ErrorValue.NUM
    end = monthrange(year, month)[1]
    first = date_to_serial(date(year, month, 1))
    return first + (end if last else min(parts[2], end)) - 1  # day 0 of 1900-01 is the day before the first


@function("DATEDIF", NUMBER, NUMBER, Takes.TEXT)
def whole_units_between(start: Decimal, end: Decimal, unit: str) -> Value:
    """Complete years (Y), months (M), days (D), or months beyond years (YM), days beyond months (MD), years (YD)."""
    first, last = parts_of(start), parts_of(end)
    if first is None or last is None or (_day(start) or 0) > (_day(end) or 0):
        return ErrorValue.NUM
    months = (last[0] - first[0]) * 12 + last[1] - first[1] - (last[2] < first[2])
    match unit.upper():
        case "D":
            return Decimal((_day(end) or 0) - (_day(start) or 0))
        case "M":
            return Decimal(months)
        case "Y":
            return Decimal(months // 12)
        case "YM":
            return Decimal(months % 12)
        case "MD":
            return Decimal(_days_beyond_months(first, last))
        case "YD":
            return Decimal(_days_beyond_years(first, last))
        case _:
            return ErrorValue.NUM


def _days_beyond_months(first: tuple[int, int, int], last: tuple[int, int, int]) -> int:
    if last[2] >= first[2]:
        return last[2] - first[2]
    year, month = _month_after(last[0], last[1], -1)
    return monthrange(year, month)[1] - first[2] + last[2]


def _days_beyond_years(first: tuple[int, int, int], last: tuple[int, int, int]) -> int:
    """Excel keeps the year of the first day: from 1 January 2015 to 31 December, of whatever year, are 364 days."""
    year = first[0] if first[1:] <= last[1:] else first[0] + 1
    begin = date(first[0], first[1], 1) + timedelta(days=first[2] - 1)
    return (date(year, last[1], 1) + timedelta(days=last[2] - 1) - begin).days


def _shifted(year: int, month: int, day: int) -> Value:
    year, month = _month_after(year, month, 0)
    if not 1900 <= year <= 9999 or abs(day) > LAST_SERIAL:
        return ErrorValue.NUM
    serial = date_to_serial(date(year, month, 1)) + day - 1
    return serial if 0 <= serial <= LAST_SERIAL else ErrorValue.NUM


def _month_after(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(year * 12 + month - 1 + months, 12)
    return years, index + 1


def _day(serial: Decimal) -> int | None:
    number = settle(serial).to_integral_value(ROUND_FLOOR)
    return int(number) if 0 <= number <= LAST_SERIAL else None
