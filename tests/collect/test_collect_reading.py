"""Whatever stands in the cells, the outcome adds up."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.collect.returned import clean, filled, place, read, template
from toolkit.excel.cell_xml import FormulaChange
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import ReadState, SlotRole

KEYS = sorted(template().layout.slots)
INPUTS = [key for key in KEYS if template().layout.slots[key].role is SlotRole.INPUT]
CONTENTS = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(-(10**12), 10**12, places=3),
    st.sampled_from(["/", "约100", "1,032.28", "98％", "2024.3.5", "=1+1", "{{ x }}", "２８６．５万元", "<b>&amp;"]),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), CONTENTS, max_size=12))
def test_the_balance_holds_whatever_is_typed(typed):
    outcome = read(patch_cells(clean(), {place(key): content for key, content in typed.items()}))
    assert outcome.accepted
    assert outcome.balance.holds
    assert outcome.balance.unplaced == 0
    assert outcome.submission.readings.keys() >= set(KEYS)
    for key, content in typed.items():
        reading = outcome.submission.readings[key]
        assert (reading.state is ReadState.VALUE) == (reading.value is not None)
        if isinstance(content, str) and isinstance(reading.value, Decimal):
            assert any(char.isdigit() for char in content)


@pytest.mark.parametrize("formula", ["=" + "(" * 4000 + "1" + ")" * 4000, "=" + "-" * 4000 + "1", "=1+", "=", '="'])
def test_a_hostile_formula_is_only_another_formula(formula):
    for key in ("资金到位率", INPUTS[0]):
        outcome = read(patch_cells(clean(), {place(key): FormulaChange(formula, Decimal(1))}))
        assert outcome.accepted
    for key in ("资金到位率", "预算资金"):
        outcome = read(patch_cells(clean(), {place(key): FormulaChange(formula, None)}))
        assert outcome.balance.holds


def test_findings_say_where_what_and_how():
    outcome = read(patch_cells(clean(), {place("预算资金"): "约300万元"}), "最终版2.xlsx")
    (finding,) = outcome.submission.notes
    sheet, ref = place("预算资金")
    assert (finding.at.workbook, finding.at.sheet, finding.at.cell) == ("最终版2.xlsx", sheet, ref)
    assert (finding.project, finding.indicator, finding.found) == ("1", "预算资金", "约300万元")
    assert finding.expected == "金额（数字），单位：万元"
    assert finding.hint
    (of_indicator,) = read(filled(完成值_D101=Decimal(79))).submission.notes
    assert of_indicator.message.startswith("系统可用率：比率格内的数按百分数读取")
    assert "98%" not in of_indicator.hint, "a fixed example reads like an order"


def test_what_is_none_of_the_choices_is_told_what_they_are():
    (finding,) = read(patch_cells(clean(), {place("采购方式"): "邀请"})).submission.notes
    assert (finding.code, finding.hint) == ("READ-26", "请从下拉列表中选择：公开招标、竞争性磋商、单一来源")
