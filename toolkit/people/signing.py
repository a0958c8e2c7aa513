"""三级复核: sign-offs held against what they were given for, review notes, and the state both add up to.

A signature remembers a hash of each input of what was signed: the returned file, the values used, the rule, the
evaluators' judgement, the evidence, what project and indicator are called. When an input changes, exactly the
signatures over it fall, and say which input.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEVELS = ("初评", "复核", "质控")
"""The three levels in their order."""
ROLE_OF = {"初评": "评价人", "复核": "复核人", "质控": "质控"}
PROJECT, NAME = "项目", "指标名称"
INPUTS = ("原件", "取值", "规则", "评审意见", "佐证", PROJECT, NAME)
_LATER = (PROJECT, NAME)
"""Inputs that signatures of version 0.1.0 do not have: those say nothing of them and are not judged by them."""
Place = tuple[str, str]
"""Project id and indicator code."""


class State(StrEnum):
    """Where the review of an indicator or a project stands."""

    NOT_RATED = "未评"
    RATED = "初评"
    UNDER_REVIEW = "复核中"
    REVIEWED = "已复核"
    CHANGED = "复核后有改动"


@dataclass(frozen=True, slots=True)
class Signature:
    """One sign-off.

    Attributes:
        inputs: name of the input → hash, as it was when it was signed.
        broken: why the record itself cannot be trusted; "" where it holds.
    """

    project: str
    indicator: str
    level: str
    by: str
    at: str
    inputs: Mapping[str, str]
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Fallen:
    """A signature that does not hold any more, and why: the inputs that changed, or what is wrong with the record.

    ``twice``: the level below that the same person signed, on another laptop, before both were merged.
    """

    signature: Signature
    why: tuple[str, ...]
    twice: str = ""

    @property
    def words(self) -> str:
        """Why, in a few words."""
        return f"{self.twice}也是本人签的" if self.twice else "、".join(self.why)


class NoteState(StrEnum):
    """Where a note stands."""

    OPEN = "待回复"
    ANSWERED = "已回复"
    CLOSED = "已关闭"


@dataclass(frozen=True, slots=True)
class Note:
    """A review note.

    Attributes:
        id: the first digits of its event's hash.
        place: cell, indicator or paragraph it is bound to, in words.
        answers: who answered what, in order. closed_by: its author, once settled.
    """

    id: str
    project: str
    indicator: str
    place: str
    text: str
    author: str
    at: str
    answers: tuple[tuple[str, str], ...] = ()
    closed_by: str = ""

    @property
    def state(self) -> NoteState:
        """Open until answered and closed by its author."""
        if self.closed_by:
            return NoteState.CLOSED
        return NoteState.ANSWERED if self.answers else NoteState.OPEN


@dataclass(frozen=True, slots=True)
class Review:
    """An indicator of a project: state, signatures that hold by level, those that fell, notes not closed."""

    project: str
    indicator: str
    state: State
    signed: Mapping[str, Signature]
    fallen: tuple[Fallen, ...]
    open_notes: tuple[Note, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Levels without a signature that holds."""
        return tuple(level for level in LEVELS if level not in self.signed)


def digest(value: object) -> str:
    """Hash of one input: of its canonical text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def reviews(
    inputs: Mapping[Place, Mapping[str, str]], signatures: Iterable[Signature], notes: Iterable[Note]
) -> dict[Place, Review]:
    """The state of every indicator.

    Args:
        inputs: place → hashes of its inputs as they are now.
        signatures: all that were ever given, in order; of one level the last counts, unless an earlier one holds.
        notes: all notes; those of no indicator are about the whole project and count for each of its indicators.
    """
    given: dict[Place, list[Signature]] = {}
    for signature in signatures:
        given.setdefault((signature.project, signature.indicator), []).append(signature)
    waiting = [note for note in notes if note.state is not NoteState.CLOSED]
    found: dict[Place, Review] = {}
    for place, now in inputs.items():
        about = tuple(note for note in waiting if note.project == place[0] and note.indicator in ("", place[1]))
        found[place] = _review(place, now, given.get(place, ()), about)
    return found


def _review(place: Place, now: Mapping[str, str], given: Sequence[Signature], notes: tuple[Note, ...]) -> Review:
    signed: dict[str, Signature] = {}
    fallen: list[Fallen] = []
    for level in LEVELS:
        judged = [Fallen(signature, why_fallen(signature, now)) for signature in given if signature.level == level]
        holding = [judgement.signature for judgement in judged if not judgement.why]
        below = {signature.by: under for under, signature in signed.items()}
        others = [signature for signature in holding if signature.by not in below]
        if others:
            signed[level] = others[-1]
        elif holding:
            fallen.append(Fallen(holding[-1], (), below[holding[-1].by]))
        elif judged:
            fallen.append(judged[-1])
    return Review(*place, _state(signed, fallen, notes), signed, tuple(fallen), notes)


def why_fallen(signature: Signature, now: Mapping[str, str]) -> tuple[str, ...]:
    """The inputs that are not what was signed, or what is wrong with the record; empty while the signature holds."""
    if signature.broken:
        return (signature.broken,)
    given = signature.inputs
    judged = (name for name in INPUTS if name in given or name not in _LATER)
    return tuple(name for name in judged if given.get(name, "") != now.get(name, ""))


def _state(signed: Mapping[str, Signature], fallen: Sequence[Fallen], notes: Sequence[Note]) -> State:
    if any(signed.why and signed.signature.level != LEVELS[0] for signed in fallen):
        return State.CHANGED
    if LEVELS[0] not in signed:
        return State.NOT_RATED
    if all(level in signed for level in LEVELS) and not notes:
        return State.REVIEWED
    return State.UNDER_REVIEW if notes or LEVELS[1] in signed else State.RATED


def project_state(states: Iterable[State]) -> State:
    """The state of a project out of those of its indicators."""
    seen = set(states)
    if State.CHANGED in seen:
        return State.CHANGED
    if seen <= {State.REVIEWED} and seen:
        return State.REVIEWED
    if seen <= {State.NOT_RATED}:
        return State.NOT_RATED
    if seen <= {State.RATED}:
        return State.RATED
    return State.UNDER_REVIEW if State.NOT_RATED not in seen or len(seen) > 2 else _begun(seen)


def _begun(seen: set[State]) -> State:
    return State.NOT_RATED if seen == {State.NOT_RATED, State.RATED} else State.UNDER_REVIEW
