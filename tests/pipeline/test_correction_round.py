"""A whole round of correction through the command line: sent back, filled in, read, checked, counted."""

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.pipeline.conftest import call
from tests.trial.own_evaluation import place
from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.cell_xml import CellChange
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.ledger.kinds import Action
from toolkit.model.identity import CORRECTION_SHEET
from toolkit.pipeline.examine.correcting import rounds
from toolkit.pipeline.examine.decision import Decision
from toolkit.pipeline.examine.resolving import resolve
from toolkit.pipeline.examine.results import examine
from toolkit.pipeline.examine.round_lines import ASKED, CLOSED, UNASKED, WAITING, round_lines

PHRASE, TIER = "READ-24", "TEXT-04"  # 预算执行率: “部分达成并具有一定效果”, and 1.5 of 3
HOSTILE = "=cmd|' /C calc'!A0 {{7*7}}"


@pytest.fixture
def sent_back(sample_made: Callable[[str], Path], tmp_path: Path) -> tuple[Path, Path]:
    """A workspace of 江苏 2022 with its one project sent back, and the correction workbook."""
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    (row,) = call("correct", "--warnings", "-w", folder)["projects"]
    assert (row["round"], row["findings"]) == (1, 2)
    return folder, next(folder.rglob(row["file"]))


def _fill(workbook: Path, into: Path, answers: Mapping[str, CellChange], **explained: str) -> Path:
    """What the unit sends: values under their names, 单位说明 under the code of its line (``_`` for ``-``)."""
    data = workbook.read_bytes()
    book = read_workbook(data)
    sheet = book.sheet(CORRECTION_SHEET)
    assert sheet is not None
    marks = {row: str(cell.value) for (row, column), cell in sheet.cells.items() if column == 9}
    lines = {mark.partition(" ")[0]: row for row, mark in marks.items()}
    changes: dict[tuple[str, str], CellChange] = {
        (book.names[name].sheet, book.names[name].ref): value for name, value in answers.items()
    }
    changes |= {(CORRECTION_SHEET, f"H{lines[code.replace('_', '-')]}"): words for code, words in explained.items()}
    into.mkdir()
    sent = into / "改好了.xlsx"
    sent.write_bytes(patch_cells(data, changes))
    return sent


def _found(folder: Path, code: int) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in call("check", "-w", folder, code=code)["findings"] if one["project"]}


def _lines(folder: Path) -> set[tuple[str, ...]]:
    """What the window lists of a round: kind, code, answers before and after."""
    evaluation = pipeline.load(folder)
    lines = round_lines(evaluation, examine(evaluation, datetime.now().astimezone().date()))
    return {(line.kind, line.code, line.before, line.after) for line in lines}


def test_asking_more_of_the_same_return_is_a_round_of_its_own(
    sample_made: Callable[[str], Path], tmp_path: Path
) -> None:
    """Two different papers never have the same number; the same paper made again keeps it."""
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    orders = ((), ("--warnings", "--again"), ("--warnings",), ())
    asked = [call("correct", *more, "-w", folder)["projects"][0] for more in orders]
    assert [(one["round"], one["findings"]) for one in asked] == [(1, 1), (2, 2), (2, 2), (2, 2)]


def test_a_second_paper_about_one_return_is_sent_only_where_it_is_asked_for(
    sample_made: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    call("correct", "-w", folder)
    said = call("correct", "--warnings", "-w", folder)
    assert (said["projects"], said["waiting"]) == ([], ["1"])
    assert not list(folder.rglob("*第2轮*"))


def test_what_goes_back_can_be_seen_before_and_chosen(sample_made: Callable[[str], Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    before = sorted(folder.rglob("*"))
    with pipeline.load(folder).workspace.ledger() as ledger:
        events = len(ledger.events())
    seen = call("correct", "--dry-run", "--only", "1", "-w", folder)
    assert ([one["project"] for one in seen["projects"]], seen["packages"]) == (["1"], [])
    assert [one for one in sorted(folder.rglob("*")) if "整改" in one.name] == [
        one for one in before if "整改" in one.name
    ]
    with pipeline.load(folder).workspace.ledger() as ledger:
        assert len(ledger.events()) == events
    assert "没有项目序号9、8" in call("correct", "--only", "9、8", "-w", folder, code=3)["error"]


def test_filled_in_and_returned_it_closes_its_findings_in_one_round(
    sent_back: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, workbook = sent_back
    assert _found(folder, 1).keys() >= {PHRASE, TIER}
    assert _lines(folder) == {(WAITING, PHRASE, "", ""), (WAITING, TIER, "", "")}
    sent = _fill(workbook, tmp_path / "改", {"完成值_B101": Decimal("0.5"), "项目概况": "另写一段"})
    (file,) = call("collect", sent, "-w", folder)["files"]
    assert (file["state"], file["project"]) == ("accepted", "1")
    found = _found(folder, 0)
    assert not found.keys() & {PHRASE, TIER}
    assert "项目概况" in found["ROUND-01"]["message"]
    (unit,) = call("rounds", "-w", folder)["units"]
    assert (unit["rounds"], unit["asked"], unit["closed"], unit["open"], unit["waiting"]) == (1, 2, 2, 0, 0)
    (change,) = unit["changes"]
    assert (change["closed"], change["open"]) == (
        [f"{PHRASE} 预算执行率：实际完成值", f"{TIER} 预算执行率：自评分"],
        [],
    )
    assert (change["changed"], change["outside"]) == (["预算执行率：实际完成值"], ["项目概况"])
    assert _lines(folder) >= {
        (CLOSED, PHRASE, "", ""),
        (CLOSED, TIER, "", ""),
        (ASKED, "", "部分达成并具有一定效果", "50.00%"),
    }
    assert [kind for kind, *_ in _lines(folder)].count(UNASKED) == 1
    board = call("status", "-w", folder)
    assert (board["projects"][0]["round"], board["corrections"]) == (1, [unit])
    call("run", "-w", folder)
    assert call("verify", "-w", folder)["ok"] is True


def test_what_nobody_asked_to_change_stays_told_in_the_next_round_until_it_is_settled(
    sent_back: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, workbook = sent_back
    call("collect", _fill(workbook, tmp_path / "一", {"项目概况": "另写一段"}), "-w", folder)
    told = "第1轮整改时，未要求更正的内容也有改动：项目概况"
    assert _found(folder, 1)["ROUND-01"]["message"] == told
    (row,) = call("correct", "-w", folder)["projects"]
    assert row["round"] == 2
    assert _found(folder, 1)["ROUND-01"]["message"] == told, "sent again, nobody has looked at it yet"

    again = next(folder.rglob(row["file"]))
    call("collect", _fill(again, tmp_path / "二", {"完成值_B101": Decimal("0.5")}), "-w", folder)
    assert _found(folder, 0)["ROUND-01"]["message"] == told
    waiver = ("--waive", "--by", "张三", "--reason", "单位已书面说明")
    call("resolve", "1", "ROUND-01", *waiver, "-w", folder)
    found = _found(folder, 0)["ROUND-01"]
    assert (found["severity"], "已豁免：张三" in found["message"]) == ("note", True)


def test_an_answer_changed_back_is_no_longer_told(sent_back: tuple[Path, Path], tmp_path: Path) -> None:
    folder, workbook = sent_back
    call("collect", _fill(workbook, tmp_path / "一", {"项目概况": "另写一段"}), "-w", folder)
    (row,) = call("correct", "-w", folder)["projects"]
    sheet, cell = place(workbook.read_bytes(), "项目概况")
    text = str(openpyxl.load_workbook(workbook)[sheet][cell].value)
    changes = {"项目概况": text, "完成值_B101": Decimal("0.5")}
    call("collect", _fill(next(folder.rglob(row["file"])), tmp_path / "二", changes), "-w", folder)
    told = _found(folder, 0).get("ROUND-01", {"message": ""})["message"]
    assert "第1轮" not in told
    assert "第2轮整改时，未要求更正的内容也有改动：项目概况" in told


def test_what_the_unit_explains_is_kept_and_shown(sent_back: tuple[Path, Path], tmp_path: Path) -> None:
    folder, workbook = sent_back
    sent = _fill(workbook, tmp_path / "说明", {}, READ_24=HOSTILE, TEXT_04="按公开表原文填报")
    call("collect", sent, "-w", folder)
    found = _found(folder, 1)
    assert {code: found[code]["explanation"] for code in (PHRASE, TIER)} == {PHRASE: HOSTILE, TIER: "按公开表原文填报"}
    listed = read_workbook(next(folder.rglob("问题清单.xlsx")).read_bytes()).sheet("问题清单")
    assert listed is not None
    assert [cell.formula for cell in listed.cells.values() if cell.value == HOSTILE] == [None]
    (row,) = call("correct", "--warnings", "-w", folder)["projects"]
    again = read_workbook(next(folder.rglob(row["file"])).read_bytes()).sheet(CORRECTION_SHEET)
    assert again is not None
    assert row["round"] == 2
    assert [cell.formula for cell in again.cells.values() if cell.value == HOSTILE] == [None]
    with pipeline.load(folder).workspace.ledger() as ledger:
        kept = [event.printed().get("单位说明") for event in ledger.events()]
    assert [PHRASE, "完成值_B101", HOSTILE] in next(one for one in kept if one)


def test_a_waiver_lapses_wherever_findings_are_read(sent_back: tuple[Path, Path]) -> None:
    folder, _ = sent_back
    today = datetime.now().astimezone()
    later = today + timedelta(days=10)
    waiver = Decision("1", PHRASE, Action.WAIVE, "张三", "公开表没有数", until=(today + timedelta(days=5)).date())
    resolve(pipeline.load(folder), waiver, today)
    pipeline.run(pipeline.load(folder), today)
    assert pipeline.check(pipeline.load(folder), today).errors == 0
    assert pipeline.check(pipeline.load(folder), later).errors == 1
    assert [(one.closed, one.open) for at in (today, later) for one in rounds(pipeline.load(folder), at)] == [
        (1, 1),
        (0, 2),
    ]
    assert [pipeline.status(pipeline.load(folder), at).rows[0].errors for at in (today, later)] == [0, 1]
    assert pipeline.verify(pipeline.load(folder), today).findings == ()
    assert pipeline.verify(pipeline.load(folder), later).findings != (), "the master still calls it settled"
    with pytest.raises(WorkspaceError, match="有效期"):
        resolve(pipeline.load(folder), waiver, later)
