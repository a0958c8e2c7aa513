"""What units gave themselves, on the marks that count: worked out once, written with its formula, summed by group.

The sums of 80 rows over 1,500 lines are added up here and not by evaluating their formulas, which takes 20 seconds;
LibreOffice recalculates both and the tests compare.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.region import EXACT_PLACES
from toolkit.model import LineState, ScoreLine, Submission
from toolkit.text import round_half_up


@dataclass(frozen=True, slots=True)
class SelfScore:
    """One line's self score as written, and on the mark it counts for (计分值). Units: 分."""

    written: Decimal
    counted: Decimal
    full: bool


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line that has a self score."""

    project: str
    indicator: str
    given: SelfScore
    verified: Decimal


def self_score(submission: Submission | None, line: ScoreLine, places: int) -> SelfScore | None:
    """None where the unit gave none, where it is no number of points, or where the indicator does not apply."""
    given = submission.value(_field(line.code)) if submission else None
    if not isinstance(given, Decimal) or given < 0 or line.state is LineState.NOT_APPLICABLE or not line.full_mark:
        return None
    exact = round_half_up(given * line.effective_mark / line.full_mark, EXACT_PLACES)
    counted = round_half_up(exact, places)
    return SelfScore(given, counted, round_half_up(counted - line.effective_mark, 6) >= 0)


@cache
def _field(code: str) -> str:
    return f"自评分_{code}"


def compared_lines(place: MasterLayout) -> Iterator[ComparedLine]:
    """Every line with a self score."""
    for entry, line in place.lines:
        if given := self_score(place.plan.submissions.get(entry.id), line, place.places):
            yield ComparedLine(entry.id, line.code, given, line.score)


def sums(own: Iterable[ComparedLine]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """How many, claimed, verified, and how many at the full mark."""
    every = tuple(own)
    claimed = sum((line.given.counted for line in every), Decimal(0))
    verified = sum((line.verified for line in every), Decimal(0))
    return Decimal(len(every)), claimed, verified, Decimal(sum(line.given.full for line in every))
