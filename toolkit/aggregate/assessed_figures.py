"""Figures of problems, consequences, self scores, groups and collected data, each with its cell."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypedDict

from toolkit.aggregate.asked_figures import LATEST, Asked, CollectedFigures, facts_by_project
from toolkit.aggregate.comparison_sheets import EVERYTHING, OF_INDICATOR, OF_PROJECT, self_rows
from toolkit.aggregate.drawn import Drawn
from toolkit.aggregate.groups import groups
from toolkit.aggregate.layout import collected_headings
from toolkit.aggregate.problem_sheets import NOBODY
from toolkit.aggregate.region import FIRST_ROW
from toolkit.model import (
    Application,
    Consequence,
    FactFigures,
    Figure,
    GroupFigures,
    ProblemFigures,
    SaidHit,
    SelfFigures,
)


class Assessed(TypedDict):
    """The part of MasterFigures that this module fills in."""

    problem_rows: tuple[ProblemFigures, ...]
    facts: Mapping[str, tuple[FactFigures, ...]]
    causes: Mapping[str, Mapping[str, Sequence[str]]]
    advice: Mapping[str, Sequence[str]]
    applications: Mapping[str, Application]
    consequences: Mapping[str, Figure]
    collected: Mapping[str, Mapping[str, Figure]]
    self_scores: tuple[SelfFigures, ...]
    self_indicators: tuple[SelfFigures, ...]
    self_total: SelfFigures | None
    groups: tuple[GroupFigures, ...]


def assessed(drawn: Drawn) -> Assessed:
    """All of it."""
    compared, said = _self_scores(drawn), drawn.place.plan.assessment
    return Assessed(
        problem_rows=_problems(drawn),
        facts=facts_by_project(said.hits, drawn.place.fact, drawn.place.key, drawn.words),
        causes=chosen_causes(said.hits),
        advice=written_advice(said.hits),
        applications={application.project: application for application in said.applications},
        consequences=_consequences(drawn),
        collected=_collected(drawn),
        self_scores=tuple(compared[OF_PROJECT]),
        self_indicators=tuple(compared[OF_INDICATOR]),
        self_total=compared[EVERYTHING][0],
        groups=_groups(drawn),
    )


def _problems(drawn: Drawn) -> tuple[ProblemFigures, ...]:
    region = drawn.place.problem
    names = ("有问题项目数", "适用且有数据项目数", "数额合计", "失分")
    return tuple(
        ProblemFigures(
            said.tally, said.text, region.address("问题", row), *(drawn.figure(region, name, row) for name in names)
        )
        for row, said in enumerate(drawn.place.plan.assessment.problems, FIRST_ROW)
    )


def chosen_causes(hits: Iterable[SaidHit]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Code of a problem → project → the causes an evaluator chose there."""
    found: dict[str, dict[str, list[str]]] = {}
    for said in hits:
        if said.cause:
            found.setdefault(said.hit.row.code, {}).setdefault(said.hit.project, []).append(said.cause)
    return found


def written_advice(hits: Iterable[SaidHit]) -> Mapping[str, Sequence[str]]:
    """Code of a problem → what evaluators advise on it, each text once."""
    found: dict[str, dict[str, None]] = {}
    for said in hits:
        if said.remark and said.remark.advice:
            found.setdefault(said.hit.row.code, {})[said.remark.advice] = None
    return {code: tuple(texts) for code, texts in found.items()}


def _consequences(drawn: Drawn) -> dict[str, Figure]:
    region, first = drawn.place.consequence, FIRST_ROW + len(drawn.place.plan.roster.projects)
    return {str(name): drawn.figure(region, "依据", row) for row, name in enumerate((*Consequence, NOBODY), first)}


def _collected(drawn: Drawn) -> Mapping[str, CollectedFigures]:
    """Project id → its fields; what was made of them is kept for the projects asked for last."""
    plan, region = drawn.place.plan, drawn.place.collected
    singles = [field for field in plan.scheme.fields if not field.table]
    headings = collected_headings(plan.scheme)[2:]
    columns = {field.key: (field, heading) for field, heading in zip(singles, headings, strict=True)}
    rows = {project.id: row for row, project in enumerate(plan.roster.projects, FIRST_ROW)}
    fields = plan.fields

    @lru_cache(LATEST)
    def made(project: str) -> CollectedFigures:
        return CollectedFigures(region, rows[project], columns, fields.get(project))

    return Asked(rows, made)


def _self_scores(drawn: Drawn) -> dict[str, list[SelfFigures]]:
    region = drawn.place.self_score
    names = ("自评指标数", "自评分", "复核分", "差额", "自评满分数")
    found: dict[str, list[SelfFigures]] = {EVERYTHING: [], OF_PROJECT: [], OF_INDICATOR: []}
    for row, (scope, code, name, _) in enumerate(self_rows(drawn.place), FIRST_ROW):
        figures = [drawn.figure(region, heading, row) for heading in names]
        found[scope].append(SelfFigures(str(code), name, *figures))
    return found


def _groups(drawn: Drawn) -> tuple[GroupFigures, ...]:
    region = drawn.place.group
    names = ("已评分项目数", "平均得分", "合同金额")
    return tuple(
        GroupFigures(group.sort, group.name, *(drawn.figure(region, name, row) for name in names))
        for row, group in enumerate(groups(drawn.place.plan), FIRST_ROW)
    )
