"""Two names told together with one number: 很满意和满意合计759份, against the numbers of both names before."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, judged, slack, spots_with, summed
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_BOTH = Pattern(
    r"(?P<names>“?[\u4e00-\u9fff]{2,8}”?(?:、“?[\u4e00-\u9fff]{2,8}”?)*(?:和|与|及)“?[\u4e00-\u9fff]{2,8}?”?)(?:的|两项|二者)?(?:合计|共计|共|之和为?|总计)(?:为|有)?$"
)
_KINDS = (FactKind.COUNT, FactKind.MONEY, FactKind.SCORE, FactKind.PERCENT)


@rule(
    "sum.named",
    group=Group.SUMS,
    title="几个名称合计的数等于前面各名称的数之和",
    good=("很满意368份、满意391份、一般115份、不满意46份；很满意和满意合计759份。",),
    bad=(
        "很满意368份、满意391份、一般115份、不满意46份；很满意和满意合计795份。",
        "很满意368份、满意391份、一般115份、不满意46份，前两项合计795份。",
    ),
)
def sums(report: Report) -> Iterator[Result]:
    """Each name stands right before one number of the unit in the paragraph: their sum."""
    for spot in spots_with(report, _FIRST, _BOTH):
        if spot.fact.value and (first := _of_first(spot)):
            yield _judged(spot.fact, first)
            continue
        match = _BOTH.search(spot.sentence) if spot.fact.value and spot.fact.kind in _KINDS else None
        if match is None:
            continue
        names = [name.strip("“”") for name in re.split("、|和|与|及", match["names"])]
        parts = [_of_name(spot, name) for name in names]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts) > 1 and len({id(part) for part in known}) == len(known):
            yield _judged(spot.fact, known)


_SAME_VERB = Pattern("(?:^|[，；])(?:两项|三项|以上)?(?:合计|共计|共)(?P<verb>[\u4e00-\u9fff]{2,4})$")


@rule(
    "sum.same_verb",
    group=Group.SUMS,
    title="合计压减、合计追回的数等于前面各笔之和",
    good=("对为中的按10%压减，压减21,170.00万元；对为差的按30%压减，压减10,680.00万元。合计压减31,850.00万元。",),
    bad=("对为中的按10%压减，压减21,170.00万元；对为差的按30%压减，压减10,680.00万元。合计压减38,150.00万元。",),
)
def of_one_verb(report: Report) -> Iterator[Result]:
    """All numbers of the paragraph before that the same verb stands right before; only where a slip explains it."""
    for spot in spots_with(report, _SAME_VERB):
        match = _SAME_VERB.search(spot.sentence) if spot.fact.value and spot.fact.kind in _KINDS else None
        told = [*spot.earlier, *spot.before] if match else []
        parts = [fact for fact in told if match and same_unit(fact, spot.fact) and fact.subject.endswith(match["verb"])]
        if _LEAST <= len(parts) <= _MOST:
            yield from judged(report, spot.fact, [summed(parts)], "合计写")


_MOST = 5
_FIRST = Pattern("前(?P<count>[两二三四五])(?:项|类|者)(?:合计|共计|共|总计)(?:为|有)?$")


def _of_first(spot: Spot) -> list[Fact]:
    """前两项合计: the first of the numbers in a row before it in the sentence."""
    match = _FIRST.search(spot.sentence)
    count = "一两三四五".find(match["count"].replace("二", "两")) + 1 if match else 0
    row = [fact for fact in spot.before if same_unit(fact, spot.fact)]
    start = spot.fact.start - len(spot.sentence)
    if len(row) > 1 and "中" in spot.sentence[row[0].end - start : row[1].start - start]:
        row = row[1:]  # 432名受访者中，非常满意的216人
    others = [fact for fact in spot.before if fact.start >= row[0].start] if row else []
    others = [fact for fact in others if not re.match("[两二三四五]", fact.text)]
    return row[:count] if _LEAST <= count < len(row) == len(others) else []


_LEAST = 2


def _of_name(spot: Spot, name: str) -> Fact | None:
    for fact in reversed((*spot.earlier, *spot.before)):
        before = fact.subject.strip("“”").removesuffix("”")
        if same_unit(fact, spot.fact) and re.search(rf"(?:^|[^\u4e00-\u9fff]|其中){re.escape(name)}$", before):
            return fact
    return None


def _judged(fact: Fact, parts: Sequence[Fact]) -> Result:
    due, off = sum((part.base for part in parts), Decimal(0)), slack(parts)
    if fact.meets(due - off, due + off):
        return agrees(fact, *parts)
    right = f"{plain(round(due / fact.scale, max(2, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    working = f"{'+'.join(map(said, parts))}={right}"
    return differs(
        fact.place,
        said(fact),
        right,
        f"合计写{said(fact)}，{working}",
        facts=(fact, *parts),
        working=working,
        confidence=85,
    )
