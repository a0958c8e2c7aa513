"""The ledger takes each event once, keeps whole batches, and shows every later change."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trial.own_evaluation import jixiao
from toolkit.errors import LedgerError
from toolkit.ledger import Anchor, EventKind, Ledger, NewEvent, ProblemKind, Server
from toolkit.ledger.details import read_details
from toolkit.ledger.kinds import (
    Action,
    Aggregated,
    FileReceived,
    MailRefused,
    Refused,
    Resolved,
)
from toolkit.ledger.store import _database

Place = Path | Server

RECORDED = [
    json.loads(line) for line in (Path(__file__).parent / "recorded_details.jsonl").read_text("utf-8").splitlines()
]
NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


def receive(ledger: Ledger, name: str) -> bool:
    return ledger.record(
        FileReceived(file=name, size=1, folder=""), at=NOON, unit="市公安局", subject=name, once=f"received:{name}"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账.sqlite"


@pytest.fixture
def five_events(place: Place) -> Place:
    with Ledger.open(place) as ledger:
        for number in range(1, 6):
            receive(ledger, f"第{number}份.xlsx")
    return place


def tamper(place: Place, *statements: str) -> None:
    """What somebody with a database tool can do: put the triggers out of action, then anything."""
    if isinstance(place, Server):
        with psycopg.connect(place.address, options="-c search_path=jixiao_ledger") as connection:
            for statement in ("ALTER TABLE event DISABLE TRIGGER USER", *statements):
                connection.execute(statement)  # type: ignore[call-overload]
        return
    with closing(sqlite3.connect(place)) as file, file:
        for statement in ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete", *statements):
            file.execute(statement)


def test_an_event_comes_back_as_it_was_recorded(place: Place) -> None:
    said = Resolved(
        action=Action.OVERRIDE, value="286.50", number=True, until=date(2026, 12, 15), reason="按期", replaces=("ab",)
    )
    with Ledger.open(place) as ledger:
        assert ledger.record(said, at=NOON, project="7", unit="市公安局", subject="ab12", once="d")
        (event,) = ledger.events()
    assert (event.seq, event.at, event.kind) == (1, "2026-11-21T12:00:00+00:00", "resolved")
    assert (event.project, event.unit, event.subject, event.once) == ("7", "市公安局", "ab12", "d")
    assert event.detail == (
        '{"取代":["ab"],"处理":"核定","数值":true,"有效期至":"2026-12-15","核定值":"286.50","理由":"按期"}'
    )
    assert event.details == said
    assert event.says(Resolved).verified == Decimal("286.50")


def test_a_second_run_records_nothing_twice(place: Place) -> None:
    with Ledger.open(place) as ledger:
        assert receive(ledger, "a.xlsx") is True
    with Ledger.open(place) as ledger:
        assert receive(ledger, "a.xlsx") is False
        assert receive(ledger, "b.xlsx") is True
        assert [event.seq for event in ledger.events()] == [1, 2]
        assert ledger.verify() == []


def test_events_are_found_by_kind_and_project(place: Place) -> None:
    said = {kind: read_details(kind, text) for kind, text in RECORDED}
    new = [NewEvent(said[kind], NOON, f"{kind}{project}", project) for kind in EventKind for project in "12"]
    with Ledger.open(place) as ledger:
        assert ledger.record_many(new) == len(new)
        assert len(ledger.events(EventKind.SCORED)) == 2
        assert len(ledger.events(project="2")) == len(EventKind)
        assert [event.once for event in ledger.events(EventKind.SCORED, "2")] == ["scored2"]


def test_a_batch_is_kept_whole_or_not_at_all(place: Place) -> None:
    def fail_half_way(ledger: Ledger) -> None:
        with ledger.batch():
            receive(ledger, "b.xlsx")
            raise KeyboardInterrupt

    with Ledger.open(place) as ledger:
        receive(ledger, "a.xlsx")
        with pytest.raises(KeyboardInterrupt):
            fail_half_way(ledger)
        assert [event.subject for event in ledger.events()] == ["a.xlsx"]
        with ledger.batch():
            receive(ledger, "b.xlsx")
            ledger.record_many([NewEvent(Aggregated(), NOON, "r")])
        assert len(ledger.events()) == 3
        assert ledger.verify() == []


@pytest.mark.parametrize("key", [None, b"k" * 32])
@given(texts=st.lists(st.text(), max_size=6))
@settings(max_examples=15, deadline=None)
def test_whatever_a_unit_typed_is_kept_in_a_sound_chain(
    tmp_path_factory: pytest.TempPathFactory, key: bytes | None, texts: list[str]
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "l.sqlite", key) as ledger:
        for text in texts:
            said = MailRefused(mail=text, subject=text, attempt=1, reason=text)
            ledger.record(said, at=NOON, unit=text, subject=text, once=text)
        assert len(ledger.events()) <= len(set(texts))
        assert ledger.verify() == []


def test_characters_that_cannot_be_stored_become_visible(place: Place) -> None:
    with Ledger.open(place) as ledger:
        ledger.record(FileReceived(file="a", size=1, folder=""), at=NOON, subject="a\x00\ud800.xlsx", once="x")
        assert ledger.events()[0].subject == "a□□.xlsx"


def test_a_detail_that_is_no_plain_value_is_our_mistake(place: Place) -> None:
    with Ledger.open(place) as ledger, pytest.raises(TypeError):
        ledger.record(FileReceived(file="a", size=object(), folder=""), at=NOON, once="x")  # type: ignore[arg-type]


@pytest.mark.parametrize("statement", ["UPDATE event SET unit = 'x'", "DELETE FROM event WHERE seq = 2"])
def test_the_database_itself_refuses_changes(five_events: Place, statement: str) -> None:
    if isinstance(five_events, Server):
        server = psycopg.connect(five_events.address, options="-c search_path=jixiao_ledger")
        with server, pytest.raises(psycopg.errors.RaiseException, match="台账只能追加"):
            server.execute(statement)  # type: ignore[call-overload]
        return
    with closing(sqlite3.connect(five_events)) as file, pytest.raises(sqlite3.IntegrityError, match="台账只能追加"):
        file.execute(statement)


TAMPERINGS = {
    "one word": (["UPDATE event SET unit = '市财政局' WHERE seq = 3"], ProblemKind.ALTERED, [3]),
    "the last hash": (["UPDATE event SET hash = 'x' WHERE seq = 5"], ProblemKind.ALTERED, [5, 5]),
    "one gone": (["DELETE FROM event WHERE seq = 3"], ProblemKind.MISSING, [4]),
    "one gone, renumbered": (
        ["DELETE FROM event WHERE seq = 3", "UPDATE event SET seq = seq - 1 WHERE seq > 3"],
        ProblemKind.MISSING,
        [3, 5],
    ),
    "cut off": (["DELETE FROM event WHERE seq = 5"], ProblemKind.MISSING, [5]),
    "emptied": (["DELETE FROM event"], ProblemKind.MISSING, [5]),
    "two swapped": (
        [
            "UPDATE event SET seq = 9 WHERE seq = 2",
            "UPDATE event SET seq = 2 WHERE seq = 3",
            "UPDATE event SET seq = 3 WHERE seq = 9",
        ],
        ProblemKind.REORDERED,
        [2, 3, 4],
    ),
    "the end forged": (
        ["UPDATE head SET seq = 4, hash = (SELECT hash FROM event WHERE seq = 4)"],
        ProblemKind.ALTERED,
        [5, 4],
    ),
}


@pytest.mark.parametrize(("statements", "kind", "seqs"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_every_later_change_is_found(five_events: Place, statements: list[str], kind: str, seqs: list[int]) -> None:
    tamper(five_events, *statements)
    with Ledger.open(five_events) as ledger:
        problems = ledger.verify()
    assert [problem.seq for problem in problems] == seqs
    assert {problem.kind for problem in problems} == {kind}


@pytest.mark.parametrize("column", ["at", "kind", "project", "unit", "subject", "detail", "once_key", "previous_hash"])
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_no_column_of_no_event_can_change_unseen(five_events: Place, column: str, seq: int) -> None:
    tamper(five_events, f"UPDATE event SET {column} = {column} || ' ' WHERE seq = {seq}")  # noqa: S608
    with Ledger.open(five_events) as ledger:
        assert [(problem.kind, problem.seq) for problem in ledger.verify()] == [(ProblemKind.ALTERED, seq)]
        assert len(ledger.events()) == 5


def test_a_forged_chain_needs_the_key(place: Place) -> None:
    """Cutting off the end and sealing it again without the key is found; the same forgery fits an unkeyed ledger."""
    with Ledger.open(place, b"secret") as ledger:
        receive(ledger, "a.xlsx")
        anchor = ledger.anchor()
        receive(ledger, "b.xlsx")
    forged = Ledger(_database(place), None)._seal(anchor)
    end = f"UPDATE head SET seq = 1, hash = '{anchor.hash}', seal = '{forged}'"  # noqa: S608
    tamper(place, "DELETE FROM event WHERE seq = 2", end)
    with Ledger.open(place, b"secret") as ledger:
        assert [problem.message for problem in ledger.verify()] == ["台账末尾的登记被改动过"]


def test_an_anchor_kept_outside_shows_an_older_copy_put_back(path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(1, 6):
            receive(ledger, f"第{number}份.xlsx")
    older = path.read_bytes()
    with Ledger.open(path) as ledger:
        receive(ledger, "第6份.xlsx")
        anchor = ledger.anchor()
        assert ledger.verify(anchor) == []
    path.write_bytes(older)
    with Ledger.open(path) as ledger:
        assert ledger.verify() == []
        assert [problem.seq for problem in ledger.verify(anchor)] == [6]


def test_another_key_is_refused_at_once(place: Place) -> None:
    Ledger.open(place, b"one").close()
    with pytest.raises(LedgerError, match="密钥不符"):
        Ledger.open(place, b"two")


@pytest.mark.parametrize("table", ["event", "head"])
def test_a_table_taken_out_is_said_to_be_gone_and_where_its_text_still_is(five_events: Place, table: str) -> None:
    tamper(five_events, f"DROP TABLE {table}")
    with pytest.raises(LedgerError, match="表不见了") as told, Ledger.open(five_events) as ledger:
        receive(ledger, "第6份.xlsx")
    assert "备份" in told.value.what_to_do
    assert ".jixiao/日志" in told.value.what_to_do


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    content = b"PK\x03\x04 not a database at all" * 40
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="台账无法读写"):
        Ledger.open(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_untouched(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="不是台账"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_newer_ledger_is_refused(path: Path) -> None:
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LedgerError, match="更新版本"):
        Ledger.open(path)


def test_a_folder_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="台账无法读写"):
        Ledger.open(tmp_path / "没有" / "台账.sqlite")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有文件大小的限额")
def test_a_disk_that_fills_up_under_the_ledger_is_said_in_chinese_and_nothing_is_lost(path: Path) -> None:
    """The system lets no file grow over 300 kB: like a full disk, the write itself fails."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    recorded: list[int] = []
    with Ledger.open(path) as ledger:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
        try:
            with pytest.raises(LedgerError) as fault:
                _record_batches(ledger, recorded)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not re.search(r"[A-Za-z]{3}", fault.value.message + fault.value.what_to_do.replace(".jixiao", ""))
    assert "空间不足" in fault.value.message
    assert "重新运行" in fault.value.what_to_do
    assert len(recorded) > 10
    with Ledger.open(path) as ledger:
        assert (ledger.verify(), len(ledger.events())) == ([], 10 * len(recorded))
        assert ledger.record_many(NewEvent(Aggregated(), NOON, f"{len(recorded)}/{i}") for i in range(10)) == 10
        assert ledger.verify() == []


@pytest.mark.skipif(os.name == "nt", reason="the limit on files is of Unix")
@pytest.mark.parametrize("left_open", [False, True], ids=["closed", "killed before its last events came into the file"])
def test_a_ledger_is_read_where_nothing_can_be_written(path: Path, *, left_open: bool) -> None:
    """Not even the index that SQLite puts beside the file: status on a full disk could not say where things stand."""
    import resource

    ledger = Ledger.open(path)
    ledger.record_many(NewEvent(Aggregated(), NOON, f"{number}") for number in range(10))
    copy = path.with_name("副本.sqlite3")
    if left_open:
        copy.with_name(f"{copy.name}-wal").write_bytes(path.with_name(f"{path.name}-wal").read_bytes())
        copy.write_bytes(path.read_bytes())
        assert copy.with_name(f"{copy.name}-wal").stat().st_size > 0
    ledger.close()
    if not left_open:
        copy.write_bytes(path.read_bytes())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with Ledger.open(copy) as reading:
            assert (len(reading.events()), reading.verify()) == (10, [])
            with pytest.raises(LedgerError, match="空间不足"):
                reading.record(Aggregated(), at=NOON, once="11")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with Ledger.open(copy) as ledger:
        assert ledger.record(Aggregated(), at=NOON, once="11")
        assert (len(ledger.events()), ledger.verify()) == (11, [])


def _record_batches(ledger: Ledger, recorded: list[int]) -> None:
    for batch in range(1000):
        ledger.record_many(NewEvent(Aggregated(), NOON, f"{batch}/{i}") for i in range(10))
        recorded.append(batch)


def test_a_ledger_that_another_program_writes_to_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.ledger.sqlite_file.BUSY_SECONDS", 0.01)
    Ledger.open(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="另一个程序正在写台账") as fault:
        ledger.record(Aggregated(), at=NOON, once="x")
    assert "等它结束" in fault.value.what_to_do
    other.close()


def test_an_event_speaks_chinese_whatever_somebody_wrote_into_the_file(place: Place) -> None:
    with Ledger.open(place) as ledger:
        ledger.record(
            Refused(file="a.xls", cause="", reason="加密"), at=NOON, unit="市公安局", subject="a.xls", once="x"
        )
        event = ledger.events()[0]
    assert (event.moment, event.label) == ("2026-11-21 12:00:00", "拒收")
    assert replace(event, kind="forged").label == "forged"


def test_every_kind_has_a_chinese_label_of_its_own() -> None:
    assert len({kind.label for kind in EventKind}) == len(EventKind)


def written(place: Place) -> str:
    """A place as one word of a command."""
    return place.address if isinstance(place, Server) else str(place)


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from toolkit.ledger import Ledger, NewEvent, Server
from toolkit.ledger.kinds import Aggregated
with Ledger.open(Server.at(sys.argv[1], "log") if "://" in sys.argv[1] else Path(sys.argv[1])) as ledger:
    for batch in range(100_000):
        ledger.record_many(NewEvent(Aggregated(), datetime(2026, 1, 1), f"{batch}/{i}") for i in range(10))
        print("committed", batch, flush=True)
"""


def test_a_killed_process_leaves_whole_batches_only(place: Place) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, written(place)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.15)
        writer.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        acknowledged = 1 + len(writer.stdout.read().splitlines())
    with Ledger.open(place) as ledger:
        events = ledger.events()
        assert ledger.verify() == []
    assert len(events) % 10 == 0
    assert len(events) >= 10 * (acknowledged - 1)


def test_two_processes_can_write_at_once(place: Place) -> None:
    script = WRITER.replace("100_000", "20").replace('f"{batch}/{i}"', 'f"{sys.argv[2]}/{batch}/{i}"')
    writers = [subprocess.Popen([sys.executable, "-c", script, written(place), name]) for name in "ab"]
    assert [writer.wait(30) for writer in writers] == [0, 0]
    with Ledger.open(place) as ledger:
        assert len(ledger.events()) == 400
        assert ledger.verify() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows limits paths itself")
def test_a_path_that_sqlite_cannot_open_is_told_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / ("长" * 60) / ("名" * 60) / ("字" * 40) / "评价"
    made = jixiao("init", folder, "--sample", "nanchang-2022")
    assert made.code == 3
    assert "路径太长" in made.told
    assert "把评价放在层级少、名称短的文件夹里" in made.told
    assert not folder.exists()


@pytest.mark.parametrize(
    ("text", "seq"),
    [
        (f"12:{'a' * 64}", 12), (f"12:{'a' * 63}", None), (f"12:{'a' * 65}", None), (f"12:{'g' * 64}", None),
        (f":{'a' * 64}", None), ("12", None), (f"{'9' * 5000}:{'a' * 64}", None), (f"²:{'a' * 64}", None), ("", None),
    ],
)  # fmt: skip
def test_the_end_of_a_ledger_is_read_as_receipts_print_it_and_in_no_other_way(text: str, seq: int | None) -> None:
    """What somebody types may be anything: a number too long to be one is no anchor and no crash."""
    read = Anchor.parse(text)
    assert (read and read.seq) == seq
    assert read is None or f"{read.seq}:{read.hash}" == text
