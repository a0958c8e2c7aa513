"""Rosters: joint units, units of money, totals as printed, and every mistake at its cell."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from small_workbook import TEXT as SCHEME_TEXT
from small_workbook import read as read_scheme_text

from toolkit.excel.md_table import md_to_xlsx, parse_md_workbook
from toolkit.model import Severity
from toolkit.scheme import RosterReading, check_projects, read_roster, roster_workbook
from toolkit.scheme.unit_names import may_be_one

TEXT = """
## 项目清单
| 序号 | 立项年度 | 责任单位 | 项目名称 | 合同金额（万元） | 联系人 | 电话 | 项目类型 | 批次 |
|---|---|---|---|---|---|---|---|---|
| 1 | 2023 | 市人大办公室 | 数字人大、智慧人大建设 | 100 | 甲 | 0513-1 | 新建 | 1 |
| 2 | 2022年 | 市大数据管理中心、市工业和信息化局 | 学校“ 互联网+明厨亮灶” 项目 | 286.504 | | | 运维 | 2 |
| 3 | 2022 | 市教育局 | 校园网 | \\\\ | | | | |
| 合计 | | | | 386.50 | | | | |
"""


def read(text: str = TEXT, unit: str = "万元") -> RosterReading:
    return read_roster(roster_workbook(parse_md_workbook(text)["项目清单"]), "项目清单.xlsx", unit)


def test_projects_as_written():
    roster = read().roster
    first, joint, without = roster.projects
    assert (first.id, first.year, first.name) == ("1", 2023, "数字人大、智慧人大建设")
    assert (first.contact, first.phone, first.project_type) == ("甲", "0513-1", "新建")
    assert dict(first.attributes) == {"批次": "1"}
    assert joint.units == ("市大数据管理中心", "市工业和信息化局")
    assert joint.name == "学校“ 互联网+明厨亮灶” 项目"
    assert without.contract_amount is None
    assert (first.origin.sheet, first.origin.cell) == ("项目清单", "A4")


@pytest.mark.parametrize("number", ["1、", "1.", "（1）", "一、", "（一）", "一"])
def test_what_is_set_around_a_number_is_no_part_of_it(number):
    reading = read(TEXT.replace("| 1 | 2023", f"| {number} | 2023"))
    assert [project.id for project in reading.roster.projects] == ["1", "2", "3"]


@pytest.mark.parametrize("number", ["A12", "2-1", "2.1", "１２"])
def test_a_number_of_letters_and_parts_is_kept_as_it_is(number):
    assert read(TEXT.replace("| 1 | 2023", f"| {number} | 2023")).roster.projects[0].id == number


def test_a_number_written_in_two_ways_is_there_twice():
    found = read(TEXT.replace("| 2 | 2022年", "| 一、 | 2022年")).findings
    assert ("ROSTER-03", "A5") in {(finding.code, finding.at.cell) for finding in found}


def test_the_heading_of_a_group_is_still_no_project():
    reading = read(TEXT.replace("| 1 | 2023", "| 一、新建 | | | | | | | | |\n| 1 | 2023"))
    assert [project.id for project in reading.roster.projects] == ["1", "2", "3"]


def test_a_total_rounded_in_print_is_only_noted():
    reading = read()
    (note,) = reading.findings
    assert (note.code, note.severity, note.at.cell) == ("ROSTER-05", Severity.NOTE, "E7")
    assert "相差0.004万元" in note.message
    assert reading.roster.printed_total == Decimal("386.5")


def test_a_wrong_total_is_an_error():
    reading = read(TEXT.replace("386.50", "386.60"))
    (error,) = reading.findings
    assert (reading.roster, error.code, str(error.expected)) == (None, "ROSTER-04", "386.504")


def test_an_exact_total_says_nothing():
    assert read(TEXT.replace("386.50 ", "386.504 ")).findings == ()


def test_amounts_in_the_other_unit_are_converted():
    roster = read(unit="元").roster
    assert roster.projects[1].contract_amount == Decimal(2865040)
    yuan = read(TEXT.replace("（万元）", "（元）")).roster
    assert yuan.projects[0].contract_amount == Decimal("0.01")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("830.4300000000001", "830.43"),  # =276.81*3, pasted as a value
        ("33.3333333333333", "33.3333333333333"),  # a third of 100
        ("0.30000000000000004", "0.3"),
    ],
)
def test_an_amount_with_every_digit_a_cell_keeps_is_a_number(written, amount):
    reading = read(TEXT.replace("| 100 |", f"| {written} |").replace("| 合计 | | | | 386.50 | | | | |\n", ""))
    assert reading.findings == ()
    assert reading.roster.projects[0].contract_amount == Decimal(amount)


@pytest.mark.parametrize(
    ("old", "new", "code", "cell", "words"),
    [
        ("| 2 | 2022年", "| 1 | 2022年", "ROSTER-03", "A5", "序号“1”重复：A4已经用过"),
        ("| 3 | 2022", "| x | 2022", "ROSTER-02", "A6", "序号“x”不是编号"),
        ("| 3 | 2022", "| 整体 | 2022", "ROSTER-02", "A6", "序号“整体”不是编号"),
        ("市教育局", "", "ROSTER-01", "C6", "“责任单位”没有填写"),
        ("| 2023 |", "| 去年 |", "ROSTER-02", "B4", "不是年度"),
        ("| 100 |", "| 约100 |", "ROSTER-02", "E4", "“约100”不是数"),
        ("| 100 |", "| 1000000000000 |", "ROSTER-02", "E4", "“1000000000000”过大"),
        (
            "| 3 | 2022 | 市教育局 | 校园网",
            "| 3 | 2022 | 市人大办公室 | 数字人大、智慧人大 建设",
            "ROSTER-06",
            "D6",
            "在D4已经出现",
        ),
    ],
)
def test_mistakes_at_their_cells(old, new, code, cell, words):
    found = [one for one in read(TEXT.replace(old, new, 1)).findings if one.code not in {"ROSTER-04", "ROSTER-05"}]
    assert [(one.code, one.at.cell) for one in found] == [(code, cell)]
    assert words in found[0].message


@pytest.mark.parametrize("number", ["03", "A12", "2-1", "2024-003", "XM_7", "３"])
def test_numbers_as_people_write_them(number: str):
    assert read(TEXT.replace("| 3 | 2022", f"| {number} | 2022")).roster.projects[2].id == number


def test_headings_under_other_names_and_no_total():
    text = TEXT.replace("序号 | 立项年度 | 责任单位", "编号 | 年度 | 建设单位")
    text = text.replace("合同金额（万元）", "合同额").replace("| 合计 | | | | 386.50 | | | | |\n", "")
    reading = read(text)
    assert reading.findings == ()
    assert reading.roster.projects[1].contract_amount == Decimal("286.504")


def test_a_condition_over_a_column_that_is_not_there_is_told():
    scheme = read_scheme_text(SCHEME_TEXT.replace('=项目类型="新建"', '=项目类形="新建"')).scheme
    (found,) = check_projects(scheme, read().roster)
    assert (found.code, found.at.sheet, found.indicator) == ("ROSTER-08", "指标", "C101")
    assert (found.hint, "该指标会对所有项目适用" in found.message) == ("是否想写“项目类型”？", True)
    further = read_scheme_text(SCHEME_TEXT.replace('=项目类型="新建"', "=批次=1")).scheme
    assert check_projects(further, read().roster) == []


def test_an_empty_roster_is_an_error():
    assert [one.code for one in read("\n".join(TEXT.splitlines()[:4])).findings] == ["ROSTER-01"]


SUZHOU = """
## 项目清单
| 序号 | 项目 | 建设单位 | 合同金额（元） | 备注 |
|---|---|---|---|---|
| 1 | 疫情防控管理平台建设项目（2022） | 宿州市数据资源管理局 | 15929100 | |
| 2 | 电子政务外网升级改造项目（2021年） | | 12240000 | |
| 3 | 城市大脑数据安全治理(2021) | | | 没有合同 |
| 4 | 万兆数据归集与共享接入项目（2021） | 宿州市公安局 | 1550000 | |
"""


def merged(text: str, *areas: str) -> RosterReading:
    book = load_workbook(BytesIO(md_to_xlsx(text)))
    for area in areas:
        book["项目清单"].merge_cells(area)
    data = BytesIO()
    book.save(data)
    return read_roster(data.getvalue(), "项目清单.xlsx", "元")


def test_a_unit_merged_over_its_projects_belongs_to_each():
    """宿州's own table: the unit once for all its projects, the year at the end of the name."""
    reading = merged(SUZHOU, "C2:C4")
    assert reading.findings == ()
    assert [one.unit for one in reading.roster.projects] == ["宿州市数据资源管理局"] * 3 + ["宿州市公安局"]
    assert [one.year for one in reading.roster.projects] == [2022, 2021, 2021, 2021]
    assert reading.roster.projects[2].contract_amount is None


def test_a_unit_left_out_without_a_merge_is_asked_for():
    found = merged(SUZHOU).findings
    assert [(one.code, one.at.cell) for one in found] == [("ROSTER-01", "C3"), ("ROSTER-01", "C4")]


def test_an_amount_merged_over_projects_is_not_shared_out():
    (found,) = merged(SUZHOU, "C2:C4", "D2:D3").findings
    assert (found.code, found.at.cell, found.severity) == ("ROSTER-02", "D2", Severity.ERROR)
    assert "合并在第2至3行" in found.message


UNITS = """
## 项目清单
| 序号 | 立项年度 | 责任单位 | 项目名称 |
|---|---|---|---|
| 1 | 2023 | 市卫健委 | 甲 |
| 2 | 2023 | 市卫健 委 | 乙 |
| 3 | 2023 | 市卫生健康委员会、市教育局 | 丙 |
| 4 | 2023 | 市卫健委 | 丁 |
"""


def test_spellings_that_may_be_one_unit_are_asked_about():
    found = read(UNITS).findings
    assert [(one.code, one.severity, one.at.cell) for one in found] == [
        ("ROSTER-09", Severity.WARNING, "C5"),
        ("ROSTER-09", Severity.WARNING, "C6"),
    ]
    assert found[0].message.startswith("“市卫健 委”与“市卫健委”可能是同一单位的两种写法")
    assert "单位 市卫健委，别名 市卫健 委" in found[0].hint


def test_the_alias_table_settles_them():
    settled = "## 单位别名\n| 单位 | 别名 | 同一单位 |\n|---|---|---|\n| 市卫健委 | 市卫健 委 | |\n"
    settled += "| 市卫健委 | 市卫生健康委员会 | 否 |\n"
    reading = read_roster(md_to_xlsx(f"{UNITS}\n{settled}"), "项目清单.xlsx")
    assert reading.findings == ()
    assert list(reading.roster.units()) == ["市卫健委", "市卫生健康委员会", "市教育局"]
    assert [one.unit for one in reading.roster.projects][:3] == ["市卫健委", "市卫健委", "市卫生健康委员会、市教育局"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("市发改委", "市发展和改革委员会"),
        ("市住建局", "市住房和城乡建设局"),
        ("南通市教育局", "市教育局"),
        ("市自然资源和规划局", "市自然资源规划局"),
        ("宿州市人大常委会", "宿州市人大常务委员会"),
    ],
)
def test_names_that_may_be_one_unit(one: str, two: str):
    assert may_be_one(one, two)
    assert may_be_one(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("市教育局", "市科技局"),
        ("市民政局", "市民宗局"),
        ("市第一人民医院", "市第二人民医院"),
        ("市东区医院", "市西区医院"),
        ("崇川区教育局", "通州区教育局"),
        ("市委网信办", "市委编办"),
        ("市民政局", "老城区民政局"),
        ("市卫健委", "湖西区卫生健康委员会"),
        ("罗湖镇人民政府", "罗针镇人民政府"),
        ("东关街道办事处", "西关街道办事处"),
    ],
)
def test_names_that_are_two_units(one: str, two: str):
    assert not may_be_one(one, two)


def own_list(*, two_lines: bool = True, name: str = "Sheet1", other: str = "") -> bytes:
    """A list as an office keeps it: a title over all columns, headings over two lines, one sheet with any name."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    sheet["A1"], sheet["A2"] = "2025年市级运维项目清单", "单位：万元"
    sheet.merge_cells("A1:H1")
    for column, heading in enumerate(("序号", "立项年度", "责任单位", "项目名称", "合同金额（万元）", "联系方式"), 1):
        sheet.cell(3, column, heading)
        if two_lines and column < 6:
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.merge_cells("F3:H3")
    for column, heading in enumerate(("联系人", "电话", "邮箱"), 6):
        sheet.cell(4, column, heading)
    sheet.append([1, "2025年", "市档案馆 ", "数字档案馆运维", 66.8, "周静", 13800003333, "zj@example.cn"])
    sheet.append([2, None, "市交通运输局", "智慧公交调度系统运维", 98.25, "赵蕾", None, None])
    sheet.append(["合计", None, None, None, 165.05])
    if other:
        book.create_sheet(other).append(["单位", "别名", "同一单位"])
        book[other].append(["市档案馆", "市 档案 馆", "是"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("two_lines", [True, False])
def test_headings_over_two_lines_are_read_as_one(two_lines: bool) -> None:
    first, second = read_roster(own_list(two_lines=two_lines), "清单.xlsx").draft.projects
    assert (first.id, first.unit, first.contact, first.phone) == ("1", "市档案馆", "周静", "13800003333")
    assert (second.name, second.contract_amount) == ("智慧公交调度系统运维", Decimal("98.25"))


def test_the_only_sheet_is_the_list_whatever_it_is_called_and_faults_name_it_as_it_is_called() -> None:
    note, missing = read_roster(own_list(), "清单.xlsx").findings
    assert (note.code, note.severity, note.at.sheet) == ("SCHEME-36", Severity.NOTE, "Sheet1")
    assert (missing.code, missing.at.sheet, missing.at.cell) == ("ROSTER-01", "Sheet1", "B6")
    (missing,) = read_roster(own_list(name="项目清单"), "清单.xlsx").findings
    assert (missing.at.sheet, missing.at.cell) == ("项目清单", "B6")


def test_an_answer_about_spellings_beside_it_does_not_make_the_list_another_sheet() -> None:
    reading = read_roster(own_list(other="单位别名"), "清单.xlsx")
    assert [found.severity for found in reading.findings if found.code == "SCHEME-36"] == [Severity.NOTE]
    two = read_roster(own_list(other="往年的表"), "清单.xlsx")
    assert Severity.ERROR in [found.severity for found in two.findings if found.code == "SCHEME-36"]


def grid(*rows: tuple[object, ...], merged: str = "") -> RosterReading:
    """A roster as a person laid it out: rows of cells, and ranges merged."""
    book = Workbook()
    sheet = book.active
    sheet.title = "项目清单"
    for row in rows:
        sheet.append(list(row))
    for area in merged.split():
        sheet.merge_cells(area)
    book.save(saved := BytesIO())
    return read_roster(saved.getvalue(), "项目清单.xlsx")


HEADINGS = ("序号", "立项年度", "责任单位", "项目名称")
FIRST = (1, 2024, "市教育局", "校园网")


@pytest.mark.parametrize(
    ("heading", "above", "written", "amount"),
    [
        ("合同金额（亿元）", "", "0.12", "1200"),
        ("合同金额（千元）", "", 1500, "150"),
        ("合同金额（单位：元）", "", 1_000_000, "100"),
        ("合同金额/元", "", 1_000_000, "100"),
        ("合同金额", "单位：元", 1_000_000, "100"),
        ("合同金额", "金额单位：人民币万元", 100, "100"),
        ("合同金额（万元）", "单位：元", 100, "100"),
    ],
)
def test_the_unit_of_an_amount_is_read_where_people_write_it(heading, above, written, amount):
    reading = grid((above or "项目清单",), (*HEADINGS, heading), (*FIRST, written))
    assert (reading.roster.projects[0].contract_amount, reading.findings) == (Decimal(amount), ())


@pytest.mark.parametrize(("written", "code"), [(1_000_000, "ROSTER-17"), (100_000, ""), (0.5, "ROSTER-17"), (1, "")])
def test_amounts_without_a_unit_that_no_contract_has_are_asked_about(written, code):
    reading = grid((*HEADINGS, "合同金额"), (*FIRST, written))
    assert [finding.code for finding in reading.findings] == ([code] if code else [])


def test_a_column_of_amounts_that_is_not_read_is_told():
    (finding,) = grid((*HEADINGS, "中标金额（万元）"), (*FIRST, 100)).findings
    assert (finding.code, finding.severity) == ("ROSTER-17", Severity.WARNING)
    assert "“中标金额（万元）”列没有作为合同金额读取" in finding.message
    assert grid((*HEADINGS, "批次"), (*FIRST, 1)).findings == ()


def test_a_contract_of_nothing_is_none_and_is_asked_about():
    reading = grid((*HEADINGS, "合同金额（万元）"), (*FIRST, 0))
    assert reading.roster.projects[0].contract_amount is None
    assert [(finding.code, finding.at.cell) for finding in reading.findings] == [("ROSTER-20", "E2")]


def test_notes_group_headings_and_parts_of_the_total_are_no_projects():
    second = (2, 2024, "市财政局", "一体化")
    reading = grid(
        (*HEADINGS, "合同金额（万元）"),
        ("一、新建项目",),
        (*FIRST, 100),
        ("小计", None, None, None, 100),
        ("二", "运维项目"),
        (*second, 200),
        ("合计", None, None, None, 300),
        ("注：合同金额含监理费。",),
        ("填表人：张三", None, "审核人：李四"),
    )
    assert [project.name for project in reading.roster.projects] == ["校园网", "一体化"]
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.at.cell) == ("ROSTER-19", Severity.NOTE, "A2")
    assert "第2、5、8、9行不是项目，没有读入：“一、新建项目”" in finding.message


def test_a_row_with_an_amount_or_with_name_and_unit_is_never_passed_over():
    codes = {
        finding.code
        for row in (("x", 2024, "", "校园网", 100), ("x", 2024, "市教育局", "校园网", None), (None, 2024, "", "", 100))
        for finding in grid((*HEADINGS, "合同金额（万元）"), row).findings
    }
    assert codes == {"ROSTER-01", "ROSTER-02"}


def test_headings_in_two_lines_are_read_whichever_line_has_more_of_them():
    reading = grid(
        ("序号", "项目情况", None, None, "合同情况", None),
        (None, "立项年度", "责任单位", "项目名称", "合同金额（万元）", "签订日期"),
        (*FIRST, 100, "2024-03-01"),
        merged="A1:A2 B1:D1 E1:F1",
    )
    assert [(project.id, project.contract_amount) for project in reading.roster.projects] == [("1", Decimal(100))]


@pytest.mark.parametrize("cell", ["市教育局/市财政局", "市教育局，市财政局", "市教育局\n市财政局", "市教育局 市财政局"])
def test_units_that_nothing_parts_are_asked_about(cell):
    reading = grid((*HEADINGS,), (1, 2024, cell, "校园网"))
    assert [(finding.code, finding.at.cell) for finding in reading.findings] == [("ROSTER-18", "C2")]


def test_a_wrapped_name_is_one_line_and_a_unit_with_its_part_is_asked_about():
    reading = grid((*HEADINGS,), (1, 2024, "市教育局", "智慧\n校园"), (2, 2024, "市教育局（牵头）、市财政局", "一体化"))
    assert reading.roster.projects[0].name == "智慧校园"
    assert [finding.code for finding in reading.findings] == ["ROSTER-09"]


def test_a_prefilled_answer_that_the_form_does_not_offer_is_told():
    """“三年” for a field of 跨年 and 当年 was put into the form, suited no condition, and nothing was said."""
    fields = "| 采购方式 | | 立项与采购合同 | 选项 | | 是 | | 采购方式 | | |"
    scheme = read_scheme_text(
        SCHEME_TEXT.replace(fields, fields.replace("| 采购方式 | | |", "| 采购方式 | 项目类型 | |"))
    ).scheme
    found = [one for one in check_projects(scheme, read().roster) if one.code == "ROSTER-21"]
    assert found
    assert "不是字段“采购方式”的选项" in found[0].message
    assert "公开招标" in found[0].hint
