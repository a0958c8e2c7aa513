"""What an opinion of a unit is, what it is about, and how it was settled."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

OTHER = "其他"
"""Stands for the indicator in a project's last row: findings, wording, whatever is about no single indicator."""
NO_SCORE = "—"
"""Stands for the score where a row is about none."""


class Wish(StrEnum):
    """What a unit can say in a row; the value is what it chooses from the list."""

    NONE = "无意见"
    SCORE = "对得分有异议"
    FINDING = "对核查发现有异议"
    OTHER = "其他意见"


_AGREES = ("同意", "无异议", "没有异议", "没有意见", "无", "认可")
_DISAGREES = ("不同意", "有异议", "不认可")


def wish_of(typed: str, indicator: str) -> str:
    """What was typed, as the list calls it where that is beyond doubt; else as it stands.

    ``indicator``: the row's; 不同意 beside an indicator is about its score, in the last row it may be about anything.
    """
    if typed in _AGREES:
        return Wish.NONE
    return Wish.SCORE if typed in _DISAGREES and indicator != OTHER else typed


class Result(StrEnum):
    """How an opinion is settled."""

    TAKEN = "采纳"
    PARTLY = "部分采纳"
    NOT = "不采纳"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One row a unit is asked about; ``before`` is the score as the draft shows it."""

    project: str
    indicator: str
    before: str
    name: str = ""
    indicator_name: str = ""
    full_mark: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Project and indicator."""
        return self.project, self.indicator


@dataclass(frozen=True, slots=True)
class Issue:
    """A reply workbook that was given out: to whom, under which seal, with which rows."""

    unit: str
    seal: str
    lines: tuple[AskedLine, ...]


@dataclass(frozen=True, slots=True)
class UnitOpinion:
    """One opinion as the unit wrote it."""

    unit: str
    project: str
    indicator: str
    before: str
    wish: str
    reason: str
    basis: str

    @property
    def id(self) -> str:
        """The same as long as not a word of it changes: a decision holds for the words that were decided on."""
        words = (self.unit, self.project, self.indicator, self.before, self.wish, self.reason, self.basis)
        return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:10]

    @property
    def place(self) -> tuple[str, str]:
        """Project and indicator."""
        return self.project, self.indicator


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an opinion was settled; ``value`` is 改后值 as typed, "" for none."""

    opinion: str
    result: str
    reason: str
    value: str
    by: str


def number_of(text: str) -> Decimal | None:
    """The finite number a text is; None for words."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def same_score(one: str, other: str) -> bool:
    """Whether two cells show the same score: 3.50 is 3.5."""
    left, right = number_of(one), number_of(other)
    return one == other if left is None or right is None else left == right
