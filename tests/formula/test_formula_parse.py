"""What a formula text is taken for, and what is said when it is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formula import FormulaSyntaxError, parse, spell
from toolkit.formula.tokens import tokenize
from toolkit.formula.tree import Binary, Call, ErrorLiteral, Missing, Name, Number, Reference, TableReference, Unary
from toolkit.model.values import ErrorValue


def test_a_rate_formula_is_understood():
    formula = parse('=IF(实际到位资金=0,"",ROUND(实际支出资金/实际到位资金,4))')
    assert formula.names == {"实际到位资金", "实际支出资金"}
    assert formula.functions == {"IF", "ROUND"}
    assert not formula.cells


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("-2^2", "(-2)^2"),
        ("2^3^2", "(2^3)^2"),
        ("2*3%", "2*(3%)"),
        ("1+2&3", "(1+2)&3"),
        ('1&2="12"', '(1&2)="12"'),
        ("a-b-c", "(a-b)-c"),
        ("--a", "-(-a)"),
        ("@a", "a"),
        ("_xlfn.IFS(TRUE,1)", "IFS(TRUE,1)"),
        ("'甲'!A1", "甲!A1"),
        ("表[@列]", "表[[#This Row],[列]]"),
    ],
)
def test_precedence_and_spelling(text: str, meaning: str):
    assert parse(text).tree == parse(meaning).tree


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("Sheet1!$B$2", Reference("Sheet1", 2, 2, 2, 2, (True, True, True, True))),
        ("B2:A1", Reference(None, 1, 1, 2, 2)),
        ("'a ''b'!A1", Reference("a 'b", 1, 1, 1, 1)),
        ("$3:4", Reference(None, 3, 1, 4, 16_384, (True, True, False, True))),
        ("汇总表[[#Data],[甲]:[乙]]", TableReference("汇总表", ("#Data",), ("甲", "乙"))),
        ("甲表!#REF!", ErrorLiteral(ErrorValue.REF)),
        ("XFE1", Name("XFE1")),
        ("甲表!预算资金", Name("预算资金", "甲表")),
        ("LOG10(1)", Call("LOG10", (Number(Decimal(1)),))),
        ("IF(a,,)", Call("IF", (Name("a"), Missing(), Missing()))),
        ("1e3", Number(Decimal(1000))),
    ],
)
def test_leaves(text: str, node: object):
    assert parse(text).tree == node


@pytest.mark.parametrize(
    ("text", "said", "position"),
    [
        ("=SUM(1，2)", "请改成半角的 ,", 7),
        ("=1+", "没有写完", 3),
        ("=(1", "缺少右括号", 3),
        ("=1 2", "缺少运算符", 4),
        ('="abc', "引号没有成对", 2),
        ("=1)", "右括号", 3),
        ("={1,2;3}", "各行的个数不一样", 2),
        ("", "空的", 0),
        ("A1:XFE9", "超出了工作表的范围", 1),
        ("1e999", "太大", 1),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, said: str, position: int):
    with pytest.raises(FormulaSyntaxError, match=said) as caught:
        parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "text",
    [
        "1" * 9_000,
        "(" * 70 + "1" + ")" * 70,
        "-" * 5_000 + "1",
        "1" + "+1" * 4_000,
        "表" + "[[a]   " * 1_000,
        "'" * 8_000,
        "IF(" * 65 + "1" + ")" * 65,
    ],
)
def test_hostile_sizes_are_refused(text: str):
    with pytest.raises(FormulaSyntaxError):
        parse(text)


@given(st.text(alphabet="aB1.$:!'\"[]{}(),;+-*/^&=<>%@# 预算\n", max_size=40))
def test_any_text_is_read_or_refused_and_never_breaks(text: str):
    try:
        formula = parse(text)
    except FormulaSyntaxError:
        return
    assert parse(spell(formula.tree)).tree == formula.tree


@given(st.text(alphabet="aB1.$:!'\"[](),;+-*/^ 预算", max_size=40))
def test_tokens_put_together_are_the_text(text: str):
    try:
        tokens = tokenize(text)
    except FormulaSyntaxError:
        return
    assert "".join(token.text for token in tokens) == text


_leaves = st.sampled_from([Name("甲"), Name("乙"), Number(Decimal(2)), Number(Decimal("0.5"))])
_trees = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<="]), inner, inner),
        st.builds(Unary, st.sampled_from(["-", "%", "+"]), inner),
        st.builds(lambda *parts: Call("MAX", parts), inner, inner),
    ),
    max_leaves=12,
)


@given(_trees)
def test_spelling_a_tree_and_reading_it_gives_the_tree(tree: Binary):
    assert parse(spell(tree)).tree == tree
