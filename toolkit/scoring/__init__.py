"""评分: verified values and rules → a score sheet with the derivation of every line.

In: scheme, project, what the unit reported (or nothing), the evaluators' opinions.
Out: :class:`toolkit.model.ScoreSheet`.
No arithmetic of its own: every score is the rule's Excel formula, evaluated by ``toolkit.formula`` in exact decimals.
"""

from toolkit.scoring.lines import score_line
from toolkit.scoring.sheet import score_project, score_whole

__all__ = ["score_line", "score_project", "score_whole"]
