"""Sheet 核查设置: read with its reasons, every mistake at its cell."""

from decimal import Decimal

from tests.scheme.small_workbook import TEXT
from toolkit.excel.md_table import parse_md_workbook
from toolkit.model import Treatment
from toolkit.scheme import read_scheme, scheme_workbook

HEAD = ["检查项", "处理", "数值", "理由"]


def _read(*rows: list[str]):
    tables = {**parse_md_workbook(TEXT), "核查设置": [HEAD, *rows]}
    return read_scheme(scheme_workbook(tables), "方案.xlsx")


def test_adjustments_with_their_reasons():
    scheme = _read(["FUND-09", "容差", "0.01", "凭证以元计"], ["J02", "降为提示", "", "明细只列大额"]).scheme
    assert scheme is not None
    first, second = scheme.adjustments
    assert (first.code, first.treatment, first.tolerance) == ("FUND-09", Treatment.TOLERANCE, Decimal("0.01"))
    assert (second.code, second.treatment, second.reason) == ("J02", Treatment.NOTE, "明细只列大额")


def test_every_mistake_has_its_cell():
    reading = _read(["J09", "停用", "", "不用"], ["FUND-09", "忽略", "", "不用"], ["FUND-09", "容差", "", ""])
    wrong = [one for one in reading.findings if one.code == "SCHEME-32"]
    assert reading.scheme is None
    assert [one.at.cell[0] for one in wrong] == ["A", "B", "C", "D"]
