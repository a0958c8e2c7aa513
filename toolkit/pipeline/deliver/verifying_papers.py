"""现场核查底稿 against originals and decisions: what was printed in them and what was read from them stands still."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from toolkit.errors import UnreadableFileError
from toolkit.excel.files import is_owner_file, sha256_of
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.fieldwork import METHODS, FieldPaper
from toolkit.fieldwork.paper import DRAWN, HEADINGS, PAPER, hint_of
from toolkit.fieldwork.reading import read_identity
from toolkit.formula.detail_rows import slot_of
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Resolved
from toolkit.model import CellRef, Finding, Sentence, Severity, Slot, Value
from toolkit.pipeline.examine.field_papers import FOLDER, FieldOrder, field_paper
from toolkit.pipeline.examine.field_work import CODE, RETURNED, difference
from toolkit.pipeline.examine.results import Examined
from toolkit.pipeline.plan.decisions import Resolution
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import is_dated_copy
from toolkit.review import Asked, UnreadableValueError, verified_value
from toolkit.text.values import shown

_ORDER = re.compile(rf"(?P<method>{'|'.join(METHODS)})抽样：.*?应抽(?P<size>\d+)项.*?；种子 (?P<seed>.*)；总体校验值")
_PRINTED = ("内容", "位置", "填报值")
_AGAIN = "“填报值”等印好的栏目不要改动；重新运行 jixiao fieldwork 生成底稿"
_READ_AGAIN = "要改核查值的，改好底稿后再运行 jixiao fieldwork 读回；没有要改的，恢复原来的数"
_BACK = "从备份恢复；收回的底稿是核定值的依据，只存不改"


def verify_papers(evaluation: Evaluation, examined: Examined) -> Iterator[Finding]:
    """Every workbook for the site, as issued or filled in, and every one that was read, cell by cell."""
    folder = evaluation.workspace.root / FOLDER
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.xlsx")):
        if not is_owner_file(path) and not is_dated_copy(path):
            yield from _paper(evaluation, examined, path)
    for sha256 in _read_from(evaluation):
        path = folder / RETURNED / f"{sha256[:16]}.xlsx"
        if not path.is_file():
            yield _say(CellRef(path.name), "读回过的现场核查底稿不在“收回”文件夹里", _BACK)
        elif sha256_of(path.read_bytes()) != sha256:
            yield _say(CellRef(path.name), "收回的现场核查底稿在读回以后被改动", _BACK)
            yield from _paper(evaluation, examined, path)


def _read_from(evaluation: Evaluation) -> list[str]:
    """SHA-256 of the workbooks that values were read from."""
    with evaluation.workspace.ledger() as ledger:
        found = [event.says(Resolved).workbook for event in ledger.events(EventKind.RESOLVED)]
    return sorted(set(filter(None, found)))


def _paper(evaluation: Evaluation, examined: Examined, path: Path) -> Iterator[Finding]:
    try:
        book = read_workbook(path.read_bytes())
    except UnreadableFileError as error:
        yield _say(
            CellRef(path.name),
            Sentence.of("文件读不出来：{reason}", {"reason": error.message}),
            "从备份恢复，或重新生成底稿",
        )
        return
    known, sha256, flaws = read_identity(book, path.name)
    project, receipt = evaluation.roster.project(known), examined.returns.receipts.get(known)
    table = read_table(book, path.name, PAPER, HEADINGS)
    if not flaws and project is None and _was_read(evaluation, known, sha256):
        words = Sentence.of("底稿是项目{known}的，它已不在项目清单中，没有核对", {"known": known})
        hint = "项目确实退出的，把底稿移出这个文件夹"
        yield Finding("VERIFY-21", Severity.WARNING, CellRef(path.name), words, hint, known)
        return
    if flaws or table.unreadable or project is None or receipt is None:
        yield _say(CellRef(path.name), "现场核查底稿的标识或表头被改动，无法核对", "重新运行 jixiao fieldwork 生成底稿")
        return
    if receipt.sha256 != sha256:
        words = Sentence.of("底稿是按项目{known}以前的报送件生成的，没有核对", {"known": known})
        hint = "重新运行 jixiao fieldwork 生成底稿"
        yield Finding("VERIFY-21", Severity.WARNING, CellRef(path.name), words, hint, known)
        return
    order = _order(hint_of(book, DRAWN))
    if order is None:
        yield _say(CellRef(path.name, DRAWN), "抽样清单的方法、数量或种子被改动，无法重新抽取", _AGAIN)
    paper = field_paper(evaluation, examined, project, order or FieldOrder())
    yield from _printed(paper, table.rows, path.name, sampled=order is not None)
    yield from _verified(evaluation, known, table.rows)


def _was_read(evaluation: Evaluation, project: str, sha256: str) -> bool:
    """Whether a return was once read as a project's, of the roster or not."""
    with evaluation.workspace.ledger() as ledger:
        return any((event.subject, event.project) == (sha256, project) for event in ledger.events(EventKind.READ))


def _order(how: str) -> FieldOrder | None:
    match = _ORDER.search(how)
    return FieldOrder((), match["method"], int(match["size"]), match["seed"]) if match else None


def _printed(paper: FieldPaper, rows: tuple[TableRow, ...], name: str, *, sampled: bool) -> Iterator[Finding]:
    """What the program printed: reported values, and which rows were drawn."""
    found = {row.text("填报项"): row for row in rows}
    drawn = set(paper.sample.keys)
    for printed in paper.rows:
        at = found.get(printed.key)
        if at is None:
            yield _say(
                CellRef(name, PAPER),
                Sentence.saying("缺少“{label}”（{key}）一行", label=printed.label, key=printed.key),
                _AGAIN,
            )
            continue
        told = (
            printed.label if at.text("内容") == printed.label else printed.told
        )  # of an earlier version: without unit
        wanted = dict(zip(_PRINTED, (told, printed.place, printed.reported), strict=True))
        wanted |= {"抽样": "√" if printed.key in drawn else ""} if sampled else {}
        for heading, text in wanted.items():
            if not _alike(at.text(heading), text):
                yield _differs(at, heading, printed.label, text, _AGAIN)
    known = {row.key for row in paper.rows}
    for row in rows:
        key = row.text("填报项")
        if key and key not in known:
            yield _say(row.at("填报项"), Sentence.saying("多出填报项“{key}”一行", key=key[:40]), _AGAIN)
        elif not key and (filled := next(filter(row.text, ("填报值", "核查值")), "")):
            yield _say(
                row.at(filled),
                Sentence.saying("有{filled}“{written}”的一行没有填报项", filled=filled, written=row.text(filled)[:40]),
                _AGAIN,
            )


def _verified(evaluation: Evaluation, project: str, rows: tuple[TableRow, ...]) -> Iterator[Finding]:
    """What was read from it: a value on record is the one that stands there still, and so is its difference.

    A decision about a row of a repeated table moves with that row; the workbook it was read from is held by its hash.
    """
    own = (known for known in evaluation.decided if known.project == project and known.code == CODE)
    decided = {known.key: known for known in own if not known.row}
    layout = evaluation.template.layout
    for row in rows:
        decision, slot = decided.get(row.text("填报项")), slot_of(layout, row.text("填报项"))
        if decision is None or slot is None or not row.text("核查值"):
            continue
        if not _is_value(row, slot, decision):
            yield _differs(row, "核查值", slot.label, shown(decision.value, slot.type, exact=True), _READ_AGAIN)
        elif row.text("差异"):
            apart = difference(row.text("填报值"), decision.value, slot)
            if not _alike(row.text("差异"), apart or "0"):
                yield _differs(row, "差异", slot.label, apart or "0", _READ_AGAIN)


def _is_value(row: TableRow, slot: Slot, decision: Resolution) -> bool:
    try:
        value: Value = verified_value(row.value("核查值"), row.text("核查值"), Asked(slot.type, slot.choices))
    except UnreadableValueError:
        return False
    return value == decision.value


def _alike(one: str, other: str) -> bool:
    """Texts, or numbers that are equal however a program shows them."""
    if one == other:
        return True
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return False


def _differs(row: TableRow, heading: str, label: str, expected: str, hint: str) -> Finding:
    found, at = row.text(heading)[:60], row.at(heading)
    words = Sentence.of(
        "底稿“{label}”的{heading}为“{found}”，应为“{expected}”",
        {"label": label, "heading": heading, "found": found, "expected": expected[:60]},
    )
    return Finding("VERIFY-21", Severity.ERROR, at, words, hint, found=found, expected=expected[:60])


def _say(at: CellRef, words: str | Sentence, hint: str) -> Finding:
    return Finding("VERIFY-21", Severity.ERROR, at, words, hint)
