"""比序时进度低10.9个百分点, 三项平均满意率81.8%: a rate held against one that is named, or the mean of those before it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.once import once
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, Trial, apart, judged, spots_with
from toolkit.text.patterns import Pattern

_BESIDE = Pattern(
    "[比较](?P<name>[\u4e00-\u9fff]{2,8}(?:进度|比例|标准|目标|控制线|警戒线))(?:高|低|快|慢|超前|滞后|落后)$"
)
_OTHER_TIME = Pattern("上年|去年|同期|上期|年初|平均|全[国省市县区]")


@rule(
    "points.named",
    group=Group.RATES,
    title="比某进度、标准高或低几个百分点，等于两个比率之差",
    good=("序时进度为58.3%。\n支出进度47.4%，比序时进度低10.9个百分点，比上年同期进度低12个百分点。",),
    bad=("序时进度为58.3%。\n支出进度47.4%，比序时进度低19.0个百分点。",),
)
def points(report: Report) -> Iterator[Result]:
    """The rate right before, and the one rate of the report that is called by the name."""
    for spot in spots_with(report, _BESIDE):
        match = _BESIDE.search(spot.clause) if spot.fact.kind is FactKind.POINTS else None
        if match is None or not spot.before or _OTHER_TIME.search(match["name"]):
            continue
        own, named = spot.before[-1], [fact for words, fact in _rates(report) if words.endswith(match["name"])]
        if own.kind is FactKind.PERCENT and len({fact.base for fact in named}) == 1 and own.base != named[0].base:
            yield from judged(report, spot.fact, [apart(own, named[0], sure=True)], "差额写")


@once
def _rates(report: Report) -> list[tuple[str, Fact]]:
    """The rates of the prose that are said to be something, with the words before."""
    rates = (fact for fact in report.facts if fact.kind is FactKind.PERCENT and fact.exact and not fact.place.table)
    return [(fact.subject[:-1], fact) for fact in rates if fact.subject.endswith(("为", "是"))]


_MEAN = Pattern("(?P<count>[两二三四五六]|[2-6])(?:项|类|个|者)平均[^，。；0-9]{0,8}$")
_RUN = "满意率分别为83.3%、74.7%和87.5%；三项平均满意率81.8%。"


@rule(
    "mean.run",
    group=Group.RATES,
    title="几项平均的比率等于前面几个比率的平均",
    good=(_RUN,),
    bad=(_RUN.replace("81.8%", "88.1%"),),
)
def means(report: Report) -> Iterator[Result]:
    """As many rates in a row right before as are averaged."""
    for spot in spots_with(report, _MEAN):
        match = _MEAN.search(spot.sentence) if spot.fact.kind is FactKind.PERCENT else None
        run = _run(spot, 2 if match["count"] == "两" else numeral(match["count"])) if match else ()
        if run:
            due = sum((fact.base for fact in run), Decimal(0)) / len(run)
            off = run[0].rounding
            working = f"({'+'.join(map(said, run))})÷{len(run)}"
            trial = Trial(due - off, due + off, due, tuple(run), working, sure=True)
            yield from judged(report, spot.fact, [trial], "平均数写")


def _run(spot: Spot, count: int) -> Sequence[Fact]:
    """The last numbers before, where all are rates."""
    told = [fact for fact in (*spot.earlier, *spot.before) if re.search("[0-9]", fact.text)]  # 三项 is none of them
    run = told[-count:]
    return run if len(run) == count and all(fact.kind is FactKind.PERCENT for fact in run) else ()
