"""Every sample tells one story: its days follow one another, its money fits together, its contents are filled in."""

from datetime import date
from decimal import Decimal

import pytest
from evaluations import NAMES, SAMPLES, evaluation

from toolkit.demo_data import read_calendar
from toolkit.model import FieldType, ReportRole, serial_to_date

CONTENT = {ReportRole.CONTENT, ReportRole.GOAL}
WITHOUT_PUBLISHED_CONTENT = {"6", "12", "14"}
"""Projects of 宿州 whose contents the published report does not tell."""


def calendar(name: str):
    return read_calendar((SAMPLES / name / "填报.xlsx").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_letters_returns_corrections_and_report_follow_one_another(name: str):
    days, table = calendar(name), evaluation(name).scheme.timetable
    signed = [date.fromisoformat(typed["签章_填报日期"]) for typed in evaluation(name).typed.values()]
    assert table.issued == days.issued
    assert days.issued < min(signed)
    assert max(signed) <= days.returned <= table.due <= days.today
    assert days.today <= table.corrections_due <= table.reported


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_reported_lies_after_the_day_it_was_signed(name: str):
    scheme = evaluation(name).scheme
    dates = {one.key for one in scheme.fields if one.type is FieldType.DATE}
    for project, submission in evaluation(name).submissions().items():
        signed = date.fromisoformat(evaluation(name).typed[project]["签章_填报日期"])
        values = [submission.value(key) for key in dates]
        assert all(serial_to_date(value) <= signed for value in values if isinstance(value, Decimal))


@pytest.mark.parametrize("name", NAMES)
def test_contents_and_goals_are_filled_in_where_they_are_known(name: str):
    one = evaluation(name)
    keys = [field.key for field in one.scheme.fields if field.role in CONTENT and not field.table]
    assert keys, name
    blank = {project for project, typed in one.typed.items() if not all(typed.get(key) for key in keys)}
    assert blank == (WITHOUT_PUBLISHED_CONTENT if name == "suzhou-anhui-2023" else set())


def test_what_nanchang_published_is_there():
    submission = evaluation("nanchang-2022").submissions()["1"]
    keys = ("初验日期", "等保测评日期", "功能性能测评日期", "密码测评日期", "终验日期")
    days = [serial_to_date(submission.value(key)).isoformat() for key in keys]
    assert days == ["2022-04-21", "2022-05-31", "2022-07-09", "2022-08-25", "2022-11-01"]
    assert (submission.value("完成值_C104"), submission.value("完成值_C105")) == (46949, 1525)
    assert (submission.value("计划成本"), submission.value("实际成本")) == (Decimal("327.66"), Decimal("327.1314"))
    targets = [
        dict(evaluation("nanchang-2022").scheme.indicator(code).rule_parameters)["目标"] for code in ("C104", "C105")
    ]
    assert targets == ["40000", "1000"]


def test_the_payments_of_suzhou_are_explained():
    typed = evaluation("suzhou-anhui-2023").typed
    explained = {project for project, cells in typed.items() if cells.get("备注")}
    assert {"3", "4", "7", "10", "12", "13", "15", "16", "17"} <= explained


def test_settled_costs_of_nantong_lie_between_what_was_paid_and_the_contracts():
    copied = 0
    for submission in evaluation("nantong-2024").submissions().values():
        value = {key: submission.value(key) for key in ("实际成本", "实际支出资金", "合同金额", "第三方服务费")}
        budget = submission.value("年初预算数") + submission.value("调整数")
        if not all(isinstance(number, Decimal) for number in value.values()):
            continue
        assert value["实际支出资金"] <= value["实际成本"] <= value["合同金额"] + value["第三方服务费"]
        copied += value["实际成本"] == budget
    assert copied <= 2


def test_no_two_projects_of_nantong_say_the_same():
    texts = [typed["建设内容"] for typed in evaluation("nantong-2024").typed.values()]
    assert len(set(texts)) == len(texts) == 38
    assert all(20 < len(text) <= 200 for text in texts)
