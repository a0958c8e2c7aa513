"""What the tags of a field and of a repeated table stand for."""

from dataclasses import replace
from decimal import Decimal

from toolkit.generate.choice_lists import answers_of
from toolkit.generate.content import NUMBER_FORMATS, Content, Words, slot
from toolkit.generate.derived import rests_on_blank
from toolkit.model import Field, FieldType, Scheme, SlotRole

DEFAULT_TABLE_ROWS = 8
_ROOMY_LINES = 3
_EXAMPLES = {
    FieldType.TEXT: "（示例文字）",
    FieldType.AMOUNT: "12.50",
    FieldType.NUMBER: "10",
    FieldType.RATE: "97.26%",
    FieldType.DATE: "2024-03-05",
}
_TYPE_HELP = {
    FieldType.TEXT: "据实填写文字。",
    FieldType.AMOUNT: "只填数字，不带单位。",
    FieldType.NUMBER: "只填数字，不带单位。",
    FieldType.RATE: "按百分数填写，如 97.26%。",
    FieldType.DATE: "按 2024-03-05 的样式填写。",
    FieldType.CHOICE: "从下拉列表中选择。",
    FieldType.YESNO: "从下拉列表中选择。",
}


def unit_of(field: Field, scheme: Scheme) -> str:
    """Unit of measure of a field; amounts fall back to the scheme's money unit."""
    return field.unit or (scheme.money_unit if field.type is FieldType.AMOUNT else "")


def field_words(field: Field, scheme: Scheme, number: int = 0) -> Words:
    """Words of ``{{ 项.… }}`` in a row of fields, and of ``{{ 字段.KEY.… }}``."""
    unit = unit_of(field, scheme)
    prefilled = SlotRole.PREFILLED if field.prefill else None
    cell = slot(
        field.key,
        field.type,
        field.label,
        role=prefilled if not field.formula else None,
        unit=unit,
        required=field.required and not field.formula,
        formula=field.formula,
        choices=answers_of(field.type, field.choices, scheme),
    )
    return {
        "序号": Content(Decimal(number) if number else None),
        "字段名": Content(field.key),
        "显示名称": Content(("* " if cell.required else "") + field.label),
        "填报": Content(
            slot=cell,
            help=field.help or _TYPE_HELP[field.type],
            hidden_when=rests_on_blank(field.formula, scheme) if field.formula else "",
        ),
        "单位": Content(unit),
        "填报说明": Content(_help(field)),
    }


def _help(field: Field) -> str:
    if field.formula:
        return field.help or "自动计算，无需填写。"
    return field.help or _TYPE_HELP[field.type]


def table_words(name: str, columns: tuple[Field, ...]) -> Words:
    """Words of ``{{ 明细.… }}``."""
    areas = (name, *(column.key for column in columns))
    note = "如行数不够，请在本行上方插入行后继续填写，合计会自动包括新增的行。"
    return {"名称": Content(name), "增行说明": Content(note, extends=areas)}


def column_words(name: str, columns: tuple[Field, ...], scheme: Scheme, row: int) -> Words:
    """Words of ``{{ 列.… }}``: contents side by side, one for each column of the table."""
    return {
        "显示名称": _side_by_side(columns, [Content(_heading(column, scheme)) for column in columns]),
        "示例": _side_by_side(columns, [Content(_example(column, scheme)) for column in columns]),
        "填报": _side_by_side(columns, [_table_cell(name, column, scheme, row) for column in columns]),
        "合计": _side_by_side(columns, [_total(column) for column in columns]),
    }


def _side_by_side(columns: tuple[Field, ...], contents: list[Content]) -> Content:
    """The last text column gets what room is left: a company's name needs it more than an amount."""
    texts = [number for number, column in enumerate(columns) if column.type is FieldType.TEXT]
    widest = texts[-1] if texts else len(columns) - 1
    return Content(
        spread=tuple(replace(content, takes_rest=number == widest) for number, content in enumerate(contents))
    )


def _heading(column: Field, scheme: Scheme) -> str:
    unit = unit_of(column, scheme)
    return f"{column.label}（{unit}）" if unit else column.label


def _example(column: Field, scheme: Scheme) -> str:
    answers = answers_of(column.type, column.choices, scheme)
    return answers[0] if answers else _EXAMPLES.get(column.type, "")


def _table_cell(name: str, column: Field, scheme: Scheme, row: int) -> Content:
    cell = slot(
        f"{name}_{column.key}_{row}",
        column.type,
        f"{column.label}（第{row}行）",
        unit=unit_of(column, scheme),
        choices=answers_of(column.type, column.choices, scheme),
        table=name,
        column=column.key,
        row=row,
    )
    # A long table keeps to one line a row, so that it still fits a page.
    roomy = column.type is FieldType.TEXT and scheme.table_rows.get(name, DEFAULT_TABLE_ROWS) <= DEFAULT_TABLE_ROWS
    return Content(
        slot=cell,
        help=column.help or _TYPE_HELP[column.type],
        areas=(name, column.key),
        lines=_ROOMY_LINES if roomy else 1,
    )


def _total(column: Field) -> Content:
    if column.type is not FieldType.AMOUNT:
        return Content("")
    return Content(formula=f"=SUM({column.key})", number_format=NUMBER_FORMATS[FieldType.AMOUNT])
