"""A workspace whose ledger is on a PostgreSQL server: the same work, the same results, two laptops on one ledger."""

import json
import shutil
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest

from tests.pipeline.conftest import call
from tests.postgresql_server import PostgresqlServer
from toolkit import pipeline
from toolkit.ledger import EventKind, Ledger, Server
from toolkit.ledger.kinds import LedgerMoved
from toolkit.pipeline import Workspace
from toolkit.pipeline.plan import moving_ledger

pytestmark = pytest.mark.postgresql
PASSWORD = "geheim"
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def moved(sample_made, server: PostgresqlServer, tmp_path: Path) -> Path:
    """The sample of 江苏 2022, with its ledger carried over to a server."""
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    said = call("ledger", "move", server.database().replace("jx@", f"jx:{PASSWORD}@"), "-w", folder)
    assert said["carried"] == said["events"] > 5, "with one event that says so"
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    kept = ("台账", ".jixiao", "日志")
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(kept)}


def test_the_work_goes_on_there_and_comes_out_the_same(moved: Path) -> None:
    before, local = files_of(moved), (moved / "台账.sqlite3").read_bytes()
    call("run", "-w", moved)
    assert files_of(moved) == before
    assert call("verify", "-w", moved)["ok"]
    assert call("ledger", "verify", "-w", moved)["ok"]
    assert (moved / "台账.sqlite3").read_bytes() == local, "the old place is left as it was"
    assert call("status", "-w", moved)["projects"][0]["returned"]


def test_two_laptops_write_one_ledger(moved: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(moved, tmp_path / "另一台"))
    call("correct", "--warnings", "-w", moved)
    with Workspace.open(other).ledger() as ledger:
        asked = ledger.events(EventKind.RETURNED_FOR_CORRECTION)
    assert len(asked) == 1, "what one laptop notes, the other sees at once"
    assert call("ledger", "verify", "-w", other)["ok"]


EVENT, HEAD = "jixiao_ledger.event", "jixiao_ledger.head"
LAST = f"(SELECT max(seq) FROM {EVENT})"  # noqa: S608
SWAP = (
    f"UPDATE {EVENT} SET seq = -1 WHERE seq = 3",  # noqa: S608
    f"UPDATE {EVENT} SET seq = 3 WHERE seq = 4",  # noqa: S608
    f"UPDATE {EVENT} SET seq = 4 WHERE seq = -1",  # noqa: S608
)
ATTACKS = {
    "the last event cut": ((f"DELETE FROM {EVENT} WHERE seq = {LAST}",), "台账末尾缺少事件"),  # noqa: S608
    "the last two cut": ((f"DELETE FROM {EVENT} WHERE seq >= {LAST} - 1",), "台账末尾缺少事件"),  # noqa: S608
    "everything deleted": ((f"DELETE FROM {EVENT}", f"DELETE FROM {HEAD}"), "与留存的凭据不符"),  # noqa: S608
    "two events swapped": (SWAP, "第 3 条事件不在原来的位置"),
    "a decision altered": (
        (f"UPDATE {EVENT} SET subject = subject || 'x' WHERE seq = 2",),  # noqa: S608
        "第 2 条事件的内容被改动过",
    ),
    "details altered": ((f"UPDATE {EVENT} SET detail = '{{}}' WHERE seq = 2",), "第 2 条事件的内容被改动过"),  # noqa: S608
    "an event taken out": ((f"DELETE FROM {EVENT} WHERE seq = 3",), "第 4 条事件之前有事件被删除"),  # noqa: S608
    "a hash altered": ((f"UPDATE {EVENT} SET hash = replace(hash, '0', '1') WHERE seq = 3",), "第 3 条"),  # noqa: S608
    "the note of the end altered": ((f"UPDATE {HEAD} SET seq = seq - 1",), "台账末尾"),  # noqa: S608
    "the note of the end gone": ((f"DELETE FROM {HEAD}",), "台账末尾"),  # noqa: S608
}
"""What somebody with the server's password does, and what the verification then says."""


def test_whatever_is_done_to_it_on_the_server_is_named(moved: Path) -> None:
    """Each is done to the tables as they were, then put right again."""
    workspace = Workspace.open(moved)
    address = json.loads((moved / ".jixiao" / "台账位置.json").read_text(encoding="utf-8"))["address"]
    kept = ("event", "head")
    found = {}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"ALTER TABLE {EVENT} DISABLE TRIGGER ALL")
        for table in kept:
            connection.execute(f"CREATE TABLE kept_{table} AS TABLE jixiao_ledger.{table}")
        for attack, (statements, _) in ATTACKS.items():
            for statement in statements:
                connection.execute(statement)
            found[attack] = [problem.message for problem in pipeline.verify_ledger(workspace).problems]
            for table in kept:
                connection.execute(f"DELETE FROM jixiao_ledger.{table}")  # noqa: S608
                connection.execute(f"INSERT INTO jixiao_ledger.{table} TABLE kept_{table}")
    missed = {attack: found[attack] for attack, (_, words) in ATTACKS.items() if words not in " ".join(found[attack])}
    assert missed == {}
    assert pipeline.verify_ledger(workspace).problems == (), "as it was, nothing is wrong"


def test_it_comes_back_with_everything(moved: Path) -> None:
    call("correct", "--warnings", "-w", moved)
    with Workspace.open(moved).ledger() as ledger:
        there = ledger.own_events()
    said = call("ledger", "move", "本机", "-w", moved)
    assert said["to"].endswith("台账.sqlite3")
    with Workspace.open(moved).ledger() as ledger:
        assert ledger.own_events()[:-1] == there
    assert call("ledger", "verify", "-w", moved)["ok"]
    assert call("ledger", "move", "sqlite", "-w", moved)["carried"] == 0, "it is there already"


@pytest.mark.parametrize("stopped", ["take_over", "note_place"])
def test_a_move_stopped_anywhere_and_repeated_is_on_record_once(
    moved: Path, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    """Before the place is noted, or while what says so is carried over; until then the old place is the one in use."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    workspace = Workspace.open(moved)
    with monkeypatch.context() as patched:
        owner, calls = (moving_ledger, 1) if stopped == "note_place" else (Ledger, 2)
        original, counted = getattr(owner, stopped), count(1)
        patched.setattr(owner, stopped, lambda *given: stop() if next(counted) == calls else original(*given))
        with pytest.raises(KeyboardInterrupt):
            pipeline.move_ledger(workspace, "本机", NOW)
        assert isinstance(workspace.ledger_place, Server)
    pipeline.move_ledger(workspace, "本机", NOW)
    with workspace.ledger() as ledger:
        moves = ledger.events(EventKind.LEDGER_MOVED)
        assert [event.says(LedgerMoved).after == ledger.place for event in moves] == [False, True]
        assert not ledger.verify()
    assert workspace.ledger_place == moved / "台账.sqlite3"


def test_an_archive_holds_it_without_the_password(moved: Path, tmp_path: Path) -> None:
    file = tmp_path / "归档.zip"
    call("archive", "make", file, "-w", moved)
    with Workspace.open(moved).ledger() as ledger:
        there = ledger.anchor().seq
    said = call("archive", "verify", file)
    assert (said["ok"], said["events"]) == (True, there)
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, data in parts.items() if PASSWORD.encode() in data]


def test_a_new_evaluation_begins_on_the_server(server: PostgresqlServer, tmp_path: Path) -> None:
    folder, address = tmp_path / "评价", server.database()
    call("init", folder, "--sample", "nanchang-2022", "--ledger", address)
    assert json.loads((folder / ".jixiao" / "台账位置.json").read_text(encoding="utf-8"))["address"] == address
    with Workspace.open(folder).ledger() as ledger:
        assert ledger.place == address
        assert [event.kind for event in ledger.events()] == [EventKind.INITIALISED, EventKind.LEDGER_MOVED]


def test_a_wrong_address_leaves_the_ledger_where_it_is(sample_made, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    said = call("ledger", "move", "postgresql://jx@127.0.0.1:1/x", "-w", folder, code=3)
    assert "台账服务器无法读写" in said["error"]
    assert call("ledger", "verify", "-w", folder)["ok"]
