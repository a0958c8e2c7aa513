"""A sheet whose header row names its columns (in any order): roster, scheme sheets, review workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book, Cell, CellKind, Sheet
from toolkit.model import CellRef, Finding, Sentence, Severity, Value, serial_to_date
from toolkit.text import plain
from toolkit.text.folding import compared

_NO_TABLE = ("TABLE-01", "TABLE-02")
HEADER_DEPTH = 12
"""The header row is looked for among the first rows; titles and notes may stand above it."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under the headings."""

    workbook: str
    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Mapping[str, Cell]

    def value(self, heading: str) -> Value:
        """The cell's value; None when blank or the column is absent."""
        cell = self.cells.get(heading)
        return cell.value if cell else None

    def text(self, heading: str) -> str:
        """The cell as a person reads it, trimmed; "" when blank. Dates as 2024-09-30, percentages as 98%."""
        cell = self.cells.get(heading)
        return cell_text(cell).strip() if cell else ""

    def at(self, heading: str) -> CellRef:
        """Address of the cell under a heading (of the row's first cell when the column is absent)."""
        return CellRef(self.workbook, self.sheet, cell_name(self.number, self.columns.get(heading, 1)))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that hold anything, and what is wrong with the sheet's frame."""

    rows: tuple[TableRow, ...]
    headings: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def unreadable(self) -> bool:
        """The sheet or one of its headings is missing: its rows are not known."""
        return any(finding.code in _NO_TABLE for finding in self.findings)


def read_table(
    book: Book, workbook: str, sheet_name: str, headings: Sequence[str], *, optional: Sequence[str] = ()
) -> Table:
    """Read the sheet's rows under ``headings``; other headings are kept under their own words.

    A missing sheet or heading is a finding (TABLE-01, TABLE-02), and the table then has no rows.
    """
    sheet = next((sheet for sheet in book.sheets if compared(sheet.name) == compared(sheet_name)), None)
    if sheet is None:
        known = "、".join(sheet.name for sheet in book.sheets)
        words = Sentence.saying("缺少工作表《{sheet_name}》（现有：{known}）", sheet_name=sheet_name, known=known)
        return Table((), (), (_frame("TABLE-01", workbook, sheet_name, words),))
    header, columns = _header(sheet, [*headings, *optional])
    missing = [heading for heading in headings if heading not in columns]
    if missing:
        words = Sentence.saying("《{name}》的表头缺少：{listed}", name=sheet.name, listed="、".join(missing))
        return Table((), tuple(columns), (_frame("TABLE-02", workbook, sheet.name, words),))
    return Table(_rows(sheet, workbook, header, columns), tuple(columns))


def cell_text(cell: Cell) -> str:
    """A cell's value as the text a person sees in it, as far as it matters here."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, Decimal):
        return str(value)
    if cell.kind is CellKind.DATE:
        return serial_to_date(value).isoformat()
    return f"{plain(value * 100)}%" if "%" in cell.number_format else plain(value)


def _header(sheet: Sheet, wanted: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The row among the first that holds most wanted headings, and heading → column."""
    names = {compared(heading): heading for heading in wanted}
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if row <= HEADER_DEPTH and isinstance(cell.value, str) and cell.value.strip():
            rows.setdefault(row, []).append((column, cell.value))
    best: tuple[int, dict[str, int]] = (0, {})
    for row in sorted(rows):
        found: dict[str, int] = {}
        for column, text in sorted(rows[row]):
            found.setdefault(names.get(compared(text), text.strip()), column)
        if sum(heading in found for heading in wanted) > sum(heading in best[1] for heading in wanted):
            best = (row, found)
    return best


def _rows(sheet: Sheet, workbook: str, header: int, columns: Mapping[str, int]) -> tuple[TableRow, ...]:
    by_column = {column: heading for heading, column in columns.items()}
    rows: dict[int, dict[str, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        heading = by_column.get(column)
        if row > header and heading and cell.value not in (None, ""):
            rows.setdefault(row, {})[heading] = cell
    return tuple(TableRow(workbook, sheet.name, number, columns, rows[number]) for number in sorted(rows))


def _frame(code: str, workbook: str, sheet: str, words: str | Sentence) -> Finding:
    hint = "恢复该工作表和表头（可从样例复制），表头文字不要改"
    return Finding(code, Severity.ERROR, CellRef(workbook, sheet), words, hint)
