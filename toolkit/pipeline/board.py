"""The board: where every project stands, and how far the units are with their corrections."""

from dataclasses import dataclass
from datetime import datetime

from toolkit.model import ScoreSheet, Severity
from toolkit.pipeline.deliver.reporting import Results, results
from toolkit.pipeline.dispatch.outstanding import dispatched_projects
from toolkit.pipeline.examine.correcting import rounds_of
from toolkit.pipeline.examine.rounds import UnitRounds, sent_back
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.text import score as score_text


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One project on the board.

    Attributes:
        round: the last round of correction it was sent back in, 0 for none.
        provisional: evaluators still have to judge; total and grade can change.
    """

    project: str
    unit: str
    name: str
    dispatched: bool
    returned: str
    round: int
    errors: int
    warnings: int
    total: str
    grade: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Where every project stands, and how far the units are with what was sent back to them."""

    title: str
    deadline: str
    rows: tuple[BoardRow, ...]
    corrections: tuple[UnitRounds, ...]

    def as_json(self) -> Json:
        """``{"title", "deadline", "projects": […], "corrections": […]}``."""
        rows = [
            {
                "id": row.project,
                "unit": row.unit,
                "name": row.name,
                "dispatched": row.dispatched,
                "returned": row.returned,
                "round": row.round,
                "errors": row.errors,
                "warnings": row.warnings,
                "total": row.total,
                "grade": row.grade,
                "provisional": row.provisional,
            }
            for row in self.rows
        ]
        corrections = [one.as_json() for one in self.corrections]
        return {"title": self.title, "deadline": self.deadline, "projects": rows, "corrections": corrections}


def status(evaluation: Evaluation, now: datetime) -> Board:
    """Where every project stands, and how far every unit is with its corrections."""
    return board(evaluation, results(evaluation, now.date()))


def board(evaluation: Evaluation, found: Results) -> Board:
    """The board of results that are at hand."""
    known = found.examined.returns
    rounds = {project: sent[-1].round for project, sent in sent_back(evaluation).items()}
    dispatched = dispatched_projects(evaluation)
    rows = [
        BoardRow(
            project=one.id,
            unit=one.unit,
            name=one.name,
            dispatched=one.id in dispatched,
            returned=known.receipts[one.id].at if one.id in known.receipts else "",
            round=rounds.get(one.id, 0),
            errors=_count(found, one.id, Severity.ERROR),
            warnings=_count(found, one.id, Severity.WARNING),
            total=_total(found.sheets.get(one.id), evaluation.scheme.score_places),
            grade=sheet.grade if (sheet := found.sheets.get(one.id)) else "",
            provisional=bool(sheet and sheet.provisional),
        )
        for one in evaluation.roster.projects
    ]
    due = evaluation.scheme.timetable.due
    deadline = due.isoformat() if due else ""
    return Board(evaluation.scheme.title, deadline, tuple(rows), rounds_of(evaluation, found.examined))


def _count(found: Results, project: str, severity: Severity) -> int:
    return sum(one.project == project and one.severity is severity for one in found.examined.findings)


def _total(sheet: ScoreSheet | None, places: int) -> str:
    return score_text(sheet.total, places) if sheet and sheet.has_data else ""
