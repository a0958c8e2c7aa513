"""主要经验做法: only what the scores and the evaluators' own words show."""

from decimal import Decimal

from toolkit.model import LineState, ProjectFigures, ScoreLine
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, chained, in_quotes, listed, one_line, quoted, say, stopped

_INDICATORS, _PROJECTS = 5, 5


def practices(facts: ReportFacts) -> list[Sentence]:
    """Indicators done best, and what evaluators wrote about full scores of the best projects; may be empty."""
    return [one for one in (_strong_indicators(facts), *_praised(facts)) if one]


def _strong_indicators(facts: ReportFacts) -> Sentence:
    rates = [one for one in facts.figures.indicators if one.rate.value is not None]
    full = [one for one in rates if one.rate.value == 1]
    if full and facts.only:
        names = listed((in_quotes(one.name) for one in full), _INDICATORS)
        return (f"{names}指标得满分，相关工作达到方案规定的标准。",)
    best = sorted(rates, key=lambda one: -(one.rate.value or Decimal(0)))[:_INDICATORS]
    if len(best) < 2:
        return ()
    shown = chained([say(f"{in_quotes(one.name)}（", one.rate, "）") for one in best])
    return say("从指标看，得分率居前的是", shown, "，这些方面的管理和实施情况总体较好。")


def _praised(facts: ReportFacts) -> list[Sentence]:
    """The weightiest opinions, none twice: evaluators repeat themselves."""
    found: list[Sentence] = []
    said: set[str] = set()
    for project in facts.ranked()[:_PROJECTS]:
        lines = sorted(filter(_is_praise, project.sheet.own_lines), key=lambda one: -one.full_mark)
        new = [one for one in lines if not {one.name, one.reason} & said][: _INDICATORS if facts.only else 1]
        said |= {word for one in new for word in (one.name, one.reason)}
        found += [_praise(facts, project, one) for one in new]
    return found


def _is_praise(line: ScoreLine) -> bool:
    full = line.state is LineState.SCORED and line.score == line.effective_mark
    return full and bool(line.reason) and bool(line.evaluator)


def _praise(facts: ReportFacts, project: ProjectFigures, line: ScoreLine) -> Sentence:
    reason = stopped(one_line(line.reason))
    if facts.only:
        return (f"{in_quotes(line.name)}得满分，评价人意见：{reason}",)
    whose = say(f"{quoted([project.name])}（总分", project.total, "分）")
    return say(whose, f"{in_quotes(line.name)}得满分，评价人意见：{reason}")
