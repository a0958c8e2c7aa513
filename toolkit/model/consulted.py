"""What units said of the draft and what became of it, as reports print it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeardOpinion:
    """One opinion and how it was settled; ``result`` is "" where nobody has settled it."""

    id: str
    unit: str
    project: str
    name: str
    indicator: str
    indicator_name: str
    before: str
    wish: str
    reason: str
    result: str
    result_reason: str
    value: str


UNASKED = "没有对应意见"
REFOLDED = "同项目适用的指标有变，分值重新折算"
"""What is said of a score that moved without an opinion about it."""


@dataclass(frozen=True, slots=True)
class MovedScore:
    """A score that is another now than units were shown, and the ids of the opinions about it.

    Attributes:
        is_refolded: another indicator of the project applies no longer, or does now: all others count for more or less.
    """

    project: str
    name: str
    indicator: str
    indicator_name: str
    before: str
    opinions: tuple[str, ...]
    is_refolded: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """A whole consultation: units asked, units that replied, opinions, scores that moved since."""

    asked: tuple[str, ...]
    replied: tuple[str, ...]
    opinions: tuple[HeardOpinion, ...]
    moves: tuple[MovedScore, ...]
