"""问题及原因 of one project: what is told one by one with advice, small losses summed up, matters of filling in."""

from collections.abc import Iterable

from toolkit.model import FactFigures, ProblemClass, ProjectFigures, Severity
from toolkit.report.facts import ReportFacts
from toolkit.report.library import TOLD, Row, is_small, judged_fact, possible_causes
from toolkit.report.reckoned import count, in_one_column, total
from toolkit.report.wording import Sentence, chained, in_quotes, one_line, quote, say
from toolkit.text import printed_score

_QUARTER = 4
_SUPERVISED = (
    "单位主要负责人牵头，整改方案报主管部门审核",
    "分管负责人牵头，整改方案报主管部门备案",
    "分管负责人牵头，按月报送进展",
    "业务科室牵头，按月报送进展",
    "业务科室牵头，按季报送进展",
    "业务科室办理，办结后报送结果",
    "业务科室办理，随下年度自评说明结果",
)
"""Who leads and what is reported, the gravest first: no level holds more than a quarter of the projects."""
_SELF_SCORE = "SELF-02"
LATE = "DATE-05"
"""What the checks call a return that came after the day the letter named."""


def own_facts(facts: ReportFacts, project: ProjectFigures) -> tuple[FactFigures, ...]:
    """What holds for one project, the gravest first."""
    return facts.figures.facts.get(project.project.id if project.project else project.sheet.project, ())


def grave(own: Iterable[FactFigures]) -> list[FactFigures]:
    """What a project's report tells one by one: all of 合规底线, and what cost points or money enough to speak of."""
    return list(filter(_is_grave, own))


def _is_grave(figures: FactFigures) -> bool:
    return figures.hit.row.problem_class in TOLD and not is_small(figures)


def project_rows(facts: ReportFacts, project: ProjectFigures) -> list[Row]:
    """A project's problems: class, fact, evidence asked for, cause, advice, who, until when, points."""
    return [
        {
            "序号": number,
            "类别": one.hit.row.problem_class.value,
            "事实": judged_fact(project, one),
            "佐证": one.evidence or "—",
            "原因": one.cause or possible_causes(one.hit.row),
            "建议": _own_advice(facts, one),
            "责任": one.hit.row.responsible or "责任单位",
            "期限": one.hit.row.deadline or "—",
            "失分": one.lost if one.lost.value else "—",
        }
        for number, one in enumerate(grave(own_facts(facts, project)), 1)
    ]


def _own_advice(facts: ReportFacts, figures: FactFigures) -> Sentence:
    """The advice on one fact; what many projects are told says too who leads and reports, by how grave it is here."""
    if figures.advice:
        return (one_line(figures.advice),)
    advice = figures.hit.row.advice or "对照评分标准改进"
    told_to = facts.places.get(figures.hit.row.code, {})
    quarter = max(1, len(facts.roster.projects) // _QUARTER)
    if len(told_to) <= quarter:
        return (advice,)
    place = told_to.get(figures.hit.project, len(told_to))
    return (f"{advice.rstrip('。')}；{_SUPERVISED[min(place // quarter, len(_SUPERVISED) - 1)]}",)


def is_supervised(facts: ReportFacts) -> bool:
    """Whether some problem is told to so many projects that its advice goes by how grave it is."""
    quarter = max(1, len(facts.roster.projects) // _QUARTER)
    return any(
        len(row.tally.hits) > quarter and row.tally.row.problem_class in TOLD for row in facts.figures.problem_rows
    )


def own_filling(facts: ReportFacts, project: ProjectFigures) -> list[Sentence]:
    """A project's 填报 matters, told apart from its problems; what its findings say one by one is not said twice."""
    told_as_findings = {finding.code for finding in project.findings if finding.severity is not Severity.NOTE}
    own = [
        fact
        for fact in own_facts(facts, project)
        if fact.hit.row.problem_class is ProblemClass.FILLING and fact.hit.row.key not in told_as_findings
    ]
    told = [
        say(quote(fact.text.rstrip("。"), fact.at), _self_scored(facts, fact) or _as_found(facts, project, fact), "。")
        for fact in own
    ]
    return [*_returned_late(facts, project), *told]


def _returned_late(facts: ReportFacts, project: ProjectFigures) -> list[Sentence]:
    """When the return came, where that was after the day the letter named."""
    late = (finding for finding in project.findings if finding.code == LATE and not finding.decided)
    return [say(quote(one_line(finding.message), facts.figures.problems.get(finding, "")), "。") for finding in late]


def _as_found(facts: ReportFacts, project: ProjectFigures, filling: FactFigures) -> Sentence:
    """What the checks found, one by one, where the row of the library only says what kind of thing it was."""
    found = [finding for finding in project.findings if finding.code == filling.hit.row.key]
    told = [quote(one_line(one.message).rstrip("。；"), facts.figures.problems.get(one, "")) for one in found]
    return say("：", chained(told, "；")) if told else ()


def _self_scored(facts: ReportFacts, filling: FactFigures) -> Sentence:
    """How far a self score is from the verified one, where that is the matter."""
    own = facts.self_scores.get(filling.hit.project)
    if own is None or filling.hit.row.key != _SELF_SCORE or not own.given.value:
        return ()
    return say("：", own.given, "项自评合计", own.claimed, "分，复核合计", own.verified, "分")


def small_losses(facts: ReportFacts, project: ProjectFigures) -> Sentence:
    """The losses not told one by one, each with its points; () where there are none.

    Their number and sum are said where they stand row below row in the master, so that both can be checked.
    """
    every = [fact for fact in own_facts(facts, project) if fact.hit.lost and not _is_grave(fact)]
    if not every:
        return ()
    names = {indicator.code: indicator.name for indicator in facts.scheme.indicators}
    parts: list[str | Sentence] = []
    for number, fact in enumerate(sorted(every, key=lambda fact: -fact.hit.lost)):
        name = names.get(fact.hit.row.indicator, fact.hit.row.code)
        parts += ["、"] if number else []
        parts.append(say(f"{in_quotes(name)}失", fact.lost, "分"))
    losses = [fact.lost for fact in every]
    opening = say("另有", count(losses, ">0"), "项失分没有单列为问题，共", total(losses, printed_score), "分：")
    opening = opening if in_one_column(losses) else say("其余没有单列为问题的失分：")
    return say(opening, *parts, "。")


def first_facts(facts: ReportFacts, project: ProjectFigures, most: int) -> tuple[list[Sentence], list[Sentence]]:
    """The weightiest facts of a project in a clause each, with the evidence: breaches of 合规底线, and others.

    ``most``: how many there may be with those others.
    """
    own = grave(own_facts(facts, project))
    breaches = [figures for figures in own if figures.hit.row.problem_class is ProblemClass.COMPLIANCE]
    others = [figures for figures in own if figures.hit.row.problem_class is not ProblemClass.COMPLIANCE]
    told = others[: max(0, most - len(breaches))]
    return [_clause(figures) for figures in breaches], [_clause(figures) for figures in told]


def _clause(figures: FactFigures) -> Sentence:
    evidence = f"（佐证{figures.evidence}）" if figures.evidence else ""
    return say(quote(figures.text.rstrip("。"), figures.at), evidence)
