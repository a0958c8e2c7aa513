"""Self scores against full marks and against the values beside them."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.formula import compile_formula
from toolkit.model import Indicator, Severity, Value
from toolkit.rules import applies
from toolkit.text import plain, score


def _self_scores(case: Case) -> Iterator[tuple[Indicator, Decimal]]:
    for indicator in case.scheme.indicators:
        value = case.submission.value(indicator.name_for("自评分"))
        if isinstance(value, Decimal) and applies(indicator, case.project):
            yield indicator, value


@check(
    "SELF-01",
    Severity.ERROR,
    "自评分超出0至分值的范围",
    message="指标{code}“{name}”自评{found}分，超出0至{expected}分的范围",
    hint="自评分不得低于0，也不得高于该指标分值",
    source="方案《指标》表分值",
)
def self_score_out_of_range(case: Case) -> Iterator[Doubt]:
    """A self score above the full mark, or negative."""
    for indicator, value in _self_scores(case):
        if not 0 <= value <= indicator.full_mark:
            words = {"code": indicator.code, "name": indicator.name}
            at = case.at(indicator.name_for("自评分"))
            yield Doubt(at, plain(value), plain(indicator.full_mark), indicator.code, words)


@check(
    "SELF-02",
    Severity.NOTE,
    "自评分与按规则计算的得分不一致",
    message="指标{code}“{name}”自评{found}分，按填报值和评分规则为{expected}分",
    hint="以评价机构核定得分为准；如填报值有误请更正",
    source="方案《指标》表评分规则",
)
def self_score_not_by_rule(case: Case) -> Iterator[Doubt]:
    """A self score the unit's own values do not support."""
    for indicator, value in _self_scores(case):
        by_rule = _by_rule(case, indicator)
        if by_rule is not None and abs(by_rule - value) > Decimal("0.005"):
            words = {"code": indicator.code, "name": indicator.name}
            at = case.at(indicator.name_for("自评分"))
            yield Doubt(at, plain(value), score(by_rule, case.scheme.score_places), indicator.code, words)


def _by_rule(case: Case, indicator: Indicator) -> Decimal | None:
    """The rule's result on the unit's values; None when an evaluator is needed or a value is missing."""
    values: dict[str, Value] = {"分值": indicator.full_mark}
    for one in indicator.inputs:
        found = (
            compile_formula(one.formula).evaluate(case.fields.values) if one.formula else case.submission.value(one.key)
        )
        if one.by_evaluator or found in (None, "") or isinstance(found, tuple):
            return None
        values[one.local] = found
    result = compile_formula(indicator.formula).evaluate(values)
    return result if isinstance(result, Decimal) else None
