"""Where the columns and rows of a sheet are in its new generation: columns by heading, rows by what they are about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.excel.book import Cell, CellKind, Sheet
from toolkit.excel.table import cell_text

_DEEPEST = 12
_LEAST_HEADINGS = 2
_MOST_KEYS = 8
_RUNNING = ("序号",)
"""Headings of running numbers: what stands in row 5 now is not what stood there."""
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetMap:
    """A sheet in a person's copy and in the new generation.

    Attributes:
        columns, rows: number in the copy → number now, of what the program writes and still has.
        own: columns the person added, in order, each with its heading.
        data, data_now: first and last row under the headings, in the copy and now.
    """

    columns: Mapping[int, int]
    rows: Mapping[int, int]
    own: Mapping[int, str]
    data: tuple[int, int]
    data_now: tuple[int, int]
    placed: Mapping[int, int] = field(default_factory=dict)

    def column(self, number: int) -> int | None:
        """Where a column is now; None where it is no more."""
        return self.columns.get(number) or self.placed.get(number)

    def row(self, number: int) -> int | None:
        """Where a row is now; rows below the table keep their distance to it."""
        if number > self.data[1]:
            return number - self.data[1] + self.data_now[1]
        return self.rows.get(number)


def sheet_map(base: Sheet | None, mine: Sheet, new: Sheet) -> SheetMap:
    """Compare a sheet's three versions; without a base, what the new generation has not is the person's."""
    head_now, headings_now = _headings(new)
    known = _headings(base)[1] if base is not None else headings_now
    head, headings = _like(mine, set(known.values()))
    columns, own = _columns(headings, known, headings_now, _widest(base or new), _used(mine))
    data, data_now = (head + 1, _last_row(mine, set(columns))), (head_now + 1, _last_row(new, None))
    rows = {row: row - head + head_now for row in range(1, head + 1) if row - head + head_now > 0}
    rows |= _rows(mine, new, columns, data, data_now, headings_now)
    last = _widest(new) + 1
    placed = {column: last + place for place, column in enumerate(own)}
    return SheetMap(columns, rows, own, data, data_now, placed)


def _headings(sheet: Sheet) -> tuple[int, dict[int, str]]:
    """The first row with several texts, and column → text."""
    for row in range(1, _DEEPEST + 1):
        found = _texts(sheet, row)
        if len(found) >= _LEAST_HEADINGS:
            return row, found
    return 0, {}


def _like(sheet: Sheet, known: set[str]) -> tuple[int, dict[int, str]]:
    """The row with most of the known headings."""
    rows = ((row, _texts(sheet, row)) for row in range(1, _DEEPEST + 1))
    return max(rows, key=lambda item: (sum(text in known for text in item[1].values()), -item[0]))


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    found = {
        column: cell_text(cell).replace("\n", "").strip()
        for (at, column), cell in sheet.cells.items()
        if at == row and cell.kind is CellKind.TEXT
    }
    return dict(sorted((column, text) for column, text in found.items() if text))


def _columns(
    headings: Mapping[int, str], known: Mapping[int, str], now: Mapping[int, str], widest: int, used: Sequence[int]
) -> tuple[dict[int, int], dict[int, str]]:
    """Columns of the program with their place now, and the person's with their headings."""
    left = Counter(known.values())
    places: dict[str, list[int]] = {}
    for column, text in now.items():
        places.setdefault(text, []).append(column)
    columns: dict[int, int] = {}
    own: dict[int, str] = {}
    for column in used:
        text = headings.get(column, "")
        if text and left[text]:
            left[text] -= 1
            if places.get(text):
                columns[column] = places[text].pop(0)
        elif text or column > widest + len(own):
            own[column] = text
        else:
            columns[column] = column - len(own)
    return columns, own


def _rows(
    mine: Sheet,
    new: Sheet,
    columns: Mapping[int, int],
    data: tuple[int, int],
    data_now: tuple[int, int],
    headings: Mapping[int, str],
) -> dict[int, int]:
    """Rows that are about the same thing; of rows that read the same the first is the first."""
    back = {now: column for column, now in columns.items()}
    keys = [column for column in _telling(new, data_now, headings) if column in back]
    places: dict[Key, list[int]] = {}
    for row in range(data_now[0], data_now[1] + 1):
        places.setdefault(_key(new, row, keys), []).append(row)
    found: dict[int, int] = {}
    for row in range(data[0], data[1] + 1):
        same = places.get(_key(mine, row, [back[column] for column in keys]))
        if same:
            found[row] = same.pop(0)
    return found


def _telling(sheet: Sheet, data: tuple[int, int], headings: Mapping[int, str]) -> list[int]:
    """The first columns that tell the rows apart: typed ones, running numbers last."""
    rows = range(data[0], data[1] + 1)
    fixed = [
        column
        for column in headings
        if all(cell is None or cell.formula is None for cell in (sheet.cells.get((row, column)) for row in rows))
    ]
    chosen: list[int] = []
    for column in sorted(fixed, key=lambda column: (headings[column] in _RUNNING, column)):
        if len({_key(sheet, row, chosen) for row in rows}) == len(rows) or len(chosen) == _MOST_KEYS:
            break
        chosen.append(column)
    return chosen


def _key(sheet: Sheet, row: int, columns: Sequence[int]) -> Key:
    return tuple(_said(sheet.cells.get((row, column))) for column in columns)


def _said(cell: Cell | None) -> str:
    return cell_text(cell).strip() if cell is not None else ""


def _used(sheet: Sheet) -> list[int]:
    return sorted({column for (_, column), cell in sheet.cells.items() if _holds(cell)})


def _widest(sheet: Sheet) -> int:
    return max(_used(sheet), default=0)


def _last_row(sheet: Sheet, columns: set[int] | None) -> int:
    held = (row for (row, column), cell in sheet.cells.items() if _holds(cell) and (not columns or column in columns))
    return max(held, default=0)


def _holds(cell: Cell) -> bool:
    return cell.value not in (None, "") or cell.formula is not None
