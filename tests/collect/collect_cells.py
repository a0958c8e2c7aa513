"""Cells as the reader gives them, in one line each."""

from decimal import Decimal

from toolkit.excel.book import Cell, CellKind, CellStyle
from toolkit.model import ErrorValue, Value


def cell(value, number_format="General", formula=None, cached=True) -> Cell:
    """A cell holding a value; numbers may be given as int or text-free Decimal."""
    value = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    style = CellStyle(0, number_format, locked=False, is_date="y" in number_format)
    return Cell(1, 1, value, _kind(value, style), formula, cached, style)


def _kind(value: Value, style: CellStyle) -> CellKind:
    if isinstance(value, bool):
        return CellKind.BOOLEAN
    if isinstance(value, Decimal):
        return CellKind.DATE if style.is_date else CellKind.NUMBER
    if isinstance(value, ErrorValue):
        return CellKind.ERROR
    return CellKind.TEXT if isinstance(value, str) else CellKind.BLANK
