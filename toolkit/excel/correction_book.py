"""A stamped workbook turned into one that goes back: a list in front, everything locked but the cells in question.

What the unit writes into the list's last column is read back by :func:`read_answers`, the round by
:func:`read_round`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.excel.book import Cell, Sheet
from toolkit.excel.loaded import loaded
from toolkit.excel.table_sheet import lines_needed
from toolkit.excel.write import put, workbook_bytes

if TYPE_CHECKING:
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = ("序号", "位置", "填报项", "问题", "现填", "应为或要求", "依据", "单位说明")
_WIDTHS = (6, 20, 16, 35, 18, 31, 19, 23)
_ORANGE, _HEAD, _YELLOW, _BAND, _LINE = "FFC000", "D9E2F3", "FFF9DB", "1F3864", "8EA9DB"
_ANSWER_COLUMN, _MARK_COLUMN = len(HEADINGS), len(HEADINGS) + 1
_FIRST_ROW = 8
_LINE_HEIGHT, _TALLEST_ROW = 14.5, 409
_ROUND = re.compile("轮次：第([0-9]{1,3})轮")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list.

    Attributes:
        target: sheet and cell of the link, cell "" for none.
        answer: 单位说明 as given before.
        mark: by which the line's answer is known again; stands in a hidden column.
    """

    place: str
    target: tuple[str, str]
    label: str
    problem: str
    found: str
    expected: str
    source: str
    answer: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The list: name of the sheet, title, pairs of facts, how to fill it in, its lines, whom to ask."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    guide: str
    rows: tuple[ListRow, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell to open, with the words shown when it is selected."""

    sheet: str
    cell: str
    words: str


def correction_book(
    data: bytes, listed: ListSheet, marked: Sequence[MarkedCell], locked: Iterable[tuple[str, str]]
) -> bytes:
    """The workbook with the list in front, the marked cells coloured, the locked ones (sheet, cell) without colour.

    ``data`` is a workbook this toolkit made: nothing openpyxl would lose is in it. The same input gives the same bytes.
    """
    book = loaded(data)
    from openpyxl.styles import PatternFill, Protection

    for name, cell in locked:
        book[name][cell].protection = Protection(locked=True)
        book[name][cell].fill = PatternFill()
    for opened in marked:
        _open(book[opened.sheet], opened)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
        sheet.protection.insertRows = True
    _write_list(book.create_sheet(listed.name, 0), listed)
    book.active = 0
    return workbook_bytes(book)


def read_answers(sheet: Sheet) -> list[tuple[str, Cell]]:
    """Marks of the lines of a returned list whose last column holds something, with that cell."""
    marked = sorted((row, cell) for (row, column), cell in sheet.cells.items() if column == _MARK_COLUMN)
    lines = ((str(mark.value), sheet.cells.get((row, _ANSWER_COLUMN))) for row, mark in marked)
    return [(mark, answer) for mark, answer in lines if answer is not None]


def read_round(sheet: Sheet) -> int:
    """The round that a returned list was sent out in, as it says above its lines; 0 where it says none."""
    texts = (cell.value for (row, _), cell in sheet.cells.items() if row < _FIRST_ROW)
    rounds = (_ROUND.fullmatch(text.strip()) for text in texts if isinstance(text, str))
    return max((int(found[1]) for found in rounds if found), default=0)


def _open(sheet: "Worksheet", marked: MarkedCell) -> None:
    from openpyxl.styles import PatternFill, Protection

    cell = sheet[marked.cell]
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", start_color=_ORANGE, end_color=_ORANGE)
    _prompt(sheet, marked)


def _prompt(sheet: "Worksheet", marked: MarkedCell) -> None:
    """The cell's own validation with the correction's words; a cell can have only one."""
    from copy import copy

    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.datavalidation import DataValidation

    own: Any = None
    for validation in sheet.data_validations.dataValidation:
        if marked.cell in validation.sqref:
            rest = [part for part in validation.sqref.ranges if marked.cell not in _cells(part)]
            apart = [cell for part in validation.sqref.ranges for cell in _cells(part) if marked.cell in _cells(part)]
            own = copy(validation)
            names = [str(part) for part in rest] + [cell for cell in apart if cell != marked.cell]
            validation.sqref = MultiCellRange(" ".join(names)) if names else MultiCellRange()
    own = own or DataValidation(type=None, allow_blank=True)
    own.showInputMessage, own.promptTitle, own.prompt = True, "请更正", marked.words
    own.sqref = MultiCellRange(marked.cell)
    kept = [validation for validation in sheet.data_validations.dataValidation if validation.sqref.ranges]
    sheet.data_validations.dataValidation = kept
    sheet.add_data_validation(own)


def _cells(part: Any) -> list[str]:  # noqa: ANN401  openpyxl's ranges share no useful type
    from openpyxl.utils import get_column_letter

    return [f"{get_column_letter(column)}{row}" for row, column in part.cells]


def _write_list(sheet: "Worksheet", listed: ListSheet) -> None:
    _head(sheet, listed)
    for number, row in enumerate(listed.rows, 1):
        _line(sheet, _FIRST_ROW + number - 1, number, row)
    last = _FIRST_ROW + len(listed.rows)
    _foot(sheet, last + 1, listed.contact)
    for column, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions["I"].hidden = True
    _set_up_page(sheet, last + 2)


def _head(sheet: "Worksheet", listed: ListSheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    _merged(sheet, "A1:H1", listed.title, Font(name="黑体", size=18, color="FFFFFF"), "center")
    sheet["A1"].fill = PatternFill("solid", start_color=_BAND, end_color=_BAND)
    sheet.row_dimensions[1].height = 34
    for number, (name, words) in enumerate(listed.facts):
        row, first = 3 + number // 2, "AE"[number % 2]
        sheet.merge_cells(f"{first}{row}:{chr(ord(first) + 3)}{row}")
        put(sheet[f"{first}{row}"], f"{name}：{words}")
        sheet[f"{first}{row}"].font = Font(name="宋体", size=11)
        sheet[f"{first}{row}"].alignment = Alignment(vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = 20
    _merged(sheet, "A5:H5", listed.guide, Font(name="宋体", size=11))
    sheet.row_dimensions[5].height = _height([(listed.guide, sum(_WIDTHS))])
    for column, heading in enumerate(HEADINGS, 1):
        cell = sheet.cell(_FIRST_ROW - 1, column)
        put(cell, heading)  # type: ignore[arg-type]
        cell.font = Font(name="黑体", size=11)
        cell.fill = PatternFill("solid", start_color=_HEAD, end_color=_HEAD)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = _border()
    sheet.row_dimensions[_FIRST_ROW - 1].height = 22


def _line(sheet: "Worksheet", number: int, position: int, row: ListRow) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.worksheet.hyperlink import Hyperlink

    texts = (str(position), row.place, row.label, row.problem, row.found, row.expected, row.source, row.answer)
    for column, text in enumerate(texts, 1):
        cell = sheet.cell(number, column)
        put(cell, text)  # type: ignore[arg-type]
        cell.font = Font(name="宋体", size=10.5)
        cell.alignment = Alignment(
            horizontal="center" if column in (1, 7) else "left", vertical="center", wrap_text=True
        )
        cell.border = _border()
    target, linked = row.target, sheet.cell(number, 2)
    if target[1]:
        location = f"'{target[0].replace(chr(39), chr(39) * 2)}'!{target[1]}"
        linked.hyperlink = Hyperlink(ref=linked.coordinate, location=location, display=row.place)
        linked.font = Font(name="宋体", size=10.5, color="0563C1", underline="single")
    put(sheet.cell(number, _MARK_COLUMN), row.mark)  # type: ignore[arg-type]
    answer = sheet.cell(number, _ANSWER_COLUMN)
    answer.protection = Protection(locked=False)
    answer.fill = PatternFill("solid", start_color=_YELLOW, end_color=_YELLOW)
    sheet.row_dimensions[number].height = _height(zip(texts, _WIDTHS, strict=True))


def _foot(sheet: "Worksheet", row: int, contact: str) -> None:
    from openpyxl.styles import Font

    _merged(sheet, f"A{row}:H{row}", contact, Font(name="宋体", size=10.5))
    words = "填报人（签字）：　　　　　　　　单位负责人（签字）：　　　　　　　　（单位盖章）　　　　　　年　　月　　日"
    _merged(sheet, f"A{row + 1}:H{row + 1}", words, Font(name="宋体", size=11))
    sheet.row_dimensions[row + 1].height = 32


def _merged(sheet: "Worksheet", area: str, text: str, font: "Font", horizontal: Any = "left") -> None:  # noqa: ANN401
    from openpyxl.styles import Alignment

    sheet.merge_cells(area)
    cell = sheet[area.partition(":")[0]]
    put(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Room for the tallest of these texts in columns of these widths; Excel repairs a file that asks for more."""
    lines = max(lines_needed(text, width - 1) for text, width in texts)
    return min(_TALLEST_ROW, max(24, lines * _LINE_HEIGHT + 6))


def _border() -> Any:  # noqa: ANN401
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color=_LINE)
    return Border(left=side, right=side, top=side, bottom=side)


def _set_up_page(sheet: "Worksheet", last_row: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.tabSelected = True
    sheet.sheet_properties.tabColor = _ORANGE
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    sheet.print_area = f"A1:H{last_row}"
    footer: Any = sheet.oddFooter
    footer.center.text = "第 &P 页，共 &N 页"
    footer.right.text = "&A"
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
