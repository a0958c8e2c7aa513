"""A report against the roster: who is responsible for a project, what it is called, amounts in a table about it alone."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import FactKind
from toolkit.proof.lines import bare
from toolkit.proof.report import KnownProject, Report
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_NAME, _UNIT = Pattern("项目名称"), Pattern("责任单位|建设单位|项目单位")
_ROWS = {
    "合同金额": "合同金额",
    "预算资金": "预算资金",
    "实际到位资金": "实际到位",
    "实际支出资金": "实际支出",
    "累计支付金额": "累计支付",
}
"""What rows of a table about one project are called, and the amounts as the workspace names them."""
_SLIP, _SHORTEST = 2, 6
_FIRST = 6


@rule("workspace.unit", group=Group.WORKSPACE, title="项目的责任单位与项目清单一致")
def units(report: Report) -> Iterator[Result]:
    """The unit in the row of a project, or right of 责任单位 in a table that names one project."""
    projects = _projects(report)
    for name, unit in _named_units(report) if projects else ():
        project = projects.get(squeeze(name.text))
        if project is None or not project.unit or not unit.text.strip() or _same(unit.text, project.unit):
            continue
        message = f"“{project.name}”的责任单位写“{unit.text.strip()}”，项目清单为“{project.unit}”"
        yield differs(unit.place, unit.text.strip(), project.unit, message, related=(name.place,), confidence=90)


def _same(printed: str, unit: str) -> bool:
    """Whether the unit is the roster's, in whatever order several of them stand."""
    one, other = (set(re.split("[、，,；;/]", squeeze(text))) for text in (printed, unit))
    return one == other


@rule("workspace.name", group=Group.WORKSPACE, title="项目名称与项目清单一致")
def names(report: Report) -> Iterator[Result]:
    """A name of a project that is a letter or two off one of the roster and is none itself."""
    projects = _projects(report)
    for cell in _name_cells(report) if projects else ():
        name = squeeze(cell.text)
        if name in projects or len(name) < _SHORTEST:
            continue
        near = [known for known in projects if OSA.distance(known, name, score_cutoff=_SLIP) <= _SLIP]
        if len(near) == 1:
            right = projects[near[0]].name
            message = f"项目名称写“{cell.text.strip()}”，项目清单为“{right}”"
            yield differs(cell.place, cell.text.strip(), right, message, confidence=90)


@rule("workspace.row", group=Group.WORKSPACE, title="单个项目的金额与项目清单、汇总总表一致")
def rows(report: Report) -> Iterator[Result]:
    """Rows called 合同金额, 累计支付金额 and the like in a report whose title names one project of the roster."""
    project = _subject(report)
    for table in report.document.tables if project is not None else ():
        for row in table.rows:
            measure = _ROWS.get(row[0].label)
            due = project.amounts.get(measure) if project is not None and measure else None
            facts = [fact for cell in row[1:] for fact in report.facts_at(cell.place) if fact.value is not None]
            scale = next((cell.label for cell in row[1:] if cell.label in ("元", "万元")), "")
            if due is None or len(facts) != 1 or not (scale or facts[0].kind is FactKind.MONEY):
                continue
            fact, times = facts[0], {"元": Decimal(1), "万元": Decimal(10_000)}.get(scale, facts[0].scale)
            value = fact.value or Decimal(0)
            if abs(value * times - due) <= fact.step * times / 2:
                yield agrees(fact)
            else:
                shown = f"{(due / times).quantize(fact.step)}"
                message = f"“{project.name if project else ''}”的{row[0].label}写{fact.text}，工作区为{shown}"
                yield differs(fact.place, fact.text, shown, message, facts=(fact,))


def _projects(report: Report) -> Mapping[str, KnownProject]:
    return {squeeze(project.name): project for project in report.known.projects}


def _subject(report: Report) -> KnownProject | None:
    """The project whose name the title begins with."""
    titles = [squeeze(item.text) for item in report.document.paragraphs[:_FIRST]]
    named = [project for name, project in _projects(report).items() if any(title.startswith(name) for title in titles)]
    return max(named, key=lambda project: len(project.name), default=None)


def _named_units(report: Report) -> Iterator[tuple[Cell, Cell]]:
    for table in report.document.tables:
        found = [_beside(table, pattern) for pattern in (_NAME, _UNIT)]
        if _is_list(table):
            at = [_column(table, pattern) for pattern in (_NAME, _UNIT)]
            if at[0] is not None and at[1] is not None:
                yield from ((row[at[0]], row[at[1]]) for row in table.rows[table.head :])
        elif all(len(cells) == 1 for cells in found):
            yield found[0][0], found[1][0]


def _name_cells(report: Report) -> Iterator[Cell]:
    for table in report.document.tables:
        if _is_list(table):
            at = _column(table, _NAME)
            yield from (row[at] for row in table.rows[table.head :] if at is not None)
        else:
            yield from _beside(table, _NAME)


_LISTED = frozenset({"序号", "编号", "项目编号", "排名", "名次", "总分", "得分", "等级", "合同金额"})


def _is_list(table: Table) -> bool:
    """Whether a table has a row for each project, not labels with what is right of them."""
    return any(bare(heading) in _LISTED for heading in table.headings)


def _column(table: Table, pattern: Pattern) -> int | None:
    return next((at for at, heading in enumerate(table.headings) if pattern.fullmatch(bare(heading))), None)


def _beside(table: Table, pattern: Pattern) -> list[Cell]:
    """The cells right of a label."""
    return [cell for row in table.rows for label, cell in pairwise(row) if pattern.fullmatch(label.label)]
