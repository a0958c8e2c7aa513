"""What units still owe by now: workbooks never returned, with the cells to fill in, and cells to correct."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from toolkit.correct import Places
from toolkit.distribute import CellToCorrect, Lack, MissingCell, OpenProject, Reminder
from toolkit.excel.addresses import parse_cell
from toolkit.generate import prefilled
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Dispatched
from toolkit.model import Finding, Layout, Project, Severity, Slot
from toolkit.pipeline.examine.results import Examined, examine
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent, tell


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
    waiting = tuple(project for project in evaluation.roster.projects if project.id not in dispatched)
    return tuple(Reminder(unit, tuple(lacking)) for unit, lacking in by_unit.items()), waiting


def dispatched_projects(evaluation: Evaluation) -> set[str]:
    """Ids of the projects whose workbook is in a recorded package."""
    with evaluation.workspace.ledger() as ledger:
        events = ledger.events(EventKind.DISPATCHED)
    return {project for event in events for project in event.says(Dispatched).projects}


def _owed(evaluation: Evaluation, examined: Examined, project: Project) -> OpenProject | None:
    refused = [
        finding
        for finding in examined.returns.findings
        if finding.project == project.id and finding.severity is Severity.ERROR
    ]
    if project.id not in examined.returns.counting:
        if refused:
            return OpenProject(project, Lack.REFUSED, (), tuple(map(_to_correct, refused)))
        return OpenProject(project, Lack.NOT_RETURNED, _untouched(evaluation, project))
    wrong = [finding for finding in examined.reports[project.id].findings if finding.severity is Severity.ERROR]
    wrong.sort(key=lambda finding: _place(evaluation.template.layout, finding.at.sheet, finding.at.cell))
    places = Places(examined.returns.counting[project.id], evaluation.template.layout)
    return OpenProject(project, Lack.TO_CORRECT, (), tuple(_by_place(wrong, places))) if wrong else None


def _by_place(wrong: Iterable[Finding], places: Places) -> Iterator[CellToCorrect]:
    """One entry for each cell, whatever is said of it, as the workbook that goes back counts them."""
    said: dict[tuple[str, str], list[Finding]] = {}
    for finding in wrong:
        said.setdefault(places.place(finding.at), []).append(finding)
    for findings in said.values():
        first = _to_correct(findings[0])
        problem = "；".join(dict.fromkeys(finding.words for finding in findings))
        yield replace(first, problem=problem, hint="；".join(_hints(findings)))


def _hints(findings: Iterable[Finding]) -> list[str]:
    """What to do, each said once: what another hint says among more is left out."""
    hints = list(dict.fromkeys(finding.hint for finding in findings if finding.hint))
    return [hint for hint in hints if not any(hint != other and hint in other for other in hints)]


def _untouched(evaluation: Evaluation, project: Project) -> tuple[MissingCell, ...]:
    """The cells the workbook's own self-check counts as missing when it is sent: nothing is listed by a second rule."""
    layout, given = evaluation.template.layout, prefilled(evaluation.scheme, project)
    missing = [slot for slot in layout.slots.values() if slot.required and given.get(slot.key) is None]
    missing.sort(key=lambda slot: _place(layout, slot.sheet, slot.cell))
    names = {indicator.code: indicator.name for indicator in evaluation.scheme.indicators}
    return tuple(MissingCell(slot.sheet, slot.cell, _label(slot, names)) for slot in missing)


def _label(slot: Slot, indicators: Mapping[str, str]) -> str:
    """What is to be filled in: the indicator as a whole, else the words beside the cell."""
    return f"{slot.indicator} {indicators[slot.indicator]}" if slot.indicator else slot.label


def _place(layout: Layout, sheet: str, cell: str) -> tuple[int, int, int]:
    """Sheets as they lie in the workbook, rows from the top, columns from the left."""
    row, column = parse_cell(cell) if cell else (0, 0)
    return layout.sheets.index(sheet) if sheet in layout.sheets else -1, row, column


def _to_correct(finding: Finding) -> CellToCorrect:
    return CellToCorrect(finding.at.sheet, finding.at.cell, finding.words, finding.hint)
