"""Every problem of one project, for tests that look at hits alone."""

from toolkit.model import ProblemHit
from toolkit.problems import ProblemCase, judge
from toolkit.problems.judging import hits_among


def hits_of(case: ProblemCase) -> tuple[ProblemHit, ...]:
    """The problems that hold, the gravest first, with every row of the scheme judged."""
    return hits_among(case, [judge(row, case) for row in case.scheme.problems])
