"""Workbooks of older and other formats (.xls, .et, .xlsb, .ods): values, sheet names and merges.

Of an .ods file formulas and defined names come through too; of the others they do not, and whoever gets the book has
only labels to go by. How a cell is formatted, and so what is hidden in it, comes through of none.
What calamine cannot read is refused; LibreOffice is not asked, because collecting starts no program.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from toolkit.errors import UnreadableFileError
from toolkit.excel.binary_cells import with_columns
from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet, SheetState
from toolkit.excel.cell_values import ERRORS, as_excel_compares, number_from_text
from toolkit.excel.open_document import OpenDocument, read_open_document, without_indents
from toolkit.excel.sniff import FileKind
from toolkit.excel.styles import is_date_format
from toolkit.model.values import ErrorValue, Value, date_to_serial
from toolkit.text.folding import storable

_GLOBALS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x06\x05\x00")
_FORMAT, _STYLE, _END = 0x041E, 0x00E0, 0x000A
_DATES_OF_ITS_OWN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FREE = 0x4000

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
        return _with_formulas(_values(without_indents(data), kind), data)
    return Legacy(_values(with_own_formats(data) if kind is FileKind.XLS else with_columns(data), kind))


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


def with_own_formats(data: bytes) -> bytes:
    """The file with formats of numbers that a reader would take for dates under numbers that mean nothing.

    In Chinese Excel the format numbers 27–36 and 50–58 are dates of its own. Gnumeric numbers the formats of a file
    from 50 on, and a reader that asks the number before the file's own definition shows every amount as a day.
    """
    records = list(_records(data))
    numbers = {number for number, text in _formats(data, records) if not is_date_format(text)}
    moved = {number: _FREE + number for number in numbers if number in _DATES_OF_ITS_OWN}
    if not moved:
        return data
    changed = bytearray(data)
    for kind, place, length in records:
        at = place + (2 if kind == _STYLE else 0)
        if kind in (_STYLE, _FORMAT) and length >= 4 and (number := _number(data, at)) in moved:
            changed[at : at + 2] = moved[number].to_bytes(2, "little")
    return bytes(changed)


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place of the content and length of every record of the workbook's own part, where it lies in one piece."""
    place = next((at for mark in _GLOBALS if (at := data.find(mark)) >= 0), len(data))
    while place + 4 <= len(data):
        kind, length = _number(data, place), _number(data, place + 2)
        if kind == _END or place + 4 + length > len(data):
            return
        yield kind, place + 4, length
        place += 4 + length


def _formats(data: bytes, records: list[tuple[int, int, int]]) -> Iterator[tuple[int, str]]:
    for kind, place, length in records:
        if kind == _FORMAT and length >= 5:
            encoding = "utf-16-le" if data[place + 4] & 1 else "latin-1"
            yield _number(data, place), data[place + 5 : place + length].decode(encoding, "replace")


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
