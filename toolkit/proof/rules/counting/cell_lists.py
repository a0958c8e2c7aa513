"""涉及单位 and 涉及单位数: how many names a cell lists against the number beside it."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import number_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_COUNTS = Pattern("数(?:[（(].{1,3}[)）])?$|[（(][个家项类处][)）]$")
_FEWEST = 3
"""So many rows must list as many as they count before another is wrong."""
_TABLE = "问题\t涉及单位\t单位数\n滞留资金\t农业局、财政局\t2\n超范围使用\t文旅局、体育局\t2\n结余未缴\t教育局、卫健委、科技局\t3\n闲置\t卫健委、数据局、住建局\t3\n"


@rule(
    "count.cell_list",
    group=Group.COUNTS,
    title="单元格列出的名称与同一行写的个数相符",
    good=(_TABLE, _TABLE.replace("\t2\n", "\t5\n")),
    bad=(_TABLE.replace("科技局\t3", "科技局\t2"),),
)
def listed(report: Report) -> Iterator[Result]:
    """A column of lists and a column of counts that agree in all rows but one."""
    for table in report.document.tables:
        for names in range(table.width):
            cells = table.column(names)
            if sum("、" in cell.text for cell in cells) < _FEWEST or any(map(_is_open, cells)):
                continue
            for counts in range(table.width):
                if counts != names and _COUNTS.search(table.headings[counts]):
                    yield from _judged(report, table, names, counts)


def _is_open(cell: Cell) -> bool:
    return re.search("等[0-9一二三四五六七八九十]|等$|和|及", cell.text) is not None


def _judged(report: Report, table: Table, names: int, counts: int) -> Iterator[Result]:
    rows = [row for row in table.rows[table.head :] if row[names].text.strip() and not row[names].is_numeric]
    told = [(row, fact) for row in rows if (fact := number_of(report, row[counts])) is not None]
    fits = [fact.base == _many(row[names]) for row, fact in told]
    several = sum(fit and _many(row[names]) > 1 for (row, _), fit in zip(told, fits, strict=True))
    if several < _FEWEST or sum(fits) < len(fits) - 1:
        return
    yield from (_told(row, fact, names, fits=fit) for (row, fact), fit in zip(told, fits, strict=True))


def _many(cell: Cell) -> int:
    return len([item for item in cell.text.split("、") if item.strip(" 无—－-/")])


def _told(row: Sequence[Cell], fact: Fact, names: int, *, fits: bool) -> Result:
    if fits:
        return agrees(fact)
    many = _many(row[names])
    message = f"写{fact.text}，同一行列出的是{many}个"
    return differs(fact.place, fact.text, str(many), message, facts=(fact,), related=(row[names].place,))
