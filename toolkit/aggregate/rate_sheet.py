"""Sheet 指标得分率: average and score rate of every dimension and indicator over all scored projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.aggregate.draft import Draft
from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import EXACT_PLACES, FIRST_ROW, HEADING_ROW, criterion, rounded
from toolkit.aggregate.summary_sheet import mean, mean_formula
from toolkit.excel.new_book import Look, NewSheet
from toolkit.model import Indicator, LineState, ScoreLine
from toolkit.text import round_half_up

_WIDTHS = (9.0, 12.0, 16.0, 30.0, 9.0, 10.0, 10.0, 11.0, 11.0, 11.0)
_NOTE = "平均得分、得分率只计参评的行（不适用的指标和未评分的项目除外）；得分率=得分合计÷计分值合计。全部为公式。"
_RATE_PLACES = 4


@dataclass(frozen=True, slots=True)
class _Counted:
    """Lines of one dimension or indicator that count."""

    lines: Sequence[ScoreLine]

    @property
    def rate(self) -> Decimal | None:
        """Σ score / Σ effective mark, as the formula gives it."""
        marks = sum((one.effective_mark for one in self.lines), Decimal(0))
        got = sum((one.score for one in self.lines), Decimal(0))
        return round_half_up(round_half_up(got / marks, EXACT_PLACES), _RATE_PLACES) if marks else None


def rate_sheet(place: MasterLayout) -> NewSheet:
    """Draw the sheet: dimensions first, then indicators in the scheme's order."""
    region, scheme = place.rate, place.plan.scheme
    draft = Draft(region, dict(enumerate(_WIDTHS, 1)))
    draft.frame(f"{scheme.title}指标得分率", _NOTE, len(region.headings))
    by_code, by_dimension = _grouped(place)
    for row, (name, mark) in enumerate(scheme.dimensions().items(), FIRST_ROW):
        _dimension(draft, row, name, mark, place, _Counted(by_dimension.get(name, ())))
    for row, one in enumerate(scheme.indicators, FIRST_ROW + len(place.dimension)):
        _indicator(draft, row, one, place, _Counted(by_code.get(one.code, ())))
    return NewSheet(
        region.sheet,
        draft.cells,
        tuple(draft.merges),
        draft.widths,
        draft.heights,
        freeze=(HEADING_ROW, 4),
        filter=region.block(HEADING_ROW, region.last_row),
        heading_rows=(HEADING_ROW, HEADING_ROW),
    )


def _grouped(place: MasterLayout) -> tuple[Mapping[str, list[ScoreLine]], Mapping[str, list[ScoreLine]]]:
    by_code: dict[str, list[ScoreLine]] = {}
    by_dimension: dict[str, list[ScoreLine]] = {}
    for entry, line in place.lines:
        if entry.scored and line.state is not LineState.NOT_APPLICABLE:
            by_code.setdefault(line.code, []).append(line)
            by_dimension.setdefault(line.dimension, []).append(line)
    return by_code, by_dimension


def _dimension(draft: Draft, row: int, name: str, mark: Decimal, place: MasterLayout, counted: _Counted) -> None:
    for heading in place.rate.headings:
        draft.put(row, heading, None, Look.SUM_TEXT)
    draft.put(row, "一级指标", name, Look.SUM_TEXT)
    draft.put(row, "三级指标", "小计", Look.SUM_TEXT)
    own, scores = criterion(name), place.summary.area(place.dimension[name])
    draft.put(row, "分值", mark, Look.SUM_SCORE, f"=SUMIFS({_indicator_marks(place)},{_indicator_names(place)},{own})")
    sheets = [one.sheet for one in place.entries if one.scored and one.sheet]
    scored = [sum((part.score for part in one.dimensions if part.name == name), Decimal(0)) for one in sheets]
    average = mean_formula(scores, place.summary.area("评分状态"))
    _number(draft, row, "平均得分", mean(scored), Look.SUM_SCORE, average)
    _number(draft, row, "得分率", counted.rate, Look.SUM_RATE, _rate_formula(place, "一级指标", own))


def _indicator(draft: Draft, row: int, one: Indicator, place: MasterLayout, counted: _Counted) -> None:
    draft.put(row, "指标编号", one.code, Look.CENTRED)
    draft.put(row, "一级指标", one.dimension, Look.CENTRED)
    draft.put(row, "二级指标", one.group, Look.TEXT)
    draft.put(row, "三级指标", one.name, Look.TEXT)
    draft.put(row, "分值", one.full_mark, Look.SCORE)
    own, line = criterion(one.code), place.line
    tests = f'{line.area("指标编号")},{own},{line.area("参评")},"是"'
    scores = [item.score for item in counted.lines]
    average = f'=IFERROR(SUMIFS({line.area("得分")},{tests})/COUNTIFS({tests}),"{NOTHING}")'
    _number(draft, row, "平均得分", mean(scores), Look.SCORE, average)
    _number(draft, row, "得分率", counted.rate, Look.RATE, _rate_formula(place, "指标编号", own))
    _number(draft, row, "参评项目数", Decimal(len(scores)), Look.WHOLE, f"=COUNTIFS({tests})")
    full = sum(item.score >= round_half_up(item.effective_mark, place.places) for item in counted.lines)
    reached = (
        f'=SUMPRODUCT(({line.area("指标编号")}="{one.code}")*({line.area("参评")}="是")'
        f"*(ROUND({line.area('得分')}-ROUND({line.area('计分值')},{place.places}),6)>=0))"
    )
    _number(draft, row, "满分项目数", Decimal(full), Look.WHOLE, reached)
    here = place.rate.here
    lost = f"={here('参评项目数', row)}-{here('满分项目数', row)}"
    _number(draft, row, "失分项目数", Decimal(len(scores) - full), Look.WHOLE, lost)


def _rate_formula(place: MasterLayout, column: str, own: str) -> str:
    line = place.line
    tests = f'{line.area(column)},{own},{line.area("参评")},"是"'
    marks = f"SUMIFS({line.area('计分值')},{tests})"
    quotient = f"SUMIFS({line.area('得分')},{tests})/{marks}"
    return f'=IF({marks}=0,"{NOTHING}",{rounded(quotient, _RATE_PLACES)})'


def _indicator_marks(place: MasterLayout) -> str:
    return place.rate.area("分值", FIRST_ROW + len(place.dimension)).partition("!")[2]


def _indicator_names(place: MasterLayout) -> str:
    return place.rate.area("一级指标", FIRST_ROW + len(place.dimension)).partition("!")[2]


def _number(draft: Draft, row: int, heading: str, value: Decimal | None, look: Look, formula: str) -> None:
    draft.put(row, heading, NOTHING if value is None else value, look, formula)
