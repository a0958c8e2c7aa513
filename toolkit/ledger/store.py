"""The ledger's file: a SQLite database that takes events and gives them back, and never lets one be changed.

Every batch is one transaction with ``synchronous=FULL``: after a power cut or a killed process the file holds
whole batches only.
"""

import hashlib
import hmac
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from toolkit.errors import LedgerError
from toolkit.ledger.chain import GENESIS, Anchor, LedgerProblem, ProblemKind, find_problems, link_hash
from toolkit.ledger.event import Event, EventKind, NewEvent
from toolkit.ledger.logs import Log, in_order, of_log

SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0

_SCHEMA = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, project TEXT NOT NULL, unit TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL, once_key TEXT NOT NULL UNIQUE,
    previous_hash TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL, seal TEXT NOT NULL);
CREATE INDEX event_by_kind ON event (kind);
CREATE INDEX event_by_project ON event (project);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, '台账只能追加，不能修改'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, '台账只能追加，不能删除'); END;
"""
Keep = Callable[["Ledger"], None]
Others = Callable[[], Sequence[Log]]
"""Gives the logs of other laptops that were merged in."""
_COLUMNS = "seq, at, kind, project, unit, subject, detail, once_key, previous_hash, hash"


class Ledger:
    """An open ledger. Use :meth:`open`, and as a context manager so that it is closed."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        key: bytes | None,
        keep: "Keep | None" = None,
        others: Others = tuple,
    ) -> None:
        self._connection = connection
        self._path = path
        self._key = key
        self._keep = keep
        self._others = others
        self._grown = False

    @classmethod
    def open(cls, path: Path, key: bytes | None = None, keep: "Keep | None" = None, others: Others = tuple) -> Self:
        """Opens the ledger at this path, making an empty one when there is none.

        Args:
            path: the database file, on a local disk (WAL does not work on network shares).
            key: secret for keyed hashes, or None for plain ones; always the same for one ledger.
            keep: called when a ledger that has grown is closed, to keep its anchor elsewhere.
            others: gives the logs of other laptops, whose events :meth:`events` gives along with the own ones.

        Raises:
            LedgerError: the file is no ledger, is from a newer version, has another key or cannot be opened.
        """
        with _as_ledger_error(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            ledger = cls(connection, path, key, keep, others)
            try:
                ledger._prepare()
            except BaseException:
                connection.close()
                raise
        return ledger

    def close(self) -> None:
        """Closes the file; the ledger cannot be used afterwards."""
        try:
            if self._grown and self._keep is not None:
                self._keep(self)
        finally:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record(
        self,
        kind: EventKind,
        *,
        at: datetime,
        once: str,
        project: str = "",
        unit: str = "",
        subject: str = "",
        detail: Mapping[str, object] | None = None,
    ) -> bool:
        """Records one event; see :class:`NewEvent` for the arguments.

        Returns:
            False when an event with this once-key is already there; nothing is added then.

        Raises:
            LedgerError: when the ledger cannot be written.
        """
        return self.record_many([NewEvent(kind, at, once, project, unit, subject, detail or {})]) == 1

    def record_many(self, events: Iterable[NewEvent]) -> int:
        """Records events in this order, all or none, and returns how many were new.

        Raises:
            LedgerError: when the ledger cannot be written.
        """
        with self.batch():
            return sum([self._append(event) for event in events])

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything recorded inside is committed together at the end, or not at all; an inner batch joins.

        Raises:
            LedgerError: when the ledger cannot be written.
        """
        if self._connection.in_transaction:
            yield
            return
        with _as_ledger_error(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def events(self, kind: EventKind | None = None, project: str | None = None) -> tuple[Event, ...]:
        """The events in order, all or only those of a kind or a project; with merged logs, those of all of them."""
        logs = self.logs()
        if len(logs) == 1:
            return self.own_events(kind, project)
        return tuple(
            event for event in in_order(logs) if kind in (None, event.kind) and project in (None, event.project)
        )

    def logs(self, kind: EventKind | None = None) -> tuple[Log, ...]:
        """The own log and those merged in, all of it or only events of a kind; the own one alone has no id."""
        others = tuple(self._others())
        if not others:
            return (self.own_events(kind),)
        logs = (of_log(self.own_events()), *others)
        return logs if kind is None else tuple(tuple(event for event in log if event.kind == kind) for log in logs)

    def own_events(
        self, kind: EventKind | None = None, project: str | None = None, after: int = 0
    ) -> tuple[Event, ...]:
        """The events of this ledger itself in order, all or only those of a kind, a project or after a number."""
        wanted = {"kind": kind, "project": project}
        named = [f"{column} = :{column}" for column, value in wanted.items() if value is not None]
        where = f" WHERE {' AND '.join(['seq > :after', *named])}"
        with _as_ledger_error(self._path):
            # The text is put together from the constants above; values are bound.
            query = f"SELECT {_COLUMNS} FROM event{where} ORDER BY seq"  # noqa: S608
            rows = self._connection.execute(query, {**wanted, "after": after})
            return tuple(Event(row[0], *map(str, row[1:])) for row in rows)

    def anchor(self) -> Anchor:
        """Where the ledger ends now; keep it elsewhere to prove later that nothing before it was replaced."""
        return self._head()[0]

    def holds(self, anchor: Anchor) -> bool:
        """The event an anchor speaks of is still the one it was."""
        if not anchor.seq:
            return True
        with _as_ledger_error(self._path):
            row = self._connection.execute("SELECT hash FROM event WHERE seq = ?", (anchor.seq,)).fetchone()
        return row is not None and row[0] == anchor.hash

    def verify(self, anchor: Anchor | None = None) -> list[LedgerProblem]:
        """Every altered, missing or moved event; empty when the chain holds.

        Args:
            anchor: an earlier :meth:`anchor` kept outside; the ledger must still contain it.
        """
        events = self.own_events()
        head, seal = self._head()
        problems = find_problems(events, head, self._key)
        if seal != self._seal(head):
            problems.append(LedgerProblem(ProblemKind.ALTERED, head.seq, "台账末尾的登记被改动过"))
        if anchor and not self.holds(anchor):
            sentence = (
                f"与留存的凭据不符：第 {anchor.seq} 条事件已不是当时的那一条（台账现有 {len(events)} 条）；"
                "台账可能被删除重建、换成旧的副本，或被截去末尾"
            )
            problems.append(LedgerProblem(ProblemKind.MISSING, anchor.seq, sentence))
        return problems

    def _append(self, event: NewEvent) -> bool:
        columns = event.columns()
        last = self._head()[0]
        this = Anchor(last.seq + 1, link_hash(last.hash, columns, self._key))
        added = self._connection.execute(
            f"INSERT INTO event ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (once_key) DO NOTHING",  # noqa: S608
            (this.seq, *columns, last.hash, this.hash),
        )
        if added.rowcount == 1:
            self._grown = True
            self._write_head(this)
        return added.rowcount == 1

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # on a full disk SQLite has rolled back already
            self._connection.execute("ROLLBACK")

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA synchronous=FULL")
        if self._version() > SCHEMA_VERSION:
            raise LedgerError("台账由更新版本的程序建立", where=self._path, what_to_do="请升级本程序后再打开")
        if self._version() < SCHEMA_VERSION:
            self._create()
        self._connection.execute("PRAGMA journal_mode=WAL")
        head, seal = self._head()
        if seal != self._seal(head) and not self._first_event_fits():
            raise LedgerError(
                "台账的密钥不符，或台账被整体改动过", where=self._path, what_to_do="请使用建立这份台账时的密钥文件"
            )

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _create(self) -> None:
        with self.batch():
            if self._version() == SCHEMA_VERSION:  # another process was quicker
                return
            if self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                raise LedgerError("这个文件不是台账", where=self._path, what_to_do="请检查文件位置")
            for statement in _statements(_SCHEMA):
                self._connection.execute(statement)
            self._write_head(Anchor(0, GENESIS))
            self._connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def _first_event_fits(self) -> bool:
        # A broken seal under the right key is for verify() to report; under a wrong key nothing fits at all.
        first = self._connection.execute(f"SELECT {_COLUMNS} FROM event ORDER BY seq LIMIT 1").fetchone()  # noqa: S608
        return first is not None and link_hash(str(first[8]), first[1:8], self._key) == first[9]

    def _head(self) -> tuple[Anchor, str]:
        row = self._connection.execute("SELECT seq, hash, seal FROM head").fetchone()
        return (Anchor(row[0], row[1]), row[2]) if row else (Anchor(0, GENESIS), "")

    def _write_head(self, head: Anchor) -> None:
        row = (head.seq, head.hash, self._seal(head))
        self._connection.execute("INSERT OR REPLACE INTO head (id, seq, hash, seal) VALUES (1, ?, ?, ?)", row)

    def _seal(self, head: Anchor) -> str:
        text = f"head {head.seq} {head.hash}".encode()
        return hmac.new(self._key or b"", text, hashlib.sha256).hexdigest()


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit the open transaction, and a trigger's body contains semicolons of its own.
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _as_ledger_error(path: Path) -> Iterator[None]:
    advice = "请确认台账文件在本机磁盘上（不能放在网络共享盘）、未被其他程序占用、磁盘未满，然后重试"
    try:
        yield
    except sqlite3.Error as error:
        raise LedgerError(f"台账无法读写（{error}）", where=path, what_to_do=advice) from error
