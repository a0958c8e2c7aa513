"""A locked sheet behind the others that says where a workbook's content came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.excel.addresses import column_letters
from toolkit.excel.book import Sheet
from toolkit.excel.loaded import loaded
from toolkit.excel.write import put_rows, workbook_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_INK, _PAPER = "1F3864", "D9E2F3"
_FACT_COLUMN = 2


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The record: facts, a name and a value each, above a table.

    Attributes:
        widths: of the columns. Units: characters.
    """

    name: str
    title: str
    facts: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def with_record(data: bytes, record: RecordSheet) -> bytes:
    """A workbook of ours with the record as its last visible sheet; the same input gives the same bytes."""
    book = loaded(data)
    visible = sum(sheet.sheet_state == "visible" for sheet in book.worksheets)
    _write(book.create_sheet(record.name, visible), record)
    return workbook_bytes(book)


def read_facts(sheet: Sheet, names: Iterable[str]) -> dict[str, str]:
    """The named facts of a record that came back, as far as they are there."""
    wanted = set(names)
    return {
        str(cell.value): str(beside.value)
        for (row, column), cell in sorted(sheet.cells.items())
        if column == 1 and cell.value in wanted and (beside := sheet.cells.get((row, _FACT_COLUMN))) is not None
    }


def _write(sheet: "Worksheet", record: RecordSheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    head = len(record.facts) + 3
    put_rows(sheet, [[record.title], *record.facts])
    put_rows(sheet, [record.headings, *record.rows], first_row=head)
    sheet.cell(1, 1).font = Font(name="微软雅黑", size=14, bold=True, color=_INK)
    for column, width in enumerate(record.widths, 1):
        sheet.column_dimensions[column_letters(column)].width = width
        cell = sheet.cell(head, column)
        cell.font, cell.fill = Font(name="微软雅黑", size=10, bold=True), PatternFill("solid", start_color=_PAPER)
    for row in sheet.iter_rows(min_row=head + 1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _set_up_page(sheet, head)


def _set_up_page(sheet: "Worksheet", head: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    properties: Any = sheet.sheet_properties
    properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{head}:{head}"
    sheet.freeze_panes = f"A{head + 1}"
    sheet.protection.sheet = True
