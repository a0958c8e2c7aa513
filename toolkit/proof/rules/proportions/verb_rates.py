"""Rates that name what was done with their part: 已追回2.97万元，追回率75%; 核销1,684万元，核销率93.56%，未核销116万元."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.called import called
from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, Trial, judged, quotient, rest, spots_with, summed
from toolkit.proof.units import QUANTITIES, counted, same_unit
from toolkit.text.patterns import Pattern

_RATE = Pattern(
    r"^(?P<behind>[^，。；0-9]{0,12})[，,（(][\u4e00-\u9fff]{0,6}?(?P<verb>[\u4e00-\u9fff]{2})(?:率|比例|比重|进度)(?:为|达到?|仅为?|约)?$"
)
_MEANS = Pattern("均|每|超|增|减|差|多|少")


@rule(
    "rate.verb",
    group=Group.RATES,
    title="追回率、核销率等于前面的数除以总数",
    good=(
        "发现金额3.96万元，已追回2.97万元，追回率75.00%，尚有0.99万元未追回。",
        "核销消费券1,684.00万元，核销率93.56%，未核销116.00万元。",
        "云主机436台，超额完成16台，完成率103.81%。",
    ),
    bad=(
        "发现金额3.96万元，已追回2.97万元，追回率85.00%，尚有0.99万元未追回。",
        "核销消费券1,684.00万元，核销率96.33%，未核销116.00万元。",
    ),
)
def rates(report: Report) -> Iterator[Result]:
    """A rate behind a number of which the same is said; right if any number of the report makes it the whole."""
    for spot in spots_with(report, _RATE):
        match = _RATE.match(spot.lead) if spot.fact.kind is FactKind.PERCENT and spot.before else None
        part = spot.before[-1] if spot.before else None
        if match is None or part is None or part.kind not in QUANTITIES or _is_apart(part):
            continue
        if match["verb"] in f"{part.subject}{match['behind']}":
            yield from _rate(report, spot, part)


def _rate(report: Report, spot: Spot, part: Fact) -> Iterator[Result]:
    every = (one.fact for one in called(report).get(counted(part), []) if one.fact.base >= part.base)
    ways = [trial for whole in every if whole is not part for trial in (quotient(part, whole), rest(part, whole))]
    sure = _sure(spot, part)
    ways += [rest(behind, part) for behind in spot.after[:1] if same_unit(behind, part)]  # 31个，及时率90.3%，3个超时
    fitting = next((way for way in (sure, *ways) if way and spot.fact.meets(way.low, way.high)), None)
    if fitting is not None:
        yield agrees(spot.fact, *fitting.facts)
    else:
        yield from judged(report, spot.fact, [sure], "比率写")


def _sure(spot: Spot, part: Fact) -> Trial | None:
    """With what is left of it, else by the one larger number of the sentence, else of the paragraph."""
    behind = spot.after[0] if spot.after else None
    rests = behind is not None and same_unit(behind, part) and re.search("未|尚|剩|余", f"{spot.tail}")
    if behind is not None and rests and part.base:
        both = summed([part, behind])
        due = part.base / both.due
        return Trial(due, due, due, (part, behind), f"{part.text}÷({both.working})", sure=True)
    for facts in (spot.before[:-1], spot.earlier):
        wholes = _wholes(facts, part)
        if wholes:
            near = wholes[0] in (*spot.before, *spot.earlier[-_CLOSE:])
            return quotient(part, wholes[0], sure=near) if len({fact.base for fact in wholes}) == 1 else None
    return None


_CLOSE = 4


def _wholes(facts: Sequence[Fact], part: Fact) -> list[Fact]:
    alike = [fact for fact in facts if same_unit(fact, part) and fact.base >= part.base]
    return [fact for fact in alike if not _is_apart(fact)]


def _is_apart(fact: Fact) -> bool:
    """Whether a number is a mean or a difference: 平均12个, 超额完成16台."""
    return bool(_MEANS.search(fact.subject[-3:]) or re.search("超额|超目标|超计划", fact.subject[-8:]))
