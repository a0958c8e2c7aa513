"""Figures of problems, consequences, self scores, groups and collected data, each with its cell."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypedDict

from toolkit.aggregate.comparison_sheets import EVERYTHING, OF_INDICATOR, OF_PROJECT, self_rows
from toolkit.aggregate.drawn import Drawn
from toolkit.aggregate.layout import collected_headings, groups
from toolkit.aggregate.own_rows import OwnRows, addresses
from toolkit.aggregate.problem_sheets import NOBODY
from toolkit.aggregate.region import FIRST_ROW
from toolkit.model import (
    Application,
    Consequence,
    ErrorValue,
    FactFigures,
    Field,
    FieldType,
    Figure,
    GroupFigures,
    ProblemFigures,
    SelfFigures,
    Value,
)
from toolkit.text import amount
from toolkit.text.values import shown


class Assessed(TypedDict):
    """The part of MasterFigures that this module fills in."""

    problem_rows: tuple[ProblemFigures, ...]
    facts: Mapping[str, tuple[FactFigures, ...]]
    applications: Mapping[str, Application]
    consequences: Mapping[str, Figure]
    collected: Mapping[str, Mapping[str, Figure]]
    self_scores: tuple[SelfFigures, ...]
    self_indicators: tuple[SelfFigures, ...]
    self_total: SelfFigures | None
    groups: tuple[GroupFigures, ...]


def assessed(drawn: Drawn) -> Assessed:
    """All of it."""
    compared = _self_scores(drawn)
    return Assessed(
        problem_rows=_problems(drawn),
        facts=_facts(drawn),
        applications={application.project: application for application in drawn.place.plan.assessment.applications},
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


def _facts(drawn: Drawn) -> dict[str, tuple[FactFigures, ...]]:
    region = drawn.place.fact
    rows, found = OwnRows(region.sheet), dict[str, list[FactFigures]]()
    for row, said in enumerate(drawn.place.plan.assessment.hits, FIRST_ROW):
        entry = drawn.place.entry(said.hit.project)
        at = addresses(region, rows, row, entry.key if entry else said.hit.project)
        amount, lost = (replace(drawn.figure(region, name, row), at=at(name)) for name in ("数额", "失分"))
        advice = said.remark.advice if said.remark else ""
        fact = FactFigures(said.hit, said.text, at("事实"), amount, lost, said.evidence, said.cause, advice)
        found.setdefault(said.hit.project, []).append(fact)
    return {project: tuple(own) for project, own in found.items()}


def _consequences(drawn: Drawn) -> dict[str, Figure]:
    region, first = drawn.place.consequence, FIRST_ROW + len(drawn.place.plan.roster.projects)
    return {str(name): drawn.figure(region, "依据", row) for row, name in enumerate((*Consequence, NOBODY), first)}


def _collected(drawn: Drawn) -> dict[str, dict[str, Figure]]:
    plan, region = drawn.place.plan, drawn.place.collected
    fields = [field for field in plan.scheme.fields if not field.table]
    headings = collected_headings(plan.scheme)[2:]
    found: dict[str, dict[str, Figure]] = {}
    for row, project in enumerate(plan.roster.projects, FIRST_ROW):
        values = plan.fields.get(project.id)
        known = {field: values.value(field.key) if values else None for field in fields}
        found[project.id] = {
            field.key: _cell(field, value, region.address(heading, row))
            for (field, value), heading in zip(known.items(), headings, strict=True)
            if value is not None and value != "" and not isinstance(value, ErrorValue)
        }
    return found


def _cell(field: Field, value: Value, at: str) -> Figure:
    """A field as it is said, without its unit; a date is said in words, while its cell holds a serial number."""
    if not isinstance(value, Decimal):
        return Figure(None, at, str(value))
    if field.type is FieldType.AMOUNT:
        return Figure(value, at, amount(value))
    return Figure(value, at, shown(value, field.type, ""))


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
