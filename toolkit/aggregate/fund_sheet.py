"""Sheet 资金核查: every project's money, its rates by the scheme's own formulas, and checks of what was paid."""

from decimal import Decimal

from toolkit.aggregate import fund_columns as columns
from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOT_RETURNED, NOTHING
from toolkit.aggregate.region import FIRST_ROW, Region
from toolkit.aggregate.shades import column_area
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Highlight, Look, NewSheet, Shade
from toolkit.formula import rename
from toolkit.formula.fields import leaves
from toolkit.model import FieldType, Project, Scheme, Value

_WIDTHS = {"序号": 6.0, "责任单位": 20.0, "项目名称": 30.0} | dict.fromkeys(columns.CHECKS, 10.5)
_WIDTHS[columns.EXCESS] = _AMOUNT = 13.5  # nine characters of a heading in a line
_EVERY_NUMBER = '">-1000000000"'
_CENT = "0.005"
"""What the checks of single projects overlook as rounding."""
_LOOKS = {FieldType.RATE: Look.RATE, FieldType.AMOUNT: Look.AMOUNT, FieldType.DATE: Look.DAY}


def fund_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region, scheme, projects = place.fund, place.plan.scheme, place.plan.roster.projects
    draft = Draft(region, {n: _WIDTHS.get(heading, _AMOUNT) for n, heading in enumerate(region.headings, 1)})
    for key in place.columns.values:
        draft.widths[region.column(key)] = amount_width((_given(project, place)[key] for project in projects), _AMOUNT)
    draft.frame(
        f"{scheme.title}资金核查表", _note(scheme), region.column(columns.SPENDING_CHECK), _words(scheme, region)
    )
    for row, project in enumerate(projects, FIRST_ROW):
        _project(draft, row, project, place)
    _sums(draft, place)
    _counts(draft, place)
    return draft.list_sheet(
        3,
        hidden=map(region.column, place.columns.hidden),
        print_area=f"A1:{cell_name(region.sum_row + 1, region.column(columns.SPENDING_CHECK))}",
        highlights=_highlights(region),
    )


def _note(scheme: Scheme) -> str:
    return (
        f"金额单位：{scheme.money_unit}。浅橙色空白格为应填未填，不按0计算；三率为方案公式，逐行实时计算。"
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


def _project(draft: Draft, row: int, project: Project, place: MasterLayout) -> None:
    id_ = (
        Decimal(project.id) if project.id.isascii() and project.id.isdecimal() and project.id[0] != "0" else project.id
    )
    draft.put(row, "序号", id_, Look.WHOLE if isinstance(id_, Decimal) else Look.CENTRED)
    draft.put(row, "责任单位", "、".join(project.units) or project.unit, Look.TEXT)
    draft.put(row, "项目名称", project.name, Look.TEXT)
    values = _given(project, place)
    for key in (*place.columns.sequence, *columns.RATES):
        formula = _formula(row, key, project, place)
        if formula:
            draft.formula(row, key, formula, _look(key, place), empty=_look_of_nothing(key, project, place))
        else:
            _typed(draft, row, key, values[key], place)
    _checks(draft, row, place, returned=project.id in place.plan.submissions)


def _given(project: Project, place: MasterLayout) -> dict[str, Value]:
    """Values of the row by field key; the contract amount of the roster where the unit gave none."""
    found = place.plan.fields.get(project.id)
    values = {key: found.value(key) if found else None for key in (*place.columns.values, *columns.RATES)}
    if values[columns.CONTRACT] is None:
        values[columns.CONTRACT] = project.contract_amount
    return values


def _formula(row: int, key: str, project: Project, place: MasterLayout) -> str:
    """The scheme's formula over the row; nothing where a required amount it stands on is blank, or all of them.

    Excel takes a blank for 0, so a cost that was never reported would save everything.
    """
    found, field = place.plan.fields.get(project.id), place.plan.scheme.field(key)
    judged = found.judged if found else frozenset()
    if key not in place.columns.live or key in judged or field is None:
        return ""
    stands_on = leaves(place.plan.scheme.fields, field.formula, judged)
    here = {field.key: place.fund.here(field.key, row) for field in stands_on}
    missing = [f'{here[field.key]}=""' for field in stands_on if field.required]
    if len(missing) < len(stands_on):
        missing.append(f"COUNT({','.join(here.values())})=0")
    nothing = f'"{NOTHING}"' if key in columns.RATES else '""'
    rule = f"IFERROR({rename(field.formula, _cells(place.fund, row)).lstrip('=')},{nothing})"
    return f"=IF(OR({','.join(missing)}),{nothing},{rule})" if missing else f"={rule}"


def _typed(draft: Draft, row: int, key: str, value: Value, place: MasterLayout) -> None:
    if isinstance(value, Decimal):
        draft.put(row, key, value, _look(key, place))
    elif key in columns.RATES:
        draft.put(row, key, NOTHING, Look.RATE)
    else:
        field = place.plan.scheme.field(key)
        draft.put(row, key, None, Look.MISSING if field and field.required else _look(key, place))


def _look_of_nothing(key: str, project: Project, place: MasterLayout) -> Look:
    """A calculated amount is missing where one it stands on had to be reported."""
    found, field = place.plan.fields.get(project.id), place.plan.scheme.field(key)
    if key in columns.RATES or field is None:
        return _look(key, place)
    judged = found.judged if found else frozenset()
    asked = any(key.required for key in leaves(place.plan.scheme.fields, field.formula, judged))
    return Look.MISSING if asked else _look(key, place)


def _look(key: str, place: MasterLayout) -> Look:
    if key in columns.RATES:
        return Look.RATE
    field = place.plan.scheme.field(key)
    return _LOOKS.get(field.type, Look.PLAIN) if field else Look.AMOUNT


def _cells(region: Region, row: int) -> dict[str, str]:
    others = (*columns.WHO, *columns.CHECKS)
    return {key: region.here(key, row) for key in region.headings if key not in others}


def _checks(draft: Draft, row: int, place: MasterLayout, *, returned: bool) -> None:
    here = {heading: place.fund.here(heading, row) for heading in place.fund.headings}
    contract, audited, paid = here[columns.CONTRACT], here[columns.AUDITED], here[columns.CUMULATIVE]
    arrived, spent, excess = here[columns.ARRIVED], here[columns.SPENT], here[columns.EXCESS]
    if returned:
        draft.formula(row, columns.COMPLETENESS, _completeness(place, row), Look.CENTRED)
    else:
        draft.put(row, columns.COMPLETENESS, NOT_RETURNED, Look.CENTRED)
    undecided = f'OR({paid}="",AND(N({contract})=0,N({audited})=0))'
    over = f"{paid}-IF(N({audited})>0,{audited},{contract})"
    rest = f"{over}-N({here[columns.FEE]})" if columns.FEE in here else over
    draft.formula(row, columns.EXCESS, f'=IF({undecided},"",MAX(0,ROUND({rest},6)))', Look.AMOUNT)
    within = f'"{columns.WITHIN}"'
    unless_fee = f'IF(ROUND({over},6)>{_CENT},"{columns.WITH_FEE}",{within})' if rest != over else within
    payment = f'=IF({excess}="","{columns.BLANK}",IF({excess}>{_CENT},"{columns.OVER}",{unless_fee}))'
    draft.formula(row, columns.PAYMENT_CHECK, payment, Look.CENTRED)
    too_much = f'IF(ROUND({spent}-{arrived},6)>{_CENT},"{columns.TOO_MUCH}",{within})'
    spending = f'=IF(OR({arrived}="",{spent}=""),"{columns.BLANK}",{too_much})'
    draft.formula(row, columns.SPENDING_CHECK, spending, Look.CENTRED)


def _completeness(place: MasterLayout, row: int) -> str:
    asked = [key for key in place.columns.values if (field := place.plan.scheme.field(key)) and field.required]
    missing = "+".join(f"COUNTBLANK({place.fund.here(key, row)})" for key in asked) or "0"
    return f'=IF({missing}=0,"齐全","缺"&({missing})&"项")'


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
    operands = [operand for operand in _cells(region, row) if operand != key]
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
