"""Columns of a table that say how much a row changed from the row above: 环比, 同比, 较上期, 增长率."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.lines import bare, is_whole, number_of
from toolkit.proof.report import Report
from toolkit.proof.units import QUANTITIES
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_CHANGE = Pattern("环比|同比|较上[年月季期]|比上[年月季期]|增长率$|增幅$|增速$")
_FEWEST = 2
_HUNDRED = Decimal(100)
_Row = dict[int, Fact]


@rule(
    "column.change",
    group=Group.RATES,
    title="环比、同比列等于本行与上一行相比的增减",
    good=(
        "季度\t实付金额（万元）\t环比\n一季度\t465.00\t—\n二季度\t455.70\t-2.00%\n三季度\t446.40\t-2.04%\n四季度\t455.70\t2.08%",
    ),
    bad=(
        "季度\t实付金额（万元）\t环比\n一季度\t465.00\t—\n二季度\t455.70\t-2.00%\n三季度\t446.40\t-4.04%\n四季度\t455.70\t2.08%",
    ),
)
def changes(report: Report) -> Iterator[Result]:
    """A column of changes, against the column of which all rows but one are such changes."""
    for table in report.document.tables:
        columns = [at for at, heading in enumerate(table.headings) if _CHANGE.search(bare(heading))]
        rows = [
            {at: fact for at, cell in enumerate(row) if (fact := number_of(report, cell)) is not None}
            for row in table.rows[table.head :]
            if not is_whole(row[0].label or "—")
        ]
        for column in columns:
            for other in range(1, table.width):
                pairs = list(_pairs(rows, column, other))
                right = sum(_fits(row[column], above[other], row[other]) for above, row in pairs)
                named = bare(table.headings[column]).startswith(bare(table.headings[other]))
                if right >= (1 if named else _FEWEST) and len(pairs) - right <= 1:
                    yield from (_told(row[column], above[other], row[other]) for above, row in pairs)
                    break


def _pairs(rows: Sequence[_Row], column: int, other: int) -> Iterator[tuple[_Row, _Row]]:
    for above, row in pairwise(rows):
        known = column in row and other in row and other in above
        if known and row[other].kind in QUANTITIES and above[other].base > 0:
            yield above, row


def _due(old: Fact, new: Fact) -> Decimal:
    return (new.base - old.base) / old.base


def _fits(change: Fact, old: Fact, new: Fact) -> bool:
    scale = Decimal(1) if change.unit else 1 / _HUNDRED
    return change.low * scale <= _due(old, new) <= change.high * scale


def _told(change: Fact, old: Fact, new: Fact) -> Result:
    if _fits(change, old, new):
        return agrees(change, old, new)
    right = f"{plain(round(_due(old, new) * _HUNDRED, 2))}%"
    message = f"写{change.text}，由{said(old)}到{said(new)}是{right}"
    return differs(change.place, change.text, right, message, facts=(change, old, new), confidence=85)
