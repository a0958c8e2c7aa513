"""Published inputs give the published results: five documents, computed end to end from the samples' files."""

from decimal import Decimal

import pytest
from evaluations import evaluation

from toolkit.model import LineState, Project, ScoreSheet, Severity
from toolkit.scoring import score_project, score_whole


@pytest.mark.parametrize(
    ("name", "total", "dimensions"),
    [
        ("nanchang-2022", "93.50", {"项目决策": 15, "项目过程": 14, "项目产出": 35, "项目效益": "19.5", "满意度": 10}),
        ("jiangsu-2022", "98.50", {"决策": 12, "过程": "16.5", "产出": 30, "效益": 30, "满意度": 10}),
        (
            "suzhou-jiangsu-2023",
            "80.00",
            {"决策目标": 6, "过程目标": 19, "产出目标": "27.52", "效益目标": "27.48"},
        ),
        ("suzhou-anhui-2023", "94", {"决策": 15, "过程": 18, "产出": 26, "效益": 35}),
    ],
)
def test_the_published_score_comes_out(name: str, total: str, dimensions: dict[str, int | str]):
    sheet = _sheets(name)[0]
    assert sheet.complete
    assert sheet.total == Decimal(total)
    assert {one.name: one.score for one in sheet.dimensions} == {key: Decimal(mark) for key, mark in dimensions.items()}
    assert sheet.grade == "优"


def test_the_jiangsu_execution_rate_stands_on_an_evaluators_word():
    line = next(one for one in _sheets("jiangsu-2022")[0].lines if one.code == "B101")
    assert line.score == Decimal("1.5")
    assert line.inputs[0].source == "评价核定"
    assert "反推" in line.reason


def test_the_suzhou_funding_identities_hold():
    submission = evaluation("suzhou-jiangsu-2023").submissions()["1"]
    budgets = [submission.value(f"子项目_子项预算数_{row}") for row in range(1, 17)]
    assert submission.table_rows == {"子项目": 16}
    assert sum(budgets) == submission.value("财政拨款数") == submission.value("实际支付数") == Decimal("1679.7")


def test_the_payments_of_2023_add_up_to_the_published_sum():
    paid = [one.value("本年支付金额") for one in evaluation("suzhou-anhui-2023").submissions().values()]
    assert len(paid) == 17
    assert sum(paid) == Decimal("36940706.54")


def test_projects_7_and_17_paid_more_than_their_contracts_allow():
    submissions = evaluation("suzhou-anhui-2023").submissions()
    over = {}
    for project, one in submissions.items():
        limit = one.value("审计核减后合同金额") or one.value("合同金额")
        if limit is not None and one.value("累计支付金额") > limit:
            over[project] = one.value("累计支付金额") - limit
    assert over == {"7": Decimal("19433.22"), "17": Decimal("71040.00")}


def test_missing_amounts_are_missing_and_not_zero():
    submissions = evaluation("suzhou-anhui-2023").submissions()
    assert [key for key, one in submissions.items() if one.value("审计核减后合同金额") is None] == ["6", "8", "9"]
    assert [key for key, one in submissions.items() if one.value("合同金额") is None] == ["6"]


def test_the_nantong_total_is_rounded_in_print():
    one = evaluation("nantong-2024")
    assert sum(project.contract_amount for project in one.roster.projects) == Decimal("11738.078")
    assert one.roster.printed_total == Decimal("11738.08")
    told = {found.code: found.severity for found in one.findings if found.code.startswith("ROSTER")}
    assert told == {"ROSTER-05": Severity.NOTE, "ROSTER-12": Severity.NOTE}, "two evaluated projects are not listed"


def test_the_nantong_projects_are_asked_of_27_unit_strings():
    projects = evaluation("nantong-2024").roster.projects
    assert len({one.unit for one in projects}) == 27
    assert [one.id for one in projects] == [str(number) for number in range(1, 40)]
    assert [one.name for one in projects if " " in one.name] == ["学校和养老机构食堂“ 互联网+明厨亮灶” 项目"]
    assert _project(projects, "32").units == ("市大数据管理中心", "市工业和信息化局")


def test_the_nantong_scores_spread_over_all_grades_and_none_is_left_open():
    sheets = _sheets("nantong-2024")
    assert all(one.complete for one in sheets)
    assert {one.project for one in sheets for line in one.lines if line.state is LineState.NO_DATA} == {"38"}
    grades = [one.grade for one in sheets]
    assert min(grades.count("优"), grades.count("良")) >= 10
    assert min(grades.count("中"), grades.count("差")) >= 1


def test_indicators_that_do_not_apply_are_spread_over_the_rest():
    sheet = next(one for one in _sheets("nantong-2024") if one.project == "33")
    left_out = {line.code for line in sheet.lines if line.state is LineState.NOT_APPLICABLE}
    assert left_out == {"C103", "C203"}
    assert sum(line.effective_mark for line in sheet.lines).quantize(Decimal("0.0001")) == 100


def _sheets(name: str) -> list[ScoreSheet]:
    one = evaluation(name)
    submissions = one.submissions()
    if one.scheme.scored_object.value == "整体":
        return [score_whole(one.scheme, one.roster, submissions, one.opinions)]
    return [score_project(one.scheme, each, submissions.get(each.id), one.opinions) for each in one.roster.projects]


def _project(projects: tuple[Project, ...], number: str) -> Project:
    return next(one for one in projects if one.id == number)
