"""Every printed line divides and adds up: reports and master of a scheme whose indicators differ by type of project.

Each table is read back from the files, each sum added and each rate divided again from what is printed, to the cent.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, reduce
from io import BytesIO
from itertools import islice

import pytest
from docx import Document as WordFile
from sample_masters import NANTONG, sample, template

from tests.aggregate.plans import submission
from toolkit.aggregate import MasterPlan, build_master, read_master, with_own_rows
from toolkit.excel.addresses import cell_name, parse_cell
from toolkit.excel.md_table import parse_md_workbook
from toolkit.formula.fields import field_values
from toolkit.model import Opinion, Scheme, Value
from toolkit.report import DocumentKind, ReportFacts, read_report, render_reports, source_values, verify_report
from toolkit.report.remarks import remarks
from toolkit.scheme import read_roster, read_scheme, roster_workbook, scheme_workbook
from toolkit.scoring import score_project

D = Decimal
SCHEME = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 江海市2024年度数字政府项目绩效评价 |
| 方案版本 | 1.0 |
| 评价年度 | 2024 |
| 委托单位 | 江海市数据局 |
| 评价机构 | 评价机构（样例） |
| 整体核查单位 | 甲局 |
| 总分 | 100 |

## 指标
| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分规则 | 适用条件 |
|---|---|---|---|---|---|---|
| A1 | 决策 | 立项 | 论证充分率 | 13 | 比率计分 | |
| A2 | 过程 | 资金 | 资金使用率 | 17 | 比率计分 | |
| B1 | 产出 | 质量 | 任务完成率 | 37 | 比率计分 | =项目类型="新建" |
| B2 | 产出 | 质量 | 系统可用率 | 41 | 比率计分 | =项目类型="运维" |
| B3 | 产出 | 时效 | 按时完成率 | 16 | 比率计分 | =项目类型="运维" |
| C1 | 效益 | 效果 | 应用覆盖率 | 33 | 比率计分 | =项目类型="新建" |
| C2 | 效益 | 满意 | 用户满意度 | 13 | 比率计分 | =项目类型="运维" |
"""
TYPES = ("新建", "运维", "新建", "运维", "新建", "新建", "运维")
LINES = "\n".join(
    f"| {n} | 2023 | {'甲乙丙'[n % 3]}局 | 第{n}号项目 | {100 + n}.25 | {kind} |" for n, kind in enumerate(TYPES, 1)
)
ROSTER = f"""
## 项目清单
| 序号 | 立项年度 | 责任单位 | 项目名称 | 合同金额（万元） | 项目类型 |
|---|---|---|---|---|---|
{LINES}
"""
SUMMED = {"分值", "计分值", "平均计分值", "得分", "平均得分", "同类项目平均得分", "全部项目平均得分"}


@cache
def evaluation(
    *, renormalised: bool = False, conditions: tuple[tuple[str, str], ...] = ()
) -> tuple[ReportFacts, Mapping[str, Value]]:
    text = reduce(lambda scheme_text, change: scheme_text.replace(*change), conditions, SCHEME)
    scheme = read_scheme(scheme_workbook(parse_md_workbook(text)), "方案.xlsx").scheme
    roster = read_roster(roster_workbook(parse_md_workbook(ROSTER)["项目清单"]), "项目清单.xlsx").roster
    assert scheme is not None
    assert roster is not None
    returns = {project.id: submission(project.id, _answers(scheme, int(project.id))) for project in roster.projects}
    opinions = [Opinion("2", "B3", "完成值", "不适用", "没有时限要求", "E1", "甲", "乙")] if renormalised else []
    sheets = {one.id: score_project(scheme, one, returns[one.id], opinions) for one in roster.projects}
    fields = {key: field_values(scheme, one, {}) for key, one in returns.items()}
    master = build_master(MasterPlan(scheme, roster, sheets, returns, fields))
    facts = ReportFacts(scheme, roster, master.figures, date(2025, 3, 1))
    return facts, {**with_own_rows(read_master(master.data)), **source_values(scheme, master.figures.sha256)}


def _answers(scheme: Scheme, number: int) -> dict[str, Value]:
    """Rates whose scores leave thirds and sevenths behind in averages."""
    return {
        f"完成值_{indicator.code}": D((number * 37 + place * 53) % 61 + 40) / 100
        for place, indicator in enumerate(scheme.indicators)
    }


def number(text: object) -> Decimal | None:
    if isinstance(text, Decimal):
        return text
    bare = str(text).replace(",", "")
    try:
        return D(bare.rstrip("%")) / (100 if bare.endswith("%") else 1)
    except ArithmeticError:
        return None


def divided(score: Decimal, mark: Decimal) -> Decimal:
    return (score / mark).quantize(D("0.0001"), ROUND_HALF_UP)


def checked(headings: Sequence[str], rows: Sequence[Sequence[object]], where: str) -> int:
    """Add and divide a table again; how many sums and rates were compared."""
    compared = 0
    pending: dict[str, Decimal] = {}
    for cells in rows:
        line = dict(zip(headings, cells, strict=True))
        known = {heading: value for heading, cell in line.items() if (value := number(cell)) is not None}
        mark = next((known[one] for one in ("平均计分值", "计分值", "分值") if one in known), None)
        score = known.get("平均得分", known.get("得分"))
        if "得分率" in known and mark and score is not None:
            assert divided(score, mark) == known["得分率"], (where, line)
            compared += 1
        for heading in SUMMED & set(headings):
            if "合计" in cells:
                if heading in known and heading in pending:
                    assert pending.pop(heading) == known[heading], (where, heading, line)
                    compared += 1
            elif heading in known:
                pending[heading] = pending.get(heading, D(0)) + known[heading]
        if "合计" in cells:
            pending = {}
    return compared


def tables(docx: bytes) -> Iterator[tuple[list[str], list[list[str]]]]:
    for table in WordFile(BytesIO(docx)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        yield rows[0], rows[1:]


def sheet(values: Mapping[str, Value], name: str) -> list[dict[str, Value]]:
    """Rows of a master's sheet under the headings of row 3."""
    cells = {parse_cell(at.partition("!")[2]): value for at, value in values.items() if at.startswith(f"{name}!")}
    headings = {
        column: str(value).partition("\n（")[0].replace("\n", "") for (row, column), value in cells.items() if row == 3
    }
    last = max(row for row, _ in cells)
    return [{headings[column]: cells.get((row, column)) for column in headings} for row in range(4, last + 1)]


@pytest.mark.parametrize("renormalised", [False, True])
def test_every_table_of_every_report_adds_up_and_divides(renormalised: bool) -> None:
    facts, values = evaluation(renormalised=renormalised)
    compared = {}
    for document in islice(render_reports(facts, template), 5):  # the three on all, two single ones
        assert [found.message for found in verify_report(read_report(document.data), document.name, values)] == []
        compared[document.kind] = 0
        for headings, rows in tables(document.data):
            compared[document.kind] += checked(headings, rows, document.name)
            if "总分" in headings and "决策" in headings:
                first, last = headings.index("决策"), headings.index("总分")
                for cells in rows:
                    assert sum(number(cell) or D(0) for cell in cells[first:last]) == number(cells[last]), cells
                    compared[document.kind] += 1
    assert all(count >= 2 for count in compared.values()), compared
    assert compared[DocumentKind.FULL] >= 25


@pytest.mark.parametrize("renormalised", [False, True])
def test_every_line_of_the_master_adds_up_and_divides(renormalised: bool) -> None:
    facts, values = evaluation(renormalised=renormalised)
    dimensions = list(facts.scheme.dimensions())
    *projects, total, mean, _, _ = [
        row for row in sheet(values, "汇总") if row["序号"] and "注" not in str(row["序号"])
    ]
    assert total["序号"] == "合计"
    for row in projects:
        assert sum(row[name] for name in dimensions) == row["总分"]
        assert sum(row[f"{name}计分值"] for name in dimensions) == 100, row
    assert sum(mean[name] for name in dimensions) == mean["总分"]
    lines = sheet(values, "指标得分")
    for row in projects:
        own = [line for line in lines if line["项目序号"] == row["序号"]]
        assert sum(line["计分值"] for line in own) == 100
        assert sum(line["分值"] for line in own) == 100, "only what applies"
        assert sum(line["得分"] for line in own) == row["总分"]
    for name in ("指标得分率", "分类得分率"):
        rows = sheet(values, name)
        assert checked(list(rows[0]), [list(row.values()) for row in rows], name) >= 10


def test_headings_say_what_each_category_is_worth() -> None:
    _, values = evaluation()
    headings = {cell_name(3, column): values.get(f"汇总!{cell_name(3, column)}") for column in range(1, 12)}
    assert "产出\n（37/57分）" in headings.values()
    assert "效益\n（13/33分）" in headings.values()
    assert "决策\n（13分）" in headings.values()


def test_a_single_report_speaks_of_what_applies_only() -> None:
    facts, _ = evaluation()
    reports = {document.name[:3]: document for document in render_reports(facts, template) if document.name[0] == "0"}
    text = "\n".join(part.text for part in WordFile(BytesIO(reports["001"].data)).element.body.iter() if part.text)
    assert "任务完成率" in text
    assert "只适用于其他类别项目的“系统可用率”“按时完成率”“用户满意度”不列入本项目的评价" in text
    named = {line for line in text.splitlines() if "系统可用率" in line}
    assert len(named) == 1, "it is named as left out and nowhere else"


def test_categories_are_called_by_type_where_types_tell_them_apart() -> None:
    facts, _ = evaluation()
    assert [category.name for category in facts.figures.categories] == ["新建", "运维"]
    found = sample(NANTONG).facts.figures
    assert [category.name for category in found.categories] == ["新建、升级改造", "基础设施"]
    assert all(category.total.effective_mark.value == 100 for category in found.categories)


def test_other_categories_are_numbered_and_their_projects_named() -> None:
    conditions = {'=项目类型="新建"': "=合同金额>103", '=项目类型="运维"': "=合同金额<=103"}
    facts, values = evaluation(conditions=tuple(conditions.items()))
    assert [category.name for category in facts.figures.categories] == ["第1类", "第2类"]
    assert "“第1类”（“第1号项目”“第2号项目”）、“第2类”（“第3号项目”“第4号项目”“第5号项目”等项目）" in "".join(
        remarks(facts)
    )
    rows = sheet(values, "分类得分率")
    assert [row["参评项目数"] for row in rows if row["一级指标"] == "合计"] == [2, 5]


def test_a_conditional_indicator_shared_out_is_said_with_its_rule() -> None:
    said = "\n".join(remarks(sample(NANTONG).facts))
    assert "“新建、升级改造”“基础设施”各类项目评价的指标不同" in said
    assert "“基础设施”类适用指标的分值合计不是100分，按评价方案“重新折算”的办法处理" in said


def test_the_same_weights_for_all_are_printed_once() -> None:
    facts = sample("nanchang-2022").facts
    assert facts.figures.categories == ()
    assert facts.figures.total.full_mark.value == facts.scheme.total_mark
