"""Names of a table's columns as a file codes them, and as formulas have them."""

import pytest

from toolkit.excel.tables import _table
from toolkit.ooxml.parse import parse_xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    ("coded", "name"),
    [
        ("金额", "金额"),
        ("金额_x000a_（万元）", "金额\n（万元）"),
        ("_xD83D__xDE00_", "😀"),
        ("甲_xD83D_乙", "甲\ufffd乙"),  # half a character can neither be stored nor printed
        ("_x12_", "_x12_"),
    ],
)
def test_a_column_is_called_as_formulas_call_it(coded: str, name: str) -> None:
    columns = f'<tableColumns><tableColumn name="{coded}"/></tableColumns>'
    part = f'<table xmlns="{MAIN}" ref="A1:A3" name="表">{columns}</table>'
    table = _table(parse_xml("xl/tables/table1.xml", part.encode()))
    assert table is not None
    assert table.columns == (name,)
    assert table.columns[0].encode()
