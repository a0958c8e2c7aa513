"""Shares that name what they are of: 占在职人员的71.96%, where one number alone is called 在职人员."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import bare, lines_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Trial, judged, quotient, spots
from toolkit.proof.units import QUANTITIES, same_unit

_OF = re.compile(
    r"(?:占|相当于|为)(?:全部|全|本年|当年|同期)?(?P<whole>[\u4e00-\u9fff]{2,10}?)(?:的(?:比例|比重)?(?:为|达|约)?)?$"
)
_LEAST = 3
_SHARE = re.compile("占|相当于|的(?:比例|比重)?(?:为|达|约)?$")


@rule(
    "share.named",
    group=Group.RATES,
    title="占某项的比率等于除以这一项的数",
    good=("核定编制318名，实有在职人员296人。\n本科及以上学历的213人，占在职人员的71.96%。",),
    bad=("核定编制318名，实有在职人员296人。\n本科及以上学历的213人，占在职人员的66.98%。",),
)
def shares(report: Report) -> Iterator[Result]:
    """A share of what is named, by the one number that stands behind this name anywhere in the prose."""
    for spot in spots(report):
        match = _OF.search(spot.lead) if spot.fact.kind is FactKind.PERCENT and _SHARE.search(spot.lead) else None
        part = spot.before[-1] if spot.before else None
        if re.search("分别|依次|各", spot.lead):
            continue  # shares in a row are not of the number before them
        if match is None or part is None or part.kind not in QUANTITIES or len(match["whole"]) < _LEAST:
            continue
        wholes = {
            fact.base: fact for fact in _called(report, match["whole"]) if same_unit(fact, part) and fact is not part
        }
        if len(wholes) == 1 and (trial := _of(part, next(iter(wholes.values())))):
            yield from judged(report, spot.fact, [trial], "占比写")


def _of(part: Fact, whole: Fact) -> Trial | None:
    """A total line may be of other things: only where the prose has the name is there no doubt."""
    return quotient(part, whole, sure=not whole.place.table) if part.base <= whole.base else None


def _called(report: Report, name: str) -> list[Fact]:
    """The numbers of the prose right before which a name stands."""
    known: dict[str, list[Fact]] = report.memory.setdefault("numbers called", {})
    if name not in known:
        ends = re.compile(f"{re.escape(name)}(?:共|共有|共计|合计|为|是|约|达|达到)?$")
        known[name] = [
            fact
            for fact in report.facts
            if fact.exact and fact.value and not fact.place.table and ends.search(fact.subject)
        ]
        known[name] += _of_total_lines(report, name)
    return known[name]


def _of_total_lines(report: Report, name: str) -> Iterator[Fact]:
    """总扣分: what the total lines have under 扣分."""
    short = re.sub("^(?:总|全部|全年)|(?:总[额数量]|总计)$", "", name)
    for line in lines_of(report) if short != name and len(short) > 1 else ():
        if line.total:
            yield from (fact for heading, fact in line.cells.items() if bare(heading).endswith(short) and fact.value)
