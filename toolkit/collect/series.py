"""Several returns for one project: which one counts, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.collect.context import Outcome
from toolkit.model import CellRef, Finding, Reading, ReadState, Severity, Value


@dataclass(frozen=True, slots=True)
class Choice:
    """The return that counts for a project, the others, and what to tell the evaluator."""

    chosen: Outcome
    superseded: tuple[Outcome, ...] = ()
    notes: tuple[Finding, ...] = ()


def choose(received: Sequence[Outcome]) -> dict[str, Choice]:
    """The counting return of every project, in order of project id as first received.

    Args:
        received: outcomes in the order of receipt. The latest accepted one counts; identical bytes received again
            change nothing, and refused files never count.
    """
    series: dict[str, list[Outcome]] = {}
    for outcome in received:
        if outcome.accepted:
            versions = series.setdefault(outcome.project, [])
            if all(outcome.sha256 != earlier.sha256 for earlier in versions):
                versions.append(outcome)
    return {project: _choice(project, versions) for project, versions in series.items()}


def _choice(project: str, versions: list[Outcome]) -> Choice:
    *earlier, chosen = versions
    if not earlier:
        return Choice(chosen)
    changed = changed_keys(earlier[-1], chosen)
    message = (
        f"同一项目收到 {len(versions)} 份内容不同的报送件，以最后收到的“{chosen.file_name}”为准；"
        f"与前一份“{earlier[-1].file_name}”相比有 {len(changed)} 项填报不同"
    )
    note = Finding(
        "READ-52",
        Severity.NOTE,
        CellRef(chosen.file_name),
        message,
        "如应以另一份为准，请人工指定",
        project=project,
        found="、".join(changed[:5]),
    )
    return Choice(chosen, tuple(earlier), (note,))


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
