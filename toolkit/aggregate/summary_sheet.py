"""Sheet 汇总: one row a project, everything on it calculated from the other sheets."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from urllib.parse import quote

from toolkit.aggregate.calculated import SheetValues
from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.groups import KIND
from toolkit.aggregate.layout import AFTER, CATEGORY, EVERY_UNIT, MasterLayout
from toolkit.aggregate.plan import NOT_RETURNED, NOTHING, UNSCORED
from toolkit.aggregate.region import FIRST_ROW, quoted, rounded
from toolkit.aggregate.shades import column_area, finding_highlights, grade_highlights
from toolkit.aggregate.summary_rows import SummaryRows
from toolkit.aggregate.sums import Sums
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Highlight, LongTable, Look, NewLink, NewSheet, Shade
from toolkit.model import Severity
from toolkit.text import amount, chinese_date, plain

SUM, MEAN, HIGHEST, LOWEST = "合计", "平均", "最高", "最低"
_SUM_ROWS = (SUM, MEAN, HIGHEST, LOWEST)
MEAN_PLACES = 2
"""Decimals of an average score: those that are printed."""
_SHOWN = 3
LINK = "jixiao"
"""Scheme of addresses that open the window; see :mod:`toolkit.desktop.state.linking`."""
_COUNTS = {severity.label: severity for severity in Severity}


def summary_sheet(place: MasterLayout, found: Sums, long: SheetValues) -> NewSheet:
    """Draw the sheet; ``long``: the sheets that its formulas search where nothing is added up beforehand."""
    region, scheme = place.summary, place.plan.scheme
    draft = Draft(region, _widths(place))
    last = region.column(AFTER[-1])
    draft.frame(f"{scheme.title}评分汇总表", _note(place), last, _words(place))
    rows = SummaryRows(place, found, long, draft.widths)
    _sums(draft, place, found)
    if not place.plan.one_score:
        _means(draft, place)
    last_row = _remarks(draft, place, last)
    return draft.list_sheet(
        4,
        hidden=_hidden(place),
        print_area=f"A1:{cell_name(last_row, last)}",
        highlights=(
            *grade_highlights(scheme, region),
            *finding_highlights(region),
            Highlight(column_area(region, "报送状态"), Shade.RED, text=NOT_RETURNED),
        ),
        links=_links(place),
        table=LongTable(FIRST_ROW, len(place.entries), rows.rows),
    )


def sum_row(place: MasterLayout, name: str) -> int:
    """Row of 合计, 平均, 最高 or 最低 on sheet 汇总."""
    return place.summary.sum_row + _SUM_ROWS.index(name)


def adding_up(averages: Sequence[str], before: str) -> str:
    """An average rounded so that it and those before it add up to what their sum rounds to.

    Rounded one by one, 33.333 + 33.333 + 33.333 would be 99.99 under a total of 100.00.

    Args:
        averages: expressions of all averages up to this one. The — of a project without a score counts in none.
        before: the cells with the rounded ones before it; "" for the first.
    """
    reached = rounded("+".join(averages), MEAN_PLACES)
    average = f"ROUND({reached}-SUM({before}),{MEAN_PLACES})" if before else reached
    return f'=IFERROR({average},"{NOTHING}")'


def mean_formula(area: str) -> str:
    """The average of an area, rounded as it is printed, so that a reader can work on with it."""
    return adding_up([f"AVERAGE({area})"], "")


def _hidden(place: MasterLayout) -> list[int]:
    """Marks that are the scheme's own for every project say nothing new; what serves other sheets never does."""
    shared_out = any(entry.renormalised for entry in place.entries)
    categories = () if place.categories else (*place.weights.values(), CATEGORY)
    marks = () if shared_out else place.marks.values()
    return [place.summary.column(key) for key in (*marks, *categories, EVERY_UNIT, KIND)]


def _widths(place: MasterLayout) -> dict[int, float]:
    by_heading = {
        "序号": 6.0,
        "立项年度": 7.0,
        "责任单位": 19.0,
        "项目名称": 36.0,
        "合同金额": amount_width((entry.project.contract_amount for entry in place.entries if entry.project), 12.0),
        "报送状态": 8.0,
        "评分状态": 10.5,
        "总分": 12.0 if place.provisional else 8.5,
        CATEGORY: 16.0,
        EVERY_UNIT: 16.0,
        KIND: 12.0,
    } | dict.fromkeys([*place.dimension.values(), *place.marks.values(), *place.weights.values()], 9.0)
    return {n: by_heading.get(heading, 7.0) for n, heading in enumerate(place.summary.headings, 1)}


def _words(place: MasterLayout) -> list[str]:
    scheme = place.plan.scheme
    words = {"合同金额": f"合同金额\n（{scheme.money_unit}）", "总分": f"总分\n（{plain(scheme.total_mark)}分）"}
    words |= {key: f"{name}\n（{_weights(place, name)}分）" for name, key in place.dimension.items()}
    words |= {key: f"{name}\n计分值" for name, key in place.marks.items()}
    words |= {key: f"{name}\n分值" for name, key in place.weights.items()}
    return [words.get(heading, heading) for heading in place.summary.headings]


def _weights(place: MasterLayout, name: str) -> str:
    """The weight of a first-level indicator; 30/60 where it differs between categories, 10～60 where there are many."""
    if not place.categories:
        return plain(place.own_weights.get(name, Decimal(0)))
    found = sorted({category.weights.get(name, Decimal(0)) for category in place.categories})
    return "/".join(map(plain, found)) if len(found) <= _SHOWN else f"{plain(found[0])}～{plain(found[-1])}"


def _note(place: MasterLayout) -> str:
    scheme = place.plan.scheme
    cutoff = f"；数据截止日：{chinese_date(scheme.cutoff)}" if scheme.cutoff else ""
    return (
        f"委托单位：{scheme.client}；评价机构：{scheme.evaluator}；方案版本：{scheme.version}{cutoff}。"
        "本表得分、等级、排名和问题数均为公式，由《指标得分》《问题清单》计算。"
    )


def _links(place: MasterLayout) -> Callable[[], Iterator[NewLink]] | None:
    """A click on a project's number opens the window at that project, where the window is set up."""
    evaluation, column = place.plan.evaluation, place.summary.column("序号")

    def links() -> Iterator[NewLink]:
        for row, entry in enumerate(place.entries, FIRST_ROW):
            if entry.project:
                address = f"{LINK}://{evaluation}/{quote(entry.project.id, safe='')}"
                yield NewLink(cell_name(row, column), address, "在绩效核查工作台中打开这个项目")

    return links if evaluation else None


def _sums(draft: Draft, place: MasterLayout, found: Sums) -> None:
    row, region = place.summary.sum_row, place.summary
    for heading in region.headings:
        draft.put(row, heading, None, Look.SUM_TEXT)
    draft.put(row, "序号", SUM, Look.SUM_TEXT)
    projects = Decimal(sum(entry.project is not None for entry in place.entries))
    draft.put(row, "项目名称", f"共{projects}个项目", Look.SUM_TEXT)
    amounts = region.own_area("合同金额")
    draft.formula(row, "合同金额", f'=IF(COUNT({amounts})=0,"{NOTHING}",SUM({amounts}))', Look.SUM_AMOUNT)
    for label in _COUNTS:
        counted = place.finding.counted("严重程度", quoted(label))
        draft.formula(row, label, f"={counted}", Look.SUM_WHOLE, known=Decimal(found.severities[label]))


def _means(draft: Draft, place: MasterLayout) -> None:
    region, look = place.summary, Look.SUM_PROVISIONAL_SCORE if place.provisional else Look.SUM_SCORE
    for label in _SUM_ROWS[1:]:
        for heading in region.headings:
            draft.put(sum_row(place, label), heading, label if heading == "序号" else None, Look.SUM_TEXT)
    for heading in (*place.dimension.values(), "总分"):
        area = region.own_area(heading)
        for label, function in ((HIGHEST, "MAX"), (LOWEST, "MIN")):
            formula = f'=IF(COUNT({area})=0,"{NOTHING}",{function}({area}))'
            draft.formula(sum_row(place, label), heading, formula, look if heading == "总分" else Look.SUM_SCORE)
    row, averages, keys = sum_row(place, MEAN), list[str](), list(place.dimension.values())
    for number, heading in enumerate(keys):
        averages.append(f"AVERAGE({region.own_area(heading)})")
        before = f"{region.here(keys[0], row)}:{region.here(keys[number - 1], row)}" if number else ""
        draft.formula(row, heading, adding_up(averages, before), Look.SUM_SCORE)
    draft.formula(row, "总分", mean_formula(region.own_area("总分")), look)


def _remarks(draft: Draft, place: MasterLayout, last_column: int) -> int:
    """Notes under the table; the row of the last one."""
    remarks = [text for text in _remark_texts(place) if text]
    above = sum_row(place, SUM if place.plan.one_score else LOWEST)
    for number, text in enumerate(remarks, 1):
        draft.merged(above + number, last_column, f"注{number}：{text}", Look.NOTE)
    return above + len(remarks)


def _remark_texts(place: MasterLayout) -> tuple[str, ...]:
    return (
        _category_remark(place),
        _missing_remark(place),
        _unscored_remark(place),
        _renormalised_remark(place),
        _count_remark(place),
        roster_remark(place),
    )


def _category_remark(place: MasterLayout) -> str:
    """What the headings with several weights mean."""
    names = "、".join(f"“{category.name}”" for category in place.categories)
    words = "适用的指标不同，表头括号内为各类的分值，每个项目的分值和所属类别见表右侧打印区域之外"
    return f"{names}各类项目{words}，各类得分率见《分类得分率》。" if names else ""


def _missing_remark(place: MasterLayout) -> str:
    number = sum(entry.sheet is not None and not entry.returned for entry in place.entries)
    words = "未报送，得分只含评价人已评定的指标，其余按无数据计零"
    return f"{number}个项目{words}，计入平均分。" if number else ""


def _unscored_remark(place: MasterLayout) -> str:
    number = sum(entry.scoring_words == UNSCORED for entry in place.entries)
    return (
        f"{number}个项目没有任何可评分的数据（评分状态为“{UNSCORED}”），不评分、不定等级、不排名，不计入平均和得分率。"
        if number
        else ""
    )


def _renormalised_remark(place: MasterLayout) -> str:
    number = sum(entry.renormalised for entry in place.entries)
    words = "有指标不适用，其分值分摊到其余指标，一级指标得分以折算后的计分值为满分；计分值见表右侧打印区域之外"
    return f"{number}个项目{words}。" if number else ""


def _count_remark(place: MasterLayout) -> str:
    own = {entry.id for entry in place.entries}
    number = sum(finding.project not in own for finding in place.plan.findings)
    return f"问题数合计含不属于单个项目的问题{number}条（方案、清单或报送文件）。" if number else ""


def roster_remark(place: MasterLayout) -> str:
    """How the roster's printed total relates to the sum of its amounts; "" when none is printed."""
    printed, unit = place.plan.roster.printed_total, place.plan.scheme.money_unit
    if printed is None:
        return ""
    total = sum((project.contract_amount or Decimal(0) for project in place.plan.roster.projects), Decimal(0))
    shown, decimals = amount(printed, max(2, -_exponent(printed))), max(2, -_exponent(total))
    start = f"合同金额逐项相加为{amount(total, decimals)}{unit}，项目清单所列合计为{shown}{unit}"
    if total == printed:
        return f"{start}，两者一致。"
    if amount(total, max(0, -_exponent(printed))) == amount(printed, max(0, -_exponent(printed))):
        return f"{start}，差异系清单按{-_exponent(printed)}位小数四舍五入所致。"
    return f"{start}，相差{amount(total - printed, decimals)}{unit}，请核实。"


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
