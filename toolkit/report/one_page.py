"""一项一页: what a director reads of one project on one page, and what did not fit there."""

from collections.abc import Iterable, Sequence

from toolkit.model import ProblemClass, Project, ProjectFigures, ReportRole
from toolkit.report import contents, material, own_problems
from toolkit.report.consequences import consequence_of
from toolkit.report.facts import ReportFacts
from toolkit.report.project_charts import own_group, own_self_score
from toolkit.report.scores import result
from toolkit.report.wording import Sentence, chained, say, width

_Row = dict[str, object]
_LINE = 33
"""Characters of 五号 that surely fit on a line of the column."""
_LINES = {"做什么": 3, "谁来做": 2, "时间": 3, "资金": 3, "用得怎样": 3, "须先说明": 6}
_BETWEEN = {"做什么": "；"}
_FIRST = 3


def one_page(facts: ReportFacts, project: ProjectFigures) -> dict[str, object]:
    """Names of the template: 一页 (rows of the page) and 详情 (what did not fit there)."""
    own_id = project.project.id if project.project else ""
    written = material.of_project(facts, own_id, "结论")
    rows, details = [_row("结论", say(*written, _conclusion(facts, project)))], []
    for label, clauses in _clauses(facts, project):
        fitting = _fitting(clauses, _LINES[label])
        rest = clauses[len(fitting) :]
        rows.append(_row(label, _cut(fitting) if rest else chained(fitting, _BETWEEN.get(label, "，"), "。")))
        if rest:
            details.append(_row(label, chained(rest, _BETWEEN.get(label, "，"), "。")))
    rows += [_row(*_compared(facts, project)), _row("须先说明", _first(facts, project))]
    rows.append(_row("结果应用", (consequence_of(facts, project),)))
    return {"一页": [row for row in rows if any(row["内容"])], "详情": details}


def _row(label: str, words: Sentence) -> dict[str, Sentence]:
    return {"名称": (label,), "内容": words}


def _clauses(facts: ReportFacts, project: ProjectFigures) -> Iterable[tuple[str, list[Sentence]]]:
    own = project.project
    if own is None:
        return []
    found = [
        ("做什么", _what(facts, own)),
        ("谁来做", _of(facts, own, ReportRole.PARTIES, ReportRole.PROCUREMENT, ReportRole.OPERATION)),
        ("时间", contents.day_clauses(facts, own)),
        ("资金", contents.money_clauses(facts, own)),
        ("用得怎样", _of(facts, own, ReportRole.SCALE, ReportRole.SHARING, ReportRole.SECURITY)),
    ]
    return [(label, clauses) for label, clauses in found if clauses]


def _what(facts: ReportFacts, project: Project) -> list[Sentence]:
    goal = contents.texts(facts, project, ReportRole.GOAL)
    parts = [*contents.texts(facts, project, ReportRole.CONTENT), *(say("绩效目标：", part) for part in goal)]
    return [part for part in parts if part]


def _of(facts: ReportFacts, project: Project, *roles: ReportRole) -> list[Sentence]:
    return contents.role_clauses(facts, project, roles)


def _fitting(clauses: Sequence[Sentence], lines: int) -> list[Sentence]:
    """The first clauses that fit in so many lines; one at least."""
    left = lines * _LINE - 2
    kept: list[Sentence] = []
    for clause in clauses:
        left -= width(clause) + 1
        if left < 0 and kept:
            break
        kept.append(clause)
    return kept


def _cut(clauses: Sequence[Sentence]) -> Sentence:
    return say(chained(clauses, "，"), "（其余见第一部分）。")


def _conclusion(facts: ReportFacts, project: ProjectFigures) -> Sentence:
    """Score, grade, place and how it stands to the average, in two lines."""
    overall, total = facts.figures.overall, project.total.value
    if total is None:
        return ("本项目没有可评分的数据，未评分、未定等级，补报采集表后再行核查和评分。",)
    first = result("本项目", project)
    average = overall["平均得分"]
    if facts.only or average.value is None:
        return first
    words = "高于" if total > average.value else "低于" if total < average.value else "等于"
    place = say("在", overall["已评分数"], "个项目中列第", project.rank, "位，")
    return say(first, place, f"{words}全部参评项目的平均得分（", average, "分）。")


def _compared(facts: ReportFacts, project: ProjectFigures) -> tuple[str, Sentence]:
    """What the score is compared with: the self score, where there is one, and projects of its kind."""
    if project.total.value is None:
        return "", ()
    compared, group = own_self_score(facts, project), own_group(facts, project)
    parts: list[Sentence] = []
    if compared:
        own = say("自评", compared.claimed, "分，复核", compared.verified, "分，")
        gap = compared.difference.value or 0
        words = "两者一致" if not gap else "差额" if gap < 0 else "相差"
        apart = say(words, compared.difference, "分") if gap else (words,)
        parts.append(say(own, apart))
    if group:
        parts.append(say(f"{group.name}类", group.projects, "个项目平均", group.average, "分"))
    return "自评复核" if compared else "同类项目", say(chained(parts, "；"), "。") if parts else ()


def _first(facts: ReportFacts, project: ProjectFigures) -> Sentence:
    """What must be said first: every breach of 合规底线 that fits, then the gravest other facts, with the evidence."""
    breaches, others = own_problems.first_facts(facts, project, _FIRST)
    told = _fitting(breaches, _LINES["须先说明"]) if breaches else []
    left_out = len(breaches) - len(told)
    more = f"；其余{left_out}项见第五部分" if left_out else ""
    first = say(f"{ProblemClass.COMPLIANCE}方面：", _numbered(told), f"{more}。") if told else ()
    lines = _LINES["须先说明"] - -(-width(first) // _LINE)
    shown = _fitting(others, lines) if others and lines > 0 else []
    return say(first, "其他方面：" if first else "", _numbered(shown), "。") if shown else first


def _numbered(facts: Sequence[Sentence]) -> Sentence:
    """1.甲；2.乙; a single one without its number."""
    if len(facts) > 1:
        facts = [say(f"{number}.", fact) for number, fact in enumerate(facts, 1)]
    return chained(facts, "；")
