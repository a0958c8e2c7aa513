"""Whose workbook is it: small workbooks without a seal, told by the words in them or not at all."""

from dataclasses import replace

import pytest

from tests.collect.returned import clean, context
from tests.small_scheme import ROSTER
from toolkit.collect import read_return
from toolkit.collect.context import Cause
from toolkit.collect.identity import identify, projects_named
from toolkit.collect.project_names import ProjectNames
from toolkit.excel.md_table import md_to_xlsx
from toolkit.excel.read import read_workbook

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
