"""Roster workbook → Roster: one row a project, the 合计 row checked against the sum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.excel.table import Table, TableRow
from toolkit.model import CellRef, Finding, Project, Roster, Severity, Stated, is_sound
from toolkit.scheme.columns import ROSTER, ROSTER_COLUMNS, UNIT_NAMES, UNIT_NAMES_COLUMNS
from toolkit.scheme.findings import about_cell, say
from toolkit.scheme.headings import read_sheet
from toolkit.scheme.plain_number import read_number
from toolkit.scheme.sheet_names import recognise
from toolkit.scheme.unit_names import UnitNames, UnitQuestion, as_findings, questions, read_unit_names
from toolkit.text import plain, round_half_up
from toolkit.text.folding import compared, fold

_NONE = {"", "\\", "/", "-", "—", "——", "无"}
_TOTALS = {"合计", "总计", "共计"}
_AMOUNT = re.compile(r"合同(?:总)?(?:金额|额|价款?)(?:\((万元|元)\))?")
_LIST = re.compile(r"[、;；,，\n]")
_ID = re.compile(r"[A-Za-z]{0,6}[-_.]?\d{1,6}(?:[-_.]\d{1,6})*", re.ASCII)
_YEAR_OF_NAME = re.compile(r"\(((?:19|20)\d\d)(?:年度?)?\)\s*$")
_WAN = Decimal(10_000)
_OF_ONE_PROJECT = ("序号", "项目名称")
_SHEETS = {ROSTER: ROSTER_COLUMNS, UNIT_NAMES: UNIT_NAMES_COLUMNS}


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster, or None with findings of severity ERROR that say why not.

    Attributes:
        draft: the roster as far as it could be read, for looking at only; None when not even that.
        questions: spellings that may be one unit, for a person to answer.
    """

    roster: Roster | None
    findings: tuple[Finding, ...]
    draft: Roster | None = None
    questions: tuple[UnitQuestion, ...] = ()


def read_roster(data: bytes, workbook: str, money_unit: str = "万元") -> RosterReading:
    """Read a roster workbook.

    Args:
        data: the workbook's bytes.
        workbook: its file name, for messages.
        money_unit: 万元 or 元; amounts are converted when the roster's heading names the other one.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    recognised = recognise(read_workbook(data), workbook, _SHEETS)
    table, merged = _table(recognised.book, workbook)
    if table.unreadable:
        return RosterReading(None, (*recognised.findings, *table.findings))
    heading, factor = _amount_column(table, money_unit)
    rows = [row for row in table.rows if not _is_total(row)]
    settled, findings = read_unit_names(recognised.book, workbook)
    projects = [_project(row, heading, factor, settled) for row in rows]
    findings = [*recognised.findings, *table.findings, *findings]
    findings += [finding for row in rows for finding in _mistakes(row, heading)] + _twice(rows)
    findings += _one_amount_for_several(rows, heading, merged)
    spellings = [(row, project.units) for row, project in zip(rows, projects, strict=True)]
    asked = questions(spellings, settled)
    findings += as_findings(asked)
    totals = [row for row in table.rows if _is_total(row)]
    roster = Roster(tuple(projects), *_printed(totals, heading, factor))
    findings += _total(roster, projects, money_unit, factor)
    if not projects:
        findings.append(say("ROSTER-01", CellRef(workbook, ROSTER), "项目清单没有项目", "一行填一个项目"))
    wrong = not is_sound(findings)
    return RosterReading(None if wrong else roster, tuple(findings), roster, tuple(asked))


_Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def _table(book: Book, workbook: str) -> tuple[Table, list[_Area]]:
    """The roster with merged cells said again in every row they reach over, and those that cannot be."""
    table = read_sheet(book, workbook, ROSTER, ROSTER_COLUMNS)
    sheet = next((sheet for sheet in book.sheets if compared(sheet.name) == compared(ROSTER)), None)
    if sheet is None or not table.rows:
        return table, []
    columns, numbers = table.rows[0].columns, {row.number for row in table.rows}
    areas = [area for area in sheet.merges if area[0] in numbers and area[2] > area[0]]
    single = {column for heading, column in columns.items() if heading in _OF_ONE_PROJECT or _is_amount(heading)}
    shared = [area for area in areas if area[1] not in single]
    cells = dict(sheet.cells)
    for top, left, bottom, _ in shared:
        if (top, left) in cells:
            cells |= {(row, left): cells[top, left]._replace(row=row) for row in numbers if top <= row <= bottom}
    spread = replace(book, sheets=tuple(replace(one, cells=cells) if one is sheet else one for one in book.sheets))
    return read_sheet(spread, workbook, ROSTER, ROSTER_COLUMNS), [area for area in areas if area[1] in single]


def _one_amount_for_several(rows: Sequence[TableRow], heading: str, merged: Sequence[_Area]) -> Iterator[Finding]:
    """An amount written once for several projects: nobody knows how much of it is whose."""
    by_number = {row.number: row for row in rows}
    for top, left, bottom, _ in merged:
        row = by_number.get(top)
        if row is not None and heading and row.columns.get(heading) == left:
            words = f"合同金额合并在第{top}至{bottom}行，不知道各项目各是多少"
            yield about_cell("ROSTER-02", row, heading, words, "拆开合并单元格，每个项目填自己的合同金额")


def _is_amount(heading: str) -> bool:
    return bool(_AMOUNT.fullmatch(compared(heading)))


def _amount_column(table: Table, money_unit: str) -> tuple[str, Decimal]:
    """The heading of the contract amount ("" when there is none) and what to multiply its numbers with."""
    for heading in table.headings:
        match = _AMOUNT.fullmatch(compared(heading))
        if match:
            unit = match[1] or money_unit
            return heading, Decimal(1) if unit == money_unit else (_WAN if unit == "万元" else 1 / _WAN)
    return "", Decimal(1)


def _is_total(row: TableRow) -> bool:
    return any(compared(row.text(heading)) in _TOTALS for heading in ("序号", "立项年度", "责任单位", "项目名称"))


def _amount(text: str) -> Decimal | None:
    """The number in a cell; None when it says there is none.

    Raises:
        ValueError: it is no number.
    """
    if fold(text) in _NONE:
        return None
    number = read_number(text)
    if number < 0:
        raise ValueError(f"“{text}”不是金额")
    return number


def _safe_amount(row: TableRow, heading: str, factor: Decimal) -> Decimal | None:
    try:
        number = _amount(row.text(heading)) if heading else None
    except ValueError:
        return None
    return None if number is None else number * factor


def _project(row: TableRow, heading: str, factor: Decimal, settled: UnitNames) -> Project:
    written = tuple(part.strip() for part in row.text("责任单位").split("、") if part.strip())
    units = tuple(dict.fromkeys(settled.of(part) for part in written))
    known = {*ROSTER_COLUMNS.every(), heading}
    return Project(
        id=row.text("序号"),
        year=_year(_written_year(row)) or 0,
        unit=row.text("责任单位") if units == written else "、".join(units),
        units=units,
        name=row.text("项目名称"),
        contract_amount=_safe_amount(row, heading, factor),
        contact=row.text("联系人"),
        phone=row.text("电话"),
        email=row.text("邮箱"),
        project_type=row.text("项目类型"),
        aliases=tuple(part.strip() for part in _LIST.split(row.text("别名")) if part.strip()),
        attributes=MappingProxyType({name: row.text(name) for name in row.columns if name not in known}),
        origin=row.at("序号"),
    )


def _written_year(row: TableRow) -> str:
    """立项年度, or where the roster has no such column the year at the end of the name: 电子印章平台（2022）."""
    if "立项年度" in row.columns:
        return row.text("立项年度")
    match = _YEAR_OF_NAME.search(fold(row.text("项目名称")))
    return match[1] if match else ""


def _year(text: str) -> int | None:
    digits = fold(text).removesuffix("年度").removesuffix("年").strip()
    return int(digits) if re.fullmatch(r"(19|20)\d\d", digits) else None


def _mistakes(row: TableRow, heading: str) -> list[Finding]:
    findings = [
        about_cell("ROSTER-01", row, needed, f"“{needed}”没有填写", "补填，或删去整行")
        for needed in ("序号", "责任单位", "项目名称")
        if not row.text(needed)
    ]
    findings += _not_calculated(row)
    year = _written_year(row)
    if not year:
        words = "“立项年度”没有填写，项目名称末尾也没有年度"
        findings.append(about_cell("ROSTER-01", row, "立项年度", words, "补填立项年度，如 2023"))
    number = row.text("序号")
    if number and not _ID.fullmatch(fold(number)):
        words = f"序号“{number}”不是编号"
        findings.append(about_cell("ROSTER-02", row, "序号", words, "写数字，如 12；也可带字母，如 A12、2-1"))
    if year and _year(year) is None:
        words = f"立项年度“{year}”不是年度"
        findings.append(about_cell("ROSTER-02", row, "立项年度", words, "写成四位年份，如 2023"))
    try:
        _amount(row.text(heading)) if heading else None
    except ValueError as error:
        findings.append(about_cell("ROSTER-02", row, heading, f"合同金额{error}", "只填数字，单位写在表头"))
    return findings


def _not_calculated(row: TableRow) -> Iterator[Finding]:
    """Formulas without a result: a program that wrote the file never calculated them, and their text is no name."""
    for heading in ("序号", "责任单位", "项目名称"):
        cell = row.cells.get(heading)
        if cell and cell.formula and cell.value == cell.formula:
            words = f"“{heading}”是公式“{cell.formula}”，没有计算结果"
            hint = "用 Excel 或 WPS 打开并保存一次，或直接填写文字"
            yield about_cell("ROSTER-02", row, heading, words, hint)


def _twice(rows: Sequence[TableRow]) -> list[Finding]:
    findings: list[Finding] = []
    ids: dict[str, TableRow] = {}
    names: dict[tuple[str, str], TableRow] = {}
    for row in rows:
        number = row.text("序号")
        if number and ids.setdefault(number, row) is not row:
            first = ids[number].at("序号").cell
            findings.append(
                about_cell("ROSTER-03", row, "序号", f"序号“{number}”重复：{first}已经用过", "改成不重复的序号")
            )
        name = (compared(row.text("责任单位")), compared(row.text("项目名称")))
        if all(name) and names.setdefault(name, row) is not row:
            words = f"“{row.text('项目名称')}”在{names[name].at('项目名称').cell}已经出现（同一责任单位）"
            hint = "核对是否同一项目；不是的，在名称中区分"
            findings.append(about_cell("ROSTER-06", row, "项目名称", words, hint, severity=Severity.WARNING))
    return findings


def _printed(totals: Sequence[TableRow], heading: str, factor: Decimal) -> tuple[Decimal | None, CellRef]:
    if not totals or not heading:
        return None, CellRef()
    return _safe_amount(totals[-1], heading, factor), totals[-1].at(heading)


def _total(roster: Roster, projects: Sequence[Project], unit: str, factor: Decimal) -> list[Finding]:
    """Compare the sum with the printed total at the total's own decimals."""
    printed = roster.printed_total
    if printed is None:
        return []
    total = sum((project.contract_amount for project in projects if project.contract_amount is not None), Decimal(0))
    if total == printed:
        return []
    found, expected = Stated(printed), Stated(total)
    figures = f"各项目合同金额逐项相加为{total:,f}{unit}，清单合计栏列示{printed:,f}{unit}"
    exponent = (printed / factor).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    # a printed 11738.1 may stand for 11738.10: two decimals are what an amount is rounded to at the most coarse
    if round_half_up(total / factor, max(places, 2)) == round_half_up(printed / factor, max(places, 2)):
        words = f"{figures}，相差{plain(abs(total - printed))}{unit}，是四舍五入造成的"
        return [
            say(
                "ROSTER-05",
                roster.total_at,
                words,
                "无需处理；报告按明细合计计算",
                severity=Severity.NOTE,
                found=found,
                expected=expected,
            )
        ]
    words = f"{figures}，相差{plain(abs(total - printed))}{unit}"
    return [
        say("ROSTER-04", roster.total_at, words, "核对是否漏行、错行，改正明细或合计", found=found, expected=expected)
    ]
