"""Collecting: store the original first, then read it; and which return counts for each project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
    sha256 = sha256_of(one.data)
    if sha256 in seen:
        return CollectedFile(one.name, sha256, FileState.DUPLICATE, reason="与本批另一文件内容完全相同，只计一次")
    seen.add(sha256)
    _keep_original(evaluation, ledger, one, sha256, now)
    if one.evidence:
        return CollectedFile(one.name, sha256, FileState.EVIDENCE, reason="佐证材料，已存档")
    outcome = evaluation.outcome(sha256, one.name, one.data)
    _record(ledger, one, sha256, outcome, now)
    state = FileState.ACCEPTED if outcome.state is ReturnState.ACCEPTED else FileState.REFUSED
    return CollectedFile(one.name, sha256, state, outcome.project, outcome.reason, outcome.balance)


def _keep_original(evaluation: Evaluation, ledger: Ledger, one: Incoming, sha256: str, now: datetime) -> None:
    """Bytes first, then the ledger, then the parser: nothing that follows can lose what came in."""
    path = original_path(evaluation, sha256)
    if not path.exists():
        write_atomic(path, one.data)
    detail = {"文件名": one.name, "字节数": len(one.data)}
    ledger.record(EventKind.RECEIVED, at=now, once=f"received:{sha256}", subject=sha256, detail=detail)


def _record(ledger: Ledger, one: Incoming, sha256: str, outcome: Outcome, now: datetime) -> None:
    accepted = outcome.state is ReturnState.ACCEPTED
    ledger.record(
        EventKind.READ if accepted else EventKind.REFUSED,
        at=now,
        once=f"{'read' if accepted else 'refused'}:{sha256}",
        project=outcome.project,
        subject=sha256,
        detail={"文件名": one.name} | ({} if accepted else {"原因": outcome.reason}),
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
    series: dict[str, list[tuple[Receipt, Submission]]] = {}
    refused: list[tuple[Receipt, Outcome]] = []
    for receipt in tell(progress, STAGE, _receipts(evaluation)):
        outcome = _read_again(evaluation, receipt)
        if outcome.submission is not None:
            series.setdefault(outcome.project, []).append((receipt, outcome.submission))
        else:
            refused.append((receipt, outcome))
    counting: dict[str, Submission] = {}
    receipts: dict[str, Receipt] = {}
    findings = [_refusal(receipt, outcome) for receipt, outcome in refused]
    for project in sorted(series, key=lambda one: (len(one), one)):
        choice = choose([submission for _, submission in series[project]])
        counting[project] = choice.submission
        receipts[project] = next(receipt for receipt, one in series[project] if one is choice.submission)
        findings += choice.findings
    return Returns(counting, receipts, tuple(receipt for receipt, _ in refused), tuple(findings))


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


def _refusal(receipt: Receipt, outcome: Outcome) -> Finding:
    return Finding(
        "COLLECT-01",
        Severity.ERROR,
        CellRef(receipt.name),
        f"文件“{receipt.name}”不予接收：{outcome.reason}",
        "请责任单位用下发的采集表重新报送",
        project=outcome.project,
        found=receipt.sha256[:12],
    )
