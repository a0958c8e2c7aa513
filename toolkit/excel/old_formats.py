"""Number formats of a .xls file that bear numbers which mean a date where a file does not define them.

In Chinese Excel the numbers 27–36 and 50–58 are dates of its own. Gnumeric numbers the formats of a file from 50 on,
and a reader that asks the number before the file's own definition shows every amount as a day.
"""

from collections.abc import Iterator

from toolkit.excel.styles import is_date_format

_GLOBALS = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x06\x05\x00")
_FORMAT, _STYLE, _END = 0x041E, 0x00E0, 0x000A
_DATES_OF_ITS_OWN = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FREE = 0x4000


def with_own_formats(data: bytes) -> bytes:
    """The file with such formats, where they show a number, under numbers that mean nothing by themselves."""
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
