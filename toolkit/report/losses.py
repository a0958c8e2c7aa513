"""Lost points as a problem with recommendations: weak indicators of many projects, or all that one project lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.model import Figure, LineState, ProjectFigures, ScoreLine, ScoreRateFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.indicator_lines import awaiting, because, counts, lost_some, lowest
from toolkit.report.scores import own_marks
from toolkit.report.wording import Sentence, in_quotes, listed, quoted, say

_Row = dict[str, object]
_NAMES, _WEAK, _MOST, _FIRST, _UNLISTED = 4, 8, 8, 3, 5


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with its recommendation, ready to print.

    Attributes:
        title, text: heading and first paragraph, which may be missing. examples: what exactly was found.
        advice_title, advice: the recommendation tied to it.
        summary: what a brief report says instead of text and examples.
    """

    title: str
    text: Sentence
    examples: tuple[Sentence, ...]
    advice_title: str
    advice: str
    summary: Sentence = ()


def weak_indicators(facts: ReportFacts) -> list[Problem]:
    """The indicators with the lowest score rates over all projects; nothing when no project lost a point."""
    lost = [rate for rate in facts.figures.indicators if rate.rate.value is not None and rate.rate.value < 1]
    weak = sorted(lost, key=lambda rate: rate.rate.value or Decimal(0))[:_WEAK]
    if not weak:
        return []
    return [
        Problem(
            "部分指标得分率偏低",
            ("下列指标的得分率在全部指标中偏低，失分原因见各项目的评分说明。",),
            tuple(_weak(facts, rate) for rate in weak),
            "改进得分率偏低的工作",
            "请得分低于平均水平的责任单位查明失分原因，逐项提出改进措施和完成时限，并保留可核查的资料。",
            (f"得分率较低的指标有{listed(in_quotes(rate.name) for rate in weak)}。",),
        )
    ]


def lost_points(facts: ReportFacts, project: ProjectFigures) -> list[Problem]:
    """What one project lost, the greatest loss first; nothing when it lost nothing."""
    own = [line for line in lost_lines(project) if line.code in project.indicators][:_MOST]
    rates = {rate.code: rate for rate in facts.figures.indicators}
    if not own:
        return []
    return [
        Problem(
            "部分指标存在失分",
            ("按评分规则和评价人评定，下列指标存在失分。",),
            tuple(_lost(rates[line.code], project, line) for line in own),
            "改进失分指标涉及的工作",
            _remedy(project, own),
            (f"失分的指标有{listed(in_quotes(line.name) for line in own)}。",),
        )
    ]


def lost_lines(project: ProjectFigures) -> list[ScoreLine]:
    """Lines that count and did not earn everything, the greatest loss first; what awaits its evaluator is no loss."""
    own = [line for line in project.sheet.own_lines if lost_some(line)]
    return sorted(own, key=lambda line: line.score - line.effective_mark)


def lost_sentence(lines: Sequence[ScoreLine]) -> Sentence:
    """Which of some lines lost most, and which await their evaluator."""
    lost = sorted(filter(lost_some, lines), key=lambda line: line.score - line.effective_mark)
    awaited = awaiting(line.name for line in lines if line.state is LineState.PENDING)
    if not lost:
        full = any(line.state is not LineState.PENDING for line in lines)
        return say(awaited, f"{'其余' if awaited else '各项'}指标均得满分。" if full else "")
    names = listed((in_quotes(line.name) for line in lost), _UNLISTED)
    return say(f"失分{'较多' if len(lost) > _UNLISTED else ''}的指标是{names}。", awaited)


def lost_rows(facts: ReportFacts, project: ProjectFigures) -> list[_Row]:
    """Indicators on which a project lost points, in the order of the scheme."""
    lost = {line.code: line for line in lost_lines(project)}
    return [
        {
            "名称": rate.name,
            "分值": rate.full_mark,
            "计分值": project.indicator_marks[rate.code],
            "得分": project.indicators[rate.code],
            "说明": because(project, lost[rate.code]),
        }
        for rate in facts.figures.indicators
        if rate.code in lost and rate.code in project.indicators
    ]


def _lost(rate: ScoreRateFigures, project: ProjectFigures, line: ScoreLine) -> Sentence:
    mark = own_marks(rate.full_mark, project.indicator_marks.get(line.code))
    return say(in_quotes(rate.name), mark, "得", project.indicators[line.code], "分。", because(project, line))


def _remedy(project: ProjectFigures, lost: Sequence[ScoreLine]) -> str:
    most = listed(in_quotes(line.name) for line in lost[:_FIRST])
    others = "其余失分指标对照评分标准逐项改进，" if len(lost) > _FIRST else ""
    whom = project.unit if project.project else "相关责任单位"
    return f"请{whom}先就失分最多的{most}查明原因，提出改进措施和完成时限，{others}并保留可核查的资料。"


def _weak(facts: ReportFacts, rate: ScoreRateFigures) -> Sentence:
    last = lowest(facts, rate.code)
    line = last[0].sheet.own_line(rate.code) if last else None
    example = say(f"如{quoted([last[0].name])}：", because(last[0], line)) if last and line else ()
    mean = say("平均得分", rate.average, "分，得分率", rate.rate, "。")
    return say(in_quotes(rate.name), mean, _below_average(facts, rate), example)


def _below_average(facts: ReportFacts, rate: ScoreRateFigures) -> str:
    average = rate.average.value or Decimal(0)
    own = [one for one, line in facts.lines_of(rate.code) if counts(line) and _score(one, rate.code) < average]
    return f"低于平均得分的有{quoted((one.name for one in own), _NAMES)}。" if own else ""


def _score(project: ProjectFigures, code: str) -> Decimal:
    figure: Figure | None = project.indicators.get(code)
    return (figure.value if figure else None) or Decimal(0)
