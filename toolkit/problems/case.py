"""One project as the rows of 问题与建议 see it: names with their values."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from toolkit.formula import Area
from toolkit.formula.fields import FieldValues
from toolkit.formula.operands import operands
from toolkit.model import (
    WHOLE_EVALUATION,
    Comparison,
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
    date_to_serial,
)
from toolkit.model.problem import CUTOFF
from toolkit.problems.sentences import placeholders
from toolkit.rules import roster_values

SHOWN_ALWAYS = ("得分率", "得分", "分值", "失分")
"""Names that sentences about an indicator may speak of whatever its row says."""


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


@dataclass(frozen=True, slots=True)
class Detection:
    """What one check found in a project, as far as rows speak of it.

    Attributes:
        code: of the check.
        count: of its findings; a waived one is still a fact.
        compared: the figures of the first that holds two against each other.
    """

    code: str
    count: int
    compared: Comparison | None = None


def detections(findings: Iterable[Finding]) -> dict[str, tuple[Detection, ...]]:
    """What checks found, by project id and in the order of the findings."""
    found: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        found.setdefault(finding.project, {}).setdefault(finding.code, []).append(finding)
    return {
        project: tuple(_detection(code, of_check) for code, of_check in by_code.items())
        for project, by_code in found.items()
    }


def _detection(code: str, findings: Sequence[Finding]) -> Detection:
    compared = next((comparison for finding in findings if (comparison := finding.comparison)), None)
    return Detection(code, len(findings), compared)


@dataclass(frozen=True)
class ProblemCase:
    """What is known about one project.

    Attributes:
        fields: as verified, calculated ones computed anew.
        sheet: its score sheet; None where the evaluation is scored as a whole or nothing could be scored (未评分): its
            indicators then lost nothing.
        detected: what checks found in this project.
        submission: what it sent; None when nothing readable came.
    """

    scheme: Scheme
    project: Project
    fields: FieldValues
    sheet: ScoreSheet | None = None
    detected: tuple[Detection, ...] = ()
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
        """Fields win over the roster, where the unit gave something."""
        cutoff = self.scheme.cutoff
        values: dict[str, Value | Area] = {CUTOFF: date_to_serial(cutoff) if cutoff else None}
        values |= roster_values(self.project)
        for code, own in self._of_lines.items():
            values |= {f"{name}_{code}": value for name, value in own.items()}
        return values | {
            key: value for key, value in self.fields.values.items() if value is not None or key not in values
        }

    @cached_property
    def _of_lines(self) -> dict[str, dict[str, Value | Area]]:
        """Indicator code → names of its score line with their values."""
        return {code: {**self._of_line(line)} for code, line in self.lines.items()}

    def names(self, row: ProblemRow) -> Mapping[str, Value | Area]:
        """What a row's formulas and sentences ask for, by name; fields win over names of the row's own key.

        Of hundreds of names a row asks for three. A formula's name that is not there may be written in other letters:
        then there are all names to be searched.
        """
        of_check: dict[str, Value | Area] = {**self._of_check(row.key)}
        known = self._named, of_check, self._of_lines.get(row.indicator, {})
        asked = asked_by(row)
        found: dict[str, Value | Area] = {}
        for name in asked.names:
            for values in known:
                if name in values:
                    found[name] = values[name]
                    break
        return found if asked.of_formulas.issubset(found) else ChainMap(*known)

    def found(self, code: str) -> Detection:
        """What one check found."""
        return next((one for one in self.detected if one.code == code), Detection(code, 0))

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
        found = self.found(code)
        values: dict[str, Value] = {"检出数": Decimal(found.count)}
        if compared := found.compared:
            values |= {"现值": compared.found, "应值": compared.expected, "差额": compared.difference}
        return values


class AskedNames(NamedTuple):
    """Names that a row asks for.

    Attributes:
        names: all of them.
        of_formulas: as its formulas have them.
        told: whose values are told beside a hit, in the order in which they are.
    """

    names: tuple[str, ...]
    of_formulas: frozenset[str]
    told: tuple[str, ...]


def asked_by(row: ProblemRow) -> AskedNames:
    """What a row asks for."""
    return _asked(row.key, row.population, row.condition, row.amount, row.statement)


@lru_cache(maxsize=4096)  # asked for every project about the same rows
def _asked(key: str, population: str, condition: str, amount: str, sentence: str) -> AskedNames:
    of_hits = [name for formula in (condition, amount) if formula for name in operands(formula)]
    of_formulas = frozenset((*of_hits, *(operands(population) if population else ())))
    told = tuple(dict.fromkeys((*placeholders(sentence), *of_hits, *SHOWN_ALWAYS)))
    return AskedNames(tuple(dict.fromkeys((key, *of_formulas, *told))), of_formulas, told)


def lost_points(line: ScoreLine) -> Decimal:
    """What a line earned less than it could. Units: 分; 0 for an indicator that does not apply or waits."""
    if not line.state.counts:
        return Decimal(0)
    return max(Decimal(0), line.effective_mark - line.score)
