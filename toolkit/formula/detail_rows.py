"""Rows of repeated tables (支付明细 and the like) by what they say: a verified cell stays with its row, not its number.

A unit that sends a workbook again may have inserted or deleted rows. A cell that was verified is known by the other
cells of its row; where no row, or more than one of equal standing, says the same, the value is nobody's and not used.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from toolkit.model import Field, Layout, Opinion, Reading, ReadState, Scheme, Slot, Submission, Value

_ROW = re.compile("0*[1-9][0-9]{0,6}")
"""The number of a row at the end of a key; what somebody types there may be anything."""


def column_of(scheme: Scheme, key: str) -> tuple[Field, int] | None:
    """Column and row number of the slot key of a table's cell (``支付明细_支付金额_3``); None for any other key."""
    front, _, number = key.rpartition("_")
    if not _ROW.fullmatch(number):
        return None
    found = (field for field in scheme.fields if field.table and f"{field.table}_{field.key}" == front)
    return next(((field, int(number)) for field in found), None)


def row_words(scheme: Scheme, submission: Submission, key: str) -> tuple[str, ...]:
    """What the other cells of a cell's row say, in the order of the columns; () for a cell of no table."""
    at = column_of(scheme, key)
    if at is None:
        return ()
    column, number = at
    others = [other for other in scheme.tables()[column.table] if other.key != column.key and not other.formula]
    return tuple(_words(submission.readings.get(f"{other.table}_{other.key}_{number}")) for other in others)


def placed(scheme: Scheme, submission: Submission, key: str, words: tuple[str, ...]) -> str:
    """The key of a verified cell in a return: its own, or where its row stands now; "" where no row is this one."""
    at = column_of(scheme, key)
    if at is None or not words:
        return key
    column, number = at
    rows = range(1, submission.table_rows.get(column.table, 0) + 1)
    keys = {row: f"{column.table}_{column.key}_{row}" for row in rows}
    same = [row for row in rows if row_words(scheme, submission, keys[row]) == words]
    if number in same:
        return key
    return keys[same[0]] if len(same) == 1 and any(words) else ""


def verified_fields(scheme: Scheme, submission: Submission | None, opinions: Iterable[Opinion]) -> dict[str, Value]:
    """What was verified of a project's fields, by field key, and by slot key for cells of tables."""
    values: dict[str, Value] = {}
    for opinion in opinions:
        key = opinion.item
        if opinion.row:
            key = placed(scheme, submission, key, opinion.row) if submission else ""
        if key and not opinion.indicator:
            values[key] = opinion.verified
    return values


def slot_of(layout: Layout, key: str) -> Slot | None:
    """The slot of a key; of a row the unit added, one like the last row that was prepared."""
    if key in layout.slots:
        return layout.slots[key]
    front, _, number = key.rpartition("_")
    if not _ROW.fullmatch(number):
        return None
    prepared = _prepared(layout.slots, f"{front}_")
    if prepared is None or int(number) <= prepared.row:
        return None
    label = prepared.label.replace(f"第{prepared.row}行", f"第{number}行")
    return Slot(
        key, prepared.sheet, "", prepared.role, prepared.type, label, prepared.unit, False, prepared.formula,
        choices=prepared.choices, table=prepared.table, column=prepared.column, row=int(number),
    )  # fmt: skip


def _prepared(slots: Mapping[str, Slot], front: str) -> Slot | None:
    rows = [slot for key, slot in slots.items() if slot.table and key == f"{front}{slot.row}"]
    return max(rows, key=lambda slot: slot.row, default=None)


def _words(reading: Reading | None) -> str:
    if reading is None or reading.state is ReadState.BLANK:
        return ""
    value = reading.value
    if reading.state is not ReadState.VALUE or value is None:
        return reading.original.strip()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value).strip()
