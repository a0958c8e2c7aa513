"""``jixiao survey`` as a user runs it on the Nantong demonstration: the result enters the indicator, or nothing."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.pipeline.conftest import call
from tests.survey.exports import DEGREES, csv_text, drawn, rows_of, xlsx
from toolkit.model import CellRef
from toolkit.pipeline import load
from toolkit.pipeline.deliver.verifying_workbooks import verify_workbooks

SURVEYS = (
    ("问卷编号", "指标编号", "调查对象", "总体数", "满意度口径", "剔除", "最短用时"),
    ("W1", "D402", "窗口人员", 1200, "均值", "缺答", None),
    ("W2", "D401", "处室", 60, "满意率", "无", None),
)
QUESTIONS = (
    ("问卷编号", "题号", "题目", "题型", "选项", "分值", "满意选项", "计入满意度", "分组"),
    ("W1", "1", "您对系统总体是否满意？", "量表", "、".join(DEGREES), "100、80、60、30、0", "", "是", ""),
    ("W2", "1", "您对系统总体是否满意？", "量表", "、".join(DEGREES), "", "", "是", ""),
    ("W2", "5", "您主要从哪里办理？", "单选", "窗口、网站、手机端、其他", "", "", "", "是"),
)


def with_surveys(folder: Path, questions: tuple[tuple[str, ...], ...] = QUESTIONS) -> None:
    book = openpyxl.load_workbook(folder / "方案.xlsx")
    for name, rows in (("问卷", SURVEYS), ("问卷题目", questions)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "方案.xlsx")


def line(folder: Path, project: str, code: str) -> dict[str, str]:
    sheets = {sheet["id"]: sheet for sheet in call("score", "-w", folder)["projects"]}
    return next(line for line in sheets[project]["indicators"] if line["code"] == code)


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    path = tmp_path / "导出.xls"
    path.write_bytes(csv_text(rows_of(drawn(80, seed=2))))
    return path


def test_a_rate_and_five_counts_enter_their_indicators_with_where_they_come_from(
    demo_copy: Path, answered: Path
) -> None:
    with_surveys(demo_copy)
    rate = call("survey", "import", answered, "--survey", "W2", "--project", "2", "-w", demo_copy)
    counts = call("survey", "import", answered, "--survey", "W1", "--project", "2", "-w", demo_copy)
    sheets = drawn(80, seed=2)
    first = [sheet.degrees[0] for sheet in sheets if sheet.degrees[0] is not None]
    share = sum(place < 2 for place in first) / len(first)
    assert float(rate["entered"][0]["values"]["完成值"]) == pytest.approx(share)
    assert counts["entered"][0]["values"] == {degree: str(first.count(place)) for place, degree in enumerate(DEGREES)}
    weighted = sum(first.count(place) * (1 - place / 4) for place in range(5)) / len(first)
    assert float(line(demo_copy, "2", "D402")["score"]) == pytest.approx(round(4 * weighted / 0.9, 2), abs=0.006)
    assert float(line(demo_copy, "2", "D401")["score"]) == pytest.approx(3 * min(1, share / 0.9), abs=0.006)
    assert "导出.xls" in rate["entered"][0]["because"]
    assert (demo_copy / "04-原件" / rate["sha256"]).read_bytes() == answered.read_bytes()
    assert "121.2.3.1(" not in "".join(text_of(Path(rate["workbook"])))
    assert {found["code"] for found in rate["findings"]} <= {"SURVEY-02", "SURVEY-06"}
    assert changed_figures(demo_copy) == []
    book = openpyxl.load_workbook(rate["workbook"])
    book["满意度"]["K4"] = "99.99%"
    book.save(rate["workbook"])
    assert [(at.sheet, at.cell) for at in changed_figures(demo_copy)] == [("满意度", "K4")]


def changed_figures(folder: Path) -> list[CellRef]:
    """What verify finds of the workbooks beside the master."""
    found = list(verify_workbooks(load(folder), {}, datetime(2025, 1, 1, tzinfo=UTC)))
    assert {one.code for one in found} <= {"VERIFY-21"}
    return [one.at for one in found]


def text_of(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_an_open_question_is_remembered_and_answered_once(demo_copy: Path, tmp_path: Path) -> None:
    with_surveys(demo_copy)
    table = rows_of(drawn(30, seed=4))
    table[0][6] = "总体"
    path = tmp_path / "改过.xlsx"
    path.write_bytes(xlsx(table))
    before = line(demo_copy, "1", "D402")
    words = ("survey", "import", path, "--survey", "W1", "--project", "1", "-w", demo_copy)
    refused = call(*words, code=1)
    assert [found["cell"] for found in refused["findings"] if found["severity"] == "error"] == ["A1"]
    assert refused["entered"] == []
    assert line(demo_copy, "1", "D402") == before
    book = openpyxl.load_workbook(demo_copy / "问卷对照.xlsx")
    row = next(row for row in book["列对照"].iter_rows(min_row=4) if row[1].value == "总体")
    row[2].value, row[3].value = "题目", "1"
    book.save(demo_copy / "问卷对照.xlsx")
    assert call(*words)["entered"]


def test_without_a_questionnaire_in_the_scheme_five_degrees_in_words_are_enough(
    demo_copy: Path, answered: Path
) -> None:
    done = call("survey", "import", answered, "--project", "3", "-w", demo_copy)
    assert done["survey"] == "D402"
    assert done["entered"][0]["project"] == "3"


def test_mistakes_in_the_sheets_are_all_located(demo_copy: Path) -> None:
    spoilt = (
        QUESTIONS[0],
        ("W9", "1", "问", "量表", "好", "x", "很好", "是", "也许"),
        ("W1", "2", "", "打分", "", "", "", "是", ""),
    )
    with_surveys(demo_copy, spoilt)
    found = call("scheme", "check", demo_copy / "方案.xlsx", code=1)["findings"]
    cells = {(one["sheet"], one["cell"]) for one in found if one["code"] in ("SCHEME-45", "SCHEME-46")}
    assert cells >= {
        ("问卷题目", "A2"), ("问卷题目", "E2"), ("问卷题目", "F2"), ("问卷题目", "G2"), ("问卷题目", "I2"),
        ("问卷题目", "C3"), ("问卷题目", "D3"), ("问卷题目", "H3"), ("问卷", "A2"), ("问卷", "A3"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 nothing", b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no"]
)
def test_a_file_that_is_no_export_is_refused_in_words(
    demo_made: tuple[Path, object], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "不是问卷.xlsx"
    path.write_bytes(content)
    said = call("survey", "import", path, "--project", "1", "-w", demo_made[0], code=3)
    assert "不是问卷.xlsx" in said["error"] or "文件" in said["error"]


def test_a_sample_size_is_computed_for_a_population(demo_made: tuple[Path, object]) -> None:
    done = call("survey", "sample-size", "--population", "1200", "-w", demo_made[0])
    assert done["surveys"][0]["needed"] == 292
