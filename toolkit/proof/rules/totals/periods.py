"""What comes to a day, a week, a month or a quarter of a year's total: 全年巡检2,146次，日均5.88次."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Yields, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, Trial, judged, slack, spots_with
from toolkit.proof.units import QUANTITIES, counted
from toolkit.text.patterns import Pattern

_PER = Pattern(
    r"(?P<per>[日周月季])均[^，。；0-9]{0,10}$|(?:平均)?每(?P<other>天|日|周|个?月|个?季度?)(?:平均)?[^，。；0-9每]{0,8}$"
)
_OF_A_YEAR = {"日": (365, 366), "天": (365, 366), "周": (52,), "月": (12,), "季": (4,)}
_YEAR = Pattern("全年|20[0-9]{2}年|年度|本年|当年")
_STANDARD = Pattern("标准|规定|要求|不低于|不少于|目标|设计|应|补助|补贴|工资|单价")


@rule(
    "each.period",
    group=Group.SUMS,
    yields=Yields.ELSEWHERE,
    title="日均、月均、季均等于全年总数除以天数、月数、季数",
    good=("全年应巡检2,190次，实际巡检2,146次，日均巡检5.88次。2023年受理工单9,360件，月均780件。",),
    bad=("全年实际巡检2,146次，日均巡检6.88次。", "2023年受理工单9,360件，月均870件。"),
)
def averages(report: Report) -> Iterator[Result]:
    """日均 behind a total of its unit, by the days of a year, or by those that the paragraph counts."""
    for spot in spots_with(report, _PER):
        match = _PER.search(spot.clause) if spot.fact.kind in QUANTITIES and spot.fact.value else None
        if match is None or _STANDARD.search(spot.clause):
            continue
        totals = [fact for fact in reversed(spot.before) if _is_total(fact, spot)]
        if totals:
            yield from judged(
                report, spot.fact, list(_trials(spot, totals, (match["per"] or match["other"])[-1])), "平均数写"
            )


def _is_total(fact: Fact, spot: Spot) -> bool:
    alike = fact.kind is spot.fact.kind and counted(fact) == counted(spot.fact)
    return alike and fact.base > spot.fact.base and not re.search("均|每", fact.subject[-4:])


def _trials(spot: Spot, totals: list[Fact], per: str) -> Iterator[Trial]:
    told = [fact for fact in (*spot.earlier, *spot.before) if fact.kind is FactKind.COUNT and _counts(fact, per)]
    only = len(totals) == 1 and not told and _YEAR.search(spot.sentence) is not None
    for total in totals:
        for many in _OF_A_YEAR.get(per, (4,)):
            yield _mean(total, Decimal(many), (total,), f"{many}", sure=only and many in (365, 12, 4, 52))
        yield from (_mean(total, many.base, (total, many), many.text, sure=False) for many in told)


def _counts(fact: Fact, per: str) -> bool:
    return bool(fact.value) and {"日": "天", "度": "季度"}.get(per, per) in (fact.unit, fact.unit[-1:])


def _mean(total: Fact, many: Decimal, facts: tuple[Fact, ...], shown: str, *, sure: bool) -> Trial:
    off = slack((total,)) / many
    return Trial(
        total.base / many - off, total.base / many + off, total.base / many, facts, f"{total.text}÷{shown}", sure
    )
