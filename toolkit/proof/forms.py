"""Forms of self-evaluation are one table in which headings stand anew: read as the tables that they are."""

from collections.abc import Iterator
from dataclasses import replace

from toolkit.proof.document import Document, Table
from toolkit.text.patterns import Pattern

_HEAD = Pattern(
    "指标|分值|得分|权重|完成|目标|预算数|执行数|决算数|金额|名称|序号|比例|率$|原因|内容|数量|标准|单位|时间|备注"
)
_FEWEST, _LONGEST = 3, 14


def parted(document: Document) -> Document:
    """The document with every table cut before the rows that name its columns anew; cells keep their places."""
    blocks = tuple(
        part for block in document.blocks for part in (_parts(block) if isinstance(block, Table) else [block])
    )
    return document if len(blocks) == len(document.blocks) else replace(document, blocks=blocks)


def _parts(table: Table) -> Iterator[Table]:
    cuts = [at for at in range(table.head + 1, len(table.rows) - 1) if _is_head(table, at)]
    if table.head > 1 and _is_head(table, table.head - 1) and _stands_alone(table, table.head - 1):
        cuts.insert(0, table.head - 1)
    for start, end in zip([0, *cuts], [*cuts, len(table.rows)], strict=True):
        yield table if not cuts else replace(table, rows=table.rows[start:end], heads=1 if start else None)


def _stands_alone(table: Table, row: int) -> bool:
    """Whether a line such as 主管部门 stands above a row of headings, no heading over it."""
    return _LINE.search(table.rows[row - 1][0].label) is not None and bool(table.rows[row][0].label)


_LINE = Pattern("项目名称|主管|实施单位|项目单位|负责人|起止|属性|评价单位|填报")


def _is_head(table: Table, row: int) -> bool:
    """Short words and no number in it, of which most name columns; numbers in the row above and the one below."""
    cells = [cell for cell in table.rows[row] if cell.text.strip()]
    named = sum(1 for cell in cells if _HEAD.search(cell.label) and len(cell.label) <= _LONGEST)
    if len(cells) < _FEWEST or any(cell.is_numeric for cell in cells) or named * 3 < len(cells) * 2:
        return False
    return any(cell.is_numeric for cell in table.rows[row + 1]) and named >= _FEWEST
