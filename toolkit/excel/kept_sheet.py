"""A sheet that a program fills in and people write into: rows are found again by their key, the rest stays.

Only cells whose text changes are touched, so that formats, columns, rows and other sheets of a person stay. Written
with openpyxl; see :func:`toolkit.excel.write.with_added_rows` for what that loses.
"""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from toolkit.excel.addresses import column_letters
from toolkit.excel.book import Book
from toolkit.excel.cell_xml import STARTS_A_FORMULA, visible_text
from toolkit.excel.kept_in_place import is_number, kept_in_place, lists_to_choose_from
from toolkit.excel.loaded import empty, loaded
from toolkit.excel.long_rows import ASIDE, LongRows, Shown, height_of, with_long_rows
from toolkit.excel.table_sheet import Column, lines_needed
from toolkit.excel.write import put, workbook_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER = 3
_TALLEST = 300
_NARROW = 18
_LOOK = "_style"
"""A look as a whole, for which openpyxl has no public name."""
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """What a sheet is to hold.

    Attributes:
        key: headings whose texts tell rows apart.
        rows: heading → text of every row the program knows; other rows stay as they are.
        gone: keys of rows to be taken out.
        choices: key → what may be chosen in the column ``chosen``; other texts may be typed too.
        hidden: headings of columns nobody needs to see.
    """

    name: str
    title: str
    hint: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]
    gone: Collection[Key] = ()
    chosen: str = ""
    choices: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def with_kept_sheet(data: bytes, kept: KeptSheet, book: Book) -> bytes:
    """A person's workbook in which a sheet holds these rows; the sheet is made where there is none.

    ``book``: the workbook, read.
    """
    if (changed := kept_in_place(data, book, kept, [_height(kept, row) for row in kept.rows])) is not None:
        return changed
    if not kept.rows and book.sheet(kept.name) is None:
        return _with_empty_sheet(data, kept)
    workbook, looks = loaded(data), _Looks()
    if kept.name not in workbook.sheetnames:
        return _with_new_sheet(workbook, kept, looks)
    sheet = workbook[kept.name]
    columns = _columns(sheet, kept, looks)
    places = _places(sheet, kept, columns)
    for number in sorted((places.pop(key) for key in kept.gone if key in places), reverse=True):
        sheet.delete_rows(number)
        places = {key: place - (place > number) for key, place in places.items()}
    following = max([*places.values(), _header_row(sheet, kept)]) + 1
    for row in kept.rows:
        key = tuple(row[heading] for heading in kept.key)
        if key not in places:
            places[key], following = following, following + 1
            _dress(sheet, places[key], kept, columns, row, looks)
        _fill(sheet, places[key], kept, columns, row)
    _offer(sheet, kept, columns, places)
    return workbook_bytes(workbook)


def _with_empty_sheet(data: bytes, kept: KeptSheet) -> bytes:
    """The workbook with the headings of the sheet at its end; the rest, which may be long, is not written anew."""
    from toolkit.excel.additions import with_sheets_of

    return with_sheets_of(_with_new_sheet(empty(), kept, _Looks()), [kept.name], data)


def _with_new_sheet(workbook: "Workbook", kept: KeptSheet, looks: "_Looks") -> bytes:
    """The workbook with the sheet at its end; openpyxl writes all of it but the rows, which may be 200,000."""
    sheet = workbook.create_sheet(kept.name)
    columns = _frame(sheet, kept, looks)
    rows: dict[Key, dict[str, str]] = {}
    for row in kept.rows:
        rows.setdefault(tuple(row[heading] for heading in kept.key), {}).update(row)
    _offer(sheet, kept, columns, {key: number for number, key in enumerate(rows, _HEADER + 1)})
    sheet.auto_filter.ref = f"A{_HEADER}:{column_letters(len(kept.columns))}{_HEADER + len(rows)}"
    styles = [(column, quoted) for column in kept.columns for quoted in (False, True)]
    for number, (column, quoted) in enumerate(styles, ASIDE + 1):
        cell = sheet.cell(1, number)
        looks.dress(cell, column)
        if quoted:
            cell.quotePrefix = True
    texts = [[row.get(column.heading, "") for column in kept.columns] for row in rows.values()]
    table = LongRows(_HEADER + 1, len(columns), texts, partial(_shown, kept), _TALLEST)
    names = [_style_name(column.heading, quoted) for column, quoted in styles]
    return with_long_rows(workbook_bytes(workbook), names, {len(workbook.sheetnames): table})


def _shown(kept: KeptSheet, place: int, text: str, is_last: bool) -> Shown:  # noqa: ARG001 - as LongRows asks
    column, text = kept.columns[place], visible_text(text)
    lines = 1 if column.heading in kept.hidden else lines_needed(text, column.width)
    name = _style_name(column.heading, text.startswith(STARTS_A_FORMULA))
    return Shown(text, name, column.numeric and is_number(text), lines)


def _style_name(heading: str, quoted: bool) -> str:
    return f"{heading}\t{quoted}"


class _Looks:
    """The few looks of cells, each made once."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        line = Side(style="thin", color="8EA9DB")
        name = "微软雅黑"
        self.border = Border(left=line, right=line, top=line, bottom=line)
        self.title = Font(name=name, size=16, bold=True, color="1F3864")
        self.hint = Font(name=name, size=9, color="595959")
        self.told, self.typed = Font(name=name, size=10, color="595959"), Font(name=name, size=10)
        self.head, self.head_typed = (Font(name=name, size=10, bold=True, color=ink) for ink in ("1F3864", "FFFFFF"))
        self.paper, self.ink = (PatternFill("solid", start_color=ink, end_color=ink) for ink in ("D9E2F3", "1F3864"))
        self.words = Alignment(wrap_text=True, vertical="center", indent=1)
        self.centred = Alignment(wrap_text=True, vertical="center", horizontal="center")
        self._known: dict[tuple[bool, bool], StyleArray] = {}

    def dress(self, cell: "Cell", column: Column) -> None:
        """Give a cell below the heading of a column its look; openpyxl looks each part of a look up at every cell."""
        kind = column.required, column.width < _NARROW
        if kind not in self._known:
            cell.font = self.typed if column.required else self.told
            cell.border = self.border
            cell.alignment = self.centred if column.width < _NARROW else self.words
            self._known[kind] = getattr(cell, _LOOK)
        setattr(cell, _LOOK, copy(self._known[kind]))


def _frame(sheet: "Worksheet", kept: KeptSheet, looks: _Looks) -> dict[str, int]:
    """Title, hint and headings of a new sheet, and how it is printed."""
    from openpyxl.worksheet.properties import PageSetupProperties

    put(sheet["A1"], kept.title)
    put(sheet["A2"], kept.hint)
    sheet["A1"].font, sheet["A2"].font = looks.title, looks.hint
    sheet.row_dimensions[1].height, sheet.row_dimensions[_HEADER].height = 30, 24
    columns: dict[str, int] = {}
    for column in kept.columns:
        columns[column.heading] = _head(sheet, _HEADER, len(columns) + 1, column, kept, looks)
    sheet.freeze_panes = f"C{_HEADER + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"  # type: ignore[union-attr]  # always there
    sheet.sheet_view.showGridLines = False
    return columns


def _head(sheet: "Worksheet", row: int, number: int, column: Column, kept: KeptSheet, looks: _Looks) -> int:
    cell = sheet.cell(row, number)
    put(cell, column.heading)  # type: ignore[arg-type]  # never inside a merged area here
    cell.font = looks.head_typed if column.required else looks.head
    cell.fill = looks.ink if column.required else looks.paper
    cell.alignment, cell.border = looks.centred, looks.border
    size = sheet.column_dimensions[column_letters(number)]
    size.width, size.hidden = column.width, column.heading in kept.hidden
    return number


def _header_row(sheet: "Worksheet", kept: KeptSheet) -> int:
    wanted = {column.heading for column in kept.columns}
    counted = [
        (sum(cell.value in wanted for cell in cells), -number)
        for number, cells in enumerate(sheet.iter_rows(max_row=12), 1)
    ]
    return -max(counted, default=(0, -_HEADER))[1]


def _columns(sheet: "Worksheet", kept: KeptSheet, looks: _Looks) -> dict[str, int]:
    """Heading → column; headings somebody took away are written again at the end."""
    row = _header_row(sheet, kept)
    found = {str(cell.value): int(cell.column or 0) for cell in reversed(sheet[row]) if cell.value is not None}
    last = max(found.values(), default=0)
    for column in kept.columns:
        if column.heading not in found:
            last += 1
            found[column.heading] = _head(sheet, row, last, column, kept, looks)
    return found


def _places(sheet: "Worksheet", kept: KeptSheet, columns: Mapping[str, int]) -> dict[Key, int]:
    """Key → row; of rows with the same key the first."""
    found: dict[Key, int] = {}
    for number in range(_header_row(sheet, kept) + 1, sheet.max_row + 1):
        key = tuple(_text(sheet.cell(number, columns[heading]).value) for heading in kept.key)
        if any(key):
            found.setdefault(key, number)
    return found


def _text(value: Any) -> str:  # noqa: ANN401  (whatever a cell holds)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _dress(
    sheet: "Worksheet", number: int, kept: KeptSheet, columns: Mapping[str, int], row: Mapping[str, str], looks: _Looks
) -> None:
    for column in kept.columns:
        looks.dress(sheet.cell(number, columns[column.heading]), column)  # type: ignore[arg-type]  # never merged here
    sheet.row_dimensions[number].height = _height(kept, row)


def _height(kept: KeptSheet, row: Mapping[str, str]) -> int:
    """Height of a row. Units: points."""
    shown = (column for column in kept.columns if column.heading not in kept.hidden)
    return height_of(max(lines_needed(row.get(column.heading, ""), column.width) for column in shown), _TALLEST)


def _fill(sheet: "Worksheet", number: int, kept: KeptSheet, columns: Mapping[str, int], row: Mapping[str, str]) -> None:
    for column in (column for column in kept.columns if column.heading in row):
        cell, text = sheet.cell(number, columns[column.heading]), visible_text(row[column.heading])
        if _text(cell.value) != text:
            put(cell, Decimal(text) if column.numeric and is_number(text) else text)  # type: ignore[arg-type]


def _offer(sheet: "Worksheet", kept: KeptSheet, columns: Mapping[str, int], places: Mapping[Key, int]) -> None:
    """The drop-downs of the column to choose in, a list for all rows that offer the same."""
    from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
    from openpyxl.worksheet.datavalidation import DataValidation

    if not kept.chosen:
        return
    letters = column_letters(columns[kept.chosen])
    others = [rule for rule in sheet.data_validations.dataValidation if not str(rule.sqref).startswith(letters)]
    sheet.data_validations.dataValidation = others
    for formula, areas in lists_to_choose_from(kept, letters, places).items():
        rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
        rule.sqref = MultiCellRange([CellRange(area) for area in areas])
        sheet.add_data_validation(rule)
