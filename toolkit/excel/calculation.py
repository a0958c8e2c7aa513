"""A workbook's formulas evaluated over its own cells and names, as Excel does when it recalculates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from toolkit.excel.addresses import MAX_COLUMN, MAX_ROW, cell_name, parse_area, parse_cell
from toolkit.excel.array_places import array_places, given_results
from toolkit.excel.book import Book, Cell, NameTarget, Table
from toolkit.excel.own_row import OWN_ROW, compiled_for, corners_of, for_place
from toolkit.excel.tables import cells_meant, table_reference
from toolkit.formula import Area, FormulaSyntaxError, compile_formula
from toolkit.formula.arrays import Array, Range
from toolkit.formula.environment import MAX_AREA
from toolkit.formula.tree import TableReference
from toolkit.model import ErrorValue, Value

_Place = tuple[str, int, int]
_At = tuple[int, int]
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
        self._tables = {table.name.casefold(): (sheet.name, table) for sheet in book.sheets for table in sheet.tables}
        self._cells = {sheet.name: sheet.cells for sheet in book.sheets}
        self._hidden_rows = {sheet.name: sheet.hidden_rows for sheet in book.sheets}
        self._arrays = {sheet.name: array_places(sheet) for sheet in book.sheets}
        self._spelled = {sheet.name.casefold(): sheet.name for sheet in book.sheets}
        typed_over: dict[str, dict[_At, Value]] = {}
        for (name, ref), value in (typed or {}).items():
            typed_over.setdefault(name, {})[parse_cell(ref)] = value
        self._typed = {name: frozenset(values) for name, values in typed_over.items()}
        self._trust_results = trust_results
        self._known = {
            sheet.name: given_results(sheet, self._arrays[sheet.name], trust_results) for sheet in book.sheets
        }
        for name, values in typed_over.items():
            self._known.setdefault(name, {}).update(values)
        self._areas: dict[tuple[str, int, int, int, int], Range] = {}
        self._named: defaultdict[str, dict[str, Area]] = defaultdict(dict)
        self._filled: dict[_Place, Area] = {}
        self._open: set[_Place] = set()

    def results(self) -> Iterator[tuple[tuple[str, str], Value]]:
        """(sheet, address) → value of every formula nobody typed over."""
        for sheet, cells in self._cells.items():
            typed = self._typed.get(sheet, frozenset())
            for (row, column), cell in cells.items():
                if cell.formula and (row, column) not in typed:
                    yield (sheet, cell_name(row, column)), self.value(sheet, row, column)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell; a formula that leads back to itself is #REF!."""
        known = self._known.get(sheet)
        if known is None:
            return None
        at = (row, column)
        if at in known:
            return known[at]
        if at not in self._arrays[sheet]:
            cell = self._cells[sheet].get(at)
            if cell is None or not cell.formula or (self._trust_results and cell.cached):
                return cell.value if cell else None
        return self._worked_out((sheet, row, column))

    def _worked_out(self, place: _Place) -> Value:
        """A cell whose formula was not evaluated yet."""
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
                    self._keep(deeper.place, ErrorValue.REF)
                    continue
                waiting.add(deeper.place)
                pending.append(deeper.place)
                continue
            waiting.discard(pending.pop())
        return self._known[place[0]][place[1:]]

    def _found(self, place: _Place) -> Value:
        known, at = self._known[place[0]], place[1:]
        if at in known:
            return known[at]
        self._open.add(place)
        try:
            value = self._evaluated(place)
        except RecursionError:
            if len(self._open) == 1:
                raise
            raise _DeeperFirstError(place) from None
        self._open.discard(place)
        known[at] = value
        return value

    def _keep(self, place: _Place, value: Value) -> None:
        self._known[place[0]][place[1:]] = value

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
            return compiled_for(cell.formula or "", cell.row).within(_FromCell(self, sheet, place), place)
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
        found = self._named[sheet].get(name)
        return self._looked_up(name, sheet, place) if found is None else found

    def _looked_up(self, name: str, sheet: str, place: _At) -> Area | Value:
        owner, on_sheet, bare = name.rpartition("!")
        asked = self.sheet_name(owner) if on_sheet else sheet
        if asked is None:
            return ErrorValue.REF
        if bare.endswith("]"):
            return self._of_table(table_reference(bare), asked, place)
        target = self._local.get(asked, {}).get(bare.casefold()) or self._names.get(bare.casefold())
        if target is None:
            return self._of_table(TableReference(bare, (), ()), asked, place)
        if not target.sheet:
            return self._of_formula(target, (asked, bare.casefold()), sheet, place)
        if target.moving:
            return self.area(target.sheet, *corners_of(target, place))
        found = self._named[sheet][name] = self.area(target.sheet, *parse_area(target.ref))
        return found

    def _of_formula(self, target: NameTarget, key: tuple[str, str], sheet: str, place: _At) -> Area | Value:
        """What a name's formula gives; ``key`` is the sheet whose name it is, and the name."""
        if key in self._open_names:
            return ErrorValue.REF
        self._open_names.add(key)
        try:
            found = compile_formula(for_place(target.ref, place)).cells(_FromCell(self, sheet, place), place)
        except FormulaSyntaxError:
            return ErrorValue.NAME
        finally:
            self._open_names.discard(key)
        return found[0][0] if len(found) == len(found[0]) == 1 else Array(found)

    def _of_table(self, reference: TableReference, sheet: str, place: _At) -> Area | Value:
        """What a table, or a part of it, holds; without a table's name it is the one the formula stands in."""
        owner, table = self._tables.get(reference.table.casefold(), ("", None))
        if not reference.table:
            owner, table = sheet, self._around(sheet, place)
        if table is None:
            return ErrorValue.NAME
        corners = cells_meant(reference, table, place[0] if owner == sheet else None)
        return corners if isinstance(corners, ErrorValue) else self.area(owner, *corners)

    def _around(self, sheet: str, place: _At) -> Table | None:
        on_sheet = (table for owner, table in self._tables.values() if owner == sheet)
        return next((table for table in on_sheet if _holds(table.area, place)), None)

    def area(self, sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area; whole columns and rows as far as any sheet reaches, and one blank row further."""
        key = (sheet, row, column, last_row, last_column)
        found = self._areas.get(key)
        if found is not None:
            return found
        beyond = 0
        if row == last_row and column == last_column:
            values: Area = ((self.value(sheet, row, column),),)
        else:
            rows, columns = self._used(row, last_row, column, last_column)
            if len(rows) * len(columns) > MAX_AREA:
                return ((ErrorValue.NUM,),)
            values = tuple([self._line(sheet, row_number, columns) for row_number in rows])
            beyond = _unused(last_row == MAX_ROW, last_column == MAX_COLUMN, len(rows), len(columns))
        found = self._areas[key] = Range.of(values, row, column, beyond)
        found.subtotalled = partial(self._subtotalled, sheet, values, (row, column))
        return found

    def _used(self, row: int, last_row: int, column: int, last_column: int) -> tuple[range, range]:
        """The rows and columns of an area as far as any sheet reaches, and one row further."""
        if last_row == MAX_ROW:
            last_row = min(max(self._end[0], row) + 1, MAX_ROW)
        if last_column == MAX_COLUMN:
            last_column = max(self._end[1], column)
        return range(row, last_row + 1), range(column, last_column + 1)

    @cached_property
    def _end(self) -> _At:
        """The last row and the last column that any sheet uses."""
        return _end(place for cells in self._cells.values() for place in cells)

    def _line(self, sheet: str, row: int, columns: range) -> tuple[Value, ...]:
        return tuple([self.value(sheet, row, column) for column in columns])

    def _subtotalled(self, sheet: str, area: Area, first: _At, without_hidden: bool) -> Area:
        """An area as SUBTOTAL counts it: without other subtotals, and without hidden rows where that is asked for."""
        hidden = self._hidden_rows[sheet] if without_hidden else frozenset[int]()
        cells = self._cells[sheet]
        return tuple(
            tuple(
                None if _is_subtotal(cells.get((number, column))) else value
                for column, value in enumerate(row, first[1])
            )
            for number, row in enumerate(area, first[0])
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
        return self._all.value(known, self._place[0] if row == OWN_ROW else row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        known = self._all.sheet_name(sheet) if sheet else self._sheet
        if known is None:
            return ((ErrorValue.REF,),)
        if last_row == OWN_ROW:
            row, last_row = self._place[0] if row == OWN_ROW else row, self._place[0]
        return self._all.area(known, row, column, last_row, last_column)


def _holds(area: tuple[int, int, int, int], place: _At) -> bool:
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def _is_subtotal(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.formula) and "SUBTOTAL(" in (cell.formula or "").upper()


def _unused(all_rows: bool, all_columns: bool, rows: int, columns: int) -> int:
    """Blank cells of a whole column or row beyond the used part of its sheet."""
    if not (all_rows or all_columns):
        return 0
    height, width = MAX_ROW if all_rows else rows, MAX_COLUMN if all_columns else columns
    return height * width - rows * columns


def _end(places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    known = list(places)
    return max((row for row, _ in known), default=1), max((column for _, column in known), default=1)
