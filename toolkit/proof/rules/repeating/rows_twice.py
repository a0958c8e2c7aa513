"""A row of a table that stands twice."""

from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.report import Report

_FEWEST = 3


@rule(
    "row.twice",
    group=Group.SAME_FACT,
    title="表中没有重复的行",
    good=("项目\t分值\t得分\n甲平台\t3\t3\n乙平台\t3\t3\n小计\t6\t6", "姓名\t签字\t日期\n甲\t\t\n甲\t\t"),
    bad=("指标\t分值\t得分\n到位率\t3\t3\n执行率\t3\t2\n执行率\t3\t2",),
)
def rows(report: Report) -> Iterator[Result]:
    """Two rows, one below the other, that are the same in all their cells, with a name and a number among them."""
    for table in report.document.tables:
        for above, row in pairwise(table.rows[table.head :]):
            texts = [cell.text.strip() for cell in row]
            filled = [cell for cell in row if cell.text.strip()]
            named = any(not cell.is_numeric for cell in filled) and any(cell.is_numeric for cell in filled)
            if named and len(filled) >= min(_FEWEST, table.width) and texts == [cell.text.strip() for cell in above]:
                shown = next(cell.text for cell in filled if not cell.is_numeric)[:30]
                message = f"“{shown}”一行与上一行完全相同"
                yield differs(filled[0].place, shown, "", message, related=(above[0].place,))
