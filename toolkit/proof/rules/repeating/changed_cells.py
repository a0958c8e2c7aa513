"""“使用率”由6.00分调减为4.50分: a change of a named line, against the table that has both numbers."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import said
from toolkit.proof.lines import holds, lines_by_name, names_within, unlike
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, slipped, spots_with
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_CHANGED = Pattern("(?:调减|调增|调整|核减|核增|调|压减|变更|修改|降低|提高|增加|减少|扣减)[为至到]$")
_FROM = Pattern("[由从]$")
_GAP = Pattern("[增减差扣]|分值|满分")
"""Headings of what was changed, not of what it became."""
_TABLE = "指标\t分值\t初稿得分\t建议得分\t调减\n变更管理\t5\t3.60\t2.50\t1.10\n产出成本\t4\t4.00\t3.50\t0.50\n使用率\t8\t6.00\t4.50\t1.50\n"


@rule(
    "line.changed",
    group=Group.SAME_FACT,
    named=True,
    title="某项由多少调整为多少与表相符",
    good=(f"{_TABLE}\n\n“使用率”指标未按标准扣分，建议由6.00分调减为4.50分。",),
    bad=(f"{_TABLE}\n\n“使用率”指标未按标准扣分，建议由6.00分调减为5.50分。",),
)
def changed(report: Report) -> Iterator[Result]:
    """The old number is in the line that the sentence names; the new one is a digit off another of its numbers."""
    for spot in spots_with(report, _CHANGED):
        old = spot.before[-1] if spot.before else None
        if old is None or not same_unit(old, spot.fact) or not _CHANGED.search(spot.lead):
            continue
        ahead = spot.sentence[: old.start - spot.fact.start]
        if _FROM.search(ahead):
            yield from _judged(report, spot, re.split("[；;。]", ahead)[-1])


def _judged(report: Report, spot: Spot, words: str) -> Iterator[Result]:
    """Against every line named that has the old number."""
    old, new = spot.before[-1], spot.fact
    for name in names_within(report, words):
        for line in lines_by_name(report).get(name, []):
            cells = [cell for heading, cell in line.cells.items() if not unlike(cell, new) and not _GAP.search(heading)]
            first = next((cell for cell in cells if holds(old, cell)), None)
            if first is None:
                continue
            if fitting := next((cell for cell in cells if holds(new, cell)), None):
                yield agrees(new, old, first, fitting)
                return
            near = [cell for cell in cells if cell is not first and slipped(new, cell.base)]
            if len({cell.base for cell in near}) == 1:
                message = f"写“{name}”由{said(old)}改为{said(new)}，表中是{said(near[0])}"
                yield doubtful(
                    new.place, said(new), said(near[0]), message, facts=(new,), related=(near[0].place,), confidence=80
                )
                return
