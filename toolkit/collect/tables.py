"""Repeated tables in a returned workbook: as many rows as the unit made of them, inserted inside or written below.

The area is the one the defined names give; without names the headings find the columns. Rows are numbered anew from 1;
a row the unit deleted is REMOVED, one it added gets the next number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.collect.anchors import address, text_at, text_places
from toolkit.collect.locate import How, Place
from toolkit.excel.addresses import cell_name, column_index, parse_area
from toolkit.excel.book import Book, Sheet
from toolkit.model import Layout, Slot, TableArea
from toolkit.text.folding import squeeze

_TOTAL_WORDS = ("合计", "总计", "小计", "共计")
_MOST_ROWS = 5_000
_MOST_SPOTS = 64  # kept
_REACH = 3  # rows above and below a table that belong to it


@dataclass(frozen=True, slots=True)
class _Area:
    """Where a table stands now.

    ``columns`` maps field key → column number; ``below`` are the texts that stood under the table's last row.
    """

    sheet: Sheet
    first_row: int
    last_row: int
    columns: dict[str, int]
    below: frozenset[str]


Slots = Mapping[tuple[str, int], Slot]
"""The slots of a table by column and row."""
Places = Mapping[str, Place]
_Spot = tuple[str, str, int, tuple[tuple[str, int], ...], int]
"""Where a table stands: its name, the sheet's, the first row, its columns, how many rows are in use."""


class TableFinder:
    """Finds the tables of a layout in returned workbooks; of tables at the same spot gives the same places."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._slots: dict[str, dict[tuple[str, int], Slot]] = {name: {} for name in layout.tables}
        for slot in layout.slots.values():
            if slot.table in self._slots:
                self._slots[slot.table][slot.column, slot.row] = slot
        self._below = {name: _texts_below(layout, table) for name, table in layout.tables.items()}
        self._missing = {name: _missing(slots) for name, slots in self._slots.items()}
        self._known: dict[_Spot, Places] = {}

    def find(self, book: Book, sheets: Mapping[str, Sheet]) -> tuple[dict[str, Place], dict[str, int]]:
        """Places of all cells of all tables by key, and the number of rows of each table."""
        places: dict[str, Place] = {}
        rows: dict[str, int] = {}
        for name, table in self._layout.tables.items():
            below = self._below[name]
            area = _by_names(book, table, below) or _by_headings(sheets.get(table.sheet), self._layout, table, below)
            found = self._places(name, area) if area else self._missing[name]
            places |= found
            rows[name] = max((place.slot.row for place in found.values() if place.placed), default=0)
        return places, rows

    def _places(self, name: str, area: _Area) -> Places:
        slots = self._slots[name]
        prepared = max(row for _, row in slots)
        used = _row_count(area, prepared)
        spot = name, area.sheet.name, area.first_row, tuple(area.columns.items()), used
        if spot not in self._known:
            if len(self._known) >= _MOST_SPOTS:
                self._known.clear()
            self._known[spot] = _places(area, slots, prepared, used)
        return self._known[spot]


def _missing(slots: Slots) -> Places:
    return {slot.key: Place(slot, How.MISSING) for slot in slots.values()}


def _places(area: _Area, slots: Slots, prepared: int, used: int) -> Places:
    places = {}
    for column in dict.fromkeys(column for column, _ in slots):
        for row in range(1, max(used, prepared) + 1):
            slot = slots.get((column, row)) or _added(slots[column, prepared], row)
            places[slot.key] = _place(area, slot, used)
    return places


def _place(area: _Area, slot: Slot, used: int) -> Place:
    column = area.columns.get(slot.column)
    if slot.row > used:
        return Place(slot, How.REMOVED)
    if column is None:
        return Place(slot, How.MISSING)
    return Place(slot, How.NAME, area.sheet.name, area.first_row + slot.row - 1, column)


def _added(last: Slot, row: int) -> Slot:
    """The slot of a row the unit added: like the last prepared one, numbered on."""
    key = f"{last.key.removesuffix(str(last.row))}{row}"
    label = last.label.replace(f"第{last.row}行", f"第{row}行")
    return replace(last, key=key, label=label, row=row, cell="", required=False)


def _row_count(area: _Area, prepared: int) -> int:
    """How many rows hold data or were prepared; the area may be shorter (rows deleted) or go on below its end."""
    inside = 0
    for number, row in enumerate(_data_rows(area), start=1):
        if area.first_row + number - 1 <= area.last_row:
            inside = number if number <= prepared or _filled(area, row) else inside
        elif _filled(area, row) and inside == number - 1:
            inside = number
        else:
            break
    return inside


def _data_rows(area: _Area) -> Iterator[int]:
    """Row numbers from the first on, up to the row of sums."""
    for row in range(area.first_row, area.first_row + _MOST_ROWS):
        if _closing(area, row):
            return
        yield row


def _closing(area: _Area, row: int) -> bool:
    first = min(area.columns.values())
    texts = (text_at(area.sheet, row, column) for column in range(max(first - 3, 1), first + len(area.columns)))
    return any(text in area.below or text.startswith(_TOTAL_WORDS) for text in texts if text)


def _texts_below(layout: Layout, table: TableArea) -> frozenset[str]:
    texts = set()
    for (sheet, ref), content in layout.fixed.items():
        row, _ = address(ref)
        if sheet == table.sheet and table.last_row < row <= table.last_row + _REACH and not content.startswith("="):
            texts.add(squeeze(content))
    return frozenset(text for text in texts if not text.isdigit())


def _filled(area: _Area, row: int) -> bool:
    cells = (area.sheet.cells.get((row, column)) for column in area.columns.values())
    return any(cell is not None and cell.value not in (None, "") and cell.formula is None for cell in cells)


def _by_names(book: Book, table: TableArea, below: frozenset[str]) -> _Area | None:
    """The area as the columns' defined names give it; they must agree on the sheet and overlap in rows."""
    columns: dict[str, int] = {}
    sheet, first, last = "", 0, 0
    for key in table.columns:
        target = book.names.get(key)
        if target is None or target.anchor is None or (sheet and target.sheet != sheet):
            continue
        top, left, bottom, _ = parse_area(target.ref)
        sheet, columns[key] = target.sheet, left
        first, last = min(first or top, top), max(last, bottom)
    found = book.sheet(sheet) if columns else None
    if found is None or len(columns) < len(table.columns):
        return None
    return _Area(found, first, last, columns, below)


def _by_headings(sheet: Sheet | None, layout: Layout, table: TableArea, below: frozenset[str]) -> _Area | None:
    """The area under the headings, which must stand once each and in one row; the row count is as prepared."""
    if sheet is None or table.first_row <= _REACH:
        return None
    places = text_places(sheet)
    # Between the headings and the first row there may be a row of examples.
    candidates = (_under_heading(places, layout, table, above) for above in range(1, _REACH + 1))
    first, columns = next((found for found in candidates if found), (0, {}))
    return _Area(sheet, first, first + table.last_row - table.first_row, columns, below) if first else None


def _under_heading(
    places: Mapping[str, list[tuple[int, int]]], layout: Layout, table: TableArea, above: int
) -> tuple[int, dict[str, int]] | None:
    """First row and columns, by the texts that stood so many rows above the first row."""
    columns: dict[str, int] = {}
    rows: set[int] = set()
    for key, letters in table.columns.items():
        text = squeeze(layout.fixed.get((table.sheet, cell_name(table.first_row - above, column_index(letters))), ""))
        if len(found := places.get(text, [])) != 1:
            return None
        row, columns[key] = found[0]
        rows.add(row)
    return (rows.pop() + above, columns) if len(rows) == 1 else None
