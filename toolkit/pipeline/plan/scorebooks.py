"""Double scoring as the ledger has it: books given out, marks locked on receipt, rulings; the values they come to."""

from decimal import Decimal
from typing import Any

from toolkit.ledger import Event, EventKind
from toolkit.model import Opinion, Scheme, Value
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.review import Compared, Item, Mark, Ruling, compare, ruled


def issued_items(workspace: Workspace) -> dict[str, tuple[Item, ...]]:
    """Scorer → items of the book given out last."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.SCOREBOOK_ISSUED)
    return {event.subject: tuple(_item(item) for item in _list(event.details(), "打分项")) for event in events}


def locked_marks(workspace: Workspace) -> tuple[Mark, ...]:
    """Every scorer's marks as they were locked; books that were handed back do not count."""
    return tuple(mark for event in _locks(workspace) for mark in _marks(event))


def lock_in_force(workspace: Workspace, scorer: str) -> Event | None:
    """The event that locked a scorer's book; None where it is not locked."""
    return next((event for event in _locks(workspace) if event.subject == scorer), None)


def handed_back(workspace: Workspace, scorer: str) -> tuple[tuple[Mark, ...], int]:
    """Marks of the book handed back last to a scorer, and how many times books were."""
    with workspace.ledger() as ledger:
        locks = {event.once: event for event in ledger.events(EventKind.SCOREBOOK_LOCKED)}
        undone = [event for event in ledger.events(EventKind.SCOREBOOK_UNLOCKED) if event.subject == scorer]
    lock = locks.get(str(undone[-1].details().get("锁定"))) if undone else None
    return (_marks(lock) if lock else (), len(undone))


def _locks(workspace: Workspace) -> list[Event]:
    """Locks in force. One that was undone is named by what undid it: in merged logs the order says nothing."""
    with workspace.ledger() as ledger:
        locks = ledger.events(EventKind.SCOREBOOK_LOCKED)
        undone = {str(event.details().get("锁定")) for event in ledger.events(EventKind.SCOREBOOK_UNLOCKED)}
    return [event for event in locks if event.once not in undone]


def _marks(event: Event) -> tuple[Mark, ...]:
    return tuple(
        Mark(event.subject, _item(row[:3]), value_of(row[3]), str(row[4]), str(row[5]))
        for row in _list(event.details(), "打分")
    )


def locked_files(workspace: Workspace) -> dict[str, str]:
    """Scorer → sha256 of the book that was locked."""
    return {event.subject: str(event.details().get("校验值", "")) for event in _locks(workspace)}


def rulings_on_record(workspace: Workspace) -> dict[Item, Ruling]:
    """Item → the ruling in force."""
    with workspace.ledger() as ledger:
        events = ledger.events(EventKind.ADJUDICATED)
    found: dict[Item, Ruling] = {}
    for event in events:
        detail = event.details()
        item = _item(_list(detail, "打分项"))
        found[item] = Ruling(item, value_of(detail.get("裁定值")), str(detail.get("理由")), str(detail.get("裁定人")))
    return found


def stored(value: Value) -> list[str]:
    """A value as the ledger keeps it: numbers apart from words, a blank as nothing."""
    if value is None:
        return []
    return ["数", str(value)] if isinstance(value, Decimal) else ["字", str(value)]


def value_of(kept: object) -> Value:
    """What :func:`stored` kept."""
    if not isinstance(kept, list) or not kept:
        return None
    return Decimal(str(kept[1])) if kept[0] == "数" else str(kept[1])


def _list(detail: dict[str, object], name: str) -> list[Any]:
    found = detail.get(name)
    return found if isinstance(found, list) else []


def _item(row: list[Any]) -> Item:
    return str(row[0]), str(row[1]), str(row[2])


def scored_opinions(scheme: Scheme, workspace: Workspace) -> tuple[Opinion, ...]:
    """Values of double scoring, in the shape scoring takes them."""
    marks = locked_marks(workspace)
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
    scorers = "、".join(mark.scorer for mark in compared.marks)
    reasons = "；".join(f"{mark.scorer}：{mark.reason}" for mark in compared.marks if mark.reason)
    evidence = "、".join(dict.fromkeys(mark.evidence for mark in compared.marks if mark.evidence))
    reason = f"裁定（{ruling.by}）：{ruling.reason}" if ruling else reasons
    return Opinion(*compared.item, value, reason, evidence, scorers, ruling.by if ruling else "独立打分")
