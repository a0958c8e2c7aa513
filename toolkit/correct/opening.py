"""Which cells of the clean workbook are opened: those asked for, and those a right answer may have to change too."""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet

from toolkit.excel.addresses import parse_cell
from toolkit.formula.operands import operands
from toolkit.model import Layout, Reading, ReadState, Scheme, Slot, SlotRole, Submission

_DEEPEST = 5
"""Calculated fields that rest on calculated fields on …: no scheme goes further."""


def typed_cells(slots: Iterable[Slot], layout: Layout) -> tuple[Slot, ...]:
    """The slots that are typed in, and what the formulas of the others rest on."""
    return tuple(dict.fromkeys(one for slot in slots for one in _inputs_of(slot, layout, 0)))


def _inputs_of(slot: Slot, layout: Layout, depth: int) -> Iterable[Slot]:
    if slot.role is not SlotRole.CALCULATED:
        return (slot,)
    if not slot.formula or depth > _DEEPEST:
        return ()
    named = (layout.slots.get(name) for name in operands(slot.formula))
    return tuple(one for found in named if found for one in _inputs_of(found, layout, depth + 1))


def touched(asked: Collection[Slot], scheme: Scheme, layout: Layout) -> frozenset[str]:
    """Keys of cells that have to agree with those asked for, without them.

    They are what stands in the same line (说明 and 自评分 of an indicator, the file name of an evidence item), the same
    table, the same indicator, and what a cross-check of the scheme names beside them.
    """
    keys = frozenset(slot.key for slot in asked)
    lines = {(slot.sheet, parse_cell(slot.cell)[0]) for slot in asked}
    tables = {slot.table for slot in asked if slot.table}
    indicators = {slot.indicator for slot in asked if slot.indicator}
    together = (names for names in _judged_together(scheme, layout) if keys & names)
    near = (
        slot.key
        for slot in layout.slots.values()
        if slot.role is not SlotRole.CALCULATED
        and (slot.table in tables or slot.indicator in indicators or (slot.sheet, parse_cell(slot.cell)[0]) in lines)
    )
    return frozenset(near).union(*together) - keys


def owed_blanks(submission: Submission, layout: Layout) -> frozenset[str]:
    """Keys of the typed cells that must be filled in and are blank in the return, and of all it has no more."""
    return frozenset(
        key
        for key, slot in layout.slots.items()
        if slot.role is not SlotRole.CALCULATED and _owed(slot, submission.readings.get(key))
    )


def _owed(slot: Slot, reading: Reading | None) -> bool:
    if reading is None or reading.state is ReadState.BLANK:
        return slot.required
    return reading.state is ReadState.REJECTED and not reading.original  # its sheet or its row was deleted


def _judged_together(scheme: Scheme, layout: Layout) -> Iterator[AbstractSet[str]]:
    """For every cross-check the cells it looks at; of a table, all of them."""
    for check in scheme.cross_checks:
        named = [one for name in operands(check.formula) for one in _slots_named(name, scheme, layout)]
        yield {cell.key for cell in typed_cells(named, layout)}


def _slots_named(name: str, scheme: Scheme, layout: Layout) -> Iterable[Slot]:
    field = scheme.field(name)
    if field is not None and field.table:
        return [slot for slot in layout.slots.values() if slot.table == field.table]
    return [layout.slots[name]] if name in layout.slots else []
