"""A ledger on a PostgreSQL server: rows can only be added, and one writer at a time adds to one ledger.

Several ledgers stand in one table, told apart by the name of their log. A writer holds an advisory lock on its log for
the length of its transaction, because every event covers the hash of the one before. A commit whose answer was lost is
looked up by the hash of its last event: it is neither repeated nor taken for lost.

Source: PostgreSQL 15 manual, 13.3.5 (advisory locks), 30.4 (asynchronous commit: the default waits for the disk).
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

from toolkit.errors import LedgerError
from toolkit.ledger.chain import Anchor
from toolkit.ledger.database import BUSY_SECONDS, COLUMNS, SCHEMA_VERSION, Database, events_of, values_of
from toolkit.ledger.event import Event
from toolkit.ledger.kinds import EventKind
from toolkit.ledger.server import Server
from toolkit.processes import to_have

try:
    import psycopg
except ModuleNotFoundError:
    advice = f"{to_have('server')}；台账在本机的评价不需要它"
    raise LedgerError("台账在 PostgreSQL 服务器上，本机没有它的驱动（psycopg）", what_to_do=advice) from None

CONNECT_SECONDS, STATEMENT_SECONDS, RESTART_SECONDS = 10, 60, 10
_LOCK_SPACE = 1_784_826_131
"""Set apart from other programs' advisory locks in the same database; any number would do."""
MIGRATIONS: tuple[LiteralString, ...] = (
    """
    CREATE TABLE jixiao_ledger.event (
        log text NOT NULL, seq bigint NOT NULL, at text NOT NULL, kind text NOT NULL, project text NOT NULL,
        unit text NOT NULL, subject text NOT NULL, detail text NOT NULL, once_key text NOT NULL,
        previous_hash text NOT NULL, hash text NOT NULL, once_hash text NOT NULL,
        PRIMARY KEY (log, seq), UNIQUE (log, once_hash));
    CREATE TABLE jixiao_ledger.head (
        log text PRIMARY KEY, seq bigint NOT NULL, hash text NOT NULL, seal text NOT NULL);
    CREATE INDEX event_by_kind ON jixiao_ledger.event (log, kind);
    CREATE FUNCTION jixiao_ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '台账只能追加，不能修改或删除'; END $$;
    CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON jixiao_ledger.event
        FOR EACH ROW EXECUTE FUNCTION jixiao_ledger.refuse();
    CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON jixiao_ledger.event
        FOR EACH STATEMENT EXECUTE FUNCTION jixiao_ledger.refuse();
    """,
)
"""What takes the server's tables from each version to the next; never change one that was shipped."""
_ALL: LiteralString = "seq, at, kind, project, unit, subject, detail, once_key, previous_hash, hash"


class Postgresql(Database):
    """The database of a ledger on a server; see :class:`toolkit.ledger.database.Database`.

    Nothing but what :meth:`writing` commits changes the server, so a lost connection loses at most what was not
    committed; the next command records it again.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._pending: Anchor | None = None
        with self._guarded():
            self._connection = self._connect()

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        return self._server.shown

    def prepare(self, head: Anchor, seal: str) -> None:
        """Makes an empty ledger where there is none."""
        with self._guarded():
            self._migrate()
            note = (
                "INSERT INTO jixiao_ledger.head (log, seq, hash, seal) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
            )
            self._connection.execute(note, (self._server.log, head.seq, head.hash, seal))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of one writer."""
        with self._guarded():
            self._again_if_lost()
            self._connection.execute("BEGIN")
            try:
                self._lock(self._server.log)
                yield
            except BaseException:
                self._forget()
                raise
            self._commit()

    def append(self, events: Sequence[Event], head: Anchor, seal: str) -> None:
        """Adds events and notes the end."""
        marks: LiteralString = ", ".join(["%s"] * (len(COLUMNS) + 2))
        rows = [(self._server.log, *values_of(event), _hash(event.once)) for event in events]
        with self._guarded(), self._connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO jixiao_ledger.event (log, {_ALL}, once_hash) VALUES ({marks})",  # noqa: S608
                rows,
            )
            note = "UPDATE jixiao_ledger.head SET seq = %s, hash = %s, seal = %s WHERE log = %s"
            cursor.execute(note, (head.seq, head.hash, seal, self._server.log))
        self._pending = head

    def known(self, once: Sequence[str]) -> frozenset[str]:
        """Those of these once-keys that are on record."""
        hashes = {_hash(key): key for key in once}
        query = "SELECT once_hash FROM jixiao_ledger.event WHERE log = %s AND once_hash = ANY(%s)"
        rows = self._rows(query, (self._server.log, list(hashes)))
        return frozenset(hashes[row[0]] for row in rows)

    def events(self, kind: EventKind | None, project: str | None, after: int) -> tuple[Event, ...]:
        """Events in order, narrowed by what is given."""
        query = f"""SELECT {_ALL} FROM jixiao_ledger.event WHERE log = %(log)s AND seq > %(after)s
            AND (%(kind)s::text IS NULL OR kind = %(kind)s) AND (%(project)s::text IS NULL OR project = %(project)s)
            ORDER BY seq"""  # noqa: S608  names of columns only
        wanted = {"log": self._server.log, "after": after, "kind": kind and str(kind), "project": project}
        return events_of(self._rows(query, wanted))

    def hash_of(self, seq: int) -> str | None:
        """The hash of an event's number."""
        query = "SELECT hash FROM jixiao_ledger.event WHERE log = %s AND seq = %s"
        return next((str(row[0]) for row in self._rows(query, (self._server.log, seq))), None)

    def head(self) -> tuple[Anchor, str] | None:
        """The noted end and its seal."""
        query = "SELECT seq, hash, seal FROM jixiao_ledger.head WHERE log = %s"
        return next(((Anchor(row[0], row[1]), row[2]) for row in self._rows(query, (self._server.log,))), None)

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def _connect(self) -> "psycopg.Connection[Any]":
        options = f"-c lock_timeout={int(BUSY_SECONDS * 1000)} -c statement_timeout={STATEMENT_SECONDS * 1000}"
        return psycopg.connect(
            self._server.address,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name="jixiao",
            options=options,
            client_encoding="UTF8",
        )

    def _rows(self, query: LiteralString, values: Sequence[object] | Mapping[str, object]) -> list[tuple[Any, ...]]:
        """What a question gives; asked once more over a new connection where the old one was lost between commands."""
        with self._guarded():
            self._again_if_lost()
            return self._connection.execute(query, values).fetchall()

    def _again_if_lost(self) -> None:
        if self._connection.closed:
            self._connection = self._connect()

    def _lock(self, name: str) -> None:
        self._connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (_LOCK_SPACE, name))

    def _commit(self) -> None:
        pending, self._pending = self._pending, None
        try:
            self._connection.execute("COMMIT")
        except psycopg.OperationalError:  # the answer is lost; the server knows whether the commit was
            self._connection.close()
            self._connection = self._connect_again()
            if pending is not None and self.hash_of(pending.seq) != pending.hash:
                raise

    def _connect_again(self) -> "psycopg.Connection[Any]":
        """A new connection, waited for while a server starts again."""
        for _ in range(RESTART_SECONDS * 2):
            with suppress(psycopg.OperationalError):
                return self._connect()
            time.sleep(0.5)
        return self._connect()

    def _forget(self) -> None:
        self._pending = None
        with suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")

    def _migrate(self) -> None:
        """Bring the server's tables to this version; a reader without the right to make tables finds them made."""
        version = self._version()
        if version > SCHEMA_VERSION:
            raise LedgerError("台账由更新版本的程序建立", where=self.place, what_to_do="请升级本程序后再打开")
        if version == SCHEMA_VERSION:
            return
        with self._connection.transaction():
            self._lock("migration")
            self._connection.execute("CREATE SCHEMA IF NOT EXISTS jixiao_ledger")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS jixiao_ledger.migration (version int PRIMARY KEY, applied timestamptz)"
            )
            for number, statements in enumerate(MIGRATIONS[self._version() :], self._version() + 1):
                self._connection.execute(statements)
                self._connection.execute("INSERT INTO jixiao_ledger.migration VALUES (%s, now())", (number,))

    def _version(self) -> int:
        there = self._connection.execute("SELECT to_regclass('jixiao_ledger.migration')").fetchone()
        if there is None or there[0] is None:
            return 0
        row = self._connection.execute("SELECT max(version) FROM jixiao_ledger.migration").fetchone()
        return int(row[0] or 0) if row else 0

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            state = error.sqlstate or ""
            own = " ".join(str(error).split()) or type(error).__name__
            words, advice = _STATES.get(state) or _STATES.get(state[:2]) or (own, _REACHED)
            raise LedgerError(f"台账服务器无法读写（{words}）", where=self.place, what_to_do=advice) from error


_REACHED = "请确认服务器开着、网络通、地址和账号（密码文件 .pgpass）无误；再运行一次，没有记上的会补记"
_ALTERED = (
    "台账的表不见了，或被改动过",
    "请服务器管理员从备份恢复 jixiao_ledger 中的表；.jixiao/日志 里有各条的文本副本，不要删除",
)
_STATES = {
    "28": ("账号或密码不对，或该账号不许从这台电脑登录", _REACHED),
    "42501": ("这个账号没有台账各表的权限", "请服务器管理员给这个账号 jixiao_ledger 各表的读写权限，再运行一次"),
    "3F000": _ALTERED,
    "42": _ALTERED,
    "53": ("服务器的磁盘、内存或连接数用完了", "请服务器管理员腾出空间或连接，再运行一次，没有记上的会补记"),
    "57": ("服务器正在关闭或重新启动", "等它启动后再运行一次，没有记上的会补记"),
}
"""PostgreSQL's error codes (SQLSTATE) or their classes: what happened, what to do; else in the server's own words."""


def _hash(once: str) -> str:
    """A once-key of any length as one that an index takes."""
    return hashlib.sha256(once.encode("utf-8", "surrogatepass")).hexdigest()
