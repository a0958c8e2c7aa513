"""Every total of the master is its formula's result: the formulas are the only place where it is worked out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet
from toolkit.excel.calculation import Calculation
from toolkit.excel.new_book import NewCell, NewSheet
from toolkit.model import Value

_PLAIN = CellStyle()
_Place = tuple[int, int]


def calculated(sheets: Sequence[NewSheet]) -> tuple[NewSheet, ...]:
    """The sheets with the result of every formula that has none yet.

    Scores of single lines come with theirs: the rule was evaluated when the project was scored.
    """
    taking_part = _taking_part(sheets)
    readable = (Sheet(sheet.name, cells=_ReadableCells(_cells(sheet))) for sheet in sheets if sheet.name in taking_part)
    calculation = Calculation(Book(tuple(readable)), trust_results=True)
    return tuple(_with_results(sheet, calculation) for sheet in sheets)


def _taking_part(sheets: Sequence[NewSheet]) -> set[str]:
    """The sheets that hold formulas or are named by one; the long lists of words, most of all cells, are neither."""
    formulas = {
        sheet.name: [cell.formula for cell in sheet.cells.values() if cell.formula and cell.value is None]
        for sheet in sheets
    }
    text = "\n".join(formula for own in formulas.values() for formula in own)
    return {name for name, own in formulas.items() if own or name in text}


def _cells(sheet: NewSheet) -> Mapping[_Place, NewCell]:
    return dict(sheet.every_cell()) if sheet.table else sheet.cells


def _with_results(sheet: NewSheet, calculation: Calculation) -> NewSheet:
    results = {
        place: _result(cell, calculation.value(sheet.name, *place))
        for place, cell in sheet.cells.items()
        if cell.formula and cell.value is None
    }
    return replace(sheet, cells={**sheet.cells, **results}) if results else sheet


def _result(cell: NewCell, value: Value) -> NewCell:
    return NewCell(value, (cell.empty_look if value == "" else None) or cell.look, cell.formula)


@dataclass(frozen=True, slots=True)
class _ReadableCells(Mapping[_Place, Cell]):
    """New cells as those of a workbook that was read, each made when it is asked for: there may be a million."""

    cells: Mapping[_Place, NewCell]

    def __getitem__(self, place: _Place) -> Cell:
        cell = self.cells[place]
        return Cell(*place, cell.value, CellKind.BLANK, cell.formula or None, cell.value is not None, _PLAIN)

    def __contains__(self, place: object) -> bool:
        return place in self.cells

    def __iter__(self) -> Iterator[_Place]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)
