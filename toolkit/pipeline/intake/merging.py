"""``jixiao merge``: what colleagues did on their laptops, joined with what is here. All of it, or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.collect import CannotUnpackError, IsolatedReader
from toolkit.errors import WorkspaceError
from toolkit.excel.files import is_sha256, sha256_of
from toolkit.handover import Conflict, IncomingLog, Known, judged_logs, parse_log
from toolkit.ledger import EventKind, Log
from toolkit.ledger.kinds import Initialised, LogMerged, PartHandedOver
from toolkit.model import CellRef, Finding, Sentence, Severity, is_sound
from toolkit.pipeline.intake.disputes import unsettled
from toolkit.pipeline.intake.judged import note_judgements, take_judgements
from toolkit.pipeline.intake.originals import file_of, keep_original, original_of, original_path
from toolkit.pipeline.plan.decisions import disputed
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.logs import FOLDER, OWN, SUFFIX, log_file, other_logs, write_log
from toolkit.pipeline.progress import Progress, silent

_LOG_FOLDER = Path(FOLDER).name
_LARGEST = 200_000_000
"""Of one file in a folder. Units: bytes."""


@dataclass(frozen=True, slots=True)
class MergedLog:
    """What came of one colleague's log: who writes it, how many of its events are new."""

    log: str
    person: str
    new: int
    events: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge.

    Attributes:
        logs: logs that brought something. originals: files that came along.
        rows: rows of 评审意见.xlsx that were filled in.
        disputes: everything that two people decided differently, here and now.
    """

    logs: tuple[MergedLog, ...]
    originals: int
    rows: int
    disputes: tuple[Conflict, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Nothing kept anything out, and nothing waits to be settled."""
        return is_sound(self.findings)

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "logs", "events", "originals", "rows", "conflicts", "findings"}``."""
        logs = [{"log": log.log, "person": log.person, "new": log.new, "events": log.events} for log in self.logs]
        conflicts = [
            {
                "kind": conflict.thing.kind,
                "project": conflict.thing.project,
                "about": conflict.thing.words,
                "decisions": [{"hash": event.hash, "at": event.at, **event.printed()} for event in conflict.decisions],
            }
            for conflict in self.disputes
        ]
        return {
            "ok": self.ok,
            "logs": logs,
            "events": sum(log.new for log in self.logs),
            "originals": self.originals,
            "rows": self.rows,
            "conflicts": conflicts,
            "findings": [finding.as_json() for finding in self.findings],
        }


def merge(evaluation: Evaluation, paths: Sequence[Path], now: datetime, progress: Progress = silent) -> Merged:
    """Join the logs and originals found under these folders and zips with those here.

    Raises:
        WorkspaceError: one of the paths is not there.
        UnreadableFileError: 评审意见.xlsx cannot be read.
        FileBusyError: 评审意见.xlsx is open; what was merged stays merged.
    """
    if absent := [str(path) for path in paths if not path.exists()]:
        raise WorkspaceError("找不到要合并的文件夹或压缩包", where="、".join(absent), what_to_do="核对路径后重试")
    brought = [_opened(evaluation, path) for path in paths]
    progress("读取移交包", len(paths), len(paths))
    new, findings = judged_logs([log for bundle in brought for log in bundle.logs], _known(evaluation, now))
    found = [finding for bundle in brought for finding in bundle.findings] + list(findings)
    found += _own_grown(evaluation, new) + _originals_missing(evaluation, new, brought)
    if not is_sound(found):
        return Merged((), 0, 0, disputed(evaluation.workspace), tuple(found))
    stored = _store_originals(evaluation, new, brought)
    logs = _take_in(evaluation, new, now)
    rows = take_judgements(evaluation)
    disputes = disputed(evaluation.workspace)
    found += [*_beyond_part(new), *_not_noted(brought), *map(unsettled, disputes)]
    return Merged(logs, stored, rows, disputes, tuple(found))


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one folder or zip holds: logs, originals by name, and the hash of its 评审意见.xlsx."""

    path: Path
    logs: tuple[IncomingLog, ...]
    originals: Mapping[str, bytes | Path]
    opinions: str
    findings: tuple[Finding, ...]

    def original(self, sha256: str) -> bytes | None:
        """The bytes of an original, where they are here."""
        held = self.originals.get(sha256)
        return held.read_bytes() if isinstance(held, Path) else held


def _opened(evaluation: Evaluation, path: Path) -> _Brought:
    logs: list[IncomingLog] = []
    originals: dict[str, bytes | Path] = {}
    findings: list[Finding] = []
    opinions = ""
    try:
        for name, held in _files(evaluation, path):
            *_, folder, file = ("", *name.split("/"))
            if folder == _LOG_FOLDER and file.endswith(SUFFIX):
                logs.append(parse_log(f"{path.name}/{name}", _bytes(held)))
            elif folder == evaluation.workspace.originals.name and is_sha256(file):
                originals[file] = held
            elif file == evaluation.workspace.opinions.name:
                opinions = sha256_of(_bytes(held))
    except CannotUnpackError as error:
        findings.append(
            _finding(
                "MERGE-01",
                path.name,
                Sentence.saying("“{name}”打不开：{error}", name=path.name, error=error),
                "请对方重新移交",
            )
        )
    if not logs and not findings:
        words = Sentence.saying("“{name}”里没有工作日志，不是移交出去的工作区", name=path.name)
        findings.append(_finding("MERGE-01", path.name, words, "选择移交文件夹（或交回的压缩包）本身"))
    return _Brought(path, tuple(logs), originals, opinions, tuple(findings))


def _files(evaluation: Evaluation, path: Path) -> Iterator[tuple[str, bytes | Path]]:
    """Names with ``/`` and content of everything in a folder or a zip; a zip is opened in a process of its own."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink() and file.stat().st_size <= _LARGEST:
                yield file.relative_to(path).as_posix(), file
        return
    with IsolatedReader(evaluation.collecting) as reader:
        yield from reader.unpacked(path.read_bytes(), is_mail=False)


def _bytes(held: bytes | Path) -> bytes:
    return held.read_bytes() if isinstance(held, Path) else held


def _known(evaluation: Evaluation, now: datetime) -> Known:
    space = evaluation.workspace
    with space.ledger() as ledger:
        own = ledger.own_events()
    logs = {log[0].log: log for log in other_logs(space.logs)}
    return Known(space.evaluation_id, space.key, {**logs, own[0].hash: own}, now)


def _own_grown(evaluation: Evaluation, new: Mapping[str, Log]) -> list[Finding]:
    """A copy of our own log that is longer than ours: the workspace here was put back to an older state."""
    with evaluation.workspace.ledger() as ledger:
        own = ledger.own_events()
    longer = new.get(own[0].hash)
    if longer is None:
        return []
    words = Sentence.saying(
        "移交包中的本机日志有{count}条，本机只有{own}条：这个工作区被恢复到了较早的副本",
        count=len(longer),
        own=len(own),
    )
    return [_finding("MERGE-03", "台账.sqlite3", words, "从备份恢复最新的工作区后再合并")]


def _originals_missing(evaluation: Evaluation, new: Mapping[str, Log], brought: Sequence[_Brought]) -> list[Finding]:
    findings: list[Finding] = []
    for bundle in brought:
        for sha256 in bundle.originals:
            if (
                not original_path(evaluation.workspace, sha256).exists()
                and sha256_of(bundle.original(sha256) or b"") != sha256
            ):
                words = Sentence.saying(
                    "“{name}”中的原件{sha256}…被改动过：内容与校验值不符", name=bundle.path.name, sha256=sha256[:12]
                )
                findings.append(_finding("MERGE-06", f"{bundle.path.name}", words, "请对方从备份恢复后重新移交"))
    own = {log.id for bundle in brought for log in bundle.logs if log.place.endswith(f"/{OWN}")}
    held = {sha256 for bundle in brought for sha256 in bundle.originals}
    for name, log in new.items():
        gone = {
            sha256: event
            for event in log
            if (sha256 := original_of(event))
            and sha256 not in held
            and not original_path(evaluation.workspace, sha256).exists()
        }
        if gone:
            listed = "、".join(
                f"{file_of(event) or sha256[:12]}（{event.label}）" for sha256, event in list(gone.items())[:8]
            )
            words = Sentence.saying(
                "{person_of}的日志中有{count}份原件没有随来：{listed}",
                person_of=person_of(log),
                count=len(gone),
                listed=listed,
            )
            severity = Severity.ERROR if name in own else Severity.WARNING
            advice = "请对方把整个移交文件夹（含 04-原件）一并交回" if name in own else "合并那台电脑的移交包后补上"
            findings.append(_finding("MERGE-06", log[0].log[:16], words, advice, severity))
    return findings


def _store_originals(evaluation: Evaluation, new: Mapping[str, Log], brought: Sequence[_Brought]) -> int:
    """Put files on disk that a log speaks of, bytes first; what no log speaks of stays outside."""
    logs = (*new.values(), *other_logs(evaluation.workspace.logs))
    spoken_of = {original_of(event) for log in logs for event in log}
    stored = 0
    for bundle in brought:
        for sha256 in sorted(spoken_of & set(bundle.originals)):
            data = bundle.original(sha256)
            if data is not None and not original_path(evaluation.workspace, sha256).exists():
                keep_original(evaluation.workspace, data, sha256)
                stored += 1
    return stored


def _take_in(evaluation: Evaluation, new: Mapping[str, Log], now: datetime) -> tuple[MergedLog, ...]:
    """Note what was typed here, then store the logs, then record that they came and how far they reached."""
    space = evaluation.workspace
    before = {log[0].log: len(log) for log in other_logs(space.logs)}
    with space.ledger() as ledger:
        note_judgements(evaluation, ledger, now)
        for name, log in new.items():
            write_log(log_file(space.logs, name), log)
        for name, log in sorted(new.items()):
            files = sorted({event.subject for event in log if event.kind == EventKind.RECEIVED})
            ledger.record(
                LogMerged(
                    person=person_of(log),
                    events=len(log),
                    last_hash=log[-1].hash,
                    originals=tuple(sha256 for sha256 in files if original_path(space, sha256).exists()),
                ),
                at=now,
                once=f"merged:{log[-1].hash}",
                subject=name,
            )
    for cached in ("decided", "disputed", "double_scored", "surveyed"):
        evaluation.__dict__.pop(cached, None)
    return tuple(MergedLog(name, person_of(log), len(log) - before.get(name, 0), len(log)) for name, log in new.items())


def person_of(log: Log) -> str:
    """Who writes a log, as its first event says."""
    return log[0].says(Initialised).person or "首台电脑"


def part_of(log: Log) -> frozenset[str]:
    """Project ids that were handed over to whoever writes a log; none for the first laptop, which has all."""
    return frozenset(log[0].says(Initialised).projects or ())


def _beyond_part(new: Mapping[str, Log]) -> Iterator[Finding]:
    """Decisions about projects that were not handed over: taken in, and said."""
    decided = (EventKind.RESOLVED, EventKind.CHOSEN, EventKind.JUDGED, EventKind.LOSS_WRITTEN)
    for log in new.values():
        part = part_of(log)
        outside = {event.project for event in log if event.kind in decided and event.project not in part}
        if part and outside:
            listed = "、".join(sorted(outside, key=lambda project: (len(project), project)))
            words = Sentence.saying(
                "{person_of}对没有移交给本人的项目作了决定：项目{listed}", person_of=person_of(log), listed=listed
            )
            yield _finding(
                "MERGE-08", log[0].log[:16], words, "核实是否由其负责，再移交这些项目或重新决定", Severity.WARNING
            )


def _not_noted(brought: Iterable[_Brought]) -> Iterator[Finding]:
    """A workbook of opinions that was changed after it was last noted in the log beside it."""
    for bundle in brought:
        own = [log for log in bundle.logs if log.place.endswith(f"/{OWN}")]
        noted = {
            said.opinions
            for log in own
            for event in log.events
            if event.kind in (EventKind.HANDED_OVER, EventKind.INITIALISED)
            and isinstance(said := event.details, PartHandedOver | Initialised)
        }
        if own and bundle.opinions and bundle.opinions not in noted:
            words = Sentence.saying(
                "“{name}”中的评审意见.xlsx在最后一次交回后改动过，改动没有合并进来", name=bundle.path.name
            )
            advice = "请对方在其工作区运行 jixiao handover 交回，再合并"
            yield _finding("MERGE-09", f"{bundle.path.name}/评审意见.xlsx", words, advice, Severity.WARNING)


def _finding(code: str, place: str, words: str | Sentence, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, CellRef(place), words, hint)
