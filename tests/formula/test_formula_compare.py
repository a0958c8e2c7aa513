"""Two formulas compared, names replaced, and the order of formulas that use one another."""

import pytest

from toolkit.errors import SchemeError
from toolkit.formula import Verdict, compare, evaluation_order, find_cycles, parse, rename

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
