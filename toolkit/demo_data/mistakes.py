"""The typical mistakes of units, each made on purpose in one place of one workbook."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeAlias

from toolkit.excel.cell_xml import StampValue
from toolkit.model import NUMERIC_TYPES, FieldType, Layout, Slot, SlotRole
from toolkit.text import plain, round_half_up

RENAMED, NOT_A_WORKBOOK, NEVER_CALCULATED, OVERWRITTEN = "文件改名", "非工作簿", "未重算", "公式被覆盖"
MISSED, OVER_CONTRACT = "漏填必填", "累计支付超合同"
Answers: TypeAlias = dict[str, StampValue]

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _with_unit(number: Decimal, slot: Slot) -> StampValue:
    return f"{plain(number)}{slot.unit or '万元'}"


def _full_width(number: Decimal, _: Slot) -> StampValue:
    return plain(number).translate(_FULL_WIDTH)


def _thousands(number: Decimal, _: Slot) -> StampValue:
    # As text: Excel itself would turn a typed 1,032.28 into a number, pasted text stays text.
    return f"{round_half_up(number, 2):,f}"


def _yuan(number: Decimal, _: Slot) -> StampValue:
    return number * 10_000


def _percent_points(number: Decimal, _: Slot) -> StampValue:
    return number * 100


def _words(number: Decimal, slot: Slot) -> StampValue:
    shown = f"{plain(number * 100)}%" if slot.type is FieldType.RATE else plain(number)
    return f"约{shown}（待核实）"


_ON_NUMBERS: Mapping[str, tuple[tuple[FieldType, ...], Callable[[Decimal, Slot], StampValue]]] = {
    "金额带单位": ((FieldType.AMOUNT,), _with_unit),
    "全角数字": (NUMERIC_TYPES, _full_width),
    "千分位": ((FieldType.AMOUNT,), _thousands),
    "元当万元": ((FieldType.AMOUNT,), _yuan),
    "百分数写成98": ((FieldType.RATE,), _percent_points),
    "数字格写文字": (NUMERIC_TYPES, _words),
}
KINDS = (*_ON_NUMBERS, "日期点号", MISSED, OVER_CONTRACT, OVERWRITTEN, NEVER_CALCULATED, RENAMED, NOT_A_WORKBOOK)


def spoil(answers: Answers, kind: str, key: str, layout: Layout, chance: Random) -> Answers:
    """The answers with one mistake made in them; kinds that concern the whole file leave them as they are.

    Args:
        answers: slot key → value as kept by Excel.
        kind: one of :data:`KINDS`.
        key: the slot to spoil, "" to let chance choose a fitting one.
        layout: of the workbook.
        chance: seeded.
    """
    if kind in _ON_NUMBERS:
        kinds, change = _ON_NUMBERS[kind]
        chosen = key or _choose(answers, layout, chance, lambda slot, value: slot.type in kinds and bool(value))
        number = answers.get(chosen)
        return answers | {chosen: change(number, layout.slots[chosen])} if isinstance(number, Decimal) else answers
    if kind == "日期点号":
        chosen = key or _choose(answers, layout, chance, lambda _, value: isinstance(value, date))
        day = answers.get(chosen)
        return answers | {chosen: f"{day.year}.{day.month}.{day.day}"} if isinstance(day, date) else answers
    if kind == MISSED:
        chosen = key or _choose(answers, layout, chance, lambda slot, _: slot.required and slot.role is SlotRole.INPUT)
        return answers | {chosen: None}
    return _over_contract(answers, layout) if kind == OVER_CONTRACT else answers


def _choose(answers: Answers, layout: Layout, chance: Random, fits: Callable[[Slot, StampValue], bool]) -> str:
    keys = sorted(
        key for key, value in answers.items() if not layout.slots[key].table and fits(layout.slots[key], value)
    )
    return chance.choice(keys) if keys else ""


def _over_contract(answers: Answers, layout: Layout) -> Answers:
    """Cumulative payments 5 % above the contract; the last payment grows with them, so that the sum still agrees."""
    limit = answers.get("审计核减后合同金额") or answers.get("合同金额")
    paid = answers.get("累计支付金额")
    if not isinstance(limit, Decimal) or not isinstance(paid, Decimal):
        return answers
    more = max(round_half_up(limit * Decimal("1.05"), 2) - paid, Decimal(0))
    spoiled = answers | {"累计支付金额": paid + more}
    rows = [slot for slot in layout.slots.values() if slot.column == "支付金额"]
    for slot in sorted(rows, key=lambda row: -row.row):
        last = answers.get(slot.key)
        if isinstance(last, Decimal):
            return spoiled | {slot.key: last + more}
    return spoiled
