"""A workbook's own names and areas, as Excel resolves them."""

from decimal import Decimal

import pytest

from toolkit.excel.book import Book, Cell, CellKind, CellStyle, NameTarget, Sheet
from toolkit.excel.calculation import Calculation
from toolkit.model import ErrorValue, Value

D = Decimal


def sheet(name: str, names: dict[str, NameTarget] | None = None, **cells: object) -> Sheet:
    made = {}
    for place, content in cells.items():
        row, column = int(place[1:]), ord(place[0]) - 64
        formula = content if isinstance(content, str) and content.startswith("=") else None
        value = None if formula else D(content) if isinstance(content, int) else content
        kind = CellKind.NUMBER if isinstance(value, Decimal) else CellKind.TEXT if value else CellKind.BLANK
        made[row, column] = Cell(row, column, value, kind, formula, False, CellStyle())
    return Sheet(name, cells=made, names=names or {})


def calculated(formula: str, names: dict[str, NameTarget] | None = None, local: dict | None = None) -> Value:
    book = Book(
        (sheet("Main", local, A1=1, A2=2, A3="x", B1=formula), sheet("其他", A1=10, A2=20)),
        {"全局": NameTarget("其他", "A1:A2"), **(names or {})},
    )
    return Calculation(book).value("Main", 1, 2)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(全局)", D(30)),
        ("=MAIN!A1", D(1)),
        ("='main'!A2+1", D(3)),
        ("=没有!A1", ErrorValue.REF),
        ("=SUM(没有!A1:A9)", ErrorValue.REF),
        ('=COUNTIF(A:A,"<>x")', D(1_048_575)),
        ("=COUNTBLANK(C:C)", D(1_048_576)),
        ('=COUNTIF(A:A,">1")', D(1)),
        ("=SUM(A:A)", D(3)),
        ("=COUNTIF(A1:A3,A1:A2)", ErrorValue.VALUE),
        ("=不存在的名称", ErrorValue.NAME),
    ],
)
def test_names_sheets_and_whole_columns(formula: str, value: Value) -> None:
    assert calculated(formula) == value


def test_a_name_of_the_sheet_hides_one_of_the_workbook() -> None:
    assert calculated("=SUM(全局)", local={"全局": NameTarget("Main", "A1:A2")}) == D(3)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Main!$A$1*100", D(100)),
        ("0.13", D("0.13")),
        ('"固定文字"', "固定文字"),
        ("SUM(其他!$A$1:$A$2)", D(30)),
        ("[1]Sheet1!$A$1", ErrorValue.REF),
        ("没有!$A$1", ErrorValue.REF),
        ("自己+1", ErrorValue.REF),
        ("#REF!", ErrorValue.REF),
    ],
)
def test_a_name_that_is_a_formula_is_evaluated(text: str, value: Value) -> None:
    """Its text never comes back as if it were a value."""
    assert calculated("=自己", {"自己": NameTarget("", text)}) == value
