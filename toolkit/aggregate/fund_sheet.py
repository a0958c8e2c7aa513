"""Sheet 资金核查: every project's money, its rates by the scheme's own formulas, and checks of what was paid."""

from collections.abc import Iterator

from toolkit.aggregate import fund_columns as columns
from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.fund_rows import FundRows, operands_at
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOT_RETURNED, NOTHING
from toolkit.aggregate.region import FIRST_ROW, Region
from toolkit.aggregate.shades import column_area
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import ROW, Highlight, LongTable, Look, NewSheet, Shade
from toolkit.formula import rename
from toolkit.model import FieldType, Scheme, Value

_WIDTHS = {"序号": 6.0, "责任单位": 20.0, "项目名称": 30.0} | dict.fromkeys(columns.CHECKS, 10.5)
_WIDTHS[columns.EXCESS] = _AMOUNT = 13.5  # nine characters of a heading in a line
_EVERY_NUMBER = '">-1000000000"'


def fund_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region, scheme, projects = place.fund, place.plan.scheme, place.plan.roster.projects
    draft = Draft(region, {n: _WIDTHS.get(heading, _AMOUNT) for n, heading in enumerate(region.headings, 1)})
    for key in place.columns.values:
        draft.widths[region.column(key)] = amount_width(_reported(key, place), _AMOUNT)
    draft.frame(
        f"{scheme.title}资金核查表", _note(scheme), region.column(columns.SPENDING_CHECK), _words(scheme, region)
    )
    rows = FundRows(place, draft.widths)
    _sums(draft, place)
    _counts(draft, place)
    return draft.list_sheet(
        3,
        hidden=map(region.column, place.columns.hidden),
        print_area=f"A1:{cell_name(region.sum_row + 1, region.column(columns.SPENDING_CHECK))}",
        highlights=_highlights(region),
        table=LongTable(FIRST_ROW, len(projects), rows.rows),
    )


def _note(scheme: Scheme) -> str:
    return (
        f"金额单位：{scheme.money_unit}。浅橙色空白格为应填未填，或单位填错（如以元填报）尚未更正，不按0计算；三率为方案公式，逐行实时计算。"
        "合计行的比率只含该比率可计算的项目，末行为各列有数据的项目数。表右侧打印区域之外为三率公式用到的其他数据。"
    )


def _words(scheme: Scheme, region: Region) -> list[str]:
    words = []
    after_fees = {columns.EXCESS: f"{columns.EXCESS}\n（已扣第三方费用）"} if columns.FEE in region.headings else {}
    for heading in region.headings:
        field = scheme.field(heading)
        label = field.label if field else after_fees.get(heading, heading)
        words.append(
            f"{label}\n（{field.unit}）" if field and field.unit and field.type is not FieldType.RATE else label
        )
    return words


def _reported(key: str, place: MasterLayout) -> Iterator[Value]:
    """A column's values as far as somebody reported them."""
    for project in place.plan.roster.projects:
        found = place.plan.fields.get(project.id)
        value = found.value(key) if found else None
        yield project.contract_amount if value is None and key == columns.CONTRACT else value


def _sums(draft: Draft, place: MasterLayout) -> None:
    region, row = place.fund, place.fund.sum_row
    for heading in region.headings:
        draft.put(row, heading, None, Look.SUM_TEXT)
    draft.put(row, "序号", "合计", Look.SUM_TEXT)
    for key in (*place.columns.values, columns.EXCESS):
        field = place.plan.scheme.field(key)
        if field is None or field.type in (FieldType.AMOUNT, FieldType.NUMBER):
            _sum(draft, row, key)
    for key in columns.RATES:
        _sum_rate(draft, row, key, place)
    for heading, word in ((columns.PAYMENT_CHECK, columns.OVER), (columns.SPENDING_CHECK, columns.TOO_MUCH)):
        draft.formula(row, heading, f'=COUNTIF({region.own_area(heading)},"{word}")&"项"', Look.SUM_TEXT)


def _counts(draft: Draft, place: MasterLayout) -> None:
    """Under every sum, over how many projects it is."""
    region, row = place.fund, place.fund.sum_row + 1
    for heading in region.headings:
        draft.put(row, heading, None, Look.SUM_TEXT)
    draft.put(row, "序号", "项目数", Look.SUM_TEXT)
    for key in (*place.columns.values, *columns.RATES):
        draft.formula(row, key, f"=COUNT({region.own_area(key)})", Look.SUM_WHOLE)


def _sum(draft: Draft, row: int, key: str) -> None:
    area = draft.region.own_area(key)
    draft.formula(row, key, f'=IF(COUNT({area})=0,"{NOTHING}",SUM({area}))', Look.SUM_AMOUNT)


def _sum_rate(draft: Draft, row: int, key: str, place: MasterLayout) -> None:
    """The scheme's formula over sums of those projects for which the rate is a number."""
    field, region = place.plan.scheme.field(key), place.fund
    if field is None or key not in place.columns.live:
        draft.put(row, key, NOTHING, Look.SUM_RATE)
        return
    rates = region.own_area(key)
    operands = [operand for operand in operands_at(region, ROW) if operand != key]
    cells = {operand: f"SUMIFS({region.own_area(operand)},{rates},{_EVERY_NUMBER})" for operand in operands}
    rule = rename(field.formula, cells).lstrip("=")
    draft.formula(row, key, f'=IFERROR(IF(COUNT({rates})=0,"{NOTHING}",{rule}),"{NOTHING}")', Look.SUM_RATE)


def _highlights(region: Region) -> tuple[Highlight, ...]:
    wanted = (
        (columns.PAYMENT_CHECK, columns.OVER, Shade.RED),
        (columns.PAYMENT_CHECK, columns.WITH_FEE, Shade.AMBER),
        (columns.PAYMENT_CHECK, columns.WITHIN, Shade.GREEN),
        (columns.SPENDING_CHECK, columns.TOO_MUCH, Shade.AMBER),
        (columns.SPENDING_CHECK, columns.WITHIN, Shade.GREEN),
        (columns.COMPLETENESS, "齐全", Shade.GREEN),
        (columns.COMPLETENESS, NOT_RETURNED, Shade.RED),
    )
    return tuple(Highlight(column_area(region, heading), shade, text=word) for heading, word, shade in wanted)
