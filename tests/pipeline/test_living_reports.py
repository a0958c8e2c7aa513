"""What a person typed into reports and lists is there after the next run, with the new figures."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.pipeline.conftest import call
from toolkit.aggregate.own_rows import OwnPlaces
from toolkit.pipeline.deliver.edit_list import NAME as EDIT_LIST
from toolkit.pipeline.plan.outputs import Outputs, is_dated_copy
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.word.figures import read_figures

SENTENCE = "经现场核查，平台运行平稳。"
SAMPLE = "nanchang-2022"
NOW = datetime(2024, 12, 20, 9).astimezone()


@pytest.fixture
def space(sample_made: Callable[[str], Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_made(SAMPLE), tmp_path / "评价"))


def reports(space: Path) -> list[Path]:
    return sorted(path for path in (space / "07-评价报告").glob("*.docx") if not is_dated_copy(path))


def brief(space: Path) -> Path:
    """The one report of a single project."""
    return reports(space)[0]


def type_into(path: Path, near: str, text: str = SENTENCE) -> None:
    document = Document(path)
    next(paragraph for paragraph in document.paragraphs if near in paragraph.text).add_run(text)
    document.save(path)


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(path).paragraphs)


def change_a_judgement(space: Path) -> None:
    """The first judgement takes half a mark more, and with it the score falls."""
    book = load_workbook(space / "评审意见.xlsx")
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value}
    sheet.cell(4, headings["核定值"]).value = "1.5"
    book.save(space / "评审意见.xlsx")


def test_a_report_edited_by_hand_is_merged_and_verifies(space: Path) -> None:
    report = brief(space)
    type_into(report, "总分" if "总分" in text_of(report) else "得分")
    before = {figure.at: figure.text for figure in read_figures(report.read_bytes())}
    change_a_judgement(space)
    said = call("run", "-w", space)
    (edited,) = said["edited"]
    assert (Path(edited["file"]).name, edited["state"], edited["copy"]) == (report.name, "merged", "")
    assert SENTENCE in text_of(report)
    changed = {change["at"]: (change["before"], change["after"]) for change in edited["figures"]}
    now = {figure.at: figure.text for figure in read_figures(report.read_bytes())}
    assert changed
    assert all((before[at], now[at]) == pair for at, pair in changed.items() if at in before)
    verdict = call("verify", "-w", space)
    assert verdict["ok"]
    assert {finding["severity"] for finding in verdict["findings"]} <= {"note"}
    listed = load_workbook(space / "07-评价报告" / EDIT_LIST)
    assert listed.sheetnames == ["报告", "数字变化", "请核对"]
    assert listed["数字变化"].max_row > 3


@contextmanager
def as_earlier_versions_did() -> Iterator[None]:
    """Reports name facts and findings by their rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OwnPlaces, "_address", lambda own, _name, row, _place, heading: own._region.address(heading, row))
        yield


def addresses(report: Path) -> set[str]:
    return {figure.at for figure in read_figures(report.read_bytes()) if figure.at.startswith(("问题明细", "问题清单"))}


def test_a_report_of_an_earlier_version_is_merged_verified_and_proof_read(
    sample_made: Callable[[str], Path], tmp_path: Path
) -> None:
    space = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    report = brief(space)
    with as_earlier_versions_did():
        call("run", "-w", space)
    older = addresses(report)
    assert older
    assert all("!" in at and "第" not in at for at in older), "named by row"
    assert call("verify", "-w", space)["ok"]
    proofs = call("proof", report, "-w", space)
    assert not [found for found in proofs["findings"] if found["verdict"] == "矛盾"], proofs["findings"]
    type_into(report, "得分")
    texts = [figure.text for figure in read_figures(report.read_bytes())]
    (edited,) = call("run", "-w", space)["edited"]
    assert (edited["state"], edited["copy"]) == ("merged", "")
    assert SENTENCE in text_of(report)
    now = addresses(report)
    assert len(now) == len(older)
    assert all("第" in at.partition("!")[0] for at in now), "every figure follows to its new name"
    assert [figure.text for figure in read_figures(report.read_bytes())] == texts
    verdict = call("verify", "-w", space)
    assert {finding["severity"] for finding in verdict["findings"]} <= {"note"}


def test_nothing_new_leaves_the_edited_report_as_it_is(space: Path) -> None:
    report = brief(space)
    type_into(report, "得分")
    held = report.read_bytes()
    said = call("report", "-w", space)
    assert [entry["state"] for entry in said["edited"]] == ["untouched"]
    assert report.read_bytes() == held


def test_what_cannot_be_merged_is_kept_under_the_days_date(space: Path) -> None:
    report = brief(space)
    report.write_bytes(b"no Word file at all")
    (edited,) = call("report", "-w", space)["edited"]
    assert edited["state"] == "set_aside"
    copy = Path(edited["copy"])
    assert copy.name.startswith(f"{report.stem}（人工修改 ")
    assert copy.read_bytes() == b"no Word file at all"
    assert "得分" in text_of(report)
    assert call("verify", "-w", space)["ok"], "a copy that was put aside is no report"


def test_a_report_whose_generation_is_unknown_is_kept_too(space: Path) -> None:
    report = brief(space)
    type_into(report, "得分")
    shutil.rmtree(space / ".jixiao" / "已生成")
    change_a_judgement(space)
    (edited,) = call("report", "-w", space)["edited"]
    assert SENTENCE in text_of(Path(edited["copy"]))
    assert edited["why"]


def test_lists_a_person_wrote_into_are_kept_before_they_are_made_again(space: Path) -> None:
    path = space / "05-核查结果" / "问题清单.xlsx"
    book = load_workbook(path)
    book.worksheets[0]["A1"] = "我加的标题"
    book.save(path)
    said = call("check", "-w", space, code=None)
    (aside,) = said["set_aside"]
    assert load_workbook(aside["copy"]).worksheets[0]["A1"].value == "我加的标题"
    assert load_workbook(path).worksheets[0]["A1"].value != "我加的标题"


def test_sheets_and_columns_added_to_the_master_stay_with_the_new_figures(space: Path) -> None:
    path = space / "06-汇总总表" / "汇总总表.xlsx"
    book = load_workbook(path)
    sheet, own = book["汇总"], book.create_sheet("我的分析")
    column = sheet.max_column + 1
    sheet.cell(3, column).value, sheet.cell(4, column).value = "我的备注", "重点项目"
    own["A1"] = "=汇总!D4"
    book.save(path)
    typed = path.read_bytes()
    change_a_judgement(space)
    said = call("report", "-w", space)
    (master,) = [edited for edited in said["edited"] if edited["file"].endswith("汇总总表.xlsx")]
    assert (master["state"], Path(master["copy"]).read_bytes()) == ("merged", typed)
    assert "我的分析" in master["why"]
    assert "汇总：我的备注" in master["why"]
    kept = load_workbook(path)
    assert kept["我的分析"]["A1"].value == "=汇总!D4"
    assert (kept["汇总"].cell(3, column).value, kept["汇总"].cell(4, column).value) == ("我的备注", "重点项目")
    assert call("verify", "-w", space)["ok"]
    held = path.read_bytes()
    again = call("aggregate", "-w", space)
    assert (again["changed"], path.read_bytes() == held) == (0, True)
    assert [edited["copy"] for edited in again["edited"]] == [""], "nobody touched it since, so no further copy"


def test_a_letter_a_person_changed_is_kept_before_it_is_written_again(space: Path) -> None:
    call("send", "-w", space)
    letter = next((space / "02-下发包").glob("*/*.docx"))
    document = Document(letter)
    document.add_paragraph(SENTENCE)
    document.save(letter)
    (aside,) = call("send", "-w", space)["set_aside"]
    assert SENTENCE in text_of(Path(aside["copy"]))
    assert SENTENCE not in text_of(letter)


def test_several_letters_that_people_changed_are_told_in_the_order_of_their_names(space: Path) -> None:
    """Packages are written by several threads; what is told of them does not depend on which came first."""
    call("send", "-w", space)
    letters = sorted((space / "02-下发包").glob("*/*.docx"))[:6]
    for letter in letters:
        document = Document(letter)
        document.add_paragraph(SENTENCE)
        document.save(letter)
    told = call("send", "-w", space)["set_aside"]
    assert [aside["file"] for aside in told] == [str(letter) for letter in letters]
    assert all(SENTENCE in text_of(Path(aside["copy"])) for aside in told)


def test_what_a_killed_run_wrote_is_not_taken_for_a_persons(space: Path) -> None:
    """The record is written at the end of a run; before that, only the list of what is under way tells."""
    workspace, path = Workspace.open(space), space / "05-核查" / "一.txt"
    path.parent.mkdir(exist_ok=True)
    with Outputs(workspace, NOW) as outputs:
        outputs.put(path, b"1")
    killed = Outputs(workspace, NOW).__enter__()
    killed.put(path, b"2")
    with Outputs(workspace, NOW):
        pass  # another step of the run that follows
    with Outputs(workspace, NOW) as outputs:
        outputs.put(path, b"3")
    assert not outputs.set_aside
    path.write_bytes("人写的".encode())
    with Outputs(workspace, NOW) as outputs:
        outputs.put(path, b"4")
    (aside,) = outputs.set_aside
    assert aside.copy.read_bytes() == "人写的".encode()
