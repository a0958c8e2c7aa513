"""假设分析: totals, ranks and grades with other weights, other grade bands or another value; writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from toolkit.errors import WorkspaceError
from toolkit.model import WHOLE_EVALUATION, GradeBand, Opinion, Scheme, ScoredObject, ScoreSheet, Submission, Value
from toolkit.pipeline.examine.doubtful_values import returns_as_meant
from toolkit.pipeline.examine.results import Results
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import Asked, UnreadableValueError, verified_value
from toolkit.scoring import score_project, score_whole
from toolkit.text import round_half_up
from toolkit.text import score as score_text


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed instead of what stands. Units: 分.

    Attributes:
        weights: full marks by indicator code.
        bands: the least total of each grade, by its name.
        project, item, value: one verified value as typed; ``item`` is a field's key or ``A101.完成值``.
    """

    weights: Mapping[str, Decimal] = field(default_factory=dict)
    bands: Mapping[str, Decimal] = field(default_factory=dict)
    project: str = ""
    item: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A project's total, grade and rank. ``rank`` counts from 1, equal totals share it; 0 without a return."""

    total: Decimal
    grade: str
    rank: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One project before and after."""

    project: str
    name: str
    unit: str
    before: Standing
    after: Standing

    def as_json(self, places: int) -> dict[str, object]:
        """``{"id", "name", "unit", "total_before", "total_after", "difference", "grade_…", "rank_…", "moved"}``."""
        before, after = self.before, self.after
        return {
            "id": self.project,
            "name": self.name,
            "unit": self.unit,
            "total_before": score_text(before.total, places),
            "total_after": score_text(after.total, places),
            "difference": score_text(after.total - before.total, places),
            "grade_before": before.grade,
            "grade_after": after.grade,
            "rank_before": before.rank,
            "rank_after": after.rank,
            "moved": before.rank - after.rank,
        }


def what_if(evaluation: Evaluation, found: Results, supposed: Supposed) -> tuple[Effect, ...]:
    """Score everything with what is supposed, and compare. Nothing is written.

    Raises:
        WorkspaceError: weights that do not add up, bands that do not fall, a project, item or value that is not one.
    """
    known, before = found.examined, found.sheets
    scheme = replace(evaluation.scheme, grade_bands=_bands(evaluation.scheme, supposed.bands))
    _check_weights(scheme, supposed.weights)
    opinions = (*evaluation.opinions, *_opinion(evaluation, supposed))
    meant = returns_as_meant(known.returns.counting, known.findings)
    after = _scores(evaluation, scheme, known.returns.counting, opinions, meant)
    if supposed.weights:
        after = {project: _weighted(scheme, sheet, supposed.weights) for project, sheet in after.items()}
    first, second = _standings(before), _standings(after)
    return tuple(
        Effect(project, sheet.name, sheet.unit, first[project], second[project]) for project, sheet in before.items()
    )


def _weighted(scheme: Scheme, sheet: ScoreSheet, weights: Mapping[str, Decimal]) -> ScoreSheet:
    """Every indicator keeps its score rate; points written into a rule's own parameters are scaled that way too."""
    counted = [line for line in sheet.lines if line.effective_mark]
    marks = [weights.get(line.code, line.full_mark) for line in counted]
    whole, share = sum((line.effective_mark for line in counted), Decimal(0)), sum(marks, Decimal(0))
    scores = [
        round_half_up(line.score * mark * whole / (line.effective_mark * share), scheme.score_places)
        for line, mark in zip(counted, marks, strict=True)
    ]
    total = sum(scores, Decimal(0))
    return replace(sheet, total=total, grade=scheme.grade(total) if sheet.has_data else "")


def _scores(
    evaluation: Evaluation,
    scheme: Scheme,
    counting: Mapping[str, Submission],
    opinions: Sequence[Opinion],
    meant: Mapping[str, Submission],
) -> dict[str, ScoreSheet]:
    roster = evaluation.roster
    if evaluation.scheme.scored_object is ScoredObject.WHOLE:
        return {WHOLE_EVALUATION: score_whole(scheme, roster, counting, opinions, meant)}
    return {
        project.id: score_project(scheme, project, counting.get(project.id), opinions, meant=meant.get(project.id))
        for project in roster.projects
    }


def _standings(sheets: Mapping[str, ScoreSheet]) -> dict[str, Standing]:
    totals = sorted((sheet.total for sheet in sheets.values() if sheet.has_data), reverse=True)
    return {
        project: Standing(sheet.total, sheet.grade, totals.index(sheet.total) + 1 if sheet.has_data else 0)
        for project, sheet in sheets.items()
    }


def _check_weights(scheme: Scheme, weights: Mapping[str, Decimal]) -> None:
    unknown = [code for code in weights if scheme.indicator(code) is None]
    if unknown:
        raise WorkspaceError(f"方案中没有指标{'、'.join(unknown)}", what_to_do="核对指标编号")
    if any(not mark.is_finite() or mark < 0 for mark in weights.values()):
        raise WorkspaceError("分值不能小于0", what_to_do="改正分值")
    was = sum((indicator.full_mark for indicator in scheme.indicators), Decimal(0))
    now = sum((weights.get(indicator.code, indicator.full_mark) for indicator in scheme.indicators), Decimal(0))
    if now != was:
        advice = f"再{'减' if now > was else '加'}{abs(now - was)}分，使合计仍为{was}分"
        raise WorkspaceError(f"各指标分值合计{now}分，应为{was}分", what_to_do=advice)


def _bands(scheme: Scheme, supposed: Mapping[str, Decimal]) -> tuple[GradeBand, ...]:
    unknown = [name for name in supposed if name not in {band.name for band in scheme.grade_bands}]
    if unknown:
        raise WorkspaceError(f"方案中没有等级“{'、'.join(unknown)}”", what_to_do="核对等级名称")
    kept = sorted(scheme.grade_bands, reverse=True)
    bands = [GradeBand(supposed.get(band.name, band.lower), band.name) for band in kept]
    if any(higher.lower <= lower.lower for higher, lower in pairwise(bands)):
        raise WorkspaceError("等级的下限应从高到低", what_to_do="改正等级下限")
    return tuple(bands)


def _opinion(evaluation: Evaluation, supposed: Supposed) -> tuple[Opinion, ...]:
    if not supposed.item:
        return ()
    if not any(project.id == supposed.project for project in evaluation.roster.projects):
        raise WorkspaceError(f"项目清单中没有项目{supposed.project}", what_to_do="核对项目序号")
    indicator, _, item = supposed.item.rpartition(".")
    asked = _asked(evaluation.scheme, indicator, item)
    if asked is None:
        raise WorkspaceError(f"方案中没有取值项“{supposed.item}”", what_to_do="写字段名，或写成 A101.完成值")
    try:
        value: Value = verified_value(None, supposed.value, asked)
    except UnreadableValueError as error:
        raise WorkspaceError(f"假设的值：{error}", what_to_do="按该项的填写要求重写") from error
    return (Opinion(supposed.project, indicator, item, value),)


def _asked(scheme: Scheme, indicator: str, item: str) -> Asked | None:
    if not indicator:
        found = scheme.field(item)
        return Asked(found.type, scheme.choices.get(found.choices, ())) if found and not found.table else None
    known = scheme.indicator(indicator)
    given = next((asked for asked in known.inputs if asked.local == item), None) if known else None
    return Asked(given.type, given.choices) if given else None
