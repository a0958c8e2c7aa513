"""Sheets 问题汇总, 问题明细, 结果应用: every problem over all projects, every project's facts, and what follows."""

from decimal import Decimal

from toolkit.aggregate.draft import Draft
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING, Entry
from toolkit.aggregate.region import FIRST_ROW, criterion
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import Application, Consequence, ProblemHit, ProblemRow, SaidHit, SaidProblem

_PROBLEM_WIDTHS = (6.0, 9.0, 12.0, 18.0, 46.0, 9.0, 10.0, 10.0, 12.0, 8.0, 8.0, 46.0, 30.0, 40.0, 18.0, 14.0)
_FACT_WIDTHS = (8.0, 30.0, 20.0, 9.0, 12.0, 18.0, 46.0, 12.0, 8.0, 8.0, 12.0, 30.0, 40.0, 18.0, 14.0, 30.0, 12.0)
_CONSEQUENCE_WIDTHS = (8.0, 40.0, 26.0, 9.0, 14.0, 50.0, 24.0)
_MONEY = ("万元", "元")
NOBODY = "未列入规则"
"""Said where no rule of 结果应用 fits a project."""


def problem_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 问题汇总, a row of 问题与建议 a row; numbers of projects, amounts and points come from 问题明细."""
    region = place.problem
    draft = Draft(region, dict(enumerate(_PROBLEM_WIDTHS, 1)))
    note = (
        "按类别、金额、失分排列。有问题项目数、数额合计、失分为公式，由《问题明细》计算；"
        "各行失分合计等于全部失分；比率、天数、分数不相加。"
    )
    draft.frame(f"{place.plan.scheme.title}问题汇总", note, len(region.headings))
    for row, said in enumerate(place.plan.assessment.problems, FIRST_ROW):
        _problem(draft, row, said, place)
    return draft.list_sheet(3)


def _problem(draft: Draft, row: int, said: SaidProblem, place: MasterLayout) -> None:
    tally, region, facts = said.tally, place.problem, place.fact
    key = f"{facts.area('编号')},{region.here('编号', row)}"
    names = {entry.id: entry.name for entry in place.entries}
    draft.put(row, "序号", Decimal(row - FIRST_ROW + 1), Look.WHOLE)
    draft.put(row, "问题", said.text, Look.TEXT)
    draft.put(row, "有问题项目数", Decimal(len(tally.hits)), Look.WHOLE, f"=COUNTIFS({key})")
    draft.put(row, "适用且有数据项目数", Decimal(len(tally.population)), Look.WHOLE)
    draft.put(row, "未取得数据项目数", Decimal(len(tally.unknown)), Look.WHOLE)
    if tally.total is None or not _adds_up(tally.row):
        draft.put(row, "数额合计", NOTHING, Look.CENTRED)
    else:
        look = _amount_look(tally.row)
        draft.put(row, "数额合计", tally.total, look, f"=SUMIFS({facts.area('数额')},{key})")
    draft.put(row, "失分", tally.lost, Look.SCORE, f"=SUMIFS({facts.area('失分')},{key})")
    concerned = "、".join(names.get(hit.project, hit.project) for hit in tally.hits)
    draft.put(row, "涉及项目", concerned or NOTHING, Look.SMALL)
    _advice(draft, row, tally.row, place)


def _advice(draft: Draft, row: int, said: ProblemRow, place: MasterLayout) -> None:
    """The columns both sheets of problems share."""
    indicator = place.plan.scheme.indicator(said.indicator)
    draft.put(row, "类别", said.problem_class.value, Look.CENTRED)
    draft.put(row, "编号", said.code, Look.CENTRED)
    draft.put(row, "指标", indicator.name if indicator else NOTHING, Look.SMALL)
    draft.put(row, "数额单位", said.amount_unit or NOTHING, Look.CENTRED)
    draft.put(row, "可选原因", "、".join(said.causes) or NOTHING, Look.SMALL)
    draft.put(row, "建议", said.advice or NOTHING, Look.SMALL)
    draft.put(row, "责任", said.responsible or NOTHING, Look.SMALL)
    draft.put(row, "期限", said.deadline or NOTHING, Look.SMALL)


def _amount_look(row: ProblemRow) -> Look:
    """A fraction whose unit is % is shown as a percentage: 0.57 beside % reads as half a percent."""
    return Look.RATE if row.amount_unit == "%" else Look.AMOUNT if row.amount_unit in _MONEY else Look.PLAIN


def _adds_up(row: ProblemRow) -> bool:
    """Whether the amounts of several projects can be added: money and counts can, rates, days and marks cannot."""
    return row.amount_unit in _MONEY or "{合计}" in row.summary


def fact_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 问题明细: what holds for each project, the gravest first; all points lost add up to what it lost."""
    region = place.fact
    draft = Draft(region, dict(enumerate(_FACT_WIDTHS, 1)))
    note = (
        "由重到轻排列；同一指标的失分只计入最重的一项，各项失分之和等于该项目的全部失分；"
        "事实、原因、建议以评价人在评审意见.xlsx《失分情况》中所写为准。"
    )
    draft.frame(f"{place.plan.scheme.title}问题明细", note, len(region.headings))
    by_id = {entry.id: entry for entry in place.entries}
    for row, said in enumerate(place.plan.assessment.hits, FIRST_ROW):
        _fact(draft, row, said, by_id.get(said.hit.project), place)
    return draft.list_sheet(2)


def _fact(draft: Draft, row: int, said: SaidHit, entry: Entry | None, place: MasterLayout) -> None:
    hit: ProblemHit = said.hit
    _whose(draft, row, hit.project, entry)
    draft.put(row, "事实", said.text, Look.TEXT)
    look = Look.CENTRED if hit.amount is None else _amount_look(hit.row)
    draft.put(row, "数额", NOTHING if hit.amount is None else hit.amount, look)
    draft.put(row, "失分", hit.lost, Look.SCORE)
    draft.put(row, "佐证", said.evidence or NOTHING, Look.CENTRED)
    _advice(draft, row, hit.row, place)
    draft.put(row, "建议", said.advice or NOTHING, Look.SMALL)
    draft.put(row, "原因", said.cause or NOTHING, Look.SMALL)
    draft.put(row, "评价人", said.by or NOTHING, Look.CENTRED)


def _whose(draft: Draft, row: int, project: str, entry: Entry | None) -> None:
    key = entry.key if entry else project
    draft.put(row, "项目序号", key, Look.WHOLE if isinstance(key, Decimal) else Look.CENTRED)
    draft.put(row, "项目名称", entry.name if entry else NOTHING, Look.TEXT)
    draft.put(row, "责任单位", entry.unit if entry else NOTHING, Look.SMALL)


def consequence_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 结果应用: the projects, then how many each consequence meets."""
    region, plan = place.consequence, place.plan
    draft = Draft(region, dict(enumerate(_CONSEQUENCE_WIDTHS, 1)))
    note = "按方案《结果应用》的规则列示，供安排下年度建设计划和预算参考；问题单独要求的后果更重的，从重。"
    draft.frame(f"{plan.scheme.title}结果应用", note, len(region.headings))
    applied = {application.project: application for application in plan.assessment.applications}
    by_id = {entry.id: entry for entry in place.entries}
    last = FIRST_ROW + len(plan.roster.projects) - 1
    for row, project in enumerate(plan.roster.projects, FIRST_ROW):
        entry = by_id[project.id]
        _whose(draft, row, project.id, entry)
        draft.put(row, "等级", entry.sheet.shown_grade if entry.sheet else NOTHING, Look.CENTRED)
        _consequence(draft, row, applied.get(project.id))
    area = region.area("结果应用", FIRST_ROW, last)
    for row, name in enumerate((*Consequence, NOBODY), last + 1):
        draft.put(row, "措施", f"合计：{name}", Look.SUM_TEXT)
        draft.formula(row, "依据", f"=COUNTIFS({area},{criterion(str(name))})", Look.SUM_WHOLE)
    return draft.list_sheet(2)


def _consequence(draft: Draft, row: int, applied: Application | None) -> None:
    draft.put(row, "结果应用", applied.consequence.value if applied else NOBODY, Look.CENTRED)
    draft.put(row, "措施", applied.measure if applied else NOTHING, Look.TEXT)
    draft.put(row, "依据", applied.because if applied else NOTHING, Look.SMALL)
