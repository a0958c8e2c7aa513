"""问题及原因 over all projects from the scheme's library: classes, causes, advice, who is to act until when."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.model import Consequence, FactFigures, KeyKind, ProblemClass, ProblemFigures, ProblemRow, ProjectFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.judged import evaluators_words
from toolkit.report.reckoned import count, in_one_column, total
from toolkit.report.wording import Sentence, chained, in_quotes, named, one_line, ordinal, quote, say
from toolkit.text import printed_score

Row = dict[str, object]
TOLD = (ProblemClass.COMPLIANCE, ProblemClass.PERFORMANCE, ProblemClass.MANAGEMENT)
"""Classes a report tells as problems; 填报 stands in the annex on the verification."""
_OTHER = "OTHER-"
_FAILED = Decimal("0.6")
"""Below this share of its points an indicator failed (the lowest of four grades, 财预〔2020〕10号)."""
_SMALL = Decimal("0.5")
"""A loss of one project below this is summed up, not told, unless it is of 合规底线. Units: 分."""
_NAMED, _NUMBERED, _FIRST, _ADVISED = 3, 12, 8, 3
_MONTHS = re.compile(r"(\d+)个月")
_CAUSES = re.compile("[；;、\n]")
_LOST = re.compile("，失[0-9.]+分?$")
_NO_DEADLINE = "按要求"


@dataclass(frozen=True, slots=True)
class Told:
    """Problems of one class over all projects: those told one by one, and those summed up."""

    problem_class: ProblemClass
    rows: tuple[ProblemFigures, ...]
    rest: tuple[ProblemFigures, ...]


def told(facts: ReportFacts) -> tuple[Told, ...]:
    """The classes that have problems, the gravest first."""
    found = [row for row in facts.figures.problem_rows if row.tally.hits]
    classes = []
    for problem_class in TOLD:
        own = [row for row in found if row.tally.row.problem_class is problem_class]
        rest = tuple(row for row in own if is_rest(row) and not _is_explained(facts, row))
        if own:
            classes.append(Told(problem_class, tuple(row for row in own if row not in rest), rest))
    return tuple(classes)


def holds_for_the_whole(facts: ReportFacts, row: ProblemFigures) -> bool:
    """Whether a problem is one of the only thing scored, of which “1个项目” would be untrue or needless."""
    return facts.only is not None and [hit.project for hit in row.tally.hits] == [facts.only.sheet.project]


def is_rest(row: ProblemFigures) -> bool:
    """Losses of an indicator that no problem of the library explains."""
    return row.tally.row.code.startswith(_OTHER)


def _is_explained(facts: ReportFacts, row: ProblemFigures) -> bool:
    """Whether an evaluator wrote a cause or advice on it of some project: what people write is told."""
    code = row.tally.row.code
    return code in facts.figures.causes or code in facts.figures.advice


def chapters(facts: ReportFacts) -> list[Row]:
    """Chapter 问题及原因: a table a class, and what is summed up under it; only classes with a problem to list."""
    return [
        {
            "序": ordinal(number),
            "名称": f"{one.problem_class}类问题",
            "行": [_row(facts, place, row) for place, row in enumerate(one.rows, 1)],
            "其余": _rest(facts, one),
        }
        for number, one in enumerate(_with_rows(facts), 1)
    ]


def unexplained(facts: ReportFacts) -> Sentence:
    """Losses of the classes that have no chapter, summed up in one sentence; () for none."""
    rest = tuple(row for one in told(facts) if not one.rows for row in one.rest)
    return _rest(facts, Told(ProblemClass.MANAGEMENT, (), rest))


def _with_rows(facts: ReportFacts) -> list[Told]:
    return [one for one in told(facts) if one.rows]


def classes_told(facts: ReportFacts) -> str:
    """合规底线、绩效、管理三类: the classes that chapter 问题及原因 has; "" for none."""
    names = [one.problem_class.value for one in _with_rows(facts)]
    return f"{'、'.join(names)}{['', '', '两', '三'][len(names)]}类" if names else ""


def suspends(facts: ReportFacts) -> bool:
    """Whether a problem that is told suspends a project by itself: it stands before the larger ones of its class."""
    return any(row.tally.row.consequence is Consequence.SUSPEND for one in told(facts) for row in one.rows)


def _row(facts: ReportFacts, number: int, row: ProblemFigures) -> Row:
    own = row.tally.row
    return {
        "序号": number,
        "事实": fact(facts, row, with_reason=True),
        "涉及": concerned(facts, row),
        "原因": _causes(facts, row),
        "建议": _advice(facts, row) or "—",
        "责任": f"{own.responsible or '责任单位'}{f'，{own.deadline}' if own.deadline else ''}",
        "失分": row.lost if row.lost.value else "—",
    }


def _advice(facts: ReportFacts, row: ProblemFigures) -> str:
    """The library's advice on a problem; where it has none, what evaluators advise."""
    own = row.tally.row
    return own.advice or "；".join(one_line(text).rstrip("。") for text in facts.figures.advice.get(own.code, ()))


def _causes(facts: ReportFacts, row: ProblemFigures) -> str:
    """The causes evaluators chose, the most frequent first, with numbers of projects; else what may be the cause."""
    every = facts.figures.causes.get(row.tally.row.code, {})
    own = [told for hit in row.tally.hits for told in every.get(hit.project, ())]
    chosen = Counter(cause for told in own for cause in _CAUSES.split(told) if cause)
    if not chosen:
        return possible_causes(row.tally.row)
    if len(row.tally.hits) == 1:
        return "；".join(chosen)
    counted = [f"{cause}（{count}个）" for cause, count in chosen.most_common()]
    waiting = len(row.tally.hits) - len(own)
    return "；".join([*counted, *([f"其余{waiting}个尚未核定"] if waiting else [])])


def possible_causes(row: ProblemRow) -> str:
    """The causes the scheme names for a problem, as no more than possible, where no evaluator has chosen yet."""
    return f"可能与{'、'.join(row.causes)}有关" if row.causes else "—"


def causes_open(facts: ReportFacts, project: ProjectFigures | None = None) -> bool:
    """Whether a problem told of all projects, or of one, has no cause chosen by an evaluator."""
    ids = [project.project.id if project.project else project.sheet.project] if project else list(facts.figures.facts)
    told_of = (fact for own in ids for fact in facts.figures.facts.get(own, ()) if fact.hit.row.problem_class in TOLD)
    listed = (fact for fact in told_of if not (is_small(fact) if project else fact.hit.row.code.startswith(_OTHER)))
    return any(fact.hit.row.causes and not fact.cause for fact in listed)


def fact(facts: ReportFacts, row: ProblemFigures, *, with_reason: bool = False) -> Sentence:
    """A problem over all projects without its list of names, every number bound to the master's sentence.

    What holds for the only thing scored is said in its own sentence: “1个项目没有按时完成” would count the whole as
    one project; ``with_reason`` adds what the evaluator found there.
    """
    if facts.only and len(row.tally.hits) == 1:
        project, code = row.tally.hits[0].project, row.tally.row.code
        if project == facts.only.sheet.project:
            own = next((one for one in facts.figures.facts.get(project, ()) if one.hit.row.code == code), None)
            if own:
                return judged_fact(facts.only, own) if with_reason else quote(own.text.rstrip("。；"), own.at)
    text, template = row.text, row.tally.row.summary
    text = text.partition("：")[0] if "：{名单}" in template else text
    text = text.partition("（")[0] if "（{数额}）" in template else text
    return quote(text.rstrip("。；"), row.at)


def judged_fact(project: ProjectFigures, own: FactFigures) -> Sentence:
    """What holds for a project, with what the evaluator who judged the indicator found."""
    line = project.sheet.own_line(own.hit.row.indicator)
    told = own.text.rstrip("。；")
    words = evaluators_words(line).rstrip("。") if line and own.hit.row.kind is KeyKind.INDICATOR else ""
    if line is None or not words or words in told or told in words:
        return quote(told, own.at)
    return say(quote(_LOST.sub("", told), own.at), "：", quote(words, project.opinions.get(line.code, "")))


def concerned(facts: ReportFacts, row: ProblemFigures) -> Sentence:
    """The projects a problem concerns: few by name, else by number, of many the first; sheet 问题汇总 has all."""
    if holds_for_the_whole(facts, row):
        return ()
    ids = [hit.project for hit in row.tally.hits]
    names = {project.id: project.name for project in facts.roster.projects}
    if len(ids) <= _NAMED:
        return (named(names.get(project, project) for project in ids),)
    if len(ids) <= _NUMBERED:
        return (_numbers(ids),)
    return say(f"{_numbers(ids[:_FIRST])}等", row.projects, "个")


def _numbers(ids: Iterable[str]) -> str:
    """37号、12号: digits and commas alone are one word to LibreOffice, which then breaks it amid a number."""
    return "、".join(f"{number}号" for number in ids)


def _rest(facts: ReportFacts, told: Told) -> Sentence:
    """What no row of the library explains: so many indicators, so many projects, so many points; all accounted for."""
    if not sum((row.tally.lost for row in told.rest), Decimal(0)):
        return ()
    names = {indicator.code: indicator.name for indicator in facts.scheme.indicators}
    told_ones = [_summed_up(facts, names.get(row.tally.row.indicator, ""), row) for row in told.rest]
    where = "" if facts.only else "各项目各指标的得分见附件1和单项目报告。"
    return say(_opening(told.rest), chained(told_ones, "、"), f"。{where}")


def _summed_up(facts: ReportFacts, name: str, row: ProblemFigures) -> Sentence:
    """“业务量目标完成率”（16个项目，14.30分）."""
    projects = () if facts.only else (row.projects, "个项目，")
    return say(in_quotes(name), "（", projects, row.lost, "分）")


def _opening(rest: Sequence[ProblemFigures]) -> Sentence:
    """此外，9项指标另有143处失分没有单列为问题，共失35.23分：."""
    projects, lost = [row.projects for row in rest], [row.lost for row in rest]
    if in_one_column(projects):
        several, places, points = count(projects, ">0"), total(projects), total(lost, printed_score)
        return say("此外，", several, "项指标另有", places, "处失分没有单列为问题，共失", points, "分：")
    points_lost = printed_score(sum((row.tally.lost for row in rest), Decimal(0)))
    places_lost = sum(len(row.tally.hits) for row in rest)
    return (f"此外，{len(rest)}项指标另有{places_lost}处失分没有单列为问题，共失{points_lost}分：",)


def filling(facts: ReportFacts) -> list[Sentence]:
    """Problems of filling in the workbook, for the annex on the verification."""
    return [
        say(fact(facts, row), _colon(concerned(facts, row)), "。")
        for row in facts.figures.problem_rows
        if row.tally.hits and row.tally.row.problem_class is ProblemClass.FILLING
    ]


def _colon(names: Sentence) -> Sentence:
    return say("：", names) if names else ()


def advice(facts: ReportFacts) -> list[Row]:
    """Recommendations by class, each answering its problem, with who is to act and until when; no text twice."""
    found: list[Row] = []
    for one in told(facts):
        items = [row for row in one.rows if row.tally.row.advice]
        items = items[: _ADVISED if one.problem_class is not ProblemClass.COMPLIANCE else None]
        rows = list({row.tally.row.advice: row for row in reversed(items)}.values())[::-1]
        found.append(
            {
                "名称": f"针对{one.problem_class}类问题",
                "项": [say(f"{_asked(row)}：{row.tally.row.advice}（针对", fact(facts, row), "）。") for row in rows],
            }
        )
    return [{"序": ordinal(number), **row} for number, row in enumerate(found, 1) if row["项"]]


def schedule(facts: ReportFacts) -> list[Row]:
    """Who is to act until when, on which problems of the tables: deadlines in months first, then the others."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for one in told(facts):
        for number, row in enumerate(one.rows, 1):
            own = row.tally.row
            if _advice(facts, row):
                who = own.deadline or _NO_DEADLINE, own.responsible or "责任单位"
                found.setdefault(who, {}).setdefault(one.problem_class.value, []).append(str(number))
    ordered = sorted(found.items(), key=lambda item: (_months(item[0][0]), item[0][0]))
    return [
        {
            "期限": deadline,
            "责任": who,
            "问题": "；".join(f"{kind}类第{'、'.join(own)}项" for kind, own in kinds.items()),
        }
        for (deadline, who), kinds in ordered
    ]


def _months(deadline: str) -> int:
    """A deadline in months; what has no number comes after all that has."""
    match = _MONTHS.match(deadline)
    return int(match[1]) if match else 1000


def _asked(row: ProblemFigures) -> str:
    own = row.tally.row
    return f"{own.responsible or '责任单位'}{f'（{own.deadline}）' if own.deadline else ''}"


def of_indicator(facts: ReportFacts, code: str) -> list[ProblemFigures]:
    """Problems over all projects that explain an indicator's losses, the gravest first."""
    return [row for row in facts.figures.problem_rows if row.tally.hits and row.tally.row.indicator == code]


def is_small(figures: FactFigures) -> bool:
    """Whether a project's loss is summed up with others instead of told."""
    row = figures.hit.row
    if row.problem_class is ProblemClass.COMPLIANCE or figures.cause or figures.advice:
        return False
    if row.code.startswith(_OTHER):
        rate = figures.hit.values.get("得分率")
        return not (isinstance(rate, Decimal) and rate < _FAILED)
    if row.indicator and figures.hit.values.get("得分率") is None:  # not scored yet: what it costs is not known
        return False
    return figures.hit.lost < _SMALL and not _is_money(figures)


def _is_money(figures: FactFigures) -> bool:
    return figures.hit.row.amount_unit in ("万元", "元") and bool(figures.hit.amount)
