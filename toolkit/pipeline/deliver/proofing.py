"""Proof-reading finished reports: files in, a commented copy of each Word report and 校核清单.xlsx out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.collect.worker import IsolatedReader, WorkerLimits
from toolkit.errors import MissingProgramError, ToolkitError, UnreadableFileError
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.model.plain import DamagedValueError
from toolkit.model.self_form import SELF_FORM_FILE
from toolkit.ooxml.printable import printable
from toolkit.pipeline.edited import COPY_MARK
from toolkit.pipeline.progress import Progress
from toolkit.proof.catalogue import RULES
from toolkit.proof.checklist import NAME, Dismissal, Judged, checklist, read_decisions, read_dismissals
from toolkit.proof.declaration import Result, Verdict
from toolkit.proof.document import Place
from toolkit.proof.number_sheets import FEW
from toolkit.proof.report import Known
from toolkit.proof.transfer import MISSING, READ, Judging, judged_of, judged_plain
from toolkit.word.commenting import Spot, with_comments

AUTHOR = "绩效核查工具箱·校核"
FOLDER = "校核结果"
COPY = "（校核批注）"
RECORD = ".校核记录.json"
STAGE = "校核"
_LIMITS = WorkerLimits(seconds=240, memory=3_000_000_000)
"""For reading a file and for all rules over it: 800 projects in one report take 35 seconds on a quick machine."""
_MOST_BYTES = 200_000_000
_NO_ANSWER = "文件含有异常内容，校核程序没有给出可用的结果"
_TITLES = {rule.code: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class ProofRead:
    """What proof-reading some files came to.

    Attributes:
        files: by name, what was found.
        refused: by name, why a file could not be read.
        written: the list and the commented copies.
    """

    files: tuple[tuple[str, Judged], ...]
    refused: tuple[tuple[str, str], ...]
    written: tuple[Path, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing contradicts that was not dismissed."""
        return all(result.verdict is not Verdict.DIFFERS for _, item in self.files for _, result in item.findings)

    def as_json(self) -> dict[str, Any]:
        """The JSON object of ``jixiao proof``."""
        checked = sum(item.checked for _, item in self.files)
        unchecked = sum(len(item.unchecked) for _, item in self.files)
        findings = [_as_json(name, result) for name, item in self.files for _, result in item.findings]
        return {
            "files": [name for name, _ in self.files],
            "numbers": checked + unchecked,
            "checked": checked,
            "unchecked": unchecked,
            "findings": findings + [_refused_json(name, why) for name, why in self.refused],
        }


def _as_json(name: str, result: Result) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "verdict": str(result.verdict),
        "file": name,
        "place": str(result.place),
        "found": result.found,
        "expected": result.expected,
        "message": result.message,
        "related": [str(place) for place in result.related],
    }


def _refused_json(name: str, why: str) -> dict[str, Any]:
    values = {"kind": "file.unreadable", "verdict": str(Verdict.UNCHECKED), "file": name, "place": "整个文件"}
    return {**values, "found": "", "expected": "", "message": why, "related": []}


def proof_read(
    paths: Sequence[Path], out: Path | None, now: datetime, progress: Progress, known: Known | None = None
) -> ProofRead:
    """Proof-read some files; results go to ``out``, else to a folder beside the first of them.

    Raises:
        UnreadableFileError: not one of the files can be read; says why for each.
        MissingProgramError: a PDF, and the library that reads it is not installed.
        FileBusyError: a result is open in another program.
    """
    folder = out or paths[0].resolve().parent / FOLDER
    present = _present(folder / NAME)
    dismissals = read_dismissals(present) if present else {}
    files: list[tuple[str, Judged]] = []
    refused: list[tuple[str, str]] = []
    store = _Store(folder, now)
    names = _names(paths)
    progress(STAGE, 0, len(paths))
    judging = Judging(known, _TITLES, dismissals, listed=len(paths) <= FEW)
    with IsolatedReader(judging, _LIMITS, judged_plain, at_once=True) as reader:
        for number, (path, name) in enumerate(zip(paths, names, strict=True), 1):
            try:
                item = _judged(reader, path, name)
            except UnreadableFileError as error:
                refused.append(
                    (name, f"{error.message}；请这样处理：{error.what_to_do}" if error.what_to_do else error.message)
                )
            else:
                files.append((name, item))
                store.copy(path, name, item, now)
            progress(STAGE, number, len(paths), item=name)
    if not files:
        raise UnreadableFileError("；".join(f"{name}：{why}" for name, why in refused))
    _list(store, files, present, dismissals)
    return ProofRead(tuple(files), tuple(refused), tuple(store.written))


def _present(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _names(paths: Sequence[Path]) -> list[str]:
    """How files are called in the results: by name; by path where two have the same."""
    names = [path.name for path in paths]
    return [str(path) if names.count(path.name) > 1 else path.name for path in paths]


def _judged(reader: IsolatedReader, path: Path, name: str) -> Judged:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _MOST_BYTES else b""
    except FileNotFoundError as error:
        raise UnreadableFileError("文件不存在", where=path, what_to_do="请检查路径和文件名") from error
    except OSError as error:
        raise UnreadableFileError(
            "文件打不开（没有读取权限，或是文件夹）", where=path, what_to_do="请检查权限后重试"
        ) from error
    if size > _MOST_BYTES:
        raise UnreadableFileError(f"文件超过 {_MOST_BYTES // 1_000_000} MB", where=path, what_to_do="请拆分后校核")
    answer = reader.plain(data, name)
    if answer[0] == MISSING:
        raise MissingProgramError(str(answer[1]), where=path, what_to_do=str(answer[2]))
    if answer[0] != READ:
        raise UnreadableFileError(str(answer[1]), where=path, what_to_do=str(answer[2]))
    try:
        return judged_of(answer)
    except DamagedValueError as error:
        raise UnreadableFileError(_NO_ANSWER, where=path, what_to_do="请把文件反馈给技术人员") from error


def _list(
    store: "_Store", files: Sequence[tuple[str, Judged]], present: bytes, dismissals: Mapping[str, Dismissal]
) -> None:
    shown = {dismissal.mark for _, item in files for dismissal, _ in item.dismissed}
    older = [dismissal for mark, dismissal in dismissals.items() if mark not in shown]
    store.put(NAME, checklist(files, _TITLES, read_decisions(present) if present else {}, older), keeps=False)


class _Store:
    """Writes results; a copy that a person has changed since is kept under the day's date."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder, self.now = folder, now
        self.written: list[Path] = []
        self._record: dict[str, str] = {}
        with suppress(OSError, ValueError):
            read = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            self._record = {str(key): str(value) for key, value in read.items()}

    def copy(self, path: Path, name: str, item: Judged, now: datetime) -> None:
        """The commented copy of a Word report with findings."""
        if item.kind != "docx" or not item.findings:
            return
        lines: dict[Spot, list[str]] = {}
        marked: dict[Spot, list[str]] = {}
        for _, result in item.findings:
            lines.setdefault(_spot(result.place), []).append(_comment(result))
            marked.setdefault(_spot(result.place), []).extend(_printed(result))
        target = f"{Path(name).stem}{COPY}.docx"
        number = 2
        while self.folder / target in self.written:
            target, number = f"{Path(name).stem}{COPY}{number}.docx", number + 1
        self.put(target, with_comments(path.read_bytes(), lines, now, AUTHOR, marked), keeps=True)

    def put(self, name: str, data: bytes, *, keeps: bool) -> None:
        """Write a result."""
        path = self.folder / name
        present = _present(path)
        if keeps and present and present != data and self._record.get(name) != sha256_of(present):
            kept = path.with_name(f"{path.stem}{COPY_MARK}{self.now:%Y-%m-%d}）{path.suffix}")
            if not kept.exists():
                write_atomic(kept, present)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
        self._record[name] = sha256_of(data)
        write_atomic(self.folder / RECORD, json.dumps(self._record, ensure_ascii=False, sort_keys=True).encode())
        self.written.append(path)


def _spot(place: Place) -> Spot:
    return Spot(place.paragraph, place.table, place.row, place.column)


def _printed(result: Result) -> tuple[str, ...]:
    """The words of its place that a finding is about: its own number as printed, else what it found."""
    own = tuple(fact.text for fact in result.facts if fact.place == result.place and fact.text.startswith(result.found))
    return own[:1] or (result.found,)


def _comment(result: Result) -> str:
    working = f"（{result.working}）" if result.working else ""
    related = f" 另见：{'；'.join(map(str, result.related[:3]))}" if result.related else ""
    return printable(f"【{result.verdict}】{result.message}{working}{related}")


def expanded(paths: Sequence[Path]) -> Iterator[Path]:
    """The files meant: a folder stands for the reports in it; a 自评表 holds the words of its unit, not ours."""
    for path in paths:
        if path.is_dir():
            found = [item for item in sorted(path.iterdir()) if item.suffix.lower() in (".docx", ".pdf")]
            found = [item for item in found if not item.stem.endswith(SELF_FORM_FILE)]
            yield from (item for item in found if not item.name.startswith(("~$", ".")) and COPY not in item.name)
        else:
            yield path


__all__ = ["ProofRead", "ToolkitError", "expanded", "proof_read"]
