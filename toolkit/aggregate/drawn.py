"""A layout with its drawn sheets, where figures are read from cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.aggregate.layout import MasterLayout
from toolkit.aggregate.plan import NOTHING
from toolkit.aggregate.region import Region
from toolkit.excel.new_book import Look, NewBook
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layout with its drawn sheets."""

    place: MasterLayout
    book: NewBook

    def figure(self, region: Region, heading: str, row: int) -> Figure:
        """The cell as a figure; a cell without a number prints —."""
        sheet = next(sheet for sheet in self.book.sheets if sheet.name == region.sheet)
        cell = sheet.cells.get((row, region.column(heading)))
        at = region.address(heading, row)
        if cell is None or not isinstance(cell.value, Decimal):
            return Figure(None, at, NOTHING)
        return Figure(cell.value, at, _WORDS.get(cell.look, plain)(cell.value))
