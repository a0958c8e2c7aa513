"""绩效评价指标分析: every dimension and every indicator, with who lost points and why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from toolkit.report.judged import evaluators_words
from toolkit.report.library import fact, is_rest, of_indicator
from toolkit.report.scores import extremes, marks, most_and_least, rate_cells
from toolkit.report.wording import (
    Sentence,
    chained,
    in_quotes,
    listed,
    named,
    one_line,
    ordinal,
    quote,
    quoted,
    say,
    stopped,
)

_Row = dict[str, object]
_NAMES, _FEW, _OFTEN = 6, 3, 4
_UNJUDGED = {"得分": "待评定", "得分率": "—"}
_ANSWERS = ("是", "否", "符合", "不符合")
"""Answers to checkpoints and yes-or-no questions: the words on the score say the same."""
_MET = "符合"
_POINT = "要点"
"""How a value of a rule with checkpoints is called: 要点1."""
_OWN_POINTS = re.compile(r"（[0-9.]+分）$")
_STATES = {
    LineState.NO_DATA: "未取得数据，按0分计",
    LineState.PENDING: "评价人尚未评定",
    LineState.NOT_APPLICABLE: "不适用于本项目，不计入评分",
}


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


def because(project: ProjectFigures, line: ScoreLine) -> Sentence:
    """Why a line has its score, in one or two sentences with full stops; the evaluator's reason where there is one."""
    words = stopped(one_line(line.because or _STATES.get(line.state, "")))
    explained = quote(words, project.explanations.get(line.code, "")) if words else ()
    reason = stopped(evaluators_words(line))
    return say(explained, "评价人意见：", quote(reason, project.opinions.get(line.code, ""))) if reason else explained


def counts(line: ScoreLine | None) -> bool:
    """The line takes part in the evaluation."""
    return line is not None and line.state is not LineState.NOT_APPLICABLE


def awaiting(names: Iterable[str], of: str = "") -> str:
    """That indicators (``of`` 有项目: of some projects), or projects, still have to be judged; "" where none has."""
    quoted_names = [in_quotes(name) for name in names]
    return f"{listed(quoted_names, _NAMES)}{of}尚待评价人评定，暂计0分。" if quoted_names else ""


def awaited(facts: ReportFacts, code: str) -> list[ProjectFigures]:
    """The projects of which an indicator still has to be judged."""
    return [project for project, line in facts.lines_of(code) if line.state is LineState.PENDING]


def lost_some(line: ScoreLine | None) -> bool:
    """A line that counts, has been judged and did not earn everything."""
    return line is not None and _is_judged(line) and line.score < line.effective_mark


def _is_judged(line: ScoreLine | None) -> bool:
    return line is not None and counts(line) and line.state is not LineState.PENDING


def lowest(facts: ReportFacts, code: str) -> list[ProjectFigures]:
    """Projects with the lowest score of an indicator, but for those still to be judged.

    Those that sent nothing back count only when none did.
    """
    own = [project for project, line in facts.lines_of(code) if code in project.indicators and _is_judged(line)]
    pool = [line for line in own if line.returned] or own
    return most_and_least(pool, lambda one: one.indicators[code].value or Decimal(0))[1] if pool else []


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
    all_open = [rate.name for rate in rates if _all_awaited(facts, rate.code)]
    partly = [rate.name for rate in rates if rate.name not in all_open and awaited(facts, rate.code)]
    judged = [rate for rate in rates if not _all_awaited(facts, rate.code)]
    lowest_and_highest = extremes(judged, "其中，")
    open_names = awaiting(all_open) + awaiting(partly, "有项目")
    return say(opening, mean, lowest_and_highest, open_names, _sources(facts, dimension.name))


def _sources(facts: ReportFacts, dimension: str) -> str:
    """What the indicators of a dimension follow, said once; only where a report tells of one thing scored."""
    common = _common_source(facts, dimension) if facts.only else ""
    own = [indicator for indicator in facts.scheme.indicators if indicator.dimension == dimension]
    if not common:
        return ""
    is_everywhere = all(one_line(indicator.source) == common for indicator in own)
    return f"{'各项指标' if is_everywhere else '除另有说明外，各项指标'}依据{common}设立。"


def _common_source(facts: ReportFacts, dimension: str) -> str:
    """The source most indicators of a dimension have; "" where each has its own."""
    own = (one_line(one.source) for one in facts.scheme.indicators if one.dimension == dimension and one.source)
    source, times = next(iter(Counter(own).most_common(1)), ("", 0))
    return source if times > 1 else ""


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
        "分析": _analysis(facts, indicator, rate, often),
    }


def pending_cells(facts: ReportFacts, code: str) -> Mapping[str, str]:
    """What stands for the score and the rate of an indicator that has been judged of no project yet; else nothing."""
    return _UNJUDGED if _all_awaited(facts, code) else {}


def _all_awaited(facts: ReportFacts, code: str) -> bool:
    """Whether an indicator has been judged of no project yet."""
    taking_part = sum(counts(line) for _, line in facts.lines_of(code))
    return taking_part > 0 and len(awaited(facts, code)) == taking_part


def _analysis(facts: ReportFacts, indicator: Indicator, rate: ScoreRateFigures, often: str) -> Sentence:
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
    if _all_awaited(facts, indicator.code):
        return "参评项目均待评价人评定，暂计0分。"
    return awaiting(project.name for project in awaited(facts, indicator.code))


def _grounds(facts: ReportFacts, project: ProjectFigures, indicator: Indicator, line: ScoreLine | None) -> Sentence:
    """依据 → 核查材料 → 事实 → 得分: what the indicator follows, what was looked at, what it came to."""
    source = one_line(indicator.source)
    basis = f"依据{source}设立。" if source and source != _common_source(facts, indicator.dimension) else ""
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
