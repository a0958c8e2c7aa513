"""The quick way gives what the closures give, or leaves the formula to them."""

from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.formula import compile_formula, parse
from toolkit.formula.quick import compile_quick
from toolkit.model.values import ErrorValue

_leaves = st.sampled_from(["甲", "乙", "丙", "0", "1", "0.6", "100", "3"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    test = st.builds("{}{}{}".format, inner, st.sampled_from(["=", "<>", "<", ">=", ">"]), inner)
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("{}({},{})".format, st.sampled_from(["MIN", "MAX", "SUM"]), inner, inner),
        st.builds("{}({},{})".format, st.sampled_from(["ROUND", "ROUNDUP", "TRUNC"]), inner, st.integers(0, 4)),
        st.builds("IF({},{},{})".format, test, inner, inner),
        st.builds("IF({}({},{}),{},{})".format, st.sampled_from(["AND", "OR"]), test, test, inner, inner),
    )


_formulas = st.recursive(_leaves, _grown, max_leaves=10)
_numbers = st.one_of(
    st.decimals(min_value=-1000, max_value=1000, places=2), st.sampled_from([Decimal(0), Decimal(1) / 3])
)
_values = st.one_of(_numbers, _numbers, _numbers, st.sampled_from([None, "12", "无", True, ErrorValue.NA]))


@settings(max_examples=300, deadline=None)
@given(_formulas, _values, _values, _values)
def test_both_ways_agree(formula: str, first: object, second: object, third: object):
    compiled = compile_formula(formula)
    fields = {"甲": first, "乙": second, "丙": third}
    quick, thorough = compiled.evaluate(fields), compiled.evaluate(MappingProxyType(fields))
    assert type(quick) is type(thorough)
    assert quick == thorough


@pytest.mark.parametrize("formula", ["IF(甲=0,0,ROUND(乙/甲,4))", 'IF(AND(甲>=1,乙<2),"优","差")', "SUM(甲,乙)-丙"])
def test_the_formulas_of_schemes_go_the_quick_way(formula: str):
    assert compile_quick(parse(formula).tree)


@pytest.mark.parametrize("formula", ["VLOOKUP(甲,A1:B2,2)", "甲&乙", "SUM(A1:A3)", "+".join(["甲"] * 90)])
def test_other_formulas_are_left_to_the_closures(formula: str):
    assert compile_quick(parse(formula).tree) is None


def test_hostile_names_never_become_program_text():
    name = "__import__"
    compiled = compile_formula(f"{name}+1")
    assert compiled.evaluate({name: Decimal(1)}) == 2
    assert compiled.evaluate({}) is ErrorValue.NAME
