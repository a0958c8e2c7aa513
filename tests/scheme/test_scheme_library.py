"""The library of 问题与建议: large, complete in every row, and sound in every scheme it is put into."""

from collections import Counter
from dataclasses import replace

import pytest
from small_workbook import TEXT, read

from toolkit.excel.md_table import parse_md_workbook
from toolkit.model import ProblemClass
from toolkit.resources import sample_dir, sample_names
from toolkit.scheme import PROBLEMS, library_tables, lint_scheme, read_scheme, scheme_workbook, starter_workbook

NEEDED = ("编号", "键", "类别", "问题表述", "汇总表述", "原因", "建议", "责任", "期限")
TOLD = (
    "未批先建", "未列入年度计划", "超过合同或审计核减后金额", "与已有系统重复", "等级保护测评低于",
    "密码应用安全性评估", "安全事件", "初验晚于计划", "付款迟于合同约定", "不足注册用户的四成",
    "数据目录挂接率", "到位未支出", "没有量化", "档案归档率", "审计核减",
)  # fmt: skip


@pytest.fixture(scope="module")
def starter():
    return read_scheme(starter_workbook(), "方案.xlsx").scheme


def rows_of(scheme) -> list[dict[str, str]]:
    headings, *rows = library_tables(scheme)[PROBLEMS]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_at_least_eighty_rows_and_none_with_a_gap(starter) -> None:
    rows = rows_of(starter)
    assert len(rows) >= 80
    assert [row["编号"] for row in rows if not all(row[name] for name in NEEDED)] == []
    assert len({row["编号"] for row in rows}) == len(rows)
    assert {row["类别"] for row in rows} == set(ProblemClass)
    told = "\n".join(row["汇总表述"] for row in rows)
    assert [words for words in TOLD if words not in told] == []


def test_no_advice_stands_for_many_problems(starter) -> None:
    """One suggestion for everything was what the reports of the first version gave."""
    advice = Counter(row["建议"] for row in rows_of(starter) if row["类别"] != ProblemClass.FILLING)
    assert advice.most_common(1)[0][1] <= 2


@pytest.mark.parametrize("name", [*sample_names(), ""])
def test_what_is_switched_on_is_sound(name: str) -> None:
    data = (sample_dir(name) / "方案.xlsx").read_bytes() if name else starter_workbook()
    reading = read_scheme(data, "方案.xlsx")
    assert [one for one in reading.findings if one.at.sheet in {PROBLEMS, "结果应用"}] == []
    assert len(reading.scheme.problems) >= 30
    assert len(reading.scheme.applications) >= 5
    assert "SCHEME-39" not in {one.code for one in lint_scheme(reading.scheme)}


def test_a_scheme_that_lacks_nearly_everything_keeps_the_rows_in_reserve() -> None:
    scheme = read(TEXT).scheme
    switched = Counter(row["启用"] for row in rows_of(scheme))
    assert switched["否"] > switched["是"] > 0


def test_money_is_said_in_the_schemes_unit(starter) -> None:
    yuan = replace(starter, money_unit="元")
    units = {row["数额单位"] for row in rows_of(yuan)}
    assert "元" in units
    assert "万元" not in units
    assert not [row for row in rows_of(yuan) if "合同金额>=400," in row["成立条件"]]


GENERAL = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 供水评价 |
| 评价年度 | 2025 |
| 报送截止日 | 2026-03-15 |
| 产出效益最低占比 | 0% |

## 指标
| 编号 | 一级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 | 评价要点 |
|---|---|---|---|---|---|---|
| A1 | 决策 | 立项依据充分性 | 20 | 要点计分 | | 建设内容列入{plan}<br>与{others}不重复 |
| C1 | 产出 | 项目完成及时性 | 30 | 线性计分 | 满分值=0；零分值=180；单位=天 | |
| D1 | 效益 | 社会效益 | 50 | 三档定性 | 由评价人评定=是 | |
"""
DAYS = """
## 字段
| 字段名 | 所在表 | 类型 | 必填 |
|---|---|---|---|
| 计划完成日期 | 基本 | 日期 | 是 |
| 实际完成日期 | 基本 | 日期 | 是 |
"""


def general(plan: str, others: str, further: str = "") -> dict[str, dict[str, str]]:
    text = GENERAL.format(plan=plan, others=others) + further
    scheme = read_scheme(scheme_workbook(parse_md_workbook(text)), "方案.xlsx").scheme
    return {row["编号"]: row for row in rows_of(scheme)}


def test_rows_speak_of_systems_only_where_the_checkpoint_does() -> None:
    rows, own = general("年度计划", "已有项目"), general("年度数字政府项目计划", "已建系统")
    assert rows["H04"]["问题表述"] == "建设内容没有列入年度计划"
    assert own["H04"]["问题表述"] == "建设内容没有列入年度数字政府项目计划"
    assert ("系统" in rows["H05"]["问题表述"] + rows["H05"]["建议"], "系统" in own["H05"]["问题表述"]) == (False, True)


def test_lateness_is_told_in_days_where_the_days_are_collected() -> None:
    assert [general("年度计划", "已有项目")[code]["启用"] for code in ("P28", "P36")] == ["是", "否"]
    rows = general("年度计划", "已有项目", DAYS)
    assert [rows[code]["启用"] for code in ("P28", "P36")] == ["否", "是"]
    assert rows["P36"]["键"] == "C1"
    assert (rows["P37"]["启用"], rows["P37"]["键"], rows["P38"]["启用"]) == ("是", "C1", "否")


def test_a_benefit_judged_as_reached_is_no_benefit_short_of_its_goal() -> None:
    """三档定性: 达成 begins at 80 %."""
    assert {general("年度计划", "已有项目")[code]["成立条件"] for code in ("P30", "P31", "P32")} == {"=得分率<0.8"}
