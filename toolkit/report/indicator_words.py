"""What a report says of one indicator: what it looks at, what was found, who lost most and why."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.formula import parse
from toolkit.model import (
    FieldType,
    Figure,
    Indicator,
    LineState,
    ProblemFigures,
    ProjectFigures,
    ScoreLine,
    ScoreRateFigures,
)
from toolkit.report.facts import ReportFacts
from toolkit.report.indicator_lines import all_awaited, awaited, awaiting, because, counts, lost_some, lowest
from toolkit.report.judged import evaluators_words
from toolkit.report.library import fact, is_rest, of_indicator
from toolkit.report.wording import Sentence, chained, in_quotes, named, one_line, quote, quoted, say, stopped

_FEW = 3
_ANSWERS = ("是", "否", "符合", "不符合")
"""Answers to checkpoints and yes-or-no questions: the words on the score say the same."""
_MET = "符合"
_POINT = "要点"
"""How a value of a rule with checkpoints is called: 要点1."""
_OWN_POINTS = re.compile(r"（[0-9.]+分）$")


def analysis(facts: ReportFacts, indicator: Indicator, rate: ScoreRateFigures, often: str) -> Sentence:
    """What is told of an indicator; ``often`` is the project that lost most of many and is told of elsewhere."""
    looks_at = stopped(one_line(indicator.explanation)) if indicator.explanation else ""
    if facts.only:
        line = facts.only.sheet.own_line(indicator.code)
        grounds = _grounds(facts, facts.only, indicator, line)
        scored = line is not None and (f"得{rate.average.text}分" in line.because or line.state is LineState.PENDING)
        return say(looks_at, grounds, *(() if scored else ("该指标得", rate.average, "分。")))
    rows = of_indicator(facts, indicator.code)
    told = [fact(facts, row) for row in rows if not is_rest(row)]
    told += [_rest(row, bool(told)) for row in rows if is_rest(row)]
    found = say(chained(told, "；"), "。") if told else _lost(facts, indicator)
    return say(
        looks_at, found, _deviating(facts, indicator, often), _unjudged(facts, indicator), _left_out(facts, indicator)
    )


def _rest(row: ProblemFigures, is_more: bool) -> Sentence:
    """另有16个项目没有得满分，共失14.30分: what no problem of the library explains."""
    return say("另有" if is_more else "", row.projects, "个项目没有得满分，共失", row.lost, "分")


def _unjudged(facts: ReportFacts, indicator: Indicator) -> str:
    """Of which projects an indicator still has to be judged."""
    if all_awaited(facts, indicator.code):
        return "参评项目均待评价人评定，暂计0分。"
    return awaiting(project.name for project in awaited(facts, indicator.code))


def _grounds(facts: ReportFacts, project: ProjectFigures, indicator: Indicator, line: ScoreLine | None) -> Sentence:
    """依据 → 核查材料 → 事实 → 得分: what the indicator follows, what was looked at, what it came to."""
    source = one_line(indicator.source)
    basis = f"依据{source}设立。" if source and source != common_source(facts, indicator.dimension) else ""
    if line is None:
        return (basis,) if basis else ()
    evidence = f"（佐证{'、'.join(indicator.evidence)}）" if indicator.evidence else ""
    seen = [*_looked_at(project, line), *_behind(facts, project, indicator)]
    comma = "；" if any("，" in part for words in seen for part in words if isinstance(part, str)) else "，"
    told = say(chained(seen, comma), "。") if seen else ()
    judged = stopped(evaluators_words(line))
    opinion = quote(judged, project.opinions.get(line.code, "")) if judged else ()
    explained = because(project, replace(line, reason=""))
    looked = "核查有关材料" if line.evaluator or facts.has_evidence_files else "据填报内容"
    return say(basis, f"{looked}{evidence}，", told, _unit_note(project, line), opinion, explained)


def _looked_at(project: ProjectFigures, line: ScoreLine) -> Iterator[Sentence]:
    """Values the words on the score do not name, and the checkpoints that are met, of which they give the number."""
    for given, figure in zip(line.inputs, project.values.get(line.code, ()), strict=False):
        if given.shown == _MET:
            yield (_OWN_POINTS.sub("", one_line(given.label)),)
            continue
        if line.state is LineState.PENDING and given.value in (None, ""):
            continue
        if _OWN_POINTS.sub("", one_line(given.label)) in line.because:  # 要点1“…”部分达成（64%） says it all
            continue
        value: str | Figure = figure if figure.value is not None else one_line(given.shown) or "未填"
        if str(value) not in line.because and value not in _ANSWERS:
            label = one_line(given.label)
            if given.local.startswith(_POINT) and isinstance(value, Figure):
                yield say(f"{in_quotes(label)}达成", value)
            else:
                yield say(f"{in_quotes(label) if '，' in label else label}为", value)


def _behind(facts: ReportFacts, project: ProjectFigures, indicator: Indicator) -> Iterator[Sentence]:
    """计划成本327.66万元，实际成本327.13万元: the amounts a rate was worked out from."""
    known = facts.figures.collected.get(project.project.id, {}) if project.project else {}
    rates = [facts.scheme.field(asked.formula.lstrip("=")) for asked in indicator.inputs if asked.formula]
    for rate in rates:
        names = parse(rate.formula).names if rate and rate.formula else ()
        for field in facts.scheme.fields:
            if field.key in names and field.type is FieldType.AMOUNT and field.key in known:
                yield say(field.label, known[field.key], field.unit)


def _unit_note(project: ProjectFigures, line: ScoreLine) -> Sentence:
    """What the unit wrote beside an indicator, as its word."""
    note = project.notes.get(line.code) if line.state is not LineState.PENDING else None  # told there
    text = stopped(one_line(note.text)).rstrip("。") if note else ""
    return say("责任单位说明：", quote(text, note.at if note else ""), "。") if text else ()


def _lost(facts: ReportFacts, indicator: Indicator) -> Sentence:
    """What is found where no problem is: everybody earned all, or who earned least."""
    last = lowest(facts, indicator.code)
    if not last:
        return ()
    line = last[0].sheet.own_line(indicator.code)
    if line and line.score == line.effective_mark:
        return ("已报送的项目均达到标准。" if facts.not_returned() else "参评项目均达到标准。",)
    return say(f"{quoted((one.name for one in last), 3)}得分最低：", because(last[0], line) if line else ())


def _deviating(facts: ReportFacts, indicator: Indicator, often: str) -> Sentence:
    """Who lost most, where problems were told, unless it ``often`` is; the cause is the evaluator's to choose.

    Where all that lost points lost the same they are named as such, and not at all where that is everybody.
    """
    rows = of_indicator(facts, indicator.code)
    last = lowest(facts, indicator.code)
    if not rows or not last or len(last) > _FEW:
        return ()
    lost = [project for project, line in facts.lines_of(indicator.code) if lost_some(line)]
    if [project.name for project in last] == [often] and (len(lost) > 1 or not all(map(is_rest, rows))):
        return ()  # one that lost alone is named all the same where no problem of the library names it
    if len(last) == len(lost):
        return () if len(lost) == len(facts.scored) else say("失分的是", _with_values(last, indicator.code), "。")
    return say("失分最多的是", _with_values(last, indicator.code), "。")


def _with_values(projects: Sequence[ProjectFigures], code: str) -> Sentence:
    """甲系统（管网漏损率28.50%）、乙系统: names with the one number that each score goes by, where it is one."""
    return chained([say(named([project.name]), _reached(project, code)) for project in projects], "、")


def _reached(project: ProjectFigures, code: str) -> Sentence:
    """（管网漏损率28.50%）, as the words on the score have it; () where the score goes by more than one number."""
    line = project.sheet.own_line(code)
    if line is None or len(line.inputs) != 1 or not isinstance(line.inputs[0].value, Decimal):
        return ()
    label, shown = one_line(line.inputs[0].label), one_line(line.inputs[0].shown)
    before, found, _ = one_line(line.because).partition(f"{label}{shown}")
    figure = quote(shown, project.explanations.get(code, ""), after=f"{before}{label}")
    return say(f"（{line.name}", figure, "）") if found else ()


def _left_out(facts: ReportFacts, indicator: Indicator) -> str:
    without = [project.name for project, line in facts.lines_of(indicator.code) if not counts(line)]
    applying = facts.applying(indicator.code)
    conditional = f"该指标只用于{in_quotes(applying)}项目。" if applying else ""
    return conditional + (f"{quoted(without, 3)}不适用该指标。" if without else "")


def common_source(facts: ReportFacts, dimension: str) -> str:
    """The source most indicators of a dimension have; "" where each has its own."""
    own = (one_line(one.source) for one in facts.scheme.indicators if one.dimension == dimension and one.source)
    source, times = next(iter(Counter(own).most_common(1)), ("", 0))
    return source if times > 1 else ""
