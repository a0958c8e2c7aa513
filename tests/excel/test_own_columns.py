"""What a person added to a workbook that is written again stays; what was changed in it is told by row and heading."""

from dataclasses import replace

import pytest

from toolkit.excel.own_columns import carried, other_sheets, row_differences
from toolkit.excel.read import read_workbook
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook

SHEET = TableSheet(
    "表", "标题", (Column("编号"), Column("名称"), Column("分", numeric=True), Column("裁定")),
    [("1", "甲", "2.5", ""), ("2", "乙", "3", ""), ("3", "=丙", "0", "")],
)  # fmt: skip
KEY = ("编号",)


def book_of(*rows: tuple[str, ...], more: tuple[str, ...] = (), name: str = "表"):
    columns = (*SHEET.columns, *map(Column, more))
    return read_workbook(table_workbook([replace(SHEET, name=name, columns=columns, rows=rows)]))


def test_a_column_of_a_persons_own_comes_back_at_its_rows() -> None:
    book = book_of(("2", "乙", "3", "", "看过"), ("1", "甲", "2.5", "", "=1+1"), more=("备注",))
    made = carried(SHEET, book, "x", KEY)
    assert [column.heading for column in made.sheet.columns][-1] == "备注"
    assert [row[-1] for row in made.sheet.rows] == ["=1+1", "看过", ""]
    assert (made.same, made.left) == (False, 0)
    again = carried(SHEET, read_workbook(table_workbook([made.sheet])), "x", KEY)
    assert again.same, "written once, it says everything"


def test_notes_on_rows_that_are_gone_are_counted() -> None:
    made = carried(SHEET, book_of(("9", "旧", "1", "", "要紧"), ("8", "旧", "1", ""), more=("备注",)), "x", KEY)
    assert made.left == 1


def test_what_says_the_same_is_not_written_again() -> None:
    assert carried(SHEET, read_workbook(table_workbook([SHEET])), "x", KEY).same
    assert not carried(SHEET, book_of(*SHEET.rows[:2]), "x", KEY).same


def test_sheets_of_a_persons_own_are_named() -> None:
    book = read_workbook(table_workbook([SHEET, replace(SHEET, name="我的计算")]))
    assert other_sheets(book, [SHEET]) == ["我的计算"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (SHEET.rows, []),
        (SHEET.rows[::-1], []),
        ([*SHEET.rows[:2], ("3", "=丙", "0", "写了")], []),
        ([("1", "甲", "9", ""), *SHEET.rows[1:]], [("1", "分", "2.5", "9", "C4")]),
        (SHEET.rows[:2], [("3", "", "3", "", "")]),
        ([*SHEET.rows, ("4", "丁", "1", "")], [("4", "", "", "4", "A7")]),
    ],
)
def test_differences_are_told_by_row_and_heading_whatever_the_order(rows, told) -> None:
    found = row_differences(SHEET, book_of(*rows), "x", KEY, {"裁定"})
    assert [(one.key, one.heading, one.expected, one.found, one.at.cell) for one in found] == told


def test_what_was_read_from_a_person_s_column_and_changed_since_is_told() -> None:
    rows = [("1", "甲", "2.5", "2"), ("2", "乙", "3", ""), ("3", "=丙", "0", "")]
    recorded = replace(SHEET, rows=rows)
    changed = book_of(("1", "甲", "2.5", "3"), ("2", "乙", "3", "1"), ("3", "=丙", "0", ""))
    (found,) = row_differences(recorded, changed, "x", KEY, {"裁定"})
    assert (found.key, found.expected, found.found, found.at.cell, found.typed) == ("1", "2", "3", "D4", True)
