"""Numbered drafts are kept as they were handed out, and two of them compared in figures and in words."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.write import with_cells
from toolkit.operations import BadRequest, operation
from toolkit.pipeline.deliver.drafts import FOLDER, STAGES

NOW = datetime(2023, 3, 1, 9).astimezone()


def silent(_stage: str, _done: int, _total: int, /, item: str = "") -> None:
    """Listen to nothing."""


def ask(name: str, folder: Path, **given: object) -> dict:
    asked = operation(name)
    return asked.work(asked.asked(folder, given, NOW, silent)).values


@pytest.fixture(scope="module")
def two_drafts(sample_made: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """南昌 with 第1稿, then a judgement changed and a sentence typed, and 第2稿."""
    folder = Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path_factory.mktemp("drafts") / "南昌"))
    assert ask("report", folder, draft="征求意见稿")["draft"]["new"]
    assert not ask("report", folder, draft="征求意见稿")["draft"]["new"], "the same reports are one draft"
    opinions = pipeline.Workspace.open(folder).opinions
    opinions.write_bytes(with_cells(opinions.read_bytes(), "评审意见", {"I4": "1.5"}))
    report = next((folder / "07-评价报告").glob("*.docx"))
    document = Document(report)
    next(paragraph for paragraph in document.paragraphs if "得分" in paragraph.text).add_run("经现场核查属实。")
    document.save(report)
    assert ask("report", folder, draft="送审稿")["draft"]["number"] == 2
    return folder


def test_a_draft_is_a_marked_copy_and_the_reports_themselves_are_not_marked(two_drafts: Path) -> None:
    kept = sorted((two_drafts / "07-评价报告" / FOLDER).glob("第*稿_*"))
    assert [path.name for path in kept] == ["第1稿_征求意见稿_2023-03-01", "第2稿_送审稿_2023-03-01"]
    assert (kept[0] / "汇总总表.xlsx").is_file()
    for folder, mark in ((kept[0], "（征求意见稿）"), (kept[1], "（送审稿）")):
        (report,) = folder.glob("*.docx")
        assert mark in [paragraph.text for paragraph in Document(report).paragraphs]
    present = next((two_drafts / "07-评价报告").glob("*.docx"))
    assert not any("稿）" in paragraph.text for paragraph in Document(present).paragraphs)
    assert pipeline.verify(pipeline.load(two_drafts), NOW).ok


def test_two_drafts_are_compared_in_figures_and_in_words(two_drafts: Path) -> None:
    said = ask("report compare", two_drafts)
    json.dumps(said, allow_nan=False)
    assert (said["old"]["number"], said["new"]["number"], said["notes"]) == (1, 2, [])
    (report,) = said["reports"]
    assert report["state"] == "changed"
    assert "经现场核查属实。" in [change["changed"][2:-1] for change in report["words"]]
    totals = [
        figure for figure in report["figures"] if figure["meaning"].startswith("汇总·") and figure["before"] == "93.50"
    ]
    assert totals
    assert all(float(figure["after"]) < 93.5 for figure in totals)
    book = load_workbook(said["file"])
    assert book.sheetnames == ["总览", "数字变动", "文字变动"]
    assert book["数字变动"].max_row == 3 + said["figures"]
    assert book["文字变动"].max_row == 3 + said["words"]


def test_drafts_are_named_by_number_stage_or_as_the_present_one(two_drafts: Path) -> None:
    assert ask("report compare", two_drafts, old="第1稿", new="送审稿")["new"]["number"] == 2
    now = ask("report compare", two_drafts, old="2")
    assert (now["new"]["number"], now["figures"], now["words"]) == (0, 0, 0)
    with pytest.raises(WorkspaceError, match="没有“7”这一稿；已存：第1稿（征求意见稿）、第2稿（送审稿）"):
        ask("report compare", two_drafts, old="7")
    with pytest.raises(WorkspaceError, match="两次都是第1稿"):
        ask("report compare", two_drafts, old="1", new="1")


def test_a_kept_draft_that_was_altered_is_said(two_drafts: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(two_drafts, tmp_path / "副本"))
    (kept,) = (folder / "07-评价报告" / FOLDER).glob("第1稿*/*.docx")
    kept.write_bytes(b"damaged")
    said = ask("report compare", folder, old="1", new="2")
    assert kept.name in said["notes"][0]
    assert [(report["state"], report["why"] != "") for report in said["reports"]] == [("unreadable", True)]


def test_a_draft_whose_making_was_killed_is_filled_up_and_takes_no_number(
    sample_made: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path / "南昌"))
    kept = folder / "07-评价报告" / FOLDER
    half, stray = kept / "第1稿_征求意见稿_2023-02-28", ".0123456789abcdef.tmp"
    half.mkdir(parents=True)
    shutil.copy(folder / "06-汇总总表" / "汇总总表.xlsx", half)
    (half / stray).write_bytes(b"PK")
    assert ask("report", folder, draft="征求意见稿")["draft"]["number"] == 1
    assert [path.name for path in kept.iterdir()] == ["第1稿_征求意见稿_2023-03-01"]
    assert sorted(path.suffix for path in (kept / "第1稿_征求意见稿_2023-03-01").iterdir()) == [
        ".docx",
        ".tmp",
        ".xlsx",
    ]
    another = kept / "第2稿_送审稿_2023-02-28"
    another.mkdir()
    (another / "报告.docx").write_bytes(b"what no draft on record has")
    assert ask("report", folder, draft="送审稿")["draft"]["number"] == 3


def test_a_final_draft_needs_every_signature_and_a_draft_for_comments_none(two_drafts: Path) -> None:
    with pytest.raises(WorkspaceError, match="还不能出终稿"):
        ask("report", two_drafts, draft="终稿")
    with pytest.raises(BadRequest, match="只写其中一个"):
        ask("report", two_drafts, draft="送审稿", final=True)
    with pytest.raises(BadRequest, match="征求意见稿、送审稿、终稿"):
        ask("report", two_drafts, draft="初稿")


def test_nothing_kept_yet_is_said_with_what_to_do(sample_made: Callable[[str], Path]) -> None:
    with pytest.raises(WorkspaceError, match="还没有存过稿"):
        ask("report compare", sample_made("nanchang-2022"))


def test_the_command_offers_the_stages_there_are() -> None:
    """An operation is declared without loading what carries it out, so the stages are named in both places."""
    (draft,) = [parameter for parameter in operation("report").parameters if parameter.name == "draft"]
    assert draft.choices == STAGES
