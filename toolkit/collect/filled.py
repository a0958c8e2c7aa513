"""Every cell of a returned workbook that a person could fill in and that holds something, with its field's key."""

from collections.abc import Iterator

from toolkit.collect.context import CollectContext
from toolkit.collect.normalise import original_text
from toolkit.collect.opening import CannotOpenError, open_return
from toolkit.excel.addresses import cell_name, parse_area
from toolkit.excel.book import Book, SheetState
from toolkit.model.identity import CORRECTION_SHEET, MIGRATION_SHEET

_MOST_NAMED = 2_000
"""Cells of one named area; a larger one is none of our tables."""


def read_filled(data: bytes, file_name: str, _: CollectContext | None) -> tuple[tuple[str, str, str, str], ...]:
    """Sheet, cell, name and text of each; a function for a worker process. Nothing for what is no workbook."""
    try:
        book = open_return(data, file_name).book
    except CannotOpenError:
        return ()
    return tuple(_filled(book))


def _filled(book: Book) -> Iterator[tuple[str, str, str, str]]:
    names = _named_cells(book)
    told = any(not cell.locked for sheet in book.sheets for cell in sheet.cells.values())
    for sheet in book.sheets:
        if sheet.state is not SheetState.VISIBLE or sheet.name in (CORRECTION_SHEET, MIGRATION_SHEET):
            continue
        for (row, column), cell in sorted(sheet.cells.items()):
            name = names.get((sheet.name, row, column), "")
            typed = cell.value is not None and cell.formula is None and (not cell.locked if told else bool(name))
            if typed and original_text(cell).strip():
                yield sheet.name, cell_name(row, column), name, original_text(cell)


def _named_cells(book: Book) -> dict[tuple[str, int, int], str]:
    """Names of cells; those of a table's column for each of its rows, the name of a single cell before that."""
    areas = [(name, target.sheet, parse_area(target.ref)) for name, target in book.names.items() if target.sheet]
    found: dict[tuple[str, int, int], str] = {}
    for name, sheet, area in sorted(areas, key=lambda named: -_size(named[2])):
        if _size(area) <= _MOST_NAMED:
            rows, columns = range(area[0], area[2] + 1), range(area[1], area[3] + 1)
            found |= dict.fromkeys(((sheet, row, column) for row in rows for column in columns), name)
    return found


def _size(area: tuple[int, int, int, int]) -> int:
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
