"""What is wrong, doubtful or worth knowing about somebody's data: plain values, never exceptions."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from toolkit.model.place import CellRef


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
class Finding:
    """One doubt about one place.

    Attributes:
        code: stable for ever, e.g. ``FUND-03``; a check's code, a reader's rule, a lint of the scheme.
        severity: see :class:`Severity`.
        at: the cell (or file) it is about.
        message: what is wrong, one Chinese sentence with the figures in it.
        hint: how to put it right, in Chinese.
        project: project id, "" when it is not about one project.
        indicator: indicator code or field key, "" when not about one.
        found: what stands there, as text.
        expected: what should stand there, as text.
        related: other cells that take part in the doubt.
        explanation: 单位说明, what the unit wrote when the finding was sent back.
    """

    code: str
    severity: Severity
    at: CellRef
    message: str
    hint: str = ""
    project: str = ""
    indicator: str = ""
    found: str = ""
    expected: str = ""
    related: tuple[CellRef, ...] = field(default=())
    explanation: str = ""

    def sort_key(self) -> tuple[str, int, str, CellRef, str]:
        """Order for lists: by project, seriousness, code, place."""
        return (self.project.zfill(6), self.severity.rank, self.code, self.at, self.message)

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
            "found": self.found,
            "expected": self.expected,
            "message": self.message,
            "hint": self.hint,
            "explanation": self.explanation,
        }
