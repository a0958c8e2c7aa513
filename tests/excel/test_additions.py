"""Sheets and columns a person added to a workbook of ours are there in the next one, beside the same rows."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from tests.office_validator import invalid
from toolkit.excel.additions import carry_additions

HEADINGS = ("序号", "项目名称", "得分")
ROWS = (("甲", 90), ("乙", 80), ("丙", 70))


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def master(rows=ROWS, headings=HEADINGS, sheets: tuple[str, ...] = ()) -> bytes:
    """A title, a note, headings in row 3, a formula a row, a total."""
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet["A1"], sheet["A2"] = "标题", "说明"
    for column, heading in enumerate(headings, 1):
        sheet.cell(3, column).value = heading
    for number, (name, score) in enumerate(rows, 4):
        values = {"序号": number - 3, "项目名称": name, "得分": f"={score}+0", "等级": "优"}
        for column, heading in enumerate(headings, 1):
            sheet.cell(number, column).value = values[heading]
    for name in sheets:
        book.create_sheet(name)["A1"] = "程序的表"
    return saved(book)


def edited(edit, data: bytes | None = None) -> bytes:
    book = load_workbook(BytesIO(data or master()))
    edit(book)
    return saved(book)


def columns_of(data: bytes, sheet: str = "汇总") -> dict[str, dict[object, object]]:
    """Heading → project → value."""
    table = load_workbook(BytesIO(data))[sheet]
    names = {column.value: column.column for column in table[3] if column.value}
    rows = range(4, table.max_row + 1)
    return {
        heading: {table.cell(row, names["项目名称"]).value: table.cell(row, column).value for row in rows}
        for heading, column in names.items()
    }


def annotate(book: Workbook) -> None:
    sheet = book["汇总"]
    sheet["D3"], sheet["D4"], sheet["D6"] = "备注", "重点", "=C6*2"
    sheet["D4"].font = Font(bold=True, color="FFFF0000")
    sheet["E3"], sheet["E4"] = "全部", "=SUM(C4:C6)"
    sheet.column_dimensions["D"].width = 33


def test_columns_stay_beside_their_rows_when_rows_move() -> None:
    new = master((("丙", 71), ("丁", 60), ("甲", 91)))
    made = carry_additions(master(), edited(annotate), new)
    assert (made.columns, made.sheets, made.lost) == (("汇总：备注", "汇总：全部"), (), ())
    found = columns_of(made.data)
    assert found["备注"] == {"丙": "=C4*2", "丁": None, "甲": "重点"}
    assert found["全部"]["甲"] == "=SUM(C4:C6)"
    assert found["得分"] == columns_of(new)["得分"]
    sheet = load_workbook(BytesIO(made.data))["汇总"]
    assert (sheet["D6"].font.bold, sheet["D6"].font.color.rgb, sheet.column_dimensions["D"].width) == (
        True,
        "FFFF0000",
        33,
    )


def test_columns_put_between_others_and_new_columns_of_the_program_do_not_clash() -> None:
    def between(book: Workbook) -> None:
        sheet = book["汇总"]
        sheet.insert_cols(2)
        sheet["B3"], sheet["B5"], sheet["B6"] = "复查", "已复查", "=D6+1"

    new = master((*ROWS, ("丁", 60)), (*HEADINGS, "等级"))
    found = columns_of(carry_additions(master(), edited(between), new).data)
    assert list(found) == ["序号", "项目名称", "得分", "等级", "复查"]
    assert found["复查"] == {"甲": None, "乙": "已复查", "丙": "=C6+1", "丁": None}


def test_a_row_that_is_gone_and_a_formula_that_points_nowhere_are_told() -> None:
    def notes(book: Workbook) -> None:
        book["汇总"]["D3"], book["汇总"]["D5"], book["汇总"]["D6"] = "备注", "乙的备注", "=C5"

    made = carry_additions(master(), edited(notes), master((ROWS[0], ROWS[2])))
    assert made.lost == ("汇总!D5：所在的行现在没有", "汇总!D6的公式")
    assert columns_of(made.data)["备注"] == {"甲": None, "丙": None}


def analyse(book: Workbook) -> None:
    own = book.create_sheet("我的分析")
    own["A1"], own["B1"], own["C1"] = "=汇总!B5", "=AVERAGE(汇总!$C$4:$C$6)", '=A1&"<b>"'
    own["A2"], own["B2"] = "文字", 0.5
    own["B2"].number_format = '0.0"分"'
    own["A2"].fill = PatternFill("solid", start_color="FFFFFF00")
    own["A2"].comment = Comment("看这里", "张三")
    own.conditional_formatting.add("B2", CellIsRule(operator="lessThan", formula=["1"], font=Font(italic=True)))
    chart = BarChart()
    chart.add_data(Reference(book["汇总"], min_col=3, min_row=4, max_row=6))
    own.add_chart(chart, "D4")


def test_a_sheet_comes_with_its_looks_notes_and_charts_and_points_at_the_same_rows() -> None:
    new = master((("乙", 81), ("甲", 91), ("丁", 60), ("丙", 71)), sheets=("新表",))
    made = carry_additions(master(), edited(analyse), new)
    assert (made.sheets, made.lost) == (("我的分析",), ())
    book = load_workbook(BytesIO(made.data))
    assert book.sheetnames == ["汇总", "新表", "我的分析"]
    own = book["我的分析"]
    assert [own["A1"].value, own["B1"].value, own["C1"].value] == ["=汇总!B4", "=AVERAGE(汇总!$C$4:$C$7)", '=A1&"<b>"']
    assert (own["A2"].value, own["A2"].comment.text, own["A2"].fill.start_color.rgb) == ("文字", "看这里", "FFFFFF00")
    assert (own["B2"].value, own["B2"].number_format) == (0.5, '0.0"分"')
    (chart,) = own._charts
    assert chart.series[0].val.numRef.f == "'汇总'!$C$4:$C$7"
    (rule,) = next(iter(own.conditional_formatting)).rules
    assert rule.dxf.font.italic


@pytest.mark.validator
def test_what_is_carried_is_a_valid_workbook(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    mine = edited(analyse, edited(annotate))
    path.write_bytes(carry_additions(master(), mine, master((("乙", 81), ("甲", 91)))).data)
    assert invalid([path]) == {}


def test_carrying_again_changes_nothing_more() -> None:
    def both(book: Workbook) -> None:
        annotate(book)
        analyse(book)

    new = master((("丙", 71), ("甲", 91), ("乙", 82)))
    once = carry_additions(master(), edited(both), new)
    twice = carry_additions(new, once.data, new)
    assert (twice.sheets, twice.columns, twice.lost) == (once.sheets, once.columns, ())
    assert columns_of(twice.data) == columns_of(once.data)
    assert carry_additions(new, twice.data, new).data == twice.data


@pytest.mark.parametrize("base", [master(), None])
def test_what_nobody_added_to_is_the_new_workbook_itself(base: bytes | None) -> None:
    new = master((("丙", 71),), sheets=("新表",))
    assert carry_additions(base, master(), new).data == new


def test_a_sheet_the_program_makes_no_more_is_not_taken_for_a_persons() -> None:
    old, new = master(sheets=("旧表",)), master()
    assert carry_additions(old, old, new).data == new
