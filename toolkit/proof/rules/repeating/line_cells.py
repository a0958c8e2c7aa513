"""云台区支出840.00万元: a number of prose against the one cell that its name and its heading mean."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import said
from toolkit.proof.lines import Line, as_printed, close, holds, lines_of, unlike
from toolkit.proof.named_lines import FEWEST, RATES, SPENT, digits_of, line_spots, lines_before
from toolkit.proof.report import Report
from toolkit.proof.trials import is_repeated, slipped


@rule(
    "line.cell",
    group=Group.SAME_FACT,
    title="正文说到的表中某行某列的数与表相同",
    good=(f"{SPENT}\n\n全市下达资金8,650.00万元，支出率92.73%。云台区支出840.00万元，支出率80.00%。",),
    bad=(
        f"{SPENT}\n\n云台区支出804.00万元，支出率80.00%。",
        f"{SPENT}\n\n全年支出8,021.00万元，支出率97.23%。",
    ),
)
def cells(report: Report) -> Iterator[Result]:
    """A name and a heading, or a number of a line and a heading, before a number that is a digit off the cell."""
    by_value: dict[Decimal, list[Line]] = {}
    for line in lines_of(report):
        for cell in line.cells.values():
            by_value.setdefault(cell.base, []).append(line)
    endings = {pair for line in lines_of(report) for heading in line.cells for pair in _pairs_of(heading)}
    for spot, text in line_spots(report):
        words = re.sub(r"(?:为|达到?|共|共计|合计|是|仅)+$", "", spot.clause)
        if not _pairs_of(words[-_TAIL:]) & endings:
            continue
        named = [line for lines in lines_before(report, spot, text)[:1] for line in lines]
        quoted = [
            line for other in spot.before[-2:] if digits_of(other) > FEWEST for line in by_value.get(other.base, ())
        ]
        tried = [(heading, cell) for line in (*named, *quoted) for heading, cell in line.cells.items()
                 if close(_tail(words, heading), heading) and not unlike(cell, spot.fact)]  # fmt: skip
        tried = [(heading, cell) for heading, cell in tried if (cell.kind in RATES) == (spot.fact.kind in RATES)]
        fitting = next((cell for _, cell in tried if holds(spot.fact, cell)), None)
        if fitting is not None:
            yield agrees(spot.fact, fitting)
            continue
        near = [
            (heading, cell)
            for heading, cell in tried
            if slipped(spot.fact, as_printed(cell, spot.fact) * spot.fact.scale)
        ]
        if near and not is_repeated(report, spot.fact):
            heading, cell = near[0]
            message = f"写{said(spot.fact)}，表中“{heading}”是{said(cell)}"
            yield differs(
                spot.fact.place,
                said(spot.fact),
                said(cell),
                message,
                facts=(spot.fact,),
                related=(cell.place,),
                confidence=80,
            )


def _tail(words: str, heading: str) -> str:
    """The end of some words, as long as a heading; less where the heading begins with it: （一期）支付 and 支付金额."""
    ends = (words[-size:] for size in range(min(len(words), len(heading)), 1, -1))
    return next((end for end in ends if heading.startswith(end)), words[-max(len(heading), 2) :])


_TAIL = 8


def _pairs_of(words: str) -> set[str]:
    """All two characters in a row: a quick look whether some words can mean a heading."""
    return {words[at : at + 2] for at in range(len(words) - 1)}
