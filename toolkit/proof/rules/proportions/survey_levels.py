"""Satisfaction of an indicator against the answers of each level that the annex lists: 很满意100%、满意75%、一般50%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.indicator_rows import Told, indicators
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LEVEL = Pattern(
    r"[“]?(?P<name>很不满意|非常不满意|不太满意|不满意|很满意|非常满意|十分满意|比较满意|较满意|基本满意|满意|一般)[”]?(?:的)?(?:份数|人数|答卷)?[：:]?$"
)
_ORDER = (
    frozenset({"很满意", "非常满意", "十分满意"}),
    frozenset({"满意", "比较满意", "较满意"}),
    frozenset({"一般", "基本满意"}),
    frozenset({"不满意", "不太满意"}),
    frozenset({"很不满意", "非常不满意"}),
)
"""The five levels of a questionnaire, best first, by the names that they have."""
_WEIGHTS = tuple(Decimal(level) / 4 for level in (4, 3, 2, 1, 0))
_HEAD = "三级指标\t分值\t得分\t评分说明\n服务对象满意度\t4\t3.99\t有效问卷196份，满意度89.80%，得3.99分。\n归档率\t3\t2.5\t归档较好。\n执行率\t4\t3.1\t执行较慢。\n"
_ANNEX = "\n\n附件 评分表\n\n编号\t三级指标\t分值\t得分\t取值\nD1\t服务对象满意度\t4\t3.99\t问卷“很满意”份数：123份；问卷“满意”份数：67份；问卷“一般”份数：5份；问卷“不满意”份数：1份；问卷“很不满意”份数：0份\nC3\t归档率\t3\t2.5\t较好\nC4\t执行率\t4\t3.1\t较慢\n"


@rule(
    "rate.levels",
    group=Group.RATES,
    title="满意度等于各档答卷加权或满意的占比",
    good=(_HEAD + _ANNEX, _HEAD.replace("89.80%", "96.94%") + _ANNEX),
    bad=(_HEAD.replace("89.80%", "87.95%") + _ANNEX, _HEAD + _ANNEX.replace("67份；问卷“一般”份数：5份", "57份；问卷“一般”份数：15份")),
)  # fmt: skip
def levels(report: Report) -> Iterator[Result]:
    """The answers weighted by level, or those of the best two or three among all, against the rate told elsewhere."""
    for name, told in indicators(report).told.items():
        rates = [
            item.fact for item in told if item.fact.kind is FactKind.PERCENT and re.search("满意[度率]$", item.label)
        ]
        for counts in _of_levels(report, told):
            for rate in rates:
                if rate.place != counts[0].place:
                    yield from _held(name, rate, counts)


def _of_levels(report: Report, told: Sequence[Told]) -> Iterator[tuple[Fact, ...]]:
    """The numbers of answers of the five levels, best first, of every cell that lists all of them once."""
    places = dict.fromkeys(item.fact.place for item in told if item.fact.kind is FactKind.COUNT)
    for place in places:
        found = list(_named(report, place))
        levels = [[fact for level, fact in found if level in names] for names in _ORDER]
        if all(len(facts) == 1 for facts in levels):
            yield tuple(facts[0] for facts in levels)


def _named(report: Report, place: Place) -> Iterator[tuple[str, Fact]]:
    text = report.texts[place]
    for fact in report.facts_at(place):
        level = _LEVEL.search(text[: fact.start].rstrip("： :"))
        if level and fact.exact and fact.kind is FactKind.COUNT:
            yield level["name"], fact


def _held(name: str, rate: Fact, counts: Sequence[Fact]) -> Iterator[Result]:
    whole = sum((fact.base for fact in counts), Decimal(0))
    if not whole:
        return
    weighted = sum((fact.base * weight for fact, weight in zip(counts, _WEIGHTS, strict=True)), Decimal(0)) / whole
    shares = [sum((fact.base for fact in counts[:best]), Decimal(0)) / whole for best in (1, 2, 3)]
    if any(rate.meets(due, due) for due in (weighted, *shares)):
        yield agrees(rate, *counts)
        return
    right = f"{weighted * 100:.2f}%"
    message = f"“{name}”写{rate.said}，各档答卷{'、'.join(fact.said for fact in counts)}加权为{right}"
    yield doubtful(
        rate.place, rate.said, right, message, facts=(rate, *counts), related=(counts[0].place,), confidence=80
    )
