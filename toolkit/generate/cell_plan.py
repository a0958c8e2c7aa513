"""How a content becomes a cell: colour, number format, lock, drop-down and the message beside it."""

from collections.abc import Mapping

from toolkit.excel.template_plan import CellPlan, Validation
from toolkit.generate.content import NUMBER_FORMATS, Content
from toolkit.model import WORD_TYPES, FieldType, Slot, SlotRole

_LARGEST = "9999999999999"
_ALIGNED = dict.fromkeys(WORD_TYPES, "left") | {
    FieldType.AMOUNT: "right",
    FieldType.NUMBER: "right",
    FieldType.RATE: "right",
}
_WRONG_NUMBER = "此处应填数字，不带单位和文字。确无此项的可填“不适用”，并在说明中写明原因。是否保留所填内容？"
_WRONG_DATE = "此处应填日期，如 2024-03-05。是否保留所填内容？"
_WRONG_CHOICE = "请从下拉列表中选择，不要填写其他内容。"
_WRONG_ANSWER = "请从下拉列表中选择；本指标确不适用的可填“不适用”，并在说明中写明原因。是否保留所填内容？"
_WRONG_SCORE = "自评分应为 0 与本指标分值之间的数字；本指标确不适用的可填“不适用”。是否保留所填内容？"


def cell_plan(
    content: Content,
    like: tuple[int, int],
    colors: Mapping[SlotRole, str],
    list_names: Mapping[tuple[str, ...], str],
) -> CellPlan:
    """The plan of one cell."""
    slot = content.slot
    if slot is None:
        fill = colors.get(content.legend, "") if content.legend else ""
        return CellPlan(
            like,
            content.value,
            content.formula,
            fill=fill,
            number_format=content.number_format,
            align="right" if content.number_format else "",
            link=content.link,
        )
    open_to_unit = slot.role is not SlotRole.CALCULATED
    return CellPlan(
        like,
        formula=slot.formula,
        fill=colors.get(slot.role, ""),
        number_format="0.00" if slot.key.startswith("自评分") else NUMBER_FORMATS[slot.type],
        unlocked=open_to_unit,
        align=_ALIGNED.get(slot.type, "center"),
        validation=_validation(slot, content, list_names) if open_to_unit else _message(slot, content),
        hidden_when=content.hidden_when,
    )


def _validation(slot: Slot, content: Content, list_names: Mapping[tuple[str, ...], str]) -> Validation:
    title, prompt = _words(slot, content)
    if slot.choices:
        error, strict = (_WRONG_ANSWER, False) if slot.indicator else (_WRONG_CHOICE, True)
        return Validation("list", list_names[slot.choices], "", title, prompt, error, strict=strict)
    if content.upper_bound:
        return Validation("decimal", "0", content.upper_bound, title, prompt, _WRONG_SCORE, strict=False)
    if slot.type in (FieldType.AMOUNT, FieldType.NUMBER):
        return Validation("decimal", f"-{_LARGEST}", _LARGEST, title, prompt, _WRONG_NUMBER, strict=False)
    if slot.type is FieldType.RATE:
        error = "此处应填百分数，如 97.26%（即 0.9726）。是否保留所填内容？"
        return Validation("decimal", "-10", "10", title, prompt, error, strict=False)
    if slot.type is FieldType.DATE:
        return Validation("date", "18264", "73050", title, prompt, _WRONG_DATE, strict=False)
    return Validation("", title=title, prompt=prompt)


def _message(slot: Slot, content: Content) -> Validation:
    title, prompt = _words(slot, content)
    return Validation("", title=title, prompt=prompt or "自动计算，无需填写。")


def _words(slot: Slot, content: Content) -> tuple[str, str]:
    state = {SlotRole.INPUT: "必填" if slot.required else "选填", SlotRole.PREFILLED: "已预填，请核对"}
    unit = f"单位：{slot.unit}。" if slot.unit and slot.unit != "%" else ""
    return state.get(slot.role, "自动计算"), f"{unit}{content.help}"
