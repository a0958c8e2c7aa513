"""Numbers that stand in two places alike: what a reader ticks off when both say the same thing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.trials import key, known_values
from toolkit.proof.units import counted
from toolkit.text.patterns import Pattern

_PLAIN = frozenset({FactKind.MONEY, FactKind.COUNT, FactKind.SCORE, FactKind.PERCENT, FactKind.POINTS})
_LONG = 4
"""A number of so many digits is hardly ever met twice by chance."""
_EMPTY = Pattern(
    "得分|分值|评价|其中|合计|共计|总计|实际|年度?|截至|全部|目前|分别|以及|达到|完成|指标|满分|该项|本项|[0-9a-zA-Z.,%（）()“”、，。；：\\s]"
)
_SHORT = 2
_FEW = 12
"""So many numbers of the same words are kept; one is enough."""
_AFTER = 5
_BEFORE = 18


@rule(
    "same.number",
    group=Group.SAME_FACT,
    title="同一事项的数在别处以同样的数出现",
    good=("新建机井142眼。\n工程内容\t设计量\n新打机井\t142\n衬砌渠道\t86.40",),
    bad=(),
)
def told_again(report: Report) -> Iterator[Result]:
    """A number that another place gives too: of four digits, or of the same thing by its words."""
    texts = report.texts
    for facts in known_values(report).values():
        told = [fact for fact in facts if fact.kind in _PLAIN and fact.value]
        if len({fact.place for fact in told}) < 2:
            continue
        long = _digits(told[0]) >= _LONG
        words = {id(fact): ("",) if long else _words(fact, texts.get(fact.place, "")) for fact in told}
        known = _by_words(told, words)
        for fact in told:
            met: Iterator[Fact] = chain.from_iterable(known[pair] for pair in words[id(fact)])
            others = (other for other in met if other.place != fact.place)
            sure = long or _digits(fact) > _SHORT or fact.kind is FactKind.SCORE
            same = next((other for other in (others if sure else _met_twice(others)) if _alike(fact, other)), None)
            if same is not None:
                yield agrees(fact, same)


def _by_words(facts: Sequence[Fact], words: Mapping[int, tuple[str, ...]]) -> Mapping[str, list[Fact]]:
    known: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for pair in words[id(fact)]:
            if len(known[pair]) < _FEW:
                known[pair].append(fact)
    return known


def _met_twice(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Those that come more than once."""
    met = list(facts)
    times = Counter(map(id, met))
    return (fact for fact in met if times[id(fact)] > 1)


def _digits(fact: Fact) -> int:
    return len(re.sub(r"\D", "", f"{(fact.value or 0):f}").strip("0"))


def _alike(left: Fact, right: Fact) -> bool:
    """Whether the units allow both to be the same thing; cells often carry none."""
    units = counted(left), counted(right)
    bare = (left.place.table and not units[0]) or (right.place.table and not units[1])
    return key(left) == key(right) and (units[0] == units[1] or bool(bare))


def _words(fact: Fact, text: str) -> tuple[str, ...]:
    before = text[max(0, fact.start - _BEFORE) : fact.start] if not fact.place.table else fact.subject
    return _pairs(f"{before} {text[fact.end : fact.end + _AFTER]} {fact.subject if fact.place.table else ''}")


@lru_cache(50_000)
def _pairs(text: str) -> tuple[str, ...]:
    """All pairs of signs that stand beside one another in what the words say, in their order."""
    parts = _EMPTY.sub(" ", text).split()
    return tuple(dict.fromkeys(part[at : at + 2] for part in parts for at in range(len(part) - 1)))
