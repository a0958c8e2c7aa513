"""Shares in a row against the parts they are of: 分别占60%、40%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.reckoned_growth import GROWTH
from toolkit.proof.rules.proportions.reckoned_rates import LISTED, elsewhere
from toolkit.proof.trials import Spot, spots_with
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_LIST_HEAD = Pattern("分别|依次|各|占比|比例")


@rule(
    "reckon.shares",
    group=Group.RATES,
    named=True,
    title="一串占比分别等于一串数除以总数",
    good=(
        "收运408人、清扫1,742人、公厕286人，分别占16.75%、71.51%、11.74%。",
        "查看污水处理站10座、垃圾分拣站15座，分别占已建成数量的76.9%和65.2%。",
        "相差5分以内的22份、5分（含）至10分的13份、10分（含）以上的5份，分别占55.0%、32.5%、12.5%。",
    ),
    bad=("收运408人、清扫1,742人、公厕286人，分别占17.65%、71.51%、11.74%。",),
)
def listed_shares(report: Report) -> Iterator[Result]:
    """As many shares as there are parts before them, in the same order, of one whole."""
    for shares, parts, words in _lists(report):
        wholes = [sum((part.base for part in parts), Decimal(0)), *(fact.base for fact in words)]
        if len(shares) > _PAIR:  # of two, one that some number elsewhere makes is chance
            wholes += [fact.base for part in parts[:1] for fact in elsewhere(report, part)]
        wholes = [whole for whole in wholes if whole >= max(part.base for part in parts)]  # 占 is of what is larger
        if _each_fits(shares, parts, words):
            yield from _each_of_its_own(shares, parts, words)
            continue
        best = max(wholes, key=lambda whole: _right(shares, parts, whole), default=Decimal(0))
        fitting = _right(shares, parts, best)
        if not best or fitting < max(1, len(shares) - 1) or (fitting == 1 and len(shares) > 2):
            yield from _each_of_its_own(shares, parts, words)
            continue
        for share, part in zip(shares, parts, strict=True):
            yield _share(share, part, best)


_PAIR = 2


def _share(share: Fact, part: Fact, whole: Decimal) -> Result:
    if _meets(share, part, whole):
        return agrees(share, part)
    right = f"{plain(round(part.base / whole * 100, 2))}%"
    message = f"占比写{said(share)}，{said(part)}占总数的{right}"
    return differs(share.place, said(share), right, message, facts=(share, part), working=f"{said(part)}÷总数={right}")


def _meets(share: Fact, part: Fact, whole: Decimal) -> bool:
    if not whole:
        return False
    off = part.step * part.scale / 2 if part.kind is FactKind.MONEY or part.step < 1 else Decimal(0)
    return share.meets((part.base - off) / whole, (part.base + off) / whole)


def _right(shares: Sequence[Fact], parts: Sequence[Fact], whole: Decimal) -> int:
    return sum(_meets(share, part, whole) for share, part in zip(shares, parts, strict=True))


def _each_of_its_own(shares: Sequence[Fact], parts: Sequence[Fact], others: Sequence[Fact]) -> Iterator[Result]:
    """分别完成约定量的105%、103%（约定160例、120场）: every part has a whole of its own, in the same order."""
    for wholes in _rows_of(shares, parts, others):
        fits = [_meets(share, part, whole.base) for share, part, whole in zip(shares, parts, wholes, strict=True)]
        if sum(fits) >= max(1, len(shares) - 1):
            for share, part, whole in zip(shares, parts, wholes, strict=True):
                yield _share(share, part, whole.base)
            return


def _each_fits(shares: Sequence[Fact], parts: Sequence[Fact], others: Sequence[Fact]) -> bool:
    return any(
        all(_meets(share, part, whole.base) for share, part, whole in zip(shares, parts, wholes, strict=True))
        for wholes in _rows_of(shares, parts, others)
    )


def _rows_of(shares: Sequence[Fact], parts: Sequence[Fact], others: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """As many numbers in a row as there are shares, of the parts' units."""
    for at in range(len(others) - len(shares) + 1):
        wholes = others[at : at + len(shares)]
        if all(same_unit(part, whole) for part, whole in zip(parts, wholes, strict=True)):
            yield wholes


def _lists(report: Report) -> Iterator[tuple[list[Fact], list[Fact], list[Fact]]]:
    """Shares in a row, the parts they are of, and the other numbers of the paragraph of the parts' unit."""
    for spot in spots_with(report, _LIST_HEAD):
        head = spot.fact.kind is FactKind.PERCENT and _LIST_HEAD.search(spot.lead)
        if not head or GROWTH.search(spot.clause):
            continue
        shares = [spot.fact, *_row(spot)]
        quantities = [fact for fact in (*spot.earlier, *spot.before) if fact.kind in QUANTITIES]
        totals = [fact for fact in quantities if _TOTAL.search(fact.subject)]
        quantities = [fact for fact in quantities if fact not in totals]
        alike = [fact for fact in quantities if same_unit(fact, quantities[-1])]  # 相差5分以内的22份、5分以上的18份
        quantities = alike if len(alike) >= len(shares) else quantities
        if len(shares) < 2 or len(quantities) < len(shares):
            continue
        behind = spot.after[len(shares) - 1 :]
        last = (spot.fact, *spot.after)[len(shares) - 1]
        if behind and re.match("^[，,]即", _between(report, last, behind[0])) and len(behind) >= len(shares):
            yield shares, list(behind[: len(shares)]), quantities  # 回收率分别为95%、98%，即570份、294份
            continue
        parts = quantities[-len(shares) :]
        others = [fact for fact in (*totals, *quantities[: -len(shares)], *spot.after) if fact.kind in QUANTITIES]
        yield shares, parts, others


def _between(report: Report, left: Fact, right: Fact) -> str:
    """The words between two numbers of a paragraph."""
    return report.texts[left.place][left.end : right.start]


def _row(spot: Spot) -> Iterator[Fact]:
    """The shares that follow the first one, parted by nothing but 、 and 和."""
    end, last = spot.fact, spot.tail
    for fact in spot.after:
        gap = fact.start - end.end
        if fact.kind is not FactKind.PERCENT or gap > _GAP or (end is spot.fact and not LISTED.match(last.strip())):
            return
        yield fact
        end = fact


_GAP = 2
_TOTAL = Pattern("共计?$|合计$|总计$")
