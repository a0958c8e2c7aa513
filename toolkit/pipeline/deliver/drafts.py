"""Numbered drafts: reports and master workbook as they were handed out, kept in a folder each.

What was kept, and with which sha256, stands in the ledger; so a draft that was altered afterwards is noticed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from toolkit.errors import WorkspaceError
from toolkit.excel.files import is_owner_file, is_passing, settle, sha256_of, write_each
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Drafted
from toolkit.pipeline.edited import EditState
from toolkit.pipeline.outcome import Written
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import is_dated_copy
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.word.draft_mark import with_draft_mark

STAGES = ("征求意见稿", "送审稿", "终稿")
FINAL = STAGES[-1]
FOLDER = "历次稿"
NOW_WORDS = "现稿"
_NUMBER = re.compile(r"第?\s*(\d{1,6})\s*稿?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft.

    Attributes:
        number: counted from 1 over all stages; 0 for the reports as they stand now.
        day: when it was kept, as ISO text.
        files: name → sha256 as it was kept. sources: the same before the mark was printed on the covers.
        new: it was kept just now.
    """

    number: int
    stage: str
    day: str
    folder: Path
    files: Mapping[str, str]
    sources: Mapping[str, str]
    new: bool = False

    @property
    def title(self) -> str:
        """``第1稿（征求意见稿）``; ``现稿`` for the reports as they stand."""
        return f"第{self.number}稿（{self.stage}）" if self.number else NOW_WORDS

    def reports(self) -> dict[str, Path]:
        """Name → path of its reports that are still there."""
        paths = {name: self.folder / name for name in self.files if name.endswith(".docx")}
        return {name: path for name, path in paths.items() if path.is_file()}

    def master(self, workspace: Workspace) -> bytes | None:
        """The master workbook behind it."""
        path = self.folder / workspace.master.name if self.number else workspace.master
        return path.read_bytes() if path.is_file() else None

    def altered(self) -> tuple[str, ...]:
        """Names of files that are gone, or are not as they were kept."""
        paths = {name: self.folder / name for name in self.files} if self.number else {}
        return tuple(
            name
            for name, path in paths.items()
            if not path.is_file() or sha256_of(path.read_bytes()) != self.files[name]
        )

    def as_json(self) -> dict[str, Any]:
        """``{"number", "stage", "day", "folder", "files", "new"}``."""
        return {
            "number": self.number,
            "stage": self.stage,
            "day": self.day,
            "folder": str(self.folder),
            "files": len(self.files),
            "new": self.new,
        }


def keep_draft(evaluation: Evaluation, written: Written, stage: str, now: datetime) -> Draft:
    """Keep the reports just written, and the master workbook behind them, as the next draft.

    The same reports are one draft of a stage, however often it is asked for.

    Raises:
        WorkspaceError: a report could not be brought up to date, so that the draft would be out of date.
    """
    busy = [report.file.name for report in written.edited if report.state is EditState.BUSY]
    if busy:
        advice = "关闭这些文件后再运行一次；没有存稿"
        raise WorkspaceError(f"报告正被其他程序打开，未更新：{'、'.join(busy)}", what_to_do=advice)
    space = evaluation.workspace
    reports = [path for path in written.files if path.parent == space.reports]
    sources = {path.name: path.read_bytes() for path in (*reports, space.master) if path.is_file()}
    hashes = {name: sha256_of(data) for name, data in sources.items()}
    known = drafts(evaluation)
    if known and known[-1].stage == stage and known[-1].sources == hashes and not known[-1].altered():
        return known[-1]
    number, marked, begun = _numbered(space, known, sources, stage)
    folder = space.reports / FOLDER / f"第{number}稿_{stage}_{now:%Y-%m-%d}"
    if begun and not folder.exists():
        begun.rename(folder)
    write_each({folder / name: data for name, data in marked.items()})
    settle(folder)
    files = {name: sha256_of(data) for name, data in marked.items()}
    details = Drafted(number=number, stage=stage, folder=folder.name, files=files, sources=hashes)
    with space.ledger() as ledger:
        once = f"drafted:{number}:{stage}:{sha256_of(repr(sorted(hashes.items())).encode())}"
        ledger.record(details, at=now, once=once, subject=folder.name)
    return Draft(number, stage, f"{now:%Y-%m-%d}", folder, files, hashes, new=True)


def _numbered(
    space: Workspace, known: Sequence[Draft], sources: Mapping[str, bytes], stage: str
) -> tuple[int, dict[str, bytes], Path | None]:
    """The number of the next draft, its files with that number printed on them, and the folder that was begun for it.

    A folder that no draft on record has, with nothing in it but files of this draft, is what a killed program came to
    put there: it is filled up. One with anything else in it keeps its number for itself.
    """
    for number in count(max([0, *(draft.number for draft in known)]) + 1):
        marked = {name: _marked(name, data, number, stage) for name, data in sources.items()}
        begun = next((space.reports / FOLDER).glob(f"第{number}稿_*"), None)
        if begun is None or _is_part(begun, marked):
            return number, marked, begun
    raise AssertionError("numbers do not end")


def _is_part(folder: Path, files: Mapping[str, bytes]) -> bool:
    there = [path for path in folder.iterdir() if not is_passing(path)]
    return all(path.name in files and path.read_bytes() == files[path.name] for path in there)


def _marked(name: str, data: bytes, number: int, stage: str) -> bytes:
    if not name.endswith(".docx"):
        return data
    return with_draft_mark(data, "" if stage == FINAL else cover_mark(stage), f"第{number}稿 {stage}")


def cover_mark(stage: str) -> str:
    """What is printed under the titles of a draft."""
    return f"（{stage}）"


def drafts(evaluation: Evaluation) -> tuple[Draft, ...]:
    """All drafts kept so far, in order."""
    space, found = evaluation.workspace, []
    with space.ledger() as ledger:
        events = ledger.events(EventKind.DRAFTED)
    for event in events:
        said = event.says(Drafted)
        folder = space.reports / FOLDER / said.folder
        found.append(Draft(said.number, said.stage, event.at[:10], folder, dict(said.files), dict(said.sources)))
    return tuple(sorted(found, key=lambda draft: draft.number))


def present(evaluation: Evaluation) -> Draft:
    """The reports as they stand in their folder now."""
    space = evaluation.workspace
    paths = sorted(space.reports.glob("*.docx"))
    names = [path.name for path in paths if not is_owner_file(path) and not is_dated_copy(path)]
    return Draft(0, "", "", space.reports, dict.fromkeys(names, ""), {})


def draft_named(evaluation: Evaluation, words: str) -> Draft:
    """A draft by its number (``2``, ``第2稿``), its stage (the last one of it) or ``现稿``.

    Raises:
        WorkspaceError: there is none; which there are is said.
    """
    known, asked = drafts(evaluation), words.strip()
    if asked == NOW_WORDS:
        return present(evaluation)
    number = _NUMBER.fullmatch(asked)
    matching = [draft for draft in known if draft.stage == asked or (number and draft.number == int(number[1]))]
    if not matching:
        there = "、".join(draft.title for draft in known) or "无"
        advice = "写稿的编号（如 2）、稿次（如 送审稿）或“现稿”；用 jixiao report --draft 征求意见稿 存稿"
        raise WorkspaceError(f"没有“{asked}”这一稿；已存：{there}", what_to_do=advice)
    return matching[-1]


def two_drafts(evaluation: Evaluation, old: str, new: str) -> tuple[Draft, Draft]:
    """The drafts to compare: those named; else the last two; where there is only one, that and the reports as they are.

    Raises:
        WorkspaceError: there is no such draft, or none at all, or both are the same.
    """
    known = drafts(evaluation)
    if not known and not old:
        advice = "先用 jixiao report --draft 征求意见稿 存一稿，改动后再存一稿或直接与现稿对比"
        raise WorkspaceError("还没有存过稿，无从对比", what_to_do=advice)
    if old:
        first, second = draft_named(evaluation, old), draft_named(evaluation, new or NOW_WORDS)
    else:
        first, second = known[-2:] if len(known) > 1 else (known[0], present(evaluation))
    if first.number == second.number:
        raise WorkspaceError(
            f"两次都是{first.title}，无从对比", what_to_do="写出两个不同的稿，如 jixiao report --compare 1 2"
        )
    return first, second
