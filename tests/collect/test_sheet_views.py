"""Sheets from outside are shown by the worker: what hangs or breaks it costs that one preview."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from toolkit.collect.sheet_views import SheetViewer, view_sheets
from toolkit.errors import UnreadableFileError


def workbook(value: object = 0.5) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "资金情况"
    sheet["B2"] = value
    sheet["B2"].number_format = "0.00%"
    sheet["B2"].font = Font(bold=True)
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFFE08A")
    sheet.merge_cells("B2:C3")
    sheet.column_dimensions["D"].hidden = True
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def test_the_worker_shows_what_stands_there_and_a_known_file_is_not_read_again() -> None:
    viewer = SheetViewer()
    try:
        (sheet,) = viewer.sheets("a", workbook(), "甲.xlsx")
        (cell,) = [cell for cell in sheet.cells if cell.shown]
        assert (cell.row, cell.column, cell.shown, cell.bold, cell.fill) == (2, 2, "50.00%", True, "ffe08a")
        assert sheet.merges == ((2, 2, 3, 3),)
        assert sheet.widths[4] == 0
        assert viewer.sheets("a", b"", "甲.xlsx") == (sheet,)
        with pytest.raises(UnreadableFileError, match="坏"):
            viewer.sheets("b", b"PK\x03\x04" + b"\0" * 4000, "坏.xlsx")
        assert viewer.sheets("c", workbook("=1"), "乙.xlsx")[0].cells[0].shown in ("", "=1")
    finally:
        viewer.close()


def test_a_file_that_ends_the_worker_is_told_and_the_next_one_is_shown() -> None:
    viewer = SheetViewer()
    try:
        viewer.sheets("a", workbook(), "甲.xlsx")
        worker = viewer._reader._worker
        assert worker is not None
        worker._process.kill()
        worker._process.wait()
        with pytest.raises(UnreadableFileError, match="异常退出"):
            viewer.sheets("b", workbook(), "乙.xlsx")
        assert viewer.sheets("c", workbook(), "丙.xlsx")[0].name == "资金情况"
    finally:
        viewer.close()


def test_a_refused_file_says_why() -> None:
    kind, why, what_to_do = view_sheets(b"%PDF-1.4", "/收件箱/报告.pdf", None)
    assert kind == "refused"
    assert why.startswith("报告.pdf：")
    assert what_to_do
