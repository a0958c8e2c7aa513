"""Shares whose part is named and not numbered: 财政资金占六成, 骨干冷库所占比重最大，为41.67%."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import lines_by_name
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, Trial, judged, quotient, spots_with, summed
from toolkit.proof.units import counted, same_unit
from toolkit.text.patterns import Pattern

_NAMED = Pattern(
    r"(?:^|[，,；;：:])(?:其中|仅|而)?(?P<name>[\u4e00-\u9fff]{2,10}?)(?:所占|占)(?:比|比重|比例|总额|总数|总投资|全部)?(?:的)?(?:最[大小高低多少])?[，,]?(?:比重|比例)?(?:为|仅为?|达到?|约)?$"
)


@rule(
    "share.part",
    group=Group.RATES,
    title="说了名称的部分占总数的比率与该部分的数相符",
    good=("申报总投资12,600万元，其中市级财政资金7,560万元、企业自筹5,040万元，财政资金占六成。",),
    bad=("申报总投资12,600万元，其中市级财政资金7,560万元、企业自筹5,040万元，财政资金占七成。",),
)
def shares(report: Report) -> Iterator[Result]:
    """The number that stands right behind the name in the paragraph, or in its line, by any larger one of its unit."""
    for spot in spots_with(report, _NAMED):
        match = _NAMED.search(spot.sentence) if spot.fact.kind is FactKind.PERCENT else None
        if match is None or re.search("分别|依次|各", match[0]):
            continue
        near = [*spot.earlier, *spot.before]
        parts = [fact for fact in near if _is_amount(fact) and fact.subject.endswith(match["name"])]
        cells = [cell for line in lines_by_name(report).get(match["name"], []) for cell in line.cells.values()]
        for part in parts[-1:]:
            yield from _share(report, spot, part, near, cells)


def _is_amount(fact: Fact) -> bool:
    """4座 of 骨干冷库4座，计3,150万元 is not what shares are of."""
    return fact.kind is FactKind.MONEY or counted(fact) == "人"


def _share(report: Report, spot: Spot, part: Fact, near: list[Fact], cells: list[Fact]) -> Iterator[Result]:
    wholes = [fact for fact in near if same_unit(fact, part) and fact.base > part.base]
    every = [fact for fact in report.facts if fact.kind is part.kind and counted(fact) == counted(part) and fact.exact]
    ways = [trial for fact in every if fact.base > part.base and (trial := quotient(part, fact))]
    ways += [_of_sum(part, fact) for fact in near if same_unit(fact, part) and fact is not part]
    ways += [
        trial
        for cell in cells
        for fact in report.facts
        if fact.place.table == cell.place.table and fact.kind is cell.kind and fact.base > cell.base > 0
        and (trial := quotient(cell, fact))
    ]  # fmt: skip
    fitting = next((way for way in ways if spot.fact.meets(way.low, way.high)), None)
    if fitting is not None:
        yield agrees(spot.fact, *fitting.facts)
        return
    only = len({fact.base for fact in wholes}) == 1
    yield from judged(report, spot.fact, [quotient(part, whole, sure=only) for whole in wholes], "占比写")


def _of_sum(part: Fact, other: Fact) -> Trial:
    whole = summed([part, other])
    due = part.base / whole.due if whole.due else part.base
    return Trial(due, due, due, (part, other), f"{part.text}÷({whole.working})")
