"""What a long-running program remembers of a workspace is forgotten when anything that results depend on changes."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.operations.memory import Memory

NOW = datetime(2026, 1, 5).astimezone()
TODAY = NOW.date()


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("remembered") / "南昌"
    pipeline.initialise(folder, "nanchang-2022", NOW)
    pipeline.collect(pipeline.load(folder), (), NOW)
    Memory().results(folder, TODAY)
    return folder


@pytest.fixture
def workspace(read_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(read_once, tmp_path / "南昌"))


def test_nothing_is_worked_out_twice_while_nothing_changes(workspace: Path) -> None:
    memory = Memory()
    first = memory.results(workspace, TODAY)
    (workspace / "~$方案.xlsx").write_bytes(b"open in another program")
    assert memory.results(workspace, TODAY)[1] is first[1]
    assert memory.known(workspace, date(2026, 1, 6)) is None  # waivers lapse by day


WORKBOOKS = ("方案.xlsx", "项目清单.xlsx", "评审意见.xlsx", "上年数据.xlsx", "预填.xlsx", "报告素材.xlsx")


@pytest.mark.parametrize("name", [*WORKBOOKS, "模板/采集表模板.xlsx"])
def test_a_workbook_that_was_written_counts(workspace: Path, name: str) -> None:
    memory = Memory()
    memory.results(workspace, TODAY)
    path = workspace / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.exists() else b"") + b"more")
    assert memory.known(workspace, TODAY) is None


def test_what_another_command_notes_in_the_ledger_counts(workspace: Path) -> None:
    memory = Memory()
    memory.results(workspace, TODAY)
    pipeline.check(pipeline.load(workspace), NOW)
    assert memory.known(workspace, TODAY) is None


def test_a_file_saved_while_it_was_read_is_read_again(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was worked out may be of before or after: the state is that of before."""
    memory = Memory()
    real = pipeline.load

    def load_and_save(folder: Path) -> object:
        evaluation = real(folder)
        path = folder / "项目清单.xlsx"
        path.write_bytes(path.read_bytes() + b" ")
        return evaluation

    monkeypatch.setattr(pipeline, "load", load_and_save)
    memory.results(workspace, TODAY)
    assert memory.known(workspace, TODAY) is None
