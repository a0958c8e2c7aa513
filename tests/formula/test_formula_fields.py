"""Fields of a scheme as values: a blank is 0 to Excel, and never a very good answer to us."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import case
from tests.small_scheme import SMALL_SCHEME
from toolkit.formula.fields import FieldValues, field_values, leaves, summed_values
from toolkit.model import Field, FieldType, Scheme, Value

SAVING = '=IF(N(计划成本)=0,"",ROUND((计划成本-实际成本)/计划成本,4))'


def field(key: str, formula: str = "", table: str = "", *, required: bool = True) -> Field:
    return Field(key, key, "资金情况", FieldType.AMOUNT, required=required, formula=formula, table=table)


def scheme(*fields: Field) -> Scheme:
    return replace(SMALL_SCHEME, fields=fields)


COSTS = scheme(
    field("计划成本"),
    field("实际成本"),
    field("其他成本", required=False),
    field("成本节约率", SAVING),
    field("节约额", "=计划成本*成本节约率"),
    field("总成本", "=实际成本+其他成本"),
    field("支付合计", "=SUM(支付金额)"),
    field("支付金额", table="支付明细"),
)


def values(**reported: Value) -> FieldValues:
    return field_values(COSTS, case({}).submission, {"计划成本": None, "实际成本": None, **reported})


def test_a_cost_never_reported_saves_nothing_though_excel_shows_a_hundred_percent():
    found = values(计划成本=Decimal(200))
    assert (found.value("成本节约率"), found.shown_value("成本节约率")) == (None, Decimal(1))
    assert (found.value("节约额"), found.shown_value("节约额")) == (None, Decimal(200))
    assert found.derived("=成本节约率") is None


def test_what_was_reported_counts_as_excel_shows_it():
    found = values(计划成本=Decimal(200), 实际成本=Decimal(150))
    assert found.values == found.shown
    assert (found.number("成本节约率"), found.number("节约额")) == (Decimal("0.25"), Decimal(50))


def test_a_reported_zero_is_no_blank():
    assert values(计划成本=Decimal(200), 实际成本=Decimal(0)).value("成本节约率") == 1


def test_a_blank_that_need_not_be_filled_in_counts_as_nothing_added():
    assert values(实际成本=Decimal(150)).value("总成本") == 150


def test_a_blank_that_changes_nothing_is_no_obstacle():
    assert values(计划成本=Decimal(0)).value("成本节约率") == ""


def test_nothing_follows_from_nothing():
    assert values().value("总成本") is None
    assert field_values(COSTS, None, {}).value("支付合计") is None
    assert values().value("支付合计") == values().shown_value("支付合计")


def test_an_opinion_settles_a_calculated_field():
    found = values(计划成本=Decimal(200), 成本节约率=Decimal("0.1"))
    assert (found.value("成本节约率"), found.value("节约额")) == (Decimal("0.1"), Decimal(20))
    assert "成本节约率" in found.judged


def test_a_sum_over_projects_rests_on_what_some_project_reported():
    each = [values(计划成本=Decimal(200), 实际成本=Decimal(150)), values(计划成本=Decimal(100))]
    found = summed_values(COSTS, each, {})
    assert (found.value("计划成本"), found.value("成本节约率")) == (Decimal(300), Decimal("0.5"))
    assert summed_values(COSTS, [values(计划成本=Decimal(200))], {}).value("成本节约率") is None


@pytest.mark.parametrize(
    ("formula", "judged", "keys"),
    [
        ("=节约额", frozenset(), ["计划成本", "实际成本"]),
        ("=节约额", {"成本节约率"}, ["计划成本", "成本节约率"]),
        ("=支付合计+1", frozenset(), ["支付金额"]),
        ("=1", frozenset(), []),
    ],
)
def test_leaves_are_what_a_person_fills_in(formula: str, judged: frozenset[str], keys: list[str]):
    assert [leaf.key for leaf in leaves(COSTS.fields, formula, frozenset(judged))] == keys


def test_nothing_is_calculated_from_a_value_in_doubt_a_column_of_a_table_among_them():
    submission = case({}).submission
    verified = {"计划成本": Decimal(200), "实际成本": Decimal(150)}
    sound = field_values(COSTS, submission, verified)
    assert sound.value("支付合计") is not None
    doubted = field_values(COSTS, submission, {"计划成本": Decimal(200)}, frozenset({"实际成本", "支付金额"}))
    assert [doubted.value(key) for key in ("实际成本", "成本节约率", "总成本", "支付合计")] == [None] * 4
    assert doubted.derived("=SUM(支付金额)") is None
    assert doubted.value("计划成本") == 200, "what an evaluator verified is used"
    settled = field_values(COSTS, submission, verified, frozenset({"实际成本"}))
    assert settled.value("成本节约率") == Decimal("0.25")


LIMIT = "=IF(N(审计金额)>0,审计金额,合同金额)"
PAID_SHARE = '=IF(OR(N(付款上限)=0,累计支付金额=""),"",ROUND(累计支付金额/付款上限,4))'


@pytest.mark.parametrize("yuan", [10**4, 10**6, 10**8, 10**10])
def test_a_rounded_rate_of_large_amounts_does_not_rest_on_a_blank(yuan: int) -> None:
    """One yuan more changes no rate of four decimals: that made the rates of whole schemes in 元 count as missing."""
    asked = scheme(
        field("合同金额"),
        field("审计金额", required=False),
        field("累计支付金额"),
        field("付款上限", LIMIT),
        field("支付比例", PAID_SHARE),
    )
    reported = {"合同金额": Decimal(yuan), "审计金额": None, "累计支付金额": Decimal(yuan) * Decimal("0.9581")}
    assert field_values(asked, case({}).submission, reported).value("支付比例") == Decimal("0.9581")
    assert field_values(asked, case({}).submission, {**reported, "合同金额": None}).value("支付比例") is None
