"""Cells that every list of projects has: amounts with their unit in the heading, years, numbers, the row 合计."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from toolkit.excel.book import Book
from toolkit.excel.table import Table, TableRow
from toolkit.model import CellRef, Content, Finding, Sentence, Severity, Stated
from toolkit.model.stated import followed
from toolkit.scheme.columns import Columns
from toolkit.scheme.findings import about_cell, say
from toolkit.scheme.headings import read_sheet
from toolkit.scheme.plain_number import read_number
from toolkit.text import round_half_up
from toolkit.text.folding import compared, fold
from toolkit.text.numerals import MONEY_UNITS, chinese_numeral

PROJECT_ID = re.compile(r"[A-Za-z]{0,6}[-_.]?\d{1,6}(?:[-_.]\d{1,6})*", re.ASCII)
"""What a 序号 can be: 12, A12, 2-1."""
_LIST_MARK = re.compile(r"[\[(]?(?P<number>[^\s\[\]()]+?)[\])]?[、.,:]?")
Area: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
_NONE = {"", "\\", "/", "-", "—", "——", "无"}
_TOTALS = {"合计", "总计", "共计"}
AMOUNT_UNITS = ("百万元", "千万元", "亿元", "万元", "千元", "元")
"""Units an amount can have, longer ones before those they end with."""
HEADING_UNIT = rf"(?:[(/,]?(?:单位:)?(?:人民币)?(?P<unit>{'|'.join(AMOUNT_UNITS)})\)?)?"
"""How a heading ends that names the unit of its amounts, as it is compared: ``(万元)``, ``(单位:元)``, ``/元``."""


def read_merged(
    book: Book, workbook: str, name: str, columns: Columns, of_one: Callable[[str], bool]
) -> tuple[Table, list[Area]]:
    """A list with merged cells said again in every row they reach over, and those that cannot be.

    ``of_one`` tells the headings of what every row has its own of.
    """
    table = read_sheet(book, workbook, name, columns)
    sheet = next((sheet for sheet in book.sheets if compared(sheet.name) == compared(name)), None)
    if sheet is None or not table.rows:
        return table, []
    numbers = {row.number for row in table.rows}
    areas = [area for area in sheet.merges if area[0] in numbers and area[2] > area[0]]
    single = {column for heading, column in table.rows[0].columns.items() if of_one(heading)}
    cells = dict(sheet.cells)
    for top, left, bottom, _ in (area for area in areas if area[1] not in single):
        if (top, left) in cells:
            cells |= {(row, left): cells[top, left]._replace(row=row) for row in numbers if top <= row <= bottom}
    sheets = tuple(replace(other, cells=cells) if other is sheet else other for other in book.sheets)
    kept = [area for area in areas if area[1] in single]
    return read_sheet(replace(book, sheets=sheets), workbook, name, columns), kept


def amount_over_rows(rows: Sequence[TableRow], heading: str, merged: Sequence[Area]) -> Iterator[Finding]:
    """An amount written once for several projects: nobody knows how much of it is whose."""
    by_number = {row.number: row for row in rows}
    for top, left, bottom, _ in merged:
        row = by_number.get(top)
        if row is not None and heading and row.columns.get(heading) == left:
            words = Sentence.of(
                "{heading}合并在第{top}至{bottom}行，不知道各项目各是多少",
                {"heading": heading.partition("（")[0], "top": str(top), "bottom": str(bottom)},
            )
            yield about_cell("ROSTER-02", row, heading, words, "拆开合并单元格，每个项目填自己的金额")


def factor_of(unit: str, money_unit: str) -> Decimal:
    """What numbers under a heading with a unit (of ``AMOUNT_UNITS``; "" for none) are multiplied with."""
    return MONEY_UNITS[unit or money_unit] / MONEY_UNITS[money_unit]


def project_number(text: str) -> str:
    """A 序号 without what people set around it: ``1、``, ``（1）`` and ``一、`` are 1; other texts stay as they are."""
    match = _LIST_MARK.fullmatch(fold(text))
    if match is None or PROJECT_ID.fullmatch(fold(text)):
        return text
    number = chinese_numeral(match["number"])
    bare = match["number"] if number is None else str(number)
    return bare if PROJECT_ID.fullmatch(bare) else text


def is_total(row: TableRow) -> bool:
    """Whether it is the row 合计."""
    return any(compared(row.text(heading)) in _TOTALS for heading in ("序号", "立项年度", "责任单位", "项目名称"))


def read_amount(text: str) -> Decimal | None:
    """The number in a cell; None when it says there is none.

    Raises:
        ValueError: it is no number, or less than nothing.
    """
    if fold(text) in _NONE:
        return None
    number = read_number(text)
    if number < 0:
        raise ValueError(f"“{text}”不是金额")
    return number


def amount_or_none(row: TableRow, heading: str, factor: Decimal) -> Decimal | None:
    """The amount under a heading, None for none and for what is no number."""
    try:
        number = read_amount(row.text(heading)) if heading else None
    except ValueError:
        return None
    return None if number is None else number * factor


def read_year(text: str) -> int | None:
    """2022, 2022年 or 2022年度; None for anything else."""
    digits = fold(text).removesuffix("年度").removesuffix("年").strip()
    return int(digits) if re.fullmatch(r"(19|20)\d\d", digits) else None


def compare_total(
    name: str, amounts: Iterable[Decimal | None], printed: Decimal | None, at: CellRef, unit: str, factor: Decimal
) -> list[Finding]:
    """Compare the sum with the printed total at the total's own decimals."""
    if printed is None:
        return []
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    if total == printed:
        return []
    found, expected = Stated(printed), Stated(total)
    words: dict[str, Content] = {
        "name": name, "total": f"{total:,f}{unit}", "printed": f"{printed:,f}{unit}",
        "apart": Stated(abs(total - printed), unit=unit),
    }  # fmt: skip
    apart = Sentence.of("各项目{name}逐项相加为{total}，清单合计栏列示{printed}，相差{apart}", words)
    exponent = (printed / factor).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    # a printed 11738.1 may stand for 11738.10: two decimals are what an amount is rounded to at the most coarse
    if round_half_up(total / factor, max(places, 2)) == round_half_up(printed / factor, max(places, 2)):
        rounded, hint = followed(apart, "，是四舍五入造成的"), "无需处理；报告按明细合计计算"
        return [say("ROSTER-05", at, rounded, hint, severity=Severity.NOTE, found=found, expected=expected)]
    return [say("ROSTER-04", at, apart, "核对是否漏行、错行，改正明细或合计", found=found, expected=expected)]
