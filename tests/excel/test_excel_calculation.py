"""A workbook's own names and areas, as Excel resolves them."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as ExcelTable

from toolkit.excel.book import Book, Cell, CellKind, CellStyle, NameTarget, Sheet
from toolkit.excel.calculation import Calculation
from toolkit.excel.own_row import without_own_row
from toolkit.excel.read import read_workbook
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
        ("=COUNTIF(A1:A3,A1:A2)", D(1)),  # the cell on the formula's own row
        ("=COUNTIF(A1:A3,A2:A3)", ErrorValue.VALUE),
        ("=SUM(COUNTIF(A1:A3,A2:A3))", ErrorValue.VALUE),
        ("=COUNT(不存在的表[列])", ErrorValue.NAME),
        ("=[1]Sheet1!A1", ErrorValue.REF),
        ("=A1:A3+1", D(2)),
        ("=A2:A3+1", ErrorValue.VALUE),
        ("=其他!A1:A2+1", D(11)),
        ("=全局+1", D(11)),
        ("=main!全局+1", D(11)),
        ("=ROW()+COLUMN()", D(3)),
        ('=SUMIF(A1:A2,">0",A1)', D(3)),
        ("=SUM(IF(A1:A2>1,A1:A2))", D(0)),
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


def test_a_relative_name_moves_with_the_cell_that_uses_it() -> None:
    left = NameTarget("Main", "XFD1", "Main!XFD1")  # the cell to the left, as a file keeps it
    above_fixed = NameTarget("其他", "A1:A2", "其他!$A1:$A2")
    rows = sheet("Main", A1=1, B1="=左*10", A2=2, B2="=左*10", B3="=SUM(其上)")
    calculation = Calculation(Book((rows, sheet("其他", A3=7, A4=8)), {"左": left, "其上": above_fixed}))
    assert [calculation.value("Main", row, 2) for row in (1, 2, 3)] == [D(10), D(20), D(15)]


def test_a_formula_of_a_name_moves_too() -> None:
    rows = sheet("Main", A1=1, A2=2, B1="=两倍", B2="=两倍")
    calculation = Calculation(Book((rows,), {"两倍": NameTarget("", "Main!$A1*2")}))
    assert [calculation.value("Main", row, 2) for row in (1, 2)] == [D(2), D(4)]


def array_book(ref: str, text: str, **cells: object) -> Calculation:
    plain = sheet("Main", A1=1, A2=2, A3=3, B1=text, **cells)
    return Calculation(Book((replace(plain, array_formulas={(1, 2): ref}),)))


def test_an_array_formula_is_calculated_cell_by_cell() -> None:
    assert array_book("B1", "=SUM(IF(A1:A3>1,A1:A3))").value("Main", 1, 2) == D(5)


def test_an_array_formula_fills_its_area() -> None:
    filled = array_book("B1:C4", "=A1:A3*2", B2=None, B3=None, B4=None)
    assert [filled.value("Main", row, 2) for row in (1, 2, 3, 4)] == [D(2), D(4), D(6), ErrorValue.NA]
    assert filled.value("Main", 3, 3) == D(6)


def test_an_array_formula_in_a_file_is_read_as_one() -> None:
    workbook = Workbook()
    page = workbook.active
    page["A1"], page["A2"], page["C1"] = "优", "良", '=COUNT(1/(A1:A2="优"))'
    page["B1"] = ArrayFormula("B1", '=COUNT(1/(A1:A2="优"))')
    workbook.defined_names["左"] = DefinedName("左", attr_text="Sheet!XFD1")
    page["D2"] = "=左&A2"
    data = BytesIO()
    workbook.save(data)
    calculation = Calculation(read_workbook(data.getvalue()))
    assert calculation.value("Sheet", 1, 2) == D(1)
    assert calculation.value("Sheet", 2, 4) == "良"


def test_a_chain_of_formulas_may_be_as_long_as_a_sheet() -> None:
    cells = {f"A{row}": f"=A{row + 1}+1" for row in range(1, 2_000)}
    assert Calculation(Book((sheet("Main", A2000=1, **cells),))).value("Main", 1, 1) == D(2_000)


@pytest.mark.parametrize("length", [1, 2, 11, 12, 13, 40])
def test_a_circle_of_any_length_is_an_error_and_ends(length: int) -> None:
    cells = {f"A{row}": f"=A{row % length + 1}+1" for row in range(1, length + 1)}
    calculation = Calculation(Book((sheet("Main", **cells),)))
    assert {value for _, value in calculation.results()} == {ErrorValue.REF}


def test_subtotals_pass_over_each_other_and_over_hidden_rows() -> None:
    page = sheet("Main", A1=1, A2=2, A3="=SUBTOTAL(9,A1:A2)", A4=4, A5="=SUBTOTAL(9,A1:A4)", B5="=SUBTOTAL(109,A1:A4)")
    calculation = Calculation(Book((replace(page, hidden_rows=frozenset({1})),)))
    assert [calculation.value("Main", *place) for place in ((3, 1), (5, 1), (5, 2))] == [D(3), D(7), D(6)]


def _table_book(formulas: dict[str, str]) -> Calculation:
    """A workbook as Excel saves it: 台账 with headings, three rows and totals, formulas on both sheets."""
    workbook = Workbook()
    page = workbook.active
    page.title = "资金"
    rows = [("项目", "预算", "支出 [万元]", "执行率"), ("甲", 10, 5, "x"), ("乙", 20, 16, "x"), ("丙", 0, 1, "x")]
    for row, values in enumerate([*rows, ("合计", 30, 22, "x")], 2):
        for column, value in enumerate(values, 2):
            page.cell(row, column, value)
    for row in (3, 4, 5):
        page.cell(
            row, 5, "=IF(台账[[#This Row],[预算]]=0,0,台账[[#This Row],[支出 '[万元']]]/台账[[#This Row],[预算]])"
        )
    table = ExcelTable(displayName="台账", ref="B2:E6", totalsRowCount=1)
    table._initialise_columns()
    for column, name in zip(table.tableColumns, rows[0], strict=True):
        column.name = name
    page.add_table(table)
    other = workbook.create_sheet("汇总")
    for address, formula in formulas.items():
        (page if address.startswith("H") else other)[address] = formula
    data = BytesIO()
    workbook.save(data)
    return Calculation(read_workbook(data.getvalue()))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(台账[预算])", D(30)),
        ("=sum(台账[支出 '[万元']])", D(22)),
        ("=SUM(台账[#Data])", D("53.3")),
        ("=ROWS(台账)", D(3)),
        ("=ROWS(台账[#All])", D(5)),
        ("=COLUMNS(台账[[项目]:[支出 '[万元']]])", D(3)),
        ("=INDEX(台账[#Headers],2)", "预算"),
        ("=台账[[#Totals],[预算]]+1", D(31)),
        ("=COUNTA(台账[[#Headers],[#Data],[项目]])", D(4)),
        ("=ROWS(台账[[#Data],[#Totals],[预算]])", D(4)),
        ('=SUMIFS(台账[预算],台账[项目],"乙")', D(20)),
        ('=SUMIF(台账[项目],"乙",台账[预算])', D(20)),
        ('=SUMPRODUCT((台账[项目]<>"丙")*台账[预算])', D(30)),
        ('=VLOOKUP("乙",台账,4,FALSE)', D("0.8")),
        ('=INDEX(台账[执行率],MATCH("甲",台账[项目],0))', D("0.5")),
        ("=SUM(台账[没有])", ErrorValue.REF),
        ("=SUM(没有[预算])", ErrorValue.NAME),
        ("=SUM(没有)", ErrorValue.NAME),
        ("=台账[[#This Row],[预算]]", ErrorValue.VALUE),
    ],
)
def test_a_table_is_named_by_its_parts_and_columns(formula: str, value: Value) -> None:
    assert _table_book({"A1": formula}).value("汇总", 1, 1) == value


def test_a_row_of_a_table_knows_itself() -> None:
    calculation = _table_book({"H4": "=台账[@预算]*2", "H6": "=台账[@预算]", "H5": "=台账[预算]"})
    assert [calculation.value("资金", row, 5) for row in (3, 4, 5)] == [D("0.5"), D("0.8"), D(0)]
    assert calculation.value("资金", 4, 8) == D(40)
    assert calculation.value("资金", 5, 8) == D(0)  # the cell on the formula's own row
    assert calculation.value("资金", 6, 8) is ErrorValue.VALUE  # beside the totals


def test_rows_that_add_up_from_a_fixed_row_down_to_their_own_share_one_formula() -> None:
    texts = [f"=SUM($A$1:$A{row})-$A{row}" for row in (1, 2, 3)]
    assert len({without_own_row(text, row) for row, text in enumerate(texts, 1)}) == 1
    cells = {f"B{row}": text for row, text in enumerate(texts, 1)}
    calculation = Calculation(Book((sheet("Main", A1=1, A2=2, A3=4, **cells),), {}))
    assert [calculation.value("Main", row, 2) for row in (1, 2, 3)] == [D(0), D(1), D(3)]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM($A$1:A4)", D(7)),  # in row 2, down to another row
        ("=SUM($A$3:A2)", D(6)),  # from a row below up to its own
        ("=SUM($A$1:$A$2)", D(3)),
        ("=SUM(A$1:A2)", D(3)),
        ("=COUNT($A$20:$A2)", D(2)),  # row 20 is no row 2
    ],
)
def test_an_area_with_a_fixed_row_is_the_one_it_says(formula: str, value: Value) -> None:
    calculation = Calculation(Book((sheet("Main", A1=1, A2=2, A3=4, B2=formula),), {}))
    assert calculation.value("Main", 2, 2) == value
