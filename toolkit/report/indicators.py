"""绩效评价指标分析: every dimension and every indicator, with who lost points and why."""

from collections import Counter
from collections.abc import Mapping, Sequence

from toolkit.model import Indicator, ScoreRateFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.indicator_lines import all_awaited, awaited, awaiting, lowest
from toolkit.report.indicator_words import analysis, common_source
from toolkit.report.library import of_indicator
from toolkit.report.scores import extremes, marks, rate_cells
from toolkit.report.wording import Sentence, in_quotes, listed, one_line, ordinal, say

_Row = dict[str, object]
_NAMES, _OFTEN = 6, 4
_UNJUDGED = {"得分": "待评定", "得分率": "—"}


def dimension_chapters(facts: ReportFacts) -> list[_Row]:
    """One chapter for every first-level indicator."""
    rates = {indicator.code: indicator for indicator in facts.figures.indicators}
    often = _often(facts)
    chapters: list[_Row] = []
    for number, dimension in enumerate(facts.figures.dimensions, 1):
        own = [indicator for indicator in facts.scheme.indicators if indicator.dimension == dimension.name]
        chapters.append(
            {
                "序": ordinal(number),
                "名称": dimension.name,
                "概述": _overview(facts, dimension, [rates[indicator.code] for indicator in own]),
                "指标": [
                    _indicator(facts, place, indicator, rates[indicator.code], often)
                    for place, indicator in enumerate(own, 1)
                ],
            }
        )
    return chapters


def often_lowest(facts: ReportFacts) -> Sentence:
    """The project that has the lowest score alone of many indicators, said once instead of at each of them."""
    name = _often(facts)
    return (f"多项指标失分最多的都是{in_quotes(name)}，以下不再逐项说明。",) if name else ()


def _often(facts: ReportFacts) -> str:
    """Its name; "" where no project stands out."""
    if facts.only:
        return ""
    told_of = [indicator.code for indicator in facts.scheme.indicators if of_indicator(facts, indicator.code)]
    alone = [own[0].name for code in told_of if len(own := lowest(facts, code)) == 1]
    name, times = next(iter(Counter(alone).most_common(1)), ("", 0))
    return name if times >= _OFTEN else ""


def _overview(facts: ReportFacts, dimension: ScoreRateFigures, rates: Sequence[ScoreRateFigures]) -> Sentence:
    scored = "得分" if facts.only else "平均得分"
    mean = say(marks(facts, dimension), scored, dimension.average, "分，得分率", dimension.rate, "。")
    opening = f"{in_quotes(dimension.name)}按{_names(facts, dimension.name)}评价，"
    if dimension.average.value is None:
        return say(opening, "分值", dimension.full_mark, "分。")
    all_open = [rate.name for rate in rates if all_awaited(facts, rate.code)]
    partly = [rate.name for rate in rates if rate.name not in all_open and awaited(facts, rate.code)]
    judged = [rate for rate in rates if not all_awaited(facts, rate.code)]
    lowest_and_highest = extremes(judged, "其中，")
    open_names = awaiting(all_open) + awaiting(partly, "有项目")
    return say(opening, mean, lowest_and_highest, open_names, _sources(facts, dimension.name))


def _sources(facts: ReportFacts, dimension: str) -> str:
    """What the indicators of a dimension follow, said once; only where a report tells of one thing scored."""
    common = common_source(facts, dimension) if facts.only else ""
    own = [indicator for indicator in facts.scheme.indicators if indicator.dimension == dimension]
    if not common:
        return ""
    is_everywhere = all(one_line(indicator.source) == common for indicator in own)
    return f"{'各项指标' if is_everywhere else '除另有说明外，各项指标'}依据{common}设立。"


def _names(facts: ReportFacts, dimension: str) -> str:
    own = [indicator for indicator in facts.scheme.indicators if indicator.dimension == dimension]
    groups = list(dict.fromkeys(indicator.group for indicator in own if indicator.group))
    return listed(groups or (indicator.name for indicator in own), _NAMES)


def _indicator(facts: ReportFacts, place: int, indicator: Indicator, rate: ScoreRateFigures, often: str) -> _Row:
    return {
        "序": place,
        "编号": indicator.code,
        "名称": indicator.name,
        "二级": indicator.group,
        **rate_cells(rate),
        **pending_cells(facts, indicator.code),
        "分析": analysis(facts, indicator, rate, often),
    }


def pending_cells(facts: ReportFacts, code: str) -> Mapping[str, str]:
    """What stands for the score and the rate of an indicator that has been judged of no project yet; else nothing."""
    return _UNJUDGED if all_awaited(facts, code) else {}
