"""Cells of a .xlsb file that leave out their column, written out in full.

The format has two records for every kind of cell: one with its column, one that only says "the column after the cell
before". Libraries other than Excel write the short ones (SheetJS among them); a reader that knows the long ones only
sees the first cell of each row and nothing of the rest.
"""

from collections.abc import Iterator

from toolkit.errors import UnreadableFileError
from toolkit.ooxml.package import inflate, read_members, with_contents

_ROW, _LONG, _SHORT = 0, range(1, 12), range(12, 19)
_LONG_OF_SHORT = 11
"""Short records 12 to 18 hold what long records 1 to 7 hold, but for the column."""
_COLUMN = 4


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
