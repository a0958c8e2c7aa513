"""整改: what goes back to a unit, and what came of it.

In: a project's submission, its open findings and the clean stamped workbook.  Out: a correction workbook
(:func:`correction_workbook`) in which only the cells in question and those they must agree with are open, the letter's
facts, and, when the next return is there, what changed (:func:`compare_rounds`) and what the unit explains.  The unit's
own file is never saved again.
"""

from toolkit.correct.letter import LETTER_TEMPLATE, letter_context
from toolkit.correct.plan import Correction, CorrectionRow, Places, plan_correction
from toolkit.correct.rounds import RoundChange, answers_alike, compare_rounds, explained, outside_finding
from toolkit.correct.workbook import correction_workbook

__all__ = [
    "LETTER_TEMPLATE",
    "Correction",
    "CorrectionRow",
    "Places",
    "RoundChange",
    "answers_alike",
    "compare_rounds",
    "correction_workbook",
    "explained",
    "letter_context",
    "outside_finding",
    "plan_correction",
]
