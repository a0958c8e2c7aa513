"""What is wrong, doubtful or worth knowing about somebody's data: plain values, never exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from toolkit.model.place import CellRef
from toolkit.model.stated import Content, Sentence, Stated, stated_in


class Severity(StrEnum):
    """How serious a finding is; the value is what ``--json`` prints."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Chinese name as printed: 须更正, 请核实, 提示."""
        return {"error": "须更正", "warning": "请核实", "note": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the most serious; for sorting."""
        return ("error", "warning", "note").index(self.value)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of one unit that a finding holds against each other.

    Units: ``unit`` is that of both: 万元, 元, 分, 天, 个 …; "" for a fraction, which people see as a percentage, or
        where the finding does not say it.
    """

    found: Decimal
    expected: Decimal
    unit: str = ""

    @property
    def difference(self) -> Decimal:
        """How much is too much (or, negative, too little)."""
        return self.found - self.expected


@dataclass(frozen=True, slots=True)
class Disposition:
    """What a person decided about a finding; the finding stays a fact.

    Attributes:
        action: 采纳建议, 核定 or 豁免.
        by, reason: who, and why.
        until: last day of a waiver; None for good.
        severity: how serious the finding is without the decision.
    """

    action: str
    by: str
    reason: str
    until: date | None
    severity: Severity

    def words(self) -> str:
        """``已豁免：张三，合同另有约定，至2026-12-31``."""
        until = f"，至{self.until.isoformat()}" if self.until else ""
        return f"已{self.action}：{self.by}，{self.reason}{until}"


@dataclass(frozen=True, slots=True, eq=False)
class _Printed:
    """A sentence in the order of its text, which is written out only where nothing before it tells two apart."""

    told: str | Sentence

    def __lt__(self, other: Self) -> bool:
        return str(self.told) < str(other.told)


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one place.

    Attributes:
        code: stable for ever, e.g. ``FUND-03``; a check's code, a reader's rule, a lint of the scheme.
        severity: see :class:`Severity`.
        at: the cell (or file) it is about.
        told: what is wrong, in one Chinese sentence with its values; :attr:`message` is its text, :attr:`words` adds
            what is known besides.
        hint: how to put it right, in Chinese.
        project: project id, "" when it is not about one project.
        indicator: indicator code or field key, "" when not about one.
        found: what stands there.
        expected: what should stand there.
        related: other cells that take part in the doubt.
        proposals: what each cell should hold, where more than one cell is to be set right at once.
        cross_check: code of the scheme's 勾稽 that says the same.
        disposition: what a person decided about it.
        explanation: 单位说明, what the unit wrote when the finding was sent back.
    """

    code: str
    severity: Severity
    at: CellRef
    told: str | Sentence
    hint: str = ""
    project: str = ""
    indicator: str = ""
    found: Content = ""
    expected: Content = ""
    related: tuple[CellRef, ...] = field(default=())
    proposals: tuple[tuple[CellRef, Decimal], ...] = ()
    cross_check: str = ""
    disposition: Disposition | None = None
    explanation: str = ""

    @property
    def message(self) -> str:
        """The sentence as it is printed."""
        return str(self.told)

    def word(self, name: str) -> str | Stated:
        """The value of a word of the sentence; "" when it has none of that name."""
        return self.told.word(name) if isinstance(self.told, Sentence) else ""

    @property
    def comparison(self) -> Comparison | None:
        """The figures that stand there and should, where both are figures of one kind; days are none."""
        found, expected = stated_in(self.found), stated_in(self.expected)
        if found is None or expected is None or found.is_rate != expected.is_rate:
            return None
        if found.number is None or expected.number is None:
            return None
        return Comparison(found.number, expected.number, found.unit or expected.unit)

    @property
    def words(self) -> str:
        """The message with the check of the unit's own workbook that says the same, and with what was decided."""
        return f"{self.undecided}{self.decided}"

    @property
    def undecided(self) -> str:
        """The message with the check of the unit's own workbook that says the same."""
        return self.message + (f"（见填报自检{self.cross_check}）" if self.cross_check else "")

    @property
    def decided(self) -> str:
        """What was decided about it, in brackets; "" for nothing."""
        return f"（{self.disposition.words()}）" if self.disposition else ""

    @property
    def own_severity(self) -> Severity:
        """How serious it is in itself: a waiver lowers what is asked of the unit, not what was found."""
        return self.disposition.severity if self.disposition else self.severity

    def sort_key(self) -> "tuple[str, int, str, CellRef, _Printed]":
        """Order for lists: by project, seriousness, code, place, sentence."""
        return (self.project.zfill(6), self.severity.rank, self.code, self.at, _Printed(self.told))

    def for_project(self, project: str) -> Self:
        """Return the same finding, about a project."""
        return replace(self, project=project)

    def as_json(self) -> dict[str, str]:
        """The twelve keys other tools rely on, all text."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "project": self.project,
            "workbook": self.at.workbook,
            "sheet": self.at.sheet,
            "cell": self.at.cell,
            "indicator": self.indicator,
            "found": str(self.found),
            "expected": str(self.expected),
            "message": self.words,
            "hint": self.hint,
            "explanation": self.explanation,
        }


def is_sound(findings: Iterable[Finding]) -> bool:
    """Nothing must be corrected: warnings and notes do not make it unsound."""
    return all(finding.severity is not Severity.ERROR for finding in findings)
