"""When a project was approved, begun and accepted, against when it should have been."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.model import Field, FieldType, Figure, Project, ReportRole
from toolkit.report.facts import ReportFacts
from toolkit.report.reckoned import difference
from toolkit.report.wording import Sentence, say

_PLANNED_OR_NOT = re.compile(r"合同约定|计划|约定|预计|目标|要求|规定|实际|应于|应")
_ENDING = re.compile(r"(?:日期|时间|时限)$")


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that came, the day it was due where the unit told one, and by how many days it was late."""

    name: str
    day: Figure
    planned: Figure | None = None
    late: Figure | None = None

    def words(self) -> Sentence:
        """初验2023年11月8日（计划2023年7月1日，晚130天）."""
        if self.planned is None or self.late is None or self.late.value is None:
            return say(self.name, self.day)
        if self.late.value <= 0:
            return say(self.name, self.day, "（按期）")
        return say(self.name, self.day, "（计划", self.planned, "，晚", self.late, "天）")

    def in_short(self) -> Sentence:
        """初验2023年11月8日（晚130天）: without the day it was due."""
        late = self.planned is not None and self.late is not None and (self.late.value or 0) > 0
        return say(self.name, self.day, "（晚", self.late, "天）") if late and self.late else self.words()


def milestones(facts: ReportFacts, project: Project) -> list[Milestone]:
    """What happened, in order of time; a plan is told with the day it belongs to."""
    planned = {_stem(field): day for field, day in _days(facts, project, ReportRole.PLANNED_MILESTONE)}
    found = [
        _milestone(field, day, planned.get(_stem(field))) for field, day in _days(facts, project, ReportRole.MILESTONE)
    ]
    return sorted(found, key=lambda milestone: milestone.day.value or Decimal(0))


def plans_without_days(facts: ReportFacts, project: Project) -> list[Sentence]:
    """Days that were due and of which nobody told when they came, as the unit was asked to."""
    came = {_stem(field) for field, _ in _days(facts, project, ReportRole.MILESTONE)}
    asked = {_stem(field) for field in facts.scheme.fields if field.role is ReportRole.MILESTONE}
    plans = _days(facts, project, ReportRole.PLANNED_MILESTONE)
    return [
        say(_name(field), day, "（没有填报实际日期）" if _stem(field) in asked else "")
        for field, day in plans
        if _stem(field) not in came
    ]


def _milestone(field: Field, day: Figure, planned: Figure | None) -> Milestone:
    late = difference(day, planned) if planned is not None else None
    return Milestone(_name(field).removeprefix("实际"), day, planned, late)


def _days(facts: ReportFacts, project: Project, role: ReportRole) -> Iterable[tuple[Field, Figure]]:
    known = facts.figures.collected.get(project.id, {})
    for field in facts.fields_of(role):
        value = known.get(field.key) if field.type is FieldType.DATE else None
        if isinstance(value, Figure) and value.value is not None:
            yield field, value


def _name(field: Field) -> str:
    return _ENDING.sub("", field.label)


def _stem(field: Field) -> str:
    """What planned and real days of one milestone have in common: 合同约定初验日期, 实际初验日期 → 初验."""
    return _stem_of(_name(field))


@lru_cache(1_000)
def _stem_of(name: str) -> str:
    return _PLANNED_OR_NOT.sub("", name)
