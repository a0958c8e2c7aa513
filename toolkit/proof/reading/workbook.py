"""An ``.xlsx`` annex as a document: the visible sheets, what their cells show, one table a run of filled rows."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Cell, CellKind, Sheet, SheetState
from toolkit.excel.read import read_workbook
from toolkit.ooxml.package import refuse
from toolkit.proof.document import Document
from toolkit.proof.reading.blocks import Blocks
from toolkit.proof.unit_lines import unit_line
from toolkit.text.patterns import Pattern

_MOST_CELLS = 400_000
_WIDEST = 300
_FIRST_DAY = date(1899, 12, 30)
_DECIMALS = Pattern(r"0\.(0+)")
_LITERALS = Pattern(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def read_xlsx(data: bytes, name: str) -> Document:
    """A document from a workbook.

    Raises:
        UnreadableFileError: not a workbook, damaged, or built to do harm.
    """
    book = read_workbook(data)
    visible = [sheet for sheet in book.sheets if sheet.state is SheetState.VISIBLE]
    if sum(len(sheet.cells) for sheet in visible) > _MOST_CELLS:
        raise refuse(f"单元格过多（超过 {_MOST_CELLS} 个）")
    blocks = Blocks()
    for sheet in visible:
        _sheet(blocks, sheet)
    if not blocks.done:
        raise UnreadableFileError("工作簿里没有可见的内容", where=name)
    return Document(name, "xlsx", tuple(blocks.done))


def _sheet(blocks: Blocks, sheet: Sheet) -> None:
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merges
        for row in range(top, min(bottom, top + 2000) + 1)
        for column in range(left, min(right, left + _WIDEST) + 1)
        if (row, column) != (top, left)
    }
    shown = {at: text for at, cell in sheet.cells.items() if at[1] <= _WIDEST and (text := shown_text(cell))}
    if not shown:
        return
    blocks.paragraph(sheet.name, 1)
    unit = ""
    for rows in _row_groups(sorted({row for row, _ in shown})):
        width = max(column for row, column in shown if rows[0] <= row <= rows[-1])
        table = [
            [None if (row, column) in covered else shown.get((row, column), "") for column in range(1, width + 1)]
            for row in rows
        ]
        table, unit = _without_titles(blocks, table, unit)
        if table:
            blocks.table(table, sheet=sheet.name, unit=unit)


def _row_groups(rows: list[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for row in rows:
        if group and row > group[-1] + 1:
            yield group
            group = []
        group.append(row)
    yield group


def _without_titles(blocks: Blocks, table: list[list[str | None]], unit: str) -> tuple[list[list[str | None]], str]:
    """Rows of one filled cell above a table are its title and its unit line."""
    while table and sum(1 for text in table[0] if text) <= 1:
        text = next((text for text in table[0] if text), "")
        unit = unit_line(text) or unit
        blocks.paragraph(text)
        table = table[1:]
    return table, unit


def shown_text(cell: Cell) -> str:
    """What a cell shows, as far as its number format tells: decimals, per cent, dates."""
    value = cell.value
    if value is None or cell.kind is CellKind.ERROR:
        return str(value) if cell.kind is CellKind.ERROR and value is not None else ""
    if isinstance(value, Decimal):
        code = _LITERALS.sub("", cell.number_format.partition(";")[0])
        if cell.kind is CellKind.DATE or cell.style.is_date:
            return _day(value)
        decimals = _DECIMALS.search(code)
        places = len(decimals[1]) if decimals else 0
        if "%" in code:
            return f"{value * 100:.{places}f}%"
        if decimals or code.strip("#,") == "0":
            return f"{value:.{places}f}"
        return f"{value.normalize():f}" if value else "0"
    return str(value).strip()


def _day(value: Decimal) -> str:
    try:
        day = _FIRST_DAY + timedelta(days=int(value))
    except OverflowError:
        return str(value)
    return f"{day.year}年{day.month}月{day.day}日"
