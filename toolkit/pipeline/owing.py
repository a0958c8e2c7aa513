"""What units still owe by now: workbooks never returned, with the cells to fill in, and cells to correct."""

from datetime import date
from functools import partial

from toolkit.checks import Case, check_submission
from toolkit.collect import read_return
from toolkit.distribute import CellToCorrect, Lack, MissingCell, OpenProject, Reminder
from toolkit.generate import workbook_name
from toolkit.ledger import EventKind
from toolkit.model import Finding, Project, Severity
from toolkit.pipeline.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent, tell
from toolkit.pipeline.results import Examined, examine

_MISSING = "MISS-"
"""Checks whose findings on an untouched workbook are the cells a unit has to fill in."""


def owed(
    evaluation: Evaluation, today: date, progress: Progress = silent
) -> tuple[tuple[Reminder, ...], tuple[Project, ...]]:
    """One reminder for each lead unit that owes something, and the projects whose workbook was never dispatched.

    A joint project is its lead unit's to return, so the lead unit alone is reminded.
    """
    examined, dispatched = examine(evaluation, today, progress), dispatched_projects(evaluation)
    by_unit: dict[str, list[OpenProject]] = {}
    for project in tell(progress, "列出缺项", evaluation.roster.projects):
        lacking = _owed(evaluation, examined, project) if project.id in dispatched else None
        if lacking is not None:
            by_unit.setdefault(project.units[0], []).append(lacking)
    waiting = tuple(one for one in evaluation.roster.projects if one.id not in dispatched)
    return tuple(Reminder(unit, tuple(lacking)) for unit, lacking in by_unit.items()), waiting


def dispatched_projects(evaluation: Evaluation) -> set[str]:
    """Ids of the projects whose workbook is in a recorded package."""
    with evaluation.workspace.ledger() as ledger:
        lists = [event.details().get("项目序号") for event in ledger.events(EventKind.DISPATCHED)]
    return {str(one) for ids in lists if isinstance(ids, list) for one in ids}


def _owed(evaluation: Evaluation, examined: Examined, project: Project) -> OpenProject | None:
    refused = [one for one in examined.returns.findings if one.project == project.id and one.severity is Severity.ERROR]
    if project.id not in examined.returns.counting:
        return OpenProject(
            project, Lack.NOT_RETURNED, _untouched(evaluation, project), tuple(map(_to_correct, refused))
        )
    wrong = [one for one in examined.reports[project.id].findings if one.severity is Severity.ERROR]
    order = {sheet: number for number, sheet in enumerate(evaluation.template.layout.sheets)}
    wrong.sort(key=partial(_place, order))
    return OpenProject(project, Lack.TO_CORRECT, (), tuple(map(_to_correct, wrong))) if wrong else None


def _untouched(evaluation: Evaluation, project: Project) -> tuple[MissingCell, ...]:
    """The cells that the checks miss in the workbook as it was sent: nothing is listed by a second rule."""
    data = evaluation.template.stamp(project)
    submission = read_return(data, workbook_name(project), evaluation.collecting).submission
    if submission is None:
        return ()
    report = check_submission(Case(evaluation.scheme, project, submission, evaluation.template.layout))
    missing = [one for one in report.findings if one.code.startswith(_MISSING)]
    order = {sheet: number for number, sheet in enumerate(evaluation.template.layout.sheets)}
    missing.sort(key=partial(_place, order))
    return tuple(MissingCell(one.at.sheet, one.at.cell, _label(evaluation, one)) for one in missing)


def _label(evaluation: Evaluation, one: Finding) -> str:
    """What is to be filled in: the indicator or the evidence as a whole, else the words beside the cell."""
    scheme = evaluation.scheme
    named = {indicator.code: indicator.name for indicator in scheme.indicators}
    named |= {item.code: item.name for item in scheme.evidence}
    if one.indicator in named:
        return f"{one.indicator} {named[one.indicator]}"
    slot = evaluation.template.layout.slots.get(one.indicator)
    return slot.label if slot else one.indicator


def _place(order: dict[str, int], one: Finding) -> tuple[int, int, int, str]:
    """Sheets as they lie in the workbook, rows from the top, columns from the left."""
    column = one.at.cell.rstrip("0123456789")
    row = one.at.cell[len(column) :]
    return order.get(one.at.sheet, -1), int(row or 0), len(column), column


def _to_correct(one: Finding) -> CellToCorrect:
    return CellToCorrect(one.at.sheet, one.at.cell, one.message, one.hint)
