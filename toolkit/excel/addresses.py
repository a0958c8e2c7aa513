"""A1 addresses and the numbers behind them; rows and columns count from 1."""

import re
from functools import lru_cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@lru_cache(maxsize=4096)
def column_index(letters: str) -> int:
    """``"A"`` → 1, ``"XFD"`` → 16384.

    Raises:
        ValueError: not a column of a worksheet.
    """
    index = 0
    for letter in letters.upper():
        digit = ord(letter) - 64
        if not 1 <= digit <= 26:
            raise ValueError(f"{letters!r} is no column")
        index = index * 26 + digit
    if not 1 <= index <= MAX_COLUMN:
        raise ValueError(f"{letters!r} is no column")
    return index


@lru_cache(maxsize=4096)
def column_letters(index: int) -> str:
    """1 → ``"A"``, 16384 → ``"XFD"``.

    Raises:
        ValueError: not a column of a worksheet.
    """
    if not 1 <= index <= MAX_COLUMN:
        raise ValueError(f"{index} is no column")
    letters = ""
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """(5, 3) → ``"C5"``."""
    return f"{column_letters(column)}{row}"


def parse_cell(name: str) -> tuple[int, int]:
    """``"C5"`` or ``"$C$5"`` → (5, 3).

    Raises:
        ValueError: not the address of one cell.
    """
    return _known_cell(name) if len(name) <= _LONGEST_CELL else _cell(name)


def _cell(name: str) -> tuple[int, int]:
    match = _CELL.fullmatch(name)
    if not match or int(match[2]) > MAX_ROW:
        raise ValueError(f"{name!r} is no cell address")
    return int(match[2]), column_index(match[1])


_LONGEST_CELL = 12  # "$XFD$1048576"
_known_cell = lru_cache(maxsize=16_384)(_cell)


def parse_area(name: str) -> tuple[int, int, int, int]:
    """``"B2:D9"`` → (2, 2, 9, 4): first row, first column, last row, last column; one cell is an area too.

    Raises:
        ValueError: not the address of a cell or of a rectangle of cells.
    """
    return _known_area(name) if len(name) <= _LONGEST_AREA else _area(name)


def _area(name: str) -> tuple[int, int, int, int]:
    first, _, last = name.partition(":")
    row1, column1 = parse_cell(first)
    row2, column2 = parse_cell(last or first)
    return min(row1, row2), min(column1, column2), max(row1, row2), max(column1, column2)


_LONGEST_AREA = 24  # "$XFD$1048576:$XFD$1048576" is hardly ever written
_known_area = lru_cache(maxsize=16_384)(_area)
