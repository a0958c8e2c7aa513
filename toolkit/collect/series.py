"""Several returns for one project: which one counts, and why. Order of reading and file names decide nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from toolkit.collect.context import Outcome
from toolkit.model import CellRef, Finding, Reading, ReadState, Sentence, Severity, Value

Whole: TypeAlias = Callable[[Outcome], Outcome]
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Received:
    """A return and when it was first received (ISO text; files taken in together share it)."""

    outcome: Outcome
    at: str = ""

    @property
    def order(self) -> tuple[str, str, int, str]:
        """What later and fuller means: receipt, then last saved, then answers, then only a fixed order."""
        one = self.outcome
        return (self.at, one.modified, one.balance.read, one.sha256)


@dataclass(frozen=True, slots=True)
class Choice:
    """The return that counts for a project, and what to tell the evaluator of the others."""

    chosen: Outcome
    notes: tuple[Finding, ...] = ()


def _as_it_is(outcome: Outcome) -> Outcome:
    return outcome


def choose(
    received: Sequence[Received], picked: Mapping[str, str] | None = None, whole: Whole = _as_it_is
) -> dict[str, Choice]:
    """The counting return of every project, in order of project id.

    Args:
        received: outcomes in any order. Of several accepted ones the last received counts, of those received together
            the last saved, then the one with more answers. Identical bytes count once; refused files never count, nor
            does the answer to a round of correction that comes after the answer to a later round.
        picked: project id → sha256 of the return that a person decided for; it counts before all others.
        whole: an outcome with all that its return says, where those received have only some of it; asked for where a
            project has several returns.
    """
    first: dict[str, Received] = {}
    for version in received:
        known = first.get(version.outcome.sha256)
        if version.outcome.accepted and (known is None or version.at < known.at):
            first[version.outcome.sha256] = version
    ordered = sorted(first.values(), key=lambda one: (_number(one.outcome.project), *one.order))
    groups = groupby(ordered, key=lambda one: one.outcome.project)
    return {project: _choice(list(versions), (picked or {}).get(project, ""), whole) for project, versions in groups}


def _number(project: str) -> tuple[int, str]:
    return len(project), project


def _choice(versions: list[Received], picked: str, whole: Whole) -> Choice:
    """The one that counts among versions in their order."""
    decided = next((version for version in versions if version.outcome.sha256 == picked), None)
    standing = [version for place, version in enumerate(versions) if not _is_overtaken(version, versions[:place])]
    chosen = decided or standing[-1]
    others = [version for version in versions if version is not chosen]
    if not others:
        return Choice(chosen.outcome)
    if decided:
        note = _decided_note(chosen, versions)
    else:
        note = _note(chosen, others, whole) if chosen is versions[-1] else _overtaken_note(chosen, versions)
    return Choice(chosen.outcome, (note,))


def _is_overtaken(version: Received, earlier: Sequence[Received]) -> bool:
    """An answer to a round of correction that comes after the answer to a later one was under way too long.

    A form as it was sent out at first belongs to no round: a unit may fill it in anew at any time.
    """
    return 0 < version.outcome.round < max((known.outcome.round for known in earlier), default=0)


_DIFFERENT = "同一项目收到 {count} 份内容不同的报送件，{by}“{file}”为准；与前一份“{before}”相比有 {changed} 项填报不同"
_SAVED_AGAIN = "同一项目收到 {count} 份报送件，{by}“{file}”为准；与前一份“{before}”填报的内容相同"


_OVERTAKEN = (
    "同一项目收到 {count} 份内容不同的报送件，以第{round}轮整改表“{file}”为准；"
    "其后收到的“{later}”是第{before}轮的整改表，没有采用"
)


def _overtaken_note(chosen: Received, versions: Sequence[Received]) -> Finding:
    last = versions[-1].outcome
    message = Sentence.saying(
        _OVERTAKEN,
        count=len(versions),
        round=chosen.outcome.round,
        file=chosen.outcome.file_name,
        later=last.file_name,
        before=last.round,
    )
    hint = f"向单位核实后收到的是不是早先发出的；{_pick(chosen, [one for one in versions if one is not chosen])}"
    at = CellRef(chosen.outcome.file_name)
    return Finding("READ-52", Severity.WARNING, at, message, hint, project=chosen.outcome.project)


def _note(chosen: Received, others: Sequence[Received], whole: Whole) -> Finding:
    before = others[-1]
    changed = changed_keys(whole(before.outcome), whole(chosen.outcome))
    message = Sentence.saying(
        _DIFFERENT if changed else _SAVED_AGAIN,
        count=len(others) + 1,
        by=_why(chosen, before),
        file=chosen.outcome.file_name,
        before=before.outcome.file_name,
        changed=len(changed),
    )
    doubtful = changed and chosen.order[:3] == before.order[:3]
    return Finding(
        "READ-52",
        Severity.WARNING if doubtful else Severity.NOTE,
        CellRef(chosen.outcome.file_name),
        message,
        _pick(chosen, others),
        project=chosen.outcome.project,
        found="、".join(changed[:5]),
    )


def _why(chosen: Received, before: Received) -> str:
    if chosen.at != before.at:
        return "以最后收到的"
    if chosen.outcome.modified != before.outcome.modified:
        return "其中同时收到的以最后保存的"
    if chosen.outcome.balance.read != before.outcome.balance.read:
        return "其中同时收到、保存时间相同的以填报项较多的"
    return "收到和保存的时间、填报项数都相同，暂以"


def _decided_note(chosen: Received, versions: Sequence[Received]) -> Finding:
    later = [version for version in versions if version.at > chosen.at]
    template = "同一项目收到 {count} 份内容不同的报送件，已由人工指定以“{file}”为准"
    if later:
        template += "；此后又收到“{later}”，请确认是否仍以指定的一份为准"
    last = {"later": later[-1].outcome.file_name} if later else {}
    message = Sentence.saying(template, count=len(versions), file=chosen.outcome.file_name, **last)
    return Finding(
        "READ-53",
        Severity.WARNING if later else Severity.NOTE,
        CellRef(chosen.outcome.file_name),
        message,
        _pick(chosen, [version for version in versions if version is not chosen]),
        project=chosen.outcome.project,
    )


def _pick(chosen: Received, others: Sequence[Received]) -> str:
    """The command that lets another return count, and which there are, the latest first."""
    known = "、".join(f"{other.outcome.sha256[:_SHORT]}（“{other.outcome.file_name}”）" for other in reversed(others))
    return f"如应以另一份为准，用 jixiao choose {chosen.outcome.project} 校验值 指定；可选：{known}"


def changed_keys(before: Outcome, after: Outcome) -> tuple[str, ...]:
    """Keys of the slots that two returns of a project answer differently."""
    old = before.submission.readings if before.submission else {}
    new = after.submission.readings if after.submission else {}
    both = sorted(old.keys() | new.keys())
    return tuple(key for key in both if _answer(old.get(key)) != _answer(new.get(key)))


def _answer(reading: Reading | None) -> tuple[ReadState, Value, str]:
    if reading is None:
        return ReadState.BLANK, None, ""
    return reading.state, reading.value, reading.original if reading.value is None else ""
