# ruff: noqa: E501
"""整体核查清单: a population of its own, what of it is evaluated too, and every mistake at its cell."""

from datetime import date
from decimal import Decimal

import pytest

from toolkit.excel.md_table import parse_md_workbook
from toolkit.model import ListedProject, Severity
from toolkit.scheme import RosterReading, read_roster, roster_workbook

BODY = "市大数据局"
ROSTER = """
## 项目清单
| 序号 | 立项年度 | 责任单位 | 项目名称 | 合同金额（万元） | 别名 | 项目编码 |
|---|---|---|---|---|---|---|
| 1 | 2023 | 市大数据局 | 政务云平台 | 100 | 云平台 | |
| 2 | 2023 | 市大数据局、市教育局 | “智慧校园”一期 | 200 | | |
| 3 | 2023 | 市大数据局 | 机房改造 | 300 | | X-9 |
| 4 | 2023 | 市教育局 | 校园网 | 50 | | |
"""
LIST = """
## 整体核查清单
| 序号 | 项目编码 | 年度 | 单位 | 名称 | 参评序号 | 合同价款（元） | 2024年度预算数（万元） | 到位资金（万元） | 支出金额（万元） | 验收日期 | 说明 |
|---|---|---|---|---|---|---|---|---|---|---|---|
| 1 | | 2023年 | | 云平台 | | 1000000 | 110 | 105 | 100 | 2024年3月5日 | |
| 2 | | 2023 | 某市大数据局、市教育局 | 智慧校园 一期 | 2 | ２，０００，０００ | 220 | 220 | 190 | 2024.5.6 | 尾款10万元 |
| 3 | X-9 | 2022 | | 机房改造 | | / | 330 | 330 | 330 | | |
| 4 | | 2024 | | 云资源租用 | | 800000 | 90 | 90 | 80 | 2024-12-01 | |
| 合计 | | | | | | 3800000 | 750 | 745 | 700 | | |
"""


def read(change: tuple[str, str] = ("", ""), body: str | None = BODY) -> RosterReading:
    old, new = change
    assert old in LIST
    tables = parse_md_workbook(ROSTER + LIST.replace(old, new, 1) if old else ROSTER + LIST)
    return read_roster(
        roster_workbook(tables["项目清单"], tables["整体核查清单"]), "项目清单.xlsx", body=body, year=2024
    )


def listed(change: tuple[str, str] = ("", "")) -> tuple[ListedProject, ...]:
    reading = read(change)
    assert reading.draft is not None
    return reading.draft.listed


def test_the_list_is_read_under_the_headings_people_write():
    first, second, third, _ = listed()
    assert (first.units, first.year, first.done) == ((BODY,), 2023, date(2024, 3, 5))
    assert dict(second.amounts) == {
        "合同金额": Decimal(200), "预算资金": Decimal(220), "实际到位资金": Decimal(220), "实际支出资金": Decimal(190)
    }  # fmt: skip
    assert "合同金额" not in third.amounts, "a slash is no amount, and not 0"
    assert second.remark == "尾款10万元"
    assert read().findings == ()


def test_the_same_project_is_known_by_number_code_or_name_and_unit():
    assert [(one.project, one.known_by) for one in listed()] == [
        ("1", "名称和单位"), ("2", "参评序号"), ("3", "项目编号"), ("", ""),
    ]  # fmt: skip


def test_a_roster_without_the_list_has_none():
    data = roster_workbook(parse_md_workbook(ROSTER)["项目清单"])
    reading = read_roster(data, "项目清单.xlsx", body=BODY)
    assert reading.roster is not None
    assert reading.roster.listed == ()
    assert reading.findings == ()


def test_projects_evaluated_and_not_listed_are_told_once():
    found = read(("| 3 | X-9 | 2022 | | 机房改造 |", "| 3 | | 2022 | | 外网运维 |")).findings
    assert [(one.code, one.severity, one.at.sheet, one.at.cell) for one in found] == [
        ("ROSTER-12", Severity.NOTE, "项目清单", "A6")
    ]
    assert "3“机房改造”" in found[0].message


MISTAKES = [
    ("ROSTER-03", "A7", "重复", ("| 4 | | 2024 |", "| 1 | | 2024 |")),
    ("ROSTER-03", "B7", "重复", ("| 4 | | 2024 |", "| 4 | X-9 | 2024 |")),
    ("ROSTER-11", "E7", "已经列过", ("云资源租用", "云 平台")),
    ("ROSTER-11", "E7", "同一个参评项目", ("云资源租用 | |", "云资源租用 | 2 |")),
    ("ROSTER-10", "D7", "不是整体核查单位", ("2024 | | 云资源租用", "2024 | 市民政局 | 云资源租用")),
    ("ROSTER-12", "F7", "不在项目清单", ("云资源租用 | |", "云资源租用 | 44 |")),
    ("ROSTER-12", "E7", "名称相同", ("云资源租用", "校园网")),
    ("ROSTER-12", "E7", "没有作为同一项目", ("云资源租用", "机房改造项目")),
    ("ROSTER-12", "E7", "清单的名称为", ("云资源租用 | |", "云资源租用 | 4 |")),
    ("ROSTER-13", "G4", "合同金额", ("1000000", "1000100")),
    ("ROSTER-14", "K7", "不在2024年度", ("2024-12-01", "2023-12-01")),
    ("ROSTER-16", "J7", "大于", ("90 | 80 |", "90 | 95 |")),
    ("ROSTER-16", "I7", "大于", ("90 | 90 | 80", "80 | 90 | 80")),
    ("ROSTER-02", "K7", "不是日期", ("2024-12-01", "去年底")),
    ("ROSTER-02", "G7", "不是数", ("800000 |", "约80万 |")),
    ("ROSTER-02", "A7", "不是编号", ("| 4 | | 2024", "| 丁 | | 2024")),
    ("ROSTER-01", "E7", "没有填写", ("云资源租用", "")),
    ("ROSTER-04", "J8", "相差", ("745 | 700", "745 | 701")),
]


@pytest.mark.parametrize(("code", "cell", "words", "change"), MISTAKES)
def test_a_mistake_is_told_at_its_cell(code, cell, words, change):
    found = [one for one in read(change).findings if one.code == code]
    assert [(one.at.sheet, one.at.cell) for one in found] == [("整体核查清单", cell)]
    assert words in found[0].message
    assert found[0].hint


def test_a_list_asks_for_the_body_it_is_about():
    (finding,) = read(body="").findings
    assert (finding.code, finding.at.sheet) == ("ROSTER-15", "整体核查清单")
    assert "整体核查单位" in finding.hint


def test_all_mistakes_are_told_at_once():
    codes = {
        one.code
        for one in read(("| 4 | | 2024 | | 云资源租用 | | 800000", "| 1 | | 24 | 市民政局 | | 9 | 八十")).findings
    }
    assert codes >= {"ROSTER-01", "ROSTER-02", "ROSTER-03", "ROSTER-10", "ROSTER-12"}
