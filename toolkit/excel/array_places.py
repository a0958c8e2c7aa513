"""Which cells array formulas fill, and which of those need no evaluation."""

from collections.abc import Mapping

from toolkit.excel.addresses import parse_area
from toolkit.excel.book import Sheet
from toolkit.model import Value

_At = tuple[int, int]
_MOST_FILLED = 100_000  # cells of one array formula


def array_places(sheet: Sheet) -> dict[_At, _At]:
    """Every cell an array formula fills → the cell that holds the formula; absurdly large areas count as one cell."""
    places: dict[_At, _At] = {}
    for anchor, ref in sheet.array_formulas.items():
        row, column, last_row, last_column = _area_or_cell(ref, anchor)
        places |= {(r, c): anchor for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
        places[anchor] = anchor
    return places


def _area_or_cell(ref: str, anchor: _At) -> tuple[int, int, int, int]:
    try:
        row, column, last_row, last_column = parse_area(ref)
    except ValueError:
        return (*anchor, *anchor)
    fits = (row, column) == anchor and (last_row - row + 1) * (last_column - column + 1) <= _MOST_FILLED
    return (row, column, last_row, last_column) if fits else (*anchor, *anchor)


def given_results(sheet: Sheet, filled: Mapping[_At, _At], trust_results: bool) -> dict[_At, Value]:
    """Cells that array formulas fill and that need no evaluation: typed over, or with results that are trusted."""
    given: dict[_At, Value] = {}
    for at, holder in filled.items():
        formula = sheet.cells.get(holder)
        if formula is None or not formula.formula or (trust_results and formula.cached):
            own = sheet.cells.get(at)
            given[at] = own.value if own else None
    return given
