"""预算900万元。资金来源为省级补助540万元、县级配套360万元: where the money comes from makes all of it."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.trials import Trial, apart, judged, slack, summed
from toolkit.text.patterns import Pattern

_SOURCES = Pattern(
    r"资金来源(?:为|包括|有|：)(?P<row>[\u4e00-\u9fff]{2,14}[0-9][0-9,.]*[万亿]?元(?:[、，和][\u4e00-\u9fff]{2,14}[0-9][0-9,.]*[万亿]?元)+)(?=[，。；]|$)"
)
_WHOLE = Pattern("概算|投资|预算|资金|总额|安排")
_NEAR = 3
"""So many amounts before the sources may be their total."""


@rule(
    "sum.sources",
    group=Group.SUMS,
    title="资金来源各项之和等于总额",
    good=(
        "概算总投资1,710.00万元。资金来源为省级补助600.00万元、县级财政1,110.00万元。",
        "2023年预算900万元，支出849万元，结余51万元。资金来源为省级补助540万元、县级配套360万元，分担比例为6:4。",
    ),
    bad=(
        "2023年预算安排补助资金900万元，支出849.00万元，结余51.00万元。资金来源为省级补助540万元、县级配套380万元，分担比例为6:4。",
        "概算总投资1,710.00万元。资金来源为省级补助600.00万元、县级财政1,101.00万元。",
    ),
)
def sources(report: Report) -> Iterator[Result]:
    """The first amounts of the paragraph that are called so; where none is their sum, a part that is a digit off."""
    for place, text in report.document.texts_with(_SOURCES):
        for match in _SOURCES.finditer(text):
            parts = [
                fact
                for fact in report.facts_within(place, match.start("row"), match.end("row"))
                if fact.kind is FactKind.MONEY
            ]
            wholes = [fact for fact in report.facts_at(place) if _is_whole(fact, text, match.start(), parts)][:_NEAR]
            yield from _judged(report, wholes, parts)


def _is_whole(fact: Fact, text: str, before: int, parts: Sequence[Fact]) -> bool:
    named = _WHOLE.search(re.split("[，。；]", text[: fact.start])[-1])
    large = fact.base > max((part.base for part in parts), default=fact.base)
    return fact.kind is FactKind.MONEY and fact.exact and fact.end <= before and large and named is not None


def _judged(report: Report, wholes: Sequence[Fact], parts: Sequence[Fact]) -> Iterator[Result]:
    total = summed(parts)
    fitting = next((whole for whole in wholes if whole.meets(total.low, total.high)), None)
    if fitting is not None:
        yield agrees(fitting, *parts)
        return
    if len(wholes) == 1:
        trials = [(part, _rest(wholes[0], [other for other in parts if other is not part])) for part in parts]
        found = [result for part, trial in trials for result in judged(report, part, [trial], "来源写") if result.found]
        yield from found[-1:]  # of two parts each may be the wrong one: one contradiction


def _rest(whole: Fact, others: Sequence[Fact]) -> Trial:
    """What the other parts leave of the whole."""
    if len(others) == 1:
        return apart(whole, others[0])
    known = summed(others)
    off = slack((whole, *others))
    due = whole.base - known.due
    return Trial(due - off, due + off, due, (whole, *others), f"{whole.said}-({known.working})")
