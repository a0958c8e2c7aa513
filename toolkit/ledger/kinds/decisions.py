"""What a person decided: which return counts, what becomes of a finding, a value, a loss, a questionnaire's values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, DecimalException
from enum import StrEnum

from toolkit.ledger.details import Details, details_of, if_any, kept
from toolkit.ledger.kinds.exchange import OfAFile
from toolkit.ledger.kinds.kind import EventKind

_LARGEST = 26
"""Digits before the point that a verified number may have."""


@details_of("")
class Decision(Details):
    """What every decision of a person says where several laptops decide.

    ``replaces`` are the hashes of decisions in other logs that its author knew of; ``settled_by`` and ``settled_why``
    are there where a third person let it stand.
    """

    settled_by: str | None = if_any("裁定人", default=None)
    settled_why: str | None = if_any("裁定理由", default=None)
    replaces: tuple[str, ...] = if_any("取代", default=())

    @property
    def deciders(self) -> tuple[str, ...]:
        """The names of those who decided."""
        return tuple(filter(None, (*self._named(), self.settled_by)))

    @property
    def outcome(self) -> tuple[str, ...]:
        """What makes two decisions different; their reasons may differ."""
        return ()

    @property
    def why(self) -> str:
        """The reason given, "" for none."""
        return ""

    def _named(self) -> tuple[str, ...]:
        return ()


@details_of(EventKind.CHOSEN)
class Chosen(Decision, OfAFile):
    """One of several returns is the one that counts; the subject is its sha256."""

    by: str = kept("指定人")
    reason: str = kept("理由")

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by,)


class Action(StrEnum):
    """What was done about a finding."""

    ACCEPT = "采纳建议"
    OVERRIDE = "核定"
    WAIVE = "豁免"
    WITHDRAW = "撤回"


DECIDING = (Action.ACCEPT, Action.OVERRIDE, Action.WAIVE)
"""What is decided about a finding; withdrawing takes such a decision back."""


@details_of(EventKind.RESOLVED)
class Resolved(Decision):
    """What a person decided about a finding; the subject is its code.

    ``number`` tells a verified number from a text; ``row`` is what the other cells of a verified cell of a repeated
    table said, by which its row is known again; ``workbook`` and ``cell`` are where fieldwork wrote it.
    """

    action: Action = kept("处理")
    key: str = if_any("填报项", default="")
    value: str = if_any("核定值", default="")
    number: bool = if_any("数值", default=False)
    by: str = if_any("处理人", default="")
    reason: str = if_any("理由", default="")
    basis: str = if_any("依据", default="")
    reviewer: str = if_any("复核人", default="")
    until: date | None = if_any("有效期至", default=None)
    row: tuple[str, ...] = if_any("明细行", default=())
    workbook: str = if_any("底稿", default="")
    cell: str = if_any("单元格", default="")

    def __post_init__(self) -> None:
        """A verified number is one."""
        if self.number:
            number_of("核定值", self.value)

    @property
    def verified(self) -> Decimal | str:
        """The verified value."""
        return number_of("核定值", self.value) if self.number else self.value

    @property
    def outcome(self) -> tuple[str, ...]:
        """Action, value, and how long it holds."""
        return (self.action, self.value, self.until.isoformat() if self.until else "")

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by, self.reviewer)


@details_of(EventKind.JUDGED)
class Judged(Decision):
    """A row of 评审意见.xlsx."""

    value: str = if_any("核定值", default="")
    reason: str = if_any("理由", default="")
    evidence: str = if_any("佐证", default="")
    evaluator: str = if_any("评价人", default="")
    reviewer: str = if_any("复核人", default="")
    indicator: str = kept("指标")
    item: str = kept("取值项")

    @property
    def outcome(self) -> tuple[str, ...]:
        """The verified value."""
        return (self.value,)

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.evaluator, self.reviewer)


@details_of(EventKind.LOSS_WRITTEN)
class LossWritten(Decision):
    """What a person wrote into a row of 《失分情况》."""

    fact: str = if_any("事实", default="")
    cause: str = if_any("原因", default="")
    advice: str = if_any("建议", default="")
    evidence: str = if_any("佐证", default="")
    evaluator: str = if_any("评价人", default="")

    @property
    def outcome(self) -> tuple[str, ...]:
        """Everything that reports print of it."""
        return (self.fact, self.cause, self.advice, self.evidence)

    def _named(self) -> tuple[str, ...]:
        return (self.evaluator,)


@details_of(EventKind.SURVEYED)
class Surveyed(Decision, OfAFile):
    """What a questionnaire gives an indicator: input → value, and one sentence on where it comes from."""

    indicator: str = kept("指标")
    survey: str = kept("问卷")
    values: Mapping[str, Decimal] = kept("取值")
    words: str = kept("说明")

    @property
    def outcome(self) -> tuple[str, ...]:
        """What enters the indicator."""
        return tuple(f"{name} {number}" for name, number in sorted(self.values.items()))


def number_of(key: str, text: str) -> Decimal:
    """The number that is stored under a key.

    Raises:
        ValueError: it is none, not finite or too long; the message is Chinese and names the key.
    """
    try:
        number = Decimal(text)
    except DecimalException:
        raise ValueError(f"“{key}”不是数字：{text[:30]}") from None
    if not number.is_finite() or number.adjusted() >= _LARGEST:
        raise ValueError(f"“{key}”不是可用的数字：{text[:30]}")
    return number
