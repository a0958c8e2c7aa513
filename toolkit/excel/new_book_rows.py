"""The rows of a new sheet as XML, straight from its cells: a master workbook of 1,000 projects has two million."""

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby, product
from operator import itemgetter

from toolkit.excel.addresses import column_letters, parse_area
from toolkit.excel.cell_xml import STARTS_A_FORMULA, text_xml
from toolkit.excel.new_book import Look, NewCell, NewSheet
from toolkit.excel.stored_formula import stored_formula
from toolkit.model import ErrorValue, Value

StyleOf = Callable[[Look, bool], int]
"""Index of a look's style in the workbook; True for the one that keeps a text a text when somebody edits it."""
Shared = dict[str, int]
"""Texts of the workbook as XML → their number in the table that all sheets share; it grows while rows are written."""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">'
)


def rows_xml(sheet: NewSheet, style_of: StyleOf, shared: Shared) -> bytes:
    """The content of ``<sheetData>``: every row with a cell or a height of its own, in order.

    A text is a text whatever it begins with; a formula stands with its result.
    """
    covered = _covered(sheet)
    places = sorted([*sheet.cells, *covered])
    by_row = {row: list(own) for row, own in groupby(places, itemgetter(0))}
    letters = {column: column_letters(column) for column in {column for _, column in places}}
    pieces: list[bytes] = []
    for row in sorted(by_row.keys() | sheet.heights.keys()):
        height = f' ht="{sheet.heights[row]:.16G}" customHeight="1"' if row in sheet.heights else ""
        cells = "".join(
            _cell(f"{letters[place[1]]}{row}", sheet.cells.get(place) or covered[place], style_of, shared)
            for place in by_row.get(row, ())
        )
        pieces.append(f'<row r="{row}"{height}>{cells}</row>'.encode())
    return b"".join(pieces)


def shared_xml(shared: Shared) -> bytes:
    """The table of texts, in the order of their numbers."""
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in shared)
    return f"{_HEAD % len(shared)}{items}</sst>".encode()


def _covered(sheet: NewSheet) -> dict[tuple[int, int], NewCell]:
    """Blank cells under the areas shown as one cell, of the same look for the sake of their borders."""
    covered: dict[tuple[int, int], NewCell] = {}
    for area in sheet.merges:
        top, left, bottom, right = parse_area(area)
        blank = NewCell(None, sheet.cells[top, left].look)
        places = product(range(top, bottom + 1), range(left, right + 1))
        covered |= {place: blank for place in places if place not in sheet.cells}
    return covered


def _cell(address: str, cell: NewCell, style_of: StyleOf, shared: Shared) -> str:
    value, look, formula, _ = cell
    if formula:
        kind, text = _typed(value)
        stored = text_xml(stored_formula(formula))
        return f'<c r="{address}" s="{style_of(look, False)}"{kind}><f>{stored}</f><v>{text}</v></c>'
    if value is None or value == "":
        return f'<c r="{address}" s="{style_of(look, False)}"/>'
    if not isinstance(value, str):
        kind, text = _typed(value)
        return f'<c r="{address}" s="{style_of(look, False)}"{kind}><v>{text}</v></c>'
    number = shared.setdefault(text_xml(value), len(shared))
    return f'<c r="{address}" s="{style_of(look, value.startswith(STARTS_A_FORMULA))}" t="s"><v>{number}</v></c>'


def _typed(value: Value) -> tuple[str, str]:
    """The type attribute and the text of ``<v>``; texts that are no formula's result are shared instead."""
    if isinstance(value, bool):
        return ' t="b"', f"{value:d}"
    if isinstance(value, Decimal):
        return "", repr(float(value)).removesuffix(".0")
    if isinstance(value, ErrorValue):
        return ' t="e"', value.value
    return ' t="str"', text_xml(value or "")
