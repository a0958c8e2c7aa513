"""第一季度｜第二季度｜第三季度｜平均得分: a column of means against the columns before it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import number_of
from toolkit.proof.report import Report
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MEAN = Pattern("(?:平均|均)(?:得?分|数|值|得分率)?(?:[（(][^）)]{1,4}[)）])?")
_FEWEST = 2
"""So many rows must be the mean of their cells before another is called wrong, and twice as many as are not."""
_TABLE = "采购包\t一季度\t二季度\t三季度\t四季度\t平均得分\nA包\t92\t90\t94\t91\t91.75\nB包\t88\t86\t90\t84\t87.00\nC包\t95\t93\t88\t85\t90.25\nD包\t—\t87\t—\t82\t84.50\n"


@rule(
    "column.means",
    group=Group.SUMS,
    title="平均列等于同一行前面各列的平均数",
    good=(_TABLE, "项目\t专家组评分\t系统评分\t平均得分\n甲\t90\t80\t88\n乙\t92\t82\t90\n丙\t88\t78\t86\n"),
    bad=(_TABLE.replace("87.00", "88.00"),),
)
def means(report: Report) -> Iterator[Result]:
    """Cells without a number do not count; a column that is a weighted mean fits in hardly any row."""
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if column > _FEWEST and _MEAN.fullmatch(heading):
                tried = list(_tried(report, table, column))
                right = sum(_fits(mean, cells) and len({cell.base for cell in cells}) > 1 for mean, cells in tried)
                wrong = sum(not _fits(mean, cells) for mean, cells in tried)
                if right >= _FEWEST and right >= wrong * 2:
                    yield from (_told(mean, cells) for mean, cells in tried)


def _tried(report: Report, table: Table, column: int) -> Iterator[tuple[Fact, Sequence[Fact]]]:
    """Of every row the number in the column and those right before it, up to the first column of names."""
    first = _first_number(table, column)
    for row in table.rows[table.head :]:
        mean = number_of(report, row[column])
        cells = [fact for cell in row[first:column] if (fact := number_of(report, cell)) is not None]
        alike = mean is not None and all(fact.exact and (not fact.unit or same_unit(fact, mean)) for fact in cells)
        if mean is not None and mean.exact and alike and len(cells) >= _FEWEST:
            yield mean, cells


def _first_number(table: Table, column: int) -> int:
    """Where the run of columns with numbers begins that ends before a column."""
    first = column
    while first > 1 and _is_of_numbers([row[first - 1] for row in table.rows[table.head :]]):
        first -= 1
    return first


def _is_of_numbers(cells: Sequence[Cell]) -> bool:
    numeric = sum(cell.is_numeric for cell in cells)
    return numeric > 0 and all(cell.is_numeric or re.fullmatch("[—\\-/\\s]*", cell.text) for cell in cells)


def _mean_of(cells: Sequence[Fact]) -> Decimal:
    return sum((cell.base for cell in cells), Decimal(0)) / len(cells)


def _fits(mean: Fact, cells: Sequence[Fact]) -> bool:
    due = _mean_of(cells)
    return mean.meets(due, due)


def _told(mean: Fact, cells: Sequence[Fact]) -> Result:
    if _fits(mean, cells):
        return agrees(mean, *cells)
    due = plain(round(_mean_of(cells) / mean.scale, max(2, -int(mean.step.as_tuple().exponent))))
    message = f"平均数写{mean.text}，同一行{len(cells)}个数的平均是{due}"
    related = tuple(cell.place for cell in cells)
    return differs(mean.place, mean.text, due, message, facts=(mean, *cells), related=related, confidence=85)
