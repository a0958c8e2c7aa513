"""失分情况 is brought up to date beside the master, by a copy or without one; what people save meanwhile stays."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from toolkit import pipeline, review
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import Finding
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.examine import loss_rows
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.side_by_side import no_answer

TODAY = date(2024, 12, 25)
SHEET = "失分情况"


def cell_of(data: bytes, heading: str) -> str:
    """The address of a column's cell in the first row below the headings."""
    cells = read_workbook(data).sheet(SHEET).cells
    row, column = next(place for place, cell in cells.items() if cell.value == heading)
    return f"{chr(64 + column)}{row + 1}"


def begun(evaluation: Evaluation) -> Callable[[], list[Finding]]:
    plan = plan_master(evaluation, results(evaluation, TODAY))
    return loss_rows.begin_losses(evaluation, plan.assessment, plan.sheets)


def change(path: Path, heading: str, text: str) -> None:
    data = path.read_bytes()
    path.write_bytes(patch_cells(data, {(SHEET, cell_of(data, heading)): text}))


def first_row(path: Path) -> dict[str, str]:
    return dict(review.read_losses(path.read_bytes(), path.name)[0].texts)


def test_the_workbook_is_the_same_by_a_copy_and_without_one(demo_copy, monkeypatch):
    evaluation = pipeline.load(demo_copy)
    path = evaluation.workspace.opinions
    right = path.read_bytes()
    made = []
    for begin in (loss_rows.in_a_copy, lambda *_: no_answer):
        monkeypatch.setattr(loss_rows, "in_a_copy", begin)
        path.write_bytes(right)
        change(path, "计分", "别的写法")
        wrong = path.read_bytes()
        begun(evaluation)()
        made.append(path.read_bytes())
        assert made[-1] != wrong
    assert made[0] == made[1]


def test_what_a_person_saves_meanwhile_is_kept(demo_copy):
    evaluation = pipeline.load(demo_copy)
    path = evaluation.workspace.opinions
    change(path, "计分", "别的写法")
    finish = begun(evaluation)
    change(path, "事实", "现场核实：设备闲置")
    finish()
    assert first_row(path)["事实"] == "现场核实：设备闲置"
    assert "别的写法" not in {cell.value for cell in read_workbook(path.read_bytes()).sheet(SHEET).cells.values()}


def test_what_people_wrote_is_read_once_for_all_commands_until_the_workbook_changes(demo_copy):
    first = pipeline.load(demo_copy)
    wanted = first.written_losses
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(review, "read_losses", lambda *_: pytest.fail("read again"))
        assert pipeline.load(demo_copy).written_losses == wanted != ()
    change(first.workspace.opinions, "事实", "另一种写法")
    assert pipeline.load(demo_copy).written_losses[0].texts["事实"] == "另一种写法"
