"""Workbooks of older and other formats (.xls, .et, .xlsb, .ods): values, sheet names and merges.

Of an .ods file formulas and defined names come through too; of the others they do not, and whoever gets the book has
only labels to go by. How a cell is formatted, and so what is hidden in it, comes through of none.
What calamine cannot read is refused; LibreOffice is not asked, because collecting starts no program.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from toolkit.errors import UnreadableFileError
from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet, SheetState
from toolkit.excel.cell_values import ERRORS, as_excel_compares
from toolkit.excel.old_formats import with_own_formats
from toolkit.excel.open_document import OpenDocument, read_open_document, without_indents
from toolkit.excel.sniff import FileKind
from toolkit.model.values import ErrorValue, Value, date_to_serial
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
    if kind is not FileKind.ODS:
        return Legacy(_values(with_own_formats(data) if kind is FileKind.XLS else data, kind))
    return _with_formulas(_values(without_indents(data), kind), data)


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


def _with_formulas(book: Book, data: bytes) -> Legacy:
    """The same book with what stands in the file beside its values."""
    found = read_open_document(data)
    sheets = tuple(_calculated(sheet, found) for sheet in book.sheets)
    known = {sheet.name for sheet in sheets}
    names = {name: target for name, target in found.names.items() if target.sheet in known}
    return Legacy(replace(book, sheets=sheets, names=names), formulas_seen=True)


def _calculated(sheet: Sheet, found: OpenDocument) -> Sheet:
    cells, errors = dict(sheet.cells), found.errors.get(sheet.name, {})
    for (row, column), formula in found.formulas.get(sheet.name, {}).items():
        # calamine leaves out a cell that shows nothing, such as the result "" of a formula.
        cell = cells.get((row, column)) or Cell(row, column, "", CellKind.TEXT, None, False, _PLAIN)
        if text := errors.get((row, column)):
            cell = cell._replace(value=ERRORS.get(text, ErrorValue.VALUE), kind=CellKind.ERROR)
        cells[row, column] = cell._replace(formula=formula, cached=True)
    return replace(sheet, cells=cells)


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
        return as_excel_compares(Decimal(repr(content))), CellKind.NUMBER
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
