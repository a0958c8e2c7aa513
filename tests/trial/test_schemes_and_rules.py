"""Groups D, A7, A12, A13 and B5 of what the trial of 0.1.0 found: what a scheme says is read, checked and kept."""

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.trial.own_evaluation import CROSS_CHECKS, FIELDS, Rows, indicators, jixiao, roster, scheme, write

EXAMPLES = ("指标编号", "取值", "应得分", "说明")


def checked(folder: Path, **changed: Rows | Mapping[str, object]) -> list[str]:
    """What is wrong with a scheme, each with its place."""
    said = jixiao("scheme", "check", write(folder / "方案.xlsx", scheme(**changed)), "--json")
    assert said.code in (0, 1), said.told
    found = json.loads(said.printed)["findings"]
    return [f"《{one['sheet']}》{one['cell']} {one['severity']} {one['message']}" for one in found]


def example(folder: Path, indicator: str, rule: str, parameters: str | None, values: str, mark: object) -> list[str]:
    """What is said of a worked example under a rule; nothing where it is right."""
    changed = indicators(**{indicator: {"评分规则": rule, "规则参数": parameters}})
    found = checked(folder, 指标=changed, 算例=(EXAMPLES, (indicator, values, mark, None)))
    return [words for words in found if " error " in words]


WORKED = {
    "a month's end and a month more is the next month's end": (
        "C102", "时限计分", "起=2024-01；止=2024-06；延期扣=5；延期月数=1", "完成日期=2024-07-31", 5),
    "29 February and a month more": (
        "C102", "时限计分", "起=2024-01；止=2024-02；延期扣=5；延期月数=1", "完成日期=2024-03-31", 5),
    "deducted per point above the target": (
        "D101", "百分点扣分", "目标=100%；每点扣=2.5%；方向=越小越好；算法=差额", "完成值=103.4%", 18.3),
    "options with marks": ("D101", "选项赋分", "选项=明确:20，基本明确:10，不明确:0", "选项=基本明确", 10),
    "a consultant's own formula": ("D101", "公式", "公式=分值*MIN(1,甲)；取值类型=比率；甲=预算执行率", "甲=50%", 10),
    "a start mark": ("D101", "线性计分", "满分值=100%；零分值=60%；起评分=8", "完成值=60%", 8),
    "a cap on what is deducted": ("D101", "计数扣分", "每项扣=5；单位=项；扣分封顶=8", "完成值=3", 12),
}  # fmt: skip


@pytest.mark.parametrize("name", WORKED)
def test_a12_rules_give_what_a_consultant_works_out(name: str, tmp_path: Path) -> None:
    assert example(tmp_path, *WORKED[name]) == []


EVALUATED = {
    '=TEXT(12345678,"0.00,,")': "12.35",
    '=DATEDIF(DATE(2015,1,1),DATE(2016,12,31),"YD")': 364,
    "=WEEKDAY(DATE(2024,9,30))": 2,
    '=TEXT(DATE(2024,9,30),"aaaa")': "星期一",
    "=NETWORKDAYS(DATE(2024,9,1),DATE(2024,9,30))": 21,
    '=TEXTJOIN("、",TRUE,"甲","","乙")': "甲、乙",
    '=TEXT(123456,"0!.0,万")': "12.3万",
    '=TEXT(12,"[DBNum2]")': "壹拾贰",
    "=INDEX({1,2;3,4},2,1,1)": 3,
    "=EDATE(0,1)": 31,
    '=SEARCH("~d","abcd")': 4,
    "=2^1024": "#NUM!",
    "=PRODUCT(2,,3)": 6,
    '=XLOOKUP(2,{1,2},{"甲","乙"})': "乙",
    "=STDEV(1,2,3)": 1,
    "=PERCENTILE({1,2,3},0.5)": 2,
    "=TRIMMEAN({1,2,3,9},0.5)": 2.5,
    '=DATEVALUE("2024-09-30")': 45565,
    '=TEXT(0.5,"h:mm")': "12:00",
    '=CONCAT("甲","乙")': "甲乙",
    "=WORKDAY(DATE(2024,9,30),1)": 45566,
    '=TEXT(1.2345678912,"General")': "1.234567891",
}


def evaluated(formula: str) -> str:
    said = jixiao("formula", "eval", formula, "--json")
    assert said.code == 0, said.told
    return str(json.loads(said.printed)["value"]).lower()


@pytest.mark.parametrize("formula", EVALUATED)
def test_a13_functions_give_what_excel_gives(formula: str) -> None:
    assert evaluated(formula) == str(EVALUATED[formula]).lower()


ALREADY_RIGHT = {'=AND(TRUE,"")': "#value!", "=SUM(IF({1,2,3}>1,{1,2,3}))": "5", "=COUNT(1/({1,2,2}=2))": "2"}
"""What is reported of AND and of arrays held for cells and areas only; written out like this, 0.1.0 was right."""


@pytest.mark.parametrize("formula", ALREADY_RIGHT)
def test_a13_what_was_right_stays_right(formula: str) -> None:
    assert evaluated(formula) == ALREADY_RIGHT[formula]


def test_a13_an_array_where_a_cell_shows_one_value_is_refused_with_its_place(tmp_path: Path) -> None:
    """In 0.1.0 nothing was said, and the check accused every project."""
    paid = '=SUM(IF(收款单位="甲公司",支付金额))=累计支付金额'
    found = checked(tmp_path, 勾稽=(*CROSS_CHECKS, ("J05", paid, "须更正", "应等于累计支付金额", "核对支付明细")))
    assert [words for words in found if "《勾稽》B4 error" in words and "逐格计算" in words]


@pytest.mark.parametrize(
    ("one", "other"),
    [("甲+乙", "乙+甲"), ("MAX(0,甲)", "MAX(甲,0)"), ("甲/100", "甲%"), ("甲^2", "POWER(甲,2)"),
     ("甲*0.005", "甲*0.0049999999999999999999"), ("SUM(甲,乙)", "SUM(乙,甲)")],
)  # fmt: skip
def test_a9_harmless_rewrites_are_called_equal(one: str, other: str) -> None:
    said = jixiao("formula", "compare", one, other, "--json")
    assert json.loads(said.printed)["verdict"] == "equivalent"


def test_b5_a_day_that_is_none_is_found_before_letters_go_out(tmp_path: Path) -> None:
    for typed in ("2025-02-30", "2月底前"):
        found = checked(tmp_path, 方案={"报送截止日": typed})
        assert any("error" in words and "报送截止日" in words for words in found), (typed, found)


def test_d_a_renamed_sheet_of_cross_checks_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "方案.xlsx"
    for title in ("勾稽关系", "审核关系", "核对"):
        sheets = scheme()
        sheets[title] = sheets.pop("勾稽")
        said = jixiao("scheme", "check", write(file, sheets), "--json")
        assert f"《{title}》是否指《勾稽》" in str(json.loads(said.printed)["findings"]), title


def test_d_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """A wrong day, a curly quote, an unknown rule, a bare condition and an unknown field, in one run."""
    wrong = indicators(A102={"评分规则": "酌情打分"}, C101={"适用条件": "新建"}, D101={"规则参数": "完成值=没有此项"})
    quoted = (*CROSS_CHECKS, ("J05", "=IF(预算资金>0,“是”,“否”)=“是”", "须更正", "预算应大于0", "核对"))
    found = " ".join(checked(tmp_path, 方案={"报送截止日": "2025-02-30"}, 指标=wrong, 勾稽=quoted))
    for words in ("报送截止日", "酌情打分", "新建", "没有此项", "《勾稽》B4"):
        assert words in found, (words, found)


def test_d_a_fourth_sheet_is_laid_out_or_refused(tmp_path: Path) -> None:
    """In 0.1.0 its fields were asked of nobody: scheme check passed and the workbook left them out."""
    field = ("软件著作权数", None, "知识产权", "数量", "项", "否", None, None, None, None)
    file = write(tmp_path / "方案.xlsx", scheme(字段=(*FIELDS, field)))
    said = jixiao("scheme", "check", file, "--json")
    if said.code == 0:
        jixiao("init", tmp_path / "ws", "--scheme", file, "--roster", write(tmp_path / "清单.xlsx", roster(1)))
        assert jixiao("generate", "-w", tmp_path / "ws").code == 0
        (made,) = (tmp_path / "ws").glob("01-采集表/*.xlsx")
        assert "软件著作权数" in openpyxl.load_workbook(made).defined_names


def test_d_merged_units_of_a_roster_are_read(tmp_path: Path) -> None:
    rows = write(tmp_path / "清单.xlsx", roster(4))
    book = openpyxl.load_workbook(rows)
    sheet = book["项目清单"]
    for first in (2, 4):
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=3, end_column=3)
    book.save(rows)
    said = jixiao("init", tmp_path / "ws", "--scheme", write(tmp_path / "方案.xlsx", scheme()), "--roster", rows)
    assert said.code == 0, said.told
    told = jixiao("status", "-w", tmp_path / "ws", "--json").json
    assert {one["unit"] for one in told["projects"]} == {"市1局", "市2局"}


def test_d_one_unit_in_two_spellings_is_asked_about(tmp_path: Path) -> None:
    """市数据 局 and 市数据局, 委 and 委员会: asked at init, never silently two units."""
    names = ("市数据局", "市数据 局", "市发展改革委", "市发展改革委员会")
    rows = [("序号", "立项年度", "责任单位", "项目名称", "合同金额（万元）")]
    rows += [(number, 2024, unit, f"第{number}号系统", 300) for number, unit in enumerate(names, start=1)]
    file = write(tmp_path / "清单.xlsx", {"项目清单": rows})
    said = jixiao("init", tmp_path / "ws", "--scheme", write(tmp_path / "方案.xlsx", scheme()), "--roster", file)
    assert "市数据 局" in said.printed + said.told or "单位别名" in said.printed + said.told
    assert "市发展改革委员会" in said.printed + said.told


def test_d_a_changed_parameter_is_printed_as_written(tmp_path: Path) -> None:
    before = write(tmp_path / "甲.xlsx", scheme())
    after = write(
        tmp_path / "乙.xlsx",
        scheme(
            方案={"绩效等级": "优≥95；良≥80；中≥60；差≥0"},
            指标=indicators(C102={"规则参数": "止=2025-12-31；延期扣=6"}),
        ),
    )
    said = jixiao("scheme", "diff", before, after)
    assert "延期扣=6" in said.printed
    assert "等级" in said.printed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"方案": {"绩效等级": "优≥60；良≥80；差≥0"}}, "没有依次升高或降低"),
        ({"方案": {"绩效等级": "优≥0；良≥60；中≥80"}}, "“优”的下限0分低于“良”的60分"),
        (
            {"勾稽": (*CROSS_CHECKS, ("J09", "=预算资金-实际到位资金", "须更正", "应相等", "核对"))},
            "每个项目都会被指为不符",
        ),
        ({"勾稽": (*CROSS_CHECKS, ("J09", "=SUM(支付金额)", "须更正", "应有支付", "核对"))}, "每个项目都会被指为不符"),
    ],
)
def test_what_would_grade_or_accuse_everybody_wrongly_is_found(
    changed: dict[str, Rows], words: str, tmp_path: Path
) -> None:
    assert any(words in found and "error" in found for found in checked(tmp_path, **changed))
    ascending = checked(tmp_path, 方案={"绩效等级": "差≥0；中≥60；良≥80；优≥90"})
    assert not any("error" in found for found in ascending)


def test_a_formula_that_was_never_calculated_is_no_name(tmp_path: Path) -> None:
    rows = write(tmp_path / "清单.xlsx", roster(2))
    book = openpyxl.load_workbook(rows)
    book["项目清单"]["D2"] = '="第"&"1号系统"'
    book.save(rows)
    said = jixiao(
        "init", tmp_path / "ws", "--scheme", write(tmp_path / "方案.xlsx", scheme()), "--roster", rows, "--json"
    )
    (found,) = (each for each in said.json["findings"] if each["severity"] == "error")
    assert (found["cell"], "没有计算结果" in found["message"]) == ("D2", True)
