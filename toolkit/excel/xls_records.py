"""What calamine does not tell of a .xls file: how cells are formatted, where formulas stand, which errors they show.

Source: [MS-XLS] 2.4 (records); only files of Excel 97 and later (BIFF8) say it in this way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.excel.book import CellStyle
from toolkit.excel.compound_file import read_stream
from toolkit.excel.stored_cell import ERROR_CODES, StoredCell, StoredSheets
from toolkit.excel.styles import BUILTIN_FORMATS, is_date_format
from toolkit.model.values import ErrorValue

_BOF, _EOF, _SHEET, _FONT, _FORMAT, _STYLE = 0x0809, 0x000A, 0x0085, 0x0031, 0x041E, 0x00E0
_FORMULA, _BOOL_OR_ERROR = 0x0006, 0x0205
_CELLS = frozenset({_FORMULA, _BOOL_OR_ERROR, 0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6})
_NUMBERS_IN_A_ROW = 0x00BD
_BIFF8 = 0x0600
_STRUCK, _FILLED = 0x08, 4
_DATES_OF_ITS_OWN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FREE = 0x4000


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    place: int
    content: bytes

    def number(self, at: int, length: int = 2) -> int:
        return int.from_bytes(self.content[at : at + length], "little")


def stored_cells(data: bytes) -> StoredSheets:
    """What is stored beside the values, by sheet and place; nothing for a file that does not say it."""
    stream = read_stream(data, ("Workbook",))
    if stream is None:
        return {}
    of_book = list(_substream(stream.content, 0))
    if not of_book or of_book[0].kind != _BOF or of_book[0].number(0) != _BIFF8:
        return {}
    styles = _styles(of_book)
    sheets = (record for record in of_book if record.kind == _SHEET)
    return {
        _text(record.content, 6): dict(_cells(_substream(stream.content, record.number(0, 4)), styles))
        for record in sheets
    }


def with_own_formats(data: bytes) -> bytes:
    """The file with formats of numbers that a reader would take for dates under numbers that mean nothing.

    In Chinese Excel the format numbers 27–36 and 50–58 are dates of its own. Gnumeric numbers the formats of a file
    from 50 on, and a reader that asks the number before the file's own definition shows every amount as a day.
    """
    stream = read_stream(data, ("Workbook", "Book"))
    if stream is None:
        return data
    of_book = list(_substream(stream.content, 0))
    numbers = {number for number, code in _formats(of_book) if not is_date_format(code)}
    moved = {number: _FREE + number for number in numbers if number in _DATES_OF_ITS_OWN}
    if not moved:
        return data
    changed = bytearray(stream.content)
    for record in of_book:
        at = 2 if record.kind == _STYLE else 0
        if record.kind in (_STYLE, _FORMAT) and (number := record.number(at)) in moved:
            changed[record.place + at : record.place + at + 2] = moved[number].to_bytes(2, "little")
    return stream.file_with(bytes(changed))


def _substream(content: bytes, place: int) -> Iterator[_Record]:
    """The records of the workbook's own part or of one sheet, without those of charts within it."""
    depth = 0
    while place + 4 <= len(content):
        kind, length = (int.from_bytes(content[place + at : place + at + 2], "little") for at in (0, 2))
        depth += (kind == _BOF) - (kind == _EOF)
        if depth < 1 or place + 4 + length > len(content):
            return
        if depth == 1:
            yield _Record(kind, place + 4, content[place + 4 : place + 4 + length])
        place += 4 + length


def _formats(of_book: list[_Record]) -> Iterator[tuple[int, str]]:
    for record in of_book:
        if record.kind == _FORMAT and len(record.content) >= 5:
            yield record.number(0), _text(record.content, 2, wide_count=True)


def _text(content: bytes, at: int, *, wide_count: bool = False) -> str:
    """A text with its number of characters before it, in one or two bytes, and whether each takes two."""
    size = 2 if wide_count else 1
    count, wide = int.from_bytes(content[at : at + size], "little"), content[at + size : at + size + 1] == b"\1"
    written = content[at + size + 1 : at + size + 1 + count * (2 if wide else 1)]
    return written.decode("utf-16-le" if wide else "latin-1", "replace")


def _styles(of_book: list[_Record]) -> list[CellStyle]:
    codes = {**BUILTIN_FORMATS, **dict(_formats(of_book))}
    struck = [bool(record.number(2) & _STRUCK) for record in of_book if record.kind == _FONT]
    styles: list[CellStyle] = []
    for record in of_book:
        if record.kind != _STYLE:
            continue
        font, code = record.number(0), codes.get(record.number(2), "General")
        font -= font > 4  # there is no font number 4
        styles.append(
            CellStyle(
                len(styles), code, bool(record.number(4) & 1), is_date_format(code),
                struck=font < len(struck) and struck[font], repeated=record.number(6) & 7 == _FILLED,
            )
        )  # fmt: skip
    return styles


def _cells(records: Iterator[_Record], styles: list[CellStyle]) -> Iterator[tuple[tuple[int, int], StoredCell]]:
    for record in records:
        row, column = record.number(0) + 1, record.number(2) + 1
        if record.kind in _CELLS and record.number(4) < len(styles):
            style = styles[record.number(4)]
            yield (row, column), StoredCell(style, "" if record.kind == _FORMULA else None, _error(record))
        elif record.kind == _NUMBERS_IN_A_ROW:
            for index, at in enumerate(range(4, len(record.content) - 2, 6)):
                if record.number(at) < len(styles):
                    yield (row, column + index), StoredCell(styles[record.number(at)])


def _error(record: _Record) -> ErrorValue | None:
    if record.kind == _BOOL_OR_ERROR:
        return ERROR_CODES.get(record.number(6, 1)) if record.number(7, 1) else None
    not_a_number = record.kind == _FORMULA and record.number(12) == 0xFFFF
    return ERROR_CODES.get(record.number(8, 1)) if not_a_number and record.number(6, 1) == 2 else None
