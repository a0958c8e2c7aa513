"""What units said of the draft, for reports: from the ledger and the scores of now, without asking anybody."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.ledger import EventKind
from toolkit.model import ScoreSheet
from toolkit.model.consulted import HeardOpinion, Hearing, MovedScore
from toolkit.pipeline.plan.evaluation import Evaluation

if TYPE_CHECKING:
    from toolkit.consultation import Handled, Move


def hearing(evaluation: Evaluation, sheets: Mapping[str, ScoreSheet]) -> Hearing | None:
    """The consultation as it stands; None where no unit was asked."""
    with evaluation.workspace.ledger() as ledger:
        if not ledger.events(EventKind.OPINIONS_ASKED):
            return None
    # Imported here: of most evaluations no draft has been sent out yet.
    from toolkit.pipeline.examine.consulting import standing_of
    from toolkit.pipeline.examine.draft_extracts import Draft
    from toolkit.pipeline.plan.consulted import issues_on_record, replies_in_force

    asked = tuple(dict.fromkeys(issue.unit for issue in issues_on_record(evaluation.workspace)))
    opinions, moves = standing_of(Draft(evaluation, None, sheets))
    heard = replies_in_force(evaluation.workspace)
    replied = tuple(unit for unit in asked if unit in heard)
    return Hearing(asked, replied, tuple(map(_opinion, opinions)), tuple(map(_move, moves)))


def _opinion(handled: "Handled") -> HeardOpinion:
    own, settled = handled.opinion, handled.settlement
    decided = (settled.result, settled.reason, settled.value) if settled else ("", "", "")
    return HeardOpinion(
        own.id, own.unit, own.project, handled.name, own.indicator, handled.indicator_name, own.before, own.wish,
        own.reason, *decided,
    )  # fmt: skip


def _move(move: "Move") -> MovedScore:
    ids = tuple(handled.opinion.id for handled in move.opinions)
    return MovedScore(move.project, move.name, move.indicator, move.indicator_name, move.before, ids, move.is_refolded)
