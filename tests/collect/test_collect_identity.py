"""Whose workbook is it: small workbooks without a seal, told by the words in them or not at all."""

from dataclasses import replace
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from openpyxl import load_workbook

from tests.collect.damage import packed, parts, sheet_copied
from tests.collect.returned import clean, context, read
from tests.small_scheme import PROJECTS, ROSTER
from toolkit.collect import read_return
from toolkit.collect.context import Cause
from toolkit.collect.identity import identify, projects_named
from toolkit.collect.project_names import ProjectNames
from toolkit.excel.md_table import md_to_xlsx
from toolkit.excel.read import read_workbook
from toolkit.model import Severity

NAMED = [
    ("| 项目名称 | 政务数据共享平台（二期） |", {"1"}),
    ("| 项 目 名 称： | 政务数据 共享平台(二期) |", {"1"}),
    ("| 项目名称：政务数据共享平台（二期） | |", {"1"}),
    ("| 名称 | 惠企通<综合>服务平台 |", {"2"}),
    ("| 项目名称 | 政务数据共享平台 |", set()),
    ("| 项目名称 | 政务数据共享平台（二期） |\n| 备注 | 惠企通<综合>服务平台 |", {"1"}),
    ("| 政务数据共享平台（二期） | 惠企通<综合>服务平台 |", {"1", "2"}),
]


def book(rows: str):
    columns = rows.splitlines()[0].count("|") - 1
    rule = "|" + " --- |" * columns
    first, *rest = rows.splitlines()
    return read_workbook(md_to_xlsx("\n".join(["## 表", "", first, rule, *rest])))


@pytest.mark.parametrize(("rows", "projects"), NAMED)
def test_the_name_beside_its_label_counts_before_names_anywhere(rows, projects):
    assert projects_named(book(rows), ProjectNames(ROSTER)) == projects


def test_two_names_are_never_chosen_between():
    answer = identify(book(NAMED[-1][0]), "表.xlsx", context())
    assert not answer.project
    assert "未作猜测" in answer.reason


ALIKE = tuple(
    replace(PROJECTS[0], id=str(number), name="信息化运维项目", unit=unit, units=tuple(unit.split("、")))
    for number, unit in enumerate(("市数据局", "市公安局、市交警支队", "市教育局", "市水利局"), start=1)
)
"""Four projects of one name, the second of two units together."""


@pytest.mark.parametrize(
    ("unit", "projects"),
    [
        ("市公安局、市交警支队", {"2"}),
        ("市 交警支队", {"2"}),
        ("市数据局", {"1"}),
        ("市卫健委", {"1", "2", "3", "4"}),  # of no unit of theirs: nobody is chosen
    ],
)
def test_projects_of_one_name_are_told_apart_by_the_unit(unit, projects):
    roster = replace(ROSTER, projects=ALIKE)
    rows = f"| 项目名称 | 信息化运维项目 |\n| 单位 | {unit} |"
    assert projects_named(book(rows), ProjectNames(roster)) == projects


def test_of_many_projects_a_form_may_be_three_are_named_with_their_number():
    known = replace(context(), roster=replace(ROSTER, projects=ALIKE))
    answer = identify(book("| 项目名称 | 信息化运维项目 |"), "表.xlsx", known)
    assert answer.reason.count("信息化运维项目") == 3
    assert "等4个项目，未作猜测" in answer.reason
    three = replace(known, roster=replace(ROSTER, projects=ALIKE[:3]))
    assert "等" not in identify(book("| 项目名称 | 信息化运维项目 |"), "表.xlsx", three).reason.partition("未作")[0]


def test_a_name_alone_is_taken_with_a_warning():
    answer = identify(book(NAMED[0][0]), "表.xlsx", context())
    assert (answer.project, answer.claimed) == ("1", False)
    assert [note.code for note in answer.notes] == ["IDENT-02"]


def test_a_form_of_a_project_that_was_withdrawn_is_no_fault_of_the_unit() -> None:
    known = context()
    others = replace(known.roster, projects=known.roster.projects[1:])
    outcome = read_return(clean(), "采集表.xlsx", replace(known, roster=others))
    assert outcome.cause is Cause.WITHDRAWN
    assert "现在不在项目清单中" in outcome.reason
    assert "请使用下发" not in outcome.reason


def with_a_sheet_of(name: str) -> bytes:
    """The first project's return with one more 项目基本信息 that names a project."""
    files = parts(sheet_copied(clean(), "项目基本信息", "项目基本信息 (2)"))
    other = "xl/worksheets/copied.xml"
    files[other] = files[other].replace(PROJECTS[0].name.encode(), escape(name).encode())
    return packed(files)


def test_another_projects_form_in_the_same_file_is_told_as_such():
    """A unit with two projects put both into one workbook: the second was called a copy to be deleted, and lost."""
    outcome = read(with_a_sheet_of(PROJECTS[1].name))
    assert (outcome.project, outcome.accepted) == ("1", True)
    (told,) = [note for note in outcome.submission.notes if note.code in ("READ-48", "READ-57")]
    assert (told.code, told.severity) == ("READ-57", Severity.ERROR)
    assert f"项目2“{PROJECTS[1].name}”" in told.message


def test_sheets_beside_it_that_name_nobody_belong_to_the_other_form():
    """Their headings are formulas without a stored result, as some programs leave them."""
    book = load_workbook(BytesIO(with_a_sheet_of(PROJECTS[1].name)))
    book["项目基本信息 (2)"]["A2"] = f"项目名称：{PROJECTS[1].name}　　责任单位：市工业局"
    more = book.create_sheet("Sheet9")
    for cell in (cell for row in book["资金情况"].iter_rows() for cell in row):
        if isinstance(cell.value, str) and not cell.value.startswith("="):
            more[cell.coordinate] = cell.value
    saved = BytesIO()
    book.save(saved)
    outcome = read(saved.getvalue())
    assert outcome.accepted, outcome.reason
    (told,) = [note for note in outcome.submission.notes if note.code in ("READ-48", "READ-57")]
    assert told.message.startswith("《项目基本信息 (2)》《Sheet9》是项目2")


def test_a_copy_that_names_the_same_project_or_none_of_the_roster_stays_a_copy():
    for name in (PROJECTS[0].name, "清单以外的项目"):
        outcome = read(with_a_sheet_of(name))
        assert [note.code for note in outcome.submission.notes if note.code in ("READ-48", "READ-57")] == ["READ-48"]
