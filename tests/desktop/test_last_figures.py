"""What differs from the last 汇总并出报告."""

from pathlib import Path

from toolkit.desktop.state.last_figures import LastFigures, changes, figures


def board(*rows: tuple[str, str, str, int]) -> dict:
    projects = [
        {"id": number, "name": f"项目{number}", "total": total, "grade": grade, "errors": errors,
         "returned": "2026-01-05" if total else ""}
        for number, total, grade, errors in rows
    ]  # fmt: skip
    return {"projects": projects}


def test_figures_that_differ_are_listed_the_whole_first() -> None:
    before = figures(board(("1", "90.00", "优", 1), ("2", "", "", 2)))
    after = figures(board(("1", "89.00", "良", 0), ("2", "95.00", "优", 0)))
    rows = [(row["project"], row["what"], row["before"], row["after"]) for row in changes(before, after, {"1": "甲"})]
    assert rows == [
        ("整体", "已报送", "1", "2"), ("整体", "平均分", "90.00", "92.00"), ("整体", "良（个）", "无", "1"),
        ("1", "总分", "90.00", "89.00"), ("1", "等级", "优", "良"), ("1", "须更正", "1", "0"),
        ("2", "总分", "无", "95.00"), ("2", "等级", "无", "优"), ("2", "报送", "未报送", "已报送"),
        ("2", "须更正", "无", "0"),
    ]  # fmt: skip
    assert changes(after, after, {}) == []
    assert changes({}, after, {}) == []
    assert "平均分" not in figures(board(("2", "", "", 2)))["整体"]


def test_figures_are_kept_for_each_evaluation(tmp_path: Path) -> None:
    kept = LastFigures(tmp_path / "上次成果")
    assert kept.of("/甲") == {}
    found = figures(board(("1", "90.00", "优", 1)))
    kept.keep("/甲", found)
    assert kept.of("/甲") == found
    assert kept.of("/乙") == {}
    next(kept.folder.glob("*.json")).write_text("[]", encoding="utf-8")
    assert kept.of("/甲") == {}
    (tmp_path / "占用").write_text("")
    LastFigures(tmp_path / "占用").keep("/甲", found)
