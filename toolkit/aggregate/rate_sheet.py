"""Sheet 指标得分率: average and score rate of every dimension and indicator over all scored projects."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.aggregate.draft import Draft
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import FIRST_ROW, criterion, round_twice, rounded
from toolkit.aggregate.summary_sheet import MEAN_PLACES, mean, mean_formula
from toolkit.excel.addresses import cell_name
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import Indicator, LineState, ScoreLine

_WIDTHS = (9.0, 12.0, 16.0, 30.0, 9.0, 11.0, 10.0, 10.0, 11.0, 11.0, 11.0, 24.0)
_LAST_PRINTED, _IN_CHART = "失分项目数", "图中名称"
_SHORT = 14
"""Characters of a name that fit beside a chart's bars."""
_NOTE = (
    "各项平均只计参评的行（不适用的指标和未评分的项目除外）；有指标不适用而折算的项目，计分值大于分值；"
    "得分率=平均得分÷平均计分值。全部为公式。"
)
_RATE_PLACES = 4


def rate_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet: dimensions first, then indicators in the scheme's order."""
    region, scheme = place.rate, place.plan.scheme
    draft = Draft(region, dict(enumerate(_WIDTHS, 1)))
    last = region.column(_LAST_PRINTED)
    draft.frame(f"{scheme.title}指标得分率", _NOTE, last)
    by_code = _by_code(place)
    for row, (name, mark) in enumerate(scheme.dimensions().items(), FIRST_ROW):
        _dimension(draft, row, name, mark, place)
    for row, one in enumerate(scheme.indicators, FIRST_ROW + len(place.dimension)):
        _indicator(draft, row, one, place, by_code.get(one.code, ()))
    return draft.list_sheet(4, print_area=f"A1:{cell_name(region.last_row, last)}")


def _by_code(place: MasterLayout) -> Mapping[str, list[ScoreLine]]:
    """Lines that count, by indicator."""
    found: dict[str, list[ScoreLine]] = {}
    for _, line in place.lines:
        if line.state is not LineState.NOT_APPLICABLE:
            found.setdefault(line.code, []).append(line)
    return found


def _dimension(draft: Draft, row: int, name: str, mark: Decimal, place: MasterLayout) -> None:
    for heading in place.rate.headings:
        draft.put(row, heading, None, Look.SUM_TEXT)
    draft.put(row, "一级指标", name, Look.SUM_TEXT)
    draft.put(row, "三级指标", "小计", Look.SUM_TEXT)
    marks = f"=SUMIFS({_indicator_marks(place)},{_indicator_names(place)},{criterion(name)})"
    draft.put(row, "分值", mark, Look.SUM_SCORE, marks)
    sheets = [one.sheet for one in place.entries if one.sheet]
    parts = [part for one in sheets for part in one.dimensions if part.name == name]
    nothing = [Decimal(0)] * (len(sheets) - len(parts))
    averages = {
        "平均计分值": ([*(one.full_mark for one in parts), *nothing], place.marks[name]),
        "平均得分": ([*(one.score for one in parts), *nothing], place.dimension[name]),
    }
    for heading, (numbers, column) in averages.items():
        _number(draft, row, heading, mean(numbers), Look.SUM_SCORE, mean_formula(place.summary.area(column)))
    _rate(draft, row, Look.SUM_RATE)


def _indicator(draft: Draft, row: int, one: Indicator, place: MasterLayout, counted: Sequence[ScoreLine]) -> None:
    draft.put(row, "指标编号", one.code, Look.CENTRED)
    draft.put(row, "一级指标", one.dimension, Look.CENTRED)
    draft.put(row, "二级指标", one.group, Look.TEXT)
    draft.put(row, "三级指标", one.name, Look.TEXT)
    short = one.name if len(one.name) <= _SHORT else f"{one.name[:_SHORT]}…"
    draft.put(row, _IN_CHART, f"{one.code} {short}", Look.TEXT)
    draft.put(row, "分值", one.full_mark, Look.SCORE)
    line = place.line
    tests = f'{line.area("指标编号")},{criterion(one.code)},{line.area("参评")},"是"'
    averages = {
        "平均计分值": ([item.effective_mark for item in counted], "计分值"),
        "平均得分": ([item.score for item in counted], "得分"),
    }
    for heading, (numbers, column) in averages.items():
        quotient = rounded(f"SUMIFS({line.area(column)},{tests})/COUNTIFS({tests})", MEAN_PLACES)
        _number(draft, row, heading, mean(numbers), Look.SCORE, f'=IFERROR({quotient},"{NOTHING}")')
    _rate(draft, row, Look.RATE)
    _number(draft, row, "参评项目数", Decimal(len(counted)), Look.WHOLE, f"=COUNTIFS({tests})")
    _full_scores(draft, row, one, place, counted)


def _full_scores(draft: Draft, row: int, one: Indicator, place: MasterLayout, counted: Sequence[ScoreLine]) -> None:
    line, here = place.line, place.rate.here
    full = sum(item.score >= item.effective_mark for item in counted)
    reached = (
        f'=SUMPRODUCT(({line.area("指标编号")}="{one.code}")*({line.area("参评")}="是")'
        f"*(ROUND({line.area('得分')}-{line.area('计分值')},6)>=0))"
    )
    _number(draft, row, "满分项目数", Decimal(full), Look.WHOLE, reached)
    lost = f"={here('参评项目数', row)}-{here('满分项目数', row)}"
    _number(draft, row, "失分项目数", Decimal(len(counted) - full), Look.WHOLE, lost)


def _rate(draft: Draft, row: int, look: Look) -> None:
    """What is printed divides: the row's average score over the row's average mark."""
    region = draft.region
    got, mark = (draft.cells[row, region.column(one)].value for one in ("平均得分", "平均计分值"))
    value = None
    if isinstance(got, Decimal) and isinstance(mark, Decimal) and mark:
        value = round_twice(got / mark, _RATE_PLACES)
    quotient = rounded(f"{region.here('平均得分', row)}/{region.here('平均计分值', row)}", _RATE_PLACES)
    _number(draft, row, "得分率", value, look, f'=IFERROR({quotient},"{NOTHING}")')


def _indicator_marks(place: MasterLayout) -> str:
    return place.rate.area("分值", FIRST_ROW + len(place.dimension)).partition("!")[2]


def _indicator_names(place: MasterLayout) -> str:
    return place.rate.area("一级指标", FIRST_ROW + len(place.dimension)).partition("!")[2]


def _number(draft: Draft, row: int, heading: str, value: Decimal | None, look: Look, formula: str) -> None:
    draft.put(row, heading, NOTHING if value is None else value, look, formula)
