"""Sign-offs for reports: what holds now, by project and level."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.ledger import EventKind
from toolkit.model.signed_off import LevelSigned, SignedProject
from toolkit.pipeline.plan.evaluation import Evaluation

if TYPE_CHECKING:
    from toolkit.people import Review


def signed_off(evaluation: Evaluation, now: datetime) -> tuple[SignedProject, ...]:
    """Every project in roster order; () where nobody has signed anything."""
    with evaluation.workspace.ledger() as ledger:
        if not ledger.events(EventKind.SIGNED):
            return ()
    # Imported here: most evaluations have not come to signing yet.
    from toolkit.people import LEVELS
    from toolkit.pipeline.examine.signing import review_board

    board = review_board(evaluation, now)
    by_project: dict[str, list[Review]] = {}
    for (project, _), review in board.reviews.items():
        by_project.setdefault(project, []).append(review)
    states = board.projects()
    return tuple(
        SignedProject(
            project,
            known.name if (known := evaluation.roster.project(project)) else project,
            tuple(_level(level, reviews) for level in LEVELS),
            states[project].value,
        )
        for project, reviews in by_project.items()
    )


def _level(level: str, reviews: "Sequence[Review]") -> LevelSigned:
    given = [review.signed[level] for review in reviews if level in review.signed]
    people = tuple(dict.fromkeys(signature.by for signature in given))
    day = max((signature.at[:10] for signature in given), default="")
    return LevelSigned(level, people, day, len(given), len(reviews))
