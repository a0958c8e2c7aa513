"""Human decisions in several logs: which one is in force about each thing, and where two stand against each other.

Inside a log the latest decision about a thing replaces the one before. Between logs a decision replaces exactly those
it names (``取代``: their hashes), because time cannot tell who knew of what. What nobody replaced stands; where
such decisions come to different things, a person has to decide between them, and until then none is in force.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.ledger import Event, EventKind, Log
from toolkit.ledger.kinds import Decision, Resolved, RulingMade, ScorebookUnlocked, Surveyed


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """What a decision is about.

    Attributes:
        kind: kind of the event, e.g. ``resolved``.
        project: project id; "" for what concerns several.
        subject: code of the finding, indicator and item of an opinion, name of a unit or scorer; "" for the return that
            counts.
        item: field the finding is about, or item of an indicator, else "".
    """

    kind: str
    project: str
    subject: str = ""
    item: str = ""

    @property
    def words(self) -> str:
        """For people: ``项目3的READ-45（实际到位资金）``."""
        if special := _WORDS.get(self.kind):
            return special(self)
        about = f"的{self.subject}" if self.subject else "以哪份报送件为准"
        return f"项目{self.project}{about}{f'（{self.item}）' if self.item else ''}"


_WORDS: Mapping[str, Callable[[Thing], str]] = MappingProxyType(
    {
        EventKind.ADJUDICATED: lambda thing: f"项目{thing.project}指标{thing.subject}（{thing.item}）的差异裁定",
        EventKind.SCOREBOOK_LOCKED: lambda thing: f"{thing.subject}的打分册",
        EventKind.SURVEYED: lambda thing: f"项目{thing.project}指标{thing.subject}的问卷结果",
        EventKind.OPINIONS_RECEIVED: lambda thing: f"{thing.subject}的意见回复",
        EventKind.OPINION_SETTLED: lambda thing: f"项目{thing.project}的意见{thing.subject}的处理",
    }
)
"""How things of some kinds are said."""


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
        EventKind.ADJUDICATED: lambda event: Thing(event.kind, *event.says(RulingMade).item),
        EventKind.SCOREBOOK_LOCKED: lambda event: Thing(event.kind, "", event.subject),
        EventKind.SURVEYED: lambda event: Thing(event.kind, event.project, event.says(Surveyed).indicator),
        EventKind.OPINIONS_RECEIVED: lambda event: Thing(event.kind, "", event.unit),
        EventKind.OPINION_SETTLED: lambda event: Thing(event.kind, event.project, event.subject),
    }
)
"""Kinds of event that are human decisions, or choices of a file that counts, and what each is about."""


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
    logs = tuple(logs)
    undone = _undone(logs)
    for log in logs:
        for event in log:
            if event.kind in _THINGS and (thing := thing_of(event)) is not None:
                replaced.update(event.says(Decision).replaces)
                if event.kind != EventKind.SCOREBOOK_LOCKED or event.once not in undone:
                    latest.setdefault(thing, {})[event.log] = event
    return {
        thing: tuple(sorted((event for event in by_log.values() if event.hash not in replaced), key=_order))
        for thing, by_log in latest.items()
    }


def _undone(logs: Iterable[Log]) -> set[str]:
    """Locks of scorebooks that were handed back; each is named by what undid it."""
    return {
        event.says(ScorebookUnlocked).lock
        for log in logs
        for event in log
        if event.kind == EventKind.SCOREBOOK_UNLOCKED
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
