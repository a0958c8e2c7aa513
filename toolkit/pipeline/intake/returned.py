"""What is on record as returned: read again from the originals, and which return counts for each project."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toolkit.collect import (
    Choice,
    EvidenceFile,
    NamedProjects,
    Outcome,
    Received,
    choose,
    match_evidence,
)
from toolkit.collect.context import Cause, refusal
from toolkit.collect.serving import read_return
from toolkit.collect.worker import read_texts
from toolkit.excel.files import sha256_of
from toolkit.handover import agreed, in_force
from toolkit.ledger import EventKind, Ledger
from toolkit.ledger.kinds import FileReceived
from toolkit.model import CellRef, Finding, Sentence, Severity, Submission
from toolkit.pipeline.intake.evidence import evidence_on_record, is_evidence
from toolkit.pipeline.intake.originals import original_path
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import READING, Progress, silent, tell

_FEW = 60
"""So many files are read again faster here than a worker process takes to start."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file on record: when it came, under which name, in which folder, and whether it was read then."""

    sha256: str
    name: str
    at: str
    folder: str = ""
    accepted: bool = True

    @property
    def when(self) -> str:
        """Local day and time to the minute: ``2024-12-20 14:07``."""
        return self.at[:16].replace("T", " ")


@dataclass(frozen=True, slots=True)
class Returns:
    """Everything on record.

    Attributes:
        counting: project id → the submission that counts; all that it says is found again when it is asked for.
        compared: project id → the same with those answers only that projects are compared by or that are printed.
        receipts: project id → where that submission came from.
        folders: project id → every folder one of its returns came in: evidence beside an earlier one stays its own.
        refused: files that were refused.
        findings: about several returns of one project, refused files and evidence files.
        evidence: supporting files with the project and item they belong to.
        first_came: project id → the day on which its first file came, one that could not be read included.
        copies: project id → projects that have no return, but under whose names its very file was sent as well.
    """

    counting: Mapping[str, Submission]
    compared: Mapping[str, Submission]
    receipts: dict[str, Receipt]
    refused: tuple[Receipt, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[EvidenceFile, ...] = ()
    folders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first_came: Mapping[str, date] = field(default_factory=dict)


class Counting(Mapping[str, Submission]):
    """The returns that count, by project id; whole, but only some of them held at a time."""

    def __init__(self, evaluation: Evaluation, compared: Mapping[str, Submission]) -> None:
        self._evaluation = evaluation
        self._compared = compared

    def __getitem__(self, project: str) -> Submission:
        """All that the project's return says."""
        outcome = self._evaluation.known_outcome(self._compared[project].sha256)
        if outcome is None or outcome.submission is None:
            raise KeyError(project)
        return outcome.submission

    def __contains__(self, project: object) -> bool:
        return project in self._compared

    def __iter__(self) -> Iterator[str]:
        return iter(self._compared)

    def __len__(self) -> int:
        return len(self._compared)


def returns(evaluation: Evaluation, progress: Progress = silent) -> Returns:
    """Read all originals on record again (they are the only truth) and say which counts for each project."""
    with evaluation.workspace.ledger() as ledger:
        receipts = {receipt.sha256: receipt for receipt in receipts_on_record(ledger)}
        picked, evidence = picked_returns(ledger), evidence_on_record(ledger)
        other_names = other_names_on_record(ledger)
    outcomes = read_again(evaluation, list(receipts.values()), progress)
    received = [Received(outcome, receipts[outcome.sha256].at) for outcome in outcomes]
    chosen = choose(received, picked, lambda outcome: evaluation.known_outcome(outcome.sha256) or outcome)
    counting = {project: choice.chosen for project, choice in chosen.items()}
    compared = {project: outcome.submission for project, outcome in counting.items() if outcome.submission is not None}
    came = {project: receipts[outcome.sha256] for project, outcome in counting.items()}
    folders = _folders(outcomes, receipts)
    matched = match_evidence(
        evidence, compared, folders, evaluation.scheme, evaluation.roster, evaluation.template.identity
    )
    refused = [outcome for outcome in outcomes if not outcome.accepted]
    named = NamedProjects(evaluation.roster)
    told = (_refusal(outcome, receipts[outcome.sha256], named, came) for outcome in refused)
    findings = (*told, *_notes(chosen), *matched.findings)
    return Returns(
        counting=Counting(evaluation, compared),
        compared=compared,
        receipts=came,
        refused=tuple(receipts[outcome.sha256] for outcome in refused),
        findings=findings,
        evidence=matched.files,
        folders=folders,
        copies=dict(_copies(came, other_names, named)),
        first_came=_first_came(outcomes, receipts, named),
    )


def _first_came(outcomes: Sequence[Outcome], receipts: Mapping[str, Receipt], named: NamedProjects) -> dict[str, date]:
    """A unit that sent a damaged file in time was not late, whatever became of it."""
    first: dict[str, date] = {}
    for outcome in outcomes:
        receipt = receipts[outcome.sha256]
        if project := outcome.project or named.in_path(receipt.folder, receipt.name):
            day = date.fromisoformat(receipt.at[:10])
            first[project] = min(day, first.get(project, day))
    return first


def _folders(outcomes: Sequence[Outcome], receipts: Mapping[str, Receipt]) -> dict[str, frozenset[str]]:
    places: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.accepted:
            places.setdefault(outcome.project, set()).add(receipts[outcome.sha256].folder)
    return {project: frozenset(found) for project, found in places.items()}


def _copies(
    came: Mapping[str, Receipt], other_names: Mapping[str, frozenset[str]], named: NamedProjects
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of every project whose file came under its own name and another project's: those that have no other return."""
    for project, receipt in came.items():
        others = other_names.get(receipt.sha256, frozenset())
        names = {named.in_path(receipt.folder, receipt.name), *others} if others else set()
        if project in names and (copied := sorted(names - {"", *came})):
            yield project, tuple(copied)


def other_names_on_record(ledger: Ledger) -> dict[str, frozenset[str]]:
    """sha256 → projects by whose names the same bytes came once more."""
    named: dict[str, set[str]] = {}
    for event in ledger.events(EventKind.RECEIVED):
        if event.project:
            named.setdefault(event.subject, set()).add(event.project)
    return {sha256: frozenset(projects) for sha256, projects in named.items()}


def receipts_on_record(ledger: Ledger) -> list[Receipt]:
    """Workbooks on record in the order they came; what was refused once and is evidence by now is none of them."""
    judged = [event for event in ledger.events() if event.kind in (EventKind.READ, EventKind.REFUSED)]
    evidence = {event.subject for event in judged if is_evidence(event)}
    verdicts = {
        event.subject: event.kind is EventKind.READ
        for event in judged
        if not is_evidence(event) and (event.kind is EventKind.READ or event.subject not in evidence)
    }
    return [
        Receipt(
            event.subject,
            event.says(FileReceived).file,
            event.at,
            event.says(FileReceived).folder,
            verdicts[event.subject],
        )
        for event in ledger.events(EventKind.RECEIVED)
        if event.subject in verdicts and not event.project
    ]


def picked_returns(ledger: Ledger) -> dict[str, str]:
    """Project id → sha256 of the return that a person decided for; the last decision counts, none while in dispute."""
    standing = in_force(ledger.logs(EventKind.CHOSEN))
    return {thing.project: event.subject for thing, events in standing.items() if (event := agreed(events))}


def read_again(evaluation: Evaluation, receipts: Sequence[Receipt], progress: Progress = silent) -> list[Outcome]:
    """What the originals say, in brief. What was once refused, or is much, is read in processes of its own."""
    readings = evaluation.readings
    for receipt in receipts:
        if readings.brief(receipt.sha256) is None and (lost := _lost(evaluation, receipt)):
            evaluation.remember(lost)
    readings.find((receipt.sha256, receipt.name) for receipt in receipts)
    unknown = [receipt for receipt in receipts if readings.brief(receipt.sha256) is None]
    apart = unknown if len(unknown) > _FEW else [receipt for receipt in unknown if not receipt.accepted]
    files = ((_original(evaluation, receipt), receipt.name) for receipt in apart)
    for number, read in enumerate(read_texts(files, evaluation.collecting) if apart else (), 1):
        evaluation.remember(read.outcome, read.text)
        progress(READING, number, len(apart), item=read.outcome.file_name)
    left = [receipt for receipt in receipts if readings.brief(receipt.sha256) is None]
    for receipt in tell(progress, READING, left) if left else ():
        if readings.brief(receipt.sha256) is None:  # of equal files the first says it
            evaluation.remember(read_return(_original(evaluation, receipt), receipt.name, evaluation.collecting))
    readings.save()
    return [outcome for receipt in receipts if (outcome := readings.brief(receipt.sha256))]


def _original(evaluation: Evaluation, receipt: Receipt) -> bytes:
    return original_path(evaluation.workspace, receipt.sha256).read_bytes()


def _lost(evaluation: Evaluation, receipt: Receipt) -> Outcome | None:
    """The verdict on an original that is gone or was altered on our own disk; None where it is what came in."""
    path = original_path(evaluation.workspace, receipt.sha256)
    if path.is_file() and sha256_of(path.read_bytes()) == receipt.sha256:
        return None
    what = "被改动过，与收到时的校验值不符" if path.is_file() else "不见了"
    reason = f"存档的原件（{path.parent.name}/{path.name[:12]}…）{what}，未采用。请从备份恢复，或请单位重新报送"
    return refusal(Cause.ALTERED, receipt.name, receipt.sha256, reason)


def _notes(chosen: Mapping[str, Choice]) -> tuple[Finding, ...]:
    return tuple(note for choice in chosen.values() for note in choice.notes)


def _refusal(outcome: Outcome, receipt: Receipt, named: NamedProjects, came: Mapping[str, Receipt]) -> Finding:
    """A refused file, said to the project its name mentions; a matter of the past once a return came after it."""
    project = outcome.project or named.in_path(receipt.folder, receipt.name)
    settled = project in came and came[project].at > receipt.at
    withdrawn = outcome.cause is Cause.WITHDRAWN
    hint = "核对项目清单；不是单位报错了文件" if withdrawn else "请责任单位用下发的采集表重新报送"
    return Finding(
        "COLLECT-01",
        Severity.NOTE if settled else Severity.WARNING if withdrawn else Severity.ERROR,
        CellRef(outcome.file_name),
        Sentence.of("文件“{file}”不予接收：{reason}", {"file": outcome.file_name, "reason": outcome.reason}),
        "该项目此后报送的采集表已读取，无需处理" if settled else hint,
        project=project,
    )
