"""Of every number the list says by what it was decided, or why it was not."""

from toolkit.proof.engine import proof
from toolkit.proof.number_sheets import decided_rows, number_sheets, unchecked_rows
from toolkit.proof.reading import read_text
from toolkit.proof.rules.totals import total_rows

TABLE = "指标\t分值\n决策\t18\n过程\t20\n合计\t{total}\n\n\n接入应用3410个。"
TITLES = {total_rows.column_totals.code: "合计"}


def read(total: str):
    return proof(read_text(TABLE.format(total=total)), rules=[total_rows.column_totals])


def test_a_number_that_was_decided_names_what_it_was_compared_with():
    rows = {row[1]: row for row in decided_rows(read("38"), TITLES)}
    assert rows["38"][3:5] == ("一致", "合计")
    assert rows["38"][5] == "18（表格1第2行第2列）；20（表格1第3行第2列）"


def test_a_wrong_number_is_told_as_such():
    rows = {row[1]: row for row in decided_rows(read("39"), TITLES)}
    assert rows["39"][3] == "不一致"


def test_a_number_that_stands_once_says_so():
    (row,) = unchecked_rows(read("38"))
    assert row[1:] == ("3410个", "数量", "接入应用", "全文只写了这一次，没有可以对照的数")


def test_the_line_of_coverage_counts_the_numbers_that_stand_once():
    assert read("38").coverage == "本报告共 4 个数字，已核 3（75.0 %），未核 1 个列出（其中 1 个全文只写了一次）"
    twice = proof(read_text("接入应用3410个。\n共有3410个。"), rules=[total_rows.column_totals])
    assert twice.coverage == "本报告共 2 个数字，已核 0（0.0 %），未核 2 个列出"


def test_numbers_that_were_decided_have_a_sheet_only_where_they_were_kept():
    one, *more = number_sheets([("甲", (("第1段", "5", "数量", "", ""),))], [("甲", ())])
    assert (one.name, more) == ("未核数字", [])
    kept = number_sheets([], [("甲", (("第1段", "5", "数量", "一致", "合计", "3；2"),))])
    assert [sheet.name for sheet in kept] == ["未核数字", "已核数字"]
