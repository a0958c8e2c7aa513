"""Sheet 指标得分率: average score and score rate of every first-level and every single indicator.

Where indicators differ from project to project, sheet 分类得分率 says the same for each category of projects.
"""

from collections.abc import Iterable
from decimal import Decimal

from toolkit.aggregate.draft import Draft
from toolkit.aggregate.layout import CATEGORY, EARNED_ALL, MasterLayout
from toolkit.aggregate.plan import NOTHING, Category
from toolkit.aggregate.region import FIRST_ROW, Region, criterion, criterion_in, rounded
from toolkit.aggregate.summary_sheet import MEAN_PLACES, adding_up
from toolkit.aggregate.sums import LineSum, Sums
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import Indicator

_WIDTHS = (9.0, 12.0, 16.0, 30.0, 9.0, 11.0, 10.0, 10.0, 11.0, 11.0, 11.0, 24.0)
_CATEGORY_WIDTHS = (24.0, 16.0, 10.0, 12.0, 10.0, 10.0, 12.0)
_LAST_PRINTED, _IN_CHART = "失分项目数", "图中名称"
_AVERAGES = ("平均计分值", "平均得分")
_SHORT = 14
"""Characters of a name that fit beside a chart's bars."""
_NOTE = (
    "各项平均只计参评的行（不适用的指标和未评分的项目除外）；有指标不适用而折算的项目，计分值大于分值；"
    "得分率=平均得分÷平均计分值；一级指标的平均按累计舍入，相加等于合计。全部为公式。"
)
_DIFFERENT = "各类项目适用的指标不同：分值不一致的以“—”列示，各类的分值和得分率见《分类得分率》。"
_CATEGORY_NOTE = "每类项目只列适用的指标；得分率=平均得分÷平均计分值；平均按累计舍入，相加等于合计。"
_RATE_PLACES = 4
_SCORED = '">-1000000000"'


def rate_sheet(place: MasterLayout, found: Sums) -> NewSheet:
    """Draw the sheet: dimensions and their sum first, then indicators in the scheme's order."""
    region, scheme = place.rate, place.plan.scheme
    draft = Draft(region, dict(enumerate(_WIDTHS, 1)))
    last = region.column(_LAST_PRINTED)
    draft.frame(f"{scheme.title}指标得分率", _NOTE + (_DIFFERENT if place.categories else ""), last)
    for row, name in enumerate(scheme.dimensions(), FIRST_ROW):
        _dimension(draft, row, name, place)
    _total(draft, place)
    for row, indicator in enumerate(scheme.indicators, place.total_row + 1):
        _indicator(draft, row, indicator, place, (found.indicators or {}).get(indicator.code))
    return draft.list_sheet(4, print_area=f"A1:{cell_name(region.last_row, last)}")


def category_sheet(place: MasterLayout) -> NewSheet:
    """Draw sheet 分类得分率: for every category its first-level indicators and their sum."""
    region = place.category
    draft = Draft(region, dict(enumerate(_CATEGORY_WIDTHS, 1)))
    draft.frame(f"{place.plan.scheme.title}分类得分率", _CATEGORY_NOTE, len(region.headings))
    row = FIRST_ROW
    for category in place.categories:
        row = _category(draft, row, category, place)
    return draft.list_sheet(2)


def _dimension(draft: Draft, row: int, name: str, place: MasterLayout) -> None:
    region = place.rate
    _sum_line(draft, row, {"一级指标": name, "三级指标": "小计"})
    weights, indicators = place.summary.area(place.weights[name]), place.total_row + 1
    declared = ",".join(region.area(heading, indicators).partition("!")[2] for heading in ("分值", "一级指标"))
    alike = f'IF(MIN({weights})=MAX({weights}),MAX({weights}),"{NOTHING}")'
    weight = f"=IF(COUNT({weights})=0,SUMIFS({declared},{criterion(name)}),{alike})"
    draft.formula(row, "分值", weight, Look.SUM_SCORE)
    for heading, columns in zip(_AVERAGES, (place.marks, place.dimension), strict=True):
        averages = [f"AVERAGE({place.summary.area(column)})" for column in _up_to(columns.values(), columns[name])]
        draft.formula(row, heading, adding_up(averages, _above(region, heading, FIRST_ROW, row)), Look.SUM_SCORE)
    _rate(draft, row, Look.SUM_RATE)


def _total(draft: Draft, place: MasterLayout) -> None:
    region, row = place.rate, place.total_row
    _sum_line(draft, row, {"一级指标": "合计"})
    for heading in ("分值", *_AVERAGES):
        area = region.area(heading, FIRST_ROW, row - 1).partition("!")[2]
        known = f"COUNT({area})={len(place.dimension)}"
        draft.formula(row, heading, f'=IF({known},SUM({area}),"{NOTHING}")', Look.SUM_SCORE)
    _rate(draft, row, Look.SUM_RATE)


def _indicator(draft: Draft, row: int, indicator: Indicator, place: MasterLayout, own: LineSum | None) -> None:
    draft.put(row, "指标编号", indicator.code, Look.CENTRED)
    draft.put(row, "一级指标", indicator.dimension, Look.CENTRED)
    draft.put(row, "二级指标", indicator.group, Look.TEXT)
    draft.put(row, "三级指标", indicator.name, Look.TEXT)
    short = indicator.name if len(indicator.name) <= _SHORT else f"{indicator.name[:_SHORT]}…"
    draft.put(row, _IN_CHART, f"{indicator.code} {short}", Look.TEXT)
    draft.put(row, "分值", indicator.full_mark, Look.SCORE)
    line, here = place.line, place.rate.here

    code = criterion_in(here("指标编号", row), indicator.code)

    def tests(part: Region) -> str:
        return f'{part.area("指标编号")},{code},{part.area("参评")},"是"'

    def added(column: str) -> str:
        return line.added(lambda part: f"SUMIFS({part.area(column)},{tests(part)})")

    counted = line.added(lambda part: f"COUNTIFS({tests(part)})")
    totals = (own.marks, own.scores) if own else (None, None)
    for heading, column, total in zip(_AVERAGES, ("计分值", "得分"), totals, strict=True):
        quotient = rounded(f"{added(column)}/{counted}", MEAN_PLACES)
        mean = own.average(total, MEAN_PLACES) if own and total is not None else None
        draft.formula(row, heading, f'=IFERROR({quotient},"{NOTHING}")', Look.SCORE, known=mean)
    _rate(draft, row, Look.RATE)
    number, all_earned = (Decimal(own.number), Decimal(own.earned_all)) if own else (None, None)
    draft.formula(row, "参评项目数", f"={counted}", Look.WHOLE, known=number)
    earned = line.added(lambda part: f'COUNTIFS({tests(part)},{part.area(EARNED_ALL)},"是")')
    draft.formula(row, "满分项目数", f"={earned}", Look.WHOLE, known=all_earned)
    draft.formula(row, "失分项目数", f"={here('参评项目数', row)}-{here('满分项目数', row)}", Look.WHOLE)


def _category(draft: Draft, first: int, category: Category, place: MasterLayout) -> int:
    """One block; the row after it."""
    region, summary = place.category, place.summary
    own = f"{summary.area(CATEGORY)},{criterion(category.name)},{summary.area('总分')},{_SCORED}"
    names = list(category.weights)
    total = first + len(names)
    for row, name in enumerate((*names, "合计"), first):
        _sum_line(draft, row, {"项目类别": category.name, "一级指标": name})
        draft.formula(row, "参评项目数", f"=COUNTIFS({own})", Look.SUM_WHOLE)
        _rate(draft, row, Look.SUM_RATE)
    for row, name in enumerate(names, first):
        draft.put(row, "分值", category.weights[name], Look.SUM_SCORE)
        for heading, columns in zip(_AVERAGES, (place.marks, place.dimension), strict=True):
            used = _up_to([columns[dimension] for dimension in names], columns[name])
            averages = [f"SUMIFS({summary.area(column)},{own})/COUNTIFS({own})" for column in used]
            draft.formula(row, heading, adding_up(averages, _above(region, heading, first, row)), Look.SUM_SCORE)
    for heading in ("分值", *_AVERAGES):
        area = region.area(heading, first, total - 1).partition("!")[2]
        draft.formula(total, heading, f'=IF(COUNT({area})=0,"{NOTHING}",SUM({area}))', Look.SUM_SCORE)
    return total + 1


def _sum_line(draft: Draft, row: int, words: dict[str, str]) -> None:
    for heading in draft.region.headings:
        draft.put(row, heading, words.get(heading), Look.SUM_TEXT)


def _above(region: Region, heading: str, first: int, row: int) -> str:
    return region.area(heading, first, row - 1).partition("!")[2] if row > first else ""


def _up_to(columns: Iterable[str], last: str) -> list[str]:
    every = list(columns)
    return every[: every.index(last) + 1]


def _rate(draft: Draft, row: int, look: Look) -> None:
    """What is printed divides: the row's average score over the row's average mark."""
    region: Region = draft.region
    quotient = rounded(f"{region.here('平均得分', row)}/{region.here('平均计分值', row)}", _RATE_PLACES)
    draft.formula(row, "得分率", f'=IFERROR({quotient},"{NOTHING}")', look)
