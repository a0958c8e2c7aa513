"""Two workbooks compared cell by cell, as what is read from them: a program that saves one again changes no value."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Cell
from toolkit.excel.read import read_workbook
from toolkit.text import plain


@dataclass(frozen=True, slots=True)
class BookDifference:
    """A cell that says something else; a sheet that is missing has no ``cell``."""

    sheet: str
    cell: str
    expected: str
    found: str


def book_differences(expected: bytes, found: bytes) -> Iterator[BookDifference]:
    """Cells of ``found`` that differ from ``expected``, and cells only one of them has.

    Raises:
        UnreadableFileError: one of them is no workbook.
    """
    now = read_workbook(found)
    for sheet in read_workbook(expected).sheets:
        own = now.sheet(sheet.name)
        if own is None:
            yield BookDifference(sheet.name, "", sheet.name, "")
            continue
        for place in sorted({*sheet.cells, *own.cells}):
            wanted, is_there = _said(sheet.cells.get(place)), _said(own.cells.get(place))
            if wanted != is_there:
                yield BookDifference(sheet.name, cell_name(*place), wanted, is_there)


def _said(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, Decimal):
        return plain(round(cell.value, 9))
    return str(cell.value).replace("\r\n", "\n")
