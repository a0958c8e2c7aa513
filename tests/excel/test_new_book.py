"""A workbook written from nothing reads back as it was meant, in openpyxl and in our own reader."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.excel.chart_caches import chart_points
from toolkit.excel.new_book import ChartKind, Look, NewBook, NewCell, NewChart, NewLink, NewSheet
from toolkit.excel.new_book_writer import write_book
from toolkit.excel.read import read_workbook
from toolkit.model import ErrorValue

CELLS = {
    (1, 1): NewCell("各项目得分", Look.TITLE),
    (3, 1): NewCell("=1+1", Look.TEXT),
    (3, 2): NewCell('a<b & "c"\n_x000D_\x07', Look.TEXT),
    (3, 3): NewCell(Decimal("0.1234567890123456789"), Look.RATE),
    (3, 4): NewCell(Decimal(5), Look.WHOLE),
    (3, 5): NewCell(True, Look.CENTRED),
    (3, 6): NewCell(None, Look.TEXT),
    (3, 7): NewCell("", Look.TEXT),
    (4, 1): NewCell(Decimal("5.12"), Look.SCORE, "=ROUND(C3+D3,2)"),
    (4, 2): NewCell("", Look.TEXT, '=""'),
    (4, 3): NewCell(ErrorValue.DIV0, Look.SCORE, "=1/0"),
    (4, 4): NewCell("优", Look.CENTRED, '=IF(A4<6,"优","<")'),
    (4, 5): NewCell(Decimal(5), Look.SCORE, "=MAXIFS(D3:D3,D3:D3,5)"),
    (4, 6): NewCell("优", Look.CENTRED),
}
SHEET = NewSheet(
    "得分",
    CELLS,
    ("A1:C1",),
    {1: 20.0},
    {3: 40.5, 9: 30.0},
    links=lambda: iter((NewLink("D3", "jixiao://A&B/1", "看图"),)),
)
CHART = NewChart(ChartKind.BAR, "得分图", "得分!$D$4:$D$4", "得分!$D$3:$D$3", "B2", (400, 300))
BOOK = NewBook("总表", (SHEET, NewSheet("图", {(1, 1): NewCell("图", Look.TITLE)}, charts=(CHART,))))


@pytest.fixture(scope="module")
def data() -> bytes:
    return write_book(BOOK)


def sheet(data: bytes, *, values: bool) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)["得分"]


def test_every_kind_of_value(data):
    shown = {cell.coordinate: cell.value for row in sheet(data, values=True) for cell in row if cell.value is not None}
    assert shown == {
        "A1": "各项目得分",
        "A3": "=1+1",
        "B3": 'a<b & "c"\n_x000D_␇',
        "C3": 0.12345678901234568,
        "D3": 5,
        "E3": True,
        "A4": 5.12,
        "C4": "#DIV/0!",
        "D4": "优",
        "E4": 5,
        "F4": "优",
    }


def test_formulas_and_their_results(data):
    read = read_workbook(data).sheets[0].cells
    for place, cell in CELLS.items():
        if cell.formula:
            assert (read[place].formula or "").replace("_xlfn.", "") == cell.formula
            assert read[place].value == (cell.value if cell.value != "" else read[place].value)
    assert sheet(data, values=False)["E4"].value == "=_xlfn.MAXIFS(D3:D3,D3:D3,5)"


def test_a_text_like_a_formula_stays_a_text_when_somebody_edits_it(data):
    cells = sheet(data, values=False)
    assert (cells["A3"].data_type, cells["A3"].quotePrefix, cells["B3"].quotePrefix) == ("s", True, False)


def test_areas_heights_links_and_looks(data):
    cells = sheet(data, values=False)
    assert [str(area) for area in cells.merged_cells.ranges] == ["A1:C1"]
    assert (cells.row_dimensions[3].height, cells.row_dimensions[9].height) == (40.5, 30.0)
    assert (cells["D3"].hyperlink.target, cells["D3"].hyperlink.tooltip) == ("jixiao://A&B/1", "看图")
    assert (cells["C3"].number_format, cells["A4"].number_format, cells["A1"].font.sz) == ("0.00%", "0.00", 16)
    assert cells.dimensions == "A1:G4"


def test_a_chart_brings_the_values_it_is_drawn_from(data):
    assert [(point.text, point.is_number) for point in chart_points(data)] == [("优", False), ("5", True)]


def test_the_same_book_gives_the_same_bytes(data):
    assert write_book(BOOK) == data


@pytest.mark.parametrize(
    ("columns", "hidden", "area", "across"), [(12, 0, "", 1), (50, 0, "", 3), (50, 30, "", 1), (50, 0, "A1:L9", 1)]
)
def test_a_sheet_too_broad_to_be_read_on_one_page_is_printed_on_several(columns, hidden, area, across):
    plan = NewSheet(
        "采集数据",
        {(1, column): NewCell("数", Look.TEXT) for column in range(1, columns + 1)},
        widths=dict.fromkeys(range(1, columns + 1), 17.0),
        hidden_columns=frozenset(range(columns - hidden + 1, columns + 1)),
        freeze=(1, 2),
        print_area=area,
    )
    shown = openpyxl.load_workbook(BytesIO(write_book(NewBook("总表", (plan,)))))["采集数据"]
    assert (shown.page_setup.fitToWidth, shown.page_setup.fitToHeight) == (None if across == 1 else across, 0)
    assert shown.print_title_cols == (None if across == 1 else "$A:$B")
