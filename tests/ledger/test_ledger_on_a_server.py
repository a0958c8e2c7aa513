"""A ledger on PostgreSQL: nothing is lost or stands twice whatever dies, and what is wrong is said."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.postgresql_server import PostgresqlServer, postgresql_server
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, Server
from toolkit.ledger.kinds import Aggregated
from toolkit.ledger.postgresql import MIGRATIONS

pytestmark = pytest.mark.postgresql
NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
MOMENTS = 200 if os.environ.get("JIXIAO_FULL") else 4
WRITER = """
import sys, time
from datetime import datetime
from toolkit.errors import LedgerError
from toolkit.ledger import Ledger, NewEvent, Server
from toolkit.ledger.kinds import Aggregated
place, first = Server.at(sys.argv[1], "log"), int(sys.argv[2])
for batch in range(first, 1_000_000):
    events = [NewEvent(Aggregated(), datetime(2026, 1, 1), f"{batch}/{number}") for number in range(3)]
    while True:
        try:
            with Ledger.open(place, b"key") as ledger:
                ledger.record_many(events)
            break
        except LedgerError:
            time.sleep(0.05)
    print(batch, flush=True)
"""


@pytest.fixture
def place(empty_database: str) -> Server:
    return Server.at(empty_database, "log")


@pytest.fixture
def mortal() -> Iterator[PostgresqlServer]:
    """A server that may be killed."""
    with postgresql_server() as running:
        yield running


def started(place: Server, first: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, place.address, str(first)], stdout=subprocess.PIPE, text=True
    )


def stopped(writer: "subprocess.Popen[str]") -> int:
    """Kill the writer; the number of the last batch it was told is recorded."""
    writer.kill()
    assert writer.stdout is not None
    told = [int(line) for line in writer.stdout.read().split("\n") if line]
    writer.stdout.close()
    writer.wait()
    return told[-1] if told else -1


def recorded(place: Server) -> list[str]:
    with Ledger.open(place, b"key") as ledger:
        assert ledger.verify() == []
        return [event.once for event in ledger.own_events()]


def test_killed_server_and_client_lose_nothing_and_repeat_nothing(mortal: PostgresqlServer) -> None:
    """In turns the server and the client are killed at a moment drawn by chance; both then go on where they were."""
    draw, place = random.Random(15), Server.at(mortal.database(), "log")  # noqa: S311  a repeatable choice of moments
    writer, told = started(place, 0), -1
    for moment in range(MOMENTS):
        time.sleep(draw.uniform(0.05, 0.8))
        if moment % 2:
            told = max(told, stopped(writer))
            writer = started(place, max(0, told - 2))  # again what may not have been recorded, and two that were
        else:
            mortal.kill()
            mortal.start()
    told = max(told, stopped(writer))
    found = recorded(place)
    assert len(found) == len(set(found))
    assert set(found) >= {f"{batch}/{number}" for batch in range(told + 1) for number in range(3)}
    assert len(found) % 3 == 0, "whole batches only"


def test_a_commit_whose_answer_was_lost_is_looked_up(place: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger.open(place) as ledger:
        database = ledger._database
        execute = database._connection.execute  # type: ignore[attr-defined]

        def cut_off(query: str, *values: object) -> object:
            done = execute(query, *values)
            if query == "COMMIT":
                monkeypatch.undo()
                raise psycopg.OperationalError("server closed the connection unexpectedly")
            return done

        monkeypatch.setattr(database._connection, "execute", cut_off)  # type: ignore[attr-defined]
        assert ledger.record(Aggregated(), at=NOON, once="a") is True
        assert ledger.record(Aggregated(), at=NOON, once="a") is False
        assert [event.once for event in ledger.own_events()] == ["a"]


def test_ledgers_in_one_database_do_not_see_each_other(place: Server) -> None:
    other = Server(place.address, "another log")
    with Ledger.open(place) as one, Ledger.open(other) as two:
        one.record(Aggregated(), at=NOON, once="x")
        two.record(Aggregated(), at=NOON, once="x")
        two.record(Aggregated(), at=NOON, once="y")
        assert (one.anchor().seq, two.anchor().seq) == (1, 2)
        assert one.verify() == two.verify() == []


def test_one_writer_waits_for_the_other_and_says_when_it_is_too_long(
    place: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.ledger.postgresql.BUSY_SECONDS", 0.2)
    with Ledger.open(place) as one, Ledger.open(place) as two:
        with one.batch(), pytest.raises(LedgerError, match="台账服务器无法读写"):
            two.record(Aggregated(), at=NOON, once="two")
        assert two.record(Aggregated(), at=NOON, once="two") is True


def test_the_tables_are_made_once_and_a_newer_version_is_refused(place: Server) -> None:
    Ledger.open(place).close()
    Ledger.open(Server(place.address, "second")).close()
    with psycopg.connect(place.address) as connection:
        versions = connection.execute("SELECT version FROM jixiao_ledger.migration").fetchall()
        assert versions == [(number,) for number in range(1, len(MIGRATIONS) + 1)]
        connection.execute("INSERT INTO jixiao_ledger.migration VALUES (99, now())")
    with pytest.raises(LedgerError, match="更新版本"):
        Ledger.open(place)


@pytest.mark.parametrize("address", ["http://a/b", "postgresql://", "postgresql://host", "postgresql://h:x/d", "台账"])
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(LedgerError, match="台账地址写法不对"):
        Server.at(address, "log")


def test_a_server_that_cannot_be_reached_is_said_without_the_password() -> None:
    with pytest.raises(LedgerError) as told:
        Ledger.open(Server.at("postgresql://jx:geheim@127.0.0.1:1/nirgends", "log"))
    assert "postgresql://jx@127.0.0.1:1/nirgends" in str(told.value)
    assert "geheim" not in str(told.value)


def test_a_ledger_goes_there_and_back_event_for_event(place: Server, tmp_path: Path) -> None:
    """Each place takes only what it does not hold yet; another ledger there, or an unsound one here, is refused."""
    file = tmp_path / "台账.sqlite"
    with Ledger.open(file, b"key") as here, Ledger.open(place, b"key") as there:
        for number in range(5):
            here.record(Aggregated(), at=NOON, once=str(number), subject="𠮷 '; DROP TABLE event; --")
        assert there.take_over(here) == 5
        assert there.own_events() == here.own_events()
        there.record(Aggregated(), at=NOON, once="on the server")
        assert (here.take_over(there), here.take_over(there)) == (1, 0)
        assert here.own_events() == there.own_events()
        assert here.verify() == there.verify() == []
        here.record(Aggregated(), at=NOON, once="only here")
        there.record(Aggregated(), at=NOON, once="only there")
        with pytest.raises(LedgerError, match="已有一份内容不同的台账"):
            there.take_over(here)
        assert [event.once for event in there.own_events()][-1] == "only there"
