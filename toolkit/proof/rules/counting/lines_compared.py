"""One line of a table against another in prose: 县人民医院的使用率比县妇幼保健院高5个百分点."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import as_printed, bare, close, lines_by_name, lines_of, unlike
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, spots_with
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MORE = Pattern(
    r"(?P<one>[^，。；0-9]{2,24})[比较](?P<other>[^，。；0-9]{2,16}?)(?:的)?(?:高出?|低|多|少)(?:了|支出|完成)?$"
)
_HOSPITALS = (
    "医院\t到位金额\t使用率\n县人民医院\t1,765.40\t95.00%\n县中医院\t1,059.24\t92.00%\n县妇幼保健院\t706.16\t90.00%\n"
)


@rule(
    "line.compared",
    group=Group.RANKINGS,
    title="表中一项比另一项高多少与表相符",
    good=(f"{_HOSPITALS}\n\n县人民医院的使用率比县妇幼保健院高5个百分点。",),
    bad=(
        f"{_HOSPITALS}\n\n县人民医院的使用率比县妇幼保健院高8个百分点。",
        f"{_HOSPITALS}\n\n使用率最高的县人民医院比最低的县妇幼保健院高8个百分点。",
    ),
)
def compared(report: Report) -> Iterator[Result]:
    """The cells of both names under the heading that the words mean; right if those of any heading make it."""
    for spot in spots_with(report, _MORE) if lines_of(report) else ():
        match = _MORE.search(spot.clause) if spot.fact.value and spot.fact.kind is not FactKind.PERCENT else None
        if match is None:
            continue
        pairs = list(_pairs(report, spot, match))
        fitting = next((pair for pair in pairs if _is_apart(spot.fact, *pair[1:])), None)
        if fitting is not None:
            yield agrees(spot.fact, *fitting[1:])
            continue
        meant = [pair for pair in pairs if pair[0] in match["one"] or close(pair[0], _measure(match["one"], pair[0]))]
        if len({_apart(spot.fact, *pair[1:]) for pair in meant}) == 1:
            yield _told(spot.fact, *meant[0])


def _measure(words: str, heading: str) -> str:
    """The last words before 比 as far as they can be the heading."""
    return words[-len(heading) :]


def _pairs(report: Report, spot: Spot, match: re.Match[str]) -> Iterator[tuple[str, Fact, Fact]]:
    known = lines_by_name(report)
    one, other = (
        max((name for name in known if name in match[side]), key=len, default="") for side in ("one", "other")
    )
    for left in known.get(one, []):
        for right in known.get(other, []):
            if left.table != right.table or left is right:
                continue
            for heading, cell in left.cells.items():
                if heading in right.cells and not unlike(cell, spot.fact):
                    yield bare(heading), cell, right.cells[heading]


def _apart(fact: Fact, left: Fact, right: Fact) -> object:
    return abs(as_printed(left, fact) - as_printed(right, fact))


def _is_apart(fact: Fact, left: Fact, right: Fact) -> bool:
    off = (fact.step + left.step + right.step) / 2 if min(left.step, right.step) < 1 else fact.step / 2
    return abs(abs(as_printed(left, fact) - as_printed(right, fact)) - (fact.value or 0)) <= off


def _told(fact: Fact, heading: str, left: Fact, right: Fact) -> Result:
    due = f"{plain(abs(as_printed(left, fact) - as_printed(right, fact)))}{fact.unit}"
    message = f"写相差{said(fact)}，表中“{heading}”{said(left)}与{said(right)}相差{due}"
    return differs(
        fact.place, said(fact), due, message, facts=(fact, left, right), related=(left.place, right.place),
        confidence=85,
    )  # fmt: skip
