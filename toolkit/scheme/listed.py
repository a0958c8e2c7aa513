"""Sheet 整体核查清单 of the roster workbook: all projects of one body, and which of them the roster has too.

The list is a population of its own. A project that stands on both is told by 参评序号, by 项目编号 on both, or by its
name and unit; what only looks alike is asked about, never joined.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from toolkit.excel.book import Book
from toolkit.excel.table import Table, TableRow
from toolkit.model import LISTED_AMOUNTS, CellRef, Finding, ListedProject, Project, Sentence, Severity
from toolkit.scheme.columns import LISTED, LISTED_COLUMNS
from toolkit.scheme.findings import about_cell, say
from toolkit.scheme.listed_overlap import is_same_name, overlaps
from toolkit.scheme.roster_cells import (
    HEADING_UNIT,
    PROJECT_ID,
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
from toolkit.scheme.unit_names import UnitNames
from toolkit.text.days import read_day
from toolkit.text.folding import compared, fold
from toolkit.text.units import is_one_unit

_HEADINGS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(words + HEADING_UNIT)
    for name, words in zip(
        LISTED_AMOUNTS,
        (
            r"合同(?:总)?(?:金额|额|价款?)",
            r"(?:\d{4}年度?|部门|全年|年度|年初)*预算(?:资金|金额|数|额)?",
            r"(?:实际|累计)?(?:到位|下达|拨付)(?:资金|金额|数)?",
            r"(?:实际|累计|全年)?(?:支出|执行|支付|决算)(?:资金|金额|数|额)?",
        ),
        strict=True,
    )
}
_OF_ONE_PROJECT = ("序号", "项目名称", "项目编号", "参评序号", "完成日期")
_CENT = Decimal("0.005")
_ORDER = (("实际支出资金", "实际到位资金"), ("实际到位资金", "预算资金"))
"""Amounts of which the first should not exceed the second."""


@dataclass(frozen=True, slots=True)
class ListContext:
    """What reading the list needs to know; ``body`` is 整体核查单位, None where no scheme says; names of units."""

    money_unit: str = "万元"
    body: str | None = None
    year: int = 0
    settled: UnitNames = field(default_factory=UnitNames)


@dataclass(frozen=True, slots=True)
class ListReading:
    """The projects of the list, and all that is to be said about it."""

    projects: tuple[ListedProject, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Money:
    """An amount's name, the heading it stands under, and what its numbers are multiplied with."""

    name: str
    heading: str
    factor: Decimal


def read_listed(book: Book, workbook: str, roster: Sequence[Project], context: ListContext) -> ListReading:
    """Read the sheet; a workbook without it lists nothing, and then there is nothing to say."""
    table, merged = read_merged(book, workbook, LISTED, LISTED_COLUMNS, _is_of_one)
    if table.unreadable or not table.headings:
        return ListReading((), table.findings)
    money, doubled = _money(table, workbook, context.money_unit)
    rows = [row for row in table.rows if not is_total(row)]
    projects = [_project(row, money, context) for row in rows]
    findings = [*table.findings, *doubled, *_body(workbook, context, rows)]
    for row, project in zip(rows, projects, strict=True):
        findings += [*_mistakes(row, money), *_whose(row, project, context), *_implausible(row, project, money)]
        findings += _another_year(row, project, context)
    findings += _twice(rows)
    findings += [finding for one in money for finding in amount_over_rows(rows, one.heading, merged)]
    findings += _totals([row for row in table.rows if is_total(row)], projects, money, context.money_unit)
    overlap = overlaps(list(zip(rows, projects, strict=True)), roster)
    told = {finding.at for finding in findings if finding.code == "ROSTER-11"}
    doubts = [finding for finding in overlap.findings if context.body and finding.at not in told]
    return ListReading(overlap.projects, (*findings, *doubts, *_left_out(overlap.projects, roster, context)))


def _amount_name(heading: str) -> tuple[str, str]:
    """Which amount a heading names, and its unit; two empty texts for another heading."""
    for name, words in _HEADINGS.items():
        if match := words.fullmatch(compared(heading)):
            return name, match["unit"] or ""
    return "", ""


def _is_of_one(heading: str) -> bool:
    return heading in _OF_ONE_PROJECT or bool(_amount_name(heading)[0])


def _money(table: Table, workbook: str, money_unit: str) -> tuple[list[_Money], list[Finding]]:
    """The columns with amounts; a second one for the same amount is not read, and that is said."""
    found: dict[str, _Money] = {}
    findings: list[Finding] = []
    for heading in table.headings:
        name, unit = _amount_name(heading)
        if name in found:
            words = Sentence.of(
                "“{heading}”与“{other}”都像是“{name}”，只读取前一列",
                {"heading": heading, "other": found[name].heading, "name": name},
            )
            hint = f"只保留一列，表头写“{name}（{money_unit}）”"
            at = CellRef(workbook, LISTED)
            findings.append(say("ROSTER-02", at, words, hint, severity=Severity.WARNING, found=heading))
        elif name:
            found[name] = _Money(name, heading, factor_of(unit, money_unit))
    return list(found.values()), findings


def _body(workbook: str, context: ListContext, rows: Sequence[TableRow]) -> Iterator[Finding]:
    at = CellRef(workbook, LISTED)
    if not rows:
        yield say("ROSTER-01", at, "整体核查清单没有项目", "一行填一个项目；不做整体核查的，删去这张表")
    elif context.body == "":
        hint = "在方案的《方案》表补写一行：项目“整体核查单位”，内容为被核查单位"
        yield say("ROSTER-15", at, "有《整体核查清单》，方案没有写整体核查单位", hint)


def _project(row: TableRow, money: Sequence[_Money], context: ListContext) -> ListedProject:
    written = tuple(part.strip() for part in row.text("责任单位").split("、") if part.strip())
    body = (context.body,) if context.body else ()
    units = tuple(dict.fromkeys(context.settled.of(part) for part in written)) or body
    amounts = {one.name: amount_or_none(row, one.heading, one.factor) for one in money}
    day = read_day(row.text("完成日期"))
    return ListedProject(
        id=project_number(row.text("序号")),
        code=row.text("项目编号"),
        year=read_year(row.text("立项年度")) or 0,
        units=units,
        name=row.text("项目名称"),
        amounts=MappingProxyType({name: amount for name, amount in amounts.items() if amount is not None}),
        done=day.date if day else None,
        remark=row.text("备注"),
        origin=row.at("序号"),
        places=MappingProxyType({one.name: row.at(one.heading) for one in money}),
    )


def _mistakes(row: TableRow, money: Sequence[_Money]) -> Iterator[Finding]:
    for needed in ("序号", "项目名称"):
        if not row.text(needed):
            yield about_cell(
                "ROSTER-01", row, needed, Sentence.of("“{needed}”没有填写", {"needed": needed}), "补填，或删去整行"
            )
    number, year, day = project_number(row.text("序号")), row.text("立项年度"), row.text("完成日期")
    if number and not PROJECT_ID.fullmatch(fold(number)):
        words = Sentence.of("序号“{number}”不是编号", {"number": number})
        yield about_cell("ROSTER-02", row, "序号", words, "写数字，如 12；也可带字母，如 A12、2-1")
    if year and read_year(year) is None:
        yield about_cell(
            "ROSTER-02",
            row,
            "立项年度",
            Sentence.of("立项年度“{year}”不是年度", {"year": year}),
            "写成四位年份，如 2023",
        )
    written = read_day(day)
    if day and (written is None or written.date is None):
        yield about_cell(
            "ROSTER-02", row, "完成日期", Sentence.of("完成日期“{day}”不是日期", {"day": day}), "写成 2024-09-30"
        )
    for one in money:
        try:
            read_amount(row.text(one.heading))
        except ValueError as error:
            hint = "只填数字，单位写在表头；没有的留空"
            yield about_cell(
                "ROSTER-02",
                row,
                one.heading,
                Sentence.of("{name}{reason}", {"name": one.name, "reason": str(error)}),
                hint,
            )


def _whose(row: TableRow, project: ListedProject, context: ListContext) -> Iterator[Finding]:
    """A project of somebody else would count among the body's."""
    if not context.body or any(is_one_unit(unit, context.settled.of(context.body)) for unit in project.units):
        return
    words = Sentence.of(
        "责任单位“{listed}”不是整体核查单位“{body}”", {"listed": "、".join(project.units), "body": context.body}
    )
    hint = "不属于核查范围的删去这一行；下属单位的写成“核查单位、下属单位”，同一单位的另一种写法在《单位别名》说明"
    yield about_cell("ROSTER-10", row, "责任单位", words, hint)


def _implausible(row: TableRow, project: ListedProject, money: Sequence[_Money]) -> Iterator[Finding]:
    headings = {one.name: one.heading for one in money}
    for less, more in _ORDER:
        low, high = project.amounts.get(less), project.amounts.get(more)
        if low is not None and high is not None and low > high + _CENT:
            words = Sentence.of(
                "“{name}”的{less}{low}大于{more}{high}",
                {"name": project.name, "less": less, "low": f"{low:,f}", "more": more, "high": f"{high:,f}"},
            )
            hint = "核对原始凭证；确属如此的在备注写明原因"
            yield about_cell("ROSTER-16", row, headings[less], words, hint, severity=Severity.WARNING)


def _another_year(row: TableRow, project: ListedProject, context: ListContext) -> Iterator[Finding]:
    if project.done and context.year and project.done.year != context.year:
        words = Sentence.of(
            "“{name}”于{done}完成，不在{year}年度",
            {"name": project.name, "done": str(project.done), "year": str(context.year)},
        )
        hint = "不在核查年度完成的删去；日期写错的改正；仍要列入的在备注写明"
        yield about_cell("ROSTER-14", row, "完成日期", words, hint, severity=Severity.WARNING)


def _twice(rows: Sequence[TableRow]) -> Iterator[Finding]:
    for heading in ("序号", "项目编号"):
        seen: dict[str, TableRow] = {}
        for row in rows:
            text = compared(row.text(heading))
            if text and seen.setdefault(text, row) is not row:
                words = Sentence.of(
                    "{heading}“{written}”重复：{cell}已经用过",
                    {"heading": heading, "written": row.text(heading), "cell": seen[text].at(heading).cell},
                )
                yield about_cell("ROSTER-03", row, heading, words, f"改成不重复的{heading}；重复的行删去")
    first: list[TableRow] = []
    for row in rows:
        before = next((other for other in first if is_same_name(other.text("项目名称"), row.text("项目名称"))), None)
        if before is not None and row.text("项目名称"):
            words = Sentence.of(
                "“{written}”在{cell}已经列过，会重复计入合计",
                {"written": row.text("项目名称"), "cell": before.at("项目名称").cell},
            )
            yield about_cell("ROSTER-11", row, "项目名称", words, "删去重复的一行；确是两个项目的，在名称中区分")
        first.append(row)


def _totals(
    totals: Sequence[TableRow], projects: Sequence[ListedProject], money: Sequence[_Money], unit: str
) -> Iterator[Finding]:
    for one in money:
        for row in totals[-1:]:
            printed = amount_or_none(row, one.heading, one.factor)
            amounts = [project.amounts.get(one.name) for project in projects]
            yield from compare_total(one.name, amounts, printed, row.at(one.heading), unit, one.factor)


def _left_out(listed: Sequence[ListedProject], roster: Sequence[Project], context: ListContext) -> Iterator[Finding]:
    """Projects of the body that are evaluated and not on its list: either may be right."""
    if not context.body or not listed:
        return
    own, body = {project.project for project in listed}, context.settled.of(context.body)
    ours = [
        project
        for project in roster
        if project.id not in own and any(is_one_unit(unit, body) for unit in project.units)
    ]
    if ours:
        names = "、".join(f"{project.id}“{project.name}”" for project in ours)
        words = Sentence.of("参评项目{names}由{body}负责，整体核查清单没有列", {"names": names, "body": context.body})
        hint = "属于核查范围的补进清单；不属于的（例如不在本年度完成）不用处理，报告会写明"
        yield say("ROSTER-12", ours[0].origin, words, hint, severity=Severity.NOTE)
