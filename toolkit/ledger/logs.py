"""Logs of several laptops: one event a line of text, and all of them as one order of events.

Every laptop writes its own log and no other. A log is known by the hash of its first event, which covers a number
drawn for that laptop: two logs never share an id by chance, and a log that was continued in two places is recognised
by its id. The order of all events is worked out of the events alone, never out of when they were merged.
"""

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from toolkit.ledger.chain import GENESIS
from toolkit.ledger.event import Event

Log: TypeAlias = Sequence[Event]
"""The events of one laptop in their order."""
_COLUMNS = 10


def log_line(event: Event) -> str:
    """An event as one line, with its line feed."""
    return json.dumps([event.seq, *event.columns(), event.previous_hash, event.hash], ensure_ascii=False) + "\n"


def read_line(line: str) -> Event | None:
    """The event of a line; None where it is none. Whether its hash fits is for the chain to say."""
    try:
        columns = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(columns, list) or len(columns) != _COLUMNS:
        return None
    seq, *texts = columns
    if type(seq) is not int or not all(isinstance(text, str) for text in texts) or not _reads(texts[0], texts[5]):
        return None
    at, kind, project, unit, subject, detail, once, previous_hash, digest = texts
    return Event(seq, at, kind, project, unit, subject, detail, once, previous_hash, digest)


def of_log(events: Log) -> tuple[Event, ...]:
    """The events marked with the id of their log: the hash of its first event, "" for a log without any."""
    name = events[0].hash if events else GENESIS
    return tuple(
        Event(
            event.seq, event.at, event.kind, event.project, event.unit, event.subject, event.detail, event.once,
            event.previous_hash, event.hash, name,
        )
        for event in events
    )  # fmt: skip


def in_order(logs: Iterable[Log]) -> tuple[Event, ...]:
    """All events in one order that depends on nothing but the logs; what two laptops noted alike stands once.

    Events of one log keep their order even where its clock went back; between logs the time decides, then the log's id.
    """
    seen: set[str] = set()
    joined: list[Event] = []
    for _, _, _, event in heapq.merge(*(_keyed(log) for log in logs)):
        if event.once not in seen:
            seen.add(event.once)
            joined.append(event)
    return tuple(joined)


def _keyed(log: Log) -> Iterator[tuple[float, str, int, Event]]:
    latest = float("-inf")
    for event in log:
        latest = max(latest, datetime.fromisoformat(event.at).timestamp())
        yield latest, event.log, event.seq, event


def _reads(at: str, detail: str) -> bool:
    """The time is one with its zone, and the details are an object."""
    try:
        return datetime.fromisoformat(at).tzinfo is not None and isinstance(json.loads(detail), dict)
    except (ValueError, RecursionError):
        return False
