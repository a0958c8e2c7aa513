"""When a project was approved, begun and accepted, against when it should have been."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.formula import parse
from toolkit.model import Field, FieldType, Figure, Indicator, Project, ReportRole, date_to_serial
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
    """Days that were due and of which nobody told when they came, as the unit was asked to, with what it says instead.

    A contract that was ended, or works that are not yet accepted, are told here: no other place of a report has it.
    """
    came = {_stem(field) for field, _ in _days(facts, project, ReportRole.MILESTONE)}
    asked = {_stem(field): field for field in facts.scheme.fields if field.role is ReportRole.MILESTONE}
    plans = _days(facts, project, ReportRole.PLANNED_MILESTONE)
    return [
        say(_name(field), day, _instead(facts, project, asked[_stem(field)], day) if _stem(field) in asked else ())
        for field, day in plans
        if _stem(field) not in came
    ]


def _instead(facts: ReportFacts, project: Project, field: Field, planned: Figure) -> Sentence:
    """（没有实际日期；责任单位说明：合同协商终止）: why there is no day, as far as anybody told."""
    cutoff = facts.scheme.cutoff
    is_due = not cutoff or planned.value is None or planned.value <= date_to_serial(cutoff)
    why = "没有实际日期" if is_due else "数据截止时尚未到期"
    note = _note_on(facts, project, field)
    return say("（", why, *(say("；责任单位说明：", note) if note else ()), "）")


def _note_on(facts: ReportFacts, project: Project, field: Field) -> str:
    """What the unit wrote beside an indicator that is worked out from a field; "" for nothing."""
    own = facts.figures_of(project.id)
    for indicator in facts.scheme.indicators:
        line = own.sheet.own_line(indicator.code) if own else None
        if line and line.note and field.key in _fields_of(facts, indicator):
            return line.note
    return ""


def _fields_of(facts: ReportFacts, indicator: Indicator) -> frozenset[str]:
    """Keys of the fields that an indicator's inputs are worked out from, those behind a computed field too."""
    found: set[str] = set()
    waiting = [asked.formula for asked in indicator.inputs if asked.formula]
    while waiting:
        names = set(parse(waiting.pop()).names) - found
        found |= names
        waiting += [one.formula for name in names if (one := facts.scheme.field(name)) and one.formula]
    return frozenset(found)


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
