"""综合评价结论 in words: from counts and money of the problems, from groups of projects, from the self scores."""

from collections.abc import Sequence

from toolkit.model import Figure, GroupFigures, ProblemClass, ProblemFigures
from toolkit.report.facts import ReportFacts
from toolkit.report.library import fact, told
from toolkit.report.reckoned import count, in_one_column
from toolkit.report.wording import Sentence, chained, in_quotes, say

_MOST = {ProblemClass.COMPLIANCE: 9, ProblemClass.PERFORMANCE: 8, ProblemClass.MANAGEMENT: 8}
_OPENINGS = {
    ProblemClass.COMPLIANCE: "安全、审批和资金底线方面，",
    ProblemClass.PERFORMANCE: "建设成效方面，",
    ProblemClass.MANAGEMENT: "资金和管理方面，",
}


def statements(facts: ReportFacts) -> list[Sentence]:
    """One paragraph a class of problem, one on groups, one on self scores; each only where its data exist."""
    found = [_of_class(facts, one.problem_class, one.rows) for one in told(facts)]
    return [statement for statement in (*found, groups(facts), self_scores(facts)) if statement]


def _of_class(facts: ReportFacts, problem_class: ProblemClass, rows: Sequence[ProblemFigures]) -> Sentence:
    if not rows:
        return ()
    most = _MOST[problem_class]
    shown = chained([fact(facts, row, with_reason=True) for row in rows[:most]], "；")
    more = say("；另有", _others(rows[most:]), "类问题见第六部分") if len(rows) > most else ()
    opening = _OPENINGS[problem_class]
    opening = f"{opening.rstrip('，')}的主要问题：" if facts.only else opening
    return say(opening, shown, more, "。")


def _others(rows: Sequence[ProblemFigures]) -> str | Figure:
    """How many problems are not told here; a figure where they stand row below row in the master."""
    projects = [row.projects for row in rows]
    return count(projects, ">0") if in_one_column(projects) else str(len(rows))


def groups(facts: ReportFacts) -> Sentence:
    """按项目类型，升级改造8个平均94.12分…; only groups with scored projects, and only where there are two."""
    parts = []
    for sort in dict.fromkeys(group.sort for group in facts.figures.groups):
        own = [group for group in facts.figures.groups if group.sort == sort and group.average.value is not None]
        if len(own) > 1:
            parts.append(say(f"按{sort}看，", chained([_group(group) for group in own], "，")))
    return say(chained(parts, "；"), "。") if parts else ()


def _group(group: GroupFigures) -> Sentence:
    return say(f"{group.name}的", group.projects, "个项目平均", group.average, "分")


def self_scores(facts: ReportFacts) -> Sentence:
    """自评分合计比复核分高多少; the project that differs most."""
    total = facts.figures.self_total
    if total is None or not total.given.value:
        return ()
    found = say(
        "自评与复核相比，",
        total.given,
        "项有自评分的指标自评合计",
        total.claimed,
        "分，复核合计",
        total.verified,
        "分，",
        say("相差", total.difference, "分") if total.difference.value else "两者一致",
        "，其中自评满分",
        total.full,
        "项",
        "，待评定的指标没有比较" if facts.provisional else "",
    )
    compared = [
        score for score in facts.figures.self_scores if score.given.value and score.difference.value is not None
    ]
    if len(compared) < 2:
        return say(found, "。")
    most = max(compared, key=lambda score: score.difference.value or 0)
    return say(found, f"；自评高出最多的是{in_quotes(most.name)}，高", most.difference, "分。")
