"""假设分析 as the page knows it: what may be asked, and how the answer reads."""

import pytest

from toolkit.desktop.state.supposing import Supposing, shown, summary

KNOWN = {
    "weights": [{"code": "A101", "full_mark": "3"}, {"code": "B101", "full_mark": "4"}],
    "bands": [{"name": "优", "lower": "90"}, {"name": "良", "lower": "80"}],
}


def test_only_what_differs_is_asked() -> None:
    supposing = Supposing(KNOWN, {"A101": "2.5", "B101": "4.5"}, {"优": "88", "良": "80.0"})
    assert supposing.faults() == []
    assert supposing.parameters() == {"weights": "A101=2.5；B101=4.5", "bands": "优=88"}
    assert Supposing(KNOWN).parameters() == {"weights": "", "bands": ""}


@pytest.mark.parametrize(
    ("weights", "bands", "words"),
    [
        ({"A101": "4"}, {}, "各指标分值合计比方案多1分，须相等"),
        ({"A101": "1"}, {}, "各指标分值合计比方案少2分，须相等"),
        ({"A101": "三"}, {}, "指标A101的分值“三”不是数"),
        ({"A101": "-1"}, {"优": "NaN"}, "等级“优”的下限“NaN”不是数"),
    ],
)
def test_what_cannot_be_computed_is_said(weights: dict[str, str], bands: dict[str, str], words: str) -> None:
    assert words in Supposing(KNOWN, weights, bands).faults()


def test_a_value_needs_its_project() -> None:
    supposing = Supposing(KNOWN, item="A101.完成值", value="3")
    assert supposing.faults() == ["假设一个值时，选定项目并填写这个值"]
    supposing.project = "7"
    assert supposing.faults() == []
    assert supposing.parameters()["item"] == "A101.完成值"


def row(**changed: object) -> dict[str, object]:
    same = {"id": "1", "difference": "0.00", "rank_before": 1, "rank_after": 1, "moved": 0,
            "grade_before": "良", "grade_after": "良"}  # fmt: skip
    return {**same, **changed}


def test_effects_read_in_words() -> None:
    up = shown(row(rank_before=5, rank_after=2, moved=3, grade_after="优", difference="3.20"))
    assert (up["rank"], up["moves"], up["grade"], up["changes"]) == ("5 → 2", "升3位", "良 → 优", "有变化")
    assert shown(row(rank_before=2, rank_after=5, moved=-3))["moves"] == "降3位"
    assert shown(row())["changes"] == "无"
    assert shown(row(rank_before=0, rank_after=0))["rank"] == ""
    assert shown(row(grade_before="", grade_after="差"))["grade"] == "无 → 差"
    assert summary([row()]).startswith("没有变化")
    assert "名次有变化的 1 个，等级有变化的 0 个" in summary([row(), row(rank_after=2)])
