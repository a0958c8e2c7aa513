"""Sums over the two long sheets, 指标得分 and 问题清单, added up once; their formulas search all rows each time.

The formulas stand beside them, and the tests calculate both. SUMIFS and COUNTIFS take 1 and "01", or A and a, for the
same: where names are not told apart by it, nothing is added up here and the formulas themselves are evaluated.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import EXACT_PLACES
from toolkit.model import LineState, ScoreLine, ScoreSheet
from toolkit.text import round_half_up
from toolkit.text.problem_kinds import OF_THE_PLAN, kind_of

_NOTHING_LOST = Decimal("-0.0000005")
_NUMBER = re.compile(r"[1-9][0-9]*")
_WORDS = re.compile(r"(?:[0-9]+[.、．]?)?[^\W\d_][\w.、（）()·/\-]*")
_OTHERWISE = re.compile(r"[0-9]+[年月日时分]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|true$|false$")
"""What Excel may take for a date or a truth value."""


@dataclass(slots=True)
class LineSum:
    """Lines added up: how many, and their marks and scores. Units: 分."""

    number: int = 0
    marks: Decimal = Decimal(0)
    scores: Decimal = Decimal(0)
    earned_all: int = 0

    def add(self, line: ScoreLine, earned: bool) -> None:
        """One more line; ``earned``: it lost nothing."""
        self.number += 1
        self.marks += line.effective_mark
        self.scores += line.score
        self.earned_all += earned

    def average(self, total: Decimal, places: int) -> Decimal | str:
        """A sum over the number of lines, rounded as the formulas do it; — where there is none."""
        if not self.number:
            return NOTHING
        return round_half_up(round_half_up(total / self.number, EXACT_PLACES), places)


@dataclass(frozen=True, slots=True)
class EntrySums:
    """What an entry's lines add up to, by first-level indicator in the scheme's order. Units: 分.

    Attributes:
        scores: rounded as they are shown. marks: what the lines count for. weights: their full marks.
        total: of the scores.
    """

    scores: tuple[Decimal, ...]
    marks: tuple[Decimal, ...]
    weights: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """What formulas of other sheets find on the two long ones; None where they have to search for themselves.

    Attributes:
        entries: entry id → what its lines add up to.
        indicators: code → its lines that count.
        severities: label → findings. of_units: the same without those about scheme, roster and opinions.
        projects: entry id and label → findings.
        kinds: name of a kind of problem → findings.
    """

    entries: dict[str, EntrySums] | None
    indicators: dict[str, LineSum] | None
    projects: Counter[tuple[str, str]] | None
    severities: Counter[str] = field(default_factory=Counter)
    of_units: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


def sums(place: MasterLayout) -> Sums:
    """One pass over all lines, one over all findings."""
    scheme = place.plan.scheme
    indicators = defaultdict(LineSum, {indicator.code: LineSum() for indicator in scheme.indicators})
    adding = _Adding(place, indicators)
    entries = {entry.id: adding.entry(entry.sheet) for entry in place.entries if entry.sheet}
    projects = [entry.id for entry in place.entries]
    found = Sums(
        entries if told_apart([*projects, *scheme.dimensions()]) else None,
        indicators if told_apart(indicators) else None,
        Counter() if told_apart([*projects, *(finding.project for finding in place.findings)]) else None,
    )
    _count(place, found)
    return found


class _Adding:
    """Lines added up entry by entry; equal numbers of different entries are one object."""

    def __init__(self, place: MasterLayout, indicators: dict[str, LineSum]) -> None:
        self._places, self._indicators = place.places, indicators
        self._numbers = {name: number for number, name in enumerate(place.plan.scheme.dimensions())}
        self._alike: dict[object, Any] = {}

    def entry(self, sheet: ScoreSheet) -> EntrySums:
        """The sums of one entry, whose lines count for their indicators too."""
        none = [Decimal(0)] * len(self._numbers)
        scores, marks, weights = none, none.copy(), none.copy()
        for line in sheet.own_lines:
            number = self._numbers[line.dimension]
            scores[number] += line.score
            marks[number] += line.effective_mark
            weights[number] += line.full_mark
            if counts(line):
                self._indicators[line.code].add(line, earned_all(line))
        shown = [round_half_up(score, self._places) for score in scores]
        total = round_half_up(sum(shown, Decimal(0)), self._places)
        alike = self._alike.setdefault
        return EntrySums(
            tuple([alike(score, score) for score in shown]),
            alike(tuple(marks), tuple(marks)),
            alike(tuple(weights), tuple(weights)),
            alike(total, total),
        )


def _count(place: MasterLayout, found: Sums) -> None:
    for finding in place.findings:
        label, kind = finding.severity.label, kind_of(finding, place.plan.scheme)
        found.severities[label] += 1
        found.of_units[label] += not finding.code.upper().startswith(OF_THE_PLAN)
        if kind:
            found.kinds[kind.name] += 1
        if found.projects is not None:
            found.projects[finding.project, label] += 1


def counts(line: ScoreLine) -> bool:
    """Whether the line's indicator applies to its project."""
    return line.state is not LineState.NOT_APPLICABLE


def earned_all(line: ScoreLine) -> bool:
    """Whether the line counts and lost nothing, which is less than half of the sixth decimal."""
    if not counts(line):
        return False
    return line.score >= line.effective_mark or line.score - line.effective_mark > _NOTHING_LOST


def told_apart(names: Iterable[str]) -> bool:
    """Whether SUMIFS takes no two of these for the same; False also where that is hard to tell."""
    known = set(filter(None, names))
    folded = {name.casefold() for name in known}
    return len(folded) == len(known) and all(map(_is_plain, folded))


def _is_plain(name: str) -> bool:
    return bool(_NUMBER.fullmatch(name) or (_WORDS.fullmatch(name) and not _OTHERWISE.match(name)))
