"""Values to try a rule with, so that its score curve shows every part of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from toolkit.model import FieldType, Indicator, IndicatorInput, Value, date_to_serial
from toolkit.rules import rule_for
from toolkit.rules.quantity import Deadline
from toolkit.text import chinese_date, percent, plain

Trial = tuple[str, dict[str, Value]]
"""What is tried, in words, and the values by local name."""
_RATES = tuple(Decimal(n) / 100 for n in (0, 50, 60, 70, 80, 90, 95, 98, 100, 110, 130, 150, 200))
_NUMBERS = tuple(Decimal(n) for n in (0, 1, 2, 3, 4, 5, 8, 10, 20, 50, 100))
_ANSWERS = 100
_CALENDAR = range(date(1900, 1, 1).toordinal(), date.max.toordinal() + 1)
"""Numbers of the days a cell can hold: 9999-12-31 is written where there is no last day."""


def trials(indicator: Indicator) -> Iterator[Trial]:
    """Values over the whole range of the indicator's rule, the least first where they are numbers."""
    first, *others = indicator.inputs
    if first.choices:
        return _answered(indicator.inputs)
    if first.type is FieldType.DATE:
        return _days(indicator, first)
    if first.type is FieldType.RATE:
        return _everywhere(indicator.inputs, [rate for rate in _RATES if rate <= 1 or not others])
    if others:
        return _shared_out(indicator.inputs)
    return _everywhere(indicator.inputs, sorted({*_NUMBERS, *_limits(indicator)}))


def _answered(inputs: tuple[IndicatorInput, ...]) -> Iterator[Trial]:
    """Every answer of a single question; of several, the best answer to ever fewer of them."""
    if len(inputs) == 1:
        for answer in inputs[0].choices:
            yield answer, {inputs[0].local: answer}
        return
    best, worst = inputs[0].choices[0], inputs[0].choices[-1]
    for good in range(len(inputs), -1, -1):
        values: dict[str, Value] = {asked.local: best if n < good else worst for n, asked in enumerate(inputs)}
        yield f"前{good}项{best}" if 0 < good < len(inputs) else f"全部{best if good else worst}", values


def _everywhere(inputs: tuple[IndicatorInput, ...], numbers: list[Decimal]) -> Iterator[Trial]:
    """The same number under every name."""
    each = "各项" if len(inputs) > 1 else ""
    rate = inputs[0].type is FieldType.RATE
    for number in numbers:
        shown = percent(number, 0) if rate else f"{plain(number)}{inputs[0].unit}"
        yield each + shown, {asked.local: number for asked in inputs}


def _shared_out(inputs: tuple[IndicatorInput, ...]) -> Iterator[Trial]:
    """A hundred answers: so many in the first class, the others in the last."""
    for good in range(0, _ANSWERS + 1, 10):
        values: dict[str, Value] = {asked.local: Decimal(0) for asked in inputs}
        values |= {inputs[0].local: Decimal(good), inputs[-1].local: Decimal(_ANSWERS - good)}
        yield f"{inputs[0].local}{good}，{inputs[-1].local}{_ANSWERS - good}", values


def _days(indicator: Indicator, asked: IndicatorInput) -> Iterator[Trial]:
    """The days around every day the rule names, and some weeks after the last."""
    rule = rule_for(indicator)
    written = [getattr(rule, name) for name in type(rule).model_fields]
    named = [limit.day if isinstance(limit, Deadline) else limit for limit in written]
    named = [day for day in named if isinstance(day, date)]
    days = {day.toordinal() + shift for day in named for shift in (-1, 0, 1)}
    days |= {max(named).toordinal() + shift for shift in (15, 28, 45, 90)} if named else set()
    for day in map(date.fromordinal, sorted(day for day in days if day in _CALENDAR)):
        yield chinese_date(day), {asked.local: date_to_serial(day)}


def _limits(indicator: Indicator) -> set[Decimal]:
    """Values around the target, where a rule over numbers changes."""
    numbers = {Decimal(text) for _, text in indicator.rule_parameters if text.replace(".", "", 1).isdecimal()}
    return {
        factor * number for number in numbers for factor in (Decimal("0.5"), Decimal("0.9"), Decimal(1), Decimal("1.1"))
    }
