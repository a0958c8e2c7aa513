"""比2022年度增加4,783.59万元，增长64.05%: a change that two cells of one column make, and its share of the earlier one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import all_columns
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.trials import FALLS, RISES, Spot, apart, slipped, spots_with, told
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_YEAR = Pattern("(?:19|20)[0-9]{2}年?度?|20[0-9]{2}[-—]20[0-9]{2}年?度?")
_RATE = Pattern(rf"[，,、（(](?:同比|增减)?(?:(?P<up>{RISES}|增幅)|(?P<down>{FALLS}|降幅))(?:率|幅度)?(?:为|达|约)?")
_CHANGE = Pattern(rf"(?:{RISES}|{FALLS}|多|少)(?:了)?$")
_DIGITS = 4
"""A change of so many digits is made by two cells of the same column by no chance."""
_TABLE = "年度\t问题（个）\t问题金额（万元）\n2021年\t9\t3,215.40\n2022年\t11\t7,468.90\n2023年\t12\t12,252.49\n"


@rule(
    "growth.of_cells",
    group=Group.RATES,
    named=True,
    title="增减额、增减幅度与表中两年的数相符",
    good=(f"{_TABLE}\n\n问题金额比2022年度增加4,783.59万元，增长64.05%。",),
    bad=(
        f"{_TABLE}\n\n问题金额比2022年度增加4,783.59万元，增长39.04%。",
        f"{_TABLE}\n\n问题金额比2022年度增加4,738.59万元，增长64.05%。",
    ),
)
def growths(report: Report) -> Iterator[Result]:
    """Of the change and the growth behind it one follows from two years of a table, and so must the other."""
    for spot in spots_with(report, _RATE) if _pairs(report) else ():
        match = _RATE.fullmatch(spot.lead)
        if spot.fact.kind is not FactKind.PERCENT or match is None or not spot.before:
            continue
        change = spot.before[-1]
        if _CHANGE.search(change.subject) and len(re.sub(r"\D", "", change.text).strip("0")) >= _DIGITS:
            yield from _judged(report, spot, change, rises=bool(match["up"]))


def _judged(report: Report, spot: Spot, change: Fact, *, rises: bool) -> Iterator[Result]:
    pairs = [(old, new) for old, new in _pairs(report) if same_unit(new, change) and (new.base > old.base) == rises]
    pairs = [(old, new) for old, new in pairs if old.base > 0]
    made = [(old, new) for old, new in pairs if change.meets(abs(new.base - old.base), abs(new.base - old.base))]
    grown = [(old, new) for old, new in pairs if spot.fact.meets(_growth(old, new), _growth(old, new))]
    if both := next((pair for pair in made if pair in grown), None):
        yield agrees(spot.fact, change, *both)
    elif len({_growth(*pair) for pair in made}) == 1:
        old, new = made[0]
        right = f"{plain(round(_growth(old, new) * 100, max(0, -int(spot.fact.step.as_tuple().exponent))))}%"
        working = f"({said(new)}-{said(old)})÷{said(old)}={right}"
        yield differs(
            spot.fact.place, said(spot.fact), right, f"增减幅度写{said(spot.fact)}，{working}",
            facts=(spot.fact, change, new, old), working=working, related=(new.place, old.place), confidence=85,
        )  # fmt: skip
    elif near := [pair for pair in grown if slipped(change, abs(pair[1].base - pair[0].base))]:
        yield told(change, apart(*near[0]), "增减额写", doubtful)


def _growth(old: Fact, new: Fact) -> Decimal:
    return abs(new.base - old.base) / old.base


@once
def _pairs(report: Report) -> tuple[tuple[Fact, Fact], ...]:
    """The numbers of two years that stand below one another, the earlier first."""
    found: list[tuple[Fact, Fact]] = []
    for column in all_columns(report):
        if all(map(_YEAR.fullmatch, column.facts)):
            rows = sorted(column.facts.items())
            found += [(old, new) for at, (_, old) in enumerate(rows) for _, new in rows[at + 1 :]]
    return tuple(found)
