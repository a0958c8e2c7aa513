"""Two rounds side by side: which findings closed, stayed or came anew, and what else the unit changed."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from toolkit.correct.plan import Places
from toolkit.model import CellRef, Finding, Layout, Reading, ReadState, Sentence, Severity, SlotRole, Submission, Value

Key = tuple[str, str]
_NAMED = 6


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What became of one round.

    Attributes:
        closed, open, new: (code, slot key) of findings asked for and gone, still there, or not there before.
        changed: slot keys answered otherwise among those that were asked for.
        outside: slot keys answered otherwise although nobody asked.
    """

    project: str
    closed: tuple[Key, ...]
    open: tuple[Key, ...]
    new: tuple[Key, ...]
    changed: tuple[str, ...]
    outside: tuple[str, ...]


def compare_rounds(
    before: Submission,
    after: Submission,
    layout: Layout,
    asked: tuple[AbstractSet[Key], AbstractSet[str]],
    now: Iterable[Key],
) -> RoundChange:
    """Compare the return that was sent back with the one that came in its place.

    ``asked`` are the findings sent back and the slot keys that were open, ``now`` the findings of today.
    """
    findings, opened = asked
    today = set(now)
    keys = sorted(before.readings.keys() | after.readings.keys())
    moved = [key for key in keys if not answers_alike(before, after, key)]
    typed = [key for key in moved if (slot := layout.slots.get(key)) is None or slot.role is not SlotRole.CALCULATED]
    return RoundChange(
        after.project,
        tuple(sorted(findings - today)),
        tuple(sorted(findings & today)),
        tuple(sorted(today - findings)),
        tuple(key for key in typed if key in opened),
        tuple(key for key in typed if key not in opened),
    )


def outside_finding(change: RoundChange, after: Submission, layout: Layout, number: int) -> Finding | None:
    """A change nobody asked for is no fault, but somebody has to know; ``number`` is the round's, from 1."""
    if not change.outside:
        return None
    first = after.readings.get(change.outside[0])
    labels = [layout.slots[key].label if key in layout.slots else key for key in change.outside]
    more = f"等{len(labels)}项" if len(labels) > _NAMED else ""
    return Finding(
        "ROUND-01",
        Severity.WARNING,
        first.at if first else CellRef(after.file_name),
        Sentence.saying(
            "第{number}轮整改时，未要求更正的内容也有改动：{listed}{more}",
            number=str(number),
            listed="、".join(labels[:_NAMED]),
            more=more,
        ),
        "向单位核实改动的原因；确需改动的请其补充说明，再豁免这一条",
        project=change.project,
        indicator=change.outside[0],
        related=tuple(after.readings[key].at for key in change.outside[1:] if key in after.readings),
    )


def explained(findings: Iterable[Finding], after: Submission, places: Places) -> Iterator[Finding]:
    """The findings, each with what the unit wrote beside it when it was sent back."""
    for finding in findings:
        words = after.explanations.get(places.key(finding), "")
        yield replace(finding, explanation=words) if words else finding


def answers_alike(one: Submission, other: Submission, key: str) -> bool:
    """Whether two returns answer the same."""
    return _answer(one.readings.get(key)) == _answer(other.readings.get(key))


def _answer(reading: Reading | None) -> tuple[ReadState, Value, str]:
    if reading is None or reading.state is ReadState.BLANK:
        return ReadState.BLANK, None, ""
    return reading.state, reading.value, reading.original.strip() if reading.value is None else ""
