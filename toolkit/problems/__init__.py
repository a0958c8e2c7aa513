"""问题与建议: the scheme's rows held against every project, so that each lost point and each finding is accounted for.

In: the scheme, and for each project its roster row, verified fields, score sheet, findings and return. Out: a
:class:`toolkit.model.ProblemTally` a row (who it applies to, whom it holds for, whose data are missing), sentences in
pieces whose figures stay values, and what follows for every project (结果应用).
"""

from toolkit.problems.applying import application_of
from toolkit.problems.case import Detection, Judgement, JudgementState, ProblemCase, detections
from toolkit.problems.judged import JudgedProject, ShortJudgements, judged, judged_project, short_judgements, tallies
from toolkit.problems.judging import judge
from toolkit.problems.sentences import Piece, placeholders, statement, summary, words

__all__ = [
    "Detection",
    "JudgedProject",
    "Judgement",
    "JudgementState",
    "Piece",
    "ProblemCase",
    "ShortJudgements",
    "application_of",
    "detections",
    "judge",
    "judged",
    "judged_project",
    "placeholders",
    "short_judgements",
    "statement",
    "summary",
    "tallies",
    "words",
]
