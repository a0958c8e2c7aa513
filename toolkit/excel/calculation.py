"""A workbook's formulas evaluated over its own cells and names, as Excel does when it recalculates."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, cell_name, parse_area, parse_cell
from toolkit.excel.book import Book, Cell
from toolkit.formula import Area, FormulaSyntaxError, compile_formula
from toolkit.formula.environment import MAX_AREA
from toolkit.model import ErrorValue, Value

_Place = tuple[str, int, int]


class Calculation:
    """Every cell's value, each found once.

    Args:
        book: the workbook as read.
        typed: (sheet, A1 address) → value now standing there; it wins over what the workbook holds, formulas included.
        trust_results: take the results kept in the file as they are; False evaluates every formula anew.
    """

    def __init__(
        self, book: Book, typed: Mapping[tuple[str, str], Value] | None = None, *, trust_results: bool = False
    ) -> None:
        self._names = book.names
        self._sheets = {sheet.name: sheet.cells for sheet in book.sheets}
        self._ends = {name: _end(cells) for name, cells in self._sheets.items()}
        self._trust = trust_results
        self._known: dict[_Place, Value] = {
            (sheet, *parse_cell(ref)): value for (sheet, ref), value in (typed or {}).items()
        }
        self._typed = frozenset(self._known)
        self._areas: dict[tuple[str, int, int, int, int], Area] = {}
        self._open: set[_Place] = set()

    def results(self) -> Iterator[tuple[tuple[str, str], Value]]:
        """(sheet, address) → value of every formula nobody typed over."""
        for sheet, cells in self._sheets.items():
            for (row, column), cell in cells.items():
                if cell.formula and (sheet, row, column) not in self._typed:
                    yield (sheet, cell_name(row, column)), self.value(sheet, row, column)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell; a formula that leads back to itself is #REF!."""
        place = (sheet, row, column)
        if place in self._known:
            return self._known[place]
        cell = self._sheets.get(sheet, {}).get((row, column))
        if cell is None or not cell.formula or (self._trust and cell.cached):
            return cell.value if cell else None
        if place in self._open:
            return ErrorValue.REF
        self._open.add(place)
        self._known[place] = self._evaluate(cell, sheet)
        self._open.discard(place)
        return self._known[place]

    def named(self, name: str) -> Area | Value:
        """What a defined name stands for: always an area, since Excel's names are references."""
        target = self._names.get(name)
        if target is None:
            return ErrorValue.NAME
        if not target.sheet:
            return target.ref.strip('"')
        return self.area(target.sheet, *parse_area(target.ref))

    def area(self, sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area; whole columns and rows as far as the sheet reaches."""
        key = (sheet, row, column, last_row, last_column)
        if key not in self._areas:
            bottom, right = self._ends.get(sheet, (1, 1))
            rows = range(row, (max(bottom, row) if last_row == MAX_ROW else last_row) + 1)
            columns = range(column, (max(right, column) if last_column == MAX_COLUMN else last_column) + 1)
            too_large = len(rows) * len(columns) > MAX_AREA
            values = tuple(tuple(self.value(sheet, r, c) for c in columns) for r in ([] if too_large else rows))
            self._areas[key] = ((ErrorValue.NUM,),) if too_large else values
        return self._areas[key]

    def _evaluate(self, cell: Cell, sheet: str) -> Value:
        try:
            result = _compiled(cell.formula or "").evaluate(_OwnSheet(self, sheet))
        except FormulaSyntaxError:
            return ErrorValue.NAME
        if result is None:
            return Decimal(0)  # a formula never gives a blank: a reference to a blank cell shows 0
        return result if isinstance(result, Decimal | str | bool | ErrorValue) else ErrorValue.VALUE


class _OwnSheet:
    """The calculation as seen by a formula of one sheet."""

    __slots__ = ("_all", "_sheet")

    def __init__(self, everything: Calculation, sheet: str) -> None:
        self._all, self._sheet = everything, sheet

    def name(self, name: str) -> Area | Value:
        return self._all.named(name)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        return self._all.value(sheet or self._sheet, row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        return self._all.area(sheet or self._sheet, row, column, last_row, last_column)


_compiled = lru_cache(maxsize=65_536)(compile_formula)


def _end(places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    known = list(places)
    return max((row for row, _ in known), default=1), max((column for _, column in known), default=1)
