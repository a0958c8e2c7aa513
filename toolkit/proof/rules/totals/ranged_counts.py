"""共考核14次，其中90分以上7次、80—90分7次: how many lie in each range of marks, and all of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.outline import prose
from toolkit.proof.report import Report
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_UNIT = "[个家次项人户份所]"
_ABOVE = r"[0-9.]+(?:分|%)(?:[（(]?含[)）]?)?(?:及)?以上"
_BELOW = r"[0-9.]+(?:分|%)(?:[（(]?含[)）]?)?以下"
_RANGE = r"[0-9.]+(?:分|%)?(?:[（(]?含[)）]?)?[-—–~至到][0-9.]+(?:分|%)(?:[（(]?不?含[^)）]{0,4}[)）]?)?"
_PART = rf"(?:{_ABOVE}|{_RANGE}|{_BELOW})(?:的)?(?:有)?[0-9]+{_UNIT}"
_LIST = Pattern(
    rf"(?<![0-9上下分的%）)])(?P<count>[0-9]+)(?P<unit>{_UNIT})[^，。；、0-9]{{0,8}}[，,：:](?:其中[，,]?)?(?P<parts>{_PART}(?:[、，和]{_PART})+)(?P<end>[。；]|，(?:没有|无)[^，。；]{{0,12}})"
)
_COUNT = Pattern(rf"(?:以上|以下|分|%|[)）])(?:的)?(?:有)?(?P<part>[0-9]+){_UNIT}(?=[、，和。；]|$)")
_GOOD = "4个包共考核14次，其中90分（含）以上7次、80—90分7次，没有80分以下的情况。"


@rule(
    "count.ranges",
    group=Group.COUNTS,
    title="各得分段的个数合起来等于总数",
    good=(
        _GOOD,
        "抽查12个项目，90分以上3个、80—90分5个。",
        "利用率60%以上的部门2家，40%至60%的5家，40%以下的5家。",
        "分单位看，得分在90分以上的3个，80至90分的5个，70至80分的1个。",
    ),
    bad=(
        _GOOD.replace("以上7次", "以上8次"),
        "对12个月考核，95分以上9个、90—95分3个、90分以下1个。".replace("12个月", "12个"),
    ),
)
def ranges(report: Report) -> Iterator[Result]:
    """Wrong where the ranges cover everything, or together make more than there are."""
    for place, text in prose(report.document):
        for match in (match for match in _LIST.finditer(text) if not _is_range(text, match.start())):
            facts = {fact.start: fact for fact in report.facts_at(place) if fact.kind is FactKind.COUNT}
            whole = facts.get(match.start("count"))
            found = [
                facts.get(one.start("part")) for one in _COUNT.finditer(text, match.start("parts"), match.end("parts"))
            ]
            parts = [fact for fact in found if fact is not None]
            if whole is not None and len(parts) == len(found) > 1 and all(same_unit(fact, whole) for fact in parts):
                yield from _judged(place, match, whole, parts)


def _is_range(text: str, at: int) -> bool:
    """Whether a number is told of a range itself: 利用率60%以上的部门2家，40%至60%的5家 has no number of all."""
    return _SOME.search(re.split("[，。；、：]", text[:at])[-1]) is not None


_SOME = Pattern(f"{_ABOVE}|{_RANGE}|{_BELOW}")


def _judged(place: Place, match: re.Match[str], whole: Fact, parts: Sequence[Fact]) -> Iterator[Result]:
    total = sum((fact.base for fact in parts), Decimal(0))
    closed = "以上" in match["parts"] and ("以下" in match["parts"] or len(match["end"]) > 1)
    if total == whole.base:
        yield agrees(whole, *parts)
    elif closed or total > whole.base:
        right = f"{plain(total)}{whole.unit}"
        working = f"{'+'.join(map(said, parts))}={right}"
        message = f"各得分段合起来是{right}，总数写{said(whole)}"
        yield doubtful(place, said(whole), right, message, facts=(whole, *parts), working=working)
