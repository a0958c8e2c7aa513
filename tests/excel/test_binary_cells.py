"""Sheets of .xlsb files in which most cells leave out their column, as SheetJS writes them."""

import pytest

from tests.collect.damage import packed
from toolkit.errors import UnreadableFileError
from toolkit.excel.binary_cells import with_columns
from toolkit.ooxml.package import inflate, read_members

SHEET = "xl/worksheets/sheet1.bin"
STYLE = b"\1\0\0\0"
ROW = bytes((0, 4)) + b"\7\0\0\0"


def record(kind: int, *content: bytes) -> bytes:
    inside = b"".join(content)
    size = bytes((len(inside) & 0x7F | 0x80, len(inside) >> 7)) if len(inside) > 127 else bytes((len(inside),))
    return bytes((kind,)) + size + inside


def column(number: int) -> bytes:
    return number.to_bytes(4, "little")


def in_full(sheet: bytes) -> bytes:
    return inflate(read_members(with_columns(packed({"xl/workbook.bin": b"", SHEET: sheet})))[SHEET])


LONG_TEXT = b"\x46\0\0\0" + "一段话".encode("utf-16-le") * 25


def test_a_cell_without_column_stands_after_the_cell_before() -> None:
    """Text, blank, number, error, truth and text of its own; a formula counts as a cell, a new row begins anew."""
    short = (
        record(7, column(2), STYLE, b"A"), record(12, STYLE), record(16, STYLE, b"12345678"), record(14, STYLE, b"\7"),
        record(9, column(9), STYLE, b"formula"), record(15, STYLE, b"\1"), record(17, STYLE, LONG_TEXT),
        ROW, record(18, STYLE, b"text"), record(13, STYLE, b"rk  "),
    )  # fmt: skip
    full = (
        record(7, column(2), STYLE, b"A"), record(1, column(3), STYLE), record(5, column(4), STYLE, b"12345678"),
        record(3, column(5), STYLE, b"\7"), record(9, column(9), STYLE, b"formula"),
        record(4, column(10), STYLE, b"\1"), record(6, column(11), STYLE, LONG_TEXT),
        ROW, record(7, column(0), STYLE, b"text"), record(2, column(1), STYLE, b"rk  "),
    )  # fmt: skip
    assert in_full(ROW + b"".join(short)) == ROW + b"".join(full)


def test_what_names_its_columns_stays_byte_for_byte() -> None:
    """Also a record whose kind takes two bytes."""
    data = packed({SHEET: ROW + record(5, column(3), STYLE, b"12345678") + b"\xa7\x04\x02ab"})
    assert with_columns(data) is data


@pytest.mark.parametrize("cut", [b"\x05\x7f", b"\x05\xff\xff\xff\x7f", b"\x0c\x80"])
def test_a_sheet_that_ends_within_a_record_is_refused(cut: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="中途断开"):
        with_columns(packed({SHEET: ROW + cut}))
