"""Every total of the master is its formula's result: the formulas are the only place where it is worked out.

Long tables bring their results with them. Of theirs only the columns that totals look into are held, and areas over
them for as long as the totals beside one another ask for the same ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.excel.new_book import LongTable, NewCell, NewSheet
from toolkit.excel.own_row import OWN_ROW, compiled_for
from toolkit.formula import Area
from toolkit.formula.arrays import Range
from toolkit.model import ErrorValue, Value

_AREAS = 8
"""Areas that are held: a row of 单位汇总 asks for seven."""
_Place = tuple[str, int, int]
_Corners = tuple[str, int, int, int, int]


def calculated(sheets: Sequence[NewSheet]) -> tuple[NewSheet, ...]:
    """The sheets with the result of every formula that has none yet.

    Scores of single lines come with theirs: the rule was evaluated when the project was scored.
    """
    values = SheetValues(sheets)
    return tuple(_with_results(sheet, values) for sheet in sheets)


def _with_results(sheet: NewSheet, values: "SheetValues") -> NewSheet:
    results = {
        place: _result(cell, values.value(sheet.name, *place))
        for place, cell in sheet.cells.items()
        if cell.formula and cell.value is None
    }
    return replace(sheet, cells={**sheet.cells, **results}) if results else sheet


def _result(cell: NewCell, value: Value) -> NewCell:
    return NewCell(value, cell.look, cell.formula)


class SheetValues:
    """What the cells of new sheets hold; a formula without a result is evaluated when it is asked for, once."""

    def __init__(self, sheets: Iterable[NewSheet]) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._columns = {name: _Columns(sheet.table) for name, sheet in self._sheets.items() if sheet.table}
        self._known: dict[_Place, Value] = {}
        self._areas: dict[_Corners, Area] = {}
        self._note_columns()

    def value(self, sheet: str, row: int, column: int) -> Value:
        """One cell's value."""
        drawn = self._sheets.get(sheet)
        if drawn is None:
            return ErrorValue.REF
        if drawn.table is not None and row in drawn.table:
            return self._columns[sheet].of(column)[row - drawn.table.first]
        cell = drawn.cells.get((row, column))
        if cell is None or cell.value is not None or not cell.formula:
            return cell.value if cell else None
        place = (sheet, row, column)
        if place not in self._known:
            self._known[place] = self.evaluated(cell.formula, place)
        return self._known[place]

    def evaluated(self, formula: str, place: _Place, own: Mapping[int, Value] | None = None) -> Value:
        """The result of a formula at a place; ``own``: column → value of its own row, instead of the sheet's."""
        environment = _FromCell(self, place, own)
        return compiled_for(formula, place[1]).evaluate(environment, place=place[1:])

    def area(self, sheet: str, row: int, column: int, last_row: int, last_column: int) -> Area:
        """The values of an area; those asked for last are kept."""
        corners = (sheet, row, column, last_row, last_column)
        found = self._areas.pop(corners, None)
        if found is None:
            found = Range.of(tuple(self._lines(corners)), row, column)
        self._areas[corners] = found
        if len(self._areas) > _AREAS:
            del self._areas[next(iter(self._areas))]
        return found

    def _lines(self, corners: _Corners) -> Iterator[tuple[Value, ...]]:
        sheet, row, column, last_row, last_column = corners
        columns, table = range(column, last_column + 1), self._sheets[sheet].table if sheet in self._sheets else None
        if table is None or row >= table.first + table.count or last_row < table.first:
            yield from self._held(sheet, range(row, last_row + 1), columns)
            return
        first, end = max(row, table.first), min(last_row + 1, table.first + table.count)
        yield from self._held(sheet, range(row, first), columns)
        part = slice(first - table.first, end - table.first)
        yield from zip(*(self._columns[sheet].of(one)[part] for one in columns), strict=True)
        yield from self._held(sheet, range(end, last_row + 1), columns)

    def _held(self, sheet: str, rows: range, columns: range) -> Iterator[tuple[Value, ...]]:
        return (tuple(self.value(sheet, row, column) for column in columns) for row in rows)

    def _note_columns(self) -> None:
        """Which columns of long tables formulas look into: one drawing of a table gives all of them."""
        for sheet in self._sheets.values():
            for (row, _), cell in sheet.cells.items():
                if cell.formula and cell.value is None:
                    for asked in compiled_for(cell.formula, row).formula.cells:
                        table = self._columns.get(asked.sheet or sheet.name)
                        if table is not None:
                            table.wanted.update(range(asked.column, asked.last_column + 1))


@dataclass(slots=True)
class _Columns:
    """Columns of a long table."""

    table: LongTable
    wanted: set[int] = field(default_factory=set)
    _found: dict[int, list[Value]] = field(default_factory=dict)

    def of(self, column: int) -> list[Value]:
        """One column's values, from the first row to the last."""
        if column not in self._found:
            self.wanted.add(column)
            self._found |= self.table.columns(sorted(self.wanted - self._found.keys()))
        return self._found[column]


class _FromCell:
    """The sheets as seen by a formula of one cell."""

    __slots__ = ("_all", "_own", "_place")

    def __init__(self, everything: SheetValues, place: _Place, own: Mapping[int, Value] | None) -> None:
        self._all, self._place, self._own = everything, place, own

    def name(self, name: str) -> Value:  # noqa: ARG002 - the master defines no names
        return ErrorValue.NAME

    def cell(self, sheet: str | None, row: int, column: int) -> Value:
        row = self._place[1] if row == OWN_ROW else row
        if self._own is not None and sheet is None and row == self._place[1]:
            return self._own.get(column)
        return self._all.value(sheet or self._place[0], row, column)

    def area(self, sheet: str | None, row: int, column: int, last_row: int, last_column: int) -> Area:
        if last_row == OWN_ROW:
            row, last_row = self._place[1] if row == OWN_ROW else row, self._place[1]
        return self._all.area(sheet or self._place[0], row, column, last_row, last_column)
