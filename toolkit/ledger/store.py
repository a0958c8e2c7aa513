"""The ledger: events in a chain of hashes, over whatever database holds them."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from toolkit.errors import LedgerError
from toolkit.ledger.chain import GENESIS, Anchor, LedgerProblem, ProblemKind, find_problems, link_hash
from toolkit.ledger.database import Database
from toolkit.ledger.details import Details
from toolkit.ledger.event import Event, NewEvent
from toolkit.ledger.kinds import EventKind
from toolkit.ledger.logs import Log, in_order, of_log
from toolkit.ledger.server import Server
from toolkit.ledger.sqlite_file import SqliteFile

Keep = Callable[["Ledger"], None]
Others = Callable[[], Sequence[Log]]
"""Gives the logs of other laptops that were merged in."""


class Ledger:
    """An open ledger. Use :meth:`open`, and as a context manager so that it is closed."""

    def __init__(
        self, database: Database, key: bytes | None, keep: "Keep | None" = None, others: Others = tuple
    ) -> None:
        self._database = database
        self._key = key
        self._keep = keep
        self._others = others
        self._grown = False
        self._writing = False

    @classmethod
    def open(
        cls, place: Path | Server, key: bytes | None = None, keep: "Keep | None" = None, others: Others = tuple
    ) -> Self:
        """Opens the ledger at this place, making an empty one when there is none.

        Args:
            place: the database file, on a local disk (WAL does not work on network shares), or a server's address.
            key: secret for keyed hashes, or None for plain ones; always the same for one ledger.
            keep: called when a ledger that has grown is closed, to keep its anchor elsewhere.
            others: gives the logs of other laptops, whose events :meth:`events` gives along with the own ones.

        Raises:
            LedgerError: the place holds no ledger, one of a newer version or of another key, or cannot be reached.
        """
        ledger = cls(_database(place), key, keep, others)
        try:
            ledger._prepare()
        except BaseException:
            ledger._database.close()
            raise
        return ledger

    @property
    def place(self) -> str:
        """Where the ledger is, for people: a path, or an address without its password."""
        return self._database.place

    def close(self) -> None:
        """Closes the database; the ledger cannot be used afterwards."""
        try:
            if self._grown and self._keep is not None:
                self._keep(self)
        finally:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record(
        self,
        details: Details,
        *,
        at: datetime,
        once: str,
        project: str = "",
        unit: str = "",
        subject: str = "",
    ) -> bool:
        """Records one event; see :class:`NewEvent` for the arguments.

        Returns:
            False when an event with this once-key is already there; nothing is added then.

        Raises:
            LedgerError: when the ledger cannot be written.
        """
        return self.record_many([NewEvent(details, at, once, project, unit, subject)]) == 1

    def record_many(self, events: Iterable[NewEvent]) -> int:
        """Records events in this order, all or none, and returns how many were new.

        Raises:
            LedgerError: when the ledger cannot be written.
        """
        with self.batch():
            asked: dict[str, Sequence[str]] = {}
            for columns in (event.columns() for event in events):
                asked.setdefault(columns[-1], columns)
            known = self._database.known(tuple(asked))
            new = [columns for once, columns in asked.items() if once not in known]
            self._append(tuple(self._linked(new)))
        return len(new)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything recorded inside is committed together at the end, or not at all; an inner batch joins.

        Raises:
            LedgerError: when the ledger cannot be written.
        """
        if self._writing:
            yield
            return
        with self._database.writing():
            self._writing = True
            try:
                yield
            finally:
                self._writing = False

    def take_over(self, other: "Ledger") -> int:
        """Adds what another ledger of the same log holds beyond this one, event for event; returns how many.

        Raises:
            LedgerError: the other one is not sound, or this one holds something else.
        """
        with other.batch():
            if problems := other.verify():
                raise LedgerError(f"台账有问题，不能搬移：{problems[0].message}", where=other.place)
            with self.batch():
                end = self.anchor()
                if not other.holds(end):
                    advice = "换一个地址，或先用 jixiao ledger verify 分别核对两处的台账"
                    raise LedgerError("那里已有一份内容不同的台账", where=self.place, what_to_do=advice)
                events = other.own_events(after=end.seq)
                self._append(events)
        return len(events)

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
        return self._database.events(kind, project, after)

    def anchor(self) -> Anchor:
        """Where the ledger ends now; keep it elsewhere to prove later that nothing before it was replaced."""
        return self._head()[0]

    def holds(self, anchor: Anchor) -> bool:
        """The event an anchor speaks of is still the one it was."""
        return not anchor.seq or self._database.hash_of(anchor.seq) == anchor.hash

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

    def _linked(self, columns: Iterable[Sequence[str]]) -> Iterator[Event]:
        """Events behind the last one, in this order."""
        last = self.anchor()
        for texts in columns:
            this = Anchor(last.seq + 1, link_hash(last.hash, texts, self._key))
            at, kind, project, unit, subject, detail, once = texts
            yield Event(this.seq, at, kind, project, unit, subject, detail, once, last.hash, this.hash)
            last = this

    def _append(self, events: Sequence[Event]) -> None:
        if not events:
            return
        end = Anchor(events[-1].seq, events[-1].hash)
        self._database.append(events, end, self._seal(end))
        self._grown = True

    def _prepare(self) -> None:
        start = Anchor(0, GENESIS)
        self._database.prepare(start, self._seal(start))
        head, seal = self._head()
        if seal != self._seal(head) and not self._first_event_fits():
            advice = "请使用建立这份台账时的密钥文件"
            raise LedgerError("台账的密钥不符，或台账被整体改动过", where=self.place, what_to_do=advice)

    def _first_event_fits(self) -> bool:
        # A broken seal under the right key is for verify() to report; under a wrong key nothing fits at all.
        first = next(iter(self.own_events()), None)
        return first is not None and link_hash(first.previous_hash, first.columns(), self._key) == first.hash

    def _head(self) -> tuple[Anchor, str]:
        return self._database.head() or (Anchor(0, GENESIS), "")

    def _seal(self, head: Anchor) -> str:
        text = f"head {head.seq} {head.hash}".encode()
        return hmac.new(self._key or b"", text, hashlib.sha256).hexdigest()


def _database(place: Path | Server) -> Database:
    if isinstance(place, Path):
        return SqliteFile(place)
    from toolkit.ledger.postgresql import Postgresql

    return Postgresql(place)
