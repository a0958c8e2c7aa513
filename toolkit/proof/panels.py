"""Tables within tables: halves that stand side by side, and rows that stand under others by their codes."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from toolkit.proof.document import Cell, Table
from toolkit.text.patterns import Pattern

_ENDS_TOTAL = Pattern(r"[\u4e00-\u9fff]{0,8}(?:合计|总计)")
_CODED = Pattern("编码|代码|[编序]号|行次|栏次")
_CODE = Pattern("[0-9]{2,}")
_FEWEST = 3
"""So many codes must stand under others before a column is taken for one of nested codes."""


def panels(table: Table) -> tuple[Table, ...]:
    """收入｜决算数｜支出｜决算数: the parts of a table that have names and totals of their own; else the table."""
    starts = [0]
    for column in range(1, table.width):
        ends = any(_ENDS_TOTAL.fullmatch(cell.label) for cell in table.column(column))
        if ends and _has_values(table, starts[-1], column) and _has_values(table, column + 1, table.width):
            starts.append(column)
    if len(starts) == 1:
        return (table,)
    return tuple(
        replace(table, rows=tuple(row[start:end] for row in table.rows), heads=table.head)
        for start, end in zip(starts, [*starts[1:], table.width], strict=True)
    )


def _has_values(table: Table, start: int, end: int) -> bool:
    """Whether columns hold numbers that are no codes."""
    columns = [column for column in range(start, end) if not _CODED.search(table.headings[column])]
    return any(cell.is_numeric for column in columns for cell in table.column(column))


def parents(table: Table) -> Mapping[int, int]:
    """Rows under rows: 20805 stands under 208, 2080501 under 20805, where the first columns hold such codes."""
    width = len(list(takewhile(lambda heading: re.search("编码|代码", heading), table.headings)))
    codes = {at: code for at, row in enumerate(table.rows) if at >= table.head and (code := _code(row[:width]))}
    found: dict[int, int] = {}
    for at, code in codes.items():
        above = [row for row, other in codes.items() if row < at and code != other and code.startswith(other)]
        if above:
            found[at] = max(above, key=lambda row: (len(codes[row]), row))
    return found if len(found) >= _FEWEST else {}


def _code(cells: tuple[Cell, ...]) -> str:
    """类, 款 and 项 stand in one cell or in one each."""
    filled = [cell.label for cell in cells if cell.label]
    return "".join(filled) if all(map(_CODE.fullmatch, filled)) else ""
