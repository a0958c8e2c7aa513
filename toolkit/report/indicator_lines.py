"""Lines of one indicator: whether they count, are judged or lost points; why they have their score; who is lowest."""

from collections.abc import Iterable
from decimal import Decimal

from toolkit.model import LineState, ProjectFigures, ScoreLine
from toolkit.report.facts import ReportFacts
from toolkit.report.judged import evaluators_words
from toolkit.report.scores import most_and_least
from toolkit.report.wording import Sentence, in_quotes, listed, one_line, quote, say, stopped

_NAMES = 6
_STATES = {
    LineState.NO_DATA: "未取得数据，按0分计",
    LineState.PENDING: "评价人尚未评定",
    LineState.NOT_APPLICABLE: "不适用于本项目，不计入评分",
}


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


def all_awaited(facts: ReportFacts, code: str) -> bool:
    """Whether an indicator has been judged of no project yet."""
    taking_part = sum(counts(line) for _, line in facts.lines_of(code))
    return taking_part > 0 and len(awaited(facts, code)) == taking_part
