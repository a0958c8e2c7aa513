"""Human decisions in several logs: which one is in force about each thing, and where two stand against each other.

Inside a log the latest decision about a thing replaces the one before. Between logs a decision replaces exactly those
it names (``取代``: their hashes), because time cannot tell who knew of what. What nobody replaced stands; where
such decisions come to different things, a person has to decide between them, and until then none is in force.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.ledger import Event, EventKind, Log
from toolkit.ledger.kinds import Decision, Resolved


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """What a decision is about.

    Attributes:
        kind: kind of the event, e.g. ``resolved``.
        project: project id.
        subject: code of the finding, indicator and item of an opinion; "" for the return that counts.
        item: field the finding is about, else "".
    """

    kind: str
    project: str
    subject: str = ""
    item: str = ""

    @property
    def words(self) -> str:
        """For people: ``项目3的READ-45（实际到位资金）``."""
        about = f"的{self.subject}" if self.subject else "以哪份报送件为准"
        return f"项目{self.project}{about}{f'（{self.item}）' if self.item else ''}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing on which people decided differently, each without knowing of the other."""

    thing: Thing
    decisions: tuple[Event, ...]


_THINGS: Mapping[str, Callable[[Event], Thing]] = MappingProxyType(
    {
        EventKind.RESOLVED: lambda event: Thing(event.kind, event.project, event.subject, event.says(Resolved).key),
        EventKind.CHOSEN: lambda event: Thing(event.kind, event.project),
        EventKind.JUDGED: lambda event: Thing(event.kind, event.project, event.subject),
        EventKind.LOSS_WRITTEN: lambda event: Thing(event.kind, event.project, event.subject),
    }
)
"""Kinds of event that are human decisions, and what each is about."""


def thing_of(event: Event) -> Thing | None:
    """What a decision is about; None for an event that is no human decision."""
    about = _THINGS.get(event.kind)
    return about(event) if about else None


def outcome_of(event: Event) -> tuple[str, ...]:
    """What a decision comes to; two decisions with the same outcome agree."""
    chosen = event.subject if event.kind == EventKind.CHOSEN else ""
    return (chosen, *event.says(Decision).outcome)


def in_force(logs: Iterable[Log]) -> dict[Thing, tuple[Event, ...]]:
    """Every thing that was decided, with the decisions nobody replaced, in an order of their own.

    One decision, or several that agree, are in force; several that differ are a conflict.
    """
    latest: dict[Thing, dict[str, Event]] = {}
    replaced: set[str] = set()
    for log in logs:
        for event in log:
            if event.kind in _THINGS and (thing := thing_of(event)) is not None:
                latest.setdefault(thing, {})[event.log] = event
                replaced.update(event.says(Decision).replaces)
    return {
        thing: tuple(sorted((event for event in by_log.values() if event.hash not in replaced), key=_order))
        for thing, by_log in latest.items()
    }


def agreed(events: Sequence[Event]) -> Event | None:
    """The decision in force among those that stand; None where they differ."""
    return events[0] if len({outcome_of(event) for event in events}) == 1 else None


def conflicts(logs: Iterable[Log]) -> tuple[Conflict, ...]:
    """All things on which decisions in force differ, in order of project."""
    found = [Conflict(thing, events) for thing, events in in_force(logs).items() if agreed(events) is None]
    return tuple(sorted(found, key=lambda conflict: (conflict.thing.project.zfill(6), conflict.thing)))


def _order(event: Event) -> tuple[str, str, int]:
    return event.at, event.log, event.seq
