"""LibreOffice as referee: random formulas, the known differences one by one, and what it makes of a text on saving.

JIXIAO_REFEREE_N sets the number of random formulas (2,000 unless told; 20,000 before a release).
"""

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from formula_referee import OTHER_CODES, Book, agree, known_difference, random_books, refereed
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from toolkit.excel.calculation import Calculation
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.read import read_workbook
from toolkit.formula import Verdict, compare
from toolkit.model.values import ErrorValue, Value

pytestmark = pytest.mark.libreoffice

COUNT = int(os.environ.get("JIXIAO_REFEREE_N", "2000"))

CELLS: dict[str, Value] = {"A1": "12", "A2": Decimal(12), "B1": Decimal(1), "B2": Decimal(2), "B3": Decimal(3)}
"""What the formulas below refer to on sheet 数据; A3 is blank."""

# Formula, Excel's documented value, what LibreOffice 7.4 stores. Explained in docs/formula-differences.md.
DIFFERENCES: list[tuple[str, Value, Value]] = [
    ('TRUE>"zzz"', True, False),
    ("(1>0)=1", False, True),
    ("ISNUMBER(TRUE)", False, True),
    ('SUM(1,"2",TRUE)', Decimal(4), ErrorValue.VALUE),
    ('"合格"&TRUE', "合格TRUE", "合格1"),
    ("0^0", ErrorValue.NUM, Decimal(1)),
    ("0^-1", ErrorValue.DIV0, ErrorValue.NUM),
    ("POWER(0,-1)", ErrorValue.DIV0, ErrorValue.NUM),
    ("MROUND(-7,2)", ErrorValue.NUM, Decimal(-8)),
    ("SQRT(-1)", ErrorValue.NUM, ErrorValue.VALUE),
    ("LARGE({1,2},5)", ErrorValue.NUM, ErrorValue.VALUE),
    ("SMALL({1,2},0)", ErrorValue.NUM, ErrorValue.VALUE),
    ("MEDIAN(数据!A3)", ErrorValue.NUM, ErrorValue.VALUE),
    ("CEILING(1,-1)", ErrorValue.NUM, ErrorValue.VALUE),
    ("FLOOR(1,-1)", ErrorValue.NUM, ErrorValue.VALUE),
    ("FLOOR(1,0)", ErrorValue.DIV0, ErrorValue.VALUE),
    ("DATE(2024,1,1E9)", ErrorValue.NUM, ErrorValue.VALUE),
    ("EDATE(1,-5)", ErrorValue.NUM, Decimal(-152)),
    ('DATEDIF(5,1,"D")', ErrorValue.NUM, ErrorValue.VALUE),
    ('DATEDIF(1,5,"Q")', ErrorValue.NUM, ErrorValue.VALUE),
    ("INDEX({1,2},3)", ErrorValue.REF, ErrorValue.VALUE),
    ("VLOOKUP(1,{1,2},3,FALSE)", ErrorValue.REF, ErrorValue.VALUE),
    ("HLOOKUP(1,{1;2},3,FALSE)", ErrorValue.REF, ErrorValue.VALUE),
    ("ROUND(2439.95-700.45,0)", Decimal(1740), Decimal(1739)),
    ("MOD(123456.43,0.1)", Decimal("0.03"), Decimal("0.0299999999842839")),
    ("MOD(1E13,7)", ErrorValue.NUM, Decimal(3)),
    ('"4-"+0', ErrorValue.VALUE, Decimal(-4)),
    ('"TRUE"+0', ErrorValue.VALUE, Decimal(1)),
    ("COUNTIF(数据!A1:A2,12)", Decimal(2), Decimal(1)),
    ('COUNTIFS(数据!A1:A3,"<>x",数据!B1:B3,">0")', Decimal(3), Decimal(2)),
    ("MIN(IFERROR(数据!A3,1),5)", Decimal(0), Decimal(5)),
    ("MIN(+数据!A3,5)", Decimal(0), Decimal(5)),
    ('"2024年3月5日"+0', Decimal(45356), ErrorValue.VALUE),
    ('"2024/3/5"+0', Decimal(45356), ErrorValue.VALUE),
    ('AND("TRUE",TRUE)', True, ErrorValue.VALUE),
    ('FIND("","abc")', Decimal(1), ErrorValue.VALUE),
    ("VALUE(TRUE)", ErrorValue.VALUE, True),
    ('"中"<"优"', False, True),
    ("YEAR(1)", Decimal(1900), Decimal(1899)),
    ("DATE(24,1,1)", Decimal(8767), Decimal(45292)),
    ("MROUND(1.45,0.1)", Decimal("1.5"), Decimal("1.4")),
    ('TEXT(12,"#.##")', "12.", "12"),
    ('1E20&""', "1E+20", "1E+020"),
]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory):
    return refereed(random_books(COUNT, seed=1121), tmp_path_factory.mktemp("referee"))


def test_random_formulas_agree_with_the_referee(verdicts):
    differing = [verdict for verdict in verdicts if not agree(verdict.ours, verdict.theirs)]
    unexplained = [verdict for verdict in differing if known_difference(verdict) is None]
    assert len(verdicts) == COUNT
    assert not unexplained
    assert len(differing) < COUNT * 0.03, Counter(map(known_difference, differing))


def test_random_formulas_reach_every_kind_of_value(verdicts):
    kinds = {verdict.ours if isinstance(verdict.ours, ErrorValue) else type(verdict.ours) for verdict in verdicts}
    assert {Decimal, str, bool, ErrorValue.DIV0, ErrorValue.VALUE, ErrorValue.NUM, ErrorValue.NA} <= kinds


def test_what_the_referee_saves_is_still_the_same_formula(verdicts):
    changed = [
        verdict
        for verdict in verdicts
        if compare(verdict.formula, verdict.saved).verdict in {Verdict.DIFFERENT, Verdict.CONSTANT}
    ]
    assert not changed


def test_the_known_differences_are_what_the_document_says(tmp_path: Path):
    found = refereed([Book(CELLS, tuple(formula for formula, _, _ in DIFFERENCES))], tmp_path)
    wrong = [
        (verdict, excel, libreoffice)
        for verdict, (_, excel, libreoffice) in zip(found, DIFFERENCES, strict=True)
        if verdict.ours != excel or not agree(verdict.theirs, libreoffice)
    ]
    assert not wrong


def test_every_other_error_code_is_one_of_the_known_differences():
    pinned = {(formula.partition("(")[0], excel, other) for formula, excel, other in DIFFERENCES}
    pinned.add(("^", ErrorValue.DIV0, ErrorValue.NUM))  # 0^-1
    assert {(maker, excel, other) for (maker, excel), other in OTHER_CODES.items()} <= pinned


def test_the_document_names_every_known_difference():
    page = (Path(__file__).parents[2] / "docs" / "formula-differences.md").read_text(encoding="utf-8")
    assert [formula for formula, _, _ in DIFFERENCES if f"`{formula}`" not in page] == []


ARRAY_FORMULAS = (
    'SUM(IF(评级="优",金额))',
    'MAX(IF(评级="优",金额))',
    'MIN(IF((评级="优")*(单位="甲"),金额))',
    'SUM((评级="优")*金额)',
    'SUMPRODUCT((评级="优")*1)',
    'COUNT(1/(评级="优"))',
    "AND(金额>0)",
    "OR(金额>7)",
    'INDEX(金额,MATCH(1,(评级="良")*(单位="乙"),0))',
    'LOOKUP(2,1/((评级="优")*(单位="甲")),金额)',
    "SUM(1/COUNTIF(单位,单位))",
    'SUM(COUNTIF(评级,{"优","良"}))',
    'SUM(SUMIF(评级,{"优","良"},金额))',
    "SUM(LARGE(金额,ROW(A1:A2)))",
    "SUM(LEN(单位))",
    "SUM(ROUND(金额/3,1))",
    '_xlfn.TEXTJOIN("、",TRUE,IF(评级="优",单位,""))',
    'SUM(IFERROR(金额/(评级="优"),0))',
    "SUM(--ISBLANK(评级))",
    "STDEV(IF(金额>1,金额))",
    "PERCENTILE(IF(金额>1,金额),0.5)",
    "SUM((金额-AVERAGE(金额))^2)",
    "MEDIAN(金额*2)",
    "金额*2",
)
COLUMNS = {"评级": "优良优 ", "单位": "甲乙甲丙", "金额": (1, 2, 4, 8)}


def test_array_formulas_agree_with_the_referee(tmp_path: Path):
    workbook = Workbook()
    sheet = workbook.active
    for column, (name, cells) in zip("DEF", COLUMNS.items(), strict=True):
        workbook.defined_names[name] = DefinedName(name, attr_text=f"Sheet!${column}$1:${column}$4")
        for row, value in enumerate(cells, 1):
            sheet[f"{column}{row}"] = None if value == " " else value
    for row, formula in enumerate(ARRAY_FORMULAS, 1):
        ref = f"H{row}:H{row + 3}" if formula == ARRAY_FORMULAS[-1] else f"H{row}"
        sheet[f"H{row}"] = ArrayFormula(ref, f"={formula}")
    path = tmp_path / "arrays.xlsx"
    workbook.save(path)
    theirs = read_workbook(recalculate([path], tmp_path / "recalculated", timeout=60)[path].read_bytes())
    ours = Calculation(read_workbook(path.read_bytes()))
    for row in range(1, len(ARRAY_FORMULAS) + 4):
        found = theirs.cell("Sheet", f"H{row}")
        assert found is not None
        assert agree(ours.value("Sheet", row, 8), found.value), (row, ARRAY_FORMULAS[row - 1 :][:1])
