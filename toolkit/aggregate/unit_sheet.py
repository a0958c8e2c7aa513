"""Sheet 单位汇总: every responsible unit over its projects; a joint project counts under each of its units."""

from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.layout import EVERY_UNIT, MasterLayout
from toolkit.aggregate.plan import NOTHING, RETURNED
from toolkit.aggregate.region import FIRST_ROW, criterion_within, rounded
from toolkit.aggregate.shades import finding_highlights
from toolkit.aggregate.summary_sheet import MEAN_PLACES
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import Severity

_WIDTHS = (36.0, 10.0, 10.0, 16.0, 12.0, 10.0, 10.0, 10.0)
_NOTE = "联合承担的项目在每个责任单位下各计一次，各单位之和可能大于项目总数；平均得分不含未评分项目。全部为公式。"


def unit_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region, scheme, projects = place.unit, place.plan.scheme, place.plan.roster.projects
    widths = {
        **dict(enumerate(_WIDTHS, 1)),
        4: amount_width((project.contract_amount for project in projects), _WIDTHS[3]),
    }
    draft = Draft(region, widths)
    words = [f"合同金额\n（{scheme.money_unit}）" if heading == "合同金额" else heading for heading in region.headings]
    draft.frame(f"{scheme.title}责任单位汇总表", _NOTE, len(region.headings), words)
    provisional = {entry.id for entry in place.entries if entry.sheet and entry.sheet.provisional}
    for row, (unit, own) in enumerate(place.plan.roster.units().items(), FIRST_ROW):
        look = Look.PROVISIONAL_SCORE if provisional & {project.id for project in own} else Look.SCORE
        _unit(draft, row, unit, look, place)
    return draft.list_sheet(
        1,
        hidden=[region.column("平均得分")] if place.plan.whole else (),
        highlights=finding_highlights(region),
    )


def _unit(draft: Draft, row: int, unit: str, average: Look, place: MasterLayout) -> None:
    mine = f"{place.projects(EVERY_UNIT)},{criterion_within(place.unit.here('责任单位', row), unit, '、')}"
    amounts = place.projects("合同金额")
    draft.put(row, "责任单位", unit, Look.TEXT)
    draft.formula(row, "项目数", f"=COUNTIFS({mine})", Look.WHOLE)
    draft.formula(row, "已报送数", f'=COUNTIFS({mine},{place.projects("报送状态")},"{RETURNED}")', Look.WHOLE)
    known = f'COUNTIFS({mine},{amounts},"<>{NOTHING}")=0'
    draft.formula(row, "合同金额", f'=IF({known},"{NOTHING}",SUMIFS({amounts},{mine}))', Look.AMOUNT)
    if place.plan.whole:
        draft.put(row, "平均得分", NOTHING, Look.CENTRED)
    else:
        totals = place.projects("总分")
        quotient = rounded(f'SUMIFS({totals},{mine})/COUNTIFS({mine},{totals},"<>{NOTHING}")', MEAN_PLACES)
        draft.formula(row, "平均得分", f'=IFERROR({quotient},"{NOTHING}")', average)
    for severity in Severity:
        draft.formula(row, severity.label, f"=SUMIFS({place.projects(severity.label)},{mine})", Look.WHOLE)
