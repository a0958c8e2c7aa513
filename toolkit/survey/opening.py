"""The tables of an exported file → the one with the answers, and its header row."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import UnreadableFileError
from toolkit.excel.addresses import cell_name
from toolkit.excel.grids import Grids, Rows
from toolkit.model import CellRef

_HEADER_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Export:
    """The table of an exported file.

    Attributes:
        header: number of its header row, counted from 1.
        others: other visible sheets with the same headings and with rows, that are not read.
    """

    file: str
    sheet: str
    header: int
    headings: tuple[str, ...]
    rows: Rows
    others: tuple[str, ...] = ()

    def at(self, row: int, column: int) -> CellRef:
        """Address of a cell: ``row`` and ``column`` counted from 0 below the header."""
        return CellRef(self.file, self.sheet, cell_name(self.header + 1 + row, column + 1))

    def head_at(self, column: int) -> CellRef:
        """Address of a heading, counted from 0."""
        return CellRef(self.file, self.sheet, cell_name(self.header, column + 1))


def open_export(grids: Grids, file: str) -> Export:
    """The table among the sheets: the one with the most rows, its header the first row with at least two texts.

    Raises:
        UnreadableFileError: there is none.
    """
    filled = [(name, rows) for name, rows in grids if any(any(row) for row in rows)]
    if not filled:
        raise UnreadableFileError("文件里没有答卷", where=file, what_to_do="从问卷平台重新导出答卷数据")
    name, rows = max(filled, key=lambda sheet: len(sheet[1]))
    header = _header(rows)
    if header is None:
        raise UnreadableFileError("前几行中没有表头", where=file, what_to_do="保留平台导出的表头行，不要改动")
    body = list(rows[header + 1 :])
    while body and not any(cell.strip() for cell in body[-1]):
        body.pop()
    width = max((number for number, text in enumerate(rows[header], 1) if text.strip()), default=0)
    headings = tuple(text.strip() for text in rows[header][:width])
    others = tuple(other for other, content in filled if other != name and _has_rows_under(headings, content))
    return Export(file, name, header + 1, headings, tuple(body), others)


def _header(rows: Rows) -> int | None:
    """Place of the header row, None where there is none."""
    return next((number for number, row in enumerate(rows[:_HEADER_DEPTH]) if _is_header(row)), None)


def _has_rows_under(headings: Sequence[str], rows: Rows) -> bool:
    """Whether a sheet has the same headings and something below them."""
    header = _header(rows)
    if header is None or tuple(text.strip() for text in rows[header] if text.strip()) != tuple(filter(None, headings)):
        return False
    return any(any(cell.strip() for cell in row) for row in rows[header + 1 :])


def _is_header(row: Sequence[str]) -> bool:
    return sum(bool(text.strip()) for text in row) >= 2
