"""A workspace whose ledger is on a PostgreSQL server: the same work, the same results, two laptops on one ledger."""

import json
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.pipeline.conftest import call
from tests.postgresql_server import PostgresqlServer
from toolkit.ledger import EventKind
from toolkit.pipeline import Workspace

pytestmark = pytest.mark.postgresql
PASSWORD = "geheim"


@pytest.fixture
def moved(sample_made, server: PostgresqlServer, tmp_path: Path) -> Path:
    """The sample of 江苏 2022, with its ledger carried over to a server."""
    folder = Path(shutil.copytree(sample_made("jiangsu-2022"), tmp_path / "评价"))
    said = call("ledger", "move", server.database().replace("jx@", f"jx:{PASSWORD}@"), "-w", folder)
    assert said["carried"] == said["events"] - 1 > 4, "and one event that says so"
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
