"""A workbook of an older scheme: which of its cells still mean what the present scheme means by them.

A name like ``完成值_A101`` may have belonged to another indicator, or to an amount in another unit. A cell is taken
only while the texts that say what it is (indicator code and name, label, unit of measure) stand where they should.
A field's key says itself what the field is: a cell that carries it as its name is taken under another label too, unless
that label names another unit of measure.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.collect.anchors import address, text_at, text_places
from toolkit.collect.fixed import FixedText, FixedTexts
from toolkit.collect.locate import How, Place
from toolkit.excel.addresses import column_index
from toolkit.excel.book import Book, Sheet
from toolkit.formula import FormulaSyntaxError, compare
from toolkit.model import Layout, Reading, ReadState, Slot, SlotRole
from toolkit.text.folding import squeeze

_UNIT_IN_LABEL = re.compile(r"[(（]\s*(亿元|万元|元|%)\s*[)）]")
_HEADING_REACH = 3  # rows above a table in which its headings stand


def without_other_meanings(
    places: Mapping[str, Place], book: Book, layout: Layout, fixed: FixedTexts
) -> dict[str, Place]:
    """The same places, OUTDATED where the older workbook asked for something else."""
    signs = _Signs(layout, fixed)
    texts: dict[str, Mapping[str, list[tuple[int, int]]]] = {}
    checked = {}
    for key, place in places.items():
        sheet = book.sheet(place.sheet) if place.placed else None
        if sheet is not None and sheet.name not in texts:
            texts[sheet.name] = text_places(sheet)
        agrees = sheet is None or _agrees(place, sheet, texts[sheet.name], signs)
        checked[key] = place if agrees else replace(place, how=How.OUTDATED)
    return checked


def recalculated_only(readings: Mapping[str, Reading], places: Mapping[str, Place]) -> dict[str, Reading]:
    """The same readings; calculated cells whose formula was another one then are left to our own calculation."""
    return {key: _left_to_us(reading, places[key]) for key, reading in readings.items()}


def _left_to_us(reading: Reading, place: Place) -> Reading:
    if place.slot.role is not SlotRole.CALCULATED or _same_formula(place.slot.formula, reading.formula):
        return reading
    return replace(reading, state=ReadState.NOT_CALCULATED, value=None, formula="")


def _same_formula(ours: str, theirs: str) -> bool:
    try:
        return ours == theirs or compare(ours, theirs).verdict.is_same
    except FormulaSyntaxError:
        return False


class _Signs:
    """The texts that say what a slot asks for."""

    def __init__(self, layout: Layout, fixed: FixedTexts) -> None:
        self._layout = layout
        self._rows: dict[tuple[str, int], list[FixedText]] = defaultdict(list)
        self._codes: dict[str, str] = {}
        wanted = {slot.indicator for slot in layout.slots.values() if slot.indicator}
        for sheet, texts in fixed.by_sheet.items():
            for text in texts:
                self._rows[sheet, text.row].append(text)
                # "A101\n立项依据充分性": code and name together, once for all rows of the indicator
                code = text.content.split("\n")[0].strip()
                if code in wanted:
                    self._codes.setdefault(code, text.squeezed)

    def in_row(self, slot: Slot) -> list[str]:
        """Texts of the slot's own row: its label and its unit."""
        if slot.table:
            return []
        label = squeeze(slot.label)
        return [text for text in self._texts(slot) if text == slot.unit or (len(text) > 1 and text in label)]

    def unit_in_row(self, slot: Slot) -> list[str]:
        """The slot's unit, where its own row says it."""
        return [text for text in self._texts(slot) if text == slot.unit]

    def _texts(self, slot: Slot) -> list[str]:
        row, _ = address(slot.cell)
        return [text.squeezed for text in self._rows[slot.sheet, row] if text.squeezed]

    def anywhere(self, slot: Slot) -> list[str]:
        """Texts that have to be on the sheet: the indicator's code and name, a table column's heading."""
        if slot.table:
            return self._headings(slot)
        return [self._codes[slot.indicator]] if slot.indicator in self._codes else []

    def _headings(self, slot: Slot) -> list[str]:
        table = self._layout.tables[slot.table]
        column, label = column_index(table.columns[slot.column]), squeeze(slot.label).split("（")[0].split("(")[0]
        rows = range(table.first_row - _HEADING_REACH, table.first_row)
        near = (one for row in rows for one in self._rows.get((table.sheet, row), ()))
        return [cell.squeezed for cell in near if cell.column == column and cell.squeezed.startswith(label)]


def _agrees(place: Place, sheet: Sheet, texts: Mapping[str, list[tuple[int, int]]], signs: _Signs) -> bool:
    if _is_named_field(place):
        wanted = [] if place.slot.table else signs.unit_in_row(place.slot)
        return _in_row(place, sheet, texts, wanted) and not _other_unit(place, sheet)
    if not all(sign in texts for sign in signs.anywhere(place.slot)):
        return False
    return _in_row(place, sheet, texts, signs.in_row(place.slot))


def _is_named_field(place: Place) -> bool:
    return place.how is How.NAME and not place.slot.indicator


def _in_row(place: Place, sheet: Sheet, texts: Mapping[str, list[tuple[int, int]]], wanted: Sequence[str]) -> bool:
    return all(any(text_at(sheet, *at) == text and at[0] == place.row for at in texts.get(text, ())) for text in wanted)


def _other_unit(place: Place, sheet: Sheet) -> bool:
    """Whether the label beside the cell (above it, in a table) names a unit that is not the slot's."""
    if place.slot.table:
        first = place.row - place.slot.row + 1
        labels = [text_at(sheet, row, place.column) for row in range(first - _HEADING_REACH, first)]
    else:
        labels = [text_at(sheet, place.row, column) for column in range(1, place.column)]
    said = [unit[1] for label in labels if (unit := _UNIT_IN_LABEL.search(label))]
    return bool(said) and bool(place.slot.unit) and place.slot.unit not in said
