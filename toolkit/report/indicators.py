"""绩效评价指标分析: every dimension and every indicator, with who lost points and why."""

from collections.abc import Sequence
from decimal import Decimal

from toolkit.model import Indicator, LineState, ProjectFigures, ScoreLine, ScoreRateFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.scores import extremes, marks, most_and_least, rate_cells
from toolkit.report.wording import Sentence, in_quotes, listed, one_line, ordinal, quote, quoted, say, stopped

_Row = dict[str, object]
_NAMES = 6
_STATES = {
    LineState.NO_DATA: "未取得数据，按0分计",
    LineState.PENDING: "评价人尚未评定",
    LineState.NOT_APPLICABLE: "不适用于本项目，不计入评分",
}


def dimension_chapters(facts: ReportFacts) -> list[_Row]:
    """One chapter for every first-level indicator."""
    rates = {one.code: one for one in facts.figures.indicators}
    chapters: list[_Row] = []
    for number, dimension in enumerate(facts.figures.dimensions, 1):
        own = [one for one in facts.scheme.indicators if one.dimension == dimension.name]
        chapters.append(
            {
                "序": ordinal(number),
                "名称": dimension.name,
                "概述": _overview(facts, dimension, [rates[one.code] for one in own]),
                "指标": [_indicator(facts, place, one, rates[one.code]) for place, one in enumerate(own, 1)],
            }
        )
    return chapters


def line_of(project: ProjectFigures, code: str) -> ScoreLine | None:
    """A project's score line, if the indicator was part of its evaluation."""
    return next((line for line in project.sheet.own_lines if line.code == code), None)


def because(project: ProjectFigures, line: ScoreLine) -> Sentence:
    """Why a line has its score, in one or two sentences with full stops; the evaluator's reason where there is one."""
    words = stopped(one_line(line.because or _STATES.get(line.state, "")))
    explained = quote(words, project.explanations.get(line.code, "")) if words else ()
    reason = stopped(one_line(line.reason))
    return say(explained, "评价人意见：", quote(reason, project.opinions.get(line.code, ""))) if reason else explained


def counts(line: ScoreLine | None) -> bool:
    """The line takes part in the evaluation."""
    return line is not None and line.state is not LineState.NOT_APPLICABLE


def lowest(facts: ReportFacts, code: str) -> list[ProjectFigures]:
    """Projects with the lowest score of an indicator; those that sent nothing back count only when none did."""
    own = [one for one in facts.scored if counts(line_of(one, code)) and code in one.indicators]
    pool = [one for one in own if one.returned] or own
    return most_and_least(pool, lambda one: one.indicators[code].value or Decimal(0))[1] if pool else []


def _overview(facts: ReportFacts, dimension: ScoreRateFigures, rates: Sequence[ScoreRateFigures]) -> Sentence:
    scored = "得分" if facts.only else "平均得分"
    mean = say(marks(facts, dimension), scored, dimension.average, "分，得分率", dimension.rate, "。")
    opening = f"{in_quotes(dimension.name)}按{_names(facts, dimension.name)}评价，"
    return say(opening, mean, extremes(rates, "其中，"))


def _names(facts: ReportFacts, dimension: str) -> str:
    own = [one for one in facts.scheme.indicators if one.dimension == dimension]
    groups = list(dict.fromkeys(one.group for one in own if one.group))
    return listed(groups or (one.name for one in own), _NAMES)


def _indicator(facts: ReportFacts, place: int, indicator: Indicator, rate: ScoreRateFigures) -> _Row:
    return {
        "序": place,
        "编号": indicator.code,
        "名称": indicator.name,
        "二级": indicator.group,
        **rate_cells(rate),
        "分析": _analysis(facts, indicator, rate),
    }


def _analysis(facts: ReportFacts, indicator: Indicator, rate: ScoreRateFigures) -> Sentence:
    looks_at = f"主要考察{stopped(one_line(indicator.explanation))}" if indicator.explanation else ""
    if facts.only:
        line = line_of(facts.only, indicator.code)
        return say(looks_at, marks(facts, rate), "得", rate.average, "分。", because(facts.only, line) if line else ())
    mean = say(marks(facts, rate), "平均得分", rate.average, "分，得分率", rate.rate, "。")
    return say(looks_at, mean, _lost(facts, indicator), _left_out(facts, indicator))


def _lost(facts: ReportFacts, indicator: Indicator) -> Sentence:
    last = lowest(facts, indicator.code)
    if not last:
        return ()
    line, score = line_of(last[0], indicator.code), last[0].indicators[indicator.code]
    if line and line.score == line.effective_mark:
        return ("已报送的项目均得满分。" if facts.not_returned() else "参评项目均得满分。",)
    opening = "已报送项目中，" if facts.not_returned() else ""
    names = quoted((one.name for one in last), 3)
    why = f"以{quoted([last[0].name])}为例，" if len(last) > 1 else "评分情况为："
    return say(f"{opening}{names}得分最低，为", score, "分；", why, because(last[0], line) if line else ())


def _left_out(facts: ReportFacts, indicator: Indicator) -> str:
    lines = [(project, line_of(project, indicator.code)) for project in facts.scored]
    without = [project.name for project, line in lines if line and not counts(line)]
    applying = facts.applying(indicator.code)
    conditional = f"该指标只用于{in_quotes(applying)}项目。" if applying else ""
    return conditional + (f"{quoted(without, 3)}不适用该指标。" if without else "")
