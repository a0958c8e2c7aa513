"""Is everything there that was asked for: required cells, indicator values, evidence.

What was typed but is no value of the cell's type is said by the reading itself (READ-xx).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.formula import compile_formula
from toolkit.formula.fields import leaves
from toolkit.model import (
    ErrorValue,
    Field,
    FieldType,
    Indicator,
    IndicatorInput,
    NoData,
    ReadState,
    Severity,
    Slot,
    SlotRole,
    Value,
)
from toolkit.rules import applies


@check(
    "MISS-01",
    Severity.ERROR,
    "必填单元格未填",
    message="必填项“{label}”未填写{typed}",
    hint="补填该单元格；不适用的填“不适用”，并说明原因",
    source="方案《字段》表“必填”",
)
def required_blank(case: Case) -> Iterator[Doubt]:
    """Required input cells of the forms (indicator values and evidence have checks of their own)."""
    for slot in case.slots():
        wanted = slot.required and slot.role is not SlotRole.CALCULATED and not slot.indicator and not slot.table
        if wanted and case.is_blank(slot) and case.is_placed(slot) and not slot.key.startswith("佐证"):
            hint = _OR_ZERO if slot.type in _COUNTED else ""
            yield replace(_blank(case, slot, slot.key), hint=hint)


@check(
    "MISS-02",
    Severity.ERROR,
    "指标的实际完成值未填且没有说明",
    message="指标{code}“{name}”的“{label}”未填写{typed}，也没有说明；不补填将按0分计",
    hint="补填实际完成值；无法提供的，在“说明”栏写明原因",
    source="某项指标无法提供具体数值且无说明的得0分",
)
def indicator_blank(case: Case) -> Iterator[Doubt]:
    """An indicator without value and without a word of explanation."""
    for indicator in case.scheme.indicators:
        if not applies(indicator, case.project) or _explained(case, indicator):
            continue
        for asked in indicator.inputs:
            slot = case.layout.slots.get(asked.key)
            if slot and slot.role is SlotRole.INPUT and case.is_blank(slot) and case.is_placed(slot):
                words = {"code": indicator.code, "name": indicator.name, "label": asked.label}
                doubt = _blank(case, slot, indicator.code, **words)
                yield replace(doubt, hint=_OR_ZERO_OR_EXPLAINED if slot.type in _COUNTED else "")


_COUNTED = (FieldType.AMOUNT, FieldType.NUMBER)
_OR_ZERO = "补填该单元格；没有发生的填0，不适用的填“不适用”并说明原因"
_OR_ZERO_OR_EXPLAINED = "补填实际完成值，没有发生的填0；无法提供的，在“说明”栏写明原因"
_BY_FIELDS = "方案《指标》表、《方案》表“无数据处理”"
_NO_VALUE = "指标{code}“{name}”没有完成值：{label}由{fields}算出，{why}；"
_FILL_IN = "补填所依据的字段；确无此项的，在“说明”栏写明原因，由评价人核定"


@check(
    "MISS-05",
    Severity.WARNING,
    "指标的完成值由字段算出，所依据的字段没有可用的数，按方案计0分",
    message=_NO_VALUE + "没有数据又没有说明的，按方案计0分",
    hint=_FILL_IN,
    source=_BY_FIELDS,
)
def derived_blank_is_zero(case: Case) -> Iterator[Doubt]:
    """An indicator whose computed value is empty or an error earns nothing, and that is said."""
    yield from _without_value(case, NoData.ZERO)


@check(
    "MISS-06",
    Severity.WARNING,
    "指标的完成值由字段算出，所依据的字段没有可用的数，按方案作不适用",
    message=_NO_VALUE + "没有数据的，按方案作不适用，不参与计分",
    hint=_FILL_IN,
    source=_BY_FIELDS,
)
def derived_blank_does_not_apply(case: Case) -> Iterator[Doubt]:
    """The same where the scheme takes it for 不适用."""
    yield from _without_value(case, NoData.NOT_APPLICABLE)


@check(
    "MISS-07",
    Severity.WARNING,
    "指标的完成值由字段算出，所依据的字段没有可用的数，待评价人核实",
    message=_NO_VALUE + "没有数据的，按方案待评价人核实，暂计0分",
    hint=_FILL_IN,
    source=_BY_FIELDS,
)
def derived_blank_is_asked(case: Case) -> Iterator[Doubt]:
    """The same where the scheme leaves it to an evaluator."""
    yield from _without_value(case, NoData.ASK)


@check(
    "MISS-08",
    Severity.WARNING,
    "指标的完成值算得0，只因所依据的可不填字段没有填",
    message="指标{code}“{name}”的{label}由{fields}算得0：可不填的“{field}”没有填，按0计入",
    hint="确为0的填“0”；不是0的补填；没有此项的填“不适用”并说明",
    source="空白不等于0",
)
def zero_from_blank(case: Case) -> Iterator[Doubt]:
    """A computed value that is 0 only because a field nobody had to fill in is blank."""
    for indicator, item in _derived(case):
        if case.fields.derived(item.formula) != 0:
            continue
        for field in leaves(case.scheme.fields, item.formula, case.fields.judged):
            blank = not field.table and case.fields.value(field.key) in (None, "")
            if blank and case.fields.instead(item.formula, field.key) != 0:
                words = _words(case, indicator, item) | {"field": field.label}
                yield Doubt(case.at(field.key), "空白", "填写数值，或填“不适用”", indicator.code, words)
                break


def _without_value(case: Case, treatment: NoData) -> Iterator[Doubt]:
    """What the unit explained waits for its evaluator, whatever the scheme does with indicators without data."""
    for indicator, item in _derived(case):
        if treatment is not NoData.ASK and _explained(case, indicator):
            continue
        value = case.fields.derived(item.formula)
        missing = value in (None, "") or isinstance(value, ErrorValue)
        if missing and (indicator.no_data or case.scheme.no_data) is treatment:
            found = str(value) if isinstance(value, ErrorValue) else "空白"
            lacking = case.lacking(item.formula)
            words = _words(case, indicator, item) | {"why": _why(case, item, found, lacking)}
            cells = tuple(case.at(field.key) for field in lacking)
            yield Doubt(case.at(indicator.name_for("说明")), found, "", indicator.code, words, cells)
    yield from _without_result(case, treatment)


def _without_result(case: Case, treatment: NoData) -> Iterator[Doubt]:
    """Every value is there and the rule gives no number: a formula of the scheme's own divides by one that is 0."""
    for indicator in dict.fromkeys(indicator for indicator, _ in _derived(case)):
        values = {item.local: _value(case, item) for item in indicator.inputs}
        there = not any(value in (None, "") or isinstance(value, ErrorValue) for value in values.values())
        if not there or (indicator.no_data or case.scheme.no_data) is not treatment:
            continue
        result = compile_formula(indicator.formula).evaluate({"分值": indicator.full_mark, **values})
        if isinstance(result, Decimal) or (treatment is not NoData.ASK and _explained(case, indicator)):
            continue
        names = [name for item in indicator.inputs for name in _said_of(case, item)]
        none = "".join(name for item in indicator.inputs if _value(case, item) == 0 for name in _said_of(case, item))
        words = {
            "code": indicator.code,
            "name": indicator.name,
            "label": "得分",
            "fields": "".join(dict.fromkeys(names)),
        }
        why = f"{none}为0" if none else f"结果为{result}"
        yield Doubt(case.at(indicator.name_for("说明")), str(result), "", indicator.code, words | {"why": why})


def _value(case: Case, item: IndicatorInput) -> Value:
    return case.fields.derived(item.formula) if item.formula else case.submission.value(item.key)


def _said_of(case: Case, item: IndicatorInput) -> list[str]:
    """What a unit knows a value by: the fields it is computed from, else what it is asked."""
    fields = leaves(case.scheme.fields, item.formula, case.fields.judged) if item.formula else ()
    return [f"“{field.label}”" for field in fields] or [f"“{item.label}”"]


def _why(case: Case, item: IndicatorInput, found: str, lacking: Sequence[Field]) -> str:
    """Which field it is for want of which there is no value, or a 0 in which leaves none; else what the result is."""
    stands_on = leaves(case.scheme.fields, item.formula, case.fields.judged)
    causes = (
        ("没有填", [field for field in lacking if not _typed(case, field)]),
        ("填的不能用", [field for field in lacking if _typed(case, field)]),
        ("为0", [] if lacking else [field for field in stands_on if case.number(field.key) == 0]),
    )
    said = [f"{''.join(f'“{field.label}”' for field in fields)}{words}" for words, fields in causes if fields]
    return "，".join(said) or f"现为{found}"


def _typed(case: Case, field: Field) -> bool:
    reading = case.reading(field.key)
    return reading is not None and bool(reading.original.strip())


def _derived(case: Case) -> Iterator[tuple[Indicator, IndicatorInput]]:
    """The computed values of indicators that apply and that no evaluator judges."""
    for indicator in case.scheme.indicators:
        if applies(indicator, case.project) and not any(item.by_evaluator for item in indicator.inputs):
            yield from ((indicator, item) for item in indicator.inputs if item.formula)


def _words(case: Case, indicator: Indicator, item: IndicatorInput) -> dict[str, str]:
    """What is said of a computed value; units know the fields they fill in, not the formula over them."""
    labels = [f"“{field.label}”" for field in leaves(case.scheme.fields, item.formula, case.fields.judged)]
    return {"code": indicator.code, "name": indicator.name, "label": item.label, "fields": "".join(labels) or "公式"}


@check(
    "MISS-03",
    Severity.ERROR,
    "必须提供的佐证材料未提供",
    message="佐证材料{code}“{name}”未标明已提供{typed}",
    hint="提供材料并在清单中填“已提供”和文件名；确不适用的填“不适用”，并说明原因",
    source="方案《佐证》表“必须”",
)
def evidence_missing(case: Case) -> Iterator[Doubt]:
    """Required evidence not marked as provided."""
    for item in case.scheme.evidence:
        slot = case.layout.slots.get(f"佐证提供_{item.code}")
        reading = case.reading(slot.key) if slot else None
        if not item.required or slot is None or not case.is_placed(slot):
            continue
        if reading is not None and (reading.value == "已提供" or reading.state is ReadState.NOT_APPLICABLE):
            continue
        if reading is not None and (reading.value == "不适用" or reading.state is ReadState.REJECTED):
            continue  # what could not be read is a finding of the reading already
        yield _blank(case, slot, item.code, code=item.code, name=item.name)


def _explained(case: Case, indicator: Indicator) -> bool:
    reading = case.reading(indicator.name_for("说明"))
    return reading is not None and reading.state is ReadState.VALUE


def _blank(case: Case, slot: Slot, indicator: str, **words: str) -> Doubt:
    reading = case.reading(slot.key)
    original = reading.original if reading else ""
    typed = f"（现填“{original}”）" if original.strip() else ""
    return Doubt(
        case.at(slot.key),
        original or "空白",
        f"必填，可选：{'、'.join(slot.choices)}" if slot.choices else "必填",
        indicator,
        {"label": slot.label, "typed": typed, **words},
    )


@check(
    "MISS-04",
    Severity.WARNING,
    "佐证标为已提供，没有文件名",
    message="佐证材料{code}“{name}”标为已提供，没有填写文件名",
    hint="填写随表报送的文件名，便于核对",
    source="佐证材料清单",
)
def evidence_without_name(case: Case) -> Iterator[Doubt]:
    """Evidence that is said to be there, and cannot be found by name."""
    for item in case.scheme.evidence:
        slot = case.layout.slots.get(f"佐证文件名_{item.code}")
        given = case.reading(f"佐证提供_{item.code}")
        if slot and given and given.value == "已提供" and case.is_blank(slot) and case.is_placed(slot):
            words = {"code": item.code, "name": item.name}
            yield Doubt(case.at(slot.key), "空白", "文件名", item.code, words)
