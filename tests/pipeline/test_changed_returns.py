"""What lies in the inbox from earlier runs is not new: by what is, a run knows how much of its reports will change."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.excel.sheet_patch import patch_cells
from toolkit.pipeline import collect, load, run
from toolkit.pipeline.deliver.proof_own import OwnProof

NOW = datetime(2023, 2, 6, 9, 30).astimezone()


@pytest.fixture
def folder(sample_made, tmp_path) -> Path:
    """A workspace that was run."""
    return Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path / "南昌"))


def another_return(folder: Path) -> None:
    """One of the files in the inbox once more, with another text in one cell."""
    evaluation = load(folder)
    slot = next(slot for slot in evaluation.template.layout.slots.values() if slot.key.startswith("说明_"))
    known = min((folder / "03-收件箱").glob("*.xlsx"))
    (folder / "03-收件箱" / "改后.xlsx").write_bytes(
        patch_cells(known.read_bytes(), {(slot.sheet, slot.cell): "更正后重报"})
    )


def test_only_returns_that_no_earlier_run_knew_are_new(folder):
    again = collect(load(folder), (), NOW)
    assert again.new == 0
    assert sum(file.state == "accepted" for file in again.files) > 0
    another_return(folder)
    assert collect(load(folder), (), NOW).new == 1
    assert collect(load(folder), (), NOW).new == 0


@pytest.mark.parametrize("changed", [False, True])
def test_processes_for_proof_reading_are_begun_for_what_is_new(folder, monkeypatch, changed):
    prepared = []
    monkeypatch.setattr(OwnProof, "prepare", lambda _, *, many=False: prepared.append(many))
    if changed:
        another_return(folder)
    run(load(folder), NOW)
    assert prepared[:1] == [True] * changed  # the sample has one project: where anything changes, all of it does
