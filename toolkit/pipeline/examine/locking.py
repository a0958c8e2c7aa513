"""Scorebooks given in: read, held against what was given out and handed back, and locked on receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.collect import IsolatedReader
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import is_owner_file, sha256_of
from toolkit.handover import Thing
from toolkit.ledger import EventKind, NewEvent
from toolkit.ledger.kinds import ScorebookLocked
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.pipeline.examine.giving_out import RULING_FILE, not_returned
from toolkit.pipeline.intake.originals import keep_original
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.scorebooks import (
    handed_back,
    locked_files,
    stored,
)
from toolkit.review import (
    MARKS,
    BookReading,
    Expected,
    Item,
    changed_marks,
    read_scorebook,
)


def unopened(code: str, path: Path, error: UnreadableFileError, hint: str) -> Finding:
    """A workbook that cannot be opened."""
    return _not_taken(code, CellRef(path.name), Sentence.saying("打不开：{message}", message=error.message), hint)


def _not_taken(code: str, place: CellRef, words: Sentence, hint: str) -> Finding:
    return Finding(code, Severity.ERROR, place, words, hint)


def book_files(paths: Sequence[Path]) -> list[Path]:
    """The books among paths: files as they are, of folders every workbook.

    Raises:
        WorkspaceError: paths that are not there; no book is taken then.
    """
    if absent := [str(path) for path in paths if not path.exists()]:
        raise WorkspaceError("找不到打分册", where="、".join(absent), what_to_do="核对路径；一份也没有收")
    return [
        file
        for path in paths
        for file in (sorted(path.glob("*.xlsx")) if path.is_dir() else [path])
        if not is_owner_file(file) and file.name != RULING_FILE
    ]


@dataclass(frozen=True, slots=True)
class Given:
    """A book given in now."""

    path: Path
    data: bytes
    reading: BookReading


def given_in(
    evaluation: Evaluation, reader: IsolatedReader, path: Path, issued: dict[str, tuple[Item, ...]],
    findings: list[Finding],
) -> list[Given]:  # fmt: skip
    """The book in a file; none where it is locked already or anything is wrong with it."""
    space, data = evaluation.workspace, path.read_bytes()
    if sha256_of(data) in locked_files(space).values():
        return []
    try:
        book = reader.book(data)
    except UnreadableFileError as error:
        hint = "交程序生成的打分册；打不开的在 Excel 或 WPS 中打开后另存为 .xlsx"
        findings.append(unopened("SCORER-01", path, error, hint))
        return []
    expected = Expected(space.key, space.evaluation_id, issued, not_returned(evaluation))
    reading = read_scorebook(book, path.name, evaluation.scheme, expected)
    findings += reading.findings
    return [Given(path, data, reading)] if reading.usable or reading.scorer in locked_files(space) else []


def _by_scorer(given: Sequence[Given]) -> dict[str, dict[bytes, Given]]:
    books: dict[str, dict[bytes, Given]] = {}
    for book in given:
        books.setdefault(book.reading.scorer, {})[book.data] = book
    return books


def several_of_one(given: Sequence[Given]) -> list[Finding]:
    """Scorers who gave in different books at once: nobody says which one is meant."""
    return [
        _not_taken(
            "SCORER-03", CellRef(book.path.name, MARKS),
            Sentence.saying(
                "{scorer}这一次交了{count}份不同的打分册（{listed}），都没有采用",
                scorer=scorer, count=len(books), listed="、".join(one.path.name for one in books.values()),
            ),
            "由打分人确认以哪一份为准，只交那一份",
        )
        for scorer, books in _by_scorer(given).items()
        if len(books) > 1
        for book in books.values()
    ]  # fmt: skip


def one_of_each(given: Sequence[Given]) -> list[Given]:
    """The book of every scorer who gave in only one."""
    return [next(iter(books.values())) for books in _by_scorer(given).values() if len(books) == 1]


def lock(evaluation: Evaluation, book: Given, now: datetime, findings: list[Finding]) -> list[str]:
    """The scorer whose book this is, locked now; none where it is not what was locked or handed back."""
    space, reading, name = evaluation.workspace, book.reading, book.path.name
    if any(conflict.thing == Thing(EventKind.SCOREBOOK_LOCKED, "", reading.scorer) for conflict in evaluation.disputed):
        return []  # told as a dispute, and settled as one
    if reading.scorer in locked_files(space):
        words = Sentence.saying("{scorer}的打分册已锁定，这一份内容不同，没有采用", scorer=reading.scorer)
        hint = "以锁定的为准；确需改动的，通过差异裁定处理并写明理由"
        findings.append(_not_taken("SCORER-03", CellRef(name), words, hint))
        return []
    before, times = handed_back(space, reading.scorer)
    if changed := changed_marks(before, reading.marks):
        words = Sentence.saying(
            "退回补打的打分册改动了已打的分：{listed}", listed="、".join(" ".join(item) for item in changed[:5])
        )
        hint = "只补空白，已打的恢复原来的分和理由；确需改动的，通过差异裁定处理"
        findings.append(_not_taken("SCORER-03", CellRef(name, MARKS), words, hint))
        return []
    _record_lock(evaluation, reading, book.data, (name, times), now)
    return [reading.scorer]


def _record_lock(
    evaluation: Evaluation, reading: BookReading, data: bytes, file: tuple[str, int], now: datetime
) -> None:
    """``file``: its name, and how many times the scorer's book was handed back before."""
    space, digest = evaluation.workspace, sha256_of(data)
    keep_original(space, data, digest)
    rows = tuple((*mark.item, stored(mark.value), mark.reason, mark.evidence) for mark in reading.marks)
    name, times = file
    once = f"locked:{reading.scorer}" + (f":{times}" if times else "")
    event = NewEvent(ScorebookLocked(sha256=digest, file=name, marks=rows), now, once, "", "", reading.scorer)
    with space.ledger() as ledger:
        ledger.record_many([event])
