"""The proof that a report still says what the master says: every printed figure against its cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.errors import TemplateError
from toolkit.model import CellRef, Finding, Severity, Value
from toolkit.text import plain, round_half_up
from toolkit.word.figures import FigureManifest, PrintedFigure, read_figures, read_manifest

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.(?P<decimals>\d+))?(?P<percent>%)?")
_NOTHING = ("—", "")
_HOUSE_PLACES = 2
"""Scores, amounts and rates are printed with this many decimals; an edited report is granted no coarser rounding."""
_AGAIN = "请勿直接改动报告中的数字；重新运行“汇总并出报告”，由汇总总表生成"


def verify_report(data: bytes, name: str, master_values: Mapping[str, Value]) -> list[Finding]:
    """Compare a report with the master workbook it was made from.

    Args:
        data: the ``.docx`` as it is now.
        name: its file name, for the findings.
        master_values: address (``汇总!G5``) → value in the master workbook.

    Returns:
        VERIFY-10 for a file that is no report of ours, VERIFY-11 for a figure that differs from its cell, VERIFY-12
        for a cell the master does not have, VERIFY-13 for figures taken out, VERIFY-14 for other changes to figures.
    """
    try:
        figures, manifest = read_figures(data), read_manifest(data)
    except TemplateError as error:
        return [_finding("VERIFY-10", name, "", f"报告无法读取：{error.message}")]
    if not manifest.written:
        return [_finding("VERIFY-10", name, "", "文件中没有数字的来源标记，不是本工具生成的报告，或标记已被删除")]
    found = [*_differing(figures, name, manifest, master_values), *_removed(figures, name, manifest)]
    if not manifest.intact and not found:
        message = "报告中的数字或其来源标记在生成后被移动或改写过，数值仍与汇总总表一致"
        return [_finding("VERIFY-14", name, "", message, severity=Severity.WARNING)]
    return found


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
        return False
    shown = value * 100 if match["percent"] else value
    places = len(match["decimals"] or "")
    printed = Decimal(text.strip().rstrip("%").replace(",", ""))
    return printed == (shown if exactly and places < _HOUSE_PLACES else round_half_up(shown, places))


def _differing(
    figures: Sequence[PrintedFigure], name: str, manifest: FigureManifest, values: Mapping[str, Value]
) -> Iterator[Finding]:
    for one in figures:
        value = values.get(one.at)
        if value is None and one.text not in _NOTHING:
            message = f"报告中的“{one.text}”取自{one.at}，汇总总表中该单元格为空（上下文：{_words(one)}）"
            yield _finding("VERIFY-12", name, one.at, message, found=one.text)
        elif not agrees(one.text, value, exactly=not manifest.intact):
            expected = _shown(value, one.text)
            message = f"报告中为“{one.text}”，汇总总表{one.at}为{expected}（上下文：{_words(one)}）"
            yield _finding("VERIFY-11", name, one.at, message, found=one.text, expected=expected)


def _removed(figures: Sequence[PrintedFigure], name: str, manifest: FigureManifest) -> Iterator[Finding]:
    """Figures are numbered as they were written: a gap is a figure taken out, and its neighbour says where."""
    by_number = {number: one for one in figures if (number := _number(one))}
    missing = [number for number in range(1, manifest.written + 1) if number not in by_number]
    last = 0
    for number in missing:
        if number == last + 1:
            last = number
            continue
        last = number
        before = next((by_number[one] for one in range(number - 1, 0, -1) if one in by_number), None)
        place = f"“{before.text}”之后（上下文：{_words(before)}）" if before else "开头"
        message = f"报告{place}有数字或其来源标记被删除"
        yield _finding("VERIFY-13", name, before.at if before else "", message)


def _number(figure: PrintedFigure) -> int:
    match = re.match(r"jx(\d+)_", figure.bookmark)
    return int(match[1]) if match else 0


def _words(figure: PrintedFigure) -> str:
    """The words around a figure, with the figure somewhere in them."""
    text, most = figure.context, 60
    if len(text) <= most:
        return text
    start = max(0, text.find(figure.text) - most // 2)
    return f"{'…' if start else ''}{text[start : start + most]}…"


def _shown(value: Value, like: str) -> str:
    if isinstance(value, Decimal):
        return f"{plain(value * 100)}%" if like.strip().endswith("%") else plain(value)
    return "空白" if value is None else str(value)


def _finding(
    code: str,
    name: str,
    at: str,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    found: str = "",
    expected: str = "",
) -> Finding:
    sheet, _, cell = at.partition("!")
    return Finding(code, severity, CellRef(name, sheet, cell), message, _AGAIN, found=found, expected=expected)
