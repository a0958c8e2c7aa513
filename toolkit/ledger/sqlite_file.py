"""A ledger on this laptop: a SQLite file that takes events and gives them back, and never lets one be changed.

Every transaction is written with ``synchronous=FULL``: after a power cut or a killed process the file holds whole
batches only. Such a file never lies on a network share, where its locks do not hold.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from toolkit.errors import LedgerError
from toolkit.ledger.chain import Anchor
from toolkit.ledger.database import BUSY_SECONDS, COLUMNS, SCHEMA_VERSION, Database, events_of, values_of
from toolkit.ledger.event import Event
from toolkit.ledger.kinds import EventKind

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
_ALL = ", ".join(COLUMNS)
_AGAIN = "已记入台账的各条都在，没有记完的那一步重新运行时会补记"
_BACKUP = "不要删除它，先把整个评价文件夹另存一份，再从备份恢复这个文件；.jixiao/日志 里有各条的文本副本"
_OTHERWISE = "请确认台账文件在本机磁盘上（不能放在网络共享盘）、未被其他程序占用、磁盘未满，然后重新运行"
_TROUBLES: Mapping[int | None, tuple[str, str]] = {
    sqlite3.SQLITE_ERROR: ("记录各条的表不见了，或被改动过", _BACKUP),  # the statements are always the same
    sqlite3.SQLITE_FULL: ("磁盘空间不足", f"删去不用的文件腾出空间，再重新运行；{_AGAIN}"),
    sqlite3.SQLITE_IOERR: (
        "磁盘写不进或读不出（多半是空间不足，或移动盘、网络盘断开）",
        f"看磁盘是否已满、是否还连着，腾出空间或接好后重新运行；{_AGAIN}",
    ),
    sqlite3.SQLITE_BUSY: ("另一个程序正在写台账", f"等它结束，或关闭开着同一评价的另一个窗口，再重新运行；{_AGAIN}"),
    sqlite3.SQLITE_LOCKED: ("另一个程序正在写台账", f"等它结束后重新运行；{_AGAIN}"),
    sqlite3.SQLITE_READONLY: (
        "这个文件或所在文件夹是只读的",
        "在文件属性里去掉只读，或把评价文件夹移到可写的位置后重新运行",
    ),
    sqlite3.SQLITE_PERM: ("没有读写这个文件的权限", "请管理员给予权限，或把评价文件夹移到自己的文件夹后重新运行"),
    sqlite3.SQLITE_CANTOPEN: ("这个文件打不开", "核对位置是否存在、是否为文件夹占用、有没有读写权限，然后重新运行"),
    sqlite3.SQLITE_CORRUPT: ("文件已损坏", _BACKUP),
    sqlite3.SQLITE_NOTADB: ("这个文件不是台账，或已损坏", _BACKUP),
}
"""Kinds of SQLite's errors → what happened, what to do."""
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})
_LONGEST = 500
"""Units: bytes of a path. SQLite opens none above 512, with what it adds; a Chinese character takes three."""
_MANY = 500
"""Once-keys asked for at a time: SQLite binds a limited number of values to one statement."""


def ensure_openable(path: Path) -> None:
    """Refuse a place whose path is longer than SQLite can open, before anything is written there.

    Raises:
        LedgerError: the path is too long.
    """
    length = len(os.fsencode(path.absolute()))
    if os.name != "nt" and length > _LONGEST:
        what = f"台账建不起来：所在文件夹的路径太长（{length}个字节，一个汉字算3个，最多{_LONGEST}个）"
        advice = "把评价放在层级少、名称短的文件夹里，再重新运行；已有的评价整个移过去即可"
        raise LedgerError(what, where=path.parent, what_to_do=advice)


class SqliteFile(Database):
    """The database of a ledger's file; see :class:`toolkit.ledger.database.Database`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        ensure_openable(path)
        with self._guarded():
            self._connection = self._connected()

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        return str(self._path)

    def prepare(self, head: Anchor, seal: str) -> None:
        """Makes an empty ledger where there is none."""
        with self._guarded():
            version = self._opened_version()
            self._connection.execute("PRAGMA synchronous=FULL")
            if version > SCHEMA_VERSION:
                raise LedgerError("台账由更新版本的程序建立", where=self._path, what_to_do="请升级本程序后再打开")
            if version < SCHEMA_VERSION:
                self._create(head, seal)
            self._connection.execute("PRAGMA journal_mode=WAL")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction of one writer."""
        with self._guarded():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # on a full disk SQLite has rolled back already
                    self._connection.execute("ROLLBACK")
                raise

    def append(self, events: Sequence[Event], head: Anchor, seal: str) -> None:
        """Adds events and notes the end."""
        with self._guarded():
            statement = f"INSERT INTO event ({_ALL}) VALUES ({','.join('?' * len(COLUMNS))})"  # noqa: S608
            self._connection.executemany(statement, map(values_of, events))
            self._note(head, seal)

    def known(self, once: Sequence[str]) -> frozenset[str]:
        """Those of these once-keys that are on record."""
        found: set[str] = set()
        with self._guarded():
            for start in range(0, len(once), _MANY):
                keys = once[start : start + _MANY]
                marks = ",".join("?" * len(keys))
                query = f"SELECT once_key FROM event WHERE once_key IN ({marks})"  # noqa: S608  only marks are put in
                found.update(row[0] for row in self._connection.execute(query, keys))
        return frozenset(found)

    def events(self, kind: EventKind | None, project: str | None, after: int) -> tuple[Event, ...]:
        """Events in order, narrowed by what is given."""
        wanted = {"kind": kind, "project": project}
        named = [f"{column} = :{column}" for column, value in wanted.items() if value is not None]
        where = " AND ".join(["seq > :after", *named])
        with self._guarded():
            # The text is put together from the constants above; values are bound.
            query = f"SELECT {_ALL} FROM event WHERE {where} ORDER BY seq"  # noqa: S608
            return events_of(self._connection.execute(query, {**wanted, "after": after}))

    def hash_of(self, seq: int) -> str | None:
        """The hash of an event's number."""
        with self._guarded():
            row = self._connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else str(row[0])

    def head(self) -> tuple[Anchor, str] | None:
        """The noted end and its seal."""
        with self._guarded():
            row = self._connection.execute("SELECT seq, hash, seal FROM head").fetchone()
        return (Anchor(row[0], row[1]), row[2]) if row else None

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)

    def _opened_version(self) -> int:
        """The version of what is there, read for the first time.

        SQLite puts an index of 32 KB beside the file for it. Where the disk has no room left it is held in memory, and
        the file for this process alone: what is on record can be read while nothing can be written.
        """
        try:
            return self._version()
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in _NO_ROOM or not self._path.is_file():
                raise
        self._connection.close()
        self._connection = self._connected()
        self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        return self._version()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _create(self, head: Anchor, seal: str) -> None:
        with self.writing():
            if self._version() == SCHEMA_VERSION:  # another process was quicker
                return
            if self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                raise LedgerError("这个文件不是台账", where=self._path, what_to_do="请检查文件位置")
            for statement in _statements(_SCHEMA):
                self._connection.execute(statement)
            self._note(head, seal)
            self._connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def _note(self, head: Anchor, seal: str) -> None:
        row = (head.seq, head.hash, seal)
        self._connection.execute("INSERT OR REPLACE INTO head (id, seq, hash, seal) VALUES (1, ?, ?, ?)", row)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            what, advice = _said(error)
            raise LedgerError(f"台账无法读写：{what}", where=self._path, what_to_do=advice) from error


def _said(error: sqlite3.Error) -> tuple[str, str]:
    """What went wrong and what to do, in words; SQLite itself speaks English only."""
    code = getattr(error, "sqlite_errorcode", None)  # what Python itself refuses has none
    kind = code & 0xFF if code is not None else None
    return _TROUBLES.get(kind, (f"数据库报告 {getattr(error, 'sqlite_errorname', type(error).__name__)}", _OTHERWISE))


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit the open transaction, and a trigger's body contains semicolons of its own.
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
