# ruff: noqa: E501  (a table row is one line)
"""Rows of 问题与建议 held against projects: what holds, for how many, what is not known, and every lost point told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.aggregate.plans import submission
from tests.problems.judged_rows import hits_of
from toolkit.excel.md_table import parse_md_workbook
from toolkit.formula.fields import field_values
from toolkit.model import (
    WHOLE_EVALUATION,
    CellRef,
    Comparison,
    Consequence,
    Finding,
    KeyKind,
    Opinion,
    ProblemClass,
    ProblemHit,
    ProblemRow,
    ProblemTally,
    Project,
    Roster,
    Scheme,
    Severity,
    Stated,
    Value,
    date_to_serial,
)
from toolkit.problems import (
    Detection,
    JudgementState,
    ProblemCase,
    application_of,
    detections,
    judge,
    judged,
    statement,
    summary,
    tallies,
    words,
)
from toolkit.problems.sentences import agreeing
from toolkit.scheme import read_scheme, scheme_workbook
from toolkit.scoring import score_project

TEXT = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 小评价 |
| 评价年度 | 2024 |
| 报送截止日 | 2024-12-20 |
| 总分 | 100 |
| 产出效益最低占比 | 0% |
| 绩效等级 | 优≥90；良≥80；中≥60；差≥0 |

## 指标
| 编号 | 一级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 | 评价要点 |
|---|---|---|---|---|---|---|
| A1 | 过程 | 立项程序规范性 | 20 | 要点计分 | | 先批后建（10分）<br>经评审（10分） |
| B1 | 产出 | 接入部门数 | 30 | 目标比率 | 目标=20；单位=个 | |
| C1 | 产出 | 密码应用安全性评估 | 30 | 达标计分 | | |
| D1 | 效益 | 社会评价 | 20 | 酌情评分 | | |

## 字段
| 字段名 | 所在表 | 类型 | 单位 | 必填 |
|---|---|---|---|---|
| 部署方式 | 基本 | 文本 | | 是 |
| 计划初验日期 | 基本 | 日期 | | 是 |
| 初验日期 | 基本 | 日期 | | 是 |
| 实际到位资金 | 资金 | 金额 | 万元 | 是 |
| 实际支出资金 | 资金 | 金额 | 万元 | 是 |

## 勾稽
| 编号 | 公式 | 严重程度 | 提示语 |
|---|---|---|---|
| J01 | =实际支出资金<=实际到位资金 | 须更正 | 支出大于到位 |

## 问题与建议
| 编号 | 键 | 类别 | 适用条件 | 成立条件 | 数额 | 数额单位 | 问题表述 | 汇总表述 | 原因 | 建议 | 责任 | 期限 | 结果应用 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| P1 | C1 | 合规底线 | =部署方式<>"不涉及" | =完成值="否" | | | 密码应用安全性评估未通过（得{得分}） | 适用的{m}个项目中{n}个未通过，{未取得}个未取得数据 | 经费未列、合同未约定 | 限期整改并复测 | 责任单位 | 6个月 | 暂停 |
| P2 | A1要点1 | 合规底线 | | | | | 未批先建 | {n}个项目未批先建：{名单} | 审批滞后 | 补办手续 | 责任单位 | 1个月 | |
| P3 | =初验日期>计划初验日期 | 绩效 | | | =初验日期-计划初验日期 | 天 | 初验晚{数额}，计划{计划初验日期}，实际{初验日期} | {m}个项目中{n}个初验晚于计划，最长{最大}（{数额}） | | 写明延期责任 | 责任单位 | | |
| P4 | =实际到位资金>实际支出资金 | 管理 | | | =实际到位资金-实际支出资金 | 万元 | 到位{实际到位资金}，支出{实际支出资金}，未支出{数额} | {n}个项目到位未支出共{合计} | | 说明或收回 | 财务部门 | | |
| P5 | J01 | 填报 | | | =差额 | 万元 | 支出比到位多{数额} | {n}个项目支出大于到位 | | 核对 | 责任单位 | | |

## 结果应用
| 等级 | 问题类别 | 结果应用 | 措施 |
|---|---|---|---|
| 差 | | 暂停 | 暂停下年度同类安排 |
| | 合规底线 | 整改后安排 | 整改复核通过后安排 |
| 中 | | 核减 | 按比例核减 |
| 优 | | 支持 | 优先支持 |
"""
READING = read_scheme(scheme_workbook(parse_md_workbook(TEXT)), "方案.xlsx")
PROJECTS = tuple(
    Project(str(number), 2024, f"{name}局", (f"{name}局",), f"{name}平台", None)
    for number, name in enumerate("甲乙丙丁", 1)
)
ROSTER = Roster(PROJECTS)
GOOD: dict[str, Value] = {
    "部署方式": "政务云",
    "计划初验日期": date_to_serial(date(2023, 7, 1)),
    "初验日期": date_to_serial(date(2023, 7, 1)),
    "实际到位资金": Decimal(100),
    "实际支出资金": Decimal(100),
    "要点1_A1": "符合",
    "要点2_A1": "符合",
    "完成值_B1": Decimal(20),
    "完成值_C1": "是",
    "自评分_C1": Decimal(30),
}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    assert READING.findings == ()
    assert READING.scheme is not None
    return READING.scheme


def case(scheme: Scheme, number: int = 1, findings: tuple[Finding, ...] = (), **changed: Value) -> ProblemCase:
    project = PROJECTS[number - 1]
    returned = submission(project.id, {**GOOD, **changed})
    opinion = Opinion(project.id, "D1", "扣分", Decimal(0), "好", "E", "甲", "乙")
    sheet = score_project(scheme, project, returned, [opinion])
    detected = detections(findings).get(project.id, ())
    return ProblemCase(scheme, project, field_values(scheme, returned, {}), sheet, detected, returned)


def row(scheme: Scheme, code: str) -> ProblemRow:
    return next(one for one in scheme.problems if one.code == code)


def test_nothing_is_wrong_with_a_good_project(scheme: Scheme) -> None:
    assert hits_of(case(scheme)) == ()


@pytest.mark.parametrize(
    ("code", "changed", "state"),
    [
        ("P1", {"完成值_C1": "否"}, JudgementState.HOLDS),
        ("P1", {"完成值_C1": "是"}, JudgementState.NOT),
        ("P1", {"完成值_C1": "否", "部署方式": "不涉及"}, JudgementState.OUTSIDE),
        ("P1", {"完成值_C1": None}, JudgementState.UNKNOWN),
        ("P1", {"完成值_C1": "否", "部署方式": None}, JudgementState.UNKNOWN),
        ("P2", {"要点1_A1": "不符合"}, JudgementState.HOLDS),
        ("P2", {"要点1_A1": None}, JudgementState.UNKNOWN),
        ("P2", {"要点1_A1": Decimal("0.59")}, JudgementState.HOLDS),
        ("P2", {"要点1_A1": Decimal("0.9")}, JudgementState.NOT),
        ("P3", {"初验日期": date_to_serial(date(2023, 11, 8))}, JudgementState.HOLDS),
        ("P3", {"计划初验日期": None}, JudgementState.UNKNOWN),
        ("P4", {"实际支出资金": Decimal("90.5")}, JudgementState.HOLDS),
        ("P5", {}, JudgementState.NOT),
    ],
)
def test_a_row_for_one_project(scheme: Scheme, code: str, changed: Mapping[str, Value], state: JudgementState) -> None:
    judged = judge(row(scheme, code), case(scheme, **changed))
    assert judged.state is state
    assert (judged.hit is not None) is (state is JudgementState.HOLDS)


@pytest.mark.parametrize(("reached", "state"), [(20, JudgementState.HOLDS), (19, JudgementState.NOT)])
def test_a_name_in_other_letters_is_the_same_name(scheme: Scheme, reached: int, state: JudgementState) -> None:
    asking = replace(row(scheme, "P4"), condition="N(完成值_b1)>=20", amount="", statement="共{数额}")
    assert judge(asking, case(scheme, 完成值_B1=Decimal(reached))).state is state


def test_a_field_goes_before_a_name_of_the_rows_own_key(scheme: Scheme) -> None:
    one = case(scheme)
    asking = replace(row(scheme, "P1"), condition="完成值>0", amount="完成值", statement="{完成值}")
    fields = replace(one.fields, values={**one.fields.values, "完成值": Decimal(7)})
    hit = judge(asking, replace(one, fields=fields)).hit
    assert hit is not None
    assert (hit.amount, hit.values["完成值"], hit.values["得分率"]) == (7, 7, 1)


def test_a_field_nobody_filled_in_leaves_the_roster_its_say(scheme: Scheme) -> None:
    """The master falls back on the roster's contract too; what a unit wrote goes before it."""
    one = case(scheme)
    asking = replace(row(scheme, "P4"), condition="合同金额>0", amount="合同金额")
    known = replace(one, project=replace(one.project, contract_amount=Decimal(120)))

    def amount(typed: Value) -> Decimal | None:
        hit = judge(
            asking, replace(known, fields=replace(one.fields, values={**one.fields.values, "合同金额": typed}))
        ).hit
        return hit.amount if hit else None

    assert (amount(None), amount(Decimal(118))) == (120, 118)


@pytest.mark.parametrize(
    ("planned", "done", "told"),
    [
        (date(2023, 6, 30), None, "计划2023年6月30日，到2023年12月31日没有初验，已超过184天"),
        (date(2023, 12, 31), None, ""),
        (date(2024, 3, 1), None, ""),
        (date(2023, 6, 30), date(2023, 12, 1), ""),
    ],
)
def test_what_should_be_there_by_the_last_day_of_data_is_a_fact(
    scheme: Scheme, planned: date, done: date | None, told: str
) -> None:
    dated = replace(scheme, cutoff=date(2023, 12, 31))
    asking = replace(
        row(scheme, "P3"),
        condition="AND(计划初验日期<数据截止日,ISBLANK(初验日期))",
        amount="数据截止日-计划初验日期",
        statement="计划{计划初验日期}，到{数据截止日}没有初验，已超过{数额}",
    )
    days = {"计划初验日期": date_to_serial(planned), "初验日期": date_to_serial(done) if done else None}
    hit = judge(asking, case(dated, **days)).hit
    assert (words(statement(hit, dated, ROSTER)) if hit else "") == told
    assert judge(asking, case(replace(scheme, cutoff=None), **days)).state is JudgementState.UNKNOWN


def test_a_project_that_sent_nothing_is_not_known(scheme: Scheme) -> None:
    empty = ProblemCase(scheme, PROJECTS[0], field_values(scheme, None, {}))
    assert {judge(one, empty).state for one in scheme.problems} == {JudgementState.UNKNOWN}
    assert hits_of(empty) == ()


def test_a_check_brings_its_figures_and_a_waived_one_stays_a_fact(scheme: Scheme) -> None:
    found = Finding(
        "J01",
        Severity.ERROR,
        CellRef(),
        "支出大于到位",
        project="1",
        found=Stated(Decimal(103)),
        expected=Stated(Decimal(100)),
    )
    hit = judge(row(scheme, "P5"), case(scheme, findings=(found,))).hit
    assert hit is not None
    assert words(statement(hit, scheme, ROSTER)) == "支出比到位多3.00万元"


def test_of_several_findings_of_a_check_the_first_that_compares_two_figures_is_told() -> None:
    found = Finding("J01", Severity.ERROR, CellRef(), "支出大于到位", project="1")
    compares = replace(found, found=Stated(Decimal(103)), expected=Stated(Decimal(100)))
    later = replace(found, found=Stated(Decimal(105)), expected=Stated(Decimal(100)))
    elsewhere = replace(found, project="2")
    assert detections([found, compares, elsewhere, later]) == {
        "1": (Detection("J01", 3, Comparison(Decimal(103), Decimal(100))),),
        "2": (Detection("J01", 1),),
    }


def test_sentences_are_pieces_whose_figures_stay_values(scheme: Scheme) -> None:
    late = case(scheme, 初验日期=date_to_serial(date(2023, 11, 8)))
    hit = judge(row(scheme, "P3"), late).hit
    assert hit is not None
    pieces = statement(hit, scheme, ROSTER)
    assert words(pieces) == "初验晚130天，计划2023年7月1日，实际2023年11月8日"
    assert next((one.name, one.value) for one in pieces if one.name) == ("数额", Decimal(130))


def tallied(scheme: Scheme, cases: list[ProblemCase]) -> tuple[ProblemTally, ...]:
    return tallies(scheme, [judged(case, ROSTER) for case in cases])


def test_the_sentence_over_all_projects_counts_those_whose_data_are_there(scheme: Scheme) -> None:
    cases = [
        case(scheme, 1, 完成值_C1="否"),
        case(scheme, 2),
        case(scheme, 3, 完成值_C1="否", 部署方式="不涉及"),
        case(scheme, 4, 完成值_C1=None),
    ]
    (tally,) = [one for one in tallied(scheme, cases) if one.row.code == "P1"]
    assert (tally.population, [hit.project for hit in tally.hits], tally.unknown) == (("1", "2"), ["1"], ("4",))
    assert words(summary(tally, ROSTER)) == "适用的2个项目中1个未通过，1个未取得数据"
    assert tally.lost == 30


def test_amounts_are_summed_and_ranked(scheme: Scheme) -> None:
    day = date
    cases = [
        case(scheme, number, 初验日期=date_to_serial(day(2023, 7, 1 + late)), 实际支出资金=Decimal(100 - late))
        for number, late in ((1, 4), (2, 0), (3, 20))
    ]
    told = {one.row.code: words(summary(one, ROSTER)) for one in tallied(scheme, cases)}
    assert told["P3"] == "3个项目中2个初验晚于计划，最长20天（20、4天）"
    assert told["P4"] == "2个项目到位未支出共24.00万元"


@pytest.mark.parametrize(
    ("template", "number", "population", "told"),
    [
        (
            "{m}个项目中{n}个初验晚于计划，最长晚{最大}（{数额}）",
            1,
            3,
            "{m}个项目中{n}个初验晚于计划，晚{最大}（{数额}）",
        ),
        ("{m}个项目中{n}个初验晚于计划", 2, 2, "{m}个项目全部初验晚于计划"),
        ("适用的{m}个项目中{n}个未通过：{名单}", 1, 1, "适用的{m}个项目未通过：{名单}"),
        ("{m}个项目中{n}个项目未通过", 2, 2, "{m}个项目中{n}个项目未通过"),
        ("{n}个项目可用率低于目标，最低{最小}：{名单}", 1, 3, "{n}个项目可用率低于目标，为{最小}：{名单}"),
        ("{n}个项目先签合同后批复，最多早{最大}：{名单}", 1, 3, "{n}个项目先签合同后批复，早{最大}：{名单}"),
        ("{n}个项目支出大于到位，共{合计}：{名单}", 1, 3, "{n}个项目支出大于到位，计{合计}：{名单}"),
        ("{n}个项目功能没有上线，共差{合计}", 1, 3, "{n}个项目功能没有上线，差{合计}"),
        ("{n}个项目到位未支出共{合计}，最多{最大}", 1, 3, "{n}个项目到位未支出{合计}"),
        ("{n}个项目到位未支出共{合计}，最多{最大}", 2, 3, "{n}个项目到位未支出共{合计}，最多{最大}"),
        ("{n}个项目没有实现共享", 1, 3, "{n}个项目没有实现共享"),
        ("{n}个项目先签合同后批复，最多早{最大}：{名单}", 0, 3, "{n}个项目先签合同后批复"),
        ("{n}个项目发生安全事件共{合计}：{名单}", 0, 3, "{n}个项目发生安全事件"),
        ("{n}个项目业务量超过目标一倍以上，目标偏低：{名单}", 0, 3, "{n}个项目业务量超过目标一倍以上，目标偏低"),
        ("{m}个项目中{n}个初验晚于计划，最长晚{最大}（{数额}）", 0, 3, "{m}个项目中{n}个初验晚于计划"),
        (
            "适用的{m}个项目中{n}个未通过，{未取得}个未取得数据",
            0,
            3,
            "适用的{m}个项目中{n}个未通过，{未取得}个未取得数据",
        ),
    ],
)
def test_a_sentence_agrees_with_how_many_it_is_said_of(template: str, number: int, population: int, told: str) -> None:
    assert agreeing(template, number, population) == told


def test_the_gravest_comes_first_and_lost_points_are_counted_once(scheme: Scheme) -> None:
    bad = case(
        scheme, 要点1_A1="不符合", 要点2_A1="不符合", 完成值_B1=Decimal(10), 完成值_C1="否", 实际支出资金=Decimal(60)
    )
    hits = hits_of(bad)
    assert [hit.row.code for hit in hits] == ["P1", "P2", "OTHER-B1", "P4"]
    assert [hit.lost for hit in hits] == [30, 20, 15, 0]
    assert bad.sheet is not None
    assert sum(hit.lost for hit in hits) == 100 - bad.sheet.total
    assert words(statement(hits[2], scheme, ROSTER)) == "“接入部门数”10个，没有得满分，失15.00分"


@given(
    st.fixed_dictionaries(
        {
            "要点1_A1": st.sampled_from(["符合", "不符合", None]),
            "要点2_A1": st.sampled_from(["符合", "不符合"]),
            "完成值_B1": st.one_of(st.none(), st.integers(0, 40).map(Decimal)),
            "完成值_C1": st.sampled_from(["是", "否", None]),
            "部署方式": st.sampled_from(["政务云", "不涉及", None]),
            "实际支出资金": st.one_of(st.none(), st.integers(0, 200).map(Decimal)),
        }
    )
)
def test_every_lost_point_is_accounted_for(changed: dict[str, Value]) -> None:
    assert READING.scheme is not None
    one = case(READING.scheme, **changed)
    assert one.sheet is not None
    assert sum((hit.lost for hit in hits_of(one)), Decimal(0)) == sum(
        (line.effective_mark - line.score for line in one.sheet.lines), Decimal(0)
    )


@pytest.mark.parametrize(
    ("changed", "consequence", "measure"),
    [
        ({}, Consequence.SUPPORT, "优先支持"),
        ({"要点1_A1": "不符合"}, Consequence.AFTER_CORRECTION, "整改复核通过后安排"),
        ({"完成值_B1": Decimal(0)}, Consequence.CUT, "按比例核减"),
        ({"完成值_C1": "否"}, Consequence.SUSPEND, "限期整改并复测"),
        (
            {"完成值_B1": Decimal(0), "要点1_A1": "不符合", "要点2_A1": "不符合"},
            Consequence.SUSPEND,
            "暂停下年度同类安排",
        ),
    ],
)
def test_what_follows_for_a_project(
    scheme: Scheme, changed: Mapping[str, Value], consequence: Consequence, measure: str
) -> None:
    one = case(scheme, **changed)
    applied = application_of(scheme, "1", one.sheet, hits_of(one))
    assert applied is not None
    assert (applied.consequence, applied.measure) == (consequence, measure)


def test_without_rules_nothing_follows(scheme: Scheme) -> None:
    bare = replace(scheme, applications=(), problems=())
    assert application_of(bare, "1", None, ()) is None


def test_classes_are_ranked_gravest_first() -> None:
    assert [one.rank for one in ProblemClass] == [0, 1, 2, 3]


def test_what_holds_for_projects_is_not_told_of_the_whole_once_more(scheme: Scheme) -> None:
    always = replace(
        scheme.problems[0], kind=KeyKind.CONDITION, key="=1>0", condition="=1>0", indicator="", population=""
    )
    itself = Project(WHOLE_EVALUATION, 2024, "委托方", ("委托方",), "小评价", None)
    project = case(scheme)
    whole = ProblemCase(scheme, itself, project.fields)
    assert judge(always, project).state is JudgementState.HOLDS
    assert judge(always, whole).state is JudgementState.OUTSIDE


def test_a_consequence_names_the_problem_in_words_not_by_its_number(scheme: Scheme) -> None:
    late = replace(
        scheme.problems[0], summary="{m}个项目中{n}个初验晚于计划，最长晚{最大}", consequence=Consequence.CUT
    )
    hit = ProblemHit(late, "1", None, Decimal(0), {})
    applied = application_of(replace(scheme, applications=()), "1", None, [hit])
    assert applied
    assert applied.because == f"有{late.problem_class}类问题（初验晚于计划）"


def test_what_suspends_by_itself_stands_before_what_costs_more_of_its_class(scheme: Scheme) -> None:
    changed = {"P1": None, "P2": Consequence.SUSPEND}
    rows = tuple(replace(one, consequence=changed.get(one.code, one.consequence)) for one in scheme.problems)
    bad = case(
        replace(scheme, problems=rows), 完成值_C1="否", 要点1_A1="不符合", 初验日期=date_to_serial(date(2023, 7, 9))
    )
    hits = hits_of(bad)
    assert [hit.row.code for hit in hits] == ["P2", "P1", "P3"]
    assert hits[0].lost < hits[1].lost
    assert [tally.row.code for tally in tallies(bad.scheme, [judged(bad, ROSTER)])][:3] == ["P2", "P1", "P3"]


def test_a_consequence_says_that_its_grade_may_change(scheme: Scheme) -> None:
    poor: dict[str, Value] = {**GOOD, "完成值_C1": "否", "要点1_A1": "不符合", "要点2_A1": "不符合"}
    waiting = score_project(scheme, PROJECTS[0], submission("1", poor), [])
    settled = score_project(
        scheme, PROJECTS[0], submission("1", poor), [Opinion("1", "D1", "扣分", Decimal(0), "好", "E", "甲", "乙")]
    )
    assert waiting.provisional
    assert waiting.grade == settled.grade == "差"
    told = [application_of(scheme, "1", sheet, []) for sheet in (waiting, settled)]
    assert [one.because for one in told if one] == ["等级暂定为差，尚有指标待评定", "等级为差"]
