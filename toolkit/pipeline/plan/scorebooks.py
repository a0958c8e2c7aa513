"""Double scoring as the ledger has it: books given out, marks locked on receipt, rulings; the values they come to."""

from collections import Counter
from decimal import Decimal

from toolkit.ledger import Event, EventKind
from toolkit.ledger.kinds import RulingMade, ScorebookIssued, ScorebookLocked, ScorebookUnlocked, Stored
from toolkit.model import Opinion, Scheme, Value
from toolkit.model.opinion import INDEPENDENT
from toolkit.pipeline.plan.decisions import standing
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.review import Compared, Item, Mark, Ruling, compare, ruled


def issued_items(workspace: Workspace) -> dict[str, tuple[Item, ...]]:
    """Scorer → items of the book given out last; one without items was taken back."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.SCOREBOOK_ISSUED)
    last = {event.subject: event.says(ScorebookIssued).items for event in events}
    return {scorer: items for scorer, items in last.items() if items}


def locked_marks(workspace: Workspace) -> tuple[Mark, ...]:
    """Every scorer's marks as they were locked; books that were handed back do not count."""
    return tuple(mark for event in _locks(workspace) for mark in _marks(event))


def comparable_marks(workspace: Workspace) -> tuple[Mark, ...]:
    """Marks on items that everybody has handed in who was given them: one of three scorers alone decides nothing.

    A book that was handed back to be completed counts with the marks it has, for these cannot be changed any more,
    and in the place it was locked at.
    """
    issued, marks = issued_items(workspace), list(locked_marks(workspace))
    locked = {mark.scorer for mark in marks}
    marks += [mark for scorer in issued if scorer not in locked for mark in handed_back(workspace, scorer)[0]]
    with workspace.ledger() as ledger:
        turn = {event.subject: number for number, event in enumerate(ledger.events(EventKind.SCOREBOOK_LOCKED))}
    wanted = Counter(item for items in issued.values() for item in items)
    given = Counter(mark.item for mark in marks)
    counted = (mark for mark in marks if given[mark.item] >= wanted[mark.item])
    return tuple(sorted(counted, key=lambda mark: turn[mark.scorer]))


def lock_in_force(workspace: Workspace, scorer: str) -> Event | None:
    """The event that locked a scorer's book; None where it is not locked."""
    return next((event for event in _locks(workspace) if event.subject == scorer), None)


def handed_back(workspace: Workspace, scorer: str) -> tuple[tuple[Mark, ...], int]:
    """Marks of the book handed back last to a scorer, and how many times books were."""
    with workspace.ledger() as ledger:
        locks = {event.once: event for event in ledger.events(EventKind.SCOREBOOK_LOCKED)}
        undone = [event for event in ledger.events(EventKind.SCOREBOOK_UNLOCKED) if event.subject == scorer]
    lock = locks.get(undone[-1].says(ScorebookUnlocked).lock) if undone else None
    return (_marks(lock) if lock else (), len(undone))


def _locks(workspace: Workspace) -> list[Event]:
    """Locks in force; of a book that two laptops locked with other marks there is none until that is settled."""
    return [event for _, event in standing(workspace, EventKind.SCOREBOOK_LOCKED)]


def _marks(event: Event) -> tuple[Mark, ...]:
    return tuple(
        Mark(event.subject, (project, indicator, item), value_of(value), reason, evidence)
        for project, indicator, item, value, reason, evidence in event.says(ScorebookLocked).marks
    )


def locked_files(workspace: Workspace) -> dict[str, str]:
    """Scorer → sha256 of the book that was locked."""
    return {event.subject: event.says(ScorebookLocked).sha256 for event in _locks(workspace)}


def rulings_on_record(workspace: Workspace) -> dict[Item, Ruling]:
    """Item → the ruling in force."""
    rulings = (ruling_in(event) for _, event in standing(workspace, EventKind.ADJUDICATED))
    return {ruling.item: ruling for ruling in rulings}


def ruling_in(event: Event) -> Ruling:
    """What an event says of a difference."""
    said = event.says(RulingMade)
    return Ruling(said.item, value_of(said.value), said.reason, said.by)


def stored(value: Value) -> Stored:
    """A value as the ledger keeps it: numbers apart from words, a blank as nothing."""
    if value is None:
        return ()
    return ("数", str(value)) if isinstance(value, Decimal) else ("字", str(value))


def value_of(kept: Stored) -> Value:
    """What :func:`stored` kept."""
    if not kept:
        return None
    return Decimal(kept[1]) if kept[0] == "数" else kept[1]


def scored_opinions(scheme: Scheme, workspace: Workspace) -> tuple[Opinion, ...]:
    """Values of double scoring, in the shape scoring takes them."""
    marks = comparable_marks(workspace)
    if not marks:
        return ()
    rulings = rulings_on_record(workspace)
    compared = compare(scheme, marks)
    values = ruled(compared, rulings)
    return tuple(
        _opinion(compared_mark, values[compared_mark.item], rulings.get(compared_mark.item))
        for compared_mark in compared
        if compared_mark.item in values
    )


def _opinion(compared: Compared, value: Value, ruling: Ruling | None) -> Opinion:
    """Who gave the marks stands apart from why: units read the reasons, and no names."""
    scorers = "、".join(mark.scorer for mark in compared.marks)
    reasons = "；".join(dict.fromkeys(mark.reason for mark in compared.marks if mark.reason))
    evidence = "、".join(dict.fromkeys(mark.evidence for mark in compared.marks if mark.evidence))
    reason = f"裁定：{ruling.reason}" if ruling else reasons
    return Opinion(*compared.item, value, reason, evidence, scorers, ruling.by if ruling else INDEPENDENT)
