"""A formula for every function that schemes may use, in one workbook, to be saved again by other programs."""

from io import BytesIO

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

from toolkit.excel.write import stored_formula

_WRITTEN = """
SUM(A1:A3) SUMIF(A1:A3,">1",B1:B3) SUMIFS(B1:B3,A1:A3,">1") COUNTIF(A1:A3,"<>x") COUNTIFS(A1:A3,">1")
AVERAGEIF(A1:A3,">1") AVERAGEIFS(B1:B3,A1:A3,">1") SUBTOTAL(9,A1:A3) RANK.EQ(A1,A1:A3) RANK(A1,A1:A3,0)
MAXIFS(B1:B3,A1:A3,">1") MINIFS(B1:B3,A1:A3,">1") ROW() COLUMN(B1) CONCAT("甲",A1) TEXTJOIN("、",TRUE,"甲","")
XLOOKUP(2,A1:A3,B1:B3) NETWORKDAYS(A1,A2) WORKDAY(A1,3) WEEKDAY(A1,2) DATEVALUE("2024-09-30") STDEV(A1:A3)
STDEV.S(A1:A3) STDEV.P(A1:A3) STDEVP(A1:A3) VAR(A1:A3) VAR.S(A1:A3) VAR.P(A1:A3) VARP(A1:A3) PERCENTILE(A1:A3,0.5)
PERCENTILE.INC(A1:A3,0.5) QUARTILE(A1:A3,1) QUARTILE.INC(A1:A3,1) MODE(A1:A3) MODE.SNGL(A1:A3) TRIMMEAN(A1:A3,0.1)
TEXT(A1,"aaaa") TEXT(A1,"0.00%") SUMPRODUCT((A1:A3="优")*1) IFERROR(A1/B9,"") IFNA(A1,0) IFS(A1>1,"优",TRUE,"差")
SWITCH(A1,1,"a","b") CHOOSE(1,"a","b") IF(A1>1,,2) ROUND(A1,2) ROUNDUP(A1,0) ROUNDDOWN(A1,0) CEILING(A1,1)
FLOOR(A1,1) MROUND(A1,2) INT(A1) TRUNC(A1) MOD(A1,2) QUOTIENT(A1,2) ABS(A1) POWER(A1,2) SQRT(A1) EXP(A1) LN(A1)
LOG(A1,10) LOG10(A1) PRODUCT(A1:A3) AVERAGE(A1:A3) AVERAGEA(A1:A3) MEDIAN(A1:A3) LARGE(A1:A3,1) SMALL(A1:A3,1)
COUNT(A1:A3) COUNTA(A1:A3) COUNTBLANK(A1:A3) MAX(A1:A3) MAXA(A1:A3) MIN(A1:A3) MINA(A1:A3) SUMSQ(A1:A3) SIGN(A1)
EVEN(A1) ODD(A1) PI() NA() N(A1) T(A1) VALUE("1") TRUE() FALSE() ISBLANK(A1) ISNUMBER(A1) ISTEXT(A1) ISNONTEXT(A1)
ISLOGICAL(A1) ISERROR(A1) ISERR(A1) ISNA(A1) ISEVEN(A1) ISODD(A1) LEFT("abc",1) RIGHT("abc",1) MID("abc",1,1) LEN(A1)
FIND("a","abc") SEARCH("a","abc") SUBSTITUTE("abc","a","b") REPLACE("abc",1,1,"x") TRIM("a") UPPER("a") LOWER("a")
PROPER("a") EXACT("a","b") REPT("a",2) CHAR(65) CODE("a") CLEAN("a") FIXED(A1,2) CONCATENATE("a","b") NUMBERSTRING(A1,1)
DATE(2024,1,1) YEAR(A1) MONTH(A1) DAY(A1) HOUR(A1) MINUTE(A1) SECOND(A1) TIME(1,2,3) EDATE(A1,1) EOMONTH(A1,0)
DATEDIF(A1,A2,"m") DAYS(A2,A1) DAYS360(A1,A2) YEARFRAC(A1,A2) WEEKNUM(A1) ISOWEEKNUM(A1) TODAY() ADDRESS(1,2)
HYPERLINK("https://example.invalid/","甲")
VLOOKUP(1,A1:B3,2,FALSE) HLOOKUP(1,A1:B3,2,FALSE) INDEX(A1:B3,2,2) MATCH(1,A1:A3,0) LOOKUP(1,A1:A3,B1:B3)
ROWS(A1:A3) COLUMNS(A1:B3) AND(A1>1,B1>1) OR(A1>1,B1>1) XOR(A1>1,B1>1) NOT(A1>1)
A1% A1^2 -A1 A1&B1 A1<>B1 A1>=90 SUM({1,2;3,4}) A1*0.005 A1*1E-3 SUM(A:A) COUNTIF(A:A,"x") SUM(1:2) 金额+1
SUM(表!$A$1:$A$3)
"""
FORMULAS = _WRITTEN.split()


def functions() -> bytes:
    """A workbook of one sheet, a formula to a row of column E."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    book.defined_names["金额"] = DefinedName("金额", attr_text="表!$A$1")
    for row in range(1, 4):
        sheet.append([row, row * 2])
    for row, formula in enumerate(FORMULAS, start=1):
        sheet.cell(row, 5, stored_formula(f"={formula}"))
    target = BytesIO()
    book.save(target)
    return target.getvalue()
