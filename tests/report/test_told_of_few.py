"""What the overall reports say where few projects are evaluated, or all of them alike."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sample_masters import NANTONG, sample

from toolkit.model import (
    Application,
    Consequence,
    Figure,
    KeyKind,
    ProblemClass,
    ProblemFigures,
    ProblemHit,
    ProblemRow,
    ProblemTally,
    ReportRole,
)
from toolkit.model.opinion import INDEPENDENT
from toolkit.report.consequences import consequences_in_brief
from toolkit.report.facts import ReportFacts
from toolkit.report.first_page import first_page, of_a_population
from toolkit.report.funds import rate_extremes
from toolkit.report.indicator_lines import awaiting
from toolkit.report.indicators import dimension_chapters
from toolkit.report.milestones import plans_without_days
from toolkit.report.project import people
from toolkit.report.scores import grade_counts
from toolkit.report.wording import Sentence


def plain_text(words: Sentence) -> str:
    return "".join(map(str, words))


def graded(**counts: int) -> ReportFacts:
    """The sample's facts with so many projects of each grade."""
    facts = sample(NANTONG).facts
    known = facts.figures.grades
    grades = {
        name: replace(figure, value=Decimal(counts.get(name, 0)), text=str(counts.get(name, 0)))
        for name, figure in known.items()
    }
    return replace(facts, figures=replace(facts.figures, grades=grades))


def test_a_grade_that_no_project_has_is_not_told() -> None:
    assert plain_text(grade_counts(graded(优=3))) == "“优”3个"
    assert plain_text(grade_counts(graded(中=1, 差=2))) == "“中”1个、“差”2个"


def test_the_first_figures_are_the_mean_and_the_best_grade_there_is() -> None:
    """The first page told five counts of projects: neither the mean nor any sum stood on it."""
    facts = graded(中=1, 差=2)
    mean, card = first_page(facts)["首页数字"][:2]  # type: ignore[index]
    assert plain_text(mean["数字"]) == f"{facts.figures.overall['平均得分'].text}分"
    assert plain_text(mean["说明"]) == ("平均得分（暂）" if facts.provisional else "平均得分")
    assert (plain_text(card["数字"]), plain_text(card["说明"])) == ("1个项目", "中（差2）")
    alike = first_page(graded(优=3))["首页数字"][1]  # type: ignore[index]
    assert (plain_text(alike["数字"]), plain_text(alike["说明"])) == ("3个项目", "优")


def test_the_brief_report_names_the_projects_that_are_not_just_supported() -> None:
    facts = sample(NANTONG).facts
    given = {"1": "支持", "2": "整改后安排", "37": "暂停", "10": "核减", "22": "核减"}
    applied = {one: Application(one, Consequence(what), f"{what}的措施", "依据") for one, what in given.items()}
    rows = consequences_in_brief(replace(facts, figures=replace(facts.figures, applications=applied)))
    assert [(row["应用"], row["项目"]) for row in rows] == [
        ("暂停", "37 智慧调查服务系统"),
        ("核减", "10 市民族宗教事务管理系统、22 “万事好通”投资合作热力图系统"),
        ("整改后安排", "2 智慧执行智能化深度应用"),
    ]


def test_of_many_projects_the_brief_report_names_the_first() -> None:
    facts = sample(NANTONG).facts
    applied = {one.id: Application(one.id, Consequence.CUT, "核减", "等级为中") for one in facts.roster.projects[:21]}
    (row,) = consequences_in_brief(replace(facts, figures=replace(facts.figures, applications=applied)))
    assert str(row["项目"]).endswith("20 “绿行南通”建设项目等21个项目，见整体报告（完整版）")


def test_what_was_saved_is_told_at_both_ends() -> None:
    """Little saved is no fault and much no merit: the indicator takes off for what is far from the plan."""
    (told,) = [words for one in rate_extremes(sample(NANTONG).facts) if "成本节约率" in (words := plain_text(one))]
    assert told == "成本节约率最高为17.30%（“智慧调查服务系统”），最低为0.80%（“因公港澳通行证电子化本地化部署项目”）。"


def test_a_card_does_not_repeat_its_number() -> None:
    def figure(text: str) -> Figure:
        return Figure(Decimal(text), "问题汇总!E4", text)

    told = (figure("3"), "个项目中", figure("1"), "个初验晚于计划，晚", figure("5"), "天")
    assert plain_text(of_a_population(told, "1")) == "3个项目中初验晚于计划，晚5天"
    suited = ("适用的", figure("30"), "个项目中", figure("7"), "个未通过评估")
    assert plain_text(of_a_population(suited, "7")) == "适用的30个项目中未通过评估"
    assert of_a_population(suited, "8") == suited


def test_the_degree_a_point_is_met_to_is_told_as_such_and_once() -> None:
    """“设定了项目绩效目标为64.00%” nobody says; nor what the words on the score say again."""
    told = plain_text(dimension_chapters(sample("jiangsu-2022").facts)[0]["指标"][0]["分析"])  # type: ignore[index]
    assert "“合乎行业规划和行业政策”达成100.00%" in told


def with_breaches(advice: str) -> ReportFacts:
    """The sample's facts with six breaches and a loss of performance, of two projects each, all of one wording."""
    facts, none = sample(NANTONG).facts, Figure(None, "", "")
    rows = []
    for number, kind in enumerate([ProblemClass.COMPLIANCE] * 6 + [ProblemClass.PERFORMANCE]):
        told = f"2个项目有第{'一二三四五六七'[number]}种不合规的情形"
        own = ProblemRow(f"H{number}", KeyKind.CONDITION, "=", "", kind, told, advice=advice)
        hits = tuple(ProblemHit(own, project, None, Decimal(0), {}) for project in ("1", "2"))
        at = f"问题汇总!E{number + 4}"
        rows.append(
            ProblemFigures(ProblemTally(own, ("1", "2"), hits, ()), told, at, Figure(Decimal(2), at, "2"), *[none] * 3)
        )
    return replace(facts, figures=replace(facts.figures, problem_rows=tuple(rows)))


def test_the_first_page_gives_up_a_line_of_conclusions_where_every_decision_takes_two() -> None:
    short, long = (first_page(with_breaches(advice)) for advice in ("补办", "对照合同和凭证逐笔核实，多付的收回"))
    assert plain_text(short["首页底线"]).endswith("另有1类见完整版。")  # type: ignore[arg-type]
    assert plain_text(long["首页底线"]).endswith("另有3类见完整版。")  # type: ignore[arg-type]
    assert len(long["首页决策"]) == len(short["首页决策"]) == 5  # type: ignore[arg-type]


def test_a_day_that_was_due_and_never_told_is_said_to_be_missing() -> None:
    facts = sample(NANTONG).facts
    project = facts.roster.projects[0]
    known = dict(facts.figures.collected)
    due = {field.key for field in facts.scheme.fields if field.role is ReportRole.MILESTONE}
    known[project.id] = {key: figure for key, figure in known[project.id].items() if key not in due}
    silent = replace(facts, figures=replace(facts.figures, collected=known))
    told = [plain_text(one) for one in plans_without_days(silent, project)]
    assert told
    assert all("日（没有实际日期；责任单位说明：机房和网络条件准备滞后" in one for one in told)
    assert plans_without_days(facts, project) == []


def test_what_the_unit_says_instead_of_a_day_is_told_with_it_and_a_day_not_yet_due_is_no_omission() -> None:
    """A terminated project: 合同协商终止 stood in a table of the ninth page only; the first said 没有填报实际日期."""
    facts = sample(NANTONG).facts
    scored = facts.scored[0]
    assert scored.project
    day = next(field.key for field in facts.scheme.fields if field.label == "实际初验日期")
    known = {key: figure for key, figure in facts.figures.collected[scored.project.id].items() if key != day}
    lines = tuple(
        replace(line, note="合同于3月协商终止") if line.code == "C301" else line for line in scored.sheet.lines
    )
    ended = replace(scored, sheet=replace(scored.sheet, lines=lines))
    figures = replace(
        facts.figures,
        collected={**facts.figures.collected, scored.project.id: known},
        projects=(ended, *facts.scored[1:]),
    )
    silent = replace(facts, figures=figures)
    [told] = plans_without_days(silent, scored.project)
    assert plain_text(told).endswith("日（没有实际日期；责任单位说明：合同于3月协商终止）")
    early = replace(silent, scheme=replace(facts.scheme, cutoff=date(2023, 1, 1)))
    [told] = plans_without_days(early, scored.project)
    assert "（数据截止时尚未到期；责任单位说明" in plain_text(told)


def test_an_indicator_is_said_to_wait_where_it_does_and_of_some_projects_only() -> None:
    assert awaiting(["甲", "乙"]) == "“甲”“乙”尚待评价人评定，暂计0分。"
    assert awaiting(["甲"], "有项目") == "“甲”有项目尚待评价人评定，暂计0分。"
    assert awaiting([], "有项目") == ""


def test_marks_given_alone_are_no_third_person_and_are_told_of_the_course() -> None:
    """吴敏、李浩、独立打分 stood among the people of a score sheet."""
    facts = sample(NANTONG).facts
    first = facts.scored[0]
    lines = tuple(
        replace(line, evaluator="吴敏、李浩", reviewer=INDEPENDENT) if line.code == "A302" else line
        for line in first.sheet.lines
    )
    marked = replace(first, sheet=replace(first.sheet, lines=lines))
    twice = replace(facts, figures=replace(facts.figures, projects=(marked, *facts.scored[1:])))
    assert (facts.has_independent_marks, twice.has_independent_marks) == (False, True)
    line = marked.sheet.own_line("A302")
    assert line
    assert people(line) == "吴敏、李浩独立打分"
    assert people(replace(line, reviewer="周敏")) == "吴敏、李浩、周敏"
