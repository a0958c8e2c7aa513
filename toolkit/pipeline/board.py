"""The board: where every project stands, and how far the units are with their corrections."""

from collections import Counter
from datetime import date, datetime

from toolkit.model import ScoreSheet, Severity
from toolkit.pipeline.dispatch.outstanding import dispatched_projects
from toolkit.pipeline.examine.correcting import rounds_of
from toolkit.pipeline.examine.results import Results, results
from toolkit.pipeline.examine.rounds import sent_back
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.standing import Board, BoardRow
from toolkit.text import score as score_text


def status(evaluation: Evaluation, now: datetime) -> Board:
    """Where every project stands, and how far every unit is with its corrections."""
    return board(evaluation, results(evaluation, now.date()))


def board(evaluation: Evaluation, found: Results) -> Board:
    """The board of results that are at hand."""
    known = found.examined.returns
    rounds = {project: sent[-1].round for project, sent in sent_back(evaluation).items()}
    dispatched = dispatched_projects(evaluation)
    counts = Counter((finding.project, finding.severity) for finding in found.examined.findings)
    due = evaluation.scheme.timetable.due
    rows = [
        BoardRow(
            project=project.id,
            unit=project.unit,
            name=project.name,
            dispatched=project.id in dispatched,
            returned=known.receipts[project.id].at if project.id in known.receipts else "",
            round=rounds.get(project.id, 0),
            errors=counts[project.id, Severity.ERROR],
            warnings=counts[project.id, Severity.WARNING],
            total=_total(found.sheets.get(project.id), evaluation.scheme.score_places),
            grade=sheet.grade if (sheet := found.sheets.get(project.id)) else "",
            provisional=bool(sheet and sheet.provisional),
            days_late=_days_late(known.first_came.get(project.id), due) if project.id in known.receipts else 0,
        )
        for project in evaluation.roster.projects
    ]
    deadline = due.isoformat() if due else ""
    return Board(evaluation.scheme.title, deadline, tuple(rows), rounds_of(evaluation, found.examined))


def _days_late(came: date | None, due: date | None) -> int:
    return max(0, (came - due).days) if came and due else 0


def _total(sheet: ScoreSheet | None, places: int) -> str:
    return score_text(sheet.total, places) if sheet and sheet.has_data else ""
