"""Tolerances compare figures, never digits in a sentence; a decision leaves the finding a fact."""

from datetime import date
from decimal import Decimal

import pytest

from toolkit.checks.runner import adjusted
from toolkit.model import (
    Adjustment,
    CellRef,
    Content,
    Disposition,
    Finding,
    Form,
    Sentence,
    Severity,
    Stated,
    Treatment,
)


def finding(code: str, found: Content = "", expected: Content = "") -> Finding:
    at = CellRef("表.xlsx", "资金情况", "C5")
    return Finding(code, Severity.WARNING, at, "有疑问", found=found, expected=expected)


def money(number: int) -> Stated:
    return Stated(Decimal(number), Form.GROUPED, "万元")


def kept(found: Finding, tolerance: str) -> bool:
    rule = Adjustment(found.code, Treatment.TOLERANCE, "约定", Decimal(tolerance))
    return bool(adjusted([found], [rule]))


@pytest.mark.parametrize(("tolerance", "stays"), [("0.99", True), ("1", False), ("1.01", False), ("0", True)])
def test_two_amounts_within_the_tolerance_are_no_doubt(tolerance: str, stays: bool) -> None:
    assert kept(finding("FUND-05", money(101), money(100)), tolerance) is stays
    assert kept(finding("FUND-05", money(99), money(100)), tolerance) is stays
    relation = Sentence("甲＝101，乙＝100", figure=money(101)), Sentence("甲≤乙", figure=money(100))
    assert kept(finding("J01", *relation), tolerance) is stays


@pytest.mark.parametrize(
    ("code", "found", "expected"),
    [
        ("DATE-01", Stated(date(2024, 3, 5)), Stated(date(2024, 9, 30))),
        ("MISS-01", Stated(None), Stated(Decimal(0))),
        ("FUND-99", money(1), Stated(Decimal("0.5"), Form.PERCENT)),
        ("J01", Sentence("甲＝{v}", (("v", money(2)),)), money(1)),
        ("RATE-02", "100.00万元", money(100)),
        ("RATE-02", "=IF(N(A)=0,0)", "=IF(N(B)=0,0)"),
        ("FORM-03", "分值5分", "分值5 分"),
    ],
)
def test_digits_in_dates_formulas_and_texts_are_no_figures(code: str, found: Content, expected: Content) -> None:
    assert kept(finding(code, found, expected), "1000")


def test_a_decision_lowers_what_is_asked_and_keeps_what_was_found() -> None:
    decided = Disposition("豁免", "张三", "合同另有约定", date(2026, 12, 31), Severity.ERROR)
    at = CellRef("表.xlsx", "资金情况", "C5")
    waived = Finding("FUND-01", Severity.NOTE, at, "累计支付超过合同", cross_check="J02", disposition=decided)
    assert waived.own_severity is Severity.ERROR
    assert waived.message == "累计支付超过合同"
    words = "累计支付超过合同（见填报自检J02）（已豁免：张三，合同另有约定，至2026-12-31）"
    assert waived.as_json()["message"] == words
