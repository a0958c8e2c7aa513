"""问题与建议: the scheme's rows held against every project, so that each lost point and each finding is accounted for.

In: the scheme, and for each project its roster row, verified fields, score sheet, findings and return. Out: a
:class:`toolkit.model.ProblemTally` a row (who it applies to, whom it holds for, whose data are missing), sentences in
pieces whose figures stay values, and what follows for every project (结果应用).
"""

from toolkit.problems.applying import application_of
from toolkit.problems.case import Judgement, JudgementState, ProblemCase
from toolkit.problems.judging import hits_of, judge, tallies
from toolkit.problems.sentences import Piece, placeholders, statement, summary, words

__all__ = [
    "Judgement",
    "JudgementState",
    "Piece",
    "ProblemCase",
    "application_of",
    "hits_of",
    "judge",
    "placeholders",
    "statement",
    "summary",
    "tallies",
    "words",
]
