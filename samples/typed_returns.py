"""What a unit types, read without any workbook: the shortest way from sheet 填报 to a :class:`Submission`.

It knows only the plain spellings the samples use. What units really type goes through ``toolkit.collect``.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from toolkit.generate import prefilled
from toolkit.model import CellRef, FieldType, Project, Reading, ReadState, Scheme, Submission, Value, date_to_serial
from toolkit.model.submission import Balance

_NUMERIC = (FieldType.AMOUNT, FieldType.NUMBER, FieldType.RATE)
_NONE = {"\\", "/", "—"}


def submission_of(scheme: Scheme, project: Project, cells: Mapping[str, str]) -> Submission:
    """The submission of one project.

    Args:
        scheme: gives every key its type.
        project: gives the prefilled cells, where the unit types nothing over them.
        cells: text as typed by key; the n-th row of a repeated table under ``支付金额_n``.
    """
    types = _types(scheme)
    readings: dict[str, Reading] = {}
    for key, value in prefilled(scheme, project).items():
        state = ReadState.BLANK if value is None else ReadState.VALUE
        readings[key] = Reading(key, CellRef(), state, value)
    rows: dict[str, int] = {}
    for short, text in cells.items():
        key, table, row = _slot(scheme, short)
        rows[table] = max(rows.get(table, 0), row)
        readings[key] = _reading(key, text, types.get(short, types.get(short.rpartition("_")[0], FieldType.TEXT)))
    rows.pop("", None)
    return Submission(project.id, "", "", readings, Balance(), table_rows=rows)


def _types(scheme: Scheme) -> dict[str, FieldType]:
    fields = {one.key: one.type for one in scheme.fields}
    inputs = {one.key: one.type for indicator in scheme.indicators for one in indicator.inputs}
    scores = {indicator.name_for("自评分"): FieldType.NUMBER for indicator in scheme.indicators}
    return fields | inputs | scores


def _slot(scheme: Scheme, short: str) -> tuple[str, str, int]:
    """Slot key, table and row of a key; table "" and row 0 outside tables."""
    column, _, row = short.rpartition("_")
    field = scheme.field(column) if row.isdigit() else None
    if field is None or not field.table:
        return short, "", 0
    return f"{field.table}_{short}", field.table, int(row)


def _reading(key: str, text: str, kind: FieldType) -> Reading:
    if not text:
        return Reading(key, CellRef(), ReadState.BLANK)
    if text in _NONE:
        return Reading(key, CellRef(), ReadState.NONE, original=text)
    value = _value(text, kind)
    state = ReadState.REJECTED if value is None else ReadState.VALUE
    return Reading(key, CellRef(), state, value, text)


def _value(text: str, kind: FieldType) -> Value:
    """The value, or None when the text is none of its kind."""
    if kind is FieldType.DATE:
        return date_to_serial(date.fromisoformat(text))
    if kind not in _NUMERIC:
        return text
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    return number / 100 if text.endswith("%") else number
