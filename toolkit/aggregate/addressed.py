"""What a cell of the master workbook is about, in words: ``汇总·数字人大建设·总分``."""

import re
from collections.abc import Callable, Mapping

from toolkit.aggregate.own_rows import SHEETS, own_cells
from toolkit.excel.addresses import cell_name, parse_cell
from toolkit.excel.book import CellKind, Sheet
from toolkit.excel.parts import MASTER_LIMITS
from toolkit.excel.read import read_workbook

_CELL = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}")
_NAMING = ("项目名称", "名称", "三级指标", "指标", "责任单位", "项目类别", "一级指标", "组", "项目", "问题")
"""Headings of columns that say what a row is about, the plainest first."""
_HEAD_ROWS = 5
_LEAST_HEADINGS = 2


def cell_words(master: bytes) -> Callable[[str], str]:
    """A function from an address to words; "" for a cell that says nothing of itself.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(master, limits=MASTER_LIMITS)
    heads = {sheet.name: _headings(sheet) for sheet in book.sheets}
    sheets = {sheet.name: sheet for sheet in book.sheets}
    moving = {
        f"{name}!{cell_name(*place)}": cell.value
        for name in sheets
        if name.startswith(tuple(SHEETS))
        for place, cell in sheets[name].cells.items()
    }
    own = own_cells(moving)

    def words(at: str) -> str:
        name, _, rest = at.rpartition("!")
        cell = _CELL.search(rest)
        if cell is None:
            return ""
        first = f"{name}!{cell[0].replace('$', '')}"
        name, _, place = own.get(first, first).rpartition("!")
        if name not in sheets:
            return ""
        row, column = parse_cell(place)
        heading = heads[name].get(column, "")
        parts = (name, _about(sheets[name], heads[name], row), heading)
        return "·".join(dict.fromkeys(part for part in parts if part))

    return words


def _headings(sheet: Sheet) -> Mapping[int, str]:
    """Column → heading, from the first row with several texts."""
    for row in range(1, _HEAD_ROWS + 1):
        found = {
            column: str(cell.value).replace("\n", "")
            for (at, column), cell in sheet.cells.items()
            if at == row and cell.kind is CellKind.TEXT
        }
        if len(found) >= _LEAST_HEADINGS:
            return found
    return {}


def _about(sheet: Sheet, headings: Mapping[int, str], row: int) -> str:
    columns = {heading: column for column, heading in sorted(headings.items(), reverse=True)}
    named = [columns[heading] for heading in _NAMING if heading in columns]
    texts = [str(cell.value) for column in named if (cell := sheet.cells.get((row, column))) and cell.value]
    chosen = texts[:1]
    if "三级指标" in columns and "项目名称" in columns:  # a row per project and indicator
        chosen = texts[:2]
    return "·".join(text[:40] for text in chosen)
