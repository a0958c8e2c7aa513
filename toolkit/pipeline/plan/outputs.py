"""Files the toolkit writes and a person may edit: what a person typed is never overwritten."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from toolkit.errors import FileBusyError
from toolkit.excel.files import append_text, put_in_place, settle, sha256_of, write_atomic
from toolkit.pipeline.edited import COPY_MARK, SetAside
from toolkit.pipeline.plan.workspace import Workspace

RECORD = ".jixiao/写出文件.json"
UNDER_WAY = ".jixiao/正在写出.jsonl"
"""What is about to be written, a line each; it is there only while files are written, and after a run was killed."""
_MERGED = "（已合并）"


@dataclass(slots=True)
class Outputs:
    """Writes files and remembers their sha256; one that is another now was edited and is kept as a dated copy.

    Use it as a context manager: the record is written at its end. A run that was killed leaves the list of what it was
    about to write, so that the next one takes none of that for a person's.
    """

    workspace: Workspace
    now: datetime
    _aside: list[SetAside] = field(default_factory=list)
    _record: dict[str, str] = field(default_factory=dict)
    _before: Mapping[str, str] = field(default_factory=dict)
    _merging: dict[str, "_Announced"] = field(default_factory=dict)
    _subjects: frozenset[str] | None = None
    _unsettled: set[Path] = field(default_factory=set)
    _one_at_a_time: Lock = field(default_factory=Lock)

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """What people edited and how it was kept, in the order of the files' names: threads come in any order."""
        return tuple(sorted(self._aside, key=lambda each: (each.file, each.copy)))

    def __enter__(self) -> Self:
        self._before = _read(self.workspace.root / RECORD)
        self._record = dict(self._before) | _finished(self.workspace.root)
        self._merging = {line.name: line for line in _announced(self.workspace.root) if line.mine}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.settle()
        if self._record != self._before:
            data = json.dumps(self._record, ensure_ascii=False, indent=0, sort_keys=True)
            write_atomic(self.workspace.root / RECORD, data.encode())
        under_way = self.workspace.root / UNDER_WAY
        under_way.unlink(missing_ok=True)
        for line in self._merging.values():  # whoever writes reports tells what became of it
            append_text(under_way, line.text)

    def settle(self) -> None:
        """Have the files put so far surely on disk under their names; to wait for each of them is half of all waiting.

        It is done at the end in any case; whoever tells the ledger of files before that asks for it.
        """
        for folder in sorted(self._unsettled):
            settle(folder)
        self._unsettled.clear()

    def put(self, path: Path, data: bytes) -> bool:
        """Write a file; whether it is new or different. A person's version of it is kept first.

        Several threads may put different files: only for the disk they wait beside one another.

        Raises:
            FileBusyError: the file is open in another program.
        """
        present = path.read_bytes() if path.is_file() else None
        sha256 = sha256_of(data)
        if present != data:
            with self._one_at_a_time:
                if present is not None and self.is_edited(path, present):
                    self.keep_copy(path, present)
                self._announce(path, sha256)
            write_atomic(path, data, settled=False)
        with self._one_at_a_time:
            self._note(path, sha256)
            if present != data:
                self._unsettled.add(path.parent)
        return present != data

    def take(self, path: Path, waiting: Path | None, sha256: str) -> None:
        """Put a file in its place that waits beside it; None where one with this sha256 stands there already.

        Raises:
            FileBusyError: the file is open in another program.
        """
        if waiting is not None:
            self._announce(path, sha256)
            put_in_place(waiting, path, settled=False)
            self._unsettled.add(path.parent)
        self._note(path, sha256)

    def note(self, path: Path, data: bytes) -> None:
        """Remember what a file holds as it was written."""
        self._note(path, sha256_of(data))

    def _note(self, path: Path, sha256: str) -> None:
        self._merging.pop(self._key(path), None)
        self._record[self._key(path)] = sha256

    def written(self, path: Path) -> str:
        """The sha256 of a file as the toolkit wrote it last; "" where that is not known."""
        return self._record.get(self._key(path), "")

    def move(self, old: Path, new: Path) -> None:
        """Give a file another name, with all that is known of it.

        Raises:
            FileBusyError: the file is open in another program.
        """
        write_atomic(new, old.read_bytes())
        try:
            old.unlink()
        except PermissionError as error:
            raise FileBusyError("文件正被其他程序打开", where=old, what_to_do="请先关闭这个文件，再重新运行") from error
        for mark in ("", _MERGED):
            if sha256 := self._record.pop(f"{self._key(old)}{mark}", ""):
                self._record[f"{self._key(new)}{mark}"] = sha256

    def note_merged(self, path: Path, data: bytes) -> None:
        """Remember a file that holds what was generated and what a person added."""
        self._record[f"{self._key(path)}{_MERGED}"] = sha256_of(data)

    def is_merged(self, path: Path, present: bytes) -> bool:
        """Whether a file is as the toolkit merged it last: nobody has touched it since."""
        return self._record.get(f"{self._key(path)}{_MERGED}") == sha256_of(present)

    def put_merged(self, path: Path, data: bytes, mine: str) -> None:
        """Write a file that a person's version with the sha256 ``mine`` was merged into.

        Raises:
            FileBusyError: the file is open in another program.
        """
        self._announce(path, sha256_of(data), mine)
        write_atomic(path, data)
        self._merging.pop(self._key(path), None)

    def merged_by_killed_run(self, path: Path, present: bytes) -> str:
        """The sha256 of the person's version that a run merged into what stands here before it was killed; else ""."""
        line = self._merging.get(self._key(path))
        return line.mine if line and line.sha256 == sha256_of(present) else ""

    def is_edited(self, path: Path, present: bytes) -> bool:
        """Whether a file is not as the toolkit wrote it last; of an older version's files the ledger knows some."""
        sha256 = sha256_of(present)
        known = self._record.get(self._key(path))
        return sha256 not in self._events() if known is None else sha256 != known

    def keep_copy(self, path: Path, present: bytes) -> Path:
        """Keep a person's version beside a file, under the day's date; the same version once."""
        for number in count(1):
            mark = f"{COPY_MARK}{self.now:%Y-%m-%d}{f' {number}' if number > 1 else ''}）"
            copy = path.with_name(f"{path.stem}{mark}{path.suffix}")
            if not copy.exists():
                write_atomic(copy, present)
                break
            if copy.read_bytes() == present:
                break
        self._aside.append(SetAside(path, copy))
        return copy

    def _announce(self, path: Path, sha256: str, mine: str = "") -> None:
        append_text(self.workspace.root / UNDER_WAY, _Announced(self._key(path), sha256, mine).text)

    def _key(self, path: Path) -> str:
        return path.relative_to(self.workspace.root).as_posix()

    def _events(self) -> frozenset[str]:
        if self._subjects is None:
            with self.workspace.ledger() as ledger:
                self._subjects = frozenset(event.subject for event in ledger.events())
        return self._subjects


def as_written(workspace: Workspace) -> Mapping[str, str]:
    """The sha256 of every file as the toolkit wrote it last, by its path in the workspace with ``/``."""
    return _read(workspace.root / RECORD) | _finished(workspace.root)


def is_dated_copy(path: Path) -> bool:
    """Whether a file is a person's version that was kept beside a generated one."""
    return COPY_MARK in path.stem


def _read(path: Path) -> dict[str, str]:
    """The record; a damaged one is none: files it does not know are kept rather than overwritten."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(sha256) for name, sha256 in held.items()} if isinstance(held, dict) else {}


@dataclass(frozen=True, slots=True)
class _Announced:
    """What was about to be written: a file, its sha256, that of the person's version merged into it or ""."""

    name: str
    sha256: str
    mine: str = ""

    @property
    def text(self) -> str:
        """Its line in the list."""
        return json.dumps([self.name, self.sha256, self.mine]) + "\n"


def _announced(root: Path) -> Iterator[_Announced]:
    """What a killed run was about to write, in its order; a line it did not finish is none."""
    under_way = root / UNDER_WAY
    for line in under_way.read_text(encoding="utf-8").splitlines() if under_way.is_file() else ():
        with suppress(ValueError, TypeError):
            yield _Announced(*map(str, json.loads(line)))


def _finished(root: Path) -> dict[str, str]:
    """Names and sha256 of what a killed run wrote to its end; a merged report is still a person's."""
    written: dict[str, str] = {}
    for line in _announced(root):
        path = root / line.name
        if not line.mine and path.is_file() and sha256_of(path.read_bytes()) == line.sha256:
            written[line.name] = line.sha256
    return written
