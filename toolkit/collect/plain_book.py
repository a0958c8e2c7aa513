"""A workbook's cells as plain values, so that they can come out of the worker (see :mod:`toolkit.collect.answer`)."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet, SheetState

PlainBook: TypeAlias = tuple[tuple[str, str, tuple[tuple[Any, ...], ...]], ...]
"""Name, state and cells of every sheet; a cell is row, column, value, kind, formula, number format, whether a date."""


def plain_book(book: Book) -> PlainBook:
    """The cells of a book."""
    return tuple(
        (
            sheet.name,
            sheet.state.value,
            tuple(
                (
                    cell.row, cell.column, cell.value, cell.kind.value, cell.formula,
                    cell.style.number_format, cell.style.is_date,
                )
                for cell in sheet.cells.values()
            ),
        )
        for sheet in book.sheets
    )  # fmt: skip


def book_of(plain: Sequence[Any]) -> Book:
    """The book of these cells."""
    return Book(tuple(_sheet(*sheet) for sheet in plain))


def _sheet(name: str, state: str, cells: Sequence[Any]) -> Sheet:
    return Sheet(name, SheetState(state), {(row, column): _cell(row, column, *rest) for row, column, *rest in cells})


def _cell(row: int, column: int, *rest: Any) -> Cell:  # noqa: ANN401  (plain values of a worker)
    value, kind, formula, number_format, is_date = rest
    style = CellStyle(number_format=number_format, is_date=is_date)
    return Cell(row, column, value, CellKind(kind), formula, formula is None or value is not None, style)
