"""Columns that a workbook hides, however oddly it says which."""

import pytest

from toolkit.excel.read import read_workbook
from toolkit.excel.write import tables_to_xlsx
from toolkit.ooxml.package import inflate, read_members, with_contents

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ('min="2" max="3" hidden="1"', {2, 3}),
        ('min="2" max="2" hidden="0"', set()),
        ('min="3" max="2" hidden="1"', set()),
        ('min="²" max="3" hidden="1"', set()),
        ('min="2" max="" hidden="1"', set()),
        ('min="-2" max="3" hidden="1"', set()),
        (f'min="1" max="{"9" * 5000}" hidden="1"', set()),
        ('hidden="1"', set()),
    ],
    ids=lambda value: str(value)[:25],
)
def test_what_is_no_column_hides_none_and_stops_nothing(said: str, hidden: set[int]) -> None:
    members = read_members(tables_to_xlsx({"表": [["甲", "乙", "丙"]]}))
    sheet = inflate(members[SHEET])
    begin = sheet.index(b"<sheetData")
    before = sheet[: sheet.index(b"<cols")] if b"<cols" in sheet[:begin] else sheet[:begin]
    changed = b"".join((before, f"<cols><col {said}/></cols>".encode(), sheet[begin:]))
    (read,) = read_workbook(with_contents(members, {SHEET: changed})).sheets
    assert set(read.hidden_columns) == hidden
