"""LibreOffice as referee: random formulas, the known differences one by one, and what it makes of a text on saving.

JIXIAO_REFEREE_N sets the number of random formulas (2,000 unless told; 20,000 before a release).
"""

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from formula_referee import OTHER_CODES, Book, agree, known_difference, random_books, refereed

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
    differing = [one for one in verdicts if not agree(one.ours, one.theirs)]
    unexplained = [one for one in differing if known_difference(one) is None]
    assert len(verdicts) == COUNT
    assert not unexplained
    assert len(differing) < COUNT * 0.03, Counter(map(known_difference, differing))


def test_random_formulas_reach_every_kind_of_value(verdicts):
    kinds = {one.ours if isinstance(one.ours, ErrorValue) else type(one.ours) for one in verdicts}
    assert {Decimal, str, bool, ErrorValue.DIV0, ErrorValue.VALUE, ErrorValue.NUM, ErrorValue.NA} <= kinds


def test_what_the_referee_saves_is_still_the_same_formula(verdicts):
    changed = [
        one for one in verdicts if compare(one.formula, one.saved).verdict in {Verdict.DIFFERENT, Verdict.CONSTANT}
    ]
    assert not changed


def test_the_known_differences_are_what_the_document_says(tmp_path: Path):
    found = refereed([Book(CELLS, tuple(formula for formula, _, _ in DIFFERENCES))], tmp_path)
    wrong = [
        (one, excel, libreoffice)
        for one, (_, excel, libreoffice) in zip(found, DIFFERENCES, strict=True)
        if one.ours != excel or not agree(one.theirs, libreoffice)
    ]
    assert not wrong


def test_every_other_error_code_is_one_of_the_known_differences():
    pinned = {(formula.partition("(")[0], excel, other) for formula, excel, other in DIFFERENCES}
    pinned.add(("^", ErrorValue.DIV0, ErrorValue.NUM))  # 0^-1
    assert {(maker, excel, other) for (maker, excel), other in OTHER_CODES.items()} <= pinned


def test_the_document_names_every_known_difference():
    page = (Path(__file__).parents[2] / "docs" / "formula-differences.md").read_text(encoding="utf-8")
    assert [formula for formula, _, _ in DIFFERENCES if f"`{formula}`" not in page] == []
