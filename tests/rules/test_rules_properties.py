"""What holds for every value: a score lies between 0 and the full mark, and better never scores less."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import WorkedExample, all_examples, score_of

from toolkit.formula import parse
from toolkit.model import FieldType
from toolkit.rules import Rule, RuleInput

OLD_FUNCTIONS = {
    "IF",
    "ROUND",
    "MIN",
    "MAX",
    "AND",
    "OR",
    "ISNUMBER",
    "N",
    "DATE",
    "EDATE",
    "EOMONTH",
    "INT",
    "ROUNDUP",
    "ROUNDDOWN",
}
RISING = {"rate_proportional", "target_ratio", "qualitative_tier", "gated_proportional", "checkpoint_tiered"}
FALLING = {"count_deduct", "reverse_target", "discretionary", "date_window"}

EXAMPLES = {(one.kind, one.parameters, one.checkpoints): one for one in all_examples()}.values()
numbers = st.decimals(min_value=-10, max_value=50_000, places=4) | st.decimals(min_value=0, max_value=2, places=4)
anything = st.none() | st.text(max_size=4) | st.booleans() | numbers


def values_of(need: RuleInput) -> st.SearchStrategy:
    return anything | st.sampled_from(need.choices) if need.choices else anything


def numbers_of(need: RuleInput) -> st.SearchStrategy[Decimal]:
    if need.type is FieldType.DATE:
        return st.integers(40_000, 50_000).map(Decimal)
    return st.decimals(min_value=0, max_value=3, places=4) if need.type is FieldType.RATE else numbers


def scored(rule: Rule, values: dict, full_mark: Decimal) -> Decimal:
    score = score_of(rule, values, full_mark)
    assert isinstance(score, Decimal)
    return score


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_value_scores_below_nothing_or_above_the_full_mark(example: WorkedExample, data):
    rule = example.rule
    values = {need.local: data.draw(values_of(need), need.local) for need in rule.needs()}
    score = scored(rule, values, example.full_mark)
    assert 0 <= score <= example.full_mark
    assert rule.because(values, example.full_mark, score)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.kind in RISING | FALLING], ids=str)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_better_never_scores_less(example: WorkedExample, data):
    if "计零分" in example.parameters:
        return  # too early earns nothing there
    rule = example.rule
    need = rule.needs()[0]
    low, high = sorted(data.draw(st.tuples(numbers_of(need), numbers_of(need))))
    others = {one.local: Decimal(1) for one in rule.needs()}
    worse, better = (low, high) if example.kind in RISING else (high, low)
    assert scored(rule, {**others, need.local: worse}, example.full_mark) <= scored(
        rule, {**others, need.local: better}, example.full_mark
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_formulas_use_only_what_old_programs_know(example: WorkedExample):
    formula = parse(example.rule.formula())
    assert {name.upper() for name in formula.functions} <= OLD_FUNCTIONS
    assert formula.names <= {"分值", *(one.local for one in example.rule.needs())}
    assert len(formula.text) < 8192
