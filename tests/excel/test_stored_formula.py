"""Formulas as XlsxWriter would write them, whatever functions they call."""

import re
from pathlib import Path

import pytest
import xlsxwriter.worksheet
from xlsxwriter.worksheet import Worksheet

from toolkit.excel.stored_formula import stored_formula

NEWER = re.findall(r'"\\b([A-Z0-9.]+)\\\(', Path(xlsxwriter.worksheet.__file__).read_text(encoding="utf-8"))


def test_xlsxwriter_knows_more_than_a_hundred_newer_functions():
    assert len(NEWER) > 100


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:A3)",
        "{=SUM(A1)}",
        "A1+1",
        "=_xlfn.IFS(A1,1)",
        '="XLOOKUP("&A1',
        "=SUMIFS(B:B,A:A,1)/COUNT(B:B)",
        "=项目_名称",
        "",
    ]
    + [f"={name}(A1)+IF(B1,{name}(1),SUM(A2))" for name in NEWER],
)
def test_a_formula_is_written_as_xlsxwriter_writes_it(formula):
    theirs = Worksheet()
    theirs.use_future_functions = True
    assert stored_formula(formula) == theirs._prepare_formula(formula)
