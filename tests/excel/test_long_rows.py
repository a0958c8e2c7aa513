"""Long plain tables written straight as XML are what XlsxWriter would have made of them, cell by cell."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.office_validator import invalid
from toolkit.excel import table_sheet
from toolkit.excel.read import read_workbook
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook

ODD = (
    "=1+1", "+8613812345678", "0.50", "007", "1234567890123456", "-3.25", "1e5", "", " 两头空 ", "换\n行", "a<b&c>\"'",
    "\x07钟", "_x000D_", "很长的一段文字" * 12, "合计",
)  # fmt: skip
COLUMNS = (
    Column("行号", 9, numeric=True), Column("内容", 30), Column("短", 8, numeric=True),
    Column("可填", 16, ("是", "否")),
)  # fmt: skip


def made(rows: int, *, total: bool) -> TableSheet:
    content = [(str(number), ODD[number % len(ODD)], ODD[number % 7], "是"[: number % 2]) for number in range(rows)]
    content[3] = content[3][:2]
    typed = frozenset(("可填",))
    return TableSheet("明细", "长表", COLUMNS, content, "说明", total_row=total, filtered=True, typed=typed)


@pytest.mark.parametrize("total", [False, True])
def test_a_long_table_is_the_same_as_by_xlsxwriter(monkeypatch: pytest.MonkeyPatch, *, total: bool) -> None:
    sheets = [TableSheet("另一张", "短表", COLUMNS, [("1", "x", "2", "")]), made(40, total=total)]
    monkeypatch.setattr(table_sheet, "LONG", 10**9)
    by_writer = table_workbook(sheets)
    monkeypatch.setattr(table_sheet, "LONG", 30)
    ours = table_workbook(sheets)
    assert shown(ours) == shown(by_writer)
    assert values(ours) == values(by_writer)
    assert table_workbook(sheets) == ours


@pytest.mark.validator
def test_office_takes_a_long_table(tmp_path: Path) -> None:
    path = tmp_path / "长表.xlsx"
    path.write_bytes(table_workbook([made(600, total=True)]))
    assert invalid([path]) == {}


def values(data: bytes) -> list[dict[tuple[int, int], object]]:
    return [{place: cell.value for place, cell in sheet.cells.items()} for sheet in read_workbook(data).sheets]


def shown(data: bytes) -> list[object]:
    book = openpyxl.load_workbook(BytesIO(data))
    return [
        (sheet.title, sheet.dimensions, sheet.auto_filter.ref, number, sheet.row_dimensions[number].height,
         [(cell.data_type, repr((cell.font, cell.fill, cell.alignment, cell.protection, cell.border)),
           cell.quotePrefix) for cell in row])
        for sheet in book
        for number, row in enumerate(sheet.iter_rows(), 1)
    ]  # fmt: skip
