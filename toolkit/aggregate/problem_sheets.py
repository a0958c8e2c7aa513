"""Sheets 问题汇总, 问题明细, 结果应用: every problem over all projects, every project's facts, and what follows."""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal

from toolkit.aggregate.draft import Draft, RowPlan, key_cell, parts_of
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING, Entry
from toolkit.aggregate.region import FIRST_ROW, Region, criterion
from toolkit.excel.new_book import LongTable, Look, NewCell, NewRow, NewSheet, Own, OwnCell
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

    def key(part: Region) -> str:
        return f"{part.area('编号')},{region.here('编号', row)}"

    def added(heading: str) -> str:
        return f"={facts.added(lambda part: f'SUMIFS({part.area(heading)},{key(part)})')}"

    counted = facts.added(lambda part: f"COUNTIFS({key(part)})")
    draft.put(row, "序号", Decimal(row - FIRST_ROW + 1), Look.WHOLE)
    draft.put(row, "问题", said.text, Look.TEXT)
    draft.put(row, "有问题项目数", Decimal(len(tally.hits)), Look.WHOLE, f"={counted}")
    draft.put(row, "适用且有数据项目数", Decimal(len(tally.population)), Look.WHOLE)
    draft.put(row, "未取得数据项目数", Decimal(len(tally.unknown)), Look.WHOLE)
    if tally.total is None or not _adds_up(tally.row):
        draft.put(row, "数额合计", NOTHING, Look.CENTRED)
    else:
        look = _amount_look(tally.row)
        draft.put(row, "数额合计", tally.total, look, added("数额"))
    draft.put(row, "失分", tally.lost, Look.SCORE, added("失分"))
    concerned = "、".join(entry.name if (entry := place.entry(hit.project)) else hit.project for hit in tally.hits)
    draft.put(row, "涉及项目", concerned or NOTHING, Look.SMALL)
    for heading, cell in _advice(tally.row, place).items():
        draft.put(row, heading, cell.value, cell.look)


def _advice(said: ProblemRow, place: MasterLayout) -> dict[str, NewCell]:
    """The columns both sheets of problems share."""
    indicator = place.plan.scheme.indicator(said.indicator)
    return {
        "类别": NewCell(said.problem_class.value, Look.CENTRED),
        "编号": NewCell(said.code, Look.CENTRED),
        "指标": NewCell(indicator.name if indicator else NOTHING, Look.SMALL),
        "数额单位": NewCell(said.amount_unit or NOTHING, Look.CENTRED),
        "可选原因": NewCell("、".join(said.causes) or NOTHING, Look.SMALL),
        "建议": NewCell(said.advice or NOTHING, Look.SMALL),
        "责任": NewCell(said.responsible or NOTHING, Look.SMALL),
        "期限": NewCell(said.deadline or NOTHING, Look.SMALL),
    }


def _amount_look(row: ProblemRow) -> Look:
    """A fraction whose unit is % is shown as a percentage: 0.57 beside % reads as half a percent."""
    return Look.RATE if row.amount_unit == "%" else Look.AMOUNT if row.amount_unit in _MONEY else Look.PLAIN


def _adds_up(row: ProblemRow) -> bool:
    """Whether the amounts of several projects can be added: money and counts can, rates, days and marks cannot."""
    return row.amount_unit in _MONEY or "{合计}" in row.summary


def fact_sheets(place: MasterLayout) -> Iterator[NewSheet]:
    """Draw sheet 问题明细, and those it goes on on: what holds for each project, the gravest first.

    All points lost add up to what it lost.
    """
    note = (
        "由重到轻排列；同一指标的失分只计入最重的一项，各项失分之和等于该项目的全部失分；"
        "事实、原因、建议以评价人在评审意见.xlsx《失分情况》中所写为准。"
    )
    widths = dict(enumerate(_FACT_WIDTHS, 1))
    rows, hits = _Facts(place, widths), place.plan.assessment.hits
    whole = LongTable(
        FIRST_ROW, len(hits), lambda start: (rows.row(hits[number]) for number in range(start, len(hits))), place.names
    )
    for part, table in parts_of(place.fact, whole):
        draft = Draft(part, widths)
        draft.frame(f"{place.plan.scheme.title}{part.sheet}", note, len(part.headings))
        yield draft.list_sheet(2, table=table)


def amount_cell(hit: ProblemHit) -> NewCell:
    """The cell under 数额."""
    return NewCell(NOTHING, Look.CENTRED) if hit.amount is None else NewCell(hit.amount, _amount_look(hit.row))


class _Facts:
    """Rows of sheet 问题明细: what rows of one problem have alike is put together once."""

    def __init__(self, place: MasterLayout, widths: Mapping[int, float]) -> None:
        self._place, self._widths = place, widths
        self._plans: dict[Hashable, tuple[ProblemRow, RowPlan]] = {}

    def row(self, said: SaidHit) -> NewRow:
        """A fact of one project."""
        hit: ProblemHit = said.hit
        entry = self._place.entry(hit.project)
        key = entry.key if entry else hit.project
        kind = hit.row.code, key.__class__, hit.amount is None
        known = self._plans.get(kind)
        if known is None or known[0] is not hit.row:
            known = self._plans[kind] = hit.row, self._plan(hit, key_cell(key).look)
        return known[1].row(
            (
                key,
                entry.name if entry else NOTHING,
                entry.unit if entry else NOTHING,
                said.text,
                NOTHING if hit.amount is None else hit.amount,
                hit.lost,
                said.evidence or NOTHING,
                said.advice or NOTHING,
                said.cause or NOTHING,
                said.by or NOTHING,
            )
        )

    def _plan(self, hit: ProblemHit, key: Look) -> RowPlan:
        """What rows have alike that have such an amount and a project with such a number."""
        cells: dict[str, NewCell | OwnCell] = {**_advice(hit.row, self._place)}
        cells |= {"项目序号": OwnCell(key), "数额": OwnCell(amount_cell(hit).look)}
        cells |= dict.fromkeys(("责任单位", "建议", "原因"), OwnCell(Look.SMALL))
        cells |= dict.fromkeys(("佐证", "评价人"), OwnCell(Look.CENTRED))
        cells |= {"项目名称": OwnCell(Look.TEXT), "事实": OwnCell(Look.TEXT), "失分": OwnCell(Look.SCORE)}
        return RowPlan(self._place.fact, self._widths, cells)


def consequence_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 结果应用: the projects, then how many each consequence meets."""
    region, plan = place.consequence, place.plan
    draft = Draft(region, dict(enumerate(_CONSEQUENCE_WIDTHS, 1)))
    note = "按方案《结果应用》的规则列示，供安排下年度建设计划和预算参考；问题单独要求的后果更重的，从重。"
    draft.frame(f"{plan.scheme.title}结果应用", note, len(region.headings))
    applied = {application.project: application for application in plan.assessment.applications}
    cells = {"项目名称": OwnCell(Look.TEXT), "责任单位": OwnCell(Look.SMALL), "措施": OwnCell(Look.TEXT)}
    cells |= {"依据": OwnCell(Look.SMALL)} | dict.fromkeys(("等级", "结果应用"), OwnCell(Look.CENTRED))
    plans = {
        number: RowPlan(region, draft.widths, cells | {"项目序号": OwnCell(Look.WHOLE if number else Look.CENTRED)})
        for number in (True, False)
    }
    projects = plan.roster.projects

    def drawn(number: int) -> NewRow:
        entry = place.entries[place.rows[projects[number].id] - FIRST_ROW]
        own = _consequence(entry, applied.get(entry.id))
        return plans[isinstance(own[0], Decimal)].row(own)

    table = LongTable(FIRST_ROW, len(projects), lambda start: map(drawn, range(start, len(projects))))
    last = FIRST_ROW + len(projects) - 1
    area = region.area("结果应用", FIRST_ROW, last)
    for row, name in enumerate((*Consequence, NOBODY), last + 1):
        draft.put(row, "措施", f"合计：{name}", Look.SUM_TEXT)
        draft.formula(row, "依据", f"=COUNTIFS({area},{criterion(str(name))})", Look.SUM_WHOLE)
    return draft.list_sheet(2, table=table)


def _consequence(entry: Entry, applied: Application | None) -> tuple[Own, ...]:
    """The cells of a project's row, in the order of the headings."""
    return (
        entry.key,
        entry.name,
        entry.unit,
        entry.sheet.shown_grade if entry.sheet else NOTHING,
        applied.consequence.value if applied else NOBODY,
        applied.measure if applied else NOTHING,
        applied.because if applied else NOTHING,
    )
