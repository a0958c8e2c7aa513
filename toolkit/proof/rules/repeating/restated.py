"""A number told again in other words: 86,400.00万元，即8.64亿元; 支付60%，即1,180.41万元; 97.22%，即36个中有35个."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, Trial, judged, quotient, slack, spots_with
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text.patterns import Pattern

_THAT_IS = Pattern(r"^[^，。；、0-9]{0,4}[，,（(](?:即|折合|约合|也就是)(?:约|人民币)?(?P<words>[^，。；0-9]{0,8})$")
_AMONG = Pattern(r"^[^，。；0-9]{0,10}中[，,]?有?$")
_FIGURES = 3
_TOLD_TWICE = (FactKind.MONEY, FactKind.SCORE)


@rule(
    "same.restated",
    group=Group.SAME_FACT,
    title="“即”前后的数相符",
    good=(
        "批复总投资86,400.00万元，即8.64亿元。合格率为97.22%，即36个标段中有35个合格。",
        "欠付1,967.35万元，第一期支付60%，即1,180.41万元。容量67.00公里，入廊率提高到75%，即入廊50.25公里。",
    ),
    bad=(
        "批复总投资86,400.00万元，即86.40亿元。",
        "合格率为94.44%，即36个标段中有35个合格。",
        "欠付1,967.35万元，第一期支付60%，即1,108.41万元。",
    ),
)
def restated(report: Report) -> Iterator[Result]:
    """The number behind 即 against the one before it."""
    for spot in spots_with(report, _THAT_IS):
        match = _THAT_IS.match(spot.lead) if spot.before else None
        if match is None:
            continue
        before = spot.before[-1]
        if before.kind in _TOLD_TWICE and same_unit(before, spot.fact) and not match["words"]:
            yield _same(spot.fact, before)
        elif (
            before.kind is FactKind.PERCENT
            and spot.after
            and _AMONG.match(spot.tail)
            and same_unit(spot.fact, spot.after[0])
        ):
            yield from judged(report, before, [quotient(spot.after[0], spot.fact, sure=True)], "比率写")
        elif before.kind is FactKind.PERCENT and spot.fact.kind in QUANTITIES:
            yield from judged(report, spot.fact, list(_shares_of(report, spot, before)), "写")


def _same(fact: Fact, before: Fact) -> Result:
    if fact.meets(before.low, before.high) or before.meets(fact.low, fact.high):
        return agrees(fact, before)
    message = f"{said(before)}，写成“即{said(fact)}”"
    return differs(fact.place, said(fact), said(before), message, facts=(fact, before), related=(before.place,))


def _shares_of(report: Report, spot: Spot, share: Fact) -> Iterator[Trial]:
    """The share of a number told before in the paragraph, or of any that is long enough not to fit by chance."""
    near = [fact for fact in (*spot.earlier, *spot.before) if same_unit(fact, spot.fact)]
    far = [fact for fact in report.facts if same_unit(fact, spot.fact) and fact.exact and fact.place != spot.fact.place]
    for whole in (*near, *(far if len(re.sub("[^0-9]", "", spot.fact.text).strip("0")) >= _FIGURES else ())):
        due = whole.base * share.base
        off = slack((whole,)) * share.base
        yield Trial(due - off, due + off, due, (whole, share), f"{said(whole)}×{said(share)}")
