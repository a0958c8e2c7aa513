"""Sheet 单位汇总: every responsible unit over its projects; a joint project counts under each of its units."""

from decimal import Decimal

from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING, RETURNED, Entry
from toolkit.aggregate.region import FIRST_ROW, rounded
from toolkit.aggregate.shades import finding_highlights
from toolkit.aggregate.summary_sheet import MEAN_PLACES, mean, total_contract
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import Severity

_WIDTHS = (36.0, 10.0, 10.0, 16.0, 12.0, 10.0, 10.0, 10.0)
_NOTE = "联合承担的项目在每个责任单位下各计一次，各单位之和可能大于项目总数；平均得分不含未评分项目。全部为公式。"


def unit_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region, scheme, projects = place.unit, place.plan.scheme, place.plan.roster.projects
    widths = {**dict(enumerate(_WIDTHS, 1)), 4: amount_width((one.contract_amount for one in projects), _WIDTHS[3])}
    draft = Draft(region, widths)
    words = [f"合同金额\n（{scheme.money_unit}）" if one == "合同金额" else one for one in region.headings]
    draft.frame(f"{scheme.title}责任单位汇总表", _NOTE, len(region.headings), words)
    by_id = {entry.id: entry for entry in place.entries}
    for row, (unit, own) in enumerate(place.plan.roster.units().items(), FIRST_ROW):
        _unit(draft, row, unit, [by_id[one.id] for one in own], place)
    return draft.list_sheet(
        1,
        hidden=[region.column("平均得分")] if place.plan.whole else (),
        highlights=finding_highlights(region),
    )


def _unit(draft: Draft, row: int, unit: str, own: list[Entry], place: MasterLayout) -> None:
    mine = f'ISNUMBER(FIND("、"&$A{row}&"、","、"&{place.projects("责任单位")}&"、"))'
    draft.put(row, "责任单位", unit, Look.TEXT)
    draft.put(row, "项目数", Decimal(len(own)), Look.WHOLE, f"=SUMPRODUCT({mine}*1)")
    back = Decimal(sum(one.returned for one in own))
    returned = f'=SUMPRODUCT({mine}*({place.projects("报送状态")}="{RETURNED}"))'
    draft.put(row, "已报送数", back, Look.WHOLE, returned)
    amounts = place.projects("合同金额")
    contract = f'=IF(SUMPRODUCT({mine}*ISNUMBER({amounts}))=0,"{NOTHING}",SUMPRODUCT({mine}*1,{amounts}))'
    draft.put(row, "合同金额", total_contract(one.project for one in own), Look.AMOUNT, contract)
    _average(draft, row, mine, own, place)
    for severity in Severity:
        number = Decimal(sum(one.count(severity) for one in own))
        formula = f"=SUMPRODUCT({mine}*1,{place.projects(severity.label)})"
        draft.put(row, severity.label, number, Look.WHOLE, formula)


def _average(draft: Draft, row: int, mine: str, own: list[Entry], place: MasterLayout) -> None:
    if place.plan.whole:
        draft.put(row, "平均得分", NOTHING, Look.CENTRED)
        return
    average = mean(one.sheet.total for one in own if one.sheet)
    totals = place.projects("总分")
    quotient = rounded(f"SUMPRODUCT({mine}*1,{totals})/SUMPRODUCT({mine}*ISNUMBER({totals}))", MEAN_PLACES)
    shown = NOTHING if average is None else average
    draft.put(row, "平均得分", shown, Look.SCORE, f'=IFERROR({quotient},"{NOTHING}")')
