"""What a calculated cell of the indicator table shows before anything is filled in: nothing."""

from decimal import Decimal

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.formula import compile_formula
from toolkit.generate.derived import shown_formula


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=立项日期", '=IF(COUNTBLANK(立项日期)=1,"",立项日期)'),
        (
            "IF(N(合同金额)=0,1,实际支出资金/合同金额)",
            '=IF(AND(COUNTBLANK(合同金额)=1,COUNTBLANK(实际支出资金)=1),"",IF(N(合同金额)=0,1,实际支出资金/合同金额))',
        ),
        ("=SUM(支付金额)", '=IF(COUNTA(支付金额)=0,"",SUM(支付金额))'),
        ('=IF(N(合同金额)=0,"",合同金额*2)', '=IF(N(合同金额)=0,"",合同金额*2)'),
        ("=1", "=1"),
    ],
)
def test_a_formula_waits_for_an_operand(formula: str, shown: str):
    assert shown_formula(formula, SMALL_SCHEME) == shown


def test_its_meaning_is_the_schemes_once_something_is_filled_in():
    formula = "IF(N(合同金额)=0,1,实际支出资金/合同金额)"
    shown = compile_formula(shown_formula(formula, SMALL_SCHEME))
    assert shown.evaluate({"合同金额": None, "实际支出资金": None}) == ""
    for values in ({"合同金额": 0, "实际支出资金": None}, {"合同金额": 8, "实际支出资金": 2}):
        numbers = {name: None if value is None else Decimal(value) for name, value in values.items()}
        assert shown.evaluate(numbers) == compile_formula(formula).evaluate(numbers)
