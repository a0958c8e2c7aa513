"""``jixiao adjudicate``: scorebooks locked on receipt, compared, differences ruled."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.collect import IsolatedReader
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.table_sheet import TableSheet
from toolkit.handover import Thing
from toolkit.ledger import EventKind, NewEvent
from toolkit.ledger.kinds import RulingMade
from toolkit.model import CellRef, Finding, Sentence, Severity, is_sound
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.examine.giving_out import FOLDER, REVIEWER, RULING_FILE, not_returned
from toolkit.pipeline.examine.locking import book_files, given_in, lock, one_of_each, several_of_one, unopened
from toolkit.pipeline.examine.teaming import check_people
from toolkit.pipeline.intake.disputes import disputes_of
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.decisions import beside, known_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.plan.rewriting import rewrite
from toolkit.pipeline.plan.scorebooks import (
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
    Compared,
    Item,
    Ruling,
    agreement,
    compare,
    read_rulings,
    ruled,
    ruling_sheet,
    shown_mark,
)

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """Where double scoring stands: books locked now, everything compared, what waits for a ruling."""

    locked: tuple[str, ...]
    missing: tuple[str, ...]
    compared: tuple[Compared, ...]
    agreement: Agreement
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
    files = book_files(paths)
    with IsolatedReader(evaluation.collecting) as reader:
        given = [book for file in files for book in given_in(evaluation, reader, file, issued, findings)]
        findings += several_of_one(given)
        locked = [name for book in one_of_each(given) for name in lock(evaluation, book, now, findings)]
        missing = tuple(name for name in issued if name not in locked_files(space))
        compared = () if missing else compare(scheme, locked_marks(space))
        differing = {one.item: one for one in compared if one.differs and one.complete}
        path = space.root / FOLDER / RULING_FILE
        wrong = _take_rulings(evaluation, reader, path, differing, now) if path.exists() and differing else []
    rulings = rulings_on_record(space)
    findings += _blanks(compared, told=locked, missing=not_returned(evaluation))
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
        tuple(locked), missing, compared, agreement(scheme, compared), len(ruled(compared, rulings)), shown,
        path if differing else None,
        (*findings, *wrong, *disputes_of(evaluation, EventKind.SCOREBOOK_LOCKED, EventKind.ADJUDICATED)), aside,
    )  # fmt: skip


def _blanks(compared: Sequence[Compared], told: Sequence[str], missing: Container[str]) -> list[Finding]:
    """What scorers left blank in books locked before; of those ``told`` it was said on receipt.

    ``missing``: projects that nothing came of.
    """
    blanks: dict[str, list[str]] = {}
    for one in (known for known in compared if known.item[0] not in missing):
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
    return outputs.set_aside


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


def _take_rulings(
    evaluation: Evaluation, reader: IsolatedReader, path: Path, differing: dict[Item, Compared], now: datetime
) -> list[Finding]:
    space = evaluation.workspace
    try:
        book = reader.book(path.read_bytes())
    except UnreadableFileError as error:
        hint = "在 Excel 或 WPS 中打开后另存为 .xlsx"
        return [unopened("SCORER-07", path, error, hint)]
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
