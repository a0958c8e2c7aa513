"""What persons decided about findings, as the ledger has it: part of what an evaluation starts from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from toolkit.handover import Conflict, Thing, agreed, conflicts, in_force
from toolkit.ledger import Event, EventKind, Ledger
from toolkit.ledger.kinds import Action, Resolved
from toolkit.model import Disposition, Opinion, Scheme, Severity, Value
from toolkit.pipeline.plan.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Resolution:
    """One decision.

    Attributes:
        code, key: the finding: check code, and slot key or sheet.
        value: the verified value of ``key``; None for a waiver.
        by, reason, basis, reviewer: who, why, on what evidence, confirmed by whom.
        until: last day of a waiver; None for good.
        at: time as the ledger has it.
        row: of a cell of a repeated table, what the other cells of its row said.
    """

    project: str
    code: str
    key: str
    action: Action
    value: Value
    by: str
    reason: str
    basis: str = ""
    reviewer: str = ""
    until: date | None = None
    at: str = ""
    row: tuple[str, ...] = field(default=(), repr=False)

    def details(self) -> Resolved:
        """For the ledger."""
        return Resolved(
            action=self.action, key=self.key, value="" if self.value is None else str(self.value),
            number=isinstance(self.value, Decimal), by=self.by, reason=self.reason, basis=self.basis,
            reviewer=self.reviewer, until=self.until, row=self.row,
        )  # fmt: skip

    def disposition(self, severity: Severity) -> Disposition:
        """What the finding it settles says of it."""
        return Disposition(str(self.action), self.by, self.reason, self.until, severity)


def resolutions(workspace: Workspace) -> tuple[Resolution, ...]:
    """All decisions in force, the latest about a cell last; none that was taken back, none in dispute."""
    with workspace.ledger() as ledger:
        standing = in_force(ledger.logs(EventKind.RESOLVED))
    decided = [event for events in standing.values() if (event := agreed(events)) is not None]
    in_time = sorted(decided, key=lambda event: datetime.fromisoformat(event.at))
    return tuple(_read(event) for event in in_time if event.says(Resolved).action is not Action.WITHDRAW)


def disputed(workspace: Workspace) -> tuple[Conflict, ...]:
    """Things on which people on two laptops decided differently; a single laptop has none."""
    with workspace.ledger() as ledger:
        logs = ledger.logs()
    return conflicts(logs) if len(logs) > 1 else ()


def replaced(ledger: Ledger, thing: Thing) -> tuple[str, ...]:
    """Hashes of what stands about a thing in other logs: a new decision names them, because its author saw them."""
    own, *others = ledger.logs(EventKind(thing.kind))
    return tuple(event.hash for event in in_force([own, *others]).get(thing, ()) if others and event not in own)


def standing(workspace: Workspace, kind: EventKind) -> Iterator[tuple[Thing, Event]]:
    """Everything of a kind that was decided, with the decision in force, in the order of time; nothing in dispute."""
    held = ((thing, agreed(events)) for thing, events in known_of(workspace, kind).items())
    decided = [(thing, event) for thing, event in held if event is not None]
    yield from sorted(decided, key=lambda pair: (datetime.fromisoformat(pair[1].at), pair[1].log, pair[1].seq))


def known_of(workspace: Workspace, kind: EventKind) -> dict[Thing, tuple[Event, ...]]:
    """What stands about each thing of a kind, in dispute or not: a decision said again is none that knew the other."""
    with workspace.ledger() as ledger:
        # What undid the lock of a scorebook stands among the other events.
        logs = ledger.logs(None if kind is EventKind.SCOREBOOK_LOCKED else kind)
    return {thing: events for thing, events in in_force(logs).items() if thing.kind == kind and events}


def beside(workspace: Workspace, known: Iterable[Event]) -> tuple[str, ...]:
    """Hashes of those decisions that stand in other logs: a new one names them, because its author saw them."""
    with workspace.ledger() as ledger:
        logs = ledger.logs()
    own = {event.hash for event in logs[0]} if len(logs) > 1 else None
    return () if own is None else tuple(event.hash for event in known if event.hash not in own)


def _read(event: Event) -> Resolution:
    said = event.says(Resolved)
    value = None if said.action is Action.WAIVE else said.verified
    return Resolution(
        event.project,
        event.subject,
        said.key,
        said.action,
        value,
        said.by,
        said.reason,
        said.basis,
        said.reviewer,
        said.until,
        event.at,
        said.row,
    )


def resolved_opinions(scheme: Scheme, decided: Iterable[Resolution]) -> tuple[Opinion, ...]:
    """Verified values among the decisions, in the shape scoring takes them."""
    inputs = {asked.key: (indicator.code, asked.local) for indicator in scheme.indicators for asked in indicator.inputs}
    return tuple(
        Opinion(
            decision.project,
            *inputs.get(decision.key, ("", decision.key)),
            decision.value,
            decision.reason,
            decision.basis,
            decision.by,
            decision.reviewer,
            row=decision.row,
        )
        for decision in decided
        if decision.action is not Action.WAIVE
    )
