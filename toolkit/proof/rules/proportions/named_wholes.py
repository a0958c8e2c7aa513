"""Shares that name what they are of: 占在职人员的71.96%, where a number of the report is called 在职人员."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from toolkit.proof.called import called, exactly_named, named, pairs_of
from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import lines_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, judged, quotient, spots
from toolkit.proof.units import QUANTITIES, counted, same_unit
from toolkit.text.patterns import Pattern

_OF = Pattern(
    r"(?:占到?了?|相当于|达到?|超过|为|是)(?:全部|全|本年|当年|同期)?(?P<whole>[\u4e00-\u9fff0-9年“”]{2,14}?)(?:的(?:比例|比重)?(?:为|达|约|近)?)?$"
)
_SHARE = Pattern("占|相当于|的(?:比例|比重)?(?:为|达|约)?$")
_SEVERAL = Pattern("分别|依次|各|之和|[两二三四五六七八九十]项|[两二三四五六七八九十][者类个家市]")
_RIGHT_BEHIND = Pattern("[^，,。；]{0,8}[，,（(]?(?:仅|只|约|还不到)?")


@rule(
    "share.named",
    group=Group.RATES,
    title="占某项的比率等于除以这一项的数",
    good=("核定编制318名，实有在职人员296人。\n本科及以上学历的213人，占在职人员的71.96%。",),
    bad=(
        "核定编制318名，实有在职人员296人。\n本科及以上学历的213人，占在职人员的66.98%。",
        "惠及购房人才290人。\n抽查发现29人曾享受购房补贴，占购房人才的15%。",
    ),
)
def shares(report: Report) -> Iterator[Result]:
    """A share of what is named, by the number that is called so anywhere; right if any of them makes it."""
    for spot in spots(report):
        match = _OF.search(spot.lead) if spot.fact.kind is FactKind.PERCENT and _SHARE.search(spot.lead) else None
        part = spot.before[-1] if spot.before else None
        if match is None or part is None or part.kind not in QUANTITIES or _SEVERAL.search(spot.lead):
            continue
        if not _RIGHT_BEHIND.fullmatch(spot.lead[: match.start()]):
            continue  # 其中部门管理失分最多，占: the part is named, its number is not
        yield from _share(report, spot, part, match["whole"])


def _share(report: Report, spot: Spot, part: Fact, words: str) -> Iterator[Result]:
    exact = {fact.base: fact for fact in exactly_named(report, words, part) if fact.base > part.base}
    if len(exact) == 1 and not _is_of_total(report, spot.fact, part, next(iter(exact.values()))):
        yield from judged(report, spot.fact, [quotient(part, *exact.values(), sure=True)], "占比写")
        return
    wholes = [*exact.values(), *(fact for fact in named(report, words, part) if fact.base > part.base)]
    trials = [trial for fact in wholes if (trial := quotient(part, fact))]
    any_of_unit = (trial for fact in _of_unit(report, part) if (trial := quotient(part, fact)))
    if fitting := next((trial for trial in chain(trials, any_of_unit) if spot.fact.meets(trial.low, trial.high)), None):
        yield agrees(spot.fact, *fitting.facts)
        return
    of_all = re.search("总额|总数|总量", words)  # 占验收款总额的: of all, not of what was paid of it
    whole = {fact.base for fact in wholes if pairs_of(words) <= pairs_of(fact.subject) and not of_all}
    sure = [replace(trial, sure=len(whole) == 1 and trial.facts[-1].base in whole) for trial in trials]
    yield from judged(report, spot.fact, sure, "占比写")


def _is_of_total(report: Report, share: Fact, part: Fact, whole: Fact) -> bool:
    """Whether the share is not of the number so called but of a total line of the same unit: 全部奖补资金 of one year."""
    trial = quotient(part, whole)
    if trial is None or share.meets(trial.low, trial.high):
        return False
    totals = (cell for line in lines_of(report) if line.total for cell in line.cells.values() if same_unit(cell, part))
    return any((of := quotient(part, cell)) and share.meets(of.low, of.high) for cell in totals)


def _of_unit(report: Report, part: Fact) -> Iterator[Fact]:
    """Every larger number of the unit: the one that makes the share may be called by another word."""
    yield from (one.fact for one in called(report).get(counted(part), []) if one.fact.base > part.base)
