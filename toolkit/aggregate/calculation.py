"""Values of a workbook that was saved without results: its formulas evaluated over its own cells."""

from decimal import Decimal
from functools import lru_cache

from toolkit.excel.book import Book, Cell
from toolkit.formula import Area, FormulaSyntaxError, compile_formula
from toolkit.formula.tree import LAST_COLUMN, LAST_ROW
from toolkit.model import ErrorValue, Value


class Calculation:
    """Every cell's value: the result kept in the file, or the formula's when there is none. Each is found once."""

    def __init__(self, book: Book) -> None:
        self._sheets = {sheet.name: sheet.cells for sheet in book.sheets}
        self._ends = {name: _end(cells) for name, cells in self._sheets.items()}
        self._known: dict[tuple[str, int, int], Value] = {}
        self._areas: dict[tuple[str, int, int, int, int], Area] = {}
        self._open: set[tuple[str, int, int]] = set()

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell; a formula that leads back to itself is #REF!."""
        cell = self._sheets.get(sheet, {}).get((row, column))
        if cell is None or cell.formula is None or cell.cached:
            return cell.value if cell else None
        place = (sheet, row, column)
        if place not in self._known:
            if place in self._open:
                return ErrorValue.REF
            self._open.add(place)
            self._known[place] = self._evaluate(cell, sheet)
            self._open.discard(place)
        return self._known[place]

    def area(self, sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area, as far as the sheet reaches."""
        key = (sheet, row, column, last_row, last_column)
        if key not in self._areas:
            bottom, right = self._ends.get(sheet, (1, 1))
            rows = range(row, (max(bottom, row) if last_row == LAST_ROW else last_row) + 1)
            columns = range(column, (max(right, column) if last_column == LAST_COLUMN else last_column) + 1)
            self._areas[key] = tuple(tuple(self.value(sheet, r, c) for c in columns) for r in rows)
        return self._areas[key]

    def _evaluate(self, cell: Cell, sheet: str) -> Value:
        try:
            result = _compiled(cell.formula or "").evaluate(_OwnSheet(self, sheet))
        except FormulaSyntaxError:
            return ErrorValue.NAME
        return result if result is None or isinstance(result, Decimal | str | bool | ErrorValue) else ErrorValue.VALUE


class _OwnSheet:
    """The calculation as seen by a formula of one sheet."""

    __slots__ = ("_all", "_sheet")

    def __init__(self, everything: Calculation, sheet: str) -> None:
        self._all, self._sheet = everything, sheet

    def name(self, name: str) -> Value:  # noqa: ARG002 - a master workbook has no names
        return ErrorValue.NAME

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        return self._all.value(sheet or self._sheet, row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        return self._all.area(sheet or self._sheet, row, column, last_row, last_column)


_compiled = lru_cache(maxsize=65_536)(compile_formula)


def _end(cells: object) -> tuple[int, int]:
    places = list(cells) if isinstance(cells, dict) else []
    return max((row for row, _ in places), default=1), max((column for _, column in places), default=1)
