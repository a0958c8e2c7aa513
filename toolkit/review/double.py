"""Marks of several scorers on the same item: differences, agreement, and the value they come to.

A blank is no mark and never 0. Marks stay as they were given; a ruling (差异裁定) stands beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from toolkit.excel.table_sheet import CellRule
from toolkit.model import FieldType, IndicatorInput, Scheme, Value
from toolkit.model.setting_names import MARK_TAKING, MARK_TOLERANCE, MarkTaking
from toolkit.review.answer_rule import answer_rule, bounds
from toolkit.review.verified import Asked, UnreadableValueError, verified_value
from toolkit.text import round_half_up
from toolkit.text.shares import share_or

Item = tuple[str, str, str]
"""Project, indicator, item."""
_USUAL_TOLERANCE = Decimal("0.1")
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """What one scorer gave; ``value`` is None for a blank."""

    scorer: str
    item: Item
    value: Value
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """差异裁定: the value a third person gave, and why."""

    item: Item
    value: Value
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Compared:
    """All marks on one item.

    Attributes:
        spread: the largest difference as a share of the item's range; None for words, or fewer than two marks.
        differs: beyond the tolerance. value: what the marks come to; None while somebody is missing or they differ.
    """

    item: Item
    marks: tuple[Mark, ...]
    spread: Decimal | None
    differs: bool
    value: Value

    @property
    def complete(self) -> bool:
        """Everybody has given a mark."""
        return all(mark.value is not None for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of scorers before anything was ruled. Units: fractions; ``kappa`` with quadratic weights."""

    compared: int
    same: int
    within: int
    kappa: Decimal | None


def tolerance_of(scheme: Scheme) -> Decimal:
    """The tolerance as a share of an item's range; 10 % where the scheme says nothing it can be read from."""
    return share_or(scheme.settings.get(MARK_TOLERANCE, ""), _USUAL_TOLERANCE)


def asked_item(scheme: Scheme, item: Item) -> tuple[IndicatorInput, Decimal] | None:
    """What an item asks for, and the full mark of its indicator."""
    indicator = scheme.indicator(item[1])
    found = next((known for known in indicator.inputs if known.local == item[2]), None) if indicator else None
    return (found, indicator.full_mark) if found and indicator else None


def mark_rule(scheme: Scheme, item: Item) -> CellRule | None:
    """What the cell for a mark takes; None where any value may stand."""
    found = asked_item(scheme, item)
    return answer_rule(*found) if found else None


def read_mark(scheme: Scheme, item: Item, value: Value, text: str) -> Value:
    """A mark as typed; None for a blank.

    Raises:
        UnreadableValueError: it is no such value, or outside its range; the message says so.
    """
    found = asked_item(scheme, item)
    if found is None:
        raise UnreadableValueError("方案中没有这个指标或取值项")
    asked, full_mark = found
    if not text:
        return None
    mark = verified_value(value, text, Asked(asked.type, asked.choices))
    if not isinstance(mark, Decimal):
        return mark
    range_ = bounds(asked, full_mark)
    if range_ and not range_[0] <= mark <= range_[1]:
        most = "0%至100%" if asked.is_degree else f"0至{full_mark}"
        raise UnreadableValueError(f"“{text[:40]}”超出范围（{most}）")
    if mark < 0:
        raise UnreadableValueError(f"“{text[:40]}”小于0")
    return mark


def compare(scheme: Scheme, marks: Iterable[Mark]) -> tuple[Compared, ...]:
    """Marks by item, in the order they come."""
    by_item: dict[Item, list[Mark]] = {}
    for mark in marks:
        by_item.setdefault(mark.item, []).append(mark)
    return tuple(_compared(scheme, item, tuple(given)) for item, given in by_item.items())


def _compared(scheme: Scheme, item: Item, marks: tuple[Mark, ...]) -> Compared:
    places = [_place(scheme, item, mark.value) for mark in marks]
    known = [place for place in places if place is not None]
    spread = max(known) - min(known) if len(known) > 1 else None
    values = {str(mark.value) for mark in marks if mark.value is not None}
    numeric = all(isinstance(mark.value, Decimal) for mark in marks if mark.value is not None)
    differs = len(values) > 1 and (not numeric or (spread or Decimal(0)) > tolerance_of(scheme))
    complete = len(marks) > 1 and all(mark.value is not None for mark in marks)
    value = _taken(scheme, [mark.value for mark in marks]) if complete and not differs else None
    return Compared(item, marks, spread, differs, value)


def _place(scheme: Scheme, item: Item, value: Value) -> Decimal | None:
    """Where a mark lies in the item's range, 0 to 1; None for a blank and for 不适用."""
    found = asked_item(scheme, item)
    if found is None or value is None:
        return None
    asked, full_mark = found
    if isinstance(value, Decimal):
        return value if asked.type is FieldType.RATE else value / full_mark
    if value in asked.choices and len(asked.choices) > 1:
        return Decimal(asked.choices.index(str(value))) / (len(asked.choices) - 1)
    return None


def _taken(scheme: Scheme, values: Sequence[Value]) -> Value:
    numbers = sorted(value for value in values if isinstance(value, Decimal))
    if len(numbers) < len(values):
        return values[0]
    if scheme.settings.get(MARK_TAKING, "") == MarkTaking.TRIMMED and len(numbers) > 2:
        numbers = numbers[1:-1]
    return round_half_up(sum(numbers, Decimal(0)) / len(numbers), _PLACES)


def agreement(scheme: Scheme, compared: Iterable[Compared]) -> Agreement:
    """How far scorers agree on items all of them marked; kappa over every pair of scorers' marks."""
    complete = [one for one in compared if one.complete and len(one.marks) > 1]
    same = sum(len({str(mark.value) for mark in one.marks}) == 1 for one in complete)
    pairs = [
        (left, right)
        for one in complete
        for first, second in combinations(one.marks, 2)
        if (left := _place(scheme, one.item, first.value)) is not None
        and (right := _place(scheme, one.item, second.value)) is not None
    ]
    return Agreement(len(complete), same, sum(not one.differs for one in complete), weighted_kappa(pairs))


def weighted_kappa(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Cohen's kappa with quadratic weights, 1 − Σ observed (x−y)² ÷ Σ expected (x−y)²; None where nothing varies.

    Source: J. Cohen, Psychological Bulletin 70 (1968) 213–220.
    """
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(((left - right) ** 2 for left, right in pairs), Decimal(0)) / count
    lefts, rights = ([pair[side] for pair in pairs] for side in (0, 1))
    squares = sum((mark**2 for mark in (*lefts, *rights)), Decimal(0)) / count
    by_chance = squares - 2 * (sum(lefts, Decimal(0)) / count) * (sum(rights, Decimal(0)) / count)
    return None if by_chance == 0 else 1 - observed / by_chance


def ruled(compared: Iterable[Compared], rulings: Mapping[Item, Ruling]) -> dict[Item, Value]:
    """The value of every item that has one: what scorers agree on, or what was ruled."""
    values = {one.item: rulings[one.item].value if one.item in rulings else one.value for one in compared}
    return {item: value for item, value in values.items() if value is not None}


def changed_marks(before: Iterable[Mark], now: Iterable[Mark]) -> list[Item]:
    """Items whose mark or reason is another than it was: of a book handed back only blanks may be filled."""
    marks = {mark.item: mark for mark in now}
    return [
        mark.item
        for mark in before
        if mark.value is not None
        and ((new := marks.get(mark.item)) is None or (new.value, new.reason) != (mark.value, mark.reason))
    ]
