"""Every total of the master is its formula's result: the formulas are the only place where it is worked out."""

from dataclasses import replace

from toolkit.excel.book import Book, Cell, CellKind, CellStyle, Sheet
from toolkit.excel.calculation import Calculation
from toolkit.excel.new_book import NewCell, NewSheet

_PLAIN = CellStyle()


def calculated(sheets: tuple[NewSheet, ...]) -> tuple[NewSheet, ...]:
    """The sheets with the result of every formula that has none yet.

    Scores of single lines come with theirs: the rule was evaluated when the project was scored.
    """
    calculation = Calculation(Book(tuple(map(_readable, sheets))), trust_results=True)

    def result(sheet: str, place: tuple[int, int], cell: NewCell) -> NewCell:
        if not cell.formula or cell.value is not None:
            return cell
        value = calculation.value(sheet, *place)
        return NewCell(value, (cell.empty_look if value == "" else None) or cell.look, cell.formula)

    return tuple(
        replace(sheet, cells={place: result(sheet.name, place, cell) for place, cell in sheet.cells.items()})
        for sheet in sheets
    )


def _readable(sheet: NewSheet) -> Sheet:
    return Sheet(
        sheet.name,
        cells={
            (row, column): Cell(
                row, column, cell.value, CellKind.BLANK, cell.formula or None, cell.value is not None, _PLAIN
            )
            for (row, column), cell in sheet.cells.items()
        },
    )
