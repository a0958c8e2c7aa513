"""The roster changes after reports are out: a project is renamed, renumbered, withdrawn, put in between."""

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.trial.own_evaluation import Evaluation, roster, scheme, started
from toolkit.pipeline.deliver.renaming import ASIDE

MINE = "（人工补充）现场运行平稳。"
Roster = list[list[object]]


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Three projects with their reports; a person wrote into all of them."""
    made = started(tmp_path_factory.mktemp("改名"), scheme(), 3)
    for number in (1, 2, 3):
        made.returned(number)
    assert made.do("run").code == 0
    for path in (made.folder / "07-评价报告").glob("*.docx"):
        document = Document(path)
        document.add_paragraph(f"{MINE}{path.stem}")
        document.save(path)
    return made


def reports(made: Evaluation) -> dict[str, str]:
    """What a person wrote, by the report it stands in; "" where nothing is."""
    found = {}
    for path in sorted((made.folder / "07-评价报告").glob("*.docx")):
        mine = [one.text for one in Document(path).paragraphs if MINE in one.text]
        found[path.name] = mine[0].removeprefix(MINE) if mine else ""
    return found


def change(made: Evaluation, rows: Roster) -> None:
    path = made.folder / "项目清单.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["项目清单"]
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        sheet.append(row)
    book.save(path)


def row(number: int, unit: str, name: str) -> list[object]:
    return [number, 2024, unit, name, 300]


def test_a_paper_for_the_site_of_a_withdrawn_project_was_not_altered(tmp_path: Path) -> None:
    made = started(tmp_path / "退出", scheme(), 2)
    for number in (1, 2):
        made.returned(number)
    assert made.do("run").code == 0
    assert made.do("fieldwork").code == 0
    change(made, [row(1, "市1局", "第1号系统")])
    assert made.do("run").code == 0
    (told,) = [found for found in made.do("verify", "--json").json["findings"] if "底稿" in found["message"]]
    assert (told["severity"], told["project"]) == ("warning", "2")
    assert "已不在项目清单中" in told["message"]
    paper = next((made.folder / "13-现场核查").glob("002*.xlsx"))
    book = openpyxl.load_workbook(paper)
    for cells in book["签字"].iter_rows():
        if cells[0].value == "项目序号":
            cells[1].value = "7"
    book.save(paper)
    (told,) = [found for found in made.do("verify", "--json").json["findings"] if "底稿" in found["message"]]
    assert told["severity"] == "error"


def test_what_a_person_wrote_goes_with_its_project(reported: Evaluation) -> None:
    """One run after another, as an evaluation goes on; the same folder all the time."""
    # Renamed, and its unit with it.
    change(
        reported, [row(1, "市第一局", "更名后的系统"), row(2, "市第一局", "第2号系统"), row(3, "市2局", "第3号系统")]
    )
    said = reported.do("run", "--json")
    assert said.code == 0
    assert "REPORT-03" in said.printed
    codes = {found["code"] for found in reported.do("check", "--json").json["findings"]}
    assert "FORM-06" not in codes, "units would be told that they changed what the roster changed"
    assert reports(reported)["001_更名后的系统绩效评价报告.docx"] == "001_第1号系统绩效评价报告"
    assert "001_第1号系统绩效评价报告.docx" not in reports(reported)
    # Withdrawn: the others keep their names; its report is moved away with what was written, and nothing fails.
    change(reported, [row(1, "市第一局", "更名后的系统"), row(3, "市2局", "第3号系统")])
    said = reported.do("run", "--json")
    assert "REPORT-04" in said.printed
    names = {name for name in reports(reported) if name[0] == "0"}
    assert names == {"001_更名后的系统绩效评价报告.docx", "003_第3号系统绩效评价报告.docx"}
    assert reports(reported)["003_第3号系统绩效评价报告.docx"] == "003_第3号系统绩效评价报告"
    aside = reported.folder / "07-评价报告" / ASIDE / "002_第2号系统绩效评价报告.docx"
    assert any(MINE in one.text for one in Document(aside).paragraphs)
    assert reported.do("verify").code == 0
    # Renumbered against each other: nobody gets the other's words.
    change(reported, [row(3, "市第一局", "更名后的系统"), row(1, "市2局", "第3号系统")])
    reported.do("run")
    now = reports(reported)
    assert now["003_更名后的系统绩效评价报告.docx"] == "001_第1号系统绩效评价报告"
    assert now["001_第3号系统绩效评价报告.docx"] == "003_第3号系统绩效评价报告"


def test_overall_reports_go_with_the_title(reported: Evaluation) -> None:
    path = reported.folder / "方案.xlsx"
    book = openpyxl.load_workbook(path)
    (cell,) = [line[1] for line in book["方案"].iter_rows() if line[0].value == "评价名称"]
    cell.value = "临江市2025年度数字项目绩效评价"
    book.save(path)
    assert reported.do("run").code == 0
    assert reports(reported)["临江市2025年度数字项目绩效评价整体报告（简版）.docx"].endswith("（简版）")
    assert not list((reported.folder / "07-评价报告").glob("临江市2025年度信息化*.docx"))


def test_only_what_the_toolkit_wrote_is_moved(reported: Evaluation) -> None:
    own = reported.folder / "07-评价报告" / "009_我的说明绩效评价报告.docx"
    document = Document()
    document.add_paragraph("自己写的。")
    document.save(own)
    reported.do("run")
    assert own.is_file()
    assert Path(own.parent / ASIDE / own.name).exists() is False


def test_numbers_in_names_are_those_of_the_roster(tmp_path: Path) -> None:
    sheets = roster(2)
    heading, first, second = sheets["项目清单"]
    made = started(tmp_path, scheme(), roster_sheets={"项目清单": (heading, (7, *first[1:]), (12, *second[1:]))})
    made.returned(7)
    made.do("run")
    assert "007_第1号系统绩效评价报告.docx" in reports(made)
    assert "012_第2号系统绩效评价报告.docx" in reports(made)
