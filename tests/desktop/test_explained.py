"""An indicator explained: words without keys, a curve where scores lie over numbers, bars where not."""

from decimal import Decimal
from pathlib import Path

import pytest

from toolkit.desktop.state import explained
from toolkit.operations import operation
from toolkit.operations.memory import Memory
from toolkit.resources import sample_dir


def card(code: str) -> explained.Card:
    explain = operation("scheme explain")
    given = {"file": str(sample_dir("nantong-2024") / "方案.xlsx"), "indicator": code}
    asked = explain.asked(Path(), given, None, lambda *_, **__: None, Memory())  # type: ignore[arg-type]
    return explained.card(explain.work(asked).values)


def test_a_rate_has_a_curve_from_nothing_to_the_full_mark() -> None:
    shown = card("B102")
    assert shown.title == "B102 预算执行率　4 分　百分点扣分"
    assert shown.is_curve
    assert shown.points[0].x == 0
    assert max(point.score for point in shown.points) == shown.full_mark == Decimal(4)
    assert "95% 得 3.00 分" in shown.heard()
    words = shown.text()
    assert "公式：=ROUND(" in words
    assert "取值：实际完成值（%），取自 预算执行率" in words
    assert "code" not in words


def test_points_that_are_no_numbers_are_bars() -> None:
    shown = card("A101")
    assert not shown.is_curve
    assert shown.points[0].label == "全部符合"
    assert "参数：评价要点" in shown.text()


@pytest.mark.parametrize(("text", "found"), [("98%", 98), ("1,200", 1200), ("符合", None), ("", None)])
def test_numbers_are_read_with_percent_signs_and_commas(text: str, found: int | None) -> None:
    assert explained.number(text) == found
