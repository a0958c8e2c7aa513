"""``jixiao adjudicate``: scorebooks locked on receipt, compared, differences ruled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.collect import IsolatedReader
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.excel.table_sheet import TableSheet
from toolkit.handover import Thing
from toolkit.ledger import EventKind, NewEvent
from toolkit.ledger.kinds import RulingMade, ScorebookLocked
from toolkit.model import CellRef, Finding, Sentence, Severity, is_sound
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.examine.giving_out import FOLDER, REVIEWER
from toolkit.pipeline.examine.teaming import check_people
from toolkit.pipeline.intake.disputes import disputes_of
from toolkit.pipeline.intake.originals import keep_original
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.decisions import beside, known_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.plan.rewriting import rewrite
from toolkit.pipeline.plan.scorebooks import (
    handed_back,
    issued_items,
    locked_files,
    locked_marks,
    ruling_in,
    rulings_on_record,
    stored,
)
from toolkit.review import (
    MARKS,
    RULING_KEY,
    Agreement,
    BookReading,
    Compared,
    Expected,
    Item,
    Ruling,
    agreement,
    changed_marks,
    compare,
    read_rulings,
    read_scorebook,
    ruled,
    ruling_sheet,
    shown_mark,
)

RULING_FILE = "差异裁定.xlsx"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """Where double scoring stands: books locked now, everything compared, what waits for a ruling."""

    locked: tuple[str, ...]
    missing: tuple[str, ...]
    compared: tuple[Compared, ...]
    agreement: Agreement
    rulings: dict[Item, Ruling]
    final: int
    shown: tuple[Json, ...]
    file: Path | None
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """The object other tools rely on; agreement as fractions."""
        return {
            "locked": list(self.locked),
            "missing": list(self.missing),
            "agreement": _measured(self.agreement),
            "differences": list(self.shown),
            "final": self.final,
            "file": str(self.file or ""),
            "findings": [found.as_json() for found in self.findings],
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }


def adjudicate(evaluation: Evaluation, paths: Sequence[Path], now: datetime) -> Adjudicated:
    """Lock the books given, compare all that are locked, take the rulings of 差异裁定.xlsx and write it anew.

    Raises:
        WorkspaceError: no book was given out.
    """
    space, scheme = evaluation.workspace, evaluation.scheme
    issued = issued_items(space)
    if not issued:
        raise WorkspaceError("还没有发出打分册", what_to_do="先运行 jixiao scorebooks")
    findings: list[Finding] = []
    files = _files(paths)
    with IsolatedReader(evaluation.collecting) as reader:
        given = [book for file in files for book in _given(evaluation, reader, file, issued, findings)]
        findings += _several(given)
        locked = [name for book in _one_each(given) for name in _lock(evaluation, book, now, findings)]
        missing = tuple(name for name in issued if name not in locked_files(space))
        compared = () if missing else compare(scheme, locked_marks(space))
        differing = {one.item: one for one in compared if one.differs and one.complete}
        path = space.root / FOLDER / RULING_FILE
        wrong = _take_rulings(evaluation, reader, path, differing, now) if path.exists() and differing else []
    rulings = rulings_on_record(space)
    findings += _blanks(compared, told=locked)
    waiting = [item for item in differing if item not in rulings]
    if waiting:
        words = Sentence.saying("有{count}项差异超过容差，等待裁定", count=len(waiting))
        hint = f"由第三人在{FOLDER}/{RULING_FILE} 中裁定后再运行 jixiao adjudicate"
        findings.append(Finding("SCORER-09", Severity.WARNING, CellRef(RULING_FILE), words, hint))
    aside = (
        _write_rulings(evaluation, path, ruling_sheet(scheme, differing.values(), rulings), now)
        if (differing and not wrong)
        else ()
    )
    shown = tuple(_difference(evaluation, one, rulings.get(one.item)) for one in differing.values())
    return Adjudicated(
        tuple(locked), missing, compared, agreement(scheme, compared), rulings, len(ruled(compared, rulings)), shown,
        path if differing else None,
        (*findings, *wrong, *disputes_of(evaluation, EventKind.SCOREBOOK_LOCKED, EventKind.ADJUDICATED)), aside,
    )  # fmt: skip


def _blanks(compared: Sequence[Compared], told: Sequence[str]) -> list[Finding]:
    """What scorers left blank in books locked before; of those ``told`` it was said on receipt."""
    blanks: dict[str, list[str]] = {}
    for one in compared:
        for mark in (mark for mark in one.marks if mark.value is None and mark.scorer not in told):
            blanks.setdefault(mark.scorer, []).append(" ".join(one.item))
    template = "{scorer}有{count}项没有打分，这些项没有结果：{items}"
    hint = "由主评人用 jixiao scorebooks --unlock 退回，补齐后重新锁定"
    return [
        Finding(
            "SCORER-06", Severity.WARNING, CellRef(MARKS),
            Sentence.of(template, {"scorer": scorer, "count": str(len(items)), "items": _some(items)}), hint,
        )
        for scorer, items in blanks.items()
    ]  # fmt: skip


def _some(items: Sequence[str]) -> str:
    return "、".join(items[:_NAMED]) + ("等" if len(items) > _NAMED else "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where double scoring stands, from what is on record."""

    given: tuple[str, ...]
    locked: tuple[str, ...]
    agreement: Agreement
    differing: int
    ruled: int

    def as_json(self) -> Json:
        """Names and counts; agreement as :class:`Adjudicated` gives it."""
        return {
            "given": list(self.given),
            "locked": list(self.locked),
            "agreement": _measured(self.agreement),
            "differing": self.differing,
            "ruled": self.ruled,
        }


def standing(evaluation: Evaluation) -> Standing | None:
    """Where double scoring stands; None where no book was given out. Nothing is written."""
    space = evaluation.workspace
    given, locked = tuple(issued_items(space)), tuple(locked_files(space))
    if not given:
        return None
    compared = compare(evaluation.scheme, locked_marks(space)) if set(given) <= set(locked) else ()
    differing = {known.item for known in compared if known.differs and known.complete}
    rulings = rulings_on_record(space)
    settled = sum(item in rulings for item in differing)
    return Standing(given, locked, agreement(evaluation.scheme, compared), len(differing), settled)


def _measured(measured: Agreement) -> Json:
    """Agreement as fractions in text."""
    return {
        "compared": measured.compared,
        "same": measured.same,
        "within": measured.within,
        "percent": f"{measured.within / measured.compared:.4f}" if measured.compared else "",
        "kappa": "" if measured.kappa is None else f"{measured.kappa:.4f}",
    }


def _write_rulings(evaluation: Evaluation, path: Path, sheet: TableSheet, now: datetime) -> tuple[SetAside, ...]:
    """差异裁定.xlsx anew, with the columns the third person added; unchanged where it says all of it already."""
    with Outputs(evaluation.workspace, now) as outputs:
        rewrite(outputs, path, ((sheet, RULING_KEY),))
    return tuple(outputs.set_aside)


def _difference(evaluation: Evaluation, compared: Compared, ruling: Ruling | None) -> Json:
    scheme = evaluation.scheme
    return {
        "project": compared.item[0], "indicator": compared.item[1], "item": compared.item[2],
        "marks": {mark.scorer: shown_mark(scheme, compared.item, mark.value) for mark in compared.marks},
        "spread": "" if compared.spread is None else f"{compared.spread:.4f}",
        "ruling": shown_mark(scheme, compared.item, ruling.value) if ruling else "",
        "by": ruling.by if ruling else "",
        "reason": ruling.reason if ruling else "",
    }  # fmt: skip


def _files(paths: Sequence[Path]) -> list[Path]:
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
        if not file.name.startswith("~$") and file.name != RULING_FILE
    ]


@dataclass(frozen=True, slots=True)
class _Given:
    """A book given in now."""

    path: Path
    data: bytes
    reading: BookReading


def _given(
    evaluation: Evaluation, reader: IsolatedReader, path: Path, issued: dict[str, tuple[Item, ...]],
    findings: list[Finding],
) -> list[_Given]:  # fmt: skip
    """The book in a file; none where it is locked already or anything is wrong with it."""
    space, data = evaluation.workspace, path.read_bytes()
    if sha256_of(data) in locked_files(space).values():
        return []
    try:
        book = reader.book(data)
    except UnreadableFileError as error:
        hint = "交程序生成的打分册；打不开的在 Excel 或 WPS 中打开后另存为 .xlsx"
        findings.append(
            Finding(
                "SCORER-01",
                Severity.ERROR,
                CellRef(path.name),
                Sentence.saying("打不开：{message}", message=error.message),
                hint,
            )
        )
        return []
    reading = read_scorebook(book, path.name, evaluation.scheme, Expected(space.key, space.evaluation_id, issued))
    findings += reading.findings
    return [_Given(path, data, reading)] if reading.usable or reading.scorer in locked_files(space) else []


def _by_scorer(given: Sequence[_Given]) -> dict[str, dict[bytes, _Given]]:
    books: dict[str, dict[bytes, _Given]] = {}
    for book in given:
        books.setdefault(book.reading.scorer, {})[book.data] = book
    return books


def _several(given: Sequence[_Given]) -> list[Finding]:
    """Scorers who gave in different books at once: nobody says which one is meant."""
    return [
        Finding(
            "SCORER-03", Severity.ERROR, CellRef(book.path.name, MARKS),
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


def _one_each(given: Sequence[_Given]) -> list[_Given]:
    return [next(iter(books.values())) for books in _by_scorer(given).values() if len(books) == 1]


def _lock(evaluation: Evaluation, book: _Given, now: datetime, findings: list[Finding]) -> list[str]:
    """The scorer whose book this is, locked now; none where it is not what was locked or handed back."""
    space, reading, name = evaluation.workspace, book.reading, book.path.name
    if any(conflict.thing == Thing(EventKind.SCOREBOOK_LOCKED, "", reading.scorer) for conflict in evaluation.disputed):
        return []  # told as a dispute, and settled as one
    if reading.scorer in locked_files(space):
        words = Sentence.saying("{scorer}的打分册已锁定，这一份内容不同，没有采用", scorer=reading.scorer)
        hint = "以锁定的为准；确需改动的，通过差异裁定处理并写明理由"
        findings.append(Finding("SCORER-03", Severity.ERROR, CellRef(name), words, hint))
        return []
    before, times = handed_back(space, reading.scorer)
    if changed := changed_marks(before, reading.marks):
        words = Sentence.saying(
            "退回补打的打分册改动了已打的分：{listed}", listed="、".join(" ".join(item) for item in changed[:5])
        )
        hint = "只补空白，已打的恢复原来的分和理由；确需改动的，通过差异裁定处理"
        findings.append(Finding("SCORER-03", Severity.ERROR, CellRef(name, MARKS), words, hint))
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


def _take_rulings(
    evaluation: Evaluation, reader: IsolatedReader, path: Path, differing: dict[Item, Compared], now: datetime
) -> list[Finding]:
    space = evaluation.workspace
    try:
        book = reader.book(path.read_bytes())
    except UnreadableFileError as error:
        hint = "在 Excel 或 WPS 中打开后另存为 .xlsx"
        return [
            Finding(
                "SCORER-07",
                Severity.ERROR,
                CellRef(path.name),
                Sentence.saying("打不开：{message}", message=error.message),
                hint,
            )
        ]
    reviewers: dict[str, Sequence[str]] = {}
    if space.team.is_file():
        team = check_people(evaluation, now).team
        reviewers = {item[0]: team.on_project(item[0], REVIEWER) for item in differing}
    rulings, wrong = read_rulings(book, path.name, evaluation.scheme, differing, reviewers)
    known = known_of(space, EventKind.ADJUDICATED)
    events = [
        NewEvent(
            RulingMade(
                item=ruling.item, value=stored(ruling.value), reason=ruling.reason, by=ruling.by,
                replaces=beside(space, standing),
            ),
            now, f"ruled:{ruling}:{now.isoformat()}", ruling.item[0], "", ruling.item[1],
        )
        for ruling in rulings
        if ruling not in map(ruling_in, standing := known.get(Thing(EventKind.ADJUDICATED, *ruling.item), ()))
    ]  # fmt: skip
    with space.ledger() as ledger:
        ledger.record_many(events)
    return wrong
