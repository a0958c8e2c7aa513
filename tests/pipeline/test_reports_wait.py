"""Whether the reports are those of the master is told: a run that was stopped among them looked finished."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.pipeline.conftest import call
from toolkit.pipeline.deliver.waiting import reports_wait
from toolkit.pipeline.plan.workspace import Workspace


@pytest.fixture
def space(sample_made: Callable[[str], Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path / "评价"))


def change_a_judgement(space: Path, value: str) -> None:
    book = load_workbook(space / "评审意见.xlsx")
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value}
    sheet.cell(4, headings["核定值"]).value = value
    book.save(space / "评审意见.xlsx")


def waits(space: Path) -> bool:
    return reports_wait(Workspace.open(space))


def test_reports_wait_from_a_new_master_until_they_are_finished(space: Path) -> None:
    assert not waits(space)
    change_a_judgement(space, "1.5")
    call("aggregate", "-w", space)
    assert waits(space)
    call("report", "-w", space)
    assert not waits(space)


def test_a_master_that_is_again_what_it_was_waits_for_nothing(space: Path) -> None:
    before = load_workbook(space / "评审意见.xlsx").worksheets[0]
    headings = {cell.value: cell.column for row in before.iter_rows(max_row=3) for cell in row if cell.value}
    first = before.cell(4, headings["核定值"]).value
    change_a_judgement(space, "1.5")
    call("aggregate", "-w", space)
    change_a_judgement(space, str(first))
    call("run", "-w", space)
    assert not waits(space)
