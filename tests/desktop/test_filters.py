"""Grouping, and filters kept by name."""

from itertools import chain
from pathlib import Path

from toolkit.desktop.state.rows import Column, Rows
from toolkit.desktop.state.saved_filters import SavedFilters

ROWS = [
    {"n": 1, "unit": "乙局", "message": "漏填"},
    {"n": 2, "unit": "甲局", "message": "超付"},
    {"n": 3, "unit": "乙局", "message": "超付"},
    {"n": 4, "unit": "", "message": "漏填"},
]


def rows() -> Rows:
    made = Rows((Column("单位", "unit"), Column("问题", "message", 40)), lambda row: row["n"])
    made.load(ROWS)
    return made


def test_groups_stand_under_a_line_in_the_order_of_their_first_rows() -> None:
    made = rows()
    made.group("unit")
    words = [made.row(place).get("message") if made.is_head(place) else made.row(place)["n"] for place in range(7)]
    assert words == ["乙局：2 条", 1, 3, "甲局：1 条", 2, "（空）：1 条", 4]
    assert made.count == 4
    assert made.place_of(3) == 2
    assert made.counts("unit") == {"乙局": 2, "甲局": 1, "": 1}
    made.group("")
    assert made.shown == [0, 1, 2, 3]


def test_lines_above_groups_are_neither_copied_nor_exported() -> None:
    made = rows()
    made.group("unit")
    assert len(list(chain.from_iterable(made.tsv_lines()))) == 5
    assert "".join(made.csv_parts()).splitlines() == ["单位,问题", "乙局,漏填", "乙局,超付", "甲局,超付", ",漏填"]


def test_a_filter_is_kept_and_used_again(tmp_path: Path) -> None:
    saved = SavedFilters(tmp_path / "设置" / "常用筛选.json")
    assert saved.all() == {}
    made = rows()
    made.choose("unit", "乙局")
    made.find("超付")
    saved.save("我的", made.filters())
    other = rows()
    other.use_filters(saved.all()["我的"])
    assert other.shown == [2]
    other.use_filters({})
    assert other.count == 4
    saved.remove("我的")
    assert saved.all() == {}


def test_a_damaged_list_of_filters_is_empty_and_one_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "常用筛选.json"
    for damaged in ("坏", "[]", '{"甲": 3, "乙": {"chosen": 1}}'):
        file.write_text(damaged, encoding="utf-8")
        assert SavedFilters(file).all() == {}
    SavedFilters(file / "不是文件夹" / "x.json").save("甲", {})
