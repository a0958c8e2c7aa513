"""Two numbers before the same words of which one has the other's digits in turn: 23个省级部门, 32个省级部门."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report

_COUNTED = re.compile(
    r"(?<![0-9.,〔（(])(?P<number>[1-9][0-9]{1,3})\s*(?P<unit>[个家项种类条份名所处])(?P<noun>[\u4e00-\u9fff]{3,4})"
)

_LONG = 4


@rule(
    "count.exchanged",
    group=Group.COUNTS,
    title="同一事物的个数没有数字颠倒",
    good=("保障23个省级部门旗舰店运行，推动23个省级部门完成整合，32个市级部门完成接入。",),
    bad=("保障23个省级部门旗舰店运行。\n推动32个省级部门完成系统整合。",),
)
def exchanged(report: Report) -> Iterator[Result]:
    """The same words behind a number and behind the number read backwards; behind the same number they agree."""
    seen: dict[tuple[str, str, str], tuple[Place, str, tuple[Fact, ...]]] = {}
    for place, text in report.document.texts():
        for match in _COUNTED.finditer(text):
            facts = report.facts_within(place, match.start("number"), match.end("number"))
            turned = match["number"][::-1], match["unit"], match["noun"]
            key = match["number"], match["unit"], match["noun"]
            if key in seen:
                yield from (agrees(fact, *seen[key][2]) for fact in facts)
            elif turned in seen and len(match["noun"]) == _LONG:
                there, other, others = seen[turned]
                message = f"这里写“{match[0]}”，另一处写“{other}”，数字相反，请核对"
                yield doubtful(place, match[0], other, message, facts=(*facts, *others), related=(there,))
            seen.setdefault(key, (place, match[0], facts))
