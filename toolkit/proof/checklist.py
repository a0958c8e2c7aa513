"""校核清单.xlsx: findings with room for decisions, what was not checked, what was dismissed; and its reading back."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from toolkit.excel.read import read_workbook
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.proof.declaration import Result, Verdict
from toolkit.proof.engine import Proof
from toolkit.proof.number_sheets import Rows, decided_rows, number_sheets, unchecked_rows
from toolkit.text import plain
from toolkit.text.patterns import Pattern

NAME = "校核清单.xlsx"
FINDINGS, DISMISSED, SUMMARY = "校核发现", "已忽略", "校核概况"
CHOICES = ("待处理", "已修改", "忽略")
_IGNORE = "忽略"
_COLUMNS = (
    Column("序号", 7, numeric=True),
    Column("文件", 24),
    Column("位置", 18),
    Column("类别", 11),
    Column("核对内容", 22),
    Column("报告中的值", 18),
    Column("应为或另一处的值", 18),
    Column("说明", 46),
    Column("计算", 34),
    Column("把握（%）", 10, numeric=True),
    Column("结论", 10),
    Column("处理", 11, CHOICES, note="忽略的请写明理由；下次校核不再列出", required=True),
    Column("理由", 26, required=True),
    Column("标识", 14, note="由程序使用，请勿改动"),
)
_FILE, _TITLE, _DECISION, _REASON, _MARK = 1, 4, 11, 12, 13
DECISION_COLUMN, REASON_COLUMN = _DECISION + 1, _REASON + 1
"""Columns of the list in which a person writes."""
_FIGURES = Pattern(r"\d+(?:\.\d+)?")
_DIGITS = Pattern(r"[\d\s]+")


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding a person has dismissed, with the row as it stood."""

    mark: str
    reason: str
    row: tuple[str, ...]

    @property
    def claim(self) -> "Claim":
        """What the row says, whatever the words around it."""
        return _claim(*self.row[_FILE : _FILE + 2], *self.row[_TITLE : _TITLE + 3])


Claim: TypeAlias = tuple[str, ...]
"""File, place, value found, figures expected; of words also the title of the rule."""


def _claim(name: str, place: str, title: str, found: str, expected: str) -> Claim:
    """By which a finding is the same although the text around it, or a sentence of the program, was worded anew.

    That a figure ought to be another is one thing to decide, whichever rules say it.
    """
    figures = [plain(Decimal(figure)) for figure in _FIGURES.findall(expected)]
    return (name, place, "" if figures and _FIGURES.search(found) else title, found, *(figures or [expected]))


@dataclass(frozen=True, slots=True)
class Judged:
    """What is told of a file; its document and the numbers that were checked are not kept.

    Attributes:
        kind: of the file, e.g. ``docx``.
        coverage: the line that says how much was checked; checked: how many numbers were.
        unchecked: of each that was not, as the list has it; decided: of each that was, where they are listed.
        notes: what could not be read.
        silent: titles of the rules that found nothing to look at; broke: titles of those that failed, with the error.
        findings: with their marks, to be looked at; dismissed: those dismissed before.
    """

    kind: str
    coverage: str
    checked: int
    unchecked: Rows
    decided: Rows
    notes: tuple[str, ...]
    silent: tuple[str, ...]
    broke: tuple[tuple[str, str], ...]
    findings: tuple[tuple[str, Result], ...]
    dismissed: tuple[tuple[Dismissal, Result], ...]


def fingerprint(result: Result, text: str) -> str:
    """What a finding is known by in later drafts: its kind, both values and the words around it, never its number."""
    words = _DIGITS.sub("", text)[:80]
    told = f"{result.kind}\n{result.found}\n{result.expected}\n{words}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def judged(
    proof: Proof, name: str, titles: Mapping[str, str], dismissals: Mapping[str, Dismissal], *, listed: bool = False
) -> Judged:
    """Findings parted by what was dismissed: known by their mark, else by file, place and values.

    Of one wrong figure there is one finding with the reasons of all rules that say so, the gravest first.

    Args:
        proof: of one file.
        name: of the file, as the list has it.
        titles: title of a rule by its code.
        dismissals: by mark.
        listed: whether the numbers that were decided are kept for the list.
    """
    left, dismissed = _parted(proof, name, titles, dismissals)
    return Judged(
        proof.document.kind,
        proof.coverage,
        len(proof.checked),
        unchecked_rows(proof),
        decided_rows(proof, titles) if listed else (),
        proof.document.notes,
        tuple(rule.title for rule in proof.silent),
        tuple((rule.title, why) for rule, why in proof.broke),
        left,
        dismissed,
    )


def _parted(
    proof: Proof, name: str, titles: Mapping[str, str], dismissals: Mapping[str, Dismissal]
) -> tuple[tuple[tuple[str, Result], ...], tuple[tuple[Dismissal, Result], ...]]:
    """The findings with their marks, and those dismissed with the dismissal."""
    texts = dict(proof.document.texts())
    claims = {dismissal.claim: dismissal for dismissal in dismissals.values()}
    said: dict[Claim, list[Result]] = {}
    for result in proof.findings:
        claim = _claim(name, str(result.place), titles.get(result.kind, result.kind), result.found, result.expected)
        said.setdefault(claim, []).append(result)
    left, dismissed = [], []
    for claim, results in said.items():
        ordered = sorted(results, key=_gravity)
        marks = [fingerprint(result, texts.get(result.place, "")) for result in ordered]
        known = next(filter(None, map(dismissals.get, marks)), claims.get(claim))
        if known:
            dismissed.append((known, _together(ordered)))
        else:
            left.append((marks[0], _together(ordered)))
    return tuple(left), tuple(dismissed)


def _gravity(result: Result) -> tuple[bool, int]:
    return result.verdict is not Verdict.DIFFERS, -result.confidence


def _together(results: Sequence[Result]) -> Result:
    """Several findings about one wrong figure as one: the first, with what the others say and show."""
    first, *others = results
    if not others:
        return first
    return replace(
        first,
        message="；".join(dict.fromkeys(result.message for result in results)),
        working="；".join(dict.fromkeys(result.working for result in results if result.working)),
        related=tuple(dict.fromkeys(place for result in results for place in result.related)),
    )


_book = lru_cache(1)(read_workbook)
"""The list of an earlier run, which is read for what was dismissed and for what was decided."""


def read_dismissals(data: bytes) -> dict[str, Dismissal]:
    """What a person dismissed in an earlier list, with a reason; a dismissal without one does not count.

    Raises:
        UnreadableFileError: the file is no workbook.
    """
    found: dict[str, Dismissal] = {}
    book = _book(data)
    for name in (FINDINGS, DISMISSED):
        sheet = book.sheet(name)
        for row in sorted({row for row, _ in sheet.cells if row > 3}) if sheet else ():
            assert sheet is not None  # noqa: S101 - for the type checker
            texts = tuple(_text(sheet.cells.get((row, column + 1))) for column in range(len(_COLUMNS)))
            if texts[_DECISION] == _IGNORE and texts[_REASON] and texts[_MARK]:
                found[texts[_MARK]] = Dismissal(texts[_MARK], texts[_REASON], texts)
    return found


def read_decisions(data: bytes) -> dict[str, tuple[str, str]]:
    """Decision and reason by mark, whatever the decision: they are carried into the next list."""
    sheet = _book(data).sheet(FINDINGS)
    found = {}
    for row in sorted({row for row, _ in sheet.cells if row > 3}) if sheet else ():
        assert sheet is not None  # noqa: S101 - for the type checker
        decision, reason, mark = (_text(sheet.cells.get((row, at + 1))) for at in (_DECISION, _REASON, _MARK))
        if mark:
            found[mark] = (decision, reason)
    return found


def places_of_marks(data: bytes) -> dict[str, list[tuple[str, int]]]:
    """Sheet and row of every finding in a list, by mark.

    Raises:
        UnreadableFileError: the file is no workbook.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    book = read_workbook(data)
    for sheet in filter(None, map(book.sheet, (FINDINGS, DISMISSED))):
        for (row, column), cell in sheet.cells.items():
            if row > 3 and column == _MARK + 1 and _text(cell):
                found.setdefault(_text(cell), []).append((sheet.name, row))
    return found


def _text(cell: object) -> str:
    value = getattr(cell, "value", None)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value).strip()


def checklist(
    files: Sequence[tuple[str, Judged]],
    titles: Mapping[str, str],
    decisions: Mapping[str, tuple[str, str]],
    older: Iterable[Dismissal] = (),
) -> bytes:
    """The list of all files.

    Args:
        files: name and proof of each.
        titles: title of a rule by its code.
        decisions: what a person wrote before, by mark.
        older: dismissals that no file shows now; they are remembered.
    """
    findings: list[tuple[str, ...]] = []
    dismissed: list[tuple[str, ...]] = []
    for name, item in files:
        for mark, result in item.findings:
            decision = decisions.get(mark, (CHOICES[0], ""))
            findings.append(_row(len(findings) + 1, name, result, titles, (*decision, mark)))
        for dismissal, result in item.dismissed:
            last = (_IGNORE, dismissal.reason, dismissal.mark)
            dismissed.append(_row(len(dismissed) + 1, name, result, titles, last))
    dismissed += [dismissal.row for dismissal in older]
    hint = "“处理”选“忽略”并写明理由后再次校核，同样的发现不再列出；“不一致”是确定的矛盾，“疑似”请人工判断。"
    sheets = [
        TableSheet(FINDINGS, "校核清单", _COLUMNS, findings, hint, filtered=True),
        _summary(files),
        *number_sheets(
            ((name, item.unchecked) for name, item in files), [(name, item.decided) for name, item in files]
        ),
    ]
    if dismissed:
        sheets.insert(1, TableSheet(DISMISSED, "已忽略的发现", _COLUMNS, dismissed, "删去“处理”一栏即恢复。"))
    return table_workbook(sheets)


def _row(
    number: int, name: str, result: Result, titles: Mapping[str, str], last: tuple[str, str, str]
) -> tuple[str, ...]:
    related = f"（另见：{'；'.join(map(str, result.related[:3]))}）" if result.related else ""
    return (
        str(number),
        name,
        str(result.place),
        str(result.group or ""),
        titles.get(result.kind, result.kind),
        result.found,
        result.expected,
        f"{result.message}{related}",
        result.working,
        str(result.confidence),
        str(result.verdict),
        *last,
    )


def _summary(files: Sequence[tuple[str, Judged]]) -> TableSheet:
    columns = (
        Column("文件", 30),
        Column("数字", 9, numeric=True),
        Column("已核", 9, numeric=True),
        Column("未核", 9, numeric=True),
        Column("不一致", 9, numeric=True),
        Column("疑似", 9, numeric=True),
        Column("已忽略", 9, numeric=True),
        Column("没有可核内容的规则", 60),
        Column("说明", 50),
    )
    return TableSheet(SUMMARY, "校核概况", columns, [_summary_row(name, item) for name, item in files])


def _summary_row(name: str, item: Judged) -> tuple[str, ...]:
    verdicts = [result.verdict for _, result in item.findings]
    broke = [f"规则“{title}”运行出错（{why}），其内容未核" for title, why in item.broke]
    return (
        name,
        str(item.checked + len(item.unchecked)),
        str(item.checked),
        str(len(item.unchecked)),
        str(verdicts.count(Verdict.DIFFERS)),
        str(verdicts.count(Verdict.DOUBTFUL)),
        str(len(item.dismissed)),
        "、".join(item.silent),
        "；".join((item.coverage, *item.notes, *broke)),
    )
