"""Self scores against full marks and against the values beside them."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.formula import compile_formula
from toolkit.formula.fields import leaves
from toolkit.model import Content, Form, Indicator, ReadState, Severity, SlotRole, Stated, Value
from toolkit.text.numerals import Hedge, read_figure
from toolkit.text.values import stated

_DIRECTIONS = {Hedge.AT_LEAST: "≥", Hedge.ABOVE: "≥", Hedge.AT_MOST: "≤", Hedge.BELOW: "≤"}


@check(
    "SELF-01",
    Severity.ERROR,
    "自评分超出0至分值的范围",
    message="指标{code}“{name}”自评{found}分，超出0至{expected}分的范围",
    hint="改为0至该指标分值之间的数",
    source="方案《指标》表分值",
)
def self_score_out_of_range(case: Case) -> Iterator[Doubt]:
    """A self score above the full mark, or negative."""
    for indicator, value in case.self_scores:
        if not 0 <= value <= indicator.full_mark:
            words = {"code": indicator.code, "name": indicator.name}
            at = case.at(indicator.name_for("自评分"))
            yield Doubt(at, Stated(value), Stated(indicator.full_mark), indicator.code, words)


@check(
    "SELF-02",
    Severity.NOTE,
    "自评分与按规则计算的得分不一致",
    message="指标{code}“{name}”自评{found}分，按填报值和评分规则为{expected}分",
    hint="以评价机构核定得分为准；如填报值有误请更正",
    source="方案《指标》表评分规则",
)
def self_score_not_by_rule(case: Case) -> Iterator[Doubt]:
    """A self score the unit's own values do not support; nothing is said by an amount that may be in 元.

    One that no indicator can have must be put right first (SELF-01).
    """
    for indicator, value in case.self_scores:
        if not 0 <= value <= indicator.full_mark:
            continue
        by_rule = None if _in_yuan(case, indicator) else _by_rule(case, indicator)
        if by_rule is not None and abs(by_rule - value) > Decimal("0.005"):
            words = {"code": indicator.code, "name": indicator.name}
            at = case.at(indicator.name_for("自评分"))
            due = Stated(by_rule, Form.FIXED, places=case.scheme.score_places)
            yield Doubt(at, Stated(value), due, indicator.code, words)


@check(
    "SELF-03",
    Severity.WARNING,
    "有自评分，没有实际完成值",
    message="指标{code}“{name}”自评{found}分，但“{label}”没有填写",
    hint="补填实际完成值；没有完成值的自评分不予采用",
    source="自评分以实际完成值为依据",
)
def self_score_without_value(case: Case) -> Iterator[Doubt]:
    """A self score that rests on nothing; where nothing explains it either, MISS-02 has said so already."""
    for indicator, value in case.self_scores:
        said = case.reading(indicator.name_for("说明"))
        if value == 0 or said is None or said.state is not ReadState.VALUE:
            continue
        for asked in indicator.inputs:
            slot = case.layout.slots.get(asked.key)
            if slot and slot.role is SlotRole.INPUT and case.is_blank(slot):
                words = {"code": indicator.code, "name": indicator.name, "label": slot.label}
                yield Doubt(case.at(asked.key), Stated(value), "", indicator.code, words)


@check(
    "SELF-04",
    Severity.WARNING,
    "实际完成值没有达到目标，却自评满分",
    message="指标{code}“{name}”目标{expected}，实际{found}，未达目标，自评满分{mark}分",
    hint="核对目标的方向（越大越好、越小越好）与实际完成值，更正自评分或完成值",
    source="方案《指标》表“目标值”",
)
def full_mark_below_target(case: Case) -> Iterator[Doubt]:
    """Target and actual point in opposite directions, where no rule computes the score (then SELF-02 says it)."""
    for indicator, value in case.self_scores:
        actual = case.submission.value(f"完成值_{indicator.code}")
        target = _target(indicator.target)
        if target is None or value < indicator.full_mark or not isinstance(actual, Decimal):
            continue
        sign, bound = target
        missed = actual > bound if sign == "≤" else actual < bound
        if missed and _by_rule(case, indicator) is None:
            words: dict[str, Content] = {
                "code": indicator.code, "name": indicator.name, "mark": Stated(indicator.full_mark),
            }  # fmt: skip
            asked = next(asked for asked in indicator.inputs if asked.local == "完成值")
            found = stated(actual, asked.type, asked.unit)
            yield Doubt(case.at(asked.key), found, indicator.target, indicator.code, words)


@lru_cache(maxsize=2048)  # the same targets for every project
def _target(text: str) -> tuple[str, Decimal] | None:
    """Direction and bound of ``≥95%``, ``≤8小时``; None when the target has no such form."""
    figure = read_figure(text)
    if figure is None or figure.hedge not in _DIRECTIONS:
        return None
    return _DIRECTIONS[figure.hedge], figure.base if figure.unit == "%" else figure.value


def _in_yuan(case: Case, indicator: Indicator) -> bool:
    """Whether a value of the indicator rests on an amount that the reading calls 元 typed for 万元."""
    if not case.told_in_yuan:
        return False
    formulas = (asked.formula for asked in indicator.inputs if asked.formula)
    keys = {leaf.key for formula in formulas for leaf in leaves(case.scheme.fields, formula, case.fields.judged)}
    keys |= {asked.key for asked in indicator.inputs if not asked.formula}
    return any(case.at(key) in case.told_in_yuan for key in keys)


def _by_rule(case: Case, indicator: Indicator) -> Decimal | None:
    """The rule's result on the unit's values; None when an evaluator is needed or a value is missing."""
    values: dict[str, Value] = {"分值": indicator.full_mark}
    for asked in indicator.inputs:
        found = case.fields.derived(asked.formula) if asked.formula else case.submission.value(asked.key)
        if asked.by_evaluator or found in (None, ""):
            return None
        values[asked.local] = found
    result = compile_formula(indicator.formula).evaluate(values)
    return result if isinstance(result, Decimal) else None
