"""Sign-offs in the reports' annexes: a tick only where every indicator of a project is signed at a level."""

from dataclasses import replace

import pytest
from sample_masters import ONE_PROJECT, sample

from toolkit.model.signed_off import LevelSigned, SignedProject
from toolkit.report import ReportFacts
from toolkit.report.signed_off import own_review, review_words
from toolkit.text.number_runs import number_runs

WHOLE = LevelSigned("初评", ("甲", "乙"), "2024-12-20", 3, 3)
PART = LevelSigned("复核", ("丙",), "2024-12-21", 2, 3)
NONE = LevelSigned("质控", (), "", 0, 3)


@pytest.fixture
def facts() -> ReportFacts:
    return sample(ONE_PROJECT[0]).facts


@pytest.fixture
def signed(facts: ReportFacts) -> ReportFacts:
    return replace(facts, signed=(SignedProject("1", "云课堂", (WHOLE, PART, NONE), "复核中"),))


def test_nobody_has_signed_so_there_is_no_annex(facts: ReportFacts) -> None:
    assert review_words(facts) == own_review(facts, "1") == {"三级复核": {}}


def test_a_row_for_each_project(signed: ReportFacts) -> None:
    (row,) = review_words(signed)["三级复核"]["行"]  # type: ignore[index]
    assert row == {
        "序号": "1", "项目": "云课堂", "状态": "复核中", "初评": "√ 甲、乙 2024-12-20", "复核": "2/3 丙 2024-12-21",
        "质控": "—",
    }  # fmt: skip


def test_projects_signed_alike_are_one_row_and_others_stay_apart(facts: ReportFacts) -> None:
    roster = replace(facts.roster, projects=tuple(replace(facts.roster.projects[0], id=own) for own in "12345"))
    states = {"3": "复核后有改动"}
    signed = tuple(SignedProject(own, f"项目{own}", (WHOLE, PART), states.get(own, "复核中")) for own in "12345")
    rows = review_words(replace(facts, roster=roster, signed=signed))["三级复核"]["行"]  # type: ignore[index]
    assert [(row["序号"], row["项目"], row["状态"]) for row in rows] == [
        ("1、2、4、5", "4个项目", "复核中"),
        ("3", "项目3", "复核后有改动"),
    ]


def test_three_numbers_in_a_row_are_told_by_the_first_and_the_last() -> None:
    assert number_runs(["4", "1", "3", "5"], [str(number) for number in range(1, 10)]) == "1、3至5"
    assert number_runs(["1", "2"], ["1", "2", "7"]) == "1、2"
    assert number_runs(["2", "7", "1"], ["1", "2", "7"]) == "1至7"


def test_a_row_for_each_level_in_a_projects_own_report(signed: ReportFacts) -> None:
    rows = own_review(signed, "1")["三级复核"]["行"]  # type: ignore[index]
    assert [(row["级别"], row["签字"], row["日期"], row["指标"], row["完成"]) for row in rows] == [
        ("初评", "甲、乙", "2024-12-20", "3/3", "√"),
        ("复核", "丙", "2024-12-21", "2/3", "—"),
        ("质控", "—", "—", "0/3", "—"),
    ]
    assert own_review(signed, "2") == {"三级复核": {}}
