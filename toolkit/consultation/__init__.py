"""征求意见: what units are shown of the draft, what they say to it, and how each opinion was settled.

In: scores and findings of the draft; workbooks that came back. Out: an extract and a reply workbook for each unit, the
opinions of a reply, the list in which evaluators settle them. It opens and writes no file.
"""

from toolkit.consultation.draft import DRAFT_TEMPLATE, DraftLine, DraftProject, UnitDraft, draft_context
from toolkit.consultation.handling import (
    HANDLING_KEY,
    MOVES_KEY,
    TYPED,
    Handled,
    Handling,
    Move,
    handling_sheets,
    handling_workbook,
    read_handling,
    same_lists,
)
from toolkit.consultation.opinion import (
    NO_SCORE,
    OTHER,
    AskedLine,
    Issue,
    Result,
    Settlement,
    UnitOpinion,
    Wish,
    same_score,
)
from toolkit.consultation.reading import ReplyReading, read_reply
from toolkit.consultation.reply import reply_workbook, seal_of

__all__ = [
    "DRAFT_TEMPLATE",
    "HANDLING_KEY",
    "MOVES_KEY",
    "NO_SCORE",
    "OTHER",
    "TYPED",
    "AskedLine",
    "DraftLine",
    "DraftProject",
    "Handled",
    "Handling",
    "Issue",
    "Move",
    "ReplyReading",
    "Result",
    "Settlement",
    "UnitDraft",
    "UnitOpinion",
    "Wish",
    "draft_context",
    "handling_sheets",
    "handling_workbook",
    "read_handling",
    "read_reply",
    "reply_workbook",
    "same_lists",
    "same_score",
    "seal_of",
]
