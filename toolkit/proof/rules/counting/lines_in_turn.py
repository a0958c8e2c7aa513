"""一季度、四季度受理分别为156,200件和192,800件: lines named in a row and as many numbers, against their column."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.line_columns import Column, columns_of, names_in
from toolkit.proof.lines import as_printed, close, holds, lines_of, unlike
from toolkit.proof.report import Report
from toolkit.proof.trials import slipped, spots_with
from toolkit.text.patterns import Pattern

_TABLE = "季度\t受理（件）\t得分\n一季度\t156,200\t91.6\n二季度\t168,400\t88.2\n三季度\t182,600\t84.5\n四季度\t192,800\t80.9\n"
_LEAST = 3
_ROWS = Pattern(
    r"(?P<names>[^，。；：]*?(?:、|和)[^，。；：]*?)，?(?P<words>[\u4e00-\u9fff]{2,10}?)(?:分别|依次)(?:仅)?(?:为|是|达|达到|仅为|只有|有)?$"
)
_RESPECTIVELY, _FARTHEST = Pattern("分别|依次"), 6
"""What a sentence must hold near its end before all of it is looked through."""


@rule(
    "line.in_turn",
    group=Group.SAME_FACT,
    title="分别列出的几行的数与表相同",
    good=(f"{_TABLE}\n\n一季度、四季度受理分别为156,200件和192,800件。",),
    bad=(
        f"{_TABLE}\n\n一季度、四季度受理分别为156,200件和198,200件。",
        f"{_TABLE}\n\n得分较高的为一季度、二季度、三季度，得分依次为91.6分、84.5分、88.2分。",
    ),
)
def in_turn(report: Report) -> Iterator[Result]:
    """Names in a row, what is measured, 分别为 and as many numbers: the cells of these lines under one heading."""
    for spot in spots_with(report, _ROWS) if lines_of(report) else ():
        said_last = _RESPECTIVELY.search(spot.sentence, max(0, len(spot.sentence) - _FARTHEST))
        match = _ROWS.search(spot.sentence) if spot.fact.value and said_last else None
        names = [name for *_, name in names_in(report, match["names"] + match["words"])] if match else []
        run = [spot.fact, *spot.after][: len(names)]
        if match is None or len(names) < _LEAST - 1 or len(run) < len(names) or any(f.unit != run[0].unit for f in run):
            continue
        if len(re.split("、|和|及", match["names"])) != len(names):
            continue
        yield from _turned_out(report, names, run, match["words"])


def _turned_out(report: Report, names: Sequence[str], run: Sequence[Fact], words: str) -> Iterator[Result]:
    columns = [
        column
        for column in columns_of(report, names[0])
        if set(names) <= column.facts.keys()
        and not any(unlike(column.facts[name], fact) for name, fact in zip(names, run, strict=True))
    ]
    tried = [(_cells_met(column, names, run), column) for column in columns]
    fits, column = max(tried, key=lambda item: sum(item[0]), default=([], None))
    if column is None:
        return
    cells = [column.facts[name] for name in names]
    sure = close(re.sub("[的量数]+$", "", words), column.heading) and any(fits)
    if (sure or len(fits) > _LEAST) and sum(fits) == len(fits) - 2 and (swapped := _swapped(run, fits, cells)):
        fact, cell = swapped
        message = f"“{column.heading}”依次写的数与表中次序不同，此处应为{said(cell)}"
        yield differs(fact.place, said(fact), said(cell), message, facts=(fact,), related=(cell.place,), confidence=80)
        return
    for name, fact, cell, right in zip(names, run, cells, fits, strict=True):
        if right:
            yield agrees(fact, cell)
        elif sum(fits) == len(fits) - 1 and (sure or slipped(fact, as_printed(cell, fact) * fact.scale)):
            message = f"“{name}”写{said(fact)}，表中“{column.heading}”是{said(cell)}"
            yield differs(
                fact.place, said(fact), said(cell), message, facts=(fact,), related=(cell.place,), confidence=80
            )


def _cells_met(column: Column, names: Sequence[str], run: Sequence[Fact]) -> list[bool]:
    return [holds(fact, column.facts[name]) for name, fact in zip(names, run, strict=True)]


def _swapped(run: Sequence[Fact], fits: Sequence[bool], cells: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """The first of two numbers that stand in one another's place, and the cell that belongs there."""
    one, other = (at for at, right in enumerate(fits) if not right)
    crossed = holds(run[one], cells[other]) and holds(run[other], cells[one])
    return (run[one], cells[one]) if crossed else None
