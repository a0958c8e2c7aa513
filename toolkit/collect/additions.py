"""What a unit wrote outside the cells it was asked to fill in. It is read nowhere, so it must be told."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from toolkit.collect.arrangement import Arrangement, Spot
from toolkit.collect.normalise import original_text
from toolkit.excel.addresses import cell_name
from toolkit.excel.book import Book, Cell
from toolkit.model import CellRef, Difference, DifferenceKind
from toolkit.text.folding import squeeze, visible

_SHOWN = 60  # characters of a row that fit a message


def additions(book: Book, file_name: str, arrangement: Arrangement) -> Iterator[Difference]:
    """One difference for each row of an asked sheet with content where none was asked for, its cells in their order.

    A row with a text of the form where none was expected moved there as a whole: it is no addition.
    """
    for name, spoken_for in arrangement.spoken_for.items():
        sheet = book.sheet(name)
        spots = sheet.cells.keys() - spoken_for if sheet else frozenset()
        if sheet is None or not spots:
            continue
        generated = arrangement.texts_of(name)
        for row, cells in sorted(_by_row(sheet.cells, spots).items()):
            texts = {column: text for column, cell in sorted(cells.items()) if (text := visible(original_text(cell)))}
            if texts and generated.isdisjoint(map(squeeze, texts.values())):
                at = CellRef(file_name, name, cell_name(row, min(texts)))
                yield Difference(at, "", DifferenceKind.ADDED, "、".join(texts.values())[:_SHOWN], "")


def _by_row(cells: Mapping[Spot, Cell], spots: AbstractSet[Spot]) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = defaultdict(dict)
    for row, column in spots:
        cell = cells[row, column]
        if cell.value is not None or cell.formula:
            rows[row][column] = cell
    return rows
