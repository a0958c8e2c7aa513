"""Sheet 整体核查: every project of the body that is examined as a whole, its money, and the body's execution of it.

A project that is evaluated too has the verified amounts of sheet 资金核查; another one those of the list. What
the list says stands beside both, outside the print.
"""

from decimal import Decimal

from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.layout import BODY_RATES, LISTED_AS, LISTED_COUNT, MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import FIRST_ROW, Region, rounded
from toolkit.aggregate.summary_sheet import MEAN_PLACES
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Look, NewSheet
from toolkit.formula import rename
from toolkit.formula.operands import operands
from toolkit.model import LISTED_AMOUNTS, ListedProject, date_to_serial

SUM_ROWS = ("合计", "有数据的项目数", "其中：参加评价", "其中：未参加评价")
"""The rows under the projects, in order."""
UNSPENT, DIFFERING = "到位未支出", "差异项数"
_CENT = "0.005"
_WIDTHS = {"序号": 8.0, "项目编号": 15.0, "立项年度": 8.0, "责任单位": 22.0, "项目名称": 40.0, "参评序号": 8.0}
_WIDTHS |= {"等级": 7.0, "总分": 9.0, "完成日期": 13.0, "备注": 28.0}
_USUAL = {
    "资金到位率": "ROUND(实际到位资金/预算资金,4)",
    "预算执行率": "ROUND(实际支出资金/实际到位资金,4)",
    "支出占预算": "ROUND(实际支出资金/预算资金,4)",
}
"""How a rate is reckoned where the scheme has no formula of its own over these amounts."""


def body_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region, scheme, listed = place.body, place.plan.scheme, place.plan.roster.listed
    draft = Draft(region, {n: _WIDTHS.get(heading, 13.5) for n, heading in enumerate(region.headings, 1)})
    for name in LISTED_AMOUNTS:
        draft.widths[region.column(name)] = amount_width((project.amounts.get(name) for project in listed), 13.5)
    words = [f"{heading}\n（{scheme.money_unit}）" if _is_money(heading) else heading for heading in region.headings]
    last = region.column("备注")
    title = f"{scheme.settings.get('整体核查单位', '')}{scheme.year}年度项目整体核查表"
    draft.frame(title, _note(scheme.money_unit), last, words)
    for row, project in enumerate(listed, FIRST_ROW):
        _project(draft, row, project, place)
    _sums(draft, place)
    area = f"A1:{cell_name(region.sum_row + len(SUM_ROWS) - 1, last)}"
    return draft.list_sheet(5, print_area=area)


def _note(unit: str) -> str:
    return (
        f"金额单位：{unit}。总体为《整体核查清单》所列全部项目。参加评价的项目取采集表核定的金额（《资金核查》），没有的和其他项目取清单。"
        "空白为没有数据，不按0计算；合计行的比率只含该比率可计算的项目。打印区域之外为清单所列金额。"
    )


def _is_money(heading: str) -> bool:
    return heading in (*LISTED_AMOUNTS, UNSPENT, *LISTED_AS.values())


def _project(draft: Draft, row: int, project: ListedProject, place: MasterLayout) -> None:
    draft.put(row, "序号", *_number(project.id))
    draft.put(row, "项目编号", project.code or NOTHING, Look.CENTRED)
    draft.put(row, "立项年度", Decimal(project.year) if project.year else NOTHING, Look.PLAIN)
    draft.put(row, "责任单位", "、".join(project.units), Look.TEXT)
    draft.put(row, "项目名称", project.name, Look.TEXT)
    draft.put(row, "参评序号", *(_number(project.project) if project.project else (NOTHING, Look.CENTRED)))
    done = Decimal(date_to_serial(project.done)) if project.done else NOTHING
    draft.put(row, "完成日期", done, Look.DAY if project.done else Look.CENTRED)
    draft.put(row, "备注", project.remark or NOTHING, Look.TEXT)
    draft.put(row, LISTED_COUNT, Decimal(1), Look.WHOLE)
    for name, heading in LISTED_AS.items():
        amount = project.amounts.get(name)
        draft.put(row, heading, amount, Look.AMOUNT if amount is not None else Look.CENTRED)
    _amounts(draft, row, project, place)
    _scores(draft, row, project, place)


def _number(text: str) -> tuple[Decimal | str, Look]:
    """A number where it reads as one, so that it sorts as people expect."""
    whole = text.isascii() and text.isdecimal() and text[0] != "0"
    return (Decimal(text), Look.WHOLE) if whole else (text, Look.CENTRED)


def _amounts(draft: Draft, row: int, project: ListedProject, place: MasterLayout) -> None:
    region = place.body
    verified = _row_of(project, place)
    differing: list[str] = []
    for name, heading in LISTED_AS.items():
        own = region.here(heading, row)
        listed = f'IF(ISNUMBER({own}),{own},"")'
        if verified:
            there = place.fund.address(name, verified)
            draft.formula(row, name, f"=IF(ISNUMBER({there}),{there},{listed})", Look.AMOUNT)
            differing.append(f"IF(COUNT({own},{there})=2,IF(ABS({own}-{there})>{_CENT},1,0),0)")
        else:
            draft.formula(row, name, f"={listed}", Look.AMOUNT)
    for name in BODY_RATES:
        draft.formula(row, name, f"={_rate(name, place, _cells(region, row))}", Look.RATE)
    arrived, spent = region.here("实际到位资金", row), region.here("实际支出资金", row)
    draft.formula(row, UNSPENT, f'=IF(COUNT({arrived},{spent})=2,{arrived}-{spent},"")', Look.AMOUNT)
    draft.formula(row, DIFFERING, f"={'+'.join(differing) or '0'}", Look.WHOLE)


def _scores(draft: Draft, row: int, project: ListedProject, place: MasterLayout) -> None:
    """The score of the evaluation, for a project that has one."""
    entry = next((entry for entry in place.entries if entry.project and entry.id == project.project), None)
    for heading, look in (("总分", Look.SCORE), ("等级", Look.CENTRED)):
        if entry is None or entry.sheet is None:
            draft.put(row, heading, NOTHING, Look.CENTRED)
        else:
            draft.formula(row, heading, f"={place.summary.address(heading, place.row_of(entry))}", look)


def _row_of(project: ListedProject, place: MasterLayout) -> int:
    """The project's row on sheet 资金核查; 0 where it is not evaluated."""
    ids = [one.id for one in place.plan.roster.projects]
    return FIRST_ROW + ids.index(project.project) if project.project else 0


def _cells(region: Region, row: int) -> dict[str, str]:
    return {name: region.here(name, row) for name in LISTED_AMOUNTS}


def _rule(name: str, place: MasterLayout) -> str:
    """The rate as the scheme's own formula says, where it uses nothing but amounts of the list."""
    field = place.plan.scheme.field(name)
    own = field is not None and bool(field.formula) and set(operands(field.formula)) <= set(LISTED_AMOUNTS)
    return field.formula.lstrip("=") if field is not None and own else _USUAL[name]


def _rate(name: str, place: MasterLayout, cells: dict[str, str]) -> str:
    rule = _rule(name, place)
    used = [cells[operand] for operand in dict.fromkeys(operands(f"={rule}"))]
    ruled = rename(f"={rule}", cells).lstrip("=")
    return f'IF(COUNT({",".join(used)})<{len(used)},"{NOTHING}",IFERROR({ruled},"{NOTHING}"))'


def _sums(draft: Draft, place: MasterLayout) -> None:
    region = place.body
    for number, label in enumerate(SUM_ROWS):
        row = region.sum_row + number
        for heading in region.headings:
            draft.put(row, heading, None, Look.SUM_TEXT)
        draft.put(row, "项目名称", label, Look.SUM_TEXT)
    first, counts, evaluated, others = range(region.sum_row, region.sum_row + len(SUM_ROWS))
    for row, criteria in ((first, ""), (evaluated, f'"<>{NOTHING}"'), (others, f'"{NOTHING}"')):
        _sum_row(draft, row, place, criteria)
    scores = region.own_area("总分")
    mean = rounded(f"SUM({scores})/COUNT({scores})", MEAN_PLACES)
    draft.formula(first, "总分", f'=IFERROR({mean},"{NOTHING}")', Look.SUM_SCORE)
    for name in (*LISTED_AMOUNTS, *BODY_RATES, UNSPENT, "总分"):
        draft.formula(counts, name, f"=COUNT({region.own_area(name)})", Look.SUM_WHOLE)


def _sum_row(draft: Draft, row: int, place: MasterLayout, criteria: str) -> None:
    """Sums over all projects, over those evaluated (参评序号 is not —), or over the others."""
    region = place.body
    within = f",{region.own_area('参评序号')},{criteria}" if criteria else ""

    def total(name: str, further: str = "") -> str:
        area = region.own_area(name)
        return f'SUMIFS({area},{area},">-1000000000"{within}{further})'

    def known(name: str) -> str:
        area = region.own_area(name)
        return f'COUNTIFS({area},">-1000000000"{within})'

    for name in (*LISTED_AMOUNTS, UNSPENT):
        draft.formula(row, name, f'=IF({known(name)}=0,"{NOTHING}",{total(name)})', Look.SUM_AMOUNT)
    for name in (LISTED_COUNT, DIFFERING):
        draft.formula(row, name, f"={total(name)}", Look.SUM_WHOLE)
    for name in BODY_RATES:
        only = f',{region.own_area(name)},">-1000000000"'
        cells = {amount: total(amount, only) for amount in LISTED_AMOUNTS}
        rule = rename(f"={_rule(name, place)}", cells).lstrip("=")
        formula = f'=IF({known(name)}=0,"{NOTHING}",IFERROR({rule},"{NOTHING}"))'
        draft.formula(row, name, formula, Look.SUM_RATE)
