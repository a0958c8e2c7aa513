"""LibreOffice scores every worked example as the toolkit does, from the very formula text."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from rule_cases import all_examples

from toolkit.excel.libreoffice import recalculate
from toolkit.formula import rename


@pytest.mark.libreoffice
def test_libreoffice_agrees_on_every_example(tmp_path: Path):
    examples = all_examples()
    book = Workbook()
    sheet = book.active
    for row, example in enumerate(examples, 1):
        names = {"分值": f"B{row}"}
        sheet.cell(row, 2, example.full_mark)
        for column, (local, value) in enumerate(example.values.items(), 3):
            cell = sheet.cell(row, column, value)
            names[local] = cell.coordinate
        sheet.cell(row, 1, rename(example.rule.formula(), names))
    source = tmp_path / "examples.xlsx"
    book.save(source)
    result = load_workbook(recalculate([source], tmp_path / "out")[source], data_only=True).active
    scores = [Decimal(repr(result.cell(row, 1).value)) for row in range(1, len(examples) + 1)]
    assert scores == [example.score for example in examples]
