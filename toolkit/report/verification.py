"""What the verification report (整体核查报告) on one unit's own projects says."""

from collections import Counter

from toolkit.model import ProblemClass, Project, ProjectFigures, Severity, UnitFigures
from toolkit.report import body, funds, library, material, own_problems, problems, scores
from toolkit.report.adjustments import adjustment_rows
from toolkit.report.facts import ReportFacts
from toolkit.report.losses import lost_rows, lost_sentence
from toolkit.report.project import project_row
from toolkit.report.setting import evaluation_words
from toolkit.report.wording import Sentence, chained, in_quotes, ordinal, quoted, say

_Row = dict[str, object]
DOCUMENT, _LINE = "整体核查报告", 14
_PLACE = 4
"""Characters of a place that may stand before a unit's name."""


def verification_words(facts: ReportFacts) -> dict[str, object]:
    """The names the template of the verification report may use."""
    unit = facts.verification_unit
    projects = body.own_projects(facts)
    by_id = {line.project.id: line for line in facts.scored if line.project}
    own = tuple(by_id[project.id] for project in projects if project.id in by_id)
    listed = {project.id for project in projects}
    findings = [finding for finding in facts.figures.findings if finding.project in listed]
    scored, money = scores.project_rows(facts, own), funds.fund_table(facts, projects)
    if facts.figures.body is not None:
        money["行"] = body.numbered(money["行"])
    return {
        **evaluation_words(facts),
        "核查单位": unit,
        "标题": facts.verification_title,
        "标题行": _title_lines(facts),
        **body.body_words(facts),
        "素材": material.chapters(facts),
        "数字": _unit(facts, unit) if facts.figures.body is None else None,
        "项目": scored if facts.figures.body is None else body.numbered(scored),
        "维度": [dimension.name for dimension in facts.figures.dimensions],
        "联合": _joint(projects),
        "资金合计": _money(facts, projects),
        "结论": [*_conclusion(facts, own), *_found(facts, own)],
        "资金": money,
        **funds.overpaid(facts, projects),
        "逐项": [_chapter(facts, number, project) for number, project in enumerate(own, 1)],
        "问题清单": problems.finding_rows(facts, findings),
        "待整改": any(finding.severity is not Severity.NOTE for finding in findings),
        "整改事项": _to_rectify(facts, own),
        "核查设置": adjustment_rows(facts),
    }


def _to_rectify(facts: ReportFacts, own: tuple[ProjectFigures, ...]) -> list[_Row]:
    """The problems of the body's own projects with advice, project by project."""
    rows = [{"项目": project.name, **row} for project in own for row in own_problems.project_rows(facts, project)]
    return [{**row, "序号": number} for number, row in enumerate(rows, 1)]


def _found(facts: ReportFacts, own: tuple[ProjectFigures, ...]) -> list[Sentence]:
    """How many things are to be put right, and each breach of 合规底线."""
    told = [(project, found) for project in own for found in own_problems.grave(own_problems.own_facts(facts, project))]
    kinds = Counter(found.hit.row.problem_class for _, found in told)
    if not kinds:
        return []
    counts = "、".join(f"{kind}类{kinds[kind]}项" for kind in library.TOLD if kinds[kind])
    breaches = [
        say(in_quotes(project.name), library.judged_fact(project, found))
        for project, found in told
        if found.hit.row.problem_class is ProblemClass.COMPLIANCE
    ]
    grave = [say("合规底线类问题为：", chained(breaches, "；"), "。")] if breaches else []
    return [(f"核查认定须整改的事项{len(told)}项（{counts}），见第五部分。",), *grave]


def _title_lines(facts: ReportFacts) -> str:
    """The unit on a line of its own, where the title begins with it, and what remains too long in two."""
    title, unit = facts.verification_title, facts.verification_unit
    before, found, after = title.partition(unit)
    if not (found and after and len(before) <= _PLACE):
        return title
    start, kind, end = after.rpartition(DOCUMENT)
    after = f"{start}\n{kind}" if len(after) > _LINE and start and kind and not end else after
    return f"{before}{found}\n{after}"


def _unit(facts: ReportFacts, unit: str) -> UnitFigures | None:
    return next((figures for figures in facts.figures.units if figures.unit == unit), None)


def _joint(projects: tuple[Project, ...]) -> str:
    own = [project for project in projects if len(project.units) > 1]
    return f"其中，{quoted(project.name for project in own)}由{'、'.join(own[0].units)}共同负责。" if own else ""


def _money(facts: ReportFacts, projects: tuple[Project, ...]) -> Sentence:
    """Amounts and rates of the unit's projects together; () for a single one, whose own chapter has them."""
    if len(projects) < 2:
        return ()
    unit = facts.scheme.money_unit
    known = funds.known_columns([facts.figures.funds[project.id] for project in projects])
    sums = [(name, funds.sum_over(facts, projects, name)) for name in known if name != "audited"]
    parts = [
        say(funds.COLUMNS[name], figure, "" if name.endswith("_rate") else unit)
        for name, figure in sums
        if figure != "—"
    ]
    return say("各项目合计，", chained(parts, "，"), "。") if parts else ()


def _conclusion(facts: ReportFacts, own: tuple[ProjectFigures, ...]) -> list[Sentence]:
    if not own:
        return [("所列项目合并评分，没有分项目得分。",)]
    by_grade = [
        f"评为{in_quotes(grade)}的有{quoted(names)}"
        for grade in facts.figures.grades
        if (names := [project.name for project in own if project.grade == grade])
    ]
    ranked = sorted(own, key=lambda project: -(project.total.value or 0))
    if len(ranked) == 1:
        return [(f"{'；'.join(by_grade)}。",)]
    spread = say("得分最高的是", scores.with_scores(ranked[:1]), "，最低的是", scores.with_scores(ranked[-1:]), "。")
    return [(f"{'；'.join(by_grade)}。",), spread]


def _chapter(facts: ReportFacts, number: int, project: ProjectFigures) -> _Row:
    own = problems.own_problems(facts, project)
    total = scores.result("该项目", project)
    return {
        "序": ordinal(number),
        **project_row(project),
        "书名": quoted([project.name]),
        "结果": say(total, lost_sentence(project.sheet.own_lines)),
        "资金": [say(f"{name}", figure, unit) for name, figure, unit in funds.pairs(facts, project.funds)],
        "失分": lost_rows(facts, project),
        "问题": problems.rows(own),
    }
