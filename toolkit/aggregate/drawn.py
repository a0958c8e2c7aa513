"""A layout with its drawn sheets, where figures are read from cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import Region
from toolkit.excel.new_book import Look, NewBook, NewRow, NewSheet
from toolkit.model import FieldType, Figure, Value
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


Said: TypeAlias = tuple[Decimal | None, str]
"""A cell's value and how it is printed."""
_NOTHING_SAID: Said = (None, NOTHING)
_KEPT_ROWS, _DRAWN_ROWS = 500, 50
"""Rows of long tables that are kept, more than one project has on any sheet, and drawn together."""


class Words:
    """How values are printed by the looks of their cells.

    Of thousands of projects most numbers are a few, 0.00 or 2.00: figures share value and text of those before them.
    """

    def __init__(self) -> None:
        self._said: dict[tuple[Look, str], Said] = {}

    def said(self, value: Value, look: Look) -> Said:
        """What a cell says; one without a number says —."""
        if not isinstance(value, Decimal):
            return _NOTHING_SAID
        key = (look, str(value))
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = value, _WORDS.get(look, plain)(value)
        return said


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layout with its drawn sheets."""

    place: MasterLayout
    book: NewBook
    words: Words = field(init=False, repr=False, default_factory=Words)
    _rows: dict[tuple[str, int], NewRow] = field(init=False, repr=False, default_factory=dict)

    def sheet(self, region: Region) -> NewSheet:
        """The sheet a table stands on."""
        return next(sheet for sheet in self.book.sheets if sheet.name == region.sheet)

    def _cell(self, sheet: NewSheet, row: int, column: int) -> tuple[Value, Look] | None:
        """Value and look of a cell; of long tables, rows after it are asked for next, and each again and again."""
        if sheet.table is None or row not in sheet.table:
            cell = sheet.cells.get((row, column))
            return cell and (cell.value, cell.look)
        key = (sheet.name, row)
        if key not in self._rows:
            if len(self._rows) >= _KEPT_ROWS:
                self._rows.clear()
            self._rows.update({(sheet.name, number): one for number, one in sheet.table.drawn(row, _DRAWN_ROWS)})
        return self._rows[key].at(column)

    def said(self, region: Region, heading: str, row: int) -> Said:
        """What a cell says."""
        part, row = region.part_at(row)
        value, look = self._cell(self.sheet(part), row, region.column(heading)) or (None, Look.PLAIN)
        return self.words.said(value, look)

    def figure(self, region: Region, heading: str, row: int) -> Figure:
        """The cell as a figure; a cell without a number prints —."""
        value, text = self.said(region, heading, row)
        return Figure(value, region.address(heading, row), text)
