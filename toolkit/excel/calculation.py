"""A workbook's formulas evaluated over its own cells and names, as Excel does when it recalculates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache, partial

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, cell_name, parse_area, parse_cell
from toolkit.excel.book import Book, Cell
from toolkit.formula import Area, FormulaSyntaxError, compile_formula
from toolkit.formula.arrays import Range
from toolkit.formula.environment import MAX_AREA
from toolkit.model import ErrorValue, Value

_Place = tuple[str, int, int]
_OWN_ROW = MAX_ROW - 1
"""Stands for a formula's own row in compiled formulas; no workbook reaches so far down."""
_QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
_REFERENCE = re.compile(r"(?<![\w.!$:\]'])(\$?[A-Za-z]{1,3})([0-9]+)(?::(\$?[A-Za-z]{1,3})([0-9]+))?(?![\w.(!:$\[])")
_ASKS_FOR_ROWS = re.compile(r"ROW|COLUMN|OFFSET|INDIRECT|ADDRESS|CELL|\[", re.IGNORECASE)


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
        self._names = {name.casefold(): target for name, target in book.names.items()}
        self._local = {
            sheet.name: {name.casefold(): target for name, target in sheet.names.items()} for sheet in book.sheets
        }
        self._sheets = {sheet.name: sheet.cells for sheet in book.sheets}
        self._spelled = {sheet.name.casefold(): sheet.name for sheet in book.sheets}
        self._ends = {name: _end(cells) for name, cells in self._sheets.items()}
        self._trust = trust_results
        self._known: dict[_Place, Value] = {
            (sheet, *parse_cell(ref)): value for (sheet, ref), value in (typed or {}).items()
        }
        self._typed = frozenset(self._known)
        self._areas: dict[tuple[str, int, int, int, int], Area] = {}
        self._open: set[_Place] = set()
        self._open_names: set[str] = set()

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

    def sheet_name(self, sheet: str) -> str | None:
        """A sheet's own spelling of its name; letter case makes no difference. None where there is none."""
        return sheet if sheet in self._sheets else self._spelled.get(sheet.casefold())

    def named(self, name: str, sheet: str = "") -> Area | Value:
        """What a defined name stands for: an area, a constant, or what its formula gives.

        A name of the asking sheet hides one of the whole workbook. A relative name would move with the cell that asks;
        it is #REF!, since an area read at another place would be a wrong number.
        """
        key = name.casefold()
        target = self._local.get(sheet, {}).get(key) or self._names.get(key)
        if target is None:
            return ErrorValue.NAME
        if target.sheet:
            return self.area(target.sheet, *parse_area(target.ref))
        return self._formula_of(key, target.ref, sheet)

    def _formula_of(self, key: str, text: str, sheet: str) -> Area | Value:
        if key in self._open_names:
            return ErrorValue.REF
        if "[" in text and "]" in text:  # another workbook, or a table
            return ErrorValue.REF
        self._open_names.add(key)
        try:
            return _compiled(text).evaluate(_OwnSheet(self, sheet))
        except FormulaSyntaxError:
            return ErrorValue.NAME
        finally:
            self._open_names.discard(key)

    def area(self, sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area; whole columns and rows as far as the sheet reaches."""
        key = (sheet, row, column, last_row, last_column)
        if key not in self._areas:
            bottom, right = self._ends.get(sheet, (1, 1))
            rows = range(row, (max(bottom, row) if last_row == MAX_ROW else last_row) + 1)
            columns = range(column, (max(right, column) if last_column == MAX_COLUMN else last_column) + 1)
            too_large = len(rows) * len(columns) > MAX_AREA
            values = tuple(tuple(self.value(sheet, r, c) for c in columns) for r in ([] if too_large else rows))
            beyond = _unused(last_row == MAX_ROW, last_column == MAX_COLUMN, len(rows), len(columns))
            self._areas[key] = ((ErrorValue.NUM,),) if too_large else _open_area(values, beyond)
        return self._areas[key]

    def _evaluate(self, cell: Cell, sheet: str) -> Value:
        try:
            text = _without_own_row(cell.formula or "", cell.row)
            result = _compiled(text).evaluate(_OwnSheet(self, sheet, cell.row))
        except FormulaSyntaxError:
            return ErrorValue.NAME
        if result is None:
            return Decimal(0)  # a formula never gives a blank: a reference to a blank cell shows 0
        return result if isinstance(result, Decimal | str | bool | ErrorValue) else ErrorValue.VALUE


class _OwnSheet:
    """The calculation as seen by a formula of one sheet; ``row`` is the formula's own."""

    __slots__ = ("_all", "_row", "_sheet")

    def __init__(self, everything: Calculation, sheet: str, row: int = _OWN_ROW) -> None:
        self._all, self._sheet, self._row = everything, sheet, row

    def name(self, name: str) -> Area | Value:
        return self._all.named(name, self._sheet)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        known = self._all.sheet_name(sheet) if sheet else self._sheet
        if known is None:
            return ErrorValue.REF
        return self._all.value(known, self._row if row == _OWN_ROW else row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        known = self._all.sheet_name(sheet) if sheet else self._sheet
        if known is None:
            return ((ErrorValue.REF,),)
        if row == last_row == _OWN_ROW:
            row = last_row = self._row
        return self._all.area(known, row, column, last_row, last_column)


_compiled = lru_cache(maxsize=65_536)(compile_formula)


def _without_own_row(formula: str, row: int) -> str:
    """The formula with references to its own row at ``_OWN_ROW``: the rows of a table then share one compiled formula.

    Formulas that ask for the number of a row, or name a column of a table, stay as they are.
    """
    if _ASKS_FOR_ROWS.search(formula):
        return formula
    parts = _QUOTED.split(formula)
    parts[::2] = (_REFERENCE.sub(partial(_moved, str(row)), part) for part in parts[::2])
    return "".join(parts)


def _moved(row: str, found: re.Match[str]) -> str:
    first, first_row, last, last_row = found.groups()
    if first_row != row or (last and last_row != row):
        return found[0]
    return f"{first}{_OWN_ROW}:{last}{_OWN_ROW}" if last else f"{first}{_OWN_ROW}"


def _unused(all_rows: bool, all_columns: bool, rows: int, columns: int) -> int:
    """Blank cells of a whole column or row beyond the used part of its sheet."""
    height, width = MAX_ROW if all_rows else rows, MAX_COLUMN if all_columns else columns
    return height * width - rows * columns


def _open_area(values: Area, beyond: int) -> Area:
    if not beyond:
        return values
    area = Range(values)
    area.beyond = beyond
    return area


def _end(places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    known = list(places)
    return max((row for row, _ in known), default=1), max((column for _, column in known), default=1)
