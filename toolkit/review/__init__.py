"""评审: what evaluators decide by judgement, read from and written to a workbook.

In: the bytes of 评审意见.xlsx, the scheme and the roster.
Out: :class:`toolkit.model.Opinion` values and findings about wrong rows; and, the other way round, a review workbook to
fill in. The two-person rule is checked here: who judged cannot confirm.
"""

from toolkit.review.double import (
    Agreement,
    Compared,
    Item,
    Mark,
    Ruling,
    agreement,
    changed_marks,
    compare,
    ruled,
    weighted_kappa,
)
from toolkit.review.losses import (
    LOSS_HEADINGS,
    MOST_LISTED,
    Loss,
    WrittenLoss,
    loss_findings,
    read_losses,
    unlisted,
    with_losses,
    with_written_losses,
)
from toolkit.review.reading import OpinionReading, read_opinions
from toolkit.review.rulings import RULING_KEY, read_rulings, ruling_sheet, shown_mark
from toolkit.review.scorebook import (
    MARKS,
    BookReading,
    Expected,
    read_scorebook,
    scorebook,
    seal_of,
)
from toolkit.review.verified import Asked, UnreadableValueError, verified_value
from toolkit.review.workbook import (
    KnownScores,
    filled_rows,
    judged_subject,
    opinion_workbook,
    review_rows,
    rows_of,
    with_rows,
    with_scores,
)

__all__ = [
    "LOSS_HEADINGS",
    "MARKS",
    "MOST_LISTED",
    "RULING_KEY",
    "Agreement",
    "Asked",
    "BookReading",
    "Compared",
    "Expected",
    "Item",
    "KnownScores",
    "Loss",
    "Mark",
    "OpinionReading",
    "Ruling",
    "UnreadableValueError",
    "WrittenLoss",
    "agreement",
    "changed_marks",
    "compare",
    "filled_rows",
    "judged_subject",
    "loss_findings",
    "opinion_workbook",
    "read_losses",
    "read_opinions",
    "read_rulings",
    "read_scorebook",
    "review_rows",
    "rows_of",
    "ruled",
    "ruling_sheet",
    "scorebook",
    "seal_of",
    "shown_mark",
    "unlisted",
    "verified_value",
    "weighted_kappa",
    "with_losses",
    "with_rows",
    "with_scores",
    "with_written_losses",
]
