"""A function written for plain numbers gives what the closures give, to the digit, or leaves the formula to them."""

import random
from decimal import Decimal
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_formulas import NAMES, random_cells, random_formula

from toolkit.formula import compile_formula, parse
from toolkit.formula.environment import MappingEnvironment
from toolkit.formula.evaluate import OFTEN
from toolkit.formula.plain_numbers import write_for_numbers
from toolkit.model.values import ErrorValue, Value

D = Decimal
_leaves = st.sampled_from(["甲", "乙", "丙", "A1", "0", "1", "0.6", "100", "3", "50%", "1E15"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    test = st.builds("{}{}{}".format, inner, st.sampled_from(["=", "<>", "<", ">=", ">", "<="]), inner)
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("{}({},{})".format, st.sampled_from(["MIN", "MAX", "SUM"]), inner, inner),
        st.builds("{}({},{})".format, st.sampled_from(["ROUND", "ROUNDUP", "TRUNC"]), inner, st.integers(0, 4)),
        st.builds("IF({},{},{})".format, test, inner, inner),
        st.builds("IF({}({},{}),{},{})".format, st.sampled_from(["AND", "OR"]), test, test, inner, inner),
        st.builds("(-{})".format, inner),
        st.builds("IFERROR({},{})".format, inner, inner),
        st.builds("{}({})".format, st.sampled_from(["N", "COUNT", "COUNTBLANK"]), st.sampled_from(["甲", "A1"])),
        st.builds(
            'IF({}{}"{}",{},{})'.format, inner, st.sampled_from(["=", "<>"]), st.sampled_from(["", "1"]), inner, inner
        ),
        st.builds('IF(ISNUMBER({}),{},"无"&{})'.format, inner, inner, inner),
        test,
    )


_formulas = st.recursive(_leaves, _grown, max_leaves=10)
_numbers = st.one_of(
    st.decimals(min_value=-1000, max_value=1000, places=2),
    st.sampled_from([D(0), D("-0.00"), D(1) / 3, D("1E+3"), D("1E16"), D("1E-14"), D("9.99E27"), D("1E300")]),
)
_values = st.one_of(_numbers, _numbers, _numbers, st.sampled_from([None, "12", "无", True, ErrorValue.NA]))


@settings(max_examples=250, deadline=None)
@given(_formulas, _values, _values, _values, _values)
def test_both_agree(formula: str, first: Value, second: Value, third: Value, cell: Value):
    fields = {"甲": first, "乙": second, "丙": third, "A1": cell}
    _same(formula, fields)


def test_both_agree_on_random_formulas():
    rng = random.Random(909)  # noqa: S311  # the same formulas every time
    written = 0
    for _ in range(15):
        cells = random_cells(rng)
        fields = {**cells, **{name: cells.get(place) for name, place in NAMES.items() if ":" not in place}}
        written += sum(_same(random_formula(rng), fields) for _ in range(120))
    assert written > 100


def _same(formula: str, fields: dict[str, Value]) -> bool:
    """Compare both; whether the function answered by itself."""
    compiled = compile_formula(parse(formula))
    closures = compiled.evaluate(MappingEnvironment(fields))
    asked: list[object] = []

    def otherwise(*_arguments: object, **_more: object) -> Value:
        asked.append(formula)
        return closures

    written = write_for_numbers(compiled.formula.tree, otherwise)
    if written is None:
        return False
    value = written(fields)
    assert type(value) is type(closures), formula
    assert str(value) == str(closures), formula
    return not asked


def _leaves_nothing(*_arguments: Any, **_more: Any) -> NoReturn:
    raise AssertionError("the function did not answer by itself")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("IF(甲=0,0,ROUND(乙/甲,4))", D("0.3333")),
        ('IF(AND(甲>=1,乙<2),"优","差")', "优"),
        ("SUM(甲,乙)-丙", D("1.5")),
        ("MAX(0,6-6*0.05*MAX(0,ROUND(100-100*乙/甲,0)))", D(0)),
        ("丙%", D("0.025")),
        ("0.1+0.2-0.3", D(0)),
        ("甲>丙", True),
        ('IF(OR(甲="",COUNT(乙,丙)=0),"",IFERROR(乙/丙,"—"))', D("0.4")),
        ('IF(COUNTBLANK(甲)=0,"齐全","缺"&COUNTBLANK(甲)&"项")', "齐全"),
        ("IF(ISNUMBER(甲),N(甲),0)-乙", D(2)),
    ],
)
def test_formulas_of_schemes_are_written(formula: str, value: Value):
    written = write_for_numbers(parse(formula).tree, _leaves_nothing)
    assert written is not None
    assert written({"甲": D(3), "乙": D(1), "丙": D("2.5")}) == value


@pytest.mark.parametrize(
    "formula", ["VLOOKUP(甲,A1:B2,2)", "甲&乙", "SUM(A1:A3)", "+".join(["甲"] * 90), "2^甲", "1/0"]
)
def test_other_formulas_are_left_to_the_closures(formula: str):
    assert write_for_numbers(parse(formula).tree, _leaves_nothing) is None


def test_a_branch_that_is_more_than_arithmetic_is_left_where_it_is_taken():
    """A date inside a choice inside a branch: what was begun of it is given up, and the rest is still written."""
    formula = "IF(甲=1,ROUND(IF(乙>0,IF(丙<=DATE(2024,9,30),丙,0),0),2),甲+乙)"
    assert _same(formula, {"甲": D(3), "乙": D(1), "丙": D("2.5")})
    assert not _same(formula, {"甲": D(1), "乙": D(1), "丙": D("2.5")})


def test_a_formula_evaluated_often_still_knows_blanks_texts_and_errors():
    compiled = compile_formula(parse('IF(甲=0,"",ROUND(乙/甲,2))'))
    for _ in range(OFTEN + 1):
        assert compiled.evaluate({"甲": D(3), "乙": D(1)}) == D("0.33")
    by_closures = compiled.evaluate({"甲": None, "乙": D(1)}), compiled.evaluate({"甲": D(2), "乙": "4"})
    assert by_closures == ("", D(2))
    assert compiled.evaluate({"甲": ErrorValue.NA, "乙": D(1)}) is ErrorValue.NA
    assert compiled.evaluate({"乙": D(1)}) is ErrorValue.NAME


def test_hostile_names_never_become_program_text():
    for name in ("__import__", "otherwise", "n0", "c0", "ZERO"):
        written = write_for_numbers(parse(f"{name}+1").tree, _leaves_nothing)
        assert written is not None
        assert written({name: D(1)}) == 2
