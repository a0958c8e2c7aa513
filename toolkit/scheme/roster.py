"""Roster workbook → Roster: one row a project, the 合计 row checked against the sum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from toolkit.excel.read import read_workbook
from toolkit.excel.table import Table, TableRow
from toolkit.model import CellRef, Finding, Project, Roster, Sentence, Severity, is_sound
from toolkit.scheme.columns import (
    FIELDS,
    INDICATORS,
    LISTED,
    LISTED_COLUMNS,
    ROSTER,
    ROSTER_COLUMNS,
    SETTINGS,
    UNIT_NAMES,
    UNIT_NAMES_COLUMNS,
)
from toolkit.scheme.findings import about_cell, say
from toolkit.scheme.listed import ListContext, read_listed
from toolkit.scheme.roster_cells import (
    HEADING_UNIT,
    PROJECT_ID,
    Area,
    amount_or_none,
    amount_over_rows,
    compare_total,
    factor_of,
    is_total,
    project_number,
    read_amount,
    read_merged,
    read_year,
)
from toolkit.scheme.roster_doubts import (
    amount_doubts,
    holds_no_project,
    on_one_line,
    passed_over,
    several_units,
    stated_unit,
    zero_amounts,
)
from toolkit.scheme.sheet_names import recognise, taken_for
from toolkit.scheme.unit_names import UnitNames, UnitQuestion, as_findings, questions, read_unit_names
from toolkit.text.folding import compared, fold

_AMOUNT = re.compile(rf"合同(?:总)?(?:金额|额|价款?){HEADING_UNIT}")
_LIST = re.compile(r"[、;；,，\n]")
_YEAR_OF_NAME = re.compile(r"\(((?:19|20)\d\d)(?:年度?)?\)\s*$")
_OF_ONE_PROJECT = ("序号", "项目名称")
_SHEETS = {ROSTER: ROSTER_COLUMNS, LISTED: LISTED_COLUMNS, UNIT_NAMES: UNIT_NAMES_COLUMNS}


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


def read_roster(
    data: bytes, workbook: str, money_unit: str = "万元", body: str | None = None, year: int = 0
) -> RosterReading:
    """Read a roster workbook.

    Args:
        data: the workbook's bytes.
        workbook: its file name, for messages.
        money_unit: 万元 or 元; amounts are converted when the roster's heading names the other one.
        body: the unit that is examined as a whole (整体核查单位), whose projects sheet 整体核查清单 lists;
            "" where the scheme names none, None where there is no scheme to ask.
        year: the year of the evaluation, in which what is on that list should have been completed.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    book = read_workbook(data)
    if taken_for(book, (ROSTER,), (SETTINGS, INDICATORS, FIELDS)):
        hint = "给出项目清单（有序号、责任单位、项目名称等列）；同时给出方案和项目清单的，看是不是写反了"
        return RosterReading(None, (say("ROSTER-01", CellRef(workbook), "这是方案，不是项目清单", hint),))
    recognised = recognise(book, workbook, _SHEETS, ROSTER)
    table, merged = read_merged(recognised.book, workbook, ROSTER, ROSTER_COLUMNS, _is_of_one)
    if table.unreadable:
        return RosterReading(None, tuple(recognised.as_written((*recognised.findings, *table.findings))))
    heading, unit = _amount_column(table)
    money = _Money(heading, unit or stated_unit(recognised.book, table), money_unit)
    rows = [row for row in table.rows if not is_total(row) and not holds_no_project(row)]
    settled, of_names = read_unit_names(recognised.book, workbook)
    projects = [_project(row, heading, money.factor, settled) for row in rows]
    asked = questions([(row, project.units) for row, project in zip(rows, projects, strict=True)], settled)
    totals = [row for row in table.rows if is_total(row)]
    listed = read_listed(recognised.book, workbook, projects, ListContext(money_unit, body, year, settled))
    roster = Roster(tuple(projects), *_printed(totals, heading, money.factor), listed.projects)
    amounts = [project.contract_amount for project in projects]
    findings = [
        *recognised.findings,
        *table.findings,
        *of_names,
        *_said_of_rows(table, rows, money, merged),
        *as_findings(asked),
        *listed.findings,
        *compare_total("合同金额", amounts, roster.printed_total, roster.total_at, money_unit, money.factor),
    ]
    if not projects:
        findings.append(say("ROSTER-01", CellRef(workbook, ROSTER), "项目清单没有项目", "一行填一个项目"))
    wrong = not is_sound(findings)
    return RosterReading(None if wrong else roster, tuple(recognised.as_written(findings)), roster, tuple(asked))


@dataclass(frozen=True, slots=True)
class _Money:
    """The column of contract amounts: its heading, "" for none; the unit it names; the unit that is wanted."""

    heading: str
    unit: str
    wanted: str

    @property
    def factor(self) -> Decimal:
        """What makes an amount of the column one of the unit that is wanted."""
        return factor_of(self.unit, self.wanted)


def _said_of_rows(table: Table, rows: Sequence[TableRow], money: _Money, merged: Sequence[Area]) -> Iterator[Finding]:
    """What is wrong or in doubt in the rows of projects, and that rows of no project were passed over."""
    for row in rows:
        yield from _mistakes(row, money.heading)
    yield from _twice(rows)
    yield from amount_over_rows(rows, money.heading, merged)
    yield from amount_doubts(table, money.heading, rows, money.unit, money.wanted)
    yield from zero_amounts(rows, money.heading)
    yield from several_units(rows)
    yield from passed_over([row for row in table.rows if not is_total(row) and holds_no_project(row)])


def _is_of_one(heading: str) -> bool:
    """What every project has its own of: a merged cell cannot stand for several."""
    return heading in _OF_ONE_PROJECT or bool(_AMOUNT.fullmatch(compared(heading)))


def _amount_column(table: Table) -> tuple[str, str]:
    """The heading of the contract amount and the unit it names; "" for what is not there."""
    for heading in table.headings:
        match = _AMOUNT.fullmatch(compared(heading))
        if match:
            return heading, match["unit"] or ""
    return "", ""


def _project(row: TableRow, heading: str, factor: Decimal, settled: UnitNames) -> Project:
    named = on_one_line(row.text("责任单位"))
    written = tuple(part.strip() for part in named.split("、") if part.strip())
    units = tuple(dict.fromkeys(settled.of(part) for part in written))
    known = {*ROSTER_COLUMNS.every(), heading}
    return Project(
        id=project_number(row.text("序号")),
        year=read_year(_written_year(row)) or 0,
        unit=named if units == written else "、".join(units),
        units=units,
        name=on_one_line(row.text("项目名称")),
        contract_amount=amount_or_none(row, heading, factor) or None,
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


def _mistakes(row: TableRow, heading: str) -> list[Finding]:
    findings = [
        about_cell("ROSTER-01", row, needed, Sentence.of("“{needed}”没有填写", {"needed": needed}), "补填，或删去整行")
        for needed in ("序号", "责任单位", "项目名称")
        if not row.text(needed)
    ]
    findings += _not_calculated(row)
    year = _written_year(row)
    if not year:
        blank = "“立项年度”没有填写，项目名称末尾也没有年度"
        findings.append(about_cell("ROSTER-01", row, "立项年度", blank, "补填立项年度，如 2023"))
    number = project_number(row.text("序号"))
    if number and not PROJECT_ID.fullmatch(fold(number)):
        words = Sentence.of("序号“{number}”不是编号", {"number": number})
        findings.append(about_cell("ROSTER-02", row, "序号", words, "写数字，如 12；也可带字母，如 A12、2-1"))
    if year and read_year(year) is None:
        words = Sentence.of("立项年度“{year}”不是年度", {"year": year})
        findings.append(about_cell("ROSTER-02", row, "立项年度", words, "写成四位年份，如 2023"))
    try:
        read_amount(row.text(heading)) if heading else None
    except ValueError as error:
        findings.append(
            about_cell(
                "ROSTER-02",
                row,
                heading,
                Sentence.of("合同金额{reason}", {"reason": str(error)}),
                "只填数字，单位写在表头；还没有合同金额的，留空",
            )
        )
    return findings


def _not_calculated(row: TableRow) -> Iterator[Finding]:
    """Formulas without a result: a program that wrote the file never calculated them, and their text is no name."""
    for heading in ("序号", "责任单位", "项目名称"):
        cell = row.cells.get(heading)
        if cell and cell.formula and cell.value == cell.formula:
            words = Sentence.of(
                "“{heading}”是公式“{formula}”，没有计算结果", {"heading": heading, "formula": cell.formula}
            )
            hint = "用 Excel 或 WPS 打开并保存一次，或直接填写文字"
            yield about_cell("ROSTER-02", row, heading, words, hint)


def _twice(rows: Sequence[TableRow]) -> list[Finding]:
    findings: list[Finding] = []
    ids: dict[str, TableRow] = {}
    names: dict[tuple[str, str], TableRow] = {}
    for row in rows:
        number = project_number(row.text("序号"))
        if number and ids.setdefault(number, row) is not row:
            first = ids[number].at("序号").cell
            findings.append(
                about_cell(
                    "ROSTER-03",
                    row,
                    "序号",
                    Sentence.of("序号“{number}”重复：{first}已经用过", {"number": number, "first": first}),
                    "改成不重复的序号",
                )
            )
        name = (compared(row.text("责任单位")), compared(row.text("项目名称")))
        if all(name) and names.setdefault(name, row) is not row:
            words = Sentence.of(
                "“{written}”在{cell}已经出现（同一责任单位）",
                {"written": row.text("项目名称"), "cell": names[name].at("项目名称").cell},
            )
            hint = "核对是否同一项目；不是的，在名称中区分"
            findings.append(about_cell("ROSTER-06", row, "项目名称", words, hint, severity=Severity.WARNING))
    return findings


def _printed(totals: Sequence[TableRow], heading: str, factor: Decimal) -> tuple[Decimal | None, CellRef]:
    if not totals or not heading:
        return None, CellRef()
    return amount_or_none(totals[-1], heading, factor), totals[-1].at(heading)
