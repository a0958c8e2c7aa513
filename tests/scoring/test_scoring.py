"""Scores of the small scheme: by the rule’s own formula, with what evaluators decide; nothing is lost on the way."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.worked_case import case
from tests.small_scheme import PROJECTS, ROSTER, SMALL_SCHEME
from toolkit.excel.md_table import md_to_xlsx
from toolkit.model import LineState, NoData, NotApplicable, Opinion, ScoredObject, ScoreSheet
from toolkit.scheme import read_scheme
from toolkit.scoring import score_project, score_whole

SCHEME_TEXT = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 小评价 |
| 评价年度 | 2024 |
| 委托单位 | 江海市数据局 |
| 评价机构 | 评价机构（样例） |
| 金额单位 | 万元 |
| 总分 | 100 |
| 得分小数位 | 2 |
| 定级前取整 | 否 |
| 不适用处理 | 重新折算 |
| 评分对象 | 逐项目 |
| 绩效等级 | 优≥90；良≥80；中≥60；差≥0 |

## 指标
| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 | 评价要点 | 佐证 |
|---|---|---|---|---|---|---|---|---|
| A1 | 过程 | 资金管理 | 预算执行率 | 60 | 比率计分 | 完成值=预算执行率 | | E01 |
| B1 | 产出 | 产出数量 | 接入部门数 | 30 | 目标比率 | 目标=20；单位=个 | | E01 |
| C1 | 效益 | 社会效益 | 社会评价 | 10 | 酌情评分 | | | E01 |

## 字段
| 字段名 | 显示名称 | 所在表 | 类型 | 单位 | 必填 | 公式 |
|---|---|---|---|---|---|---|
| 实际到位资金 | 实际到位资金 | 资金情况 | 金额 | 万元 | 是 | |
| 实际支出资金 | 实际支出资金 | 资金情况 | 金额 | 万元 | 是 | |
| 预算执行率 | 预算执行率 | 资金情况 | 比率 | % | | =IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4)) |

## 勾稽
| 编号 | 公式 | 严重程度 | 提示语 | 处理办法 |
|---|---|---|---|---|
| J1 | =实际支出资金<=实际到位资金 | 须更正 | 支出大于到位 | 核对 |

## 选项
| 选项名 | 选项值 |
|---|---|

## 佐证
| 编号 | 材料名称 | 必须 | 说明 |
|---|---|---|---|
| E01 | 凭证 | 是 | |
"""


@pytest.fixture(scope="module")
def scheme():
    reading = read_scheme(md_to_xlsx(SCHEME_TEXT), "方案.xlsx")
    assert reading.scheme, [one.message for one in reading.findings]
    return reading.scheme


def submission(**typed: str):
    """A return for the text scheme above: the small scheme's reader of words, other keys."""
    base = case({}).submission
    readings = {
        key: replace(base.readings["实际到位资金"], key=key, value=Decimal(text)) for key, text in typed.items()
    }
    return replace(base, readings=readings)


def opinion(code: str, item: str, verified: object, project: str = "1") -> Opinion:
    return Opinion(project, code, item, verified, "理由", "佐证", "甲", "乙")  # type: ignore[arg-type]


def lines(sheet: ScoreSheet) -> dict[str, tuple[str, LineState]]:
    return {one.code: (str(one.score), one.state) for one in sheet.lines}


def test_every_line_is_its_formula_and_the_total_is_their_sum(scheme) -> None:
    returned = submission(实际到位资金="200", 实际支出资金="190", 完成值_B1="18")
    sheet = score_project(scheme, PROJECTS[0], returned, [opinion("C1", "扣分", Decimal("1.5"))])
    assert lines(sheet) == {
        "A1": ("57.00", LineState.SCORED),  # 190/200 = 95 %, 60 × 95 %
        "B1": ("27.00", LineState.SCORED),  # 18/20 of 30
        "C1": ("8.50", LineState.SCORED),
    }
    assert (sheet.total, sheet.grade, sheet.complete) == (Decimal("92.50"), "优", True)


def test_an_evaluators_value_wins_over_the_reported_one_and_moves_what_depends_on_it(scheme) -> None:
    returned = submission(实际到位资金="200", 实际支出资金="190", 完成值_B1="18")
    verified = [opinion("", "实际支出资金", Decimal(100)), opinion("B1", "完成值", Decimal(20))]
    found = lines(score_project(scheme, PROJECTS[0], returned, verified))
    assert (found["A1"][0], found["B1"][0]) == ("30.00", "30.00")


@pytest.mark.parametrize("answer", ["实际到位资金", "完成值_B1", "自评分_C1", "说明_B1"])
def test_a_form_with_nothing_to_score_by_is_no_return_whatever_was_judged(scheme, answer: str) -> None:
    """A few judged indicators are no evaluation; one answer makes the rest of the form count for nothing, as before."""
    judged = [opinion("C1", "扣分", Decimal(0))]
    empty = score_project(scheme, PROJECTS[0], submission(), judged)
    assert (empty.has_data, empty.grade) == (False, "")
    assert lines(empty) == lines(score_project(scheme, PROJECTS[0], None, judged))
    assert "采集表没有填报可以评分的内容" in empty.lines[0].because
    answered = score_project(scheme, PROJECTS[0], submission(**{answer: "1"}), judged)
    assert answered.has_data
    verified = score_project(scheme, PROJECTS[0], submission(), [*judged, opinion("", "实际到位资金", Decimal(200))])
    assert verified.has_data, "what evaluators verified on the site is something to go by"


def test_what_nobody_reported_and_what_nobody_judged(scheme) -> None:
    sheet = score_project(scheme, PROJECTS[0], submission(实际到位资金="200"), [])
    assert {code: state for code, (_, state) in lines(sheet).items()} == {
        "A1": LineState.NO_DATA,
        "B1": LineState.NO_DATA,
        "C1": LineState.PENDING,
    }
    assert (sheet.total, sheet.complete) == (0, False)


def test_where_nothing_was_returned_nobody_is_waited_for(scheme) -> None:
    sheet = score_project(scheme, PROJECTS[0], None, [])
    assert {one.state for one in sheet.lines} == {LineState.NO_DATA}
    assert "没有收到可读的采集表" in sheet.lines[2].because
    judged = [opinion("", "预算执行率", Decimal("0.9")), opinion("B1", "完成值", Decimal(20))]
    partly = score_project(scheme, PROJECTS[0], None, judged)
    assert (partly.has_data, partly.total, partly.grade) == (False, 0, ""), "two of three indicators are no evaluation"
    assert [one.because.partition("；")[0] for one in partly.lines[:2]] == ["评价人已核定"] * 2
    wholly = score_project(scheme, PROJECTS[0], None, [*judged, opinion("C1", "扣分", Decimal("1.5"))])
    assert (wholly.total, wholly.grade, wholly.complete) == (Decimal("92.50"), "优", True)
    out = score_project(scheme, PROJECTS[0], None, [*judged, opinion("C1", "扣分", "不适用")])
    assert (out.total, out.lines[2].state) == (Decimal("93.33"), LineState.NOT_APPLICABLE), "(54 + 30) / 90"


def test_a_missing_form_makes_no_indicator_inapplicable(scheme) -> None:
    """Else one good opinion would be the whole score of a unit that never answered."""
    lenient = replace(scheme, no_data=NoData.NOT_APPLICABLE)
    judged = [opinion("B1", "完成值", Decimal(20)), opinion("C1", "扣分", Decimal(0))]
    for some in (judged[:1], judged):
        sheet = score_project(lenient, PROJECTS[0], None, some)
        assert (sheet.has_data, sheet.total, sheet.grade) == (False, 0, "")


def test_a_blank_is_never_a_very_good_answer() -> None:
    """A day never reported is not the day 0, and a cost never reported is not a cost of nothing."""
    text = SCHEME_TEXT.replace(
        "| B1 | 产出 | 产出数量 | 接入部门数 | 30 | 目标比率 | 目标=20；单位=个 | | E01 |",
        "| B1 | 产出 | 产出数量 | 终验时限 | 30 | 时限计分 | 止=2024-09-30；完成日期=终验日期 | | E01 |",
    ).replace("ROUND(实际支出资金/实际到位资金,4)", "ROUND((实际到位资金-实际支出资金)/实际到位资金,4)")
    fields = "| 终验日期 | 终验日期 | 项目基本信息 | 日期 | | 否 | |\n| 实际到位资金 |"
    found = read_scheme(md_to_xlsx(text.replace("| 实际到位资金 |", fields, 1)), "方案.xlsx").scheme
    assert found
    nothing = {"A1": LineState.NO_DATA, "B1": LineState.NO_DATA, "C1": LineState.PENDING}
    for returned in (submission(自评分_C1="0"), submission(实际到位资金="200")):
        sheet = score_project(found, PROJECTS[0], returned, [])
        assert {one.code: one.state for one in sheet.lines} == nothing
        assert sheet.total == 0
    judged = score_project(
        found, PROJECTS[0], submission(实际到位资金="200"), [opinion("", "预算执行率", Decimal("0.5"))]
    )
    assert lines(judged)["A1"] == ("30.00", LineState.SCORED)


def test_a_blank_that_changes_nothing_is_no_obstacle(scheme) -> None:
    """Where no funds arrived the rate is undefined whatever was spent, and a required blank alone decides nothing."""
    guarded = replace(scheme, indicators=tuple(_without_changes(one) for one in scheme.indicators))
    sheet = score_project(guarded, PROJECTS[0], submission(实际到位资金="0"), [])
    assert lines(sheet)["A1"] == ("60.00", LineState.SCORED)


def _without_changes(indicator):
    inputs = tuple(
        replace(one, formula="IF(N(实际到位资金)=0,1,实际支出资金/实际到位资金)") if one.formula else one
        for one in indicator.inputs
    )
    return replace(indicator, inputs=inputs)


def test_another_projects_opinion_is_none_of_ours(scheme) -> None:
    sheet = score_project(
        scheme, PROJECTS[0], submission(实际到位资金="200"), [opinion("C1", "扣分", Decimal(0), project="2")]
    )
    assert lines(sheet)["C1"][1] is LineState.PENDING


@pytest.mark.parametrize(
    ("policy", "expected", "said"),
    [
        (NotApplicable.RENORMALISE, {"A1": "85.71", "B1": "0.00", "C1": "14.29"}, "不参与计分"),  # × 100/70
        (NotApplicable.FULL_MARK, {"A1": "60.00", "B1": "30", "C1": "10.00"}, "按规定计满分30分"),
        (NotApplicable.ZERO, {"A1": "60.00", "B1": "0", "C1": "10.00"}, "按规定计0分"),
    ],
)
def test_an_indicator_that_does_not_apply(scheme, policy: NotApplicable, expected: dict[str, str], said: str) -> None:
    returned = submission(实际到位资金="200", 实际支出资金="200")
    verified = [opinion("B1", "完成值", "不适用"), opinion("C1", "扣分", Decimal(0))]
    sheet = score_project(replace(scheme, not_applicable=policy), PROJECTS[0], returned, verified)
    assert {one.code: Decimal(str(one.score)) for one in sheet.lines} == {k: Decimal(v) for k, v in expected.items()}
    assert sheet.total == sum(one.score for one in sheet.lines)
    assert sheet.lines[1].because == f"经核定不适用，{said}"


def test_no_full_mark_for_an_indicator_of_others_where_nothing_came_back(scheme) -> None:
    """It was graded 差 with 30 points of an indicator that is not its own; such a project is 未评分."""
    others = replace(scheme.indicators[1], applies_when='=项目类型="别的"')
    own = replace(
        scheme,
        indicators=(scheme.indicators[0], others, scheme.indicators[2]),
        not_applicable=NotApplicable.FULL_MARK,
    )
    sheet = score_project(own, PROJECTS[0], None, ())
    assert (sheet.total, sheet.grade, sheet.has_data) == (0, "", False)
    assert [line.code for line in sheet.own_lines] == ["A1", "C1"]
    returned = score_project(own, PROJECTS[0], submission(实际到位资金="200", 实际支出资金="200"), ())
    assert returned.lines[1].score == 30


@pytest.mark.parametrize("mark", ["2", "4", "7", "11"])
def test_marks_shared_out_add_up_and_a_full_score_is_its_mark(scheme, mark: str) -> None:
    """100/98 of 60, of 30 and of the rest are endless fractions; what counts, and is printed, has two decimals."""
    marks = {"A1": Decimal(60) - Decimal(mark), "B1": Decimal(mark), "C1": Decimal(40)}
    own = replace(scheme, indicators=tuple(replace(one, full_mark=marks[one.code]) for one in scheme.indicators))
    returned = submission(实际到位资金="200", 实际支出资金="200")
    verified = [opinion("B1", "完成值", "不适用"), opinion("C1", "扣分", Decimal(0))]
    sheet = score_project(own, PROJECTS[0], returned, verified)
    assert [one.score for one in sheet.lines] == [one.effective_mark for one in sheet.lines]
    assert all(one.effective_mark == round(one.effective_mark, 2) for one in sheet.lines)
    assert sheet.total == sum(one.effective_mark for one in sheet.lines) == 100


def test_scored_as_a_whole_amounts_are_summed_over_projects(scheme) -> None:
    """Two projects spend 90 of 100 and 50 of 100: 70 % together, not the mean of two rates by chance equal to it."""
    whole = replace(scheme, scored_object=ScoredObject.WHOLE)
    returns = {
        "1": submission(实际到位资金="300", 实际支出资金="270"),
        "2": submission(实际到位资金="100", 实际支出资金="50"),
    }
    sheet = score_whole(whole, ROSTER, returns, [])
    assert lines(sheet)["A1"][0] == "48.00"  # 320/400 = 80 %
    verified = [opinion("", "实际支出资金", Decimal(130), project="2")]
    assert lines(score_whole(whole, ROSTER, returns, verified))["A1"][0] == "60.00"  # 400/400, of project 2 alone


def test_what_units_type_for_their_projects_is_no_value_of_the_whole_and_waits(scheme) -> None:
    """B1 is typed for each project: the whole has neither been left blank nor earned 0."""
    whole = replace(scheme, scored_object=ScoredObject.WHOLE)
    returns = {"1": submission(完成值_B1="90"), "2": submission(完成值_B1="80")}
    (line,) = (line for line in score_whole(whole, ROSTER, returns, []).lines if line.code == "B1")
    assert (line.state, line.because.partition("；")[0]) == (LineState.PENDING, "各项目分别填报，没有整体的数")
    assert line.score == 0
    judged = score_whole(whole, ROSTER, returns, [replace(opinion("B1", "完成值", Decimal(85)), project="整体")])
    (line,) = (line for line in judged.lines if line.code == "B1")
    assert line.state is LineState.SCORED


@pytest.mark.parametrize(
    ("total", "grade"),
    [("59.995", "差"), ("60", "中"), ("79.995", "中"), ("80", "良"), ("89.995", "良"), ("90", "优"), ("0", "差")],
)
def test_no_total_falls_between_two_grades(total: str, grade: str) -> None:
    assert SMALL_SCHEME.grade(Decimal(total)) == grade


@pytest.mark.parametrize(("total", "grade"), [("89.995", "优"), ("89.994", "良"), ("59.995", "中")])
def test_rounding_before_grading_is_the_schemes_choice(total: str, grade: str) -> None:
    assert replace(SMALL_SCHEME, round_before_grading=2).grade(Decimal(total)) == grade


def test_a_scheme_of_eighty_points_is_graded_on_the_scale_of_a_hundred() -> None:
    eighty = replace(SMALL_SCHEME, total_mark=Decimal(80))
    assert [eighty.grade(Decimal(one)) for one in ("72", "71.99", "64")] == ["优", "良", "良"]


amounts = st.decimals(min_value=0, max_value=1_000_000, places=4)


@given(arrived=amounts, spent=amounts, done=st.decimals(0, 1000, places=2), deduction=st.decimals(0, 50, places=2))
def test_scores_stay_within_their_marks_and_add_up(scheme, arrived, spent, done, deduction) -> None:
    returned = submission(实际到位资金=str(arrived), 实际支出资金=str(spent), 完成值_B1=str(done))
    sheet = score_project(scheme, PROJECTS[0], returned, [opinion("C1", "扣分", deduction)])
    assert all(0 <= one.score <= one.full_mark for one in sheet.lines)
    assert sheet.total == sum(one.score for one in sheet.lines) == sum(one.score for one in sheet.dimensions)


@given(low=amounts, high=amounts)
def test_spending_more_never_costs_points(scheme, low, high) -> None:
    low, high = sorted((low, high))
    scores = [
        score_project(scheme, PROJECTS[0], submission(实际到位资金="1000000", 实际支出资金=str(one)), []).lines[0].score
        for one in (low, high)
    ]
    assert scores[0] <= scores[1]
