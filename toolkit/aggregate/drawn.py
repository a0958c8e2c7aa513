"""A layout with its drawn sheets, where figures are read from cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import Region
from toolkit.excel.new_book import Look, NewBook, NewCell, NewSheet
from toolkit.model import FieldType, Figure
from toolkit.text import amount, percent, plain, printed_score
from toolkit.text.values import shown

_WORDS: Mapping[Look, Callable[[Decimal], str]] = {
    Look.WHOLE: plain,
    Look.SCORE: printed_score,
    Look.PROVISIONAL_SCORE: printed_score,
    Look.AMOUNT: amount,
    Look.RATE: percent,
    Look.SUM_WHOLE: plain,
    Look.SUM_SCORE: printed_score,
    Look.SUM_PROVISIONAL_SCORE: printed_score,
    Look.SUM_AMOUNT: amount,
    Look.SUM_RATE: percent,
    Look.DAY: lambda value: shown(value, FieldType.DATE),
}


_KEPT_ROWS, _DRAWN_ROWS = 500, 50
"""Rows of long tables that are kept, more than one project has on any sheet, and drawn together."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layout with its drawn sheets."""

    place: MasterLayout
    book: NewBook
    _rows: dict[tuple[str, int], Mapping[int, NewCell]] = field(init=False, repr=False, default_factory=dict)

    def sheet(self, region: Region) -> NewSheet:
        """The sheet a table stands on."""
        return next(sheet for sheet in self.book.sheets if sheet.name == region.sheet)

    def _row(self, sheet: NewSheet, number: int) -> Mapping[int, NewCell]:
        """A row of a long table; those after it are asked for next, and each again and again, one column at a time."""
        key = (sheet.name, number)
        if key not in self._rows and sheet.table:
            if len(self._rows) >= _KEPT_ROWS:
                self._rows.clear()
            self._rows.update({(sheet.name, row): cells for row, cells in sheet.table.cells(number, _DRAWN_ROWS)})
        return self._rows[key]

    def figure(self, region: Region, heading: str, row: int) -> Figure:
        """The cell as a figure; a cell without a number prints —."""
        at, (part, row) = region.address(heading, row), region.part_at(row)
        sheet, column = self.sheet(part), region.column(heading)
        drawn = sheet.table is not None and row in sheet.table
        cell = self._row(sheet, row).get(column) if drawn else sheet.cells.get((row, column))
        if cell is None or not isinstance(cell.value, Decimal):
            return Figure(None, at, NOTHING)
        return Figure(cell.value, at, _WORDS.get(cell.look, plain)(cell.value))
