"""Reply workbooks of units taken: opened apart, checked row by row, recorded whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.collect import IsolatedReader
from toolkit.consultation import ReplyReading, read_reply
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.ledger import EventKind
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.pipeline.intake.originals import keep_original
from toolkit.pipeline.plan.consulted import issues_on_record, received_event
from toolkit.pipeline.plan.decisions import beside, known_of
from toolkit.pipeline.plan.evaluation import Evaluation

_LARGEST = 50_000_000
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that was taken: how many opinions it holds; none means the unit agrees with the draft."""

    file: str
    unit: str
    opinions: int


@dataclass(frozen=True, slots=True)
class _Read:
    """One file: its bytes and what stands in it."""

    path: Path
    data: bytes
    reading: ReplyReading


def take_replies(
    evaluation: Evaluation, reader: IsolatedReader, paths: Sequence[Path], now: datetime
) -> tuple[tuple[Reply, ...], list[Finding]]:
    """Record every reply without a mistake; of one with a mistake nothing counts, the others do.

    Raises:
        WorkspaceError: a path is not there, holds no workbook, or nobody was asked yet.
    """
    if not issues_on_record(evaluation.workspace):
        raise WorkspaceError("还没有征求意见", what_to_do="先运行 jixiao opinions 生成征求意见稿和意见回复表")
    read = [_read(evaluation, reader, path) for path in _files(paths)]
    findings = [found for reply in read for found in reply.reading.findings] + _twice(read)
    doubtful = {found.at.workbook for found in findings}
    taken = [reply for reply in read if reply.reading.usable and reply.path.name not in doubtful]
    received = known_of(evaluation.workspace, EventKind.OPINIONS_RECEIVED)
    held = {thing.subject: known for thing, known in received.items()}
    events = []
    for unit, one in {reply.reading.unit: reply for reply in taken}.items():
        sha256 = sha256_of(one.data)
        keep_original(evaluation.workspace, one.data, sha256)
        known = held.get(unit, ())
        if sha256 not in {event.subject for event in known}:
            file = (one.path.name, sha256, one.reading.seal)
            events.append(received_event(unit, one.reading.opinions, file, now, beside(evaluation.workspace, known)))
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(events)
    return tuple(Reply(reply.path.name, reply.reading.unit, len(reply.reading.opinions)) for reply in taken), findings


def _files(paths: Sequence[Path]) -> list[Path]:
    if absent := [str(path) for path in paths if not path.exists()]:
        raise WorkspaceError("找不到意见回复表", where="、".join(absent), what_to_do="核对路径后重试")
    files = [file for path in paths for file in ([path] if path.is_file() else _workbooks(path))]
    if not files:
        raise WorkspaceError("文件夹中没有意见回复表", where="、".join(map(str, paths)), what_to_do="核对路径后重试")
    return list(dict.fromkeys(files))


def _workbooks(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.lower() in _ENDINGS and file.is_file() and not file.name.startswith(("~$", "."))
    )


def _read(evaluation: Evaluation, reader: IsolatedReader, path: Path) -> _Read:
    if path.stat().st_size > _LARGEST:
        return _refused(path, b"", "过大，不是意见回复表")
    data = path.read_bytes()
    try:
        book = reader.book(data)
    except UnreadableFileError as error:
        return _refused(path, data, Sentence.saying("打不开：{message}", message=error.message))
    space = evaluation.workspace
    return _Read(path, data, read_reply(book, path.name, issues_on_record(space), space.evaluation_id))


def _refused(path: Path, data: bytes, words: str | Sentence) -> _Read:
    hint = "在 Excel 或 WPS 中打开发出的意见回复表，填写后另存为 .xlsx"
    found = Finding("OPINION-01", Severity.ERROR, CellRef(path.name), words, hint)
    return _Read(path, data, ReplyReading("", "", (), (found,)))


def _twice(read: Sequence[_Read]) -> list[Finding]:
    """Different replies of one unit given at once: which one counts is for the unit to say."""
    by_unit: dict[str, list[_Read]] = {}
    for reply in read:
        if reply.reading.usable:
            by_unit.setdefault(reply.reading.unit, []).append(reply)
    return [
        Finding("OPINION-09", Severity.ERROR, CellRef(reply.path.name),
        Sentence.saying(
            "{unit}有{count}份内容不同的回复",
            unit=unit, count=len(together),
        ),
                "请单位确认以哪一份为准，只读取那一份")
        for unit, together in by_unit.items()
        if len({sha256_of(reply.data) for reply in together}) > 1
        for reply in together
    ]  # fmt: skip
