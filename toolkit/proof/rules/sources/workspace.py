"""A report against what the workspace knows: amounts, scores and full marks of its projects and indicators."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import Record, label_of, prose_records, table_records
from toolkit.proof.report import KnownProject, Report
from toolkit.text.patterns import Pattern

_TOTAL = Pattern(r"总分|综合得分|最终得分|评价得分|核查得分")
_FIRST = 6


def _projects(report: Report) -> Mapping[str, KnownProject]:
    """By what a report calls them; of 移动护理（一期） and 移动护理（二期） it does not say which is meant."""
    found = [(label_of(project.name), project) for project in report.known.projects]
    often = Counter(label for label, _ in found)
    return {label: project for label, project in found if often[label] == 1}


@rule("workspace.amount", group=Group.WORKSPACE, title="金额与工作区的项目清单、汇总总表一致")
def amounts(report: Report) -> Iterator[Result]:
    """Amounts that prose or tables give for a project of the roster."""
    projects = _projects(report)
    if not projects:
        return
    labels = frozenset(projects)
    for record in (*table_records(report), *prose_records(report, labels), *_of_subject(report, projects)):
        project = projects.get(record.label)
        due = project.amounts.get(record.measure) if project else None
        if due is not None and record.fact.kind is FactKind.MONEY and record.fact.unit:
            yield _compared(record.fact, due, f"“{record.label}”的{record.measure}", record.fact.scale)


def _of_subject(report: Report, projects: Mapping[str, KnownProject]) -> Iterator[Record]:
    """Numbers without a name in a report whose title names one project."""
    titles = [label_of(item.text.split("\n")[0]) for item in report.document.paragraphs[:_FIRST]]
    named = [label for label in projects if any(title.startswith(label) for title in titles)]
    if len(named) == 1:
        yield from prose_records(report, frozenset(named), under=named[0])


def _compared(fact: Fact, due: Decimal, what: str, scale: Decimal) -> Result:
    if fact.low <= due <= fact.high:
        return agrees(fact)
    shown = f"{(due / scale).quantize(fact.step)}{fact.unit}"
    message = f"{what}写{said(fact)}，工作区为{shown}"
    return differs(fact.place, said(fact), shown, message, facts=(fact,))


@rule("workspace.score", group=Group.WORKSPACE, title="得分与工作区的汇总总表一致")
def scores(report: Report) -> Iterator[Result]:
    """Total scores of projects, in tables and in sentences that name the project or whose report is about it."""
    projects = _projects(report)
    headings = {table.number: table.headings for table in report.document.tables}
    found = [record for record in table_records(report) if _TOTAL.search(headings[record.source][record.column])]
    found += [record for record in _of_subject(report, projects) if _TOTAL.search(record.fact.subject)]
    for record in found:
        project = projects.get(record.label)
        if project is not None and project.score is not None and record.fact.kind is FactKind.SCORE:
            yield _compared(record.fact, project.score, f"“{record.label}”的得分", Decimal(1))


@rule("workspace.mark", group=Group.WORKSPACE, title="指标分值与方案一致")
def marks(report: Report) -> Iterator[Result]:
    """Full marks of indicators against the scheme."""
    known = {label_of(name): mark for name, mark in report.known.indicators.items()}
    for record in table_records(report) if known else ():
        if record.measure == "分值" and record.label in known:
            yield _compared(record.fact, known[record.label], f"指标“{record.label}”的分值", Decimal(1))
