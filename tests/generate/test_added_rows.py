"""A unit inserts rows into a table: sums and the names we read by go on working. LibreOffice is the referee."""

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.formula.tokenizer import Tokenizer

from tests.generate.stamped import small_template
from tests.small_scheme import PROJECTS
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.read import read_workbook

LAYOUT = small_template().layout
TABLE = LAYOUT.tables["支付明细"]
ADDED = 3


def with_added_rows() -> bytes:
    """Rows inserted above the table's closing line, as Excel does it: what lies below, and every name, moves down."""
    book = load_workbook(BytesIO(small_template().stamp(PROJECTS[0])))
    sheet, at = book[TABLE.sheet], TABLE.last_row + 1
    merges = [area for area in sheet.merged_cells.ranges if area.min_row >= at]
    for area in merges:
        area.shift(row_shift=ADDED)
    sheet.insert_rows(at, ADDED)
    for defined in book.defined_names.values():
        if f"'{TABLE.sheet}'!" in defined.attr_text or f"{TABLE.sheet}!" in defined.attr_text:
            defined.attr_text = re.sub(
                r"\$(\d+)", lambda row: f"${int(row[1]) + ADDED * (int(row[1]) >= at)}", defined.attr_text
            )
    column = TABLE.columns["支付金额"]
    for number in range(TABLE.last_row + 1 - TABLE.first_row + ADDED):
        sheet[f"{column}{TABLE.first_row + number}"].value = number + 1
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def test_formulas_hold_names_only_so_inserted_rows_move_nothing_away():
    book = load_workbook(BytesIO(small_template().stamp(PROJECTS[0])))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    operands = [part.value for part in Tokenizer(cell.value).items if part.type == "OPERAND"]
                    assert not [one for one in operands if re.fullmatch(r"\$?[A-Z]{1,3}\$?\d+(:.*)?", one)], cell.value


@pytest.mark.libreoffice
def test_sums_include_inserted_rows(tmp_path: Path):
    source = tmp_path / "增行.xlsx"
    source.write_bytes(with_added_rows())
    book = read_workbook(recalculate([source], tmp_path / "out")[source].read_bytes())
    count = TABLE.last_row + 1 - TABLE.first_row + ADDED
    expected = Decimal(count * (count + 1) // 2)
    texts = [
        cell for sheet in book.sheets for cell in sheet.cells.values() if cell.formula and "支付金额" in cell.formula
    ]
    assert any(cell.formula.upper() == "=SUM(支付金额)" and cell.value == expected for cell in texts)
