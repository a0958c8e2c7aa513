"""Several programs at once on one evaluation: each has its turn, who waits is told for whom, and nothing is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands import call
from tests.operations.test_engine import engine
from tests.pipeline.hostile_evaluation import plan
from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Noted
from toolkit.pipeline.plan import turns
from toolkit.pipeline.plan.turns import TURN_FILE, turn
from toolkit.pipeline.plan.workspace import Workspace

NOW = datetime(2024, 10, 20, 9, tzinfo=UTC)
HOLDER = """
import sys, time
from datetime import datetime
from pathlib import Path
from toolkit.pipeline.plan.turns import turn
with turn(Path(sys.argv[1]), "评分", datetime(2024, 10, 20, 9), print):
    print("begun", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in plan(2).items():
        (tmp_path / name).write_bytes(data)
    pipeline.initialise(tmp_path / "江海", (tmp_path / "项目清单.xlsx", tmp_path / "方案.xlsx"), NOW)
    return tmp_path / "江海"


@contextmanager
def somebody_at_work(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another program that has the turn until it is killed."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, folder], stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "begun\n"
            yield holder
        finally:
            holder.kill()


def begun(folder: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "toolkit", *words, "-w", str(folder), "--json"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.Popen(command, stdout=-1, stderr=-1, text=True, encoding="utf-8", env=environment)


def test_who_waits_is_told_for_whom_and_goes_on_when_that_program_is_killed(folder: Path) -> None:
    with somebody_at_work(folder) as holder:
        second = begun(folder, "generate")
        assert second.stderr is not None
        said = second.stderr.readline()
        assert f"，进程 {holder.pid}）自09:00起正在“评分”；完成后接着进行" in said
        assert said.startswith("正在等待：")
        assert not list((folder / "01-采集表").iterdir())
        holder.kill()
        printed, _ = second.communicate(timeout=120)
    assert second.returncode == 0
    assert len(json.loads(printed)["files"]) == 2
    assert not (folder / TURN_FILE).exists(), "it leaves nothing behind"


def test_a_window_that_waits_shows_for_whom_and_what_only_looks_does_not_wait(folder: Path) -> None:
    with somebody_at_work(folder) as holder, engine() as window:
        assert window.ask("view board", folder)["ok"]
        assert window.progress == []
        window.send({"id": 8, "operation": "generate", "workspace": str(folder), "parameters": {}})
        assert "正在“评分”" in window._line()["stage"]
        holder.kill()
        while (message := window._line())["event"] == "progress":
            pass
        assert message["ok"]


def test_who_has_waited_too_long_does_nothing_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    with somebody_at_work(folder):
        said = call("generate", "-w", folder, code=3)
    assert "正在“评分”" in said["error"]
    assert "这一次什么也没有做" in said["error"]
    assert call("generate", "-w", folder)["files"]


def test_decisions_of_several_people_at_the_same_time_are_all_on_record(folder: Path) -> None:
    people = ("甲", "乙", "丙", "丁")
    notes = [
        begun(folder, "people", "notes", "--by", name, "--text", f"{name}问", "--project", "1", "--indicator", "A101")
        for name in people
    ]
    assert [(note.communicate()[1], note.returncode)[1] for note in notes] == [0] * len(people)
    with Workspace.open(folder).ledger() as ledger:
        asked = ledger.events(EventKind.NOTED)
        assert not ledger.verify()
        events = ledger.own_events()
    assert {event.says(Noted).by for event in asked} == set(people)
    log = Workspace.open(folder).own_log.read_text(encoding="utf-8").splitlines()
    assert len(log) == len(events), "each event once in the log"
    assert call("ledger", "verify", "-w", folder)["ok"]


@pytest.mark.parametrize(
    "note", [b"", b"{}", b'{"who": 1}', b"\xff\xfe", b'{"who":"a","host":"b","doing":"c","pid":"x"}']
)
def test_whatever_stands_in_the_file_the_next_one_has_its_turn(folder: Path, note: bytes) -> None:
    (folder / TURN_FILE).write_bytes(note)
    told: list[str] = []
    with turn(folder, "评分", NOW, told.append):
        assert json.loads((folder / TURN_FILE).read_text(encoding="utf-8"))["doing"] == "评分"
    assert told == []
    assert turns._holder(folder / TURN_FILE) == "另一个程序正在改动这个评价"


def test_where_there_can_be_no_lock_nobody_waits(tmp_path: Path) -> None:
    with turn(tmp_path / "没有这个文件夹", "评分", NOW, pytest.fail):
        pass
    with pytest.raises(WorkspaceError, match="不是评价工作区"), turn(tmp_path, "评分", NOW, pytest.fail):
        pipeline.load(tmp_path)
