"""工作组.xlsx: a sound team has no finding; break one thing, and exactly that is said, with its cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.excel.read import read_workbook
from toolkit.excel.write import with_cells
from toolkit.model import Finding, Project, Roster, Severity
from toolkit.people import Known, Member, Party, Team, check_team, read_team, team_workbook
from toolkit.people.attributes import lower_attributes

TODAY = date(2025, 3, 1)
PROJECTS = tuple(
    Project(str(number), 2024, unit, (unit,), f"项目{number}", Decimal(100))
    for number, unit in enumerate(("市教育局", "市大数据管理中心"), 1)
)
PARTIES = {
    "1": (Party("市教育局", "责任单位"), Party("南通云海信息技术有限公司", "承建单位")),
    "2": (Party("市大数据管理中心", "责任单位"), Party("江苏数联科技股份有限公司", "承建单位")),
}
NAMES = ("张三", "李四", "王五", "赵六")
PAPERS = frozenset(f"{name}承诺书.pdf" for name in NAMES) | {"同意函.pdf"}
KNOWN = Known(PROJECTS, "某委托方", TODAY, "工作组.xlsx", PARTIES, PAPERS)
Cells = dict[str, dict[str, object]]
MEMBERS = (
    ("张三", "项目经理", "高级工程师", "注册会计师、注册造价工程师", 12, "甲评价公司", "", "张三承诺书.pdf"),
    ("李四", "项目经理", "工程师", "注册会计师", 8, "甲评价公司", "", "李四承诺书"),
    ("王五", "部门经理", "高级会计师", "无", 20, "甲评价公司", "", "王五承诺书.pdf"),
    ("赵六", "合伙人", "高级会计师", "注册会计师", 30, "甲评价公司", "", "赵六承诺书.pdf"),
)
ROLES = (("D", "张三"), ("E", "李四"), ("F", "张三"), ("G", "赵六"))
SOUND: Cells = {
    "基本情况": {"B4": date(2025, 2, 20)},
    "成员": {
        f"{letter}{row}": text
        for row, one in enumerate(MEMBERS, 4)
        for letter, text in zip("ABCDEFGH", one, strict=True)
    },
    "分工": {f"{letter}{row}": name for row in (4, 5) for letter, name in ROLES},
    "回避声明": {
        f"{letter}{row}": text for row, name in enumerate(NAMES, 4) for letter, text in (("A", name), ("B", "无"))
    },
    "人员变更": {},
    "里程碑": {f"B{row}": date(2025, 6, 1) for row in range(4, 11)},
    "验收与付款": {},
}


def workbook(*changes: Cells) -> bytes:
    """The sound workbook with some cells changed."""
    data = sound()
    for sheet in SOUND:
        cells: dict[str, object] = {}
        for change in changes:
            cells |= change.get(sheet, {})
        if cells:
            data = with_cells(data, sheet, cells)  # type: ignore[arg-type]
    return data


@cache
def sound() -> bytes:
    data = team_workbook(SMALL_SCHEME, Roster(PROJECTS))
    for sheet, cells in SOUND.items():
        if cells:
            data = with_cells(data, sheet, cells)  # type: ignore[arg-type]
    return data


def findings(*changes: Cells, known: Known = KNOWN) -> tuple[Team, list[Finding]]:
    reading = read_team(read_workbook(workbook(*changes)), "工作组.xlsx")
    team, found = check_team(reading.team, known)
    return team, [*reading.findings, *found]


def test_a_sound_team_has_no_finding() -> None:
    team, found = findings()
    assert [str(finding.message) for finding in found] == []
    assert team.on_project("1", "评价人") == ("张三",)
    first = team.member("张三")
    assert first is not None
    assert first.qualifications == ("注册会计师", "注册造价工程师")


CASES: list[tuple[Cells, str, str, str]] = [
    ({"基本情况": {"B4": "下月"}}, "TEAM-01", "B4", "不是日期"),
    ({"成员": {"E4": "很多"}}, "TEAM-01", "E4", "不是数"),
    ({"成员": {"C5": ""}}, "TEAM-02", "A5", "职称"),
    ({"成员": {"A8": "王五"}}, "TEAM-02", "A6", "2行"),
    ({"成员": {"H6": ""}}, "TEAM-03", "A6", "没有承诺书"),
    ({"成员": {"H6": "别的.pdf"}}, "TEAM-03", "A6", "不在“人员材料”"),
    ({"分工": {"A5": 9}}, "TEAM-04", "A5", "不在项目清单中"),
    ({"分工": {"D4": ""}}, "TEAM-04", "D4", "没有写评价人"),
    ({"分工": {"F4": "钱七"}}, "TEAM-05", "F4", "不在《成员》"),
    ({"成员": {"J4": date(2025, 2, 1)}}, "TEAM-05", "D4", "已于2025-02-01离组"),
    ({"分工": {"E4": "张三"}}, "TEAM-06", "E4", "同时是评价人、现场"),
    ({"分工": {"G4": "李四"}}, "TEAM-06", "G4", "同时是复核人"),
    ({"回避声明": {"B5": "供应商", "C5": "江苏数联科技"}}, "TEAM-07", "E5", "不能担任复核人：供应商“江苏数联科技”"),
    ({"回避声明": {"B4": "亲属", "D4": "1"}}, "TEAM-07", "D4", "声明涉及项目1"),
    ({"成员": {"F7": "南通市教育局"}}, "TEAM-07", "G4", "任职单位“南通市教育局”是该项目的责任单位"),
    ({"回避声明": {"B5": "投标", "C5": "南通云海信息科技有限公司"}}, "TEAM-07", "A5", "名称相近"),
    ({"回避声明": {"A6": "", "B6": ""}}, "TEAM-08", "A6", "没有回避声明"),
    ({"回避声明": {"B6": "朋友"}}, "TEAM-08", "A6", "不在可选项内"),
    ({"回避声明": {"B6": "亲属"}}, "TEAM-08", "A6", "没有写是哪家"),
    ({"里程碑": {"B4": date(2025, 2, 1)}}, "TEAM-13", "B4", "已过28天"),
    ({"里程碑": {"B4": ""}}, "TEAM-13", "B4", "没有写截止日"),
    ({"验收与付款": {"B4": "40%"}}, "TEAM-14", "B4", "合计90%"),
    ({"验收与付款": {"D4": date(2025, 2, 1)}}, "TEAM-14", "B4", "没有写凭证"),
]


@pytest.mark.parametrize(("change", "code", "cell", "words"), CASES, ids=[case[3] for case in CASES])
def test_one_thing_broken_is_one_code_at_its_cell(change: Cells, code: str, cell: str, words: str) -> None:
    _, found = findings(change)
    also = {"2行": {"TEAM-03"}, "不是数": {"TEAM-02"}}.get(words, set())
    assert {finding.code for finding in found} - also == {code}, [finding.message for finding in found]
    hits = [finding for finding in found if finding.at.cell == cell and words in finding.message]
    assert hits, [(str(finding.at), finding.message) for finding in found]
    assert all(finding.hint for finding in found)


@pytest.mark.parametrize(
    ("written", "kept_out"),
    [
        ("云海信息", True), ("南通云海信息技术有限公司", True), ("南通云海信息技术有限公司海安分公司", True),
        ("南通云海信息技术股份有限公司", True), ("云海信息有限公司", False), ("云海", False), ("", False),
    ],
)  # fmt: skip
def test_a_short_name_is_the_company_and_another_full_name_is_not(written: str, *, kept_out: bool) -> None:
    team, _ = findings({"回避声明": {"B5": "供应商", "C5": written}})
    assert bool(team.why_not("李四", "1")) is kept_out


def test_a_member_of_the_body_a_project_is_named_after_is_pointed_out() -> None:
    """The responsible unit is another one; who works there has to do with the project all the same."""
    named = replace(KNOWN, projects=tuple(replace(one, name="紫琅医院停车场扩建") for one in KNOWN.projects))
    change: Cells = {"成员": {"F7": "紫琅医院"}}
    (found,) = [one for one in findings(change, known=named)[1] if one.code == "TEAM-07"]
    assert found.severity is Severity.WARNING
    assert "任职单位“紫琅医院”与2个项目（1、2）的名称“紫琅医院停车场扩建”名称相近" in found.message
    assert not [one for one in findings(change)[1] if one.code == "TEAM-07"]


def test_what_is_wrong_with_several_projects_is_said_once_with_all_their_cells() -> None:
    _, found = findings({"分工": {"D4": "", "D5": "", "E4": "钱七", "E5": "钱七"}})
    told = [(finding.at.cell, [at.cell for at in finding.related], finding.message) for finding in found]
    assert told == [
        ("D4", ["D5"], "2个项目（1、2）没有写评价人"),
        ("E4", ["E5"], "2个项目（1、2）的复核人“钱七”不在《成员》表中"),
    ]
    _, found = findings({"里程碑": {"B4": "", "B5": ""}})
    assert [(finding.code, finding.at.cell, len(finding.related)) for finding in found] == [("TEAM-13", "B4", 1)]


EQUAL: Cells = {
    "人员变更": {"A4": "王五", "B4": "李四", "C4": date(2025, 2, 10), "D4": "同意函.pdf"},
    "成员": {"J6": date(2025, 2, 10), "B5": "部门经理", "C5": "高级工程师", "E5": 20},
}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, set()),
        ({"成员": {"B5": "项目经理"}}, {"TEAM-09"}),
        ({"成员": {"C5": "工程师"}}, {"TEAM-09"}),
        ({"成员": {"E5": 19}}, {"TEAM-09"}),
        ({"成员": {"D6": "甲证、乙证"}}, {"TEAM-09"}),
        ({"成员": {"J6": ""}}, {"TEAM-09"}),
        ({"人员变更": {"B4": "钱七"}}, {"TEAM-09"}),
        ({"人员变更": {"D4": ""}}, {"TEAM-10"}),
        ({"人员变更": {"D4": "没有.pdf"}}, {"TEAM-10"}),
        ({"人员变更": {"C4": date(2025, 2, 20)}}, {"TEAM-11"}),
        ({"人员变更": {"C4": ""}}, {"TEAM-11"}),
        ({"基本情况": {"B4": ""}}, {"TEAM-11"}),
    ],
)
def test_a_change_of_staff(change: Cells, codes: set[str]) -> None:
    _, found = findings(EQUAL, change)
    assert {finding.code for finding in found} == codes


def member(duty: str = "项目经理", title: str = "工程师", qualifications: int = 1, experience: int = 5) -> Member:
    return Member("甲", duty, title, ("证",) * qualifications, Decimal(experience), "乙")


@pytest.mark.parametrize(
    ("before", "after", "lower"),
    [
        (member(), member(), []),
        (member(title="正高级工程师"), member(title="高级工程师"), ["职称"]),
        (member(title="助理工程师"), member(title="工程师"), []),
        (member(title="副高级"), member(title="高级会计师"), []),
        (member(title="工程师"), member(title="无"), ["职称"]),
        (member(duty="合伙人"), member(duty="项目经理"), ["职务"]),
        (member(duty="首席顾问"), member(duty="专家组秘书"), ["职务"]),
        (member(qualifications=2), member(qualifications=1), ["执业资格"]),
        (member(experience=6), member(experience=5), ["评价经历"]),
    ],
)
def test_four_attributes(before: Member, after: Member, lower: list[str]) -> None:
    assert [found.attribute for found in lower_attributes(before, after)] == lower


def test_a_person_who_must_keep_out_counts_for_nothing_there() -> None:
    team, _ = findings({"回避声明": {"B5": "供应商", "C5": "江苏数联科技股份有限公司"}})
    assert team.on_project("2", "复核人") == ()
    assert team.on_project("1", "复核人") == ("李四",)
    assert "供应商" in team.why_not("李四", "2")


def test_a_client_that_is_evaluated_is_disclosed() -> None:
    known = replace(KNOWN, client="南通市大数据管理中心")
    _, found = findings(known=known)
    assert [(finding.code, finding.severity) for finding in found] == [("TEAM-12", Severity.WARNING)]
    assert "项目2" in found[0].message
    _, found = findings({"基本情况": {"B5": "由另一组评价"}}, known=known)
    assert [(finding.code, finding.severity) for finding in found] == [("TEAM-12", Severity.NOTE)]


@pytest.mark.parametrize("hostile", ["=1+1", "{{ 7*7 }}", "\u202e三张", "<b>x</b>", "a" * 30_000, "#REF!"])
def test_hostile_texts_are_texts(hostile: str) -> None:
    team, found = findings({"成员": {"B4": hostile}, "回避声明": {"E4": hostile}})
    assert all(len(finding.message) < 1_000 for finding in found)
    assert len(team.members) == 4
