"""Two formulas compared, names replaced, and the order of formulas that use one another."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import SchemeError
from toolkit.formula import Verdict, compare, evaluate, evaluation_order, find_cycles, parse, rename

D = Decimal
RATE = '=IF(实际到位资金=0,"",ROUND(实际支出资金/实际到位资金,4))'


@pytest.mark.parametrize(
    "found",
    [
        RATE.lower(),
        '=IF( 实际到位资金 = 0 , "" , ROUND(实际支出资金 / 实际到位资金, 4) )',
        '=+IF((实际到位资金=0),"",ROUND((实际支出资金)/实际到位资金,4.0))',
        '=_xlfn.SINGLE(IF(实际到位资金=0,"",ROUND(实际支出资金/实际到位资金,400%)))',
    ],
)
def test_spelling_does_not_matter(found: str):
    assert compare(RATE, found).verdict is Verdict.EQUIVALENT


def test_the_same_text_is_identical_with_or_without_its_sign():
    assert compare(RATE, RATE[1:]).verdict is Verdict.IDENTICAL


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (RATE.replace("/实际到位资金", "/预算资金"), "分母应为 实际到位资金，现为 预算资金"),
        (RATE.replace(",4)", ",2)"), "ROUND 的保留位数应为 4，现为 2"),
        (RATE.replace("ROUND(", "ROUNDUP("), "函数应为 ROUND，现为 ROUNDUP"),
        (RATE.replace("=0,", ">0,"), "比较符应为 =，现为 >"),
        (RATE.replace('"",', "0,"), 'IF 的条件成立时的值应为 ""，现为 0'),
        ("", "现为空白"),
        ("=实际支出资金/", "读不懂"),
    ],
)
def test_differences_are_told_in_words(found: str, words: str):
    comparison = compare(RATE, found)
    assert comparison.verdict is Verdict.DIFFERENT
    assert words in comparison.words


@pytest.mark.parametrize("found", ["0.94", "=94%", '"无"', "=0.5*2"])
def test_a_constant_in_the_place_of_a_formula(found: str):
    comparison = compare(RATE, found)
    assert comparison.verdict is Verdict.CONSTANT
    assert "现为固定值" in comparison.words


def test_a_copied_formula_is_compared_at_its_new_place():
    assert compare("=A1+$B$1", "=A4+$B$1", shift=(3, 0)).verdict is Verdict.EQUIVALENT
    assert compare("=A1+$B$1", "=A4+B4", shift=(3, 0)).words == "加号后的项应为 B1，现为 B4"


def test_names_are_replaced_and_nothing_else():
    text = '= 预算资金 +SUM("预算资金", 预算资金2,预算资金())*甲!预算资金 + 表[预算资金]'
    assert rename(text, {"预算资金": "$D$5"}) == text.replace(" 预算资金 +", " $D$5 +", 1)
    assert rename("abc+TRUE", {"ABC": "x", "TRUE": "y"}) == "x+TRUE"
    assert parse(rename(RATE, lambda name: f"前_{name}")).names == {"前_实际到位资金", "前_实际支出资金"}


def test_circles_are_found_and_named():
    formulas = {"到位率": "到位/预算", "得分": "到位率*权重", "权重": "得分+甲", "甲": "甲+1", "乙": "到位率"}
    assert find_cycles(formulas) == [("得分", "权重"), ("甲",)] or find_cycles(formulas) == [("甲",), ("得分", "权重")]
    with pytest.raises(SchemeError, match="得分 → 权重 → 得分"):
        evaluation_order(formulas)


def test_what_is_used_comes_first():
    assert evaluation_order({"c": "A+b", "b": "a*2", "a": "1", "d": "2"}) == ["a", "b", "c", "d"]


def test_a_long_chain_needs_no_recursion():
    chain = {f"项{i}": f"项{i + 1}" for i in range(5_000)}
    order = evaluation_order(chain)
    assert order[0] == "项4999"
    assert find_cycles(chain | {"项5000": "项0"})[0][:2] == ("项0", "项1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A1+B1", "B1+A1"),
        ("A1*B1*C1", "C1*A1*B1"),
        ("SUM(A1,B1,C1)", "SUM(C1,A1,B1)"),
        ("MAX(0,A1)", "MAX(A1,0)"),
        ("AND(A1>1,B1<2)", "AND(B1<2,A1>1)"),
        ("A1/100", "A1%"),
        ("A1^2", "POWER(A1,2)"),
        ("A1&B1&C1", "CONCATENATE(A1,B1,C1)"),
        ("90<=A1", "A1>=90"),
        ("A1>5", "5<A1"),
        ("A1=B1", "B1=A1"),
        ("VLOOKUP(A1,B1:C9,2,FALSE)", "VLOOKUP(A1,B1:C9,2,0)"),
        ("A1*100%", "A1*1"),
        ("ROUND(A1,2)-0.005", "ROUND(A1,2)-0.0049999999999999999999"),
    ],
)
def test_harmless_rewrites_are_equivalent(one: str, other: str):
    assert compare(one, other).verdict is Verdict.EQUIVALENT
    assert compare(other, one).verdict is Verdict.EQUIVALENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A1-B1", "B1-A1"),
        ("A1/B1", "B1/A1"),
        ("A1^2", "2^A1"),
        ("A1>=90", "A1>90"),
        ("A1>=90", "90>=A1"),
        ("A1&B1", "B1&A1"),
        ("IF(A1,1,2)", "IF(A1,2,1)"),
        ("ROUND(A1,2)", "ROUND(2,A1)"),
        ("VLOOKUP(A1,B1:C9,2,FALSE)", "VLOOKUP(A1,B1:C9,2,1)"),
        ("A1+0.005", "A1+0.0051"),
        ("(A1+B1)*C1", "A1+B1*C1"),
        ("SUM(A1,B1)", "SUM(A1,B1,B1)"),
    ],
)
def test_a_rewrite_that_changes_the_value_is_never_called_equal(one: str, other: str):
    assert compare(one, other).verdict is Verdict.DIFFERENT


_LEAVES = st.sampled_from(["A1", "B1", "2", "0.5", "1"])
_FORMULAS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/^"), inner).map(lambda parts: f"({''.join(parts)})"),
        st.tuples(st.sampled_from(["MIN", "MAX", "SUM", "ROUND"]), inner, inner).map(
            lambda p: f"{p[0]}({p[1]},{p[2]})"
        ),
        inner.map(lambda text: f"({text})%"),
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(_FORMULAS, _FORMULAS)
def test_formulas_called_equal_give_equal_values(one: str, other: str):
    if compare(one, other).verdict not in (Verdict.IDENTICAL, Verdict.EQUIVALENT):
        return
    for a, b in ((D("3.7"), D("-2")), (D("0.25"), D("11")), (D("-5"), D("0.1"))):
        values = [evaluate(text, {"A1": a, "B1": b}) for text in (one, other)]
        both = [value for value in values if isinstance(value, Decimal)]
        assert len(both) in (0, 2), values
        assert not both or abs(both[0] - both[1]) <= abs(both[0]) * D("1E-20"), values
