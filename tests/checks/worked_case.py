"""A submission of the small scheme from a few words: what the unit typed, plus whatever a case changes.

``预算资金.上年`` is what last year's evaluation found.
``收到日期`` is the day its first file came, ``报来日期`` the day this one did.
``资金到位率.显示`` sets the cached value, ``资金到位率.公式`` the formula in the cell (blank: a constant typed over).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from tests.small_scheme import PROJECTS, SMALL_SCHEME, TYPED
from toolkit.checks import Case
from toolkit.formula.fields import field_values
from toolkit.model import (
    Balance,
    CellRef,
    Field,
    FieldType,
    Layout,
    Reading,
    ReadState,
    Slot,
    SlotRole,
    Submission,
    Value,
    date_to_serial,
)

FILE = "返回表.xlsx"
_FUNDS, _AMOUNT, _DATE = "资金情况", FieldType.AMOUNT, FieldType.DATE
FURTHER = (
    *(Field(key, key, _FUNDS, _AMOUNT, "万元") for key in (
        "年初预算数", "调整数", "财政拨款数", "指标结余数", "实际支付数", "资金结余结转数", "结转数", "财政收回数",
        "本年支付金额", "第三方服务费",
    )),
    *(Field(key, key, _FUNDS, FieldType.NUMBER, "项") for key in ("实际产出数", "质量达标产出数")),
    *(Field(key, key, "立项与采购合同", _DATE) for key in ("主合同签订日期", "初验日期", "终验日期")),
    Field("备注", "备注", _FUNDS, FieldType.TEXT),
)  # fmt: skip
"""Fields other schemes have: blank unless a case fills them in."""
SCHEME = replace(SMALL_SCHEME, fields=(*SMALL_SCHEME.fields, *FURTHER))
STATES = {"／": ReadState.NONE, "待定": ReadState.PENDING, "不适用": ReadState.NOT_APPLICABLE, "": ReadState.BLANK}


def layout() -> Layout:
    """Slots of the small scheme, one a row, without a workbook behind them."""
    slots: dict[str, Slot] = {}
    row = 0
    for field in SCHEME.fields:
        if field.table:
            continue
        row += 1
        role = SlotRole.CALCULATED if field.formula else SlotRole.INPUT
        slots[field.key] = Slot(
            field.key,
            field.section,
            f"C{row}",
            role,
            field.type,
            field.label,
            field.unit,
            field.required,
            field.formula,
        )
    for indicator in SMALL_SCHEME.indicators:
        for one in indicator.inputs:
            row += 1
            role = SlotRole.CALCULATED if one.formula else SlotRole.INPUT
            if not one.by_evaluator:
                slots[one.key] = Slot(
                    one.key, "指标信息", f"F{row}", role, one.type, one.label, indicator=indicator.code, required=True
                )
        for part in ("自评分", "说明"):
            row += 1
            key = indicator.name_for(part)
            kind = FieldType.NUMBER if part == "自评分" else FieldType.TEXT
            slots[key] = Slot(key, "指标信息", f"H{row}", SlotRole.INPUT, kind, part, indicator=indicator.code)
    for item in SMALL_SCHEME.evidence:
        row += 1
        key = f"佐证提供_{item.code}"
        slots[key] = Slot(key, "佐证材料清单", f"D{row}", SlotRole.INPUT, FieldType.CHOICE, item.name, required=True)
        name = f"佐证文件名_{item.code}"
        slots[name] = Slot(name, "佐证材料清单", f"E{row}", SlotRole.INPUT, FieldType.TEXT, "文件名")
    return Layout("test", slots)


LAYOUT = layout()
RIGHT = {
    **TYPED,
    "合同金额": "286.5",
    "佐证提供_E01": "已提供",
    "佐证提供_E02": "已提供",
    "佐证提供_E03": "不适用",
    "佐证文件名_E01": "01立项批复.pdf",
    "佐证文件名_E02": "02支付凭证.pdf",
}


def case(changes: Mapping[str, str]) -> Case:
    """The first project's return with changes."""
    typed = {**RIGHT, **changes}
    readings = {key: _reading(key, typed.get(key, "")) for key in LAYOUT.slots}
    rows = 2
    for row in range(1, rows + 1):
        for column in ("支付日期", "支付摘要", "支付金额"):
            key = f"支付明细_{column}_{row}"
            readings[key] = _reading(key, typed.get(f"{column}_{row}", ""))
    draft = Submission("1", "0" * 64, FILE, readings, Balance(), table_rows={"支付明细": rows})
    computed = field_values(SCHEME, draft, {})
    for field in SCHEME.fields:
        if field.formula:
            readings[field.key] = _calculated(field.key, field.formula, computed.shown_value(field.key), typed)
    before = {key.removesuffix(".上年"): _value(text) for key, text in typed.items() if key.endswith(".上年")}
    put_in = {key: value for key, value in before.items() if key in LAYOUT.slots and not LAYOUT.slots[key].formula}
    came = date.fromisoformat(typed["收到日期"]) if "收到日期" in typed else None
    arrived = date.fromisoformat(typed["报来日期"]) if "报来日期" in typed else None
    return Case(SCHEME, PROJECTS[0], draft, LAYOUT, put_in, before, came, arrived)


def _calculated(key: str, formula: str, value: Value, typed: Mapping[str, str]) -> Reading:
    shown = typed.get(f"{key}.显示")
    if shown == "未计算":
        return Reading(key, _at(key), ReadState.NOT_CALCULATED, formula=formula)
    text = typed.get(f"{key}.公式", formula)
    return Reading(key, _at(key), ReadState.VALUE, value if shown is None else _value(shown), shown or "", "", text)


def _reading(key: str, text: str) -> Reading:
    if text in STATES:
        return Reading(key, _at(key), STATES[text], original=text)
    if text.startswith("?"):
        return Reading(key, _at(key), ReadState.REJECTED, original=text[1:])
    return Reading(key, _at(key), ReadState.VALUE, _value(text), text)


def _at(key: str) -> CellRef:
    slot = LAYOUT.slots.get(key)
    return CellRef(FILE, slot.sheet if slot else "资金情况", slot.cell if slot else "A99")


def _value(text: str) -> Value:
    try:
        return date_to_serial(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        return text
