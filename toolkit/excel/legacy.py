"""Workbooks of older and other formats (.xls, .et, .xlsb, .ods): values, sheet names and merges.

Of an .ods file formulas and defined names come through too. Of the others it is known that a formula stands in a cell,
but not which; whoever gets the book has only labels to go by. Percentages, crossed out contents and errors come through
of all of them, what else is hidden in a cell of none.
What calamine cannot read is refused; LibreOffice is not asked, because collecting starts no program.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from toolkit.errors import UnreadableFileError
from toolkit.excel import binary_cells, xls_records
from toolkit.excel.binary_cells import with_columns
from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet, SheetState
from toolkit.excel.cell_values import as_excel_compares, number_from_text
from toolkit.excel.open_document import read_open_document, without_indents
from toolkit.excel.sniff import FileKind
from toolkit.excel.stored_cell import StoredCell, StoredSheets
from toolkit.excel.xls_records import with_own_formats
from toolkit.model.values import Value, date_to_serial
from toolkit.text.folding import storable

_SAVE_AS = "请在 Excel 或 WPS 中打开，另存为 .xlsx 后重新报送"
OLDER = (FileKind.XLS, FileKind.XLSB, FileKind.ODS)
_MOST_CELLS = 1_000_000
_MOST_BYTES = 50_000_000
_PLAIN, _DATE = CellStyle(), CellStyle(0, "yyyy-mm-dd", is_date=True)
_DAY = Decimal(86_400)


@dataclass(frozen=True, slots=True)
class Legacy:
    """A workbook of another format; ``formulas_seen``: a cell without a formula really has none."""

    book: Book
    formulas_seen: bool = False


def read_legacy(data: bytes, kind: FileKind) -> Legacy:
    """The values of a workbook that is no .xlsx, with its formulas and names where the format gives them.

    Raises:
        UnreadableFileError: not readable, too large, or of a kind nobody reads.
    """
    if kind not in OLDER or len(data) > _MOST_BYTES:
        raise _refuse(kind)
    if kind is FileKind.ODS:
        return _of_open_document(data)
    if kind is FileKind.XLS:
        return Legacy(_with_stored(_values(with_own_formats(data), kind), xls_records.stored_cells(data)))
    full = with_columns(data)
    return Legacy(_with_stored(_values(full, kind), binary_cells.stored_cells(full)))


def _values(data: bytes, kind: FileKind) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return Book(tuple(_sheet(workbook, meta) for meta in workbook.sheets_metadata if _is_worksheet(meta)))
    except (CalamineError, PasswordError, XmlError, ZipError, OSError, ValueError) as error:
        raise _refuse(kind) from error
    except BaseException as error:
        # The library's own panic is no Exception; everything else of that rank (Ctrl-C) goes on up.
        if type(error).__name__ != "PanicException":
            raise
        raise _refuse(kind) from error


def _of_open_document(data: bytes) -> Legacy:
    found = read_open_document(data)
    book = _with_stored(_values(without_indents(data), FileKind.ODS), found.cells)
    known = {sheet.name for sheet in book.sheets}
    names = {name: target for name, target in found.names.items() if target.sheet in known}
    return Legacy(replace(book, names=names), formulas_seen=True)


def _with_stored(book: Book, stored: StoredSheets) -> Book:
    """The same book with what its file stores of the cells beside their values."""
    return replace(book, sheets=tuple(_completed(sheet, stored.get(sheet.name, {})) for sheet in book.sheets))


def _completed(sheet: Sheet, stored: Mapping[tuple[int, int], StoredCell]) -> Sheet:
    cells = dict(sheet.cells)
    for place, of_cell in stored.items():
        # calamine leaves out a cell that shows nothing, such as the result "" of a formula, and most errors.
        shows_nothing = Cell(*place, "", CellKind.TEXT, None, False, _PLAIN)
        if place in cells or of_cell.formula is not None or of_cell.error:
            cells[place] = _as_stored(cells.get(place, shows_nothing), of_cell)
    return replace(sheet, cells=cells)


def _as_stored(cell: Cell, stored: StoredCell) -> Cell:
    value, kind, style = cell.value, cell.kind, stored.style or cell.style
    if stored.error:
        value, kind = stored.error, CellKind.ERROR
    elif stored.style and kind in (CellKind.NUMBER, CellKind.DATE):
        kind = CellKind.DATE if style.is_date else CellKind.NUMBER
    return cell._replace(value=value, kind=kind, formula=stored.formula, cached=stored.formula is not None, style=style)


def _refuse(kind: FileKind) -> UnreadableFileError:
    return UnreadableFileError(f"文件为{kind.value}，无法可靠读取", what_to_do=_SAVE_AS)


def _is_worksheet(meta: Any) -> bool:  # noqa: ANN401 - a compiled class without useful types
    return str(meta.typ).endswith("WorkSheet")


def _sheet(workbook: Any, meta: Any) -> Sheet:  # noqa: ANN401
    sheet = workbook.get_sheet_by_name(meta.name)
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise ValueError(meta.name)
    cells = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, content in enumerate(values, start=1):
            if content not in ("", None):
                cells[row, column] = _cell(row, column, content)
    state = {"Hidden": SheetState.HIDDEN, "VeryHidden": SheetState.VERY_HIDDEN}
    merges = tuple(
        (top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(meta.name, state.get(str(meta.visible).rpartition(".")[2], SheetState.VISIBLE), cells, merges)


def _cell(row: int, column: int, content: object) -> Cell:
    value, kind = _value(content)
    return Cell(row, column, value, kind, None, False, _DATE if kind is CellKind.DATE else _PLAIN)


def _value(content: object) -> tuple[Value, CellKind]:
    if isinstance(content, bool):
        return content, CellKind.BOOLEAN
    if isinstance(content, int | float):
        # Which cells hold formulas is not known here, and nobody can type more than 15 digits: all are read so.
        number = number_from_text(repr(content))
        return (None, CellKind.BLANK) if number is None else (as_excel_compares(number), CellKind.NUMBER)
    if isinstance(content, datetime):
        seconds = content.hour * 3600 + content.minute * 60 + content.second
        return date_to_serial(content.date()) + Decimal(seconds) / _DAY, CellKind.DATE
    if isinstance(content, date):
        return date_to_serial(content), CellKind.DATE
    if isinstance(content, time):
        return str(content), CellKind.TEXT
    if isinstance(content, timedelta):
        return Decimal(str(content.total_seconds())) / _DAY, CellKind.NUMBER
    return storable(str(content)), CellKind.TEXT
