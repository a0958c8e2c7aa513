"""Areas calculated cell by cell, as Excel 365 does with a formula typed into it; never a silent wrong number."""

from decimal import Decimal

import pytest

from toolkit.formula import compile_formula, evaluate, parse, taken_cell_by_cell
from toolkit.model.values import ErrorValue

D = Decimal
FIELDS = {
    "评级": (("优",), ("良",), ("优",), (None,)),
    "金额": ((D(1),), (D(2),), (D(4),), (D(8),)),
    "单位": (("甲",), ("乙",), ("甲",), ("丙",)),
    "一行": ((D(5),),),
    **{f"A{row}": D(row) for row in range(1, 6)},
    "B1": "x",
}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('SUM(IF(评级="优",金额))', D(5)),
        ('SUM(IF(评级="优",金额,0))', D(5)),
        ('MAX(IF(评级="优",金额))', D(4)),
        ('MIN(IF(评级="优",金额))', D(1)),
        ('SUM((评级="优")*金额)', D(5)),
        ('SUM((评级="优")*(单位="甲")*金额)', D(5)),
        ('SUMPRODUCT((评级="优")*1)', D(2)),
        ('SUMPRODUCT(--(评级="优"))', D(2)),
        ('COUNT(1/(评级="优"))', D(2)),
        ("AND(金额>0)", True),
        ("AND(金额>1)", False),
        ("OR(金额>7)", True),
        ('INDEX(金额,MATCH(1,(评级="良")*(单位="乙"),0))', D(2)),
        ('LOOKUP(2,1/((评级="优")*(单位="甲")),金额)', D(4)),
        ("SUMPRODUCT(1/COUNTIF(单位,单位))", D(3)),
        ("SUM(1/COUNTIF(单位,单位))", D(3)),
        ('SUM(COUNTIF(评级,{"优","良"}))', D(3)),
        ('SUM(SUMIF(评级,{"优","良"},金额))', D(7)),
        ("SUM(LARGE(金额,{1,2}))", D(12)),
        ("SUM(LARGE(金额,ROW(A1:A2)))", D(12)),
        ("SUM(LEN(单位))", D(4)),
        ("SUM(ROUND(金额/3,1))", D("5.0")),
        ('TEXTJOIN("、",TRUE,IF(评级="优",单位,""))', "甲、甲"),
        ("SUM(N(金额>1))", D(3)),
        ('SUM(IFERROR(金额/(评级="优"),0))', D(5)),
        ('SUM(IFS(评级="优",金额,TRUE,100))', D(205)),
        ('SUM(SWITCH(评级,"优",10,"良",5,1))', D(26)),
        ("SUM(CHOOSE(金额/金额,金额,0))", D(15)),
        ("SUM(--ISBLANK(评级))", D(1)),
        ("SUM(A1:A5*A1:A5)", D(55)),
        ("SUM(A1:A5+1+A1:A5+TRUE)", D(40)),
        ('SUM(IFERROR(A1:A5+"x"+1,10)+1+A1:A5)', D(70)),
        ('1+"x"+NA()+1', ErrorValue.VALUE),
        ('1+NA()+"x"+1', ErrorValue.NA),
        ("0.1+0.2+0.3-0.6+1", D(1)),
        ("SUM(MOD(A1:A5,2))", D(3)),
        ("一行+1", D(6)),
        ("A1:A1+1", D(2)),
        ("INDEX(A1:A5,3)+1", D(4)),
        ("INDEX(A1:B2,1,2,1)", "x"),
        ("INDEX(A1:B2,1,2,2)", ErrorValue.REF),
        ("INDEX(A1:B2,2)", ErrorValue.REF),
        # A result of several cells would spill beside the formula; one value of it would be a wrong number.
        ("金额+1", ErrorValue.VALUE),
        ("ISBLANK(A1:A5)", ErrorValue.VALUE),
        ("ISERROR(A1:A5)", ErrorValue.VALUE),
        ("COUNTIF(A1:A5,A1:A2)", ErrorValue.VALUE),
        ("SUMIF(A1:A5,A1:A2,A1:A5)", ErrorValue.VALUE),
        ("COUNTIFS(A1:A5,1,A1:A5,A1:A2)", ErrorValue.VALUE),
        ('IF(评级="优",1,0)', ErrorValue.VALUE),
        ("COUNT(没有的名称)", ErrorValue.NAME),
        ("COUNTA(没有的名称)", ErrorValue.NAME),
        ("COUNTBLANK(没有的名称)", ErrorValue.NAME),
        ("SUMIF(没有的名称,1)", ErrorValue.NAME),
    ],
)
def test_areas_are_calculated_cell_by_cell(formula: str, value: object):
    found = evaluate(formula, FIELDS)
    if isinstance(value, Decimal) and isinstance(found, Decimal):
        assert abs(found - value) < D("1e-25")
    else:
        assert found is value if isinstance(value, bool) else found == value


@pytest.mark.parametrize(
    ("formula", "areas"),
    [
        ('SUM(IF(评级="优",金额))', ("评级",)),
        ("SUM((评级=1)*金额)", ("评级", "金额")),
        ("COUNT(1/(评级=1))", ("评级",)),
        ("AND(金额>0)", ("金额",)),
        ("INDEX(金额,MATCH(1,(评级=1)*1,0))", ("评级",)),
        ("COUNTIF(评级,单位)", ("单位",)),
        ("金额+1", ("金额",)),
        ("A1:A2+1", ("A1:A2",)),
        ("SUMPRODUCT((评级=1)*金额)", ()),
        ("SUMIFS(金额,评级,甲)/SUM(金额)", ()),
        ("IF(COUNTA(金额)=0,0,SUM(金额))", ()),
        ("SUM(一+IF(甲>0,乙,0))", ()),
        ("SUM(IF(甲>0,金额,0))", ()),
        ("IF(甲>0,金额,0)", ("金额",)),
    ],
)
def test_what_an_ordinary_cell_cannot_calculate_is_said(formula: str, areas: tuple[str, ...]):
    found = taken_cell_by_cell(parse(formula), ("评级", "金额", "单位"))
    assert found == areas


@pytest.mark.parametrize(
    ("formula", "row", "value"),
    [
        ("A1:A5*10", 3, D(30)),
        ("A1:A5*10", 9, ErrorValue.VALUE),
        ("SUM(IF(A1:A5>2,100))", 3, D(100)),
        ("SUM(IF(A1:A5>2,100))", 1, D(0)),
        ("SUMPRODUCT((A1:A5>2)*1)", 9, D(3)),
        ("ROW()", 7, D(7)),
        ("ROW(A1:A5)", 7, D(1)),
        ("{1,2}*A2", 7, D(2)),
    ],
)
def test_an_ordinary_cell_takes_the_value_on_its_own_row(formula: str, row: int, value: object):
    assert compile_formula(formula, arrays=False).evaluate(FIELDS, place=(row, 3)) == value


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("EDATE(0,1)", D(31)),
        ("EOMONTH(0,0)", D(31)),
        ("EDATE(45000,TRUE)", ErrorValue.VALUE),
        ("PRODUCT(2,,3)", D(6)),
        ('SEARCH("~d","abcd")', D(4)),
        ('SEARCH("~*","ab*d")', D(3)),
        ("VLOOKUP(3,3,1,FALSE)", ErrorValue.VALUE),
        ("2^1024", ErrorValue.NUM),
        ("2^1023*2", ErrorValue.NUM),
        ("2^1023>0", True),
    ],
)
def test_small_things_public_suites_ask(formula: str, value: object):
    assert evaluate(formula, {}) == value
