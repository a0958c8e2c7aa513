# ruff: noqa: E501
"""工作方案 and 验收与付款: every element of 财监〔2021〕4号 from the data, where steps stand, what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.model import Project, QuestionKind, Roster, Severity, Survey, SurveyQuestion
from toolkit.people import Team
from toolkit.people.pledge import pledges
from toolkit.people.team import Assignment, Blocked, Declaration, Member, Step
from toolkit.people.work_plan import PlanFacts, missing_elements, plan_words, standing
from toolkit.resources import document_template_path
from toolkit.word.package import body_texts
from toolkit.word.render import compile_template

TODAY = date(2025, 3, 1)
ROSTER = Roster((Project("1", 2024, "市教育局", ("市教育局",), "云课堂", Decimal("120.5")),))
SURVEY = Survey(
    "W1", "", "学校教师", (SurveyQuestion("W1", "T1", "使用方便吗", QuestionKind.SCALE, ("方便", "不方便")),), 400
)
TEAM = Team(
    members=(Member("张三", "项目经理", "高级工程师", ("注册会计师",), Decimal(12), "甲评价公司"),),
    assignments=(Assignment("1", {"评价人": ("张三",), "复核人": ("李四",)}),),
    declarations=(Declaration("张三", "无", ""),),
    milestones=(
        Step("方案论证", date(2025, 2, 20), date(2025, 2, 19)),
        Step("单位报送", date(2025, 2, 27), None, "张三"),
        Step("出具报告", date(2025, 3, 5), None),
    ),
    payments=(
        Step("签订合同后付款", date(2025, 1, 10), date(2025, 1, 12), paper="凭证.pdf", share=Decimal("0.5")),
        Step("验收后付款", None, None, share=Decimal("0.5")),
    ),
    blocked=(Blocked("李四", "1", "任职单位为该项目的承建单位"),),
    disclosure="由第三方复核",
)
SCHEME = replace(
    SMALL_SCHEME,
    surveys=(SURVEY,),
    settings={**SMALL_SCHEME.settings, "评价目的": "改进预算安排", "评价依据": "某办法\n某细则"},
)
FACTS = PlanFacts(SCHEME, ROSTER, TEAM, TODAY, {"W1": 197}, "每个项目抽取15项", (("整体报告（完整版）", True),))


def rendered(name: str, facts: PlanFacts = FACTS) -> str:
    template = compile_template(document_template_path(name).read_bytes(), name)
    return "\n".join(body_texts(template.render(plan_words(facts))))


@pytest.mark.parametrize(
    "words",
    [
        "一、评价对象", "云课堂", "120.50", "改进预算安排", "某办法", "某细则", "三、评价内容", "四、评价方法", "问卷调查",
        "五、评价指标体系和评价标准", "六、样本确定", "每个项目抽取15项", "七、调查问卷", "学校教师", "197份", "使用方便吗",
        "八、资料清单", "九、人员配置", "高级工程师", "注册会计师", "12个", "十、时间安排", "十一、工作纪律", "保密",
        "任职单位为该项目的承建单位", "由第三方复核", "已过2天", "还有4天",
    ],
)  # fmt: skip
def test_every_element_is_in_the_plan(words: str) -> None:
    assert words in rendered("工作方案.docx")


def test_every_indicator_stands_with_its_standard_and_mark() -> None:
    text = rendered("工作方案.docx")
    for indicator in SMALL_SCHEME.indicators:
        assert indicator.name in text
        assert indicator.standard in text


def test_acceptance_and_payments() -> None:
    text = rendered("验收与付款.docx")
    for words in ("整体报告（完整版）", "50%", "凭证.pdf", "已完成，迟2天", "未定截止日", "100%", "验收结论"):
        assert words in text


@pytest.mark.parametrize(
    ("due", "done", "words"),
    [
        (date(2025, 3, 1), None, "今天到期"),
        (date(2025, 2, 28), None, "已过1天"),
        (date(2025, 3, 8), None, "还有7天"),
        (date(2025, 3, 8), date(2025, 3, 8), "已完成"),
        (date(2025, 3, 1), date(2025, 3, 4), "已完成，迟3天"),
        (None, date(2025, 3, 4), "已完成"),
        (None, None, "未定截止日"),
    ],
)
def test_where_a_step_stands(due: date | None, done: date | None, words: str) -> None:
    assert standing(Step("事项", due, done), TODAY) == words


def test_a_whole_plan_lacks_nothing_and_an_empty_one_names_every_gap_with_its_place() -> None:
    assert list(missing_elements(FACTS)) == []
    empty = replace(FACTS, team=Team(), scheme=replace(SCHEME, surveys=(), evidence=(), settings={}, indicators=()))
    found = {finding.message.split("“")[1].split("”")[0]: finding for finding in missing_elements(empty)}
    assert set(found) == {
        "目的", "依据", "资料清单", "调查问卷", "人员配置", "分工", "时间安排", "验收与付款", "工作纪律",
    }  # fmt: skip
    assert (found["人员配置"].at.workbook, found["人员配置"].at.sheet) == ("工作组.xlsx", "成员")
    assert found["调查问卷"].severity is Severity.NOTE, "a questionnaire is not always needed"
    assert "（尚未填写工作组.xlsx）" in rendered("工作方案.docx", empty)


def test_every_member_has_a_pledge_with_tasks_and_declarations() -> None:
    hostile = "李四{{ 7*7 }}<w:p/>\u202e"
    members = (*TEAM.members, replace(TEAM.members[0], name=hostile, duty="评价人员"))
    declared = (*TEAM.declarations, Declaration(hostile, "亲属", "市教育局", note="配偶任职"))
    team = replace(TEAM, members=members, declarations=declared)
    lines = body_texts(pledges(SCHEME, ROSTER, team))
    text = "\n".join(lines)
    assert sum("评价人员承诺书" in line for line in lines) == 2
    assert "本人张三参加" in text
    assert "担任全部项目的评价人" in text
    for words in (
        "保密",
        "没有任职、供应、亲属、投标和其他利害关系",
        "本人与“市教育局”有利害关系：亲属（配偶任职）",
        "{{ 7*7 }}<w:p/>",
    ):
        assert words in text
    assert "\u202e" not in text
    assert pledges(SCHEME, ROSTER, team) == pledges(SCHEME, ROSTER, team)
    blank = "\n".join(body_texts(pledges(SCHEME, ROSTER, Team())))
    assert "没有的写“无”" in blank


def test_text_of_people_stays_text() -> None:
    hostile = "{{ 7*7 }}<w:p/>=1+1\u202e"
    text = rendered("工作方案.docx", replace(FACTS, team=replace(TEAM, disclosure=hostile)))
    assert "{{ 7*7 }}<w:p/>=1+1" in text
    assert "\u202e" not in text


def test_a_pledge_says_which_projects_in_one_line() -> None:
    roster = Roster(tuple(replace(ROSTER.projects[0], id=str(number)) for number in range(1, 10)))
    who = TEAM.members[0].name
    roles = {"1": ("评价人", "现场"), "2": ("评价人", "现场"), "9": ("质控",)}
    roles |= dict.fromkeys("5678", ("评价人", "现场"))
    assigned = tuple(Assignment(project, dict.fromkeys(held, (who,)), {}) for project, held in roles.items())
    text = "\n".join(body_texts(pledges(SCHEME, roster, replace(TEAM, assignments=assigned))))
    assert "担任项目1、2、5至8的评价人、现场核查人，担任项目9的质控人。" in text
