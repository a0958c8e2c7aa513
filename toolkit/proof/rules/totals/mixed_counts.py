"""Counts of different things in a row and what they are together: 8家医院、14家卫生院和168个村卫生室，共190家."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import said
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

COUNTER = "家|个|所|处|座|名|人|台|套|项|条|份|户|村|辆|件"
_N = rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:{COUNTER})|[0-9]+(?:{COUNTER})"
_NEAR = 4
_ROW = Pattern(
    rf"(?P<row>(?:{_N})(?!以上|以下)[^，。；、：0-9]{{1,12}}(?:(?:、|和|及|以及)(?:{_N})[^，。；、：0-9]{{1,12}}){{1,7}})[，,]?"
    rf"(?:共|合计|共计|总计|总共)(?:有|计)?(?P<whole>{_N})"
)


@rule(
    "count.mixed",
    group=Group.SUMS,
    title="依次列举的个数之和等于共计数",
    good=("覆盖8家市级医院、14家乡镇卫生院和168个村卫生室，共190家医疗机构。",),
    bad=("覆盖8家市级医院、14家乡镇卫生院和168个村卫生室，共180家医疗机构。",),
)
def mixed(report: Report) -> Iterator[Result]:
    """Nothing but counts and names before 共; the units may differ."""
    for sentence in report.prose_with(_ROW):
        for match in _ROW.finditer(sentence.text):
            at = sentence.start
            parts = [
                fact
                for fact in report.facts_within(sentence.place, at + match.start("row"), at + match.end("row"))
                if fact.value
            ]
            whole = report.facts_within(sentence.place, at + match.start("whole"), at + match.end("whole"))
            if len(whole) != 1 or len(parts) < 2 or not all(fact.exact for fact in (*parts, *whole)):
                continue
            due = sum((part.base for part in parts), Decimal(0))
            if due == whole[0].base:
                yield agrees(whole[0], *parts)
            elif abs(due - whole[0].base) * _NEAR <= due:  # 7个街道、2个镇共96个社区 is of other things
                working = f"{'+'.join(map(said, parts))}={due:f}"
                message = f"共计写{said(whole[0])}，{working}"
                yield differs(
                    sentence.place, said(whole[0]), f"{due:f}", message, facts=(whole[0], *parts), working=working
                )
