"""The numbers of a table by rows and columns, apart from what sums the rows up."""

from toolkit.proof.document import Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import is_whole, number_of
from toolkit.proof.report import Report
from toolkit.proof.row_words import row_name
from toolkit.text.patterns import Pattern

MEANS = ("平均", "均值", "平均值", "平均分", "平均得分")
"""What rows of means are called."""
_NOT_ADDED = Pattern("小计$|^其中|率|占比|比重|比例|平均|均")
"""Rows that are no part of a total."""
Grid = list[dict[int, Fact]]


def grid_of(report: Report, table: Table) -> tuple[Grid, dict[int, Fact]]:
    """The numbers of the rows by column, and those of the total row."""
    grid: Grid = []
    totals: dict[int, Fact] = {}
    rows = table.rows[table.head :]
    for row in rows:
        label = row_name(row)
        facts = {
            at: fact for at, cell in enumerate(row) if (fact := number_of(report, cell)) and fact.value is not None
        }
        if is_whole(label) and label not in MEANS and (label != "小计" or row is rows[-1]):
            totals = totals or facts
        elif label not in MEANS and not _NOT_ADDED.search(label):
            grid.append(facts)
    return grid, totals
