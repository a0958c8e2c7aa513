"""Double scoring: books given out, locked, handed back; differences ruled."""

from typing import TypeAlias

from toolkit.ledger.details import Details, details_of, if_any, kept
from toolkit.ledger.kinds.decisions import Decision, number_of
from toolkit.ledger.kinds.exchange import OfAFile
from toolkit.ledger.kinds.kind import EventKind

Item: TypeAlias = tuple[str, str, str]
"""Project, indicator and item that marks are given for."""
Stored: TypeAlias = tuple[str, ...]
"""A value of double scoring: ``("数", "3.5")``, ``("字", "优")`` or nothing for a blank."""


@details_of(EventKind.SCOREBOOK_ISSUED)
class ScorebookIssued(Details):
    """A scorer (the subject) was given a book of these items."""

    items: tuple[Item, ...] = kept("打分项")


@details_of(EventKind.SCOREBOOK_LOCKED)
class ScorebookLocked(Decision, OfAFile):
    """A scorer's book came back and was locked: project, indicator, item, value, reason and evidence of each mark."""

    sha256: str = kept("校验值")
    marks: tuple[tuple[str, str, str, Stored, str, str], ...] = kept("打分")

    @property
    def outcome(self) -> tuple[str, ...]:
        """The marks; the workbook around them may differ."""
        return tuple(" ".join((*item, *value)) for *item, value, _reason, _evidence in sorted(self.marks))

    def __post_init__(self) -> None:
        """Every mark is a number, a text or blank."""
        for *_, value, _reason, _evidence in self.marks:
            _check_stored("打分", value)


@details_of(EventKind.SCOREBOOK_UNLOCKED)
class ScorebookUnlocked(Details):
    """A locked book was handed back because of blanks; ``lock`` is the once-key of what locked it."""

    lock: str = kept("锁定")
    by: str = kept("退回人")
    reason: str = kept("理由")
    blank: int = kept("空白", before=0)


@details_of(EventKind.ADJUDICATED)
class RulingMade(Decision):
    """A difference between two scorers was settled."""

    item: Item = kept("打分项")
    value: Stored = kept("裁定值")
    reason: str = kept("理由")
    by: str = kept("裁定人")
    settled_by: str | None = if_any("最终裁定人", default=None)

    @property
    def outcome(self) -> tuple[str, ...]:
        """The value."""
        return self.value[1:]

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by,)

    def __post_init__(self) -> None:
        """The value is a number, a text or blank."""
        _check_stored("裁定值", self.value)


def _check_stored(key: str, value: Stored) -> None:
    if value and (len(value) != 2 or value[0] not in ("数", "字")):
        raise ValueError(f"“{key}”不是应有的样式：{'、'.join(value)[:30]}")
    if value and value[0] == "数":
        number_of(key, value[1])
