"""The charts of a project's report: its money, its days, its self score against the verified one and its type."""

from decimal import Decimal
from itertools import pairwise

from toolkit.model import Figure, GroupFigures, Project, ProjectFigures, ReportRole, SelfFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.milestones import Milestone, milestones
from toolkit.text import amount, score
from toolkit.word.charts import ChartKind, ChartSpec

PROJECT_CHARTS = FLOW, TIMES, COMPARED = "资金链", "时间进度", "自评与复核"
"""All that a template may have a place for."""
_STAGES = {
    "contract": "合同",
    "audited": "审定",
    "budget": "预算",
    "arrived": "到位",
    "spent": "支出",
    "cumulative": "支付",
}
_KIND = "项目类型"
_HALF_CM, _HEIGHT_CM, _WIDE_CM = 7.6, 3.7, 15.0


def project_charts(facts: ReportFacts, project: ProjectFigures) -> dict[str, ChartSpec]:
    """Chart name → what it shows; only charts with something to compare."""
    made = {FLOW: _flow(facts, project), COMPARED: _compared(facts, project)}
    if project.project:
        made[TIMES] = _times(milestones(facts, project.project))
    return {name: spec for name, spec in made.items() if spec is not None}


def own_self_score(facts: ReportFacts, project: ProjectFigures) -> SelfFigures | None:
    """A project's self score against its verified score, where it gave one."""
    own_id = project.project.id if project.project else ""
    own = facts.self_scores.get(own_id)
    return own if own and own.given.value else None


def own_group(facts: ReportFacts, project: ProjectFigures) -> GroupFigures | None:
    """The projects of its type, where they have an average."""
    kind = project.project.project_type if project.project else ""
    group = next((group for group in facts.figures.groups if group.sort == _KIND and group.name == kind), None)
    return group if group and group.average.value is not None else None


def _flow(facts: ReportFacts, project: ProjectFigures) -> ChartSpec | None:
    """批复 → 合同 → … → 支付, each with what it is below or above the one before."""
    amounts = [(words, getattr(project.funds, name)) for name, words in _STAGES.items()]
    if project.project and (approved := _approved(facts, project.project)):
        amounts.insert(0, ("批复", approved))
    known = [(words, figure.value) for words, figure in amounts if figure.value is not None]
    if len(known) < 3:
        return None
    steps = [Decimal(0), *(after - before for (_, before), (_, after) in pairwise(known))]
    series = {
        "金额": [value - max(step, Decimal(0)) for (_, value), step in zip(known, steps, strict=True)],
        "比上一环节减少": [max(-step, Decimal(0)) or None for step in steps],
        "比上一环节增加": [max(step, Decimal(0)) or None for step in steps],
    }
    labels = [f"{words} {amount(value)}" for words, value in known]
    return ChartSpec(ChartKind.STACKED, labels, series, number_format="#,##0.00", width_cm=8.4, height_cm=_HEIGHT_CM)


def _approved(facts: ReportFacts, project: Project) -> Figure | None:
    known = facts.figures.collected.get(project.id, {})
    own = [known.get(field.key) for field in facts.scheme.fields if field.role is ReportRole.APPROVED]
    return next((value for value in own if isinstance(value, Figure) and value.value is not None), None)


def _times(days: list[Milestone]) -> ChartSpec | None:
    """A bar from each milestone to the next; what lies beyond its due day is told apart."""
    steps = [(before, after) for before, after in pairwise(days) if after.day.value != before.day.value]
    if len(steps) < 2:
        return None
    begins: list[Decimal | None] = []
    on_time: list[Decimal | None] = []
    late: list[Decimal | None] = []
    for before, after in steps:
        start, end = before.day.value or Decimal(0), after.day.value or Decimal(0)
        due = max(start, after.planned.value) if after.planned and after.planned.value is not None else end
        begins.append(start)
        on_time.append(min(end, due) - start)
        late.append(max(end - due, Decimal(0)) or None)
    labels = [f"{before.name}→{after.name}" for before, after in steps]
    series = {"开始": begins, "计划以内": on_time, "晚于计划": late}
    return ChartSpec(ChartKind.TIMELINE, labels, series, number_format="0", width_cm=_WIDE_CM, height_cm=5.2)


def _compared(facts: ReportFacts, project: ProjectFigures) -> ChartSpec | None:
    """自评, 复核, 同类平均."""
    compared, group = own_self_score(facts, project), own_group(facts, project)
    bars = [("自评", compared.claimed), ("复核", compared.verified)] if compared else []
    if not bars and project.total.value is not None:
        bars = [("得分", project.total)]
    if group:
        bars.append((f"{group.name}类平均", group.average))
    values = {label: figure.value for label, figure in bars if figure.value is not None}
    if len(values) < 2:
        return None
    labels = [f"{label} {score(value)}" for label, value in values.items()]
    return ChartSpec(
        ChartKind.BAR,
        labels,
        {"分": list(values.values())},
        number_format="0.00",
        top=float(facts.scheme.total_mark),
        width_cm=6.6,
        height_cm=_HEIGHT_CM,
    )
