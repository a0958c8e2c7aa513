from dataclasses import replace
from decimal import Decimal

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.formula import evaluate
from toolkit.formula.operands import judged_operands
from toolkit.generate.self_check import cross_check_formula, in_formulas, missing_formula, total_formulas
from toolkit.model import CrossCheck, FieldType, Severity, Slot, SlotRole

LIMIT = CrossCheck("X", "=累计<=IF(N(审计)=0,合同,审计)", Severity.ERROR, "m")


def test_a_name_the_formula_asks_about_may_be_blank():
    assert judged_operands(LIMIT.formula) == ("累计", "合同")
    assert judged_operands('=IF(甲="",TRUE,甲<=乙)') == ("乙",)
    assert judged_operands("=SUM(支付金额)=累计") == ("支付金额", "累计")


@pytest.mark.parametrize(
    ("paid", "audited", "expected"), [(90, None, "通过"), (110, None, "不符"), (95, 90, "不符"), (None, None, "未填")]
)
def test_verdicts(paid, audited, expected):
    # As one-cell areas: COUNTBLANK asks for a reference, which a defined name is.
    typed = {"累计": paid, "审计": audited, "合同": 100}
    values = {name: ((None if value is None else Decimal(value),),) for name, value in typed.items()}
    assert evaluate(cross_check_formula(LIMIT, {}), values) == expected


def test_a_doubtful_check_asks_to_verify():
    check = CrossCheck("X", "=甲<=乙", Severity.WARNING, "m")
    assert '"请核实"' in cross_check_formula(check, {})
    assert '"不符"' not in cross_check_formula(check, {})


def test_a_table_column_is_unfilled_only_when_all_of_it_is():
    check = CrossCheck("X", "=SUM(支付金额)=累计", Severity.ERROR, "m")
    assert "COUNTA(支付金额)=0" in cross_check_formula(check, {"支付金额": "支付明细"})


def test_a_scheme_without_cross_checks_has_no_area_to_count():
    assert total_formulas(replace(SMALL_SCHEME, cross_checks=()))["自检_不符合计"] == "=0"


@pytest.mark.parametrize(
    ("kind", "typed", "missing"),
    [
        (FieldType.AMOUNT, None, 1),
        (FieldType.AMOUNT, Decimal("287.36"), 0),
        (FieldType.AMOUNT, "287.36万元", 1),
        (FieldType.AMOUNT, "不适用", 0),
        (FieldType.RATE, "待定", 0),
        (FieldType.TEXT, "287.36万元", 0),
    ],
)
def test_words_where_a_number_belongs_are_missing(kind: FieldType, typed: Decimal | str | None, missing: int):
    slot = Slot("甲", "表", "A1", SlotRole.INPUT, kind, "甲", required=True)
    assert evaluate(missing_formula([slot]), {"甲": ((typed,),)}) == missing


@pytest.mark.parametrize(("verdict", "said"), [("通过", False), ("请核实", True)])
def test_what_is_to_be_looked_at_again_is_said_although_it_passes(verdict: str, said: bool):
    conclusion = total_formulas(SMALL_SCHEME)["自检_结论"]
    values = {"自检_缺项合计": Decimal(0), "自检_不符合计": Decimal(0), "自检_结果区": ((verdict,), ("通过",))}
    assert ("请核实 1 条" in evaluate(conclusion, values)) is said


@pytest.mark.parametrize(
    ("count", "kind"), [(95, FieldType.RATE), (96, FieldType.RATE), (400, FieldType.RATE), (500, FieldType.TEXT)]
)
def test_hundreds_of_cells_are_counted_in_formulas_that_excel_and_we_can_read(count: int, kind: FieldType) -> None:
    slots = [Slot(f"完成值_A{n:03}", "指标信息", f"I{n}", SlotRole.INPUT, kind, "完成值") for n in range(1, count + 1)]
    parts = in_formulas(slots)
    formulas = [missing_formula(part) for part in parts]
    assert [slot for part in parts for slot in part] == slots
    assert all(len(formula) <= 8192 for formula in formulas)
    values = {slot.key: ((None if number % 3 else Decimal(1),),) for number, slot in enumerate(slots)}
    lacking = sum(value == ((None,),) for value in values.values())
    assert sum(evaluate(formula, values) for formula in formulas) == lacking


def test_few_cells_are_counted_in_one_formula_as_before() -> None:
    slots = [Slot(f"甲{n}", "资金情况", f"C{n}", SlotRole.INPUT, FieldType.TEXT, "甲") for n in range(1, 191)]
    assert in_formulas(slots) == [slots]
    assert missing_formula(slots) == "=" + "+".join(f"COUNTBLANK({slot.key})" for slot in slots)
