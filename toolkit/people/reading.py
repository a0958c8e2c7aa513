"""The cells of 工作组.xlsx → a team; what cannot be read is a finding with its cell, all of them at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from toolkit.excel.book import Book, CellKind
from toolkit.excel.table import Table, TableRow, read_table
from toolkit.model import Finding, Sentence, Severity, serial_to_date
from toolkit.people import columns as of
from toolkit.people.team import ROLES, Assignment, Declaration, Member, StaffChange, Step, Team
from toolkit.text.days import read_day
from toolkit.text.folding import ids_in, people_in, person, visible
from toolkit.text.numerals import read_figure

_LONGEST = 200
"""Characters of a text that is kept; nobody's name or file is longer."""


@dataclass(frozen=True, slots=True)
class TeamReading:
    """The team as read, and what is wrong with the workbook."""

    team: Team
    findings: tuple[Finding, ...]


class _Reader:
    """Reads typed cells and notes what they are not."""

    def __init__(self, book: Book, workbook: str) -> None:
        self.findings: list[Finding] = []
        self._book = book
        self._workbook = workbook

    def rows(self, sheet: str, headings: Sequence[str]) -> tuple[TableRow, ...]:
        """Rows of a sheet that hold anything under its headings."""
        table: Table = read_table(self._book, self._workbook, sheet, headings)
        self.findings += table.findings
        return tuple(row for row in table.rows if any(row.text(heading) for heading in headings))

    def text(self, row: TableRow, heading: str) -> str:
        """A text on one line, without characters nobody sees."""
        cell = row.cells.get(heading)
        if cell is not None and cell.kind is CellKind.ERROR:
            self._note(
                row,
                heading,
                Sentence.saying("“{heading}”是错误值{written}", heading=heading, written=row.text(heading)),
                "改为文字",
            )
            return ""
        text = " ".join(visible(row.text(heading)).split())
        if len(text) > _LONGEST:
            self._note(
                row,
                heading,
                Sentence.saying("“{heading}”过长（{count}字）", heading=heading, count=len(text)),
                f"写在{_LONGEST}字以内",
            )
        return text[:_LONGEST]

    def day(self, row: TableRow, heading: str) -> date | None:
        """A day; None for a blank cell or one that is none."""
        value, text = row.value(heading), row.text(heading)
        try:
            if isinstance(value, Decimal) and row.cells[heading].kind is CellKind.DATE:
                return serial_to_date(value)
            written = read_day(text) if text else None
            if written is not None and written.year and written.day and written.date is not None:
                return written.date
        except (ValueError, OverflowError):
            written = None
        if text:
            self._note(row, heading, Sentence.saying("“{text}”不是日期", text=text[:30]), "写成 2025-03-31 的样式")
        return None

    def number(self, row: TableRow, heading: str) -> Decimal | None:
        """A number that is not negative; ``50%`` is 0.5."""
        value, text = row.value(heading), row.text(heading)
        if not text:
            return None
        if isinstance(value, Decimal) and row.cells[heading].kind is not CellKind.DATE:
            number: Decimal | None = value
        else:
            figure = read_figure(text.removesuffix("个"))
            number = (figure.base if figure.unit else figure.value) if figure and figure.plain else None
        if number is None or number < 0:
            self._note(row, heading, Sentence.saying("“{text}”不是数", text=text[:30]), "只写数字")
            return None
        return number

    def _note(self, row: TableRow, heading: str, words: str | Sentence, hint: str) -> None:
        self.findings.append(
            Finding("TEAM-01", Severity.ERROR, row.at(heading), words, hint, found=row.text(heading)[:_LONGEST])
        )


def read_team(book: Book, workbook: str) -> TeamReading:
    """Read every sheet; a missing sheet or heading leaves its part empty and is said."""
    reader = _Reader(book, workbook)
    general = {reader.text(row, "项目"): row for row in reader.rows(of.GENERAL, of.GENERAL_HEADINGS)}
    argued, disclosure = general.get(of.ARGUED), general.get(of.DISCLOSURE)
    team = Team(
        members=tuple(_members(reader)),
        assignments=tuple(_assignments(reader)),
        declarations=tuple(_declarations(reader)),
        changes=tuple(_changes(reader)),
        milestones=tuple(_milestones(reader)),
        payments=tuple(_payments(reader)),
        argued=reader.day(argued, "内容") if argued else None,
        disclosure=reader.text(disclosure, "内容") if disclosure else "",
    )
    return TeamReading(team, tuple(reader.findings))


def _members(reader: _Reader) -> Iterator[Member]:
    for row in reader.rows(of.MEMBERS, of.MEMBER_HEADINGS):
        text = reader.text
        yield Member(
            name=person(text(row, "姓名")),
            duty=text(row, "职务"),
            title=text(row, "职称"),
            qualifications=tuple(part for part in people_in(text(row, "执业资格")) if part != "无"),
            experience=reader.number(row, "评价经历（个）"),
            employer=text(row, "所在单位"),
            phone=text(row, "电话"),
            pledge=text(row, "承诺书"),
            joined=reader.day(row, "进组日期"),
            left=reader.day(row, "离组日期"),
            origin=row.at("姓名"),
        )


def _assignments(reader: _Reader) -> Iterator[Assignment]:
    for row in reader.rows(of.ASSIGNMENT, of.ASSIGNMENT_HEADINGS):
        people: Mapping[str, tuple[str, ...]] = {role: people_in(reader.text(row, role)) for role in ROLES}
        origins = {role: row.at(role) for role in ("项目序号", *ROLES)}
        yield Assignment(reader.text(row, "项目序号"), MappingProxyType(people), MappingProxyType(origins))


def _declarations(reader: _Reader) -> Iterator[Declaration]:
    for row in reader.rows(of.DECLARATIONS, of.DECLARATION_HEADINGS):
        text = reader.text
        projects = ids_in(text(row, "涉及项目"))
        yield Declaration(
            person(text(row, "姓名")),
            text(row, "关系"),
            text(row, "单位或企业"),
            projects,
            text(row, "说明"),
            row.at("姓名"),
        )


def _changes(reader: _Reader) -> Iterator[StaffChange]:
    for row in reader.rows(of.CHANGES, of.CHANGE_HEADINGS):
        text = reader.text
        yield StaffChange(
            person(text(row, "原人员")), person(text(row, "新人员")), reader.day(row, "变更日期"),
            text(row, "委托方同意文件"), text(row, "原因"), row.at("原人员"),
        )  # fmt: skip


def _milestones(reader: _Reader) -> Iterator[Step]:
    for row in reader.rows(of.MILESTONES, of.MILESTONE_HEADINGS):
        due, done = reader.day(row, "截止日"), reader.day(row, "完成日")
        yield Step(reader.text(row, "事项"), due, done, reader.text(row, "负责人"), origin=row.at("截止日"))


def _payments(reader: _Reader) -> Iterator[Step]:
    for row in reader.rows(of.PAYMENTS, of.PAYMENT_HEADINGS):
        due, done = reader.day(row, "截止日"), reader.day(row, "完成日")
        share, paper = reader.number(row, "付款比例"), reader.text(row, "凭证")
        yield Step(reader.text(row, "事项"), due, done, paper=paper, share=share, origin=row.at("付款比例"))
