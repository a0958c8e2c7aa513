"""What reports say while indicators wait for their evaluators: nothing that a blank judgement would prove."""

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.trial.own_evaluation import Cell, scheme, started

SELF = {f"自评分_{code}": mark for code, mark in (("A101", 10), ("A102", 10), ("B101", 20), ("D101", 20))}
"""Given to four indicators; A102 is left to the evaluators."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evaluation of one project, A102 of which nobody has judged."""
    evaluation = started(tmp_path_factory.mktemp("open"), scheme(), 1)
    evaluation.returned(1, SELF)
    assert evaluation.do("run").code == 0
    assert evaluation.do("verify").code == 0
    return evaluation.folder


def test_a_self_score_is_not_compared_with_a_judgement_that_is_not_there(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "06-汇总总表/汇总总表.xlsx", data_only=True)["自评复核"]
    rows = {(row[0], str(row[1])): row[3:7] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}
    assert rows["全部", "—"] == (3, 50, 47, 3)
    assert rows["指标", "A102"] == (0, 0, 0, 0)


def test_the_self_score_stays_beside_the_line_for_who_judges_it(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "06-汇总总表/汇总总表.xlsx", data_only=True)["指标得分"]
    headings = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "项目序号")
    lines = (dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(values_only=True))
    (line,) = (line for line in lines if line["指标编号"] == "A102")
    assert (line["状态"], line["自评分"], line["自评折算分"]) == ("待评定", 10, None)


def test_the_report_draws_no_conclusion_from_a_blank(folder: Path) -> None:
    (path,) = (folder / "07-评价报告").glob("*.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "其中自评满分3项，待评定的指标没有比较。" in text
    assert "“决策”得分率最低" not in text
    assert "未填" not in text
    assert "保持现有管理水平" not in text
    assert "（一）管理类问题" not in text
    nothing = text.index("核查没有发现合规底线、绩效和管理方面需要单列的问题。")
    assert nothing < text.index("此外，2项指标另有2处失分没有单列为问题，共失3.00分：")


def test_reports_of_a_few_projects_without_a_problem_library_contradict_nothing(tmp_path: Path) -> None:
    evaluation = started(tmp_path, scheme(), 2)
    evaluation.returned(1, {"实际产出数": 10, "完成值_C101": Cell("0.5"), "完成值_D101": 0.8})
    evaluation.returned(2, {"完成日期_C102": 46082, "预算资金": 310, "资金到位率": Cell("0.9677")})
    told = evaluation.do("run", "--json").json["report_findings"]
    assert [one["message"] for one in told if one["severity"] != "note"] == []
