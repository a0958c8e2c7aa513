"""Weekdays, working days, and days written as text. Public holidays are what the formula is given, no calendar."""

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from toolkit.formula.arrays import Operand, cells_of
from toolkit.formula.coerce import ONE, number_in, settle, whole
from toolkit.formula.functions.dates import parts_of
from toolkit.formula.functions.declare import Takes, function
from toolkit.model.values import LAST_SERIAL, ErrorValue, Value, date_to_serial, serial_to_date

COUNT, NUMBER, OPERAND = Takes.COUNT, Takes.NUMBER, Takes.OPERAND
_FIRST_WEEKDAY = {1: 6, 2: 0, 3: 0, 11: 0, 12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6}
"""WEEKDAY's kinds of counting → the weekday that comes first, Monday being 0."""
_LONGEST = 200_000  # days counted at most


@function("WEEKDAY", NUMBER, NUMBER, required=1)
def weekday(serial: Decimal, kind: Decimal = ONE) -> Value:
    """The number of the weekday, Sunday being 1 unless another way of counting is asked for."""
    if parts_of(serial) is None or whole(kind) not in _FIRST_WEEKDAY:
        return ErrorValue.NUM
    # Excel counts a 29 February 1900, so its weekdays are those of the serial number, not of the calendar
    monday_first = (int(_days(serial)) + 5) % 7
    place = (monday_first - _FIRST_WEEKDAY[whole(kind)]) % 7
    return Decimal(place if whole(kind) == 3 else place + 1)


@function("NETWORKDAYS", COUNT, COUNT, OPERAND, required=2)
def working_days_between(start: Decimal, end: Decimal, holidays: Operand = None) -> Value:
    """Days from start to end, both counted, without Saturdays, Sundays and the holidays given."""
    if parts_of(start) is None or parts_of(end) is None:
        return ErrorValue.NUM
    first, last = sorted((serial_to_date(_days(start)), serial_to_date(_days(end))))
    free = _holidays(holidays)
    if isinstance(free, ErrorValue) or (last - first).days > _LONGEST:
        return free if isinstance(free, ErrorValue) else ErrorValue.NUM
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    count = sum(_works(day, free) for day in days)
    return Decimal(count if start <= end else -count)


@function("WORKDAY", COUNT, COUNT, OPERAND, required=2)
def working_day_after(start: Decimal, days: Decimal, holidays: Operand = None) -> Value:
    """The day so many working days later (earlier, if negative)."""
    free = _holidays(holidays)
    if isinstance(free, ErrorValue):
        return free
    if parts_of(start) is None or abs(whole(days)) > _LONGEST:
        return ErrorValue.NUM
    day, left = serial_to_date(_days(start)), whole(days)
    step = timedelta(1 if left > 0 else -1)
    while left:
        try:
            day += step
        except OverflowError:
            return ErrorValue.NUM
        left -= (1 if left > 0 else -1) * _works(day, free)
    return date_to_serial(day) if day.year >= 1900 else ErrorValue.NUM


@function("DATEVALUE", Takes.VALUE)
def date_value(value: Value) -> Value:
    """The serial number of a day written as text."""
    number = number_in(value) if isinstance(value, str) else None
    is_day = isinstance(value, str) and any(mark in value for mark in "-/年") and number is not None
    return number if is_day and number is not None and 0 <= number <= LAST_SERIAL else ErrorValue.VALUE


def _days(serial: Decimal) -> Decimal:
    return settle(serial).to_integral_value(ROUND_FLOOR)


def _holidays(holidays: Operand) -> frozenset[date] | ErrorValue:
    found = set()
    for cell in cells_of(holidays):
        if isinstance(cell, ErrorValue):
            return cell
        if isinstance(cell, Decimal) and parts_of(cell) is not None:
            found.add(serial_to_date(_days(cell)))
    return frozenset(found)


def _works(day: date, free: frozenset[date]) -> bool:
    return day.weekday() < 5 and day not in free
