"""What a sheet looks like, read from real files."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from toolkit.errors import UnreadableFileError
from toolkit.excel.looks import Look, read_looks
from toolkit.excel.read import read_workbook


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "资金情况"
    sheet["B2"] = "预算"
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFFE08A")
    sheet["B2"].font = Font(bold=True, color="FF112233")
    sheet["B2"].alignment = Alignment(horizontal="center", wrap_text=True)
    sheet["C2"] = 3
    sheet["C2"].fill = PatternFill("lightGrid", fgColor="FF000000")
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[2].height = 40
    sheet.row_dimensions[3].hidden = True
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def test_widths_heights_fills_and_letters() -> None:
    data = workbook()
    looks = read_looks(data, "资金情况")
    assert looks.widths[2] == 30
    assert looks.widths[4] == 0
    assert looks.heights == {2: 40.0, 3: 0.0}
    cells = read_workbook(data).sheet("资金情况").cells
    assert looks.look(cells[2, 2].style.id) == Look("ffe08a", "112233", bold=True, across="center", wrap=True)
    assert looks.look(cells[2, 3].style.id).fill == ""
    assert looks.look(999) == Look()


def test_a_sheet_that_is_not_there_looks_as_usual_and_a_damaged_file_is_refused() -> None:
    assert read_looks(workbook(), "没有").widths == {}
    with pytest.raises(UnreadableFileError):
        read_looks(b"PK\x03\x04", "资金情况")
