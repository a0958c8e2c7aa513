"""What calamine does not see of a .xlsb file.

The format has two records for every kind of cell: one with its column, one that only says "the column after the cell
before". Libraries other than Excel write the short ones (SheetJS among them); a reader that knows the long ones only
sees the first cell of each row and nothing of the rest. How a cell is formatted, that a formula stands in it and which
error it shows is left out as well.

Source: [MS-XLSB] 2.4 (records).
"""

from collections.abc import Iterator

from toolkit.errors import UnreadableFileError
from toolkit.excel.book import CellStyle
from toolkit.excel.stored_cell import ERROR_CODES, StoredCell, StoredSheets
from toolkit.excel.styles import BUILTIN_FORMATS, is_date_format
from toolkit.ooxml.package import inflate, read_members, with_contents
from toolkit.ooxml.relations import read_relations, rels_name

_ROW, _LONG, _SHORT = 0, range(1, 12), range(12, 19)
_LONG_OF_SHORT = 11
"""Short records 12 to 18 hold what long records 1 to 7 hold, but for the column."""
_COLUMN = 4
_BOOK, _STYLES = "xl/workbook.bin", "xl/styles.bin"
_SHEET, _FONT, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 156, 43, 44, 47, 617, 618
_BLANK, _ERRORS, _FORMULAS = 1, (3, 11), range(8, 12)
_STRUCK, _FILLED = 0x08, 4


def with_columns(data: bytes) -> bytes:
    """The same file with every cell naming its column; unchanged where all do already.

    Raises:
        UnreadableFileError: the package is damaged or beyond the limits.
    """
    members = read_members(data)
    sheets = (name for name in members if name.startswith("xl/worksheets/") and name.endswith(".bin"))
    contents = {name: inflate(members[name]) for name in sheets}
    changed = {name: full for name, content in contents.items() if (full := _in_full(content)) != content}
    return with_contents(members, changed) if changed else data


def _in_full(sheet: bytes) -> bytes:
    made, column = bytearray(), -1
    for kind, raw, content in _records(sheet):
        if kind == _ROW:
            column = -1
        if kind in _LONG:
            column = int.from_bytes(content[:_COLUMN], "little")
        if kind in _SHORT:
            column += 1
            made += bytes((kind - _LONG_OF_SHORT, *_length(len(content) + _COLUMN)))
            made += column.to_bytes(_COLUMN, "little") + content
        else:
            made += raw
    return bytes(made)


def _records(sheet: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Kind, the whole record as it stands, and its content."""
    at = 0
    while at < len(sheet):
        begin = at
        kind, at = _number(sheet, at, 2)
        length, at = _number(sheet, at, 4)
        if at + length > len(sheet):
            raise UnreadableFileError(
                "文件已损坏或不完整（工作表内容在中途断开）",
                what_to_do="请在 Excel 或 WPS 中打开，另存为 .xlsx 后重新报送",
            )
        yield kind, sheet[begin : at + length], sheet[at : at + length]
        at += length


def _number(sheet: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, lowest first, and where it ends: beyond the sheet where the sheet ends within."""
    number = 0
    for place, byte in enumerate(sheet[at : at + most]):
        number |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return number, at + place + 1
    return number, at + most


def _length(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*made, number))


def stored_cells(data: bytes) -> StoredSheets:
    """What is stored beside the values of a file in which every cell names its column, by sheet and place.

    Raises:
        UnreadableFileError: the package is damaged or beyond the limits.
    """
    members = read_members(data)
    if _BOOK not in members:
        return {}
    rels = members.get(rels_name(_BOOK))
    parts = {key: relation.target for key, relation in read_relations(inflate(rels) if rels else None, _BOOK).items()}
    styles = _styles(inflate(members[_STYLES])) if _STYLES in members else []
    return {
        name: dict(_stored(inflate(members[part]), styles))
        for name, key in _sheets(inflate(members[_BOOK]))
        if (part := parts.get(key, "")) in members
    }


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """The name of every sheet and the relation to its part."""
    for kind, _, content in _records(book):
        if kind == _SHEET:
            key, at = _text(content, 8)
            yield _text(content, at)[0], key


def _styles(content: bytes) -> list[CellStyle]:
    codes, struck, styles = dict(BUILTIN_FORMATS), list[bool](), list[CellStyle]()
    of_cells = False
    for kind, _, record in _records(content):
        if kind in (_BEGIN_STYLES, _END_STYLES):
            of_cells = kind == _BEGIN_STYLES
        elif kind == _FORMAT:
            codes[_whole(record, 0)] = _text(record, 2)[0]
        elif kind == _FONT:
            struck.append(bool(_whole(record, 2) & _STRUCK))
        elif kind == _STYLE and of_cells:
            code, font = codes.get(_whole(record, 2), "General"), _whole(record, 4)
            crossed, repeated = font < len(struck) and struck[font], _whole(record, 12) & 7 == _FILLED
            styles.append(CellStyle(len(styles), code, True, is_date_format(code), struck=crossed, repeated=repeated))
    return styles


def _stored(sheet: bytes, styles: list[CellStyle]) -> Iterator[tuple[tuple[int, int], StoredCell]]:
    row = 0
    for kind, _, content in _records(sheet):
        if kind == _ROW:
            row = _whole(content, 0, 4) + 1
        elif kind in _LONG and kind != _BLANK and (style := _whole(content, 4, 3)) < len(styles):
            error = ERROR_CODES.get(_whole(content, 8, 1)) if kind in _ERRORS else None
            yield (row, _whole(content, 0, 4) + 1), StoredCell(styles[style], "" if kind in _FORMULAS else None, error)


def _whole(content: bytes, at: int, length: int = 2) -> int:
    return int.from_bytes(content[at : at + length], "little")


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its number of characters before it, and where it ends."""
    end = at + 4 + 2 * _whole(content, at, 4)
    return content[at + 4 : end].decode("utf-16-le", "replace"), end
