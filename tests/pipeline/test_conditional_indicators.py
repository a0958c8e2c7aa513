"""One scheme for 新建, 运维 and 服务类 projects: conditional indicators from the workbook sent out to the report."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from tests.referee.recalculated import refereed
from toolkit import pipeline
from toolkit.aggregate import read_master
from toolkit.demo_data import play, returns_from_tables
from toolkit.excel.files import write_atomic
from toolkit.excel.md_table import parse_md_workbook
from toolkit.excel.read import read_workbook
from toolkit.model import LineState, Opinion, Scheme
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.rules import applies
from toolkit.scheme import check_projects, lint_scheme, read_roster, read_scheme, roster_workbook, scheme_workbook
from toolkit.scoring import score_project

NOW = datetime(2025, 3, 1, 9, tzinfo=UTC)
SCHEME = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 江海市2024年度数字政府项目绩效评价 |
| 方案版本 | 2.1 |
| 评价年度 | 2024 |
| 委托单位 | 江海市数据局 |
| 评价机构 | 评价机构（样例） |
| 数据截止日 | 2024-12-31 |
| 总分 | 100 |

## 指标
| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 | 目标值 | 佐证 | 适用条件 |
|---|---|---|---|---|---|---|---|---|---|
| A1 | 过程 | 资金管理 | 预算执行率 | 40 | 比率计分 | 完成值=预算执行率 | 100% | E1 | |
| B1 | 产出 | 产出质量 | 建设任务完成率 | 60 | 比率计分 | | 100% | E1 | =项目类型="新建" |
| B2 | 产出 | 产出质量 | 系统可用率 | 35 | 比率计分 | | 100% | E1 | =项目类型="运维" |
| B3 | 产出 | 产出时效 | 故障按时修复率 | 25 | 比率计分 | | 100% | E1 | =项目类型="运维" |
| B4 | 产出 | 产出质量 | 服务报告验收率 | 30 | 比率计分 | | 100% | E1 | =项目类型="服务类" |
| C1 | 效益 | 满意度 | 服务对象满意度 | 30 | 比率计分 | | 100% | E1 | =OR(项目类型="服务类",项目类型="咨询") |

## 字段
| 字段名 | 所在表 | 类型 | 必填 | 公式 |
|---|---|---|---|---|
| 实际到位资金 | 资金情况 | 金额 | 是 | |
| 实际支出资金 | 资金情况 | 金额 | 是 | |
| 预算执行率 | 资金情况 | 比率 | 否 | =IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4)) |

## 佐证
| 编号 | 材料名称 | 必须 |
|---|---|---|
| E1 | 证明材料 | 否 |
"""
ROSTER = """
## 项目清单
| 序号 | 立项年度 | 责任单位 | 项目名称 | 合同金额（万元） | 项目类型 |
|---|---|---|---|---|---|
| 1 | 2023 | 市数据局 | 政务平台 | 100 | 新建 |
| 2 | 2023 | 市档案馆 | 档案系统运行维护 | 50 | 运维 |
| 3 | 2023 | 市教育局 | 安全测评服务 | 20 | 服务类 |
"""
RETURNS = """
## 填报
| 项目序号 | 字段或取值项 | 填报内容 |
|---|---|---|
| 1 | 实际到位资金 | 100 |
| 1 | 实际支出资金 | 90 |
| 1 | 完成值_B1 | 100% |
| 2 | 实际到位资金 | 50 |
| 2 | 实际支出资金 | 50 |
| 2 | 完成值_B2 | 100% |
| 2 | 完成值_B3 | 80% |
| 3 | 实际到位资金 | 20 |
| 3 | 实际支出资金 | 20 |
| 3 | 完成值_B4 | 100% |
| 3 | 完成值_C1 | 100% |
"""
SUITED = {"1": {"A1", "B1"}, "2": {"A1", "B2", "B3"}, "3": {"A1", "B4", "C1"}}
TOTALS = {"1": Decimal(96), "2": Decimal(95), "3": Decimal(100)}


def a_scheme(text: str = SCHEME) -> Scheme:
    reading = read_scheme(scheme_workbook(parse_md_workbook(text)), "方案.xlsx")
    assert reading.scheme is not None, reading.findings
    return reading.scheme


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("types")
    scheme, roster = folder / "方案.xlsx", folder / "项目清单.xlsx"
    scheme.write_bytes(scheme_workbook(parse_md_workbook(SCHEME)))
    roster.write_bytes(roster_workbook(parse_md_workbook(ROSTER)["项目清单"]))
    made = pipeline.initialise(folder / "评价", (roster, scheme), NOW)
    assert made.ok, made.findings
    loaded = pipeline.load(folder / "评价")
    pipeline.generate(loaded, NOW)
    returns = returns_from_tables(parse_md_workbook(RETURNS))
    for one in play(returns, loaded.template, loaded.roster.projects, 1):
        write_atomic(loaded.workspace.inbox / one.name, one.data)
    pipeline.run(loaded, NOW)
    return loaded


def test_each_type_is_scored_out_of_100(evaluation: Evaluation) -> None:
    sheets = results(evaluation, NOW.date()).sheets
    assert {key: one.total for key, one in sheets.items()} == TOTALS
    for key, one in sheets.items():
        counted = {line.code for line in one.lines if line.state is LineState.SCORED}
        assert counted == SUITED[key]
        assert sum(line.effective_mark for line in one.lines) == 100
        assert all(line.effective_mark in (0, line.full_mark) for line in one.lines), "nothing is scaled"
        assert not any("折算" in line.because for line in one.lines)


@pytest.mark.parametrize("project", ["1", "2", "3"])
def test_the_workbook_asks_only_what_applies(evaluation: Evaluation, project: str) -> None:
    one = evaluation.roster.project(project)
    assert one is not None
    book = read_workbook(evaluation.template.stamp(one))
    for indicator in evaluation.scheme.indicators:
        for item in indicator.inputs:
            cell = book.named_cell(item.key)
            if not item.formula:
                assert (cell is not None and cell.value == "不适用") is not applies(indicator, one), item.key


@pytest.mark.parametrize("project", ["1", "2", "3"])
def test_the_weights_a_form_prints_are_those_that_apply_and_add_up(evaluation: Evaluation, project: str) -> None:
    one = evaluation.roster.project(project)
    assert one is not None
    sheet = read_workbook(evaluation.template.stamp(one)).sheet("指标信息")
    assert sheet is not None
    last = max(row for row, column in sheet.cells if column == 4)
    marks = [sheet.cells[row, 4].value for row in range(4, last)]
    assert marks == [item.full_mark if item.code in SUITED[project] else "—" for item in evaluation.scheme.indicators]
    assert sum(mark for mark in marks if isinstance(mark, Decimal)) == sheet.cells[last, 4].value == 100
    parents = [str(sheet.cells[row, 1].value) for row in range(4, last) if sheet.cells[row, 1].value]
    assert sum(Decimal(text.partition("（")[2].removesuffix("分）")) for text in parents) == 100, parents


def test_nothing_is_found_where_nothing_is_asked(evaluation: Evaluation) -> None:
    findings = results(evaluation, NOW.date()).examined.findings
    wrong = [one for one in findings if one.indicator and one.indicator not in SUITED[one.project]]
    assert wrong == []


def test_the_master_and_the_reports_say_the_same(evaluation: Evaluation) -> None:
    values = read_master(evaluation.workspace.master.read_bytes())
    heading = next(at for at, value in values.items() if at.startswith("汇总!") and str(value).startswith("总分"))
    column = heading.removeprefix("汇总!").rstrip("0123456789")
    assert [values[f"汇总!{column}{row}"] for row in (4, 5, 6)] == list(TOTALS.values())
    assert pipeline.verify(evaluation, NOW).findings == ()
    report = next(one for one in evaluation.workspace.reports.rglob("*.docx") if "政务平台" in one.name)
    said = _text(report)
    assert "96.00" in said
    assert "建设任务完成率" in said
    for line in said.splitlines():
        assert "系统可用率" not in line or "不适用" in line or "不列入本项目的评价" in line, line


@pytest.mark.libreoffice
def test_the_referee_agrees(evaluation: Evaluation, tmp_path: Path) -> None:
    space = evaluation.workspace
    sources = {"conditional": [space.master, *sorted(space.workbooks.glob("*.xlsx"))]}
    outcome = refereed(sources, tmp_path)["conditional"]
    assert outcome.disagreements == ()
    assert outcome.workbooks == 4


def test_what_an_evaluator_leaves_out_is_shared_out_over_what_applies(evaluation: Evaluation) -> None:
    project = evaluation.roster.projects[1]
    submission = results(evaluation, NOW.date()).examined.returns.counting[project.id]
    out = Opinion(project.id, "B3", "完成值", "不适用", "没有故障", "E1", "甲", "乙")
    sheet = score_project(evaluation.scheme, project, submission, [out])
    assert {one.code: one.score for one in sheet.lines if one.score} == {"A1": Decimal("53.33"), "B2": Decimal("46.67")}
    assert sum(one.effective_mark for one in sheet.lines) == 100


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("| 35 |", "| 36 |"), "项目类型为“运维”的项目，适用的指标分值合计101分，不是总分100分"),
        (("| 35 |", "| 30 |"), "合计95分"),
        (("运维", "维护"), None),
    ],
)
def test_lint_adds_up_for_every_type(change: tuple[str, str], words: str | None) -> None:
    found = [one.message for one in lint_scheme(a_scheme(SCHEME.replace(*change))) if one.code == "SCHEME-20"]
    others = [one for one in found if "咨询" not in one]
    assert [words in one for one in others] == [True] if words else others == []


@pytest.mark.parametrize(
    ("mark", "told"), [("60", []), ("64", ["项目类型为其他的项目，适用的指标分值合计104分，不是总分100分"])]
)
def test_what_a_condition_leaves_to_all_others_adds_up_as_well(mark: str, told: list[str]) -> None:
    others = 'AND(项目类型<>"运维",项目类型<>"服务类",项目类型<>"咨询")'
    text = SCHEME.replace(
        '| 60 | 比率计分 | | 100% | E1 | =项目类型="新建" |', f"| {mark} | 比率计分 | | 100% | E1 | ={others} |"
    )
    found = [one.message for one in lint_scheme(a_scheme(text)) if one.code == "SCHEME-20"]
    assert [message for message in found if "咨询" not in message] == told


def _with_parents(production: str, benefit: str) -> str:
    """The scheme with 一级分值 written at each first-level indicator, 60% for outcomes asked for, equal shares."""
    text = SCHEME.replace("| 三级指标 | 分值 |", "| 三级指标 | 一级分值 | 分值 |").replace("|---" * 10, "|---" * 11)
    parents = {"预算执行率": "40", "建设任务完成率": production, "服务对象满意度": benefit}
    names = ("预算执行率", "建设任务完成率", "系统可用率", "故障按时修复率", "服务报告验收率", "服务对象满意度")
    for name in names:
        text = text.replace(f"| {name} | ", f"| {name} | {parents.get(name, '')} | ", 1)
    return text


@pytest.mark.parametrize(("production", "benefit", "words"), [
    ("60", "30", []), ("30", "30", []),
    ("150", "30", ["“产出”的一级分值为150，下级指标分值合计0或30或60"]),
    ("60", "20", ["“效益”的一级分值为20，下级指标分值合计0或30"]),
])  # fmt: skip
def test_a_parent_is_worth_what_applies_to_a_kind_of_project(production: str, benefit: str, words: list[str]) -> None:
    reading = read_scheme(scheme_workbook(parse_md_workbook(_with_parents(production, benefit))), "方案.xlsx")
    assert [one.message for one in reading.findings if one.code == "SCHEME-31"] == words


def test_the_share_of_outcomes_and_equal_shares_are_those_of_a_kind_of_project() -> None:
    uneven = a_scheme(SCHEME.replace("| 总分 | 100 |", "| 总分 | 100 |\n| 权重方式 | 同级等分 |"))
    found = {one.code: one.message for one in lint_scheme(uneven)}
    assert "SCHEME-23" not in found, "60 of 100 are outcomes for every kind, though all marks together are 180 of 220"
    assert found["SCHEME-33"] == "方案规定同级等分，产出共60分，2个指标的分值却是35/25"
    poor = SCHEME.replace("预算执行率 | 40", "预算执行率 | 55").replace("建设任务完成率 | 60", "建设任务完成率 | 45")
    said = [one.message for one in lint_scheme(a_scheme(poor)) if one.code == "SCHEME-23"]
    assert said == ["产出与效益（含满意度）合计45分，占45.00%，低于60%"]


def test_an_evaluation_scored_as_a_whole_has_no_alternatives() -> None:
    whole = a_scheme(SCHEME.replace("| 总分 | 100 |", "| 总分 | 100 |\n| 评分对象 | 整体 |"))
    (found,) = (one for one in lint_scheme(whole) if one.code == "SCHEME-20")
    assert "各指标分值合计220分" in found.message


def test_projects_of_one_wrong_total_are_told_of_together() -> None:
    """A condition that suits nobody made a line for each of 18 projects: it is one thing to put right."""
    roster = read_roster(roster_workbook(parse_md_workbook(ROSTER)["项目清单"]), "项目清单.xlsx").roster
    assert roster is not None
    others = tuple(replace(one, project_type="另一类") for one in roster.projects)
    (found,) = check_projects(a_scheme(), replace(roster, projects=others))
    named = "".join(f"“{one.name}”" for one in others[:3])
    assert found.message.startswith(f"项目{named}")
    assert (found.at, *found.related) == tuple(one.origin for one in others)


def test_a_project_whose_type_no_condition_names_is_pointed_out() -> None:
    rows = parse_md_workbook(ROSTER.replace("| 运维 |", "| 运行维护 |"))["项目清单"]
    roster = read_roster(roster_workbook(rows), "项目清单.xlsx").roster
    assert roster is not None
    (found,) = check_projects(a_scheme(), roster)
    assert (found.code, found.at.cell, str(found.found)) == ("ROSTER-07", "A5", "40")
    assert check_projects(replace(a_scheme(), total_mark=Decimal(220)), roster) == []


def _text(path: Path) -> str:
    document = Document(str(path))
    rows = ["｜".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join([*(one.text for one in document.paragraphs), *rows])
