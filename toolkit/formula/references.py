"""Reference tokens → reference nodes: cells, areas, whole columns and rows, names on sheets, structured references."""

import re
from functools import lru_cache

from toolkit.formula.tokens import FormulaSyntaxError, Token
from toolkit.formula.tree import (
    LAST_COLUMN,
    LAST_ROW,
    ErrorLiteral,
    Logical,
    Name,
    Reference,
    TableReference,
)
from toolkit.model.values import ErrorValue

_END = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_BRACKETED = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_THIS_ROW = "#This Row"


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column, A is 1.

    >>> column_number("AA")
    27
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """The letters of a column, 1 is A.

    >>> column_letters(27)
    'AA'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address_of(text: str) -> tuple[str | None, int, int] | None:
    """Sheet, row and column of an address such as ``Sheet1!A1``; None for any other text.

    >>> address_of("B2")
    (None, 2, 2)
    """
    sheet, mark, address = text.rpartition("!")
    match = _ADDRESS.fullmatch(address)
    return (sheet if mark else None, int(match[2]), column_number(match[1])) if match else None


def read_reference(token: Token) -> Reference | ErrorLiteral | Name:
    """A cell or area token as a node; ``表!#REF!`` becomes the error it is.

    A word that looks like a cell but lies outside the sheet, as ``ABC9999999``, is a name.

    Raises:
        FormulaSyntaxError: an area reaches outside the sheet.
    """
    found = _reference(token.text)
    if found is None:
        address = _split_sheet(token.text)[1]
        raise FormulaSyntaxError(f"区域 {address} 超出了工作表的范围", token.position)
    return found


@lru_cache(maxsize=4_096)
def _reference(text: str) -> Reference | ErrorLiteral | Name | None:
    """The node of a text, which formulas of a table name again and again; None for an area outside the sheet."""
    sheet, address = _split_sheet(text)
    if address.upper() == "#REF!":
        return ErrorLiteral(ErrorValue.REF)
    first, _, last = address.partition(":")
    row, row_fixed, column, column_fixed = _read_end(first)
    row2, row2_fixed, column2, column2_fixed = _read_end(last) if last else (row, row_fixed, column, column_fixed)
    if not last and (row > LAST_ROW or column > LAST_COLUMN):
        return Name(address, sheet)
    if max(row, row2) > LAST_ROW or max(column, column2) > LAST_COLUMN:
        return None
    if row > row2:  # 0 marks a whole column or row
        row, row_fixed, row2, row2_fixed = row2, row2_fixed, row, row_fixed
    if column > column2:
        column, column_fixed, column2, column2_fixed = column2, column2_fixed, column, column_fixed
    return Reference(
        sheet,
        row or 1,
        column or 1,
        row2 or LAST_ROW,
        column2 or LAST_COLUMN,
        (row_fixed or not row, column_fixed or not column, row2_fixed or not row2, column2_fixed or not column2),
    )


def read_name(token: Token) -> Name | Logical:
    """A word as a defined name; TRUE and FALSE are values, not names."""
    sheet, name = _split_sheet(token.text)
    if sheet is None and name.upper() in {"TRUE", "FALSE"}:
        return Logical(name.upper() == "TRUE")
    return Name(name, sheet)


def read_table(token: Token) -> TableReference:
    """A structured reference as a node; ``表[@列]`` is read as ``表[[#This Row],[列]]``, which is how files hold it.

    Raises:
        FormulaSyntaxError: the brackets name neither a column nor a part of the table.
    """
    table, _, inside = token.text.partition("[")
    inside = inside[:-1].strip()
    items: list[str] = []
    columns: list[str] = []
    if inside.startswith("@"):
        items.append(_THIS_ROW)
        inside = inside[1:].strip()
    parts = _BRACKETED.findall(inside) if inside.startswith("[") else [inside] if inside else []
    for part in parts:
        (items if part.startswith("#") else columns).append(part)
    if not items and not columns:
        raise FormulaSyntaxError(f"“{token.text}”没有说明是哪一列", token.position)
    return TableReference(table, tuple(items), tuple(columns))


def _split_sheet(text: str) -> tuple[str | None, str]:
    quoted, mark, rest = text.rpartition("!")
    if text.upper().endswith("#REF!"):
        quoted, mark, rest = text[:-6], "!", "#REF!"
    if not mark:
        return None, text
    if quoted.startswith("'"):
        quoted = quoted[1:-1].replace("''", "'")
    return quoted, rest


def _read_end(text: str) -> tuple[int, bool, int, bool]:
    match = _END.fullmatch(text)
    first, letters, second, digits = match.groups() if match else ("", "", "", "")
    if not letters:  # "$5": the only dollar belongs to the row
        return int(digits or 0), bool(first), 0, False
    return int(digits or 0), bool(second), column_number(letters), bool(first)
