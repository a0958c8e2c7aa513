"""What a calculated cell of the indicator table shows before anything is filled in: nothing."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.generate.stamped import small_template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.formula import compile_formula
from toolkit.generate.derived import rests_on_blank, shown_formula


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


@pytest.mark.parametrize(
    ("formula", "required", "condition"),
    [
        (
            "=实际支出资金/合同金额",
            ("合同金额", "实际支出资金"),
            "OR(COUNTBLANK(合同金额)=1,COUNTBLANK(实际支出资金)=1)",
        ),
        ("=实际支出资金/合同金额", ("实际支出资金",), "COUNTBLANK(实际支出资金)=1"),
        ("=实际支出资金/合同金额", (), "AND(COUNTBLANK(合同金额)=1,COUNTBLANK(实际支出资金)=1)"),
        ("=SUM(支付金额)", (), "COUNTA(支付金额)=0"),
        ("=1", (), ""),
    ],
)
def test_a_value_resting_on_a_blank_is_not_shown(formula: str, required: tuple[str, ...], condition: str):
    fields = tuple(replace(one, required=one.key in required) for one in SMALL_SCHEME.fields)
    assert rests_on_blank(formula, replace(SMALL_SCHEME, fields=fields)) == condition


def test_the_rate_cell_itself_hides_what_rests_on_a_blank():
    slot = small_template().layout.slots["预算执行率"]
    sheet = load_workbook(BytesIO(small_template().stamp(PROJECTS[0])))[slot.sheet]
    rules = [rule for area in sheet.conditional_formatting if slot.cell in area.sqref for rule in area.rules]
    hiding = [rule.formula[0] for rule in rules if rule.dxf.numFmt and rule.dxf.numFmt.formatCode == ";;;"]
    assert hiding == ["OR(COUNTBLANK(实际到位资金)=1,COUNTBLANK(实际支出资金)=1)"]
