"""Collecting: store the original first, then read it; and which return counts for each project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from toolkit.collect import Incoming, Outcome, ReturnState, choose, incoming
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.ledger import EventKind, Ledger
from toolkit.model import Balance, CellRef, Finding, Severity, Submission
from toolkit.pipeline.evaluation import Evaluation
from toolkit.pipeline.progress import Progress, silent, tell

STAGE = "读取报送件"


class FileState(StrEnum):
    """What became of one file; the value is what ``--json`` prints."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """One file and its verdict. ``reason`` is empty for an accepted file."""

    name: str
    sha256: str
    state: FileState
    project: str = ""
    reason: str = ""
    balance: Balance = field(default_factory=Balance)


def collect(
    evaluation: Evaluation, paths: Iterable[Path], now: datetime, progress: Progress = silent
) -> tuple[CollectedFile, ...]:
    """Take in every file found under ``paths``. One bad file never stops the others; originals are never changed."""
    seen: set[str] = set()
    with evaluation.workspace.ledger() as ledger:
        found = tell(progress, STAGE, list(incoming(paths)))
        return tuple([_take_in(evaluation, ledger, one, now, seen) for one in found])


def _take_in(evaluation: Evaluation, ledger: Ledger, one: Incoming, now: datetime, seen: set[str]) -> CollectedFile:
    data = one.data if not one.problem else _bytes_on_disk(one.path)
    sha256 = sha256_of(data)
    if one.problem and not data:
        return CollectedFile(one.name, sha256, FileState.REFUSED, reason=one.problem)
    if sha256 in seen:
        return CollectedFile(one.name, sha256, FileState.DUPLICATE, reason="与本批另一文件内容完全相同，只计一次")
    seen.add(sha256)
    _keep_original(evaluation, ledger, one.name, data, now)
    if one.evidence:
        return CollectedFile(one.name, sha256, FileState.EVIDENCE, reason="佐证材料，已存档")
    outcome = evaluation.outcome(sha256, one.name, data)
    if one.problem:
        outcome = replace(outcome, state=ReturnState.REFUSED, reason=one.problem)
    _record(ledger, one.name, outcome, now)
    state = FileState.ACCEPTED if outcome.accepted else FileState.REFUSED
    return CollectedFile(one.name, sha256, state, outcome.project, outcome.reason, outcome.balance)


def _bytes_on_disk(path: Path) -> bytes:
    """The container as it lies in the inbox, when what is inside cannot be had; b"" when not even that."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _keep_original(evaluation: Evaluation, ledger: Ledger, name: str, data: bytes, now: datetime) -> None:
    """Bytes first, then the ledger, then the parser: nothing that follows can lose what came in."""
    sha256 = sha256_of(data)
    path = original_path(evaluation, sha256)
    if not path.exists():
        write_atomic(path, data)
    detail = {"文件名": name, "字节数": len(data)}
    ledger.record(EventKind.RECEIVED, at=now, once=f"received:{sha256}", subject=sha256, detail=detail)


def _record(ledger: Ledger, name: str, outcome: Outcome, now: datetime) -> None:
    ledger.record(
        EventKind.READ if outcome.accepted else EventKind.REFUSED,
        at=now,
        once=f"{'read' if outcome.accepted else 'refused'}:{outcome.sha256}",
        project=outcome.project,
        subject=outcome.sha256,
        detail={"文件名": name} | ({} if outcome.accepted else {"原因": outcome.reason}),
    )


def original_path(evaluation: Evaluation, sha256: str) -> Path:
    """Where an original's bytes are kept. The name says nothing of what the unit called it: that is in the ledger."""
    return evaluation.workspace.originals / sha256


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file on record: when it came and under which name."""

    sha256: str
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Returns:
    """Everything on record.

    Attributes:
        counting: project id → the submission that counts.
        receipts: project id → where that submission came from.
        refused: files that were refused.
        findings: about several returns of one project, and about refused files.
    """

    counting: dict[str, Submission]
    receipts: dict[str, Receipt]
    refused: tuple[Receipt, ...]
    findings: tuple[Finding, ...]


def returns(evaluation: Evaluation, progress: Progress = silent) -> Returns:
    """Read all originals on record again (they are the only truth) and say which counts for each project."""
    receipts = {one.sha256: one for one in _receipts(evaluation)}
    outcomes = [_read_again(evaluation, one) for one in tell(progress, STAGE, list(receipts.values()))]
    chosen = choose(outcomes)
    refused = [one for one in outcomes if not one.accepted]
    counting = {project: choice.chosen for project, choice in chosen.items()}
    return Returns(
        {project: one.submission for project, one in counting.items() if one.submission is not None},
        {project: receipts[one.sha256] for project, one in counting.items()},
        tuple(receipts[one.sha256] for one in refused),
        (*(_refusal(one) for one in refused), *(note for choice in chosen.values() for note in choice.notes)),
    )


def _receipts(evaluation: Evaluation) -> Sequence[Receipt]:
    """Workbooks on record in the order they came."""
    with evaluation.workspace.ledger() as ledger:
        judged = {event.subject for event in ledger.events() if event.kind in (EventKind.READ, EventKind.REFUSED)}
        received = ledger.events(EventKind.RECEIVED)
    return [
        Receipt(event.subject, str(event.details().get("文件名", "")), event.at)
        for event in received
        if event.subject in judged
    ]


def _read_again(evaluation: Evaluation, receipt: Receipt) -> Outcome:
    data = original_path(evaluation, receipt.sha256).read_bytes()
    return evaluation.outcome(receipt.sha256, receipt.name, data)


def _refusal(outcome: Outcome) -> Finding:
    return Finding(
        "COLLECT-01",
        Severity.ERROR,
        CellRef(outcome.file_name),
        f"文件“{outcome.file_name}”不予接收：{outcome.reason}",
        "请责任单位用下发的采集表重新报送",
        project=outcome.project,
        found=outcome.sha256[:12],
    )
