"""评审: what evaluators decide by judgement, read from and written to a workbook.

In: the bytes of 评审意见.xlsx, the scheme and the roster.
Out: :class:`toolkit.model.Opinion` values and findings about wrong rows; and, the other way round, a review workbook to
fill in. The two-person rule is checked here: who judged cannot confirm.
"""

from toolkit.review.reading import OpinionReading, read_opinions
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
    "Asked",
    "KnownScores",
    "OpinionReading",
    "UnreadableValueError",
    "filled_rows",
    "judged_subject",
    "opinion_workbook",
    "read_opinions",
    "review_rows",
    "rows_of",
    "verified_value",
    "with_rows",
    "with_scores",
]
