"""Reckoning within a paragraph: a number, the words around it, and what other numbers near it would make of it.

A trial is one way in which a number may follow from others. A number that meets any trial is right; one that meets
none is wrong where the words leave only one way (``sure``), or where one digit would make it meet.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Result, Say, agrees, differs, doubtful
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.once import once
from toolkit.proof.report import Report, tells
from toolkit.proof.searching import Searched
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

RISES = "增加(?!值)|增长|提高|上升|上涨|提升|扩大|新增|超额|超出"
FALLS = "下降|降低|减少|缩短|压缩|压减|缩减|回落|节约|节省|下浮|核减"
"""Words that say which way a number went."""
REAL = Pattern("生产总值|GDP|增加值|总产值|可支配收入")
"""What statistics give the growth of at constant prices: no two amounts make it."""
_ROUNDED = frozenset({FactKind.MONEY, FactKind.PERCENT})
_COMPARING = Pattern(
    rf"(?:同比|环比|累计|年均|平均|预计|分别|共|[比较与同](?:上年|去年|年初|上年末|上一?年度)[^，。；]{{0,4}})+|(?:{RISES}|{FALLS}|增幅|降幅|幅度|为|达|约|到|了|率)+$"
)
_STOP = Pattern("[。；;！？\n]")
_OPENS = Pattern("[，,：:（(]")
_LEAST_DIGITS = 3
_NOTHING = Decimal(0)
_BOUNDS = frozenset({Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.ABOVE, Hedge.BELOW})
_WINDOW = 14
"""So many numbers before another are looked at."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a number should be if it followed from ``facts``: between two bounds, in the base unit."""

    low: Decimal
    high: Decimal
    due: Decimal
    facts: tuple[Fact, ...]
    working: str
    sure: bool = False


@dataclass(frozen=True)
class Spot:
    """A number with its surroundings.

    Attributes:
        lead: the words between the number before it, or the beginning of the sentence, and it.
        tail: the words up to the next number or the end of the sentence.
        before, after: the other numbers of its sentence.
        earlier: the numbers of the paragraph before its sentence, nearest last.
        sentence: the words of its sentence up to the number.
        bounds: what its sentence says before is the least or the most.
    """

    fact: Fact
    lead: str
    tail: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]
    earlier: tuple[Fact, ...]
    sentence: str = ""
    bounds: tuple[Fact, ...] = ()

    @cached_property
    def clause(self) -> str:
        """The words right before the number, from the last comma."""
        return _OPENS.split(self.lead)[-1]

    @cached_property
    def own_subject(self) -> str:
        """What its clause says that it measures, where it holds no other number: 优良水质比例 of …提高15.6."""
        start = self.fact.start - len(self.sentence)
        opened = re.split("[，,、：:；;（(]", self.sentence)[-1]
        if any(fact.end > start + len(self.sentence) - len(opened) for fact in self.before):
            return ""
        bare = _COMPARING.sub("", opened)
        return "".join(re.findall("[\u4e00-\u9fffA-Za-z]", bare))

    def alike(self, facts: Iterable[Fact]) -> list[Fact]:
        """The numbers that have the unit of this one."""
        return [fact for fact in facts if same_unit(fact, self.fact)]


@once
def spots(report: Report) -> tuple[Spot, ...]:
    """Every exact number of the prose with its surroundings; several rules ask for them."""
    return tuple(
        spot
        for place, text in report.document.texts()
        if not place.table or tells(text)
        for spot in _of(report, place, text)
    )


def spots_with(report: Report, *patterns: Pattern) -> Sequence[Spot]:
    """Those of :func:`spots` in whose sentence, up to the number, a pattern may be found: others lack a word."""
    return _searched(report).fitting(*patterns)


@once
def _searched(report: Report) -> Searched[Spot]:
    return Searched(spots(report), [spot.sentence for spot in spots(report)])


def _of(report: Report, place: Place, text: str) -> Iterator[Spot]:
    every = [fact for fact in report.facts_at(place) if fact.kind is not FactKind.ORDINAL and fact.upper is None]
    facts = [fact for fact in every if fact.exact]
    ends = [0, *(match.end() for match in _STOP.finditer(text)), len(text)]
    for fact in (fact for fact in every if fact.exact or fact.hedge is Hedge.ABOUT):
        at = bisect_left(facts, fact.start, key=lambda other: other.start)
        start = max(end for end in ends if end <= fact.start)
        stop = min((end for end in ends if end > fact.start), default=len(text))
        before = tuple(other for other in facts[max(0, at - _WINDOW) : at] if other.start >= start)
        after = tuple(other for other in facts[at + fact.exact : at + _WINDOW] if other.start < stop)
        earlier = tuple(facts[max(0, at - len(before) - _WINDOW) : at - len(before)])
        lead = text[before[-1].end if before else start : fact.start]
        yield Spot(
            fact,
            lead,
            text[fact.end : after[0].start if after else stop],
            before,
            after,
            earlier,
            text[start : fact.start],
            tuple(other for other in every if start <= other.start < fact.start and other.hedge in _BOUNDS),
        )


def about(spot: Spot, trials: Iterable[Trial | None]) -> list[Trial]:
    """The trials of numbers of what the clause of a change measures; all where it names nothing of its own."""
    own = spot.own_subject
    found = [trial for trial in trials if trial is not None]
    if len(own) < _NAMED and not own.startswith("其中"):
        return found
    return [trial for trial in found if any(own[-_ALIKE:] in fact.subject for fact in trial.facts)]


_NAMED, _ALIKE = 6, 4


def slack(facts: Sequence[Fact]) -> Decimal:
    """What rounding of the parts may add up to: nothing for whole counts and scores."""
    return sum((_slack(fact) for fact in facts), _NOTHING)


def _slack(fact: Fact) -> Decimal:
    if fact.kind is FactKind.PERCENT and fact.step >= 1 and _SET.search(fact.subject):
        return _NOTHING
    return fact.rounding if fact.kind in _ROUNDED or fact.step < 1 else _NOTHING


_SET = Pattern("(?:目标|指标|要求|约定|规定|标准)[值的为]{0,2}$")
"""What a target is was set, not rounded: 比目标值98%低0.68个百分点."""


def summed(facts: Sequence[Fact], *, sure: bool = False) -> Trial:
    """A sum."""
    due = sum((fact.base for fact in facts), Decimal(0))
    off = slack(facts)
    return Trial(due - off, due + off, due, tuple(facts), "+".join(map(said, facts)), sure)


def apart(left: Fact, right: Fact, *, sure: bool = False) -> Trial:
    """The difference of two numbers, whichever is larger."""
    due, off = abs(left.base - right.base), slack((left, right))
    large, small = (left, right) if left.base >= right.base else (right, left)
    return Trial(due - off, due + off, due, (left, right), f"{said(large)}-{said(small)}", sure)


def quotient(part: Fact, whole: Fact, *, sure: bool = False) -> Trial | None:
    """A ratio; None by nothing."""
    span = ratio(part, whole)
    return None if span is None else Trial(*span, (part, whole), f"{said(part)}÷{said(whole)}", sure)


def ratio(part: Fact, whole: Fact) -> tuple[Decimal, Decimal, Decimal] | None:
    """Between what bounds a ratio lies, and what it is; None by nothing."""
    if whole.base <= 0 or part.base < 0:
        return None
    near, far = _slack(part), _slack(whole)
    if whole.base <= far:
        return None
    return (part.base - near) / (whole.base + far), (part.base + near) / (whole.base - far), part.base / whole.base


def rest(part: Fact, whole: Fact, *, sure: bool = False) -> Trial | None:
    """What a ratio leaves of the whole."""
    of = quotient(part, whole)
    if of is None:
        return None
    low, high = sorted((abs(1 - of.high), abs(1 - of.low)))
    return Trial(low, high, abs(1 - of.due), of.facts, f"1-{of.working}", sure)


def slipped(fact: Fact, due: Decimal) -> bool:
    """Whether one digit, or two in the other order, would make the number right."""
    if not fact.scale or due < 0:
        return False
    printed = [f"{(value / fact.scale).quantize(fact.step):f}" for value in (fact.base, due)]
    digits = [re.sub(r"\D", "", text) for text in printed]
    telling = max(len(text.strip("0")) for text in digits) > 1
    return telling and len(digits[0]) == len(digits[1]) >= _LEAST_DIGITS and OSA.distance(*digits) == 1


def is_met_by_chance(fact: Fact, due: Decimal, ways: int) -> bool:
    """Whether among so many ways to reckon a number one that has nothing to do with it may well be a slip away.

    A number of three digits has 27 neighbours that differ in one digit, among a thousand, and 2 with two digits the
    other way round: of ten ways every fourth such number would meet one of the former, every fiftieth of the latter.
    """
    one, other = (re.sub(r"\D", "", f"{(value / fact.scale).quantize(fact.step):f}") for value in (fact.base, due))
    neighbours = len(one) - 1 if sorted(one) == sorted(other) else 9 * len(one)
    return ways * neighbours > Decimal(10) ** len(one) * _CHANCE


def _ways(fact: Fact, trial: Trial, tried: Sequence[Trial]) -> int:
    """How many numbers follow from others that stand as near as those of one trial: the nearest are meant first."""
    reach = _reach(fact, trial)
    return len({other.due for other in tried if _reach(fact, other) <= reach})


def _reach(fact: Fact, trial: Trial) -> tuple[bool, int]:
    """How far off the farthest number stands: in another paragraph, or so many signs away."""
    away = any(other.place != fact.place for other in trial.facts)
    return away, 0 if away else max(abs(other.start - fact.start) for other in trial.facts)


_CHANCE = Decimal("0.1")
"""So many numbers in one may be a slip away by chance."""


def mistyped(fact: Fact, total: Fact) -> bool:
    """Whether two long numbers of as many digits, whatever their unit, differ in one, or in the order of two."""
    left, right = (re.sub(r"\D", "", f"{item.base:f}") for item in (fact, total))
    significant = sorted(len(text.rstrip("0")) for text in (left, right))
    telling = significant[0] >= _LEAST_DIGITS and significant[1] > _LEAST_DIGITS
    return telling and len(left) == len(right) > _LEAST_DIGITS + 1 and OSA.distance(left, right) == 1


def judged(report: Report, fact: Fact, trials: Iterable[Trial | None], what: str) -> Iterator[Result]:
    """One result for a number: right, wrong, or nothing where the trials do not tell."""
    tried = [trial for trial in trials if trial is not None]
    fitting = next((trial for trial in tried if fact.meets(trial.low, trial.high)), None)
    if fitting is not None:
        yield agrees(fact, *fitting.facts)
        return
    sure = [trial for trial in tried if trial.sure]
    near = [trial for trial in tried if slipped(fact, trial.due)]
    near = [trial for trial in near if trial.sure or not is_met_by_chance(fact, trial.due, _ways(fact, trial, tried))]
    if near and (near[0].sure or not is_repeated(report, fact)):
        yield told(fact, near[0], what, differs if near[0].sure else doubtful)
    elif len({trial.due for trial in sure}) == 1:
        yield told(fact, sure[0], what, differs)


def told(fact: Fact, trial: Trial, what: str, say: Say) -> Result:
    """A number that does not follow from the others."""
    value = trial.due / fact.scale
    right = f"{_as_printed(value, fact)}{fact.unit}"
    message = f"{what}{said(fact)}，{trial.working}={right}"
    return say(
        fact.place, said(fact), right, message, facts=(fact, *trial.facts), working=f"{trial.working}={right}",
        related=tuple(other.place for other in trial.facts), confidence=90 if say is differs else 75,
    )  # fmt: skip


def _as_printed(value: Decimal, fact: Fact) -> str:
    """A value with the decimals of a number: 97.40 beside 96.40; more where those would hide the difference."""
    decimals = -int(fact.step.as_tuple().exponent)
    short = round(value, max(2, decimals))
    return f"{short:,f}" if decimals == 2 and "," in fact.text else f"{short:f}" if decimals == 2 else plain(short)


def is_repeated(report: Report, fact: Fact) -> bool:
    """Whether the number stands in another place too: then it is no slip."""
    return len(known_values(report).get(key(fact), ())) > 1


def key(fact: Fact) -> tuple[str, Decimal]:
    """Kind and value, under which numbers are looked up; cells of a table often carry no unit."""
    if fact.kind in (FactKind.PERCENT, FactKind.POINTS):
        return "%", fact.base if fact.unit else fact.base / 100
    return "元" if fact.kind is FactKind.MONEY else "", fact.base


@once
def known_values(report: Report) -> dict[tuple[str, Decimal], list[Fact]]:
    """All numbers of a report by kind and value."""
    found: dict[tuple[str, Decimal], list[Fact]] = {}
    for fact in report.facts:
        if fact.value is not None and fact.upper is None and fact.kind is not FactKind.ORDINAL:
            found.setdefault(key(fact), []).append(fact)
    return found
