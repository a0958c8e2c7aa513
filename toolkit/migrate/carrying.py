"""Which answers of an old file go where in the new workbook, and why the others do not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from toolkit.model import Layout, Reading, ReadState, Slot, SlotRole, Submission, Value
from toolkit.text.folding import visible
from toolkit.text.slot_keys import under_codes
from toolkit.text.values import shown

_NOT_CARRIED = (ReadState.BLANK, ReadState.ERROR, ReadState.NOT_CALCULATED)
_LONGEST = 500
GONE = "新方案没有这一项"
OTHER = "这一项的名称或计量单位与新方案不同，含义可能已变"
NO_VALUE = "单元格是错误值或没有算出结果"
CALCULATED = "新方案由公式计算，不带入数值"
NO_ROW = "超出新表明细的行数"
ASKED = "新方案中同名指标“{name}”的编码是{new}，未经确认，没有带入"


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell of the old file that a person could fill in and that holds something; ``name`` is its field's key."""

    sheet: str
    cell: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """One answer carried over.

    Attributes:
        value: what the new cell holds, as it is said. reason: how the cell was known and what was done to the value.
    """

    key: str
    label: str
    old: tuple[str, str]
    new: tuple[str, str]
    original: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """One answer that stays in the old file."""

    old: tuple[str, str]
    name: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes of one file; ``values`` by (sheet, cell) of the new workbook."""

    values: Mapping[tuple[str, str], Value]
    carried: tuple[Carried, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class OtherCode:
    """An indicator of the old form that bears another code in the present scheme, by its name."""

    old: str
    name: str
    new: str


def carry(
    layout: Layout,
    submission: Submission,
    filled: Sequence[Filled],
    codes: Mapping[str, str] = MappingProxyType({}),
    asked: Sequence[OtherCode] = (),
) -> Migration:
    """Carry an old file's answers into the workbook of this layout.

    Args:
        layout: of the present workbook.
        submission: the old file as the present scheme reads it, under today's codes where they were confirmed.
        filled: every cell filled in there.
        codes: old code → today's, as confirmed.
        asked: indicators with another code that nobody has confirmed.
    """
    taken = {key: reading for key, reading in submission.readings.items() if _goes(layout, key, reading)}
    names = {(cell.sheet, cell.cell): cell.name for cell in filled}
    lines = tuple(_line(layout.slots[key], reading, names, codes) for key, reading in taken.items())
    values = {line.new: _value(taken[line.key]) for line in lines}
    places = {line.old for line in lines}
    unconfirmed = {each.old: ASKED.format(name=each.name, new=each.new) for each in asked}
    left = [_asking(each, unconfirmed) for each in _left(layout, submission, filled, places)]
    return Migration(values, lines, tuple(left))


def _asking(left: Left, unconfirmed: Mapping[str, str]) -> Left:
    words = next((unconfirmed[part] for part in left.name.split("_") if part in unconfirmed), "")
    return replace(left, reason=words) if words and left.reason in (GONE, OTHER) else left


def _goes(layout: Layout, key: str, reading: Reading) -> bool:
    slot = layout.slots.get(key)
    # A cell that meant something else then was not read: there is nothing to carry.
    held = reading.state not in _NOT_CARRIED and (reading.state is ReadState.VALUE or bool(reading.original))
    return slot is not None and slot.role is not SlotRole.CALCULATED and held


def _value(reading: Reading) -> Value:
    return reading.value if reading.state is ReadState.VALUE else reading.original


def _line(slot: Slot, reading: Reading, names: Mapping[tuple[str, str], str], codes: Mapping[str, str]) -> Carried:
    old, new = (reading.at.sheet, reading.at.cell), (slot.sheet, slot.cell)
    name = names.get(old, "")
    known = "字段名相同" if under_codes(name, codes) in (slot.key, slot.column) else "按标签文字对应"
    if under_codes(name, codes) != name:
        known = f"指标编码由{name.rpartition('_')[2]}改为{slot.indicator}（已确认），{known}"
    how = f"{known}，位置未变" if old == new else f"{known}，位置已移"
    if reading.state is not ReadState.VALUE:
        how += f"；原样带入（{reading.state.value}）"
    elif reading.rule:
        how += f"；{reading.rule}"
    value = reading.original if reading.state is not ReadState.VALUE else shown(reading.value, slot.type, slot.unit)
    return Carried(slot.key, slot.label, old, new, _short(reading.original), _short(value), how)


def _left(
    layout: Layout, submission: Submission, filled: Sequence[Filled], places: set[tuple[str, str]]
) -> Iterator[Left]:
    calculated = {
        (reading.at.sheet, reading.at.cell)
        for key, reading in submission.readings.items()
        if key in layout.slots and layout.slots[key].role is SlotRole.CALCULATED
    }
    states = {(reading.at.sheet, reading.at.cell): reading.state for reading in submission.readings.values()}
    columns = {key: table for table in layout.tables.values() for key in table.columns}
    for cell in filled:
        at = (cell.sheet, cell.cell)
        if at in places:
            continue
        if at in calculated:
            reason = CALCULATED
        elif states.get(at) in _NOT_CARRIED[1:]:
            reason = NO_VALUE
        elif any((reading.at.sheet, reading.at.cell) == at for reading in submission.readings.values()):
            reason = NO_ROW if cell.name in columns else OTHER
        else:
            reason = OTHER if cell.name in layout.slots or cell.name in columns else GONE
        yield Left(at, cell.name, _short(cell.text), reason)


def _short(text: str) -> str:
    plain = visible(text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
