"""Returns whose figures cannot be used: a form in 元 throughout, and one that came back as it was sent."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.trial.own_evaluation import ANSWERS, FIELDS, Evaluation, Sheets, scheme, started

IN_YUAN = {name: value * 10000 for name, value in ANSWERS.items() if isinstance(value, int) and value in (270, 300)}
PROBLEMS = (
    ("编号", "键", "类别", "数额", "数额单位", "问题表述", "汇总表述", "结果应用"),
    ("H1", "=合同金额>=400", "合规底线", "=合同金额", "万元", "合同金额{合同金额}", "{n}个项目合同超过限额", "核减"),
    ("M1", "=实际到位资金>实际支出资金", "管理", "=实际到位资金-实际支出资金", "万元", "未支出{数额}", "共{合计}", ""),
)  # fmt: skip
USES = (("等级", "问题类别", "结果应用", "措施"), ("未评分", "", "暂停", "补报"), ("", "合规底线", "核减", "核减"))


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Project 1 as asked, 2 in 元, 3 as it was sent out."""
    sheets: Sheets = scheme(问题与建议=PROBLEMS, 结果应用=USES)
    made = started(tmp_path_factory.mktemp("returns"), sheets, 3)
    made.returned(1)
    made.returned(2, {**IN_YUAN, "合同金额": 3000000})
    made.returned(3, made.workbook(3))
    assert made.do("run").code in (0, 1)
    assert made.do("verify").code == 0
    return made


def rows(folder: Path, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(folder / "06-汇总总表/汇总总表.xlsx", data_only=True)
    return list(book[sheet].iter_rows(values_only=True))


def text(folder: Path, name: str) -> str:
    (path,) = (folder / "07-评价报告").glob(name)
    file = Document(str(path))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_amounts_in_yuan_are_in_no_total_until_they_are_corrected(evaluation: Evaluation) -> None:
    overall = text(evaluation.folder, "*完整版*.docx")
    assert (
        "合同金额900.00万元（3个项目），预算资金300.00万元，实际到位资金300.00万元，实际支出资金270.00万元" in overall
    )
    assert "“第2号系统”的金额以元填报，更正以前没有采用" in overall
    assert "“第3号系统”未取得预算资金" in overall


def test_no_problem_and_nothing_that_follows_rests_on_a_wrong_unit(evaluation: Evaluation) -> None:
    problems = [row[:3] for row in rows(evaluation.folder, "问题明细") if str(row[0]) in "123"]
    assert not any("2" in map(str, row) and "H1" in map(str, row) for row in problems)
    assert not any("核减" in map(str, row) for row in rows(evaluation.folder, "结果应用"))


def test_the_score_of_rates_keeps(evaluation: Evaluation) -> None:
    scores = {one["id"]: one for one in evaluation.do("score", "--json").json["projects"]}
    assert scores["2"]["total"] == scores["1"]["total"]


def test_corrected_amounts_are_counted(evaluation: Evaluation, tmp_path: Path) -> None:
    copy = Evaluation(Path(shutil.copytree(evaluation.folder, tmp_path / "copy")))
    decided = ("resolve", "2", "READ-50", "--by", "张三", "--reason", "单位来函确认", "--accept")
    assert copy.do(*decided).code == 0
    assert copy.do("run").code in (0, 1)
    assert "预算资金600.00万元，实际到位资金600.00万元，实际支出资金540.00万元" in text(copy.folder, "*完整版*.docx")
    assert copy.do("verify").code == 0


def test_a_form_that_came_back_empty_lost_no_points(evaluation: Evaluation) -> None:
    """It is 未评分: neither its own report nor the overall one counts losses it cannot have."""
    own = text(evaluation.folder, "003*.docx")
    assert "没有取得可核查的数据，对合规底线、绩效和管理方面的情况不作判断。" in own
    assert "失分" not in own.split("五、存在问题", 1)[1].split("六、", 1)[0]
    assert not any(str(row[0]) == "3" and "OTHER" in str(row) for row in rows(evaluation.folder, "问题明细"))


def test_the_blank_cells_of_an_empty_form_are_one_row_of_the_list(evaluation: Evaluation) -> None:
    """Each of 13 blank cells was a row of annex 3, among them that an unscored indicator is 按方案计0分."""
    (path,) = (evaluation.folder / "07-评价报告").glob("*完整版*.docx")
    listed = [
        [cell.text for cell in row.cells]
        for table in Document(str(path)).tables
        for row in table.rows
        if table.rows[0].cells[-1].text == "处理办法"
    ]
    own = [row[2:] for row in listed if row[1] == "第3号系统"]
    assert own == [
        [
            "须更正",
            "—",
            "采集表没有填报可以评分的内容，须填的单元格都空着，逐格见汇总总表《问题清单》。",
            "填好全表和佐证材料清单后重新报送；确实没有的填“不适用”，并说明原因",
        ]
    ]
    assert any(row[1] == "第1号系统" for row in listed), "single blanks of a filled form stay rows of their own"
    of_master = [row[2] for row in rows(evaluation.folder, "问题清单") if str(row[4]) == "3"]
    assert of_master.count("MISS-01") == 5


PAID = (
    "H1",
    "=累计支付金额>合同金额",
    "合规底线",
    "=累计支付金额-合同金额",
    "万元",
    "超付{数额}",
    "共超付{合计}",
    "核减",
)


def test_one_cell_in_yuan_accuses_nobody_of_overpayment_until_somebody_says_that_it_is_right(tmp_path: Path) -> None:
    """One amount without its unit stood on the first page: “累计支付超过合同，共2,699,700.00万元”, “多付的收回”."""
    made = started(tmp_path, scheme(问题与建议=(PROBLEMS[0], PAID), 结果应用=USES), 2)
    made.returned(1)
    made.returned(2, {"累计支付金额": 2_700_000})
    assert made.do("run").code in (0, 1)
    told = {each["code"]: each for each in made.do("check", "--json").json["findings"] if each["project"] == "2"}
    assert {code: told[code]["severity"] for code in ("READ-45", "FUND-01", "FUND-09")} == {
        "READ-45": "error",
        "FUND-01": "note",
        "FUND-09": "note",
    }
    assert "READ-45" in told["FUND-01"]["hint"]
    overall = text(made.folder, "*完整版*.docx")
    assert "超付" not in overall
    assert "累计支付金额270.00万元" in overall, "the sum of those beyond doubt"
    assert "“第2号系统”有的金额疑似以元填报，更正以前没有采用" in overall
    assert made.do("verify").code == 0

    waiver = ("--by", "张三", "--reason", "与凭证一致，确为万元", "--waive")
    assert made.do("resolve", "2", "READ-45", *waiver).code == 0
    assert made.do("run").code in (0, 1)
    told = {each["code"]: each for each in made.do("check", "--json").json["findings"] if each["project"] == "2"}
    assert (told["READ-45"]["severity"], told["FUND-01"]["severity"]) == ("note", "error")
    assert "超付2,699,700.00万元" in text(made.folder, "*完整版*.docx")


WHEN = ("D1", "=终验日期>计划终验日期", "绩效", "=终验日期-计划终验日期", "天", "终验晚{数额}", "最长晚{最大}", "")
_DATES = ("计划终验日期", "终验日期")
DAYS = (*FIELDS, *((name, None, "项目基本信息", "日期", None, "否", None, None, None, None) for name in _DATES))


def test_a_day_that_has_not_come_yet_is_no_delay_until_somebody_says_that_it_is_right(tmp_path: Path) -> None:
    """2204 typed for 2024: “初验晚于计划，最长晚65752天” stood among the conclusions of the whole evaluation."""
    made = started(tmp_path, scheme(字段=DAYS, 问题与建议=(PROBLEMS[0], WHEN), 结果应用=USES), 2)
    made.returned(1, {"计划终验日期": 45600, "终验日期": 45610})
    made.returned(2, {"计划终验日期": 45600, "终验日期": 72000})
    assert made.do("run").code in (0, 1)
    (told,) = (each for each in made.do("check", "--json").json["findings"] if each["code"] == "DATE-06")
    assert (told["project"], told["severity"]) == ("2", "error")
    assert "终验日期填2097年2月14日，晚于收到采集表的" in told["message"]
    overall = text(made.folder, "*完整版*.docx")
    assert ("最长晚10天" in overall or "终验晚10天" in overall, "26400" in overall) == (True, False)

    waiver = ("--by", "张三", "--reason", "单位坚持", "--waive")
    assert made.do("resolve", "2", "DATE-06", *waiver).code == 0
    assert made.do("run").code in (0, 1)
    assert "晚26400天" in text(made.folder, "*完整版*.docx").replace(",", "")
