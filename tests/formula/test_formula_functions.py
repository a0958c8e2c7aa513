"""Every supported function by an example, and what is said of one that is not supported."""

from datetime import date
from decimal import Decimal

import pytest

from toolkit.formula import SUPPORTED, compile_formula, evaluate, parse, unknown_functions
from toolkit.model.values import ErrorValue

D = Decimal
FIELDS = {"列": ((D(3),), (D(1),), (None,), ("文",), (D(2),)), "空": None, "A1": D(7), "A2": None}
EXAMPLES: list[tuple[str, object]] = [
    ("IF(1>2,1,2)", D(2)),
    ("IFS(FALSE,1,TRUE,2)", D(2)),
    ("IFERROR(1/0,5)", D(5)),
    ("IFNA(NA(),5)", D(5)),
    ("AND(TRUE,1)", True),
    ("OR(FALSE,0)", False),
    ("NOT(0)", True),
    ("XOR(TRUE,TRUE,TRUE)", True),
    ("TRUE()", True),
    ("FALSE()", False),
    ("NA()", ErrorValue.NA),
    ('SWITCH("良","优",1,"良",2,3)', D(2)),
    ('CHOOSE(2,"甲","乙")', "乙"),
    ("MIN(列)", D(1)),
    ("MAX(列)", D(3)),
    ("SUM(列)", D(6)),
    ("AVERAGE(列)", D(2)),
    ("COUNT(列)", D(3)),
    ("COUNTA(列)", D(4)),
    ("COUNTBLANK(列)", D(1)),
    ('COUNTIF(列,">1")', D(2)),
    ('COUNTIFS(列,">1",列,"<3")', D(1)),
    ('SUMIF(列,">1")', D(5)),
    ('SUMIFS(列,列,">1",列,"<3")', D(2)),
    ("SUMPRODUCT(列,列)", D(14)),
    ("PRODUCT(列)", D(6)),
    ('AVERAGEIF(列,">1")', D("2.5")),
    ('AVERAGEIFS(列,列,">1",列,"<3")', D(2)),
    ('MAXIFS(列,列,"<3")', D(2)),
    ('MINIFS(列,列,">1")', D(2)),
    ("SUBTOTAL(109,列)", D(6)),
    ("RANK.EQ(2,列)", D(2)),
    ("STDEV(列)", D(1)),
    ("STDEV.S(列)", D(1)),
    ("STDEVP(1,3)", D(1)),
    ("STDEV.P(1,3)", D(1)),
    ("PERCENTILE(列,0.25)", D("1.5")),
    ("PERCENTILE.INC(列,0.75)", D("2.5")),
    ("TRIMMEAN(列,0.7)", D(2)),
    ("ROW(C5)", D(5)),
    ("COLUMN(C5)", D(3)),
    ("CONCAT(列)", "31文2"),
    ('TEXTJOIN("、",TRUE,列)', "3、1、文、2"),
    ("XLOOKUP(1,列,列)", D(1)),
    ("WEEKDAY(DATE(2024,1,1),2)", D(1)),
    ("NETWORKDAYS(DATE(2024,1,1),DATE(2024,1,31),DATE(2024,1,1))", D(22)),
    ("WORKDAY(DATE(2024,1,5),1)", D(45299)),
    ('DATEVALUE("2024-01-01")', D(45292)),
    ("ABS(-2.5)", D("2.5")),
    ("INT(-2.5)", D(-3)),
    ("TRUNC(-2.57,1)", D("-2.5")),
    ("ROUND(-2.5,0)", D(-3)),
    ("ROUNDUP(2.01,1)", D("2.1")),
    ("ROUNDDOWN(-2.09,1)", D("-2.0")),
    ("MROUND(10,3)", D(9)),
    ("CEILING(2.1,0.5)", D("2.5")),
    ("FLOOR(2.9,0.5)", D("2.5")),
    ("MOD(-7,3)", D(2)),
    ("SIGN(-3)", D(-1)),
    ("POWER(2,10)", D(1024)),
    ("SQRT(16)", D(4)),
    ("LARGE(列,2)", D(2)),
    ("SMALL(列,2)", D(2)),
    ("RANK(2,列)", D(2)),
    ("MEDIAN(列)", D(2)),
    ("INDEX(列,5)", D(2)),
    ("MATCH(2,列,0)", D(5)),
    ("LOOKUP(85,{0,60,80,90},{1,2,3,4})", D(3)),
    ('VLOOKUP(80,{60,"中";80,"良"},2)', "良"),
    ('HLOOKUP(80,{60,80;"中","良"},2,FALSE)', "良"),
    ("ISBLANK(空)", True),
    ("ISNUMBER(A1)", True),
    ('ISTEXT("")', True),
    ("ISERROR(1/0)", True),
    ("ISNA(1/0)", False),
    ("N(TRUE)", D(1)),
    ("T(1)", ""),
    ('LEN("绩效 a")', D(4)),
    ('LEFT("绩效评价",2)', "绩效"),
    ('RIGHT("绩效评价",2)', "评价"),
    ('MID("绩效评价",2,2)', "效评"),
    ('TRIM("  甲  乙 ")', "甲 乙"),
    ('SUBSTITUTE("a-b-c","-","",2)', "a-bc"),
    ('FIND("b","aBb")', D(3)),
    ('SEARCH("b","aBb")', D(2)),
    ('UPPER("aB")', "AB"),
    ('LOWER("aB")', "ab"),
    ('TEXT(1234.5,"#,##0.00")', "1,234.50"),
    ('VALUE("1,234.5%")', D("12.345")),
    ('EXACT("a","A")', False),
    ('CONCATENATE("共",3,"项")', "共3项"),
    ("DATE(2024,2,30)", D(45352)),
    ("YEAR(45352)", D(2024)),
    ("MONTH(45352)", D(3)),
    ("DAY(45352)", D(1)),
    ("EDATE(DATE(2024,1,31),1)", D(45351)),
    ("EOMONTH(DATE(2024,1,15),1)", D(45351)),
    ('DATEDIF(DATE(2023,3,31),DATE(2024,3,30),"M")', D(11)),
    ("DAYS(45352,45350)", D(2)),
    ("TODAY()", D(46347)),
    ("ROWS(列)", D(5)),
    ("COLUMNS({1,2,3})", D(3)),
    ('REPLACE("城北管网",1,2,"城南")', "城南管网"),
    ('REPT("★",3)', "★★★"),
    ("CHAR(54992)", "中"),
    ('CODE("中")', D(54992)),
    ('PROPER("aBC d2e")', "Abc D2E"),
    ('CLEAN("甲"&CHAR(10)&"乙")', "甲乙"),
    ("FIXED(-1234.567,1)", "-1,234.6"),
    ("NUMBERSTRING(1023,2)", "壹仟零贰拾叁"),
    ('HYPERLINK("#汇总!A1","见汇总")', "见汇总"),
    ('ADDRESS(3,28,1,TRUE,"2024 年")', "'2024 年'!$AB$3"),
    ("TIME(8,30,0)", D("0.3541666666666666666666666666667")),
    ("HOUR(45366.75)", D(18)),
    ("MINUTE(TIME(8,30,59))", D(30)),
    ("SECOND(TIME(8,30,59))", D(59)),
    ("WEEKNUM(DATE(2024,3,1))", D(9)),
    ("ISOWEEKNUM(DATE(2024,12,30))", D(1)),
    ("DAYS360(DATE(2024,1,31),DATE(2024,3,31))", D(60)),
    ("YEARFRAC(DATE(2024,1,1),DATE(2024,7,1))", D("0.5")),
    ("YEARFRAC(DATE(9999,12,31),DATE(9999,12,31),1)", D(0)),  # after it there is no year
    ("ROUND(YEARFRAC(DATE(9999,1,1),DATE(9999,12,31),1)*365,6)", D(364)),
    ("ISERR(NA())", False),
    ("ISLOGICAL(TRUE)", True),
    ("ISNONTEXT(1)", True),
    ("ISEVEN(-2.9)", True),
    ("ISODD(3.9)", True),
    ("QUOTIENT(-17,5)", D(-3)),
    ("EVEN(1.2)", D(2)),
    ("ODD(-2)", D(-3)),
    ("ROUND(PI(),4)", D("3.1416")),
    ("ROUND(EXP(1),6)", D("2.718282")),
    ("ROUND(LN(10),6)", D("2.302585")),
    ("LOG10(1000)", D(3)),
    ("LOG(8,2)", D(3)),
    ("SUMSQ(3,4)", D(25)),
    ("VAR(列)", D(1)),
    ("VAR.S(1,3)", D(2)),
    ("VARP(1,3)", D(1)),
    ("VAR.P(1,3)", D(1)),
    ("MODE(1,2,2,3,3)", D(2)),
    ("MODE.SNGL(1,2,3)", ErrorValue.NA),
    ("QUARTILE(列,1)", D("1.5")),
    ("QUARTILE.INC(列,4)", D(3)),
    ("AVERAGEA(列)", D("1.5")),
    ("MAXA({-1,TRUE})", D(1)),
    ('MINA({3,"文"})', D(0)),
]

INSIDE = ("ROUND(PI(),4)", "ROUND(EXP(1),6)", "ROUND(LN(10),6)")
"""Examples of a function within ROUND."""


@pytest.mark.parametrize(("formula", "value"), EXAMPLES, ids=[formula for formula, _ in EXAMPLES])
def test_a_function_gives_what_excel_documents(formula: str, value: object):
    found = evaluate(formula, FIELDS, today=date(2026, 11, 21))
    assert type(found) is type(value)
    assert found == value


def test_every_supported_function_has_its_example():
    trees = [parse(formula).tree for formula, _ in EXAMPLES]
    shown = {tree.function for tree in trees} | {parse(formula).tree.arguments[0].function for formula in INSIDE}
    assert shown == SUPPORTED


@pytest.mark.parametrize(
    "formula", ["LET(甲,1,甲)", "FILTER(列,列>1)", "INDIRECT(A1)", "OFFSET(A1,1,0)", "RAND()", "甲(1)"]
)
def test_any_other_function_is_an_error_value_and_named_beforehand(formula: str):
    (name,) = parse(formula).functions
    assert unknown_functions(parse(formula)) == (name,)
    assert compile_formula(formula).evaluate(FIELDS) is ErrorValue.NAME
    assert evaluate(f"IF(TRUE,1,{formula})", FIELDS) == 1
