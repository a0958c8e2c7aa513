"""What the window shows of a project's score."""

from toolkit.desktop.pages.score import _shown


def test_a_project_that_is_not_scored_has_no_zero_for_a_total() -> None:
    row = {"id": "3", "total": "0.00", "grade": "", "provisional": False, "scored": False, "lost": 22}
    assert (_shown(row)["total"], _shown(row)["lost"]) == ("未评分", "")
    scored = {**row, "total": "79.40", "grade": "中", "provisional": True, "scored": True}
    assert (_shown(scored)["total"], _shown(scored)["grade"], _shown(scored)["lost"]) == ("79.40（暂）", "中（暂）", 22)
