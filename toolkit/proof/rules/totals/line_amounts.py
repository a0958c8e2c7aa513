"""清源县、双河县两县下达资金共5,500.00万元: a number of prose against the sum of the lines of a table that it names."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.lines import Line, as_printed, close, unlike
from toolkit.proof.named_lines import (
    FAR,
    RATES,
    SPENT,
    line_spots,
    lines_in_a_row,
    rounds_to,
    shared_headings,
    unlike_table,
)
from toolkit.proof.report import Report
from toolkit.proof.trials import is_repeated, slipped
from toolkit.text.patterns import Pattern

_TOGETHER = Pattern(r"(?:共计?|合计|总计|之和为?|总共)$")


@rule(
    "line.sum",
    group=Group.SUMS,
    title="正文把表中几项合在一起的数等于各项之和",
    good=(f"{SPENT}\n\n清源县、双河县两县下达资金共5,500.00万元。支出前两位的为清源县、双河县，合计5,228.00万元。",),
    bad=(
        f"{SPENT}\n\n清源县、双河县两县下达资金共5,050.00万元。",
        f"{SPENT}\n\n支出前两位的为清源县、双河县，合计5,282.00万元。",
    ),
)
def sums(report: Report) -> Iterator[Result]:
    """Two and more names in a row, then 共 or 合计: the sum of their cells under the heading that the words mean."""
    for spot, text in line_spots(report):
        lines = lines_in_a_row(report, spot, text) if _TOGETHER.search(spot.clause) else []
        headings = shared_headings(lines) if len(lines) > 1 else []
        words = text[max(0, spot.fact.start - FAR) : spot.fact.start]
        tried = [(heading, _total(lines, heading, spot.fact)) for heading in headings if not _is_rate(lines, heading)]
        fitting = next((heading for heading, due in tried if due is not None and rounds_to(spot.fact, due)), None)
        meant = [
            (heading, due) for heading, due in tried if due is not None and close(heading, _word_in(heading, words))
        ]
        if fitting is not None:
            yield agrees(spot.fact, *(line.cells[fitting] for line in lines))
        elif len(meant) == 1:
            heading, due = meant[0]
            cells = [line.cells[heading] for line in lines]
            yield unlike_table(spot.fact, due, cells, "+".join(map(said, cells)), differs)
        elif (near := _slip(spot.fact, tried)) and not is_repeated(report, spot.fact):
            cells = [line.cells[near[0]] for line in lines]
            yield unlike_table(spot.fact, near[1], cells, "+".join(map(said, cells)), doubtful)


def _slip(fact: Fact, tried: Sequence[tuple[str, Decimal | None]]) -> tuple[str, Decimal] | None:
    """The heading whose sum is one digit off the number."""
    return next(((heading, due) for heading, due in tried if due is not None and slipped(fact, due * fact.scale)), None)


def _is_rate(lines: Sequence[Line], heading: str) -> bool:
    return any(line.cells[heading].kind in RATES or "率" in heading for line in lines)


def _word_in(heading: str, words: str) -> str:
    """The longest beginning of a heading that stands in some words."""
    return next((heading[:size] for size in range(len(heading), 1, -1) if heading[:size] in words), "")


def _total(lines: Sequence[Line], heading: str, fact: Fact) -> Decimal | None:
    cells = [line.cells[heading] for line in lines]
    if any(unlike(cell, fact) for cell in cells):
        return None
    return sum((as_printed(cell, fact) for cell in cells), Decimal(0))
