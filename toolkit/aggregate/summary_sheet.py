"""Sheet 汇总: one row a project, everything on it calculated from the other sheets."""

from collections.abc import Iterable
from decimal import Decimal

from toolkit.aggregate.draft import Draft, amount_width
from toolkit.aggregate.layout import AFTER, MasterLayout
from toolkit.aggregate.plan import NOT_RETURNED, NOTHING, UNSCORED, Entry
from toolkit.aggregate.region import EXACT_PLACES, FIRST_ROW, criterion, quoted, round_twice, rounded
from toolkit.aggregate.shades import column_area, finding_highlights, grade_highlights
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Highlight, Look, NewSheet, Shade
from toolkit.model import Project, Scheme, Severity, Value
from toolkit.text import amount, chinese_date, plain

SUM, MEAN, HIGHEST, LOWEST = "合计", "平均", "最高", "最低"
_SUM_ROWS = (SUM, MEAN, HIGHEST, LOWEST)
MEAN_PLACES = 2
"""Decimals of an average score: those that are printed."""
_COUNTS = {one.label: one for one in Severity}


def summary_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet."""
    region, scheme = place.summary, place.plan.scheme
    draft = Draft(region, _widths(place))
    last = region.column(AFTER[-1])
    draft.frame(f"{scheme.title}评分汇总表", _note(place), last, _words(place))
    for row, entry in enumerate(place.entries, FIRST_ROW):
        _facts(draft, row, entry)
        _scores(draft, row, entry, place)
        _counts(draft, row, entry, place)
    _sums(draft, place)
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
    )


def sum_row(place: MasterLayout, name: str) -> int:
    """Row of 合计, 平均, 最高 or 最低 on sheet 汇总."""
    return place.summary.sum_row + _SUM_ROWS.index(name)


def mean(numbers: Iterable[Decimal]) -> Decimal | None:
    """Average, rounded as it is printed, so that a reader can work on with it; None of nothing."""
    known = list(numbers)
    return round_twice(sum(known, Decimal(0)) / len(known), MEAN_PLACES) if known else None


def total_contract(projects: Iterable[Project | None]) -> Value:
    """Sum of the contract amounts that are known; — when none is."""
    known = [one.contract_amount for one in projects if one and one.contract_amount is not None]
    return sum(known, Decimal(0)) if known else NOTHING


def mean_formula(area: str) -> str:
    """The same over what is scored; the — of a project without a score does not count."""
    return f'=IFERROR({rounded(f"AVERAGE({area})", MEAN_PLACES)},"{NOTHING}")'


def grade_formula(scheme: Scheme, cell: str) -> str:
    """The grade of the total in a cell, as Excel text; on the scale of 100, rounded first when the scheme says so."""
    scaled = cell if scheme.total_mark == 100 else f"{cell}*100/{plain(scheme.total_mark)}"
    if scheme.round_before_grading is not None:
        scaled = f"ROUND({scaled},{scheme.round_before_grading})"
    elif scaled != cell:
        scaled = f"ROUND({scaled},{EXACT_PLACES})"  # a quotient of binary fractions must not miss a band's edge
    text = '""'
    for band in sorted(scheme.grade_bands):
        text = f"IF({scaled}>={plain(band.lower)},{quoted(band.name)},{text})"
    return f"={text}"


def rank(place: MasterLayout, entry: Entry) -> int | None:
    """1 for the best; equal totals share a rank. None where nothing is compared."""
    if entry.sheet is None or place.plan.one_score:
        return None
    return 1 + sum(one.sheet is not None and one.sheet.total > entry.sheet.total for one in place.entries)


def _hidden(place: MasterLayout) -> list[int]:
    """Marks that are the scheme's own for every project say nothing new."""
    shared_out = any(one.renormalised for one in place.entries)
    return [] if shared_out else [place.summary.column(one) for one in place.marks.values()]


def _widths(place: MasterLayout) -> dict[int, float]:
    by_heading = {
        "序号": 6.0,
        "立项年度": 7.0,
        "责任单位": 19.0,
        "项目名称": 36.0,
        "合同金额": amount_width((one.project.contract_amount for one in place.entries if one.project), 12.0),
        "报送状态": 8.0,
        "评分状态": 10.5,
        "总分": 12.0 if any(one.sheet and one.sheet.provisional for one in place.entries) else 8.5,
    } | dict.fromkeys([*place.dimension.values(), *place.marks.values()], 9.0)
    return {n: by_heading.get(heading, 7.0) for n, heading in enumerate(place.summary.headings, 1)}


def _words(place: MasterLayout) -> list[str]:
    scheme = place.plan.scheme
    words = {"合同金额": f"合同金额\n（{scheme.money_unit}）", "总分": f"总分\n（{plain(scheme.total_mark)}分）"}
    words |= {place.dimension[name]: f"{name}\n（{plain(mark)}分）" for name, mark in scheme.dimensions().items()}
    words |= {key: f"{name}\n计分值" for name, key in place.marks.items()}
    return [words.get(heading, heading) for heading in place.summary.headings]


def _note(place: MasterLayout) -> str:
    scheme = place.plan.scheme
    cutoff = f"；数据截止日：{chinese_date(scheme.cutoff)}" if scheme.cutoff else ""
    return (
        f"委托单位：{scheme.client}；评价机构：{scheme.evaluator}；方案版本：{scheme.version}{cutoff}。"
        "本表得分、等级、排名和问题数均为公式，由《指标得分》《问题清单》计算。"
    )


def _facts(draft: Draft, row: int, entry: Entry) -> None:
    project = entry.project
    draft.put(row, "序号", entry.key, Look.WHOLE if isinstance(entry.key, Decimal) else Look.CENTRED)
    draft.put(row, "立项年度", Decimal(project.year) if project else NOTHING, Look.WHOLE)
    draft.put(row, "责任单位", entry.unit, Look.TEXT)
    draft.put(row, "项目名称", entry.name, Look.TEXT)
    contract = project.contract_amount if project else None
    draft.put(row, "合同金额", NOTHING if contract is None else contract, Look.AMOUNT)
    draft.put(row, "报送状态", entry.returned_words, Look.CENTRED)
    draft.put(row, "评分状态", entry.scoring_words, Look.CENTRED)


def _scores(draft: Draft, row: int, entry: Entry, place: MasterLayout) -> None:
    region, sheet = place.summary, entry.sheet
    if sheet is None:
        for heading in (*place.dimension.values(), "总分", "等级", "排名", *place.marks.values()):
            draft.put(row, heading, NOTHING, Look.CENTRED)
        return
    parts = {one.name: one for one in sheet.dimensions}
    for name, heading in place.dimension.items():
        got, mark = (parts[name].score, parts[name].full_mark) if name in parts else (Decimal(0), Decimal(0))
        rule = f"ROUND({_dimension_sum(place, row, name, '得分')},{place.places})"
        draft.put(row, heading, got, Look.SCORE, f"={rule}")
        draft.put(row, place.marks[name], mark, Look.SCORE, f"={_dimension_sum(place, row, name, '计分值')}")
    keys = tuple(place.dimension.values())
    first, last = region.here(keys[0], row), region.here(keys[-1], row)
    total_look, grade_look = (
        (Look.PROVISIONAL_SCORE, Look.PROVISIONAL) if sheet.provisional else (Look.SCORE, Look.CENTRED)
    )
    draft.put(row, "总分", sheet.total, total_look, f"=ROUND(SUM({first}:{last}),{place.places})")
    total = region.here("总分", row)
    draft.put(row, "等级", sheet.grade, grade_look, grade_formula(place.plan.scheme, total))
    own = rank(place, entry)
    if own is None:
        draft.put(row, "排名", NOTHING, Look.CENTRED)
    else:
        draft.put(row, "排名", Decimal(own), Look.WHOLE, f"=RANK({total},{region.own_area('总分')})")


def _dimension_sum(place: MasterLayout, row: int, name: str, column: str) -> str:
    line = place.line
    tests = f"{line.area('项目序号')},{place.summary.here('序号', row)},{line.area('一级指标')},{criterion(name)}"
    return f"SUMIFS({line.area(column)},{tests})"


def _counts(draft: Draft, row: int, entry: Entry, place: MasterLayout) -> None:
    found = place.finding
    for label, severity in _COUNTS.items():
        tests = f"{found.area('项目序号')},{place.summary.here('序号', row)},{found.area('严重程度')},{quoted(label)}"
        draft.put(row, label, Decimal(entry.count(severity)), Look.WHOLE, f"=COUNTIFS({tests})")


def _sums(draft: Draft, place: MasterLayout) -> None:
    row, region = place.summary.sum_row, place.summary
    for heading in region.headings:
        draft.put(row, heading, None, Look.SUM_TEXT)
    draft.put(row, "序号", SUM, Look.SUM_TEXT)
    projects = Decimal(sum(one.project is not None for one in place.entries))
    draft.put(row, "项目名称", f"共{projects}个项目", Look.SUM_TEXT)
    amounts = region.own_area("合同金额")
    total: Value = total_contract(one.project for one in place.entries)
    draft.put(row, "合同金额", total, Look.SUM_AMOUNT, f'=IF(COUNT({amounts})=0,"{NOTHING}",SUM({amounts}))')
    for label, severity in _COUNTS.items():
        number = Decimal(sum(one.severity is severity for one in place.plan.findings))
        formula = f"=COUNTIF({place.finding.area('严重程度')},{quoted(label)})"
        draft.put(row, label, number, Look.SUM_WHOLE, formula)


def _means(draft: Draft, place: MasterLayout) -> None:
    region = place.summary
    columns = [*((name, heading) for name, heading in place.dimension.items()), ("", "总分")]
    for label in _SUM_ROWS[1:]:
        for heading in region.headings:
            draft.put(sum_row(place, label), heading, label if heading == "序号" else None, Look.SUM_TEXT)
    for name, heading in columns:
        numbers, area = _numbers(place, name), region.own_area(heading)
        _put(draft, place, MEAN, heading, mean(numbers), mean_formula(area))
        highest = f'=IF(COUNT({area})=0,"{NOTHING}",MAX({area}))'
        _put(draft, place, HIGHEST, heading, max(numbers, default=None), highest)
        lowest = f'=IF(COUNT({area})=0,"{NOTHING}",MIN({area}))'
        _put(draft, place, LOWEST, heading, min(numbers, default=None), lowest)


def _put(draft: Draft, place: MasterLayout, label: str, heading: str, value: Decimal | None, formula: str) -> None:
    shown: Value = NOTHING if value is None else value
    draft.put(sum_row(place, label), heading, shown, Look.SUM_SCORE, formula)


def _numbers(place: MasterLayout, name: str) -> list[Decimal]:
    """Totals, or scores of one dimension, of everything that counts in averages."""
    sheets = [one.sheet for one in place.entries if one.sheet]
    if not name:
        return [one.total for one in sheets]
    return [sum((part.score for part in one.dimensions if part.name == name), Decimal(0)) for one in sheets]


def _remarks(draft: Draft, place: MasterLayout, last_column: int) -> int:
    """Notes under the table; the row of the last one."""
    remarks = [one for one in _remark_texts(place) if one]
    above = sum_row(place, SUM if place.plan.one_score else LOWEST)
    for number, text in enumerate(remarks, 1):
        draft.merged(above + number, last_column, f"注{number}：{text}", Look.NOTE)
    return above + len(remarks)


def _remark_texts(place: MasterLayout) -> tuple[str, ...]:
    return (
        _missing_remark(place),
        _unscored_remark(place),
        _renormalised_remark(place),
        _count_remark(place),
        roster_remark(place),
    )


def _missing_remark(place: MasterLayout) -> str:
    number = sum(one.sheet is not None and not one.returned for one in place.entries)
    words = "未报送，得分只含评价人已评定的指标，其余按无数据计零"
    return f"{number}个项目{words}，计入平均分。" if number else ""


def _unscored_remark(place: MasterLayout) -> str:
    number = sum(one.scoring_words == UNSCORED for one in place.entries)
    return (
        f"{number}个项目没有任何可评分的数据（评分状态为“{UNSCORED}”），不评分、不定等级、不排名，不计入平均和得分率。"
        if number
        else ""
    )


def _renormalised_remark(place: MasterLayout) -> str:
    number = sum(one.renormalised for one in place.entries)
    words = "有指标不适用，其分值分摊到其余指标，一级指标得分以折算后的计分值为满分；计分值见表右侧打印区域之外"
    return f"{number}个项目{words}。" if number else ""


def _count_remark(place: MasterLayout) -> str:
    own = {one.id for one in place.entries}
    number = sum(one.project not in own for one in place.plan.findings)
    return f"问题数合计含不属于单个项目的问题{number}条（方案、清单或报送文件）。" if number else ""


def roster_remark(place: MasterLayout) -> str:
    """How the roster's printed total relates to the sum of its amounts; "" when none is printed."""
    printed, unit = place.plan.roster.printed_total, place.plan.scheme.money_unit
    if printed is None:
        return ""
    total = sum((one.contract_amount or Decimal(0) for one in place.plan.roster.projects), Decimal(0))
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
