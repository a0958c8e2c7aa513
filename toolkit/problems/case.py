"""One project as the rows of 问题与建议 see it: names with their values."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from toolkit.formula import Area
from toolkit.formula.fields import FieldValues
from toolkit.model import (
    WHOLE_EVALUATION,
    Finding,
    LineState,
    ProblemHit,
    ProblemRow,
    Project,
    Scheme,
    ScoreLine,
    ScoreSheet,
    Submission,
    Value,
)
from toolkit.rules import roster_values


class JudgementState(StrEnum):
    """How a row stands to a project."""

    HOLDS = "成立"
    NOT = "不成立"
    OUTSIDE = "不适用"
    UNKNOWN = "未取得数据"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row for one project; ``hit`` is there exactly when it holds."""

    state: JudgementState
    hit: ProblemHit | None = None


@dataclass(frozen=True)
class ProblemCase:
    """What is known about one project.

    Attributes:
        fields: as verified, calculated ones computed anew.
        sheet: its score sheet; None where the evaluation is scored as a whole or nothing was scored.
        findings: those about this project.
        submission: what it sent; None when nothing readable came.
    """

    scheme: Scheme
    project: Project
    fields: FieldValues
    sheet: ScoreSheet | None = None
    findings: tuple[Finding, ...] = ()
    submission: Submission | None = None

    @property
    def is_whole(self) -> bool:
        """The evaluation as a whole, where that is scored; its fields are sums over the projects."""
        return self.project.id == WHOLE_EVALUATION

    @cached_property
    def lines(self) -> Mapping[str, ScoreLine]:
        """Score lines by indicator code."""
        return {line.code: line for line in self.sheet.lines} if self.sheet else {}

    @cached_property
    def _named(self) -> dict[str, Value | Area]:
        values: dict[str, Value | Area] = dict(roster_values(self.project))
        for code, line in self.lines.items():
            values |= {f"{name}_{code}": value for name, value in self._of_line(line).items()}
        return values | dict(self.fields.values)

    @cached_property
    def judged(self) -> "dict[ProblemRow, Judgement]":
        """How rows were found to stand to this project."""
        return {}

    def names(self, row: ProblemRow) -> Mapping[str, Value | Area]:
        """Every name a row's formulas and sentences can speak of; fields win over names of the row's own key."""
        line = self.lines.get(row.indicator)
        own: dict[str, Value | Area] = {**self._of_line(line)} if line else {}
        return ChainMap(
            self._named, {**self._of_check(row.key)}, own
        )  # hundreds of names, of which a row asks for three

    def found(self, code: str) -> tuple[Finding, ...]:
        """Findings of one check; a waived one is still a fact."""
        return tuple(finding for finding in self.findings if finding.code == code)

    def _of_line(self, line: ScoreLine) -> dict[str, Value]:
        values: dict[str, Value] = {given.local: given.value for given in line.inputs}
        scored = line.state is LineState.SCORED
        values["得分率"] = line.score / line.effective_mark if scored and line.effective_mark else None
        values["得分"] = line.score if scored else None
        values["分值"] = line.effective_mark
        values["失分"] = lost_points(line) if scored else None
        values["自评分"] = self.submission.value(f"自评分_{line.code}") if self.submission else None
        return values

    def _of_check(self, code: str) -> dict[str, Value]:
        found = self.found(code) if code else ()
        compared = next((finding.comparison for finding in found if finding.comparison), None)
        values: dict[str, Value] = {"检出数": Decimal(len(found))}
        if compared:
            values |= {"现值": compared.found, "应值": compared.expected, "差额": compared.difference}
        return values


def lost_points(line: ScoreLine) -> Decimal:
    """What a line earned less than it could. Units: 分; 0 for an indicator that does not apply or waits."""
    if line.state not in (LineState.SCORED, LineState.NO_DATA):
        return Decimal(0)
    return max(Decimal(0), line.effective_mark - line.score)
