"""How a proof rule is declared, and what it says about a place: four verdicts, never silence that looks like a pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Flag, StrEnum, auto
from typing import Protocol, TypeAlias, TypedDict, Unpack

from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report


class Verdict(StrEnum):
    """What was found about a number or a place."""

    AGREES = "一致"
    DIFFERS = "不一致"
    DOUBTFUL = "疑似"
    UNCHECKED = "未能核"


class Group(StrEnum):
    """What a rule is about."""

    SUMS = "合计"
    RATES = "比率"
    UNITS = "单位"
    COUNTS = "计数"
    RANKINGS = "排名与最值"
    GRADES = "等级"
    SAME_FACT = "前后一致"
    PAYMENTS = "合同与支付"
    LOGIC = "文字与数字"
    NAMES = "名称"
    DATES = "日期"
    NUMBERING = "编号"
    REFERENCES = "引用"
    PUNCTUATION = "标点"
    LAWS = "文件依据"
    RESIDUE = "残留"
    QUALITY = "质量要素"
    WORKSPACE = "工作区"


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule says about a place.

    Attributes:
        facts: the numbers that are thereby decided.
        found, expected: both values as text.
        working: the recomputation, e.g. ``18+20+27+35=100``.
        related: where the other values stand.
        confidence: how sure a finding is, in per cent.
        kind, group: of the rule; put in by the engine.
    """

    verdict: Verdict
    place: Place
    facts: tuple[Fact, ...] = ()
    found: str = ""
    expected: str = ""
    message: str = ""
    related: tuple[Place, ...] = ()
    working: str = ""
    confidence: int = 95
    kind: str = ""
    group: Group | None = None

    def of(self, kind: str, group: Group) -> "Result":
        """The same with the rule that says it."""
        return Result(
            self.verdict,
            self.place,
            self.facts,
            self.found,
            self.expected,
            self.message,
            self.related,
            self.working,
            self.confidence,
            kind,
            group,
        )


def agrees(*facts: Fact) -> Result:
    """These numbers are right, as far as the rule goes."""
    return Result(Verdict.AGREES, facts[0].place, facts)


class More(TypedDict, total=False):
    """What may be said beside the message, as the attributes of :class:`Result`."""

    facts: tuple[Fact, ...]
    related: tuple[Place, ...]
    working: str
    confidence: int


class Say(Protocol):
    """:func:`differs` or :func:`doubtful`."""

    def __call__(self, place: Place, found: str, expected: str, message: str, **more: Unpack[More]) -> Result:
        """A finding about a place."""


def differs(place: Place, found: str, expected: str, message: str, **more: Unpack[More]) -> Result:
    """A contradiction."""
    return replace(Result(Verdict.DIFFERS, place, (), found, expected, message), **more)


def doubtful(place: Place, found: str, expected: str, message: str, **more: Unpack[More]) -> Result:
    """Something a person should look at."""
    return replace(Result(Verdict.DOUBTFUL, place, (), found, expected, message, confidence=60), **more)


def unchecked(place: Place, message: str, *facts: Fact) -> Result:
    """Something the rule would look at but cannot decide; the message says why."""
    return Result(Verdict.UNCHECKED, place, facts, message=message)


Look: TypeAlias = Callable[[Report], Iterator[Result]]


class Yields(Flag):
    """Where a rule gives way, because it calls a number wrong for what others make and may take the wrong others."""

    NOWHERE = 0
    HERE = auto()
    """Where another reckoning says that the number is right, unless it is sure itself."""
    ELSEWHERE = auto()
    """Where the same long number is reckoned to be right in another place: told again it is right, too."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule.

    Attributes:
        code: stable for ever; the ``kind`` of its findings.
        title: what is checked, for the handbook.
        good, bad: texts in which it finds nothing, and something; tests run them.
        yields: where others are believed instead.
        named: the words it reads name the numbers it reckons with (a written formula, 由5天缩短至8天); where other
            rules take those that stand near, see :mod:`toolkit.proof.evidence`.
    """

    code: str
    group: Group
    title: str
    look: Look = field(repr=False)
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    yields: Yields = Yields.NOWHERE
    named: bool = False


def rule(
    code: str,
    *,
    group: Group,
    title: str,
    good: tuple[str, ...] = (),
    bad: tuple[str, ...] = (),
    yields: Yields = Yields.NOWHERE,
    named: bool = False,
) -> Callable[[Look], Rule]:
    """Declare the function below as a rule."""

    def declare(look: Look) -> Rule:
        return Rule(code, group, title, look, good, bad, yields, named)

    return declare
