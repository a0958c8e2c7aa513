"""What numbers are called: the words around each, so that 占全部空置房源的 finds the number of 空置 that is meant.

Words are compared by the pairs of signs they share, after those that say nothing (总, 全部, 实际, 共) are taken out.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.units import QUANTITIES, counted
from toolkit.text.patterns import Pattern

_EMPTY = Pattern(
    r"总额|总数|总量|总计|合计|共计|全部|全年|本年|当年|上述|该项目|项目|资金|实际|其中|分别|以及|达到|累计|目前|截至|年末|年底|以上|以下"
    r"|[0-9０-９a-zA-Z.,%（）()“”、，。；：:\s总的了为是共有达约计即仅个各]"
)
_BEFORE, _AFTER = 18, 8
_STOP = Pattern("[，。；：！？,;:\n]")


@dataclass(frozen=True, slots=True)
class Called:
    """A number and the pairs of signs of the words around it."""

    fact: Fact
    pairs: frozenset[str]


@lru_cache(50_000)
def pairs_of(words: str) -> frozenset[str]:
    """The pairs of signs that stand beside one another in what some words say."""
    parts = _EMPTY.sub(" ", words).split()
    return frozenset(part[at : at + 2] for part in parts for at in range(len(part) - 1))


@once
def called(report: Report) -> Mapping[str, list[Called]]:
    """The exact quantities of a report under their unit, with what they are called."""
    texts = report.texts
    found: dict[str, list[Called]] = defaultdict(list)
    for fact in report.facts:
        if fact.kind in QUANTITIES and fact.exact and fact.value:
            words = fact.subject if fact.place.table else words_around(fact, texts.get(fact.place, ""))
            found[_unit(fact)].append(Called(fact, pairs_of(words)))
    return found


def _unit(fact: Fact) -> str:
    return "分" if fact.kind is FactKind.SCORE else counted(fact)


def words_around(fact: Fact, text: str) -> str:
    """The clause a number stands in up to it and the one before, how its sentence begins, the words right behind."""
    before = _STOP.split(text[max(0, fact.start - _BEFORE) : fact.start])
    start = max(text.rfind(mark, 0, fact.start) for mark in "。；\n") + 1
    topic = _TOPIC.match(text, start)
    return " ".join((topic[0] if topic else "", *before[-2:], _STOP.split(text[fact.end : fact.end + _AFTER])[0]))


_LEAST = 0.5
"""So much of the words asked for at least."""
_TOPIC = Pattern(r"[^，。；：,;:0-9\n]{0,12}")


def named(report: Report, words: str, like: Fact) -> list[Fact]:
    """The numbers of a unit that are called so, those that share most of the words first."""
    asked = pairs_of(words)
    if not asked:
        return []
    known = called(report)
    alike = known.get(_unit(like), [])
    bare = [one for one in known.get("", []) if one.fact.place.table] if like.kind is FactKind.COUNT else []
    scored = [(len(asked & one.pairs) / len(asked), one.fact) for one in (*alike, *bare) if one.fact is not like]
    return [fact for score, fact in sorted(scored, key=lambda pair: -pair[0]) if score >= _LEAST]


def exactly_named(report: Report, words: str, like: Fact) -> list[Fact]:
    """The numbers of the prose of a unit right before which the words stand."""
    behind = Pattern(f"{re.escape(words)}(?:共有?|共计|合计|为|是|约|达到?)?$")
    every = (one.fact for one in called(report).get(_unit(like), []))
    return [fact for fact in every if not fact.place.table and fact is not like and behind.search(fact.subject)]
