"""The whole job on 39 projects, through the command line, as a user runs it."""

import os
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.conftest import call
from toolkit.excel.sheet_patch import patch_cells
from toolkit.word.figures import read_figures

SUMMARY_KEYS = {
    "report_findings",
    "projects",
    "generated",
    "returned",
    "accepted",
    "to_correct",
    "refused",
    "findings",
    "grades",
    "master",
    "reports",
    "seconds",
    "edited",
    "set_aside",
}


def contents(folder: Path) -> dict[str, bytes]:
    """Everything a run makes, but for the ledger's database."""
    made = [one for one in folder.rglob("*") if one.is_file() and "台账" not in one.name]
    return {str(one.relative_to(folder)): one.read_bytes() for one in made}


def events(folder: Path) -> Counter[str]:
    with sqlite3.connect(folder / "台账.sqlite3") as connection:
        return Counter(kind for (kind,) in connection.execute("SELECT kind FROM event"))


def test_what_the_demonstration_says(demo_made: tuple[Path, dict[str, Any]]) -> None:
    folder, said = demo_made
    assert set(said) == SUMMARY_KEYS
    assert (said["projects"], said["generated"]) == (39, 39)
    assert said["returned"] == said["accepted"] + said["to_correct"] <= 39
    assert said["refused"] >= 1
    assert set(said["findings"]) == {"error", "warning", "note"}
    assert list(said["grades"]) == ["优", "良", "中", "差"]
    assert sum(said["grades"].values()) == said["returned"]
    assert Path(said["master"]).is_file()
    assert len(said["reports"]) == 3 + 39  # 整体报告 twice, 核查报告, and one for each project
    assert all(Path(one).is_file() for one in said["reports"])
    assert len(list((folder / "01-采集表").glob("*.xlsx"))) == 39
    assert (
        len(list((folder / "02-下发包").glob("*.zip"))) == 27
    )  # the joint unit string adds one office that has no project of its own


def test_the_result_verifies(demo_made: tuple[Path, dict[str, Any]]) -> None:
    said = call("verify", "-w", demo_made[0])
    assert said["ok"] is True
    second = said["second_engine"]
    assert second["files"] >= 39 + 38 + 1, "every workbook generated and returned, and the master"
    assert second["formulas"] > 10_000
    assert second["differing"] == 0
    assert second["left_out"] <= 5, "one unit typed 1,052.93 as text: what hangs on it only our own engine calculates"


def test_run_again_changes_nothing(demo_copy: Path) -> None:
    first = call("run", "-w", demo_copy)
    before, known = contents(demo_copy), events(demo_copy)
    again = call("run", "-w", demo_copy)
    assert contents(demo_copy) == before
    assert events(demo_copy) == known
    assert {k: v for k, v in again.items() if k != "seconds"} == {k: v for k, v in first.items() if k != "seconds"}


def test_the_board_and_the_scores(demo_made: tuple[Path, dict[str, Any]]) -> None:
    folder, said = demo_made
    board = call("status", "-w", folder)["projects"]
    assert len(board) == 39
    assert all(row["dispatched"] for row in board)
    assert sum(bool(row["returned"]) for row in board) == said["returned"]
    scored = call("score", "-w", folder)["projects"]
    assert [one["id"] for one in scored] == [row["id"] for row in board]
    unscored = [one["id"] for one in scored if not one["grade"]]
    assert unscored == [row["id"] for row in board if not row["returned"]] == ["38"]
    assert all(re.fullmatch(r"\d+\.\d\d", one["total"]) for one in scored if one["id"] not in unscored)
    assert all(one["because"] for project in scored for one in project["indicators"])


def test_collect_accounts_for_every_cell(demo_made: tuple[Path, dict[str, Any]]) -> None:
    files = call("collect", "-w", demo_made[0])["files"]
    assert {one["state"] for one in files} == {"accepted", "refused"}
    for one in files:
        assert one["expected"] == one["read"] + one["blank"] + one["rejected"] + one["unplaced"]
        assert (one["state"] == "accepted") == (one["expected"] > 0)
        assert one["reason"] or one["state"] == "accepted"


def test_every_finding_says_where_and_what_to_do(demo_made: tuple[Path, dict[str, Any]]) -> None:
    keys = [
        "code",
        "severity",
        "project",
        "workbook",
        "sheet",
        "cell",
        "indicator",
        "found",
        "expected",
        "message",
        "hint",
        "explanation",
    ]
    findings = call("check", "-w", demo_made[0], code=1)["findings"]
    assert findings
    for one in findings:
        assert list(one) == keys
        assert one["message"]
        assert one["severity"] == "note" or one["hint"]
    rounding = [one for one in findings if "11738.08" in one["message"] or "11,738.08" in one["message"]]
    assert [one["severity"] for one in rounding] == ["note"]


@pytest.fixture
def whole_copy(sample_made: Callable[[str], Path], tmp_path: Path) -> Path:
    """A copy to spoil of an evaluation scored as a whole: verified in a sixth of the demonstration's time."""
    return Path(shutil.copytree(sample_made("suzhou-anhui-2023"), tmp_path / "副本"))


def test_a_changed_figure_in_a_report_is_found(whole_copy: Path) -> None:
    report = min((whole_copy / "07-评价报告").glob("*完整版*.docx"))
    figure = next(one for one in read_figures(report.read_bytes()) if re.fullmatch(r"\d\d\.\d\d", one.text))
    report.write_bytes(_with_text(report.read_bytes(), figure.bookmark, figure.text, "12.34"))
    verdict = call("verify", "-w", whole_copy, code=1)
    assert verdict["ok"] is False
    assert any(one["workbook"] == report.name and one["found"] == "12.34" for one in verdict["findings"])


def test_a_changed_score_in_the_master_is_found(whole_copy: Path) -> None:
    from toolkit.excel.read import read_workbook

    master = whole_copy / "06-汇总总表" / "汇总总表.xlsx"
    book = read_workbook(master.read_bytes())
    sheet = book.sheet("指标得分")
    assert sheet is not None
    score = next(cell for cell in sheet.cells.values() if cell.formula and cell.row > 5)
    master.write_bytes(patch_cells(master.read_bytes(), {("指标得分", score.ref): 99}))
    verdict = call("verify", "-w", whole_copy, code=1)
    assert any(one["cell"] == score.ref and one["sheet"] == "指标得分" for one in verdict["findings"])


def test_an_altered_ledger_is_found(whole_copy: Path) -> None:
    with sqlite3.connect(whole_copy / "台账.sqlite3") as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET subject = 'x' WHERE seq = 5")
    verdict = call("verify", "-w", whole_copy, code=1)
    assert any(one["workbook"] == "台账.sqlite3" for one in verdict["findings"])


def test_one_bad_file_never_stops_the_batch(demo_copy: Path) -> None:
    inbox = demo_copy / "03-收件箱"
    (inbox / "空.xlsx").write_bytes(b"")
    (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(200))
    before = call("score", "-w", demo_copy)
    files = {one["name"]: one for one in call("collect", "-w", demo_copy)["files"]}
    assert files["空.xlsx"]["state"] == files["坏.xlsx"]["state"] == "refused"
    assert call("score", "-w", demo_copy) == before


def test_originals_are_kept_byte_for_byte(demo_made: tuple[Path, dict[str, Any]]) -> None:
    folder = demo_made[0]
    received = {one.read_bytes() for one in (folder / "03-收件箱").iterdir()}
    kept = {one.read_bytes() for one in (folder / "04-原件").iterdir()}
    assert kept == received


def test_a_folder_that_is_no_workspace_is_told_so(tmp_path: Path) -> None:
    said = call("run", "-w", tmp_path, code=3)
    assert "不是评价工作区" in said["error"]
    assert "jixiao init" in said["error"]


def _with_text(docx: bytes, bookmark: str, old: str, new: str) -> bytes:
    """Change the text right after a bookmark's start, as someone typing over it in Word would."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                start = data.index(f'w:name="{bookmark}"'.encode())
                at = data.index(f">{old}<".encode(), start)
                data = data[: at + 1] + new.encode() + data[at + 1 + len(old.encode()) :]
            target.writestr(name, data)
    return out.getvalue()
