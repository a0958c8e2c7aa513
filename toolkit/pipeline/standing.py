"""Where every project stands, as plain values: what a board shows, and how far the units are with corrections."""

from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What a project's new return made of its last round, in words: ``FUND-01 累计支付金额`` or ``累计支付金额``.

    Attributes:
        closed, open: findings sent back and gone, or still there.
        reopened: findings of an earlier round that are there again.
        new: findings nobody has asked about yet.
        changed, outside: fields answered otherwise among those that were open, and among those that were not.
    """

    project: str
    round: int
    closed: tuple[str, ...]
    open: tuple[str, ...]
    reopened: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitRounds:
    """One unit's corrections.

    Attributes:
        rounds: the highest round any of its projects is in.
        asked, closed, open: findings sent back in all rounds, those gone by now, those of the last round that stay.
        waiting: projects sent back and not returned since.
        days: days from sending back to the next return, on average; "" while none came back.
        changes: of the projects that came back, in roster order.
    """

    unit: str
    projects: int
    rounds: int
    asked: int
    closed: int
    open: int
    waiting: int
    days: str
    changes: tuple[ProjectChange, ...]

    def as_json(self) -> dict[str, object]:
        """``{"unit", "projects", "rounds", "asked", "closed", "open", "waiting", "days", "changes": […]}``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One project on the board.

    Attributes:
        days_late: by how many days its first file came after 报送截止日, 0 for in time.
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
    days_late: int = 0


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
                "days_late": row.days_late,
                "round": row.round,
                "errors": row.errors,
                "warnings": row.warnings,
                "total": row.total,
                "grade": row.grade,
                "provisional": row.provisional,
            }
            for row in self.rows
        ]
        corrections = [correction.as_json() for correction in self.corrections]
        return {"title": self.title, "deadline": self.deadline, "projects": rows, "corrections": corrections}
