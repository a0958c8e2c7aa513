"""The proof that a report still says what the master says: every printed figure against its cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from toolkit.model import CellRef, Content, FieldType, Finding, Form, Sentence, Severity, Stated, Value
from toolkit.report.printed_report import PrintedReport
from toolkit.report.reckoned import reckoned
from toolkit.report.setting import SOURCES
from toolkit.report.wording import numbers_in
from toolkit.text import round_half_up
from toolkit.text.values import shown
from toolkit.word.figures import FigureManifest, PrintedFigure
from toolkit.word.seal import Change, TextChange

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.(?P<decimals>\d+))?(?P<percent>%)?")
_NOTHING = ("—", "")
_WHERE_IT_SAYS: Mapping[str, str] = MappingProxyType({})
_HOUSE_PLACES = 2
"""Scores, amounts and rates are printed with this many decimals; an edited report is granted no coarser rounding."""
_MOST = 60  # characters of a text that a finding quotes
_EDITED = "人工修改的文字由修改人负责；其中的数字请与汇总总表核对"
_PAGED = "更新目录后页码变化属正常；其他改动请重新生成报告"
_SEAL_AGAIN = "需要核对文字的，请重新生成报告"
_COUNT_AGAIN = "在 Word 中全选后按F9更新编号，或重新生成报告"
_AGAIN = "请勿直接改动报告中的数字；重新运行“汇总并出报告”，由汇总总表生成"


def verify_report(
    report: PrintedReport,
    name: str,
    master_values: Mapping[str, Value],
    now_at: Mapping[str, str] = _WHERE_IT_SAYS,
) -> list[Finding]:
    """Compare a report with the master workbook it was made from, and its text with what was generated.

    Args:
        report: as it is now.
        name: its file name, for the findings.
        master_values: address (``汇总!G5``) → value in the master workbook, and what :func:`source_values` gives.
        now_at: address of a figure in a row that moves → the cell where a person finds it.

    Returns:
        Errors: VERIFY-10 for a file that is no report of ours, VERIFY-11 for a figure that differs from its cell,
        VERIFY-12 for a cell the master does not have, VERIFY-13 for figures taken out. Warnings: VERIFY-14 for other
        changes to figures, VERIFY-15 for digits altered in generated text. Notes: VERIFY-16 for text a person edited,
        VERIFY-17 for page numbers, VERIFY-18 for a report whose text was not sealed.
    """
    if report.unreadable:
        return [_finding("VERIFY-10", name, "", Sentence.of("报告无法读取：{why}", {"why": report.unreadable}))]
    figures, manifest = report.figures, report.manifest
    if manifest.written is None:
        return [_finding("VERIFY-10", name, "", "文件中没有数字的来源标记，不是本工具生成的报告，或标记已被删除")]
    found = [*_differing(figures, name, manifest, master_values, now_at), *_removed(figures, name, manifest)]
    if not manifest.intact and not found:
        message = "报告中的数字或其来源标记在生成后被移动或改写过，数值仍与汇总总表一致"
        found.append(_finding("VERIFY-14", name, "", message, severity=Severity.WARNING))
    return [*found, *_text_findings(report.changes, name), *_miscounted(report.miscounted, name)]


def _miscounted(numbers: Sequence[tuple[str, str]], name: str) -> Iterator[Finding]:
    """Numbers of captions are no text that is sealed: every program counts them anew, and so does this."""
    for said, right in numbers:
        message = Sentence.of("图表编号印作“{found}”，按顺序应为“{expected}”", {"found": said, "expected": right})
        yield Finding("VERIFY-15", Severity.WARNING, CellRef(name), message, _COUNT_AGAIN, found=said, expected=right)


def _text_findings(changes: Sequence[TextChange] | None, name: str) -> Iterator[Finding]:
    if changes is None:
        message = "报告没有文字的指纹（由旧版本生成，或被其他程序删去），只核对了数字"
        yield Finding("VERIFY-18", Severity.NOTE, CellRef(name), message, _SEAL_AGAIN)
        return
    for change in changes:
        if change.change is Change.DIGITS:
            told = Sentence.of("生成的{kind}中有数字被改动：“{found}”", _said(change))
            yield _text_finding("VERIFY-15", name, told, change, _AGAIN)
        elif change.change is Change.EDITED:
            told = Sentence.of("这一{kind}在生成后由人改写或添加：“{found}”", _said(change))
            yield _text_finding("VERIFY-16", name, told, change, _EDITED)
    yield from _together(changes, name)


def _together(changes: Sequence[TextChange], name: str) -> Iterator[Finding]:
    """What is said once for a whole report: text that is gone, page numbers that are others."""
    removed = sum(change.change is Change.REMOVED for change in changes)
    if removed:
        message = Sentence.of("生成的文字中有{count}段（行）被删除", {"count": Stated(Decimal(removed))})
        yield Finding("VERIFY-16", Severity.NOTE, CellRef(name), message, _EDITED)
    paged = [change for change in changes if change.change is Change.PAGES]
    if paged:
        places = "、".join(f"“{_cut(change.text)}”" for change in paged)
        words: dict[str, Content] = {"count": Stated(Decimal(len(paged))), "places": places}
        message = Sentence.of("{count}处页码与生成时不同：{places}", words)
        yield _text_finding("VERIFY-17", name, message, paged[0], _PAGED)


def _said(change: TextChange) -> dict[str, Content]:
    """Words of a sentence about a piece of text."""
    return {"kind": str(change.kind), "found": _cut(change.text)}


def _text_finding(code: str, name: str, message: str | Sentence, change: TextChange, hint: str) -> Finding:
    severity = Severity.WARNING if change.change is Change.DIGITS else Severity.NOTE
    return Finding(code, severity, CellRef(name), message, hint, found=_cut(change.text))


def _cut(text: str) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"


def agrees(text: str, value: Value, *, exactly: bool = False) -> bool:
    """Whether a printed text shows a cell's value, rounded to the decimals printed.

    Args:
        text: e.g. ``93.50``, ``97.26%``, ``11,738.08``; ``—`` for a cell without a number.
        value: the cell's.
        exactly: a text with fewer than two decimals must be the value itself, not a rounding of it.
    """
    if not isinstance(value, Decimal):
        return text.strip() in _NOTHING or text.strip() == str(value).strip()
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return "年" in text and text.strip() == shown(value, FieldType.DATE)
    exact = value * 100 if match["percent"] else value
    places = len(match["decimals"] or "")
    printed = Decimal(text.strip().rstrip("%").replace(",", ""))
    return printed == (exact if exactly and places < _HOUSE_PLACES else round_half_up(exact, places))


def still_says(at: str, text: str, master_values: Mapping[str, Value]) -> bool:
    """Whether a printed figure is what its place in the master says; ``master_values`` as in :func:`verify_report`."""
    value = _value_at(at, master_values)
    return value is not None and agrees(text, value, exactly=True)


def cell_shown(at: str, text: str, master_values: Mapping[str, Value]) -> str | None:
    """What the master has where a printed figure comes from, shown like it; None where the figure says the same."""
    if still_says(at, text, master_values):
        return None
    place, _, number = at.partition("#")
    value = _quoted(master_values.get(place), int(number)) if number else master_values.get(place)
    return None if value is None and text in _NOTHING else str(_stated(value, text))


def _differing(
    figures: Sequence[PrintedFigure],
    name: str,
    manifest: FigureManifest,
    values: Mapping[str, Value],
    now_at: Mapping[str, str],
) -> Iterator[Finding]:
    for figure in figures:
        at, _, number = figure.at.partition("#")
        at = now_at.get(at, at)
        value = _value_at(figure.at, values)
        if value is None and figure.text not in _NOTHING:
            words: dict[str, Content] = {"found": figure.text, "place": _place(at, number), "context": _words(figure)}
            message = Sentence.of("报告中的“{found}”取自{place}，那里没有这个数（上下文：{context}）", words)
            yield _finding("VERIFY-12", name, at, message, found=figure.text)
        elif not agrees(figure.text, value, exactly=not manifest.intact):
            expected = _stated(value, figure.text)
            words = {"found": figure.text, "place": _place(at, number), "expected": expected, "context": _words(figure)}
            message = Sentence.of("报告中为“{found}”，{place}为{expected}（上下文：{context}）", words)
            yield _finding("VERIFY-11", name, at, message, found=figure.text, expected=expected)


def _value_at(at: str, values: Mapping[str, Value]) -> Value:
    """What the master has at a place: a cell, the n-th number of a text, or what is reckoned from cells."""
    place, _, number = at.partition("#")
    if number:
        return _quoted(values.get(place), int(number))
    return values[place] if place in values else reckoned(place, values)


def _quoted(text: Value, number: int) -> str | None:
    """The n-th number of a text in the master."""
    found = numbers_in(text) if isinstance(text, str) else []
    return found[number - 1] if 0 < number <= len(found) else None


def _place(at: str, number: str) -> str:
    sheet = at.partition("!")[0]
    if sheet in SOURCES:
        return f"《{sheet}》"
    return f"汇总总表{at}的文字中第{number}个数" if number else f"汇总总表{at}"


def _removed(figures: Sequence[PrintedFigure], name: str, manifest: FigureManifest) -> Iterator[Finding]:
    """Figures are numbered as they were written: a gap is a figure taken out, and its neighbour says where."""
    by_number = {number: figure for figure in figures if (number := _number(figure))}
    missing = [number for number in range(1, (manifest.written or 0) + 1) if number not in by_number]
    last = -1
    for number in missing:
        if number == last + 1:
            last = number
            continue
        last = number
        before = next((by_number[earlier] for earlier in range(number - 1, 0, -1) if earlier in by_number), None)
        place = f"“{before.text}”之后（上下文：{_words(before)}）" if before else "开头"
        message = Sentence.of("报告{place}有数字或其来源标记被删除", {"place": place})
        yield _finding("VERIFY-13", name, before.at if before else "", message)


def _number(figure: PrintedFigure) -> int:
    match = re.match("jx([0-9]{1,7})_", figure.bookmark)
    return int(match[1]) if match else 0


def _words(figure: PrintedFigure) -> str:
    """The words around a figure, with the figure somewhere in them."""
    text, most = figure.context, 60
    if len(text) <= most:
        return text
    start = max(0, text.find(figure.text) - most // 2)
    return f"{'…' if start else ''}{text[start : start + most]}…"


def _stated(value: Value, like: str) -> str | Stated:
    return "" if value == "" else Stated(value, Form.PERCENT if like.strip().endswith("%") else Form.PLAIN)


def _finding(
    code: str,
    name: str,
    at: str,
    message: str | Sentence,
    *,
    severity: Severity = Severity.ERROR,
    found: Content = "",
    expected: Content = "",
) -> Finding:
    sheet, _, cell = at.partition("!")
    return Finding(code, severity, CellRef(name, sheet, cell), message, _AGAIN, found=found, expected=expected)
