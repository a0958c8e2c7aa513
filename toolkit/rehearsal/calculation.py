"""A workbook calculated as Excel does when it is opened and saved: every formula's value, from its cells and names."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from toolkit.excel.addresses import cell_name, parse_area, parse_cell
from toolkit.excel.book import Book, Cell
from toolkit.formula import Area, Compiled, compile_formula
from toolkit.model import ErrorValue, Value

_Place = tuple[str, int, int]


class BookCalculator:
    """Values of a workbook's formulas after some cells were typed into.

    Args:
        book: the workbook as read.
        typed: (sheet, A1 address) → value now standing there; it wins over what the workbook holds, formulas included.
    """

    def __init__(self, book: Book, typed: Mapping[tuple[str, str], Value]) -> None:
        self._names = book.names
        self._cells: dict[_Place, Cell] = {}
        for sheet in book.sheets:
            self._cells |= {(sheet.name, *place): cell for place, cell in sheet.cells.items()}
        self._known: dict[_Place, Value] = {(sheet, *parse_cell(ref)): value for (sheet, ref), value in typed.items()}
        self._typed = frozenset(self._known)

    def results(self) -> Iterator[tuple[tuple[str, str], Value]]:
        """(sheet, address) → value of every formula nobody typed over."""
        for place, cell in self._cells.items():
            if cell.formula and place not in self._typed:
                yield (place[0], cell_name(place[1], place[2])), self.value(*place)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell, calculated when it is first asked for."""
        place = (sheet, row, column)
        if place not in self._known:
            cell = self._cells.get(place)
            # Standing for itself until it is known: a circle then ends in an error instead of running for ever.
            self._known[place] = ErrorValue.REF
            self._known[place] = self._calculated(sheet, cell) if cell else None
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
        """The values of an area, row by row."""
        columns = range(column, last_column + 1)
        return tuple(tuple(self.value(sheet, r, c) for c in columns) for r in range(row, last_row + 1))

    def _calculated(self, sheet: str, cell: Cell) -> Value:
        if not cell.formula:
            return cell.value
        value = _compiled(cell.formula).evaluate(_SheetView(self, sheet))
        # A formula never gives a blank: a reference to a blank cell shows 0.
        return Decimal(0) if value is None else value


class _SheetView:
    """The environment of a formula on one sheet."""

    def __init__(self, calculator: BookCalculator, sheet: str) -> None:
        self._calculator = calculator
        self._sheet = sheet

    def name(self, name: str) -> Area | Value:
        return self._calculator.named(name)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        return self._calculator.value(sheet or self._sheet, row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        return self._calculator.area(sheet or self._sheet, row, column, last_row, last_column)


@lru_cache(maxsize=4096)
def _compiled(formula: str) -> Compiled:
    return compile_formula(formula)
