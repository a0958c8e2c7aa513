"""Two engines calculate one workbook: where they agree nothing is said, where they differ both values are told."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from toolkit.collect.worker import WorkerLimits, read_plain
from toolkit.errors import UnreadableFileError
from toolkit.excel.calculation import Calculation
from toolkit.excel.second_engine import Recalculated, recalculate, second_engine
from toolkit.excel.second_workbook import agree
from toolkit.model import ErrorValue


def workbook(**cells: object) -> bytes:
    book = Workbook()
    sheet = book.active
    for place, content in cells.items():
        sheet[place] = content
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def both(**cells: object) -> Recalculated:
    return Recalculated(*recalculate(workbook(**cells)))


def test_it_is_installed_with_the_tests() -> None:
    assert second_engine().startswith("formualizer 0.")


def test_formulas_of_an_office_agree() -> None:
    found = both(
        A1=286.5, A2=300, A3=None, A4="是", A5=date(2024, 5, 31),
        B1='=IF(N(A2)=0,"",ROUND(A1/A2,4))', B2="=SUM(A1:A3)", B3='=IF(A4="是",1,0)', B4='=TEXT(A5,"yyyy-mm-dd")',
        B5='=COUNTIF(A1:A4,">290")', B6="=A3", B7="=A1/A3", B8="=SUMPRODUCT((A1:A2>290)*A1:A2)", B9='=A4&"否"',
    )  # fmt: skip
    assert found == Recalculated(9, 0, 0, ())


def test_a_difference_is_told_with_both_values(monkeypatch: pytest.MonkeyPatch) -> None:
    right = Calculation.value

    def wrong(self: Calculation, sheet: str, row: int, column: int) -> object:
        value = right(self, sheet, row, column)
        return value + Decimal("0.01") if (row, column) == (1, 2) and isinstance(value, Decimal) else value

    monkeypatch.setattr(Calculation, "value", wrong)
    found = both(A1=286.5, B1="=A1*2", B2="=A1*3")
    assert found == Recalculated(2, 0, 1, (("Sheet", "B1", "=A1*2", "573.01", "573"),))


def test_an_error_over_grouped_text_that_the_formula_answers_is_no_difference() -> None:
    """Excel reckons with the text 1,200.50; the other engine does not, and IFERROR hides that from it."""
    found = both(A1="1,200.50", A2=1200.5, B1='=IFERROR(IF(A1-A2<0.005,"通过","不符"),"未填")', B2='=B1&"。"')
    assert (found.formulas, found.differing) == (2, 0)


def test_noise_behind_the_fifteenth_digit_is_no_difference() -> None:
    """48.46+46.09+7.65 is 102.20000000000002 as a double: to a spreadsheet it equals 102.2, to the other engine not."""
    found = both(A1=48.46, A2=46.09, A3=7.65, A4=102.2, B1="=A1+A2+A3", B2='=IF(B1<=A4,"通过","请核实")', B3='=B2&"。"')
    assert found == Recalculated(3, 0, 0, ())


def test_what_hangs_on_a_number_typed_as_text_with_commas_is_left_out() -> None:
    found = both(A1="1,052.93", A2=100, B1="=A1+A2", B2="=ROUND(B1/2,1)", B3="=N(A1)")
    assert (found.formulas, found.left_out, found.differing) == (3, 2, 0)


@pytest.mark.parametrize("text", ["(2.2)", "（2.2）", "300/300"])
def test_a_text_that_one_engine_takes_for_a_number_is_no_difference(text: str) -> None:
    """It was VERIFY-30, to be sent to the maintainers; the text itself is told where it stands."""
    found = both(A1=text, A2=270, B1="=A1+A2", B2="=ROUND(A2/A1,4)", B3="=B1*2", B4="=A2*2")
    assert (found.formulas, found.differing) == (4, 0)
    assert found.left_out < 4


@pytest.mark.parametrize("formula", ["=TODAY()", "=YEAR(NOW())", '=NUMBERSTRING(123,1)&"元"'])
def test_what_belongs_to_a_moment_is_left_out(formula: str) -> None:
    assert (both(A1=formula).left_out, both(A1=formula).differing) == (1, 0)


def test_a_workbook_that_refers_to_another_file_is_not_calculated() -> None:
    (why,) = recalculate(workbook(A1="=[1]Sheet1!A1", A2="=1+1"))
    assert why


def test_a_workbook_that_takes_too_long_ends_in_the_worker() -> None:
    """Its own limits of time do not stop the other engine."""
    rows = {f"A{row}": row for row in range(1, 3001)}
    long = {f"B{row}": f"=SUMPRODUCT((A1:A3000>{row})*(A1:A3000<3000)*A1:A3000)" for row in range(1, 3001)}
    with pytest.raises(UnreadableFileError):
        read_plain(workbook(**rows, **long), "慢.xlsx", recalculate, WorkerLimits(seconds=1))


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (Decimal("112.99999999999999"), 113.0, True),
        (Decimal(113), 112.99999999999999, True),
        (Decimal("113.000001"), 113.0, False),
        (Decimal("-0.14"), -0.14000000000000234, True),
        (Decimal(0), 7.275957614183426e-12, True),
        (Decimal("0.0001"), 0.00010001, False),
        (Decimal("9007199254740.25"), 9007199254740.5, False),
        (None, 0.0, True),
        ("", None, True),
        (None, "x", False),
        ("1", 1.0, False),
        (True, True, True),
        (Decimal(1), True, False),
        (ErrorValue.DIV0, {"type": "Error", "kind": "Div"}, True),
        (ErrorValue.NA, {"type": "Error", "kind": "Div"}, False),
    ],
)
def test_values_are_compared_as_a_spreadsheet_does(ours: object, theirs: object, same: bool) -> None:
    assert agree(ours, theirs) is same  # type: ignore[arg-type]
