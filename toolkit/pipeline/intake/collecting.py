"""Taking in what came back: every file's bytes are stored and recorded first, then read in a process of its own."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from toolkit.collect import (
    Cause,
    EvidenceFile,
    Incoming,
    IsolatedReader,
    NamedProjects,
    Outcome,
    incoming,
    may_support,
    signed_projects,
    supporting,
)
from toolkit.collect.answer import ReadText
from toolkit.collect.context import refusal
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.ledger import Ledger, NewEvent
from toolkit.ledger.kinds import FileReceived, Read, Refused
from toolkit.pipeline.intake.cluster import read_files
from toolkit.pipeline.intake.evidence import evidence_on_record, looked_at, record_evidence
from toolkit.pipeline.intake.originals import keep_originals, original_path
from toolkit.pipeline.intake.returned import receipts_on_record, returns
from toolkit.pipeline.outcome import CollectedFile, FileState
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.progress import READING, Progress, silent

_TOGETHER, _MUCH = 8, 4_000_000
"""Files that are stored, and told the ledger, together: to wait for the disk with each takes longer than to read it.

Units: files; bytes.
"""


def collect(
    evaluation: Evaluation, paths: Iterable[Path], now: datetime, progress: Progress = silent, cluster: str = ""
) -> tuple[CollectedFile, ...]:
    """Take in every file found under ``paths``. One bad file never stops the others; originals are never changed.

    ``cluster`` is the address of a scheduler whose machines read the files; "" reads them here.

    Raises:
        WorkspaceError: one of the paths is not there; nothing has been taken in then.
    """
    paths = tuple(paths)
    if absent := [path for path in paths if not path.exists()]:
        listed = "、".join(map(str, absent))
        raise WorkspaceError("找不到要读取的文件或文件夹", where=listed, what_to_do="核对路径和文件名后重试")
    with evaluation.workspace.ledger() as ledger, IsolatedReader(evaluation.collecting) as opener:
        taking = _Taking(evaluation, ledger, now)
        found = taking.workbooks(incoming(paths, opener.unpacked))
        try:
            reads = read_files(found, evaluation.collecting, cluster, lambda words: progress(words, 0, 0))
            for done, read in enumerate(reads, 1):
                taking.judged(read)
                progress(READING, done, 0, item=read.outcome.file_name)
        finally:
            taking.note_verdicts()
        evaluation.readings.save()
        taking.place_unknown_files()
        taking.look_at_evidence()
        taking.note_other_names()
    progress(READING, len(taking.files), len(taking.files))
    return tuple(taking.files)


class _Taking:
    """One round of taking in: the verdicts so far, and what is still being read or waits to be looked at."""

    def __init__(self, evaluation: Evaluation, ledger: Ledger, now: datetime) -> None:
        self.files: list[CollectedFile] = []
        self._evaluation = evaluation
        self._ledger = ledger
        self._now = now
        self._places: dict[str, list[tuple[int, Incoming]]] = defaultdict(list)
        self._accepted: set[str] = set()
        self._being_read: deque[int] = deque()
        self._unknown_files: list[tuple[int, Outcome]] = []
        self._evidence: list[tuple[int, Incoming, str]] = []
        self._verdicts: list[NewEvent] = []
        self._first = {receipt.sha256: (receipt.folder, receipt.name) for receipt in receipts_on_record(ledger)}

    def workbooks(self, found: Iterable[Incoming]) -> Iterator[tuple[bytes, str]]:
        """Store and record every file; hand out those that have to be read."""
        for finding, sha256 in chain.from_iterable(map(self._with_originals_kept, _together(found))):
            if finding.problem:
                refused = refusal(Cause.CANNOT_OPEN, finding.name, "", finding.problem)
                self.files.append(_collected(finding.name, refused))
                continue
            places, place = self._places[sha256], (len(self.files), replace(finding, data=b""))
            places.append(place)
            if finding.evidence:
                self._evidence.append((*place, sha256))
            if len(places) > 1:
                reason = "与本批另一文件内容完全相同，只计一次"
                self.files.append(CollectedFile(finding.name, sha256, FileState.DUPLICATE, reason=reason))
                continue
            yield from self._to_read(finding, sha256)

    def _to_read(self, incoming: Incoming, sha256: str) -> Iterator[tuple[bytes, str]]:
        self._being_read.append(len(self.files))
        self.files.append(CollectedFile(incoming.name, sha256, FileState.EVIDENCE))
        self._evaluation.readings.find([(sha256, incoming.name)])
        known = self._evaluation.readings.brief(sha256)
        if incoming.evidence:
            self._being_read.pop()
        elif known is not None:
            self._settle(self._being_read.pop(), known)
        else:
            yield incoming.data, incoming.name

    def judged(self, read: ReadText) -> None:
        """Take note of the verdict on the workbook handed out longest ago."""
        self._evaluation.remember(read.outcome, read.text)
        index = self._being_read.popleft()
        self._settle(index, read.outcome)
        self.files[index] = replace(self.files[index], is_read_now=True)

    def _settle(self, index: int, outcome: Outcome) -> None:
        if may_support(outcome):
            self._unknown_files.append((index, outcome))
        else:
            self._record(index, outcome)
        if outcome.accepted:
            self._accepted.add(outcome.sha256)
        self._evaluation.readings.let_go()

    def _record(self, index: int, outcome: Outcome) -> None:
        name = self.files[index].name
        self.files[index] = _collected(name, outcome)
        once = f"{'read' if outcome.accepted else 'refused'}:{outcome.sha256}"
        verdict = _verdict(name, outcome)
        self._verdicts.append(NewEvent(verdict, self._now, once, outcome.project, subject=outcome.sha256))
        if len(self._verdicts) >= _TOGETHER:
            self.note_verdicts()

    def note_verdicts(self) -> None:
        """Have the verdicts so far on record."""
        self._ledger.record_many(self._verdicts)
        self._verdicts.clear()

    def place_unknown_files(self) -> None:
        """Files that are no returns: evidence where they belong to one, refused where they do not."""
        if not self._unknown_files:
            return
        on_record, evaluation = returns(self._evaluation), self._evaluation
        for index, outcome in self._unknown_files:
            places = self._places[outcome.sha256]
            files = [EvidenceFile(incoming.name, incoming.folder, outcome.sha256, 0) for _, incoming in places]
            if supporting(files, on_record.compared, on_record.folders, evaluation.scheme, evaluation.roster):
                self._evidence += [(at, incoming, outcome.sha256) for at, incoming in places if not incoming.evidence]
            else:
                self._record(index, outcome)
        self.note_verdicts()

    def look_at_evidence(self) -> None:
        """Count pages and see what can be opened; what is on record is not looked at again."""
        looks = {look.sha256: look for look in evidence_on_record(self._ledger)}
        with IsolatedReader(self._evaluation.collecting) as reader:
            for index, incoming, sha256 in self._evidence:
                if sha256 not in looks:
                    data = original_path(self._evaluation.workspace, sha256).read_bytes()
                    looks[sha256] = looked_at(incoming, sha256, data, reader)
                known = replace(looks[sha256], name=incoming.name, folder=incoming.folder)
                record_evidence(self._ledger, known, self._now)
                if self.files[index].state is FileState.EVIDENCE:
                    self.files[index] = self._as_evidence(self.files[index], known)

    def note_other_names(self) -> None:
        """A return that came under the names of several projects: each further project is on record once."""
        named = NamedProjects(self._evaluation.roster)
        for sha256, places in self._places.items():
            first = self._first[sha256]
            others = [file for _, file in places if (file.folder, file.name) != first]
            if others and sha256 in self._accepted:
                self._note_projects(sha256, others, named)

    def _note_projects(self, sha256: str, others: Iterable[Incoming], named: NamedProjects) -> None:
        known = ("", named.in_path(*self._first[sha256]))
        size = original_path(self._evaluation.workspace, sha256).stat().st_size
        for file in others:
            if (project := named.in_path(file.folder, file.name)) not in known:
                details = FileReceived(file=file.name, size=size, folder=file.folder)
                once = f"received:{sha256}:{project}"
                self._ledger.record(details, at=self._now, once=once, project=project, subject=sha256)

    def _as_evidence(self, collected: CollectedFile, file: EvidenceFile) -> CollectedFile:
        pages = f"，{file.pages}页" if file.pages else ""
        trouble = "" if file.openable else "，但打不开"
        projects = signed_projects(file.codes, self._evaluation.template.identity, self._evaluation.roster)
        what = f"签章页扫描件，项目{'、'.join(projects)}" if projects else "佐证材料"
        project = projects[0] if len(projects) == 1 else collected.project
        return replace(collected, reason=f"{what}（{file.kind}{pages}），已存档{trouble}", project=project)

    def _with_originals_kept(self, group: Sequence[Incoming]) -> Sequence[tuple[Incoming, str]]:
        """Each file with its sha256, stored and recorded.

        Bytes first, then the ledger, then the parser: nothing that follows can lose what came in.
        """
        named = [(file, sha256_of(file.data)) for file in group]
        came = [(file, sha256) for file, sha256 in named if not file.problem]
        keep_originals(self._evaluation.workspace, {sha256: file.data for file, sha256 in came})
        received = []
        for file, sha256 in came:
            details = FileReceived(file=file.name, size=len(file.data), folder=file.folder)
            received.append(NewEvent(details, self._now, f"received:{sha256}", subject=sha256))
            self._first.setdefault(sha256, (file.folder, file.name))
        self._ledger.record_many(received)
        return named


def _together(found: Iterable[Incoming]) -> Iterator[Sequence[Incoming]]:
    """A few files at a time, of which not more is held than of one large file."""
    group: list[Incoming] = []
    for file in found:
        group.append(file)
        if len(group) == _TOGETHER or sum(len(each.data) for each in group) >= _MUCH:
            yield group
            group = []
    if group:
        yield group


def _verdict(name: str, outcome: Outcome) -> Read | Refused:
    """Why a file was refused; what the unit says about the findings it was sent."""
    if outcome.submission is None:
        return Refused(file=name, cause=str(outcome.cause or ""), reason=outcome.reason)
    said = tuple((code, key, words) for (code, key), words in outcome.submission.explanations.items())
    return Read(file=name, said=said)


def _collected(name: str, outcome: Outcome) -> CollectedFile:
    state = FileState.ACCEPTED if outcome.accepted else FileState.REFUSED
    return CollectedFile(name, outcome.sha256, state, outcome.project, outcome.reason, outcome.balance, outcome.cause)
