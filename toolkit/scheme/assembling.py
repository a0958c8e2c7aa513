"""Checked rows → the frozen values of the model."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from toolkit.excel.table import TableRow
from toolkit.model import CrossCheck, EvidenceItem, Field, NoData, NotApplicable, ScoredObject, Timetable
from toolkit.scheme.rows import CheckRow, ChoiceRow, EvidenceRow, FieldRow, Read
from toolkit.scheme.settings import Settings


def filled_down(rows: Sequence[tuple[TableRow, dict[str, str]]]) -> list[tuple[TableRow, dict[str, str]]]:
    """Repeat 一级指标 and 二级指标 down merged or left-out cells.

    A blank 二级指标 is only repeated where 一级指标 is blank too, or names the same: a scheme of two levels has none.
    """
    dimension = group = ""
    filled = []
    for source, texts in rows:
        if texts["一级指标"] and texts["一级指标"] != dimension:
            dimension, group = texts["一级指标"], texts["二级指标"]
        group = texts["二级指标"] or group
        filled.append((source, {**texts, "一级指标": dimension, "二级指标": group}))
    return filled


def scheme_head(settings: Settings) -> dict[str, Any]:
    """The arguments of Scheme that come from sheet 方案."""
    values = settings.values
    return {
        "title": values["评价名称"],
        "version": values["方案版本"],
        "year": values["评价年度"] or 0,
        "client": values["委托单位"],
        "evaluator": values["评价机构"],
        "period_start": values["评价期间起"],
        "period_end": values["评价期间止"],
        "cutoff": values["数据截止日"],
        "timetable": Timetable(*(values[name] for name in ("发函日期", "报送截止日", "整改截止日", "报告日期"))),
        "money_unit": values["金额单位"],
        "total_mark": values["总分"],
        "score_places": values["得分小数位"],
        "round_before_grading": values["定级前取整"],
        "not_applicable": NotApplicable(values["不适用处理"]),
        "no_data": NoData(values["无数据处理"]),
        "scored_object": ScoredObject(values["评分对象"]),
        "grade_bands": values["绩效等级"],
        "table_rows": MappingProxyType(dict(values["明细行数"] or {})),
        "settings": MappingProxyType(dict(settings.texts)),
    }


def field_of(read: Read[FieldRow], money_unit: str) -> Field:
    """A field; an amount without unit is in the scheme's money unit, a rate in %."""
    row = read.row
    return Field(
        key=row.key,
        label=row.label or row.key,
        section=row.section,
        type=row.type,
        unit=row.unit or {"金额": money_unit, "比率": "%"}.get(row.type.value, ""),
        required=row.required,
        formula=row.formula,
        choices=row.choices,
        prefill=row.prefill.lstrip("="),
        table=row.table,
        help=row.help,
        aliases=row.aliases,
        role=row.role,
        origin=read.at("字段名"),
    )


def check_of(read: Read[CheckRow]) -> CrossCheck:
    """A cross-check."""
    row = read.row
    return CrossCheck(row.code, row.formula, row.severity, row.message, row.hint, read.at("公式"))


def evidence_of(read: Read[EvidenceRow]) -> EvidenceItem:
    """An evidence item."""
    row = read.row
    return EvidenceItem(row.code, row.name, row.required, row.description, read.at("编号"))


def choices_of(reads: Sequence[Read[ChoiceRow]]) -> Mapping[str, tuple[str, ...]]:
    """Choice lists by name, values in the order written, each once."""
    lists: dict[str, list[str]] = {}
    for read in reads:
        values = lists.setdefault(read.row.name, [])
        if read.row.value not in values:
            values.append(read.row.value)
    return MappingProxyType({name: tuple(values) for name, values in lists.items()})
