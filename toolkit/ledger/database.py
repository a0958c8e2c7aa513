"""What the ledger asks of the database that holds it; a file on this laptop and a bureau's server both give it.

A database keeps rows and knows no chain: hashes, seals and the order of events are :mod:`toolkit.ledger.store`'s.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from toolkit.ledger.chain import Anchor
from toolkit.ledger.event import Event
from toolkit.ledger.kinds import EventKind

SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0
COLUMNS = ("seq", "at", "kind", "project", "unit", "subject", "detail", "once_key", "previous_hash", "hash")


class Database(Protocol):
    """Rows of one ledger. Every method raises :class:`toolkit.errors.LedgerError` where the database fails."""

    @property
    def place(self) -> str:
        """Where it is, for messages: a path, or an address without its password."""

    def prepare(self, head: Anchor, seal: str) -> None:
        """Makes an empty ledger with this end where there is none.

        Raises:
            LedgerError: something else stands there, or a newer version has made it.
        """

    def writing(self) -> AbstractContextManager[None]:
        """One transaction that nobody else can write beside: committed whole at the end, or not at all."""

    def append(self, events: Sequence[Event], head: Anchor, seal: str) -> None:
        """Adds events, whose once-keys are new, and notes the end; inside :meth:`writing` only."""

    def known(self, once: Sequence[str]) -> frozenset[str]:
        """Those of these once-keys that are on record."""

    def events(self, kind: EventKind | None, project: str | None, after: int) -> tuple[Event, ...]:
        """Events in order: all of them, or those of a kind, of a project, after a number."""

    def hash_of(self, seq: int) -> str | None:
        """The hash noted for the event of this number."""

    def head(self) -> tuple[Anchor, str] | None:
        """Where the ledger ends by its own note, and the seal of that note; None where the note is gone."""

    def close(self) -> None:
        """Ends the connection."""


def values_of(event: Event) -> tuple[int | str, ...]:
    """An event as a row, in the order of :data:`COLUMNS`."""
    return (
        event.seq, event.at, event.kind, event.project, event.unit, event.subject, event.detail, event.once,
        event.previous_hash, event.hash,
    )  # fmt: skip


def events_of(rows: Iterable[Sequence[object]]) -> tuple[Event, ...]:
    """Rows as events; a number that somebody made text of is told by the chain, not here."""
    return tuple(Event(row[0], *map(str, row[1:])) for row in rows)  # type: ignore[arg-type]
