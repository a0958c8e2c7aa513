"""Hours, minutes and seconds as the fraction of a day."""

from decimal import ROUND_HALF_UP, Decimal

from toolkit.formula.coerce import CONTEXT, settle, whole
from toolkit.formula.functions.declare import Takes, function
from toolkit.model.values import LAST_SERIAL, ErrorValue, Value

NUMBER = Takes.NUMBER
_DAY = 86_400
_MOST = 32_767


@function("TIME", NUMBER, NUMBER, NUMBER)
def time_of(hour: Decimal, minute: Decimal, second: Decimal) -> Value:
    """A time as the fraction of a day; what goes beyond a day is left out."""
    parts = [whole(part) for part in (hour, minute, second)]
    seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
    if max(parts) > _MOST or seconds < 0:
        return ErrorValue.NUM
    return CONTEXT.divide(Decimal(seconds % _DAY), Decimal(_DAY))


@function("HOUR", NUMBER)
def hour_of(serial: Decimal) -> Value:
    """The hour, 0 to 23."""
    return _part(serial, 3600, 24)


@function("MINUTE", NUMBER)
def minute_of(serial: Decimal) -> Value:
    """The minute."""
    return _part(serial, 60, 60)


@function("SECOND", NUMBER)
def second_of(serial: Decimal) -> Value:
    """The second, to the nearest."""
    return _part(serial, 1, 60)


def _part(serial: Decimal, size: int, many: int) -> Value:
    if not 0 <= serial < LAST_SERIAL + 1:
        return ErrorValue.NUM
    seconds = CONTEXT.multiply(settle(serial) % 1, Decimal(_DAY)).to_integral_value(ROUND_HALF_UP)
    return Decimal(int(seconds) // size % many)
