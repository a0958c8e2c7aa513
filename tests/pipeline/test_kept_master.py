"""A master workbook that was written from the very same state is not written again; after any change it is."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.pipeline.conftest import call
from toolkit import pipeline, resources
from toolkit.aggregate import master as master_module
from toolkit.excel.files import sha256_of
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import CellRef, Finding, Severity
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan import state
from toolkit.pipeline.plan.workspace import CACHE_FILE

NOW = datetime(2024, 12, 25, 9, tzinfo=UTC)


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The workbooks that were written, not taken from the disk."""
    made: list[bytes] = []
    write = master_module.write_book

    def noted(*asked: object) -> bytes:
        made.append(write(*asked))
        return made[-1]

    monkeypatch.setattr(master_module, "write_book", noted)
    return made


@pytest.fixture
def folder(demo_copy: Path, writes: list[bytes]) -> Path:
    """A workspace whose master was written a moment ago."""
    aggregated(demo_copy)
    writes.clear()
    return demo_copy


def aggregated(folder: Path, now: datetime = NOW) -> bytes:
    evaluation = pipeline.load(folder)
    pipeline.aggregate(evaluation, now)
    return evaluation.workspace.master.read_bytes()


def change(path: Path, sheet: str, cell: str, text: str) -> None:
    path.write_bytes(patch_cells(path.read_bytes(), {(sheet, cell): text}))


def test_it_is_written_once_for_all_commands_and_reports_are_the_same(demo_copy, writes, tmp_path):
    other = Path(shutil.copytree(demo_copy, tmp_path / "另一份"))
    pipeline.report(pipeline.load(other), NOW)
    writes.clear()
    first = aggregated(demo_copy)
    assert (aggregated(demo_copy), len(writes)) == (first, 1)
    pipeline.report(pipeline.load(demo_copy), NOW)
    assert len(writes) == 1
    reports = [
        {path.name: sha256_of(path.read_bytes()) for path in each.glob("07-评价报告/*.docx")}
        for each in (demo_copy, other)
    ]
    assert reports[0] == reports[1] != {}


def test_rows_the_toolkit_adds_for_evaluators_change_nothing(demo_copy, writes):
    path = demo_copy / "评审意见.xlsx"
    book = openpyxl.load_workbook(path)
    del book["失分情况"]
    book.save(path)
    without = path.read_bytes()
    aggregated(demo_copy)
    assert path.read_bytes() != without, "all losses were listed"
    aggregated(demo_copy)
    assert len(writes) == 1


def another_return(folder: Path) -> None:
    evaluation = pipeline.load(folder)
    (sha256, *_) = sorted(receipt.sha256 for receipt in returns(evaluation).receipts.values())
    slot = evaluation.template.layout.slots["累计支付金额"]
    data = (evaluation.workspace.originals / sha256).read_bytes()
    (folder / "改后.xlsx").write_bytes(patch_cells(data, {(slot.sheet, slot.cell): 1}))
    call("collect", folder / "改后.xlsx", "-w", folder)


def renamed_project(folder: Path) -> None:
    at = pipeline.load(folder).roster.projects[0].origin
    change(folder / "项目清单.xlsx", at.sheet, at.cell.replace(at.cell[0], "D"), "改过的名称")


def lost_original(folder: Path) -> None:
    """What is kept is gone with it: else the reading would still be there."""
    evaluation = pipeline.load(folder)
    sha256 = min(receipt.sha256 for receipt in returns(evaluation).receipts.values())
    (evaluation.workspace.originals / sha256).unlink()


CHANGES: dict[str, Callable[[Path], None]] = {
    "方案": lambda folder: change(folder / "方案.xlsx", "方案", "B4", "另一个名称"),
    "项目清单": renamed_project,
    "a reason": lambda folder: change(folder / "评审意见.xlsx", "评审意见", "J4", "另一个理由"),
    "a mark": lambda folder: change(folder / "评审意见.xlsx", "评审意见", "I4", "0"),
    "a cause of a loss": lambda folder: change(folder / "评审意见.xlsx", "失分情况", "J4", "另一个原因"),
    "a fact of a loss": lambda folder: change(folder / "评审意见.xlsx", "失分情况", "I4", "另一个事实"),
    "a return": another_return,
    "an original is gone": lost_original,
    "another file": lambda folder: (folder / "上年数据.xlsx").write_bytes((folder / "评审意见.xlsx").read_bytes()),
    "what is kept is gone": lambda folder: (folder / CACHE_FILE).unlink(),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_it_is_written_anew_after_a_change_of_anything_it_rests_on(folder, writes, changed):
    changed(folder)
    data = aggregated(folder)
    assert writes == [data]


def test_it_is_written_anew_on_another_day_and_by_another_program(folder, writes, monkeypatch):
    aggregated(folder, NOW + timedelta(days=1))
    assert len(writes) == 1, "waivers lapse"
    monkeypatch.setattr(state, "program_state", lambda: "另一版本")
    aggregated(folder)
    assert len(writes) == 2


def test_it_is_written_anew_when_the_table_of_regulations_or_what_is_said_of_the_plan_changes(
    folder, writes, monkeypatch, tmp_path
):
    laws = tmp_path / "政策库.csv"
    laws.write_bytes(resources.law_table_path().read_bytes() + b"\n")
    monkeypatch.setattr(state, "law_table_path", lambda: laws)
    aggregated(folder)
    assert len(writes) == 1
    evaluation = pipeline.load(folder)
    more = Finding("SCHEME-00", Severity.NOTE, CellRef("方案.xlsx"), "另一句话")
    pipeline.aggregate(replace(evaluation, findings=(*evaluation.findings, more)), NOW)
    assert len(writes) == 2


@pytest.mark.parametrize("done", ["altered", "removed"])
def test_a_file_that_is_not_what_was_written_is_made_anew(folder, writes, done):
    path = pipeline.load(folder).workspace.master
    first = path.read_bytes()
    if done == "removed":
        path.unlink()
    else:
        change(path, "数据来源", "A1", "改过的标题")
    assert (aggregated(folder), len(writes)) == (first, 1)
    assert len(list(path.parent.glob("*.xlsx"))) == (2 if done == "altered" else 1), "a person's version is kept"


def test_a_change_while_results_are_made_keeps_nothing_and_takes_nothing(folder, writes, monkeypatch):
    """It may be in the results or not: the master is written, and known by neither state."""
    known = state.workspace_state
    told = iter(["before", "after", "after", "before", "before", "after"])
    monkeypatch.setattr(state, "workspace_state", lambda *_asked, **_more: next(told, None) or known(*_asked, **_more))
    aggregated(folder)
    aggregated(folder)
    assert len(writes) == 2
