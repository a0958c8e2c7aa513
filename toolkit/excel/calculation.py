"""A workbook's formulas evaluated over its own cells and names, as Excel does when it recalculates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, cell_name, parse_area, parse_cell
from toolkit.excel.book import Book, Cell, NameTarget, Sheet
from toolkit.formula import Area, Compiled, Formula, FormulaSyntaxError, compile_formula, parse
from toolkit.formula.arrays import Array, Range
from toolkit.formula.environment import MAX_AREA
from toolkit.formula.tree import Reference, moved
from toolkit.model import ErrorValue, Value

_Place = tuple[str, int, int]
_OWN_ROW = MAX_ROW - 1
"""Stands for a formula's own row in compiled formulas; no workbook reaches so far down."""
_QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
_REFERENCE = re.compile(r"(?<![\w.!$:\]'])(\$?[A-Za-z]{1,3})([0-9]+)(?::(\$?[A-Za-z]{1,3})([0-9]+))?(?![\w.(!:$\[])")
_ASKS_FOR_ROWS = re.compile(r"ROW|COLUMN|SUMIF\(|\[", re.IGNORECASE)
_MOST_FILLED = 100_000  # cells of one array formula
_DEEPEST = 12  # cells evaluated inside one another; what lies deeper is evaluated first


class _DeeperFirstError(Exception):
    """A cell so far down a chain of formulas that it must be evaluated before those that need it."""

    def __init__(self, place: _Place) -> None:
        super().__init__(place)
        self.place = place


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
        self._open_names: set[tuple[str, str]] = set()
        self._cells = {sheet.name: sheet.cells for sheet in book.sheets}
        self._hidden_rows = {sheet.name: sheet.hidden_rows for sheet in book.sheets}
        self._arrays = {sheet.name: _array_places(sheet) for sheet in book.sheets}
        self._spelled = {sheet.name.casefold(): sheet.name for sheet in book.sheets}
        self._ends = {sheet.name: _end(sheet.cells) for sheet in book.sheets}
        self._trust = trust_results
        self._known: dict[_Place, Value] = {
            (sheet, *parse_cell(ref)): value for (sheet, ref), value in (typed or {}).items()
        }
        self._typed = frozenset(self._known)
        self._areas: dict[tuple[str, int, int, int, int], Area] = {}
        self._filled: dict[_Place, Area] = {}
        self._open: set[_Place] = set()

    def results(self) -> Iterator[tuple[tuple[str, str], Value]]:
        """(sheet, address) → value of every formula nobody typed over."""
        for sheet, cells in self._cells.items():
            for (row, column), cell in cells.items():
                if cell.formula and (sheet, row, column) not in self._typed:
                    yield (sheet, cell_name(row, column)), self.value(sheet, row, column)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell; a formula that leads back to itself is #REF!."""
        place = (sheet, row, column)
        if place in self._known:
            return self._known[place]
        anchor = self._arrays.get(sheet, {}).get((row, column), (row, column))
        cell = self._cells.get(sheet, {}).get(anchor)
        if cell is None or not cell.formula or (self._trust and cell.cached):
            own = self._cells.get(sheet, {}).get((row, column))
            return own.value if own else None
        if place in self._open:
            return ErrorValue.REF
        if not self._open:
            return self._from_the_bottom(place)
        if len(self._open) >= _DEEPEST:
            raise _DeeperFirstError(place)
        return self._found(place)

    def _from_the_bottom(self, place: _Place) -> Value:
        """One cell, after the cells far down its chain of formulas: Python's own stack is short."""
        pending = [place]
        waiting = {place}
        while pending:
            try:
                self._found(pending[-1])
            except _DeeperFirstError as deeper:
                self._open.clear()
                if deeper.place in waiting:  # a circle longer than what is evaluated at once
                    self._known[deeper.place] = ErrorValue.REF
                    continue
                waiting.add(deeper.place)
                pending.append(deeper.place)
                continue
            waiting.discard(pending.pop())
        return self._known[place]

    def _found(self, place: _Place) -> Value:
        if place in self._known:
            return self._known[place]
        self._open.add(place)
        try:
            self._known[place] = self._evaluated(place)
        except RecursionError:
            if len(self._open) == 1:
                raise
            raise _DeeperFirstError(place) from None
        self._open.discard(place)
        return self._known[place]

    def _evaluated(self, place: _Place) -> Value:
        sheet, row, column = place
        anchor = self._arrays[sheet].get((row, column))
        if anchor is None:
            return self._of_ordinary_cell(self._cells[sheet][row, column], sheet)
        filled = self._of_array_formula(sheet, anchor)
        down, across = row - anchor[0], column - anchor[1]
        # A single value, row or column fills the whole area of its formula.
        line = filled[0] if len(filled) == 1 else filled[down] if down < len(filled) else (ErrorValue.NA,)
        return line[0] if len(line) == 1 else line[across] if across < len(line) else ErrorValue.NA

    def _of_ordinary_cell(self, cell: Cell, sheet: str) -> Value:
        place = (cell.row, cell.column)
        try:
            text = _without_own_row(cell.formula or "", cell.row)
            return _compiled(text).evaluate(_FromCell(self, sheet, place), place=place)
        except FormulaSyntaxError:
            return ErrorValue.NAME

    def _of_array_formula(self, sheet: str, anchor: tuple[int, int]) -> Area:
        key = (sheet, *anchor)
        if key not in self._filled:
            text = self._cells[sheet][anchor].formula or ""
            try:
                filled = compile_formula(text).cells(_FromCell(self, sheet, anchor), anchor)
            except FormulaSyntaxError:
                filled = ((ErrorValue.NAME,),)
            self._filled[key] = filled
        return self._filled[key]

    def sheet_name(self, sheet: str) -> str | None:
        """A sheet's own spelling of its name; letter case makes no difference. None where there is none."""
        return sheet if sheet in self._cells else self._spelled.get(sheet.casefold())

    def named(self, name: str, sheet: str = "", place: tuple[int, int] = (1, 1)) -> Area | Value:
        """What a defined name stands for: an area, a constant, or what its formula gives.

        A name of the asking sheet hides one of the whole workbook; ``Sheet1!name`` asks for that sheet's. A relative
        name moves with the ``place`` (row, column) of the cell that asks.
        """
        owner, on_sheet, bare = name.rpartition("!")
        asked = self.sheet_name(owner) if on_sheet else sheet
        if asked is None:
            return ErrorValue.REF
        target = self._local.get(asked, {}).get(bare.casefold()) or self._names.get(bare.casefold())
        if target is None:
            return ErrorValue.NAME
        if target.sheet:
            return self.area(target.sheet, *_corners(target, place))
        key = (asked, bare.casefold())
        if key in self._open_names:
            return ErrorValue.REF
        self._open_names.add(key)
        try:
            found = compile_formula(_for_place(target.ref, place)).cells(_FromCell(self, sheet, place), place)
        except FormulaSyntaxError:
            return ErrorValue.NAME
        finally:
            self._open_names.discard(key)
        return found[0][0] if len(found) == len(found[0]) == 1 else Array(found)

    def area(self, sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area; whole columns and rows as far as the sheet reaches."""
        key = (sheet, row, column, last_row, last_column)
        if key not in self._areas:
            bottom, right = self._ends.get(sheet, (1, 1))
            rows = range(row, (max(bottom, row) if last_row == MAX_ROW else last_row) + 1)
            columns = range(column, (max(right, column) if last_column == MAX_COLUMN else last_column) + 1)
            if len(rows) * len(columns) > MAX_AREA:
                return ((ErrorValue.NUM,),)
            values = tuple(tuple(self.value(sheet, r, c) for c in columns) for r in rows)
            beyond = _unused(last_row == MAX_ROW, last_column == MAX_COLUMN, len(rows), len(columns))
            found = Range.of(values, row, column, beyond)
            found.subtotalled = partial(self._subtotalled, sheet, found)
            self._areas[key] = found
        return self._areas[key]

    def _subtotalled(self, sheet: str, area: Range, without_hidden: bool) -> Area:
        """An area as SUBTOTAL counts it: without other subtotals, and without hidden rows where that is asked for."""
        hidden = self._hidden_rows[sheet] if without_hidden else frozenset[int]()
        cells = self._cells[sheet]
        return tuple(
            tuple(
                None if _is_subtotal(cells.get((number, column))) else value
                for column, value in enumerate(row, area.column)
            )
            for number, row in enumerate(area, area.row)
            if number not in hidden
        ) or ((None,),)


class _FromCell:
    """The calculation as seen by a formula of one cell."""

    __slots__ = ("_all", "_place", "_sheet")

    def __init__(self, everything: Calculation, sheet: str, place: tuple[int, int]) -> None:
        self._all, self._sheet, self._place = everything, sheet, place

    def name(self, name: str) -> Area | Value:
        return self._all.named(name, self._sheet, self._place)

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        known = self._all.sheet_name(sheet) if sheet else self._sheet
        if known is None:
            return ErrorValue.REF
        return self._all.value(known, self._place[0] if row == _OWN_ROW else row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        known = self._all.sheet_name(sheet) if sheet else self._sheet
        if known is None:
            return ((ErrorValue.REF,),)
        if row == last_row == _OWN_ROW:
            row = last_row = self._place[0]
        return self._all.area(known, row, column, last_row, last_column)


@lru_cache(maxsize=65_536)
def _compiled(text: str) -> Compiled:
    return compile_formula(text, arrays=False)


def _without_own_row(formula: str, row: int) -> str:
    """The formula with references to its own row at ``_OWN_ROW``: the rows of a table then share one compiled formula.

    Formulas that ask for the number of a row, name a column of a table, or stretch an area (SUMIF) stay as they are.
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


def _for_place(text: str, place: tuple[int, int]) -> Formula:
    """The formula of a name as it reads for the cell that uses it: the file keeps it as it reads in A1."""
    formula = parse(text)
    if all(all(reference.fixed) for reference in formula.cells):
        return formula
    return replace(formula, tree=moved(formula.tree, place[0] - 1, place[1] - 1))


def _corners(target: NameTarget, place: tuple[int, int]) -> tuple[int, int, int, int]:
    """First row, first column, last row and last column of a name that is a plain area."""
    tree = _for_place(target.moving, place).tree if target.moving else None
    if not isinstance(tree, Reference):
        return parse_area(target.ref)
    return tree.row, tree.column, tree.last_row, tree.last_column


def _array_places(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell an array formula fills → the cell that holds the formula; absurdly large areas count as one cell."""
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for anchor, ref in sheet.array_formulas.items():
        row, column, last_row, last_column = _area_or_cell(ref, anchor)
        places |= {(r, c): anchor for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
        places[anchor] = anchor
    return places


def _area_or_cell(ref: str, anchor: tuple[int, int]) -> tuple[int, int, int, int]:
    try:
        row, column, last_row, last_column = parse_area(ref)
    except ValueError:
        return (*anchor, *anchor)
    fits = (row, column) == anchor and (last_row - row + 1) * (last_column - column + 1) <= _MOST_FILLED
    return (row, column, last_row, last_column) if fits else (*anchor, *anchor)


def _is_subtotal(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.formula) and "SUBTOTAL(" in (cell.formula or "").upper()


def _unused(all_rows: bool, all_columns: bool, rows: int, columns: int) -> int:
    """Blank cells of a whole column or row beyond the used part of its sheet."""
    height, width = MAX_ROW if all_rows else rows, MAX_COLUMN if all_columns else columns
    return height * width - rows * columns


def _end(places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    known = list(places)
    return max((row for row, _ in known), default=1), max((column for _, column in known), default=1)
