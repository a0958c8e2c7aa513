"""What units gave themselves, on the marks that count: worked out once, written with its formula, summed by group.

The sums of 80 rows over 1,500 lines are added up here and not by evaluating their formulas, which takes 20 seconds;
LibreOffice recalculates both and the tests compare.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.region import EXACT_PLACES
from toolkit.model import LineState, ScoreLine
from toolkit.text import round_half_up


@dataclass(frozen=True, slots=True)
class SelfScore:
    """One line's self score as written, and on the mark it counts for (计分值). Units: 分."""

    written: Decimal
    counted: Decimal
    full: bool


@dataclass(slots=True)
class SelfSum:
    """Lines with a self score added up: how many, claimed, verified, and how many at the full mark."""

    number: int = 0
    claimed: Decimal = Decimal(0)
    verified: Decimal = Decimal(0)
    full: int = 0

    def add(self, given: SelfScore, verified: Decimal) -> None:
        """One more line."""
        self.number += 1
        self.claimed += given.counted
        self.verified += verified
        self.full += given.full


def written_score(line: ScoreLine) -> Decimal | None:
    """What the unit gave itself; None where it gave nothing that counts."""
    given = line.claimed
    if given is None or given < 0 or line.state is LineState.NOT_APPLICABLE or not line.full_mark:
        return None
    return given


def self_score(line: ScoreLine, places: int) -> SelfScore | None:
    """None where the unit gave none, where it is no number of points, or where the indicator does not apply."""
    given = written_score(line)
    if given is None:
        return None
    return SelfScore(given, *_counted(given, line.effective_mark, line.full_mark, places))


@lru_cache(maxsize=20_000)  # units give themselves few different scores
def _counted(given: Decimal, mark: Decimal, full: Decimal, places: int) -> tuple[Decimal, bool]:
    exact = round_half_up(given * mark / full, EXACT_PLACES)
    counted = round_half_up(exact, places)
    return counted, round_half_up(counted - mark, 6) >= 0


def self_sums(place: MasterLayout) -> tuple[SelfSum, dict[str, SelfSum], dict[str, SelfSum]]:
    """Over everything, by entry id, by code of the indicator; only where there are such lines.

    What nobody has judged yet is compared with nothing: its 0 is no score that a unit's own could be above.
    """
    everything = SelfSum()
    projects: dict[str, SelfSum] = defaultdict(SelfSum)
    indicators: dict[str, SelfSum] = defaultdict(SelfSum)
    for entry in place.entries:
        for line in entry.sheet.own_lines if entry.sheet else ():
            if line.state is not LineState.PENDING and (given := self_score(line, place.places)):
                for found in (everything, projects[entry.id], indicators[line.code]):
                    found.add(given, line.score)
    return everything, projects, indicators
