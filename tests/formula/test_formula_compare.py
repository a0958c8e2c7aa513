"""Two formulas compared, names replaced, and the order of formulas that use one another."""

import os
import random
from decimal import Decimal

import pytest
from formula_referee import SheetEnvironment
from random_formulas import random_cells, random_formula

from toolkit.errors import SchemeError
from toolkit.formula import (
    FormulaSyntaxError,
    Verdict,
    compare,
    compile_formula,
    evaluation_order,
    find_cycles,
    parse,
    rename,
    spell,
)
from toolkit.formula.tree import Binary, Call, Logical, Node, Number, Unary
from toolkit.model.values import ErrorValue, Value

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
    ("formula", "other"),
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
        ("A1*TRUE", "A1*1"),
        ("MATCH(A1,B1:B9,FALSE)", "MATCH(A1,B1:B9,0)"),
        ("HLOOKUP(A1,B1:C9,2,TRUE)", "HLOOKUP(A1,B1:C9,2,1)"),
        ('TEXTJOIN("、",1,B1:B9)', 'TEXTJOIN("、",TRUE,B1:B9)'),
        ("OR(A1>1,B1<2,C1=3)", "OR(3=C1,A1>1,2>B1)"),
        ("A1*B1/100", "(B1*A1)%"),
        ("ROUND(A1,2)-0.005", "ROUND(A1,2)-0.0049999999999999999999"),
    ],
)
def test_harmless_rewrites_are_equivalent(formula: str, other: str):
    assert compare(formula, other).verdict is Verdict.EQUIVALENT
    assert compare(other, formula).verdict is Verdict.EQUIVALENT


@pytest.mark.parametrize(
    ("formula", "other"),
    [
        ("A1-B1", "B1-A1"),
        ("A1/B1", "B1/A1"),
        ("A1^2", "2^A1"),
        ("A1>=90", "A1>90"),
        ("A1>=90", "90>=A1"),
        ("A1&B1", "B1&A1"),
        ("A1=TRUE", "A1=1"),
        ("IF(A1,TRUE,FALSE)", "IF(A1,1,0)"),
        ("A1&TRUE", "A1&1"),
        ("COUNTIF(A1:A9,TRUE)", "COUNTIF(A1:A9,1)"),
        ("IF(A1,1,2)", "IF(A1,2,1)"),
        ("ROUND(A1,2)", "ROUND(2,A1)"),
        ("VLOOKUP(A1,B1:C9,2,FALSE)", "VLOOKUP(A1,B1:C9,2,1)"),
        ("A1+0.005", "A1+0.0051"),
        ("(A1+B1)*C1", "A1+B1*C1"),
        ("SUM(A1,B1)", "SUM(A1,B1,B1)"),
    ],
)
def test_a_rewrite_that_changes_the_value_is_never_called_equal(formula: str, other: str):
    assert compare(formula, other).verdict is Verdict.DIFFERENT


SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*", "<": "<=", "<=": "<", ">": "<", ">=": ">", "=": "<>", "<>": "="}
CALLED = {"MIN": "MAX", "MAX": "MIN", "SUM": "AVERAGE", "ROUND": "ROUNDUP", "AND": "OR", "OR": "AND", "COUNT": "COUNTA"}
PAIRS = 20_000 if os.environ.get("JIXIAO_FULL") else 1_500


def edited(rng: random.Random, node: Node) -> Node:
    """The tree with operands turned round, an operator, a function or a literal changed at random places."""
    if rng.random() < 0.25:
        return changed(rng, node)
    match node:
        case Binary(operator, left, right):
            return Binary(operator, edited(rng, left), edited(rng, right))
        case Unary(operator, operand):
            return Unary(operator, edited(rng, operand))
        case Call(function, arguments):
            return Call(function, tuple(edited(rng, argument) for argument in arguments))
        case _:
            return node


def changed(rng: random.Random, node: Node) -> Node:
    match node:
        case Binary(operator, left, right):
            turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator)
            other = SWAPPED.get(operator, operator)
            return rng.choice((Binary(turned, right, left), Binary(operator, right, left), Binary(other, left, right)))
        case Unary("%", operand):
            return Binary("/", operand, Number(D(100)))
        case Call(function, arguments) if len(arguments) > 1:
            shuffled = tuple(rng.sample(arguments, len(arguments)))
            return rng.choice((Call(function, shuffled), Call(CALLED.get(function, function), arguments)))
        case Number(value):
            return rng.choice((Number(value + D("1E-20")), Number(value + 1), Logical(bool(value))))
        case _:
            return node


def compiles(text: str) -> bool:
    try:
        compile_formula(text)
    except FormulaSyntaxError:
        return False
    return True


def test_formulas_called_equal_give_equal_values_on_random_sheets():
    rng = random.Random(20261128)  # noqa: S311  # the same formulas every time
    sheets = [SheetEnvironment(random_cells(rng)) for _ in range(4)]
    called_equal = 0
    for _ in range(PAIRS):
        formula = random_formula(rng)
        other = spell(edited(rng, parse(formula).tree))
        if not compiles(other) or compare(formula, other).verdict not in (Verdict.EQUIVALENT, Verdict.IDENTICAL):
            continue
        called_equal += parse(formula).tree != parse(other).tree
        for sheet in sheets:
            first, second = (compile_formula(text).evaluate(sheet) for text in (formula, other))
            assert alike(first, second), (formula, other, first, second)
    assert called_equal > PAIRS / 20


def alike(first: Value, second: Value) -> bool:
    """Equal values; of two errors that meet, either may come first."""
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return abs(first - second) <= max(abs(first), D("1E-9")) * D("1E-12")
    if isinstance(first, ErrorValue) and isinstance(second, ErrorValue):
        return True
    return type(first) is type(second) and first == second
