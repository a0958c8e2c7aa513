# ruff: noqa: E501
"""Whatever stands in a cell, reading a scheme or a roster ends with findings, never with an exception."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st
from small_workbook import TEXT
from test_scheme_roster import TEXT as ROSTER

from toolkit.excel.md_table import parse_md_workbook
from toolkit.model import Severity
from toolkit.scheme import lint_scheme, read_roster, read_scheme, roster_workbook, scheme_workbook

FULL = bool(os.environ.get("JIXIAO_FULL"))
CELLS = [
    (sheet, row, column)
    for sheet, rows in parse_md_workbook(TEXT).items()
    for row in range(1, len(rows))
    for column in range(len(rows[row]))
]
NASTY = [
    "=1+1", "NaN", "1e999999", "-Infinity", "=", "；；", "目标=", "=目标", "分段=≥1:1e99999", "目标=9e9999%", "止=0000-00-00",
    "起=9999-99", "优≥1e5；差≥0", "９５％", "{{ 项目 }}", "<w:p/>", "../../etc", "a" * 300, "（1分）", "等级=好:1%", "#REF!",
    "完成值=", "完成值=((((", "明细=99999", "目标=95%；目标=95%", "档数=1e9", "先取整=9" * 3, "\u2028", "TRUE", "=SUM(", "²",
    "延期月数=" + "9" * 5000, "目标=" + "9" * 5000, "每点扣=0." + "1" * 5000, "9" * 5000,
]  # fmt: skip
texts = st.sampled_from(NASTY) | st.text(
    alphabet='0123456789.%=；;:：，,≥≤<>~-+()（）“”"目标值分段起止每点扣 \n', max_size=24
)


@settings(max_examples=150 if FULL else 50, deadline=None)
@given(cell=st.sampled_from(CELLS), text=texts)
def test_any_text_in_any_cell_of_a_scheme(cell, text):
    sheet, row, column = cell
    tables = parse_md_workbook(TEXT)
    tables[sheet][row][column] = text
    reading = read_scheme(scheme_workbook(tables), "方案.xlsx")
    if reading.scheme is None:
        assert any(one.severity is Severity.ERROR for one in reading.findings)
    else:
        lint_scheme(reading.scheme)


@settings(max_examples=60 if FULL else 40, deadline=None)
@given(row=st.integers(1, 4), column=st.integers(0, 8), text=texts)
def test_any_text_in_any_cell_of_a_roster(row, column, text):
    rows = parse_md_workbook(ROSTER)["项目清单"]
    rows[row][column] = text
    reading = read_roster(roster_workbook(rows), "项目清单.xlsx", "万元")
    assert reading.roster is not None or any(one.severity is Severity.ERROR for one in reading.findings)
