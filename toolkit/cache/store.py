"""The file of kept results: bytes by key, each sealed, together bounded.

A result is worth only the time it saves. So nothing here ever fails: a file that cannot be read is made anew, one that
cannot be written is left alone, and what does not carry our seal was never there.
"""

import hashlib
import hmac
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

MOST_BYTES = 200_000_000
"""Beside what belongs to each of thousands of files; what was kept first goes first."""
_OF_A_FILE = 60_000
"""Room for all that follows from one returned file: its reading, its checks, its score come to some 25,000 bytes."""
_BUSY_SECONDS = 0.5
_SEAL = hashlib.sha256().digest_size
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS entry (key TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, data BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS entry_size ON entry (size)",  # sizes are added up at every writing, without the data
)
_ZIP, _AS_IT_IS, _QUICK = b"PK", 0, 1
"""How much a result is made smaller: a document is a zip already."""
_AT_ONCE = 500  # keys in one question to SQLite


def entry_key(kind: str, *parts: str | bytes) -> str:
    """The key of a result: the kind of result, and everything it depends on. Parts cannot run into one another."""
    digest = hashlib.sha256()
    for part in (kind, *parts):
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Cache:
    """Results in one file.

    Args:
        path: of the file; its folder exists.
        secret: what entries are sealed with; entries sealed with another one are not seen.
        most: Units: bytes.
        originals: a folder; what follows from each file in it has room beside that. Were there less, every command
            would work out again what the one before had to give up.
    """

    def __init__(self, path: Path, secret: bytes, most: int = MOST_BYTES, originals: Path | None = None) -> None:
        self._path = path
        self._secret = hmac.digest(secret, b"cache", "sha256")
        self._most = most
        self._originals = originals

    def get(self, key: str) -> bytes | None:
        """One result; None where there is none."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The results that are there, by key."""
        rows = self._rows("key, data", keys)
        return {key: data for key, sealed in rows if (data := self._opened(key, sealed)) is not None}

    def held(self, keys: Iterable[str]) -> frozenset[str]:
        """Those keys that have an entry; whether it is whole is seen when it is asked for."""
        return frozenset(key for (key,) in self._rows("key", keys))

    def _rows(self, columns: str, keys: Iterable[str]) -> list[tuple[Any, ...]]:
        wanted = list(keys)
        if not wanted or not self._path.exists():
            return []
        rows: list[tuple[Any, ...]] = []
        with suppress(sqlite3.Error), closing(self._connected()) as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                rows += connection.execute(f"SELECT {columns} FROM entry WHERE key IN ({marks})", some)  # noqa: S608
        return rows

    def keys(self, first: str) -> frozenset[str]:
        """Which keys that begin with some letters there is something under, whole or not."""
        if not self._path.exists():
            return frozenset()
        with suppress(sqlite3.Error), closing(self._connected()) as connection:
            asked = "SELECT key FROM entry WHERE substr(key, 1, ?) = ?"
            return frozenset(key for (key,) in connection.execute(asked, (len(first), first)))
        return frozenset()

    def put(self, results: Mapping[str, bytes]) -> None:
        """Keep some results; the oldest give way when there is no room."""
        if not results:
            return
        rows = [(key, *self._sealed(key, data)) for key, data in results.items()]
        for _ in range(2):
            try:
                self._write(rows)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) or not self._cleared():
                    return  # busy, no room on the disk, no permission: not kept this time
            else:
                return

    def _write(self, rows: list[tuple[str, int, bytes]]) -> None:
        with closing(self._connected()) as connection, connection:
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.executemany("INSERT OR REPLACE INTO entry (key, size, data) VALUES (?, ?, ?)", rows)
            (total,) = connection.execute("SELECT total(size) FROM entry").fetchone()
            if total > self._most and total > (room := self._room()):
                _drop_oldest(connection, int(total) - (room - self._most // 2))

    def _room(self) -> int:
        files = sum(1 for _ in self._originals.iterdir()) if self._originals and self._originals.is_dir() else 0
        return self._most + files * _OF_A_FILE

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_mode=MEMORY")
        return connection

    def _cleared(self) -> bool:
        """Whether a damaged file is gone."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _sealed(self, key: str, data: bytes) -> tuple[int, bytes]:
        packed = zlib.compress(data, _AS_IT_IS if data.startswith(_ZIP) else _QUICK)
        sealed = self._seal(key, packed) + packed
        return len(sealed), sealed

    def _opened(self, key: str, sealed: object) -> bytes | None:
        """The bytes of an entry; None when it is not as it was put in. Nothing is unpacked before its seal is seen."""
        if not isinstance(sealed, bytes) or not hmac.compare_digest(self._seal(key, sealed[_SEAL:]), sealed[:_SEAL]):
            return None
        return zlib.decompress(sealed[_SEAL:])

    def _seal(self, key: str, packed: bytes) -> bytes:
        return hmac.digest(self._secret, key.encode() + packed, "sha256")


def _drop_oldest(connection: sqlite3.Connection, surplus: int) -> None:
    dropped = 0
    for row, size in connection.execute("SELECT rowid, size FROM entry ORDER BY rowid").fetchall():
        if dropped >= surplus:
            return
        connection.execute("DELETE FROM entry WHERE rowid = ?", (row,))
        dropped += size
