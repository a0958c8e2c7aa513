"""Opinions → review workbook, with a row waiting for every judgement still to be made."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.excel.addresses import cell_name
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.table_sheet import CellRule, Column, TableSheet, table_workbook
from toolkit.excel.write import with_cells
from toolkit.model import WHOLE_EVALUATION, Roster, Scheme, ScoredObject, Value
from toolkit.review.answer_rule import answer_rule
from toolkit.review.columns import COMPUTED, DEFAULT_ITEM, HEADINGS, IN_ORDER, SELF_SCORE, SHEET, TO_FILL_IN
from toolkit.review.reading import review_book
from toolkit.rules import applies
from toolkit.text import plain

_WIDTHS = {
    "项目序号": 10, "项目名称": 28, "指标编号": 11, "指标名称": 24, "分值": 8, SELF_SCORE: 9, COMPUTED: 11,
    "取值项": 14, "核定值": 12, "理由": 48, "佐证": 18, "评价人": 12, "复核人": 12,
}  # fmt: skip
_NUMERIC = ("项目序号", "分值", SELF_SCORE, COMPUTED)
_NOTE = (
    "每行一项核定：必须写明核定值、理由、佐证，并由评价人以外的第二人复核。比率带百分号填写。"
    "项目名称、指标名称、分值、自评分、系统计分由程序填写，供对照。"
)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?", re.ASCII)
_AS_NUMBERS = ("项目序号", "核定值")
KnownScores = Mapping[tuple[str, str], tuple[str, str]]
"""(project, indicator) → self score and computed score, as shown."""


@dataclass(frozen=True, slots=True)
class _About:
    """What the rows are about: names, marks and what may be chosen."""

    scheme: Scheme
    roster: Roster

    def information(self, project: str, code: str) -> tuple[str, str, str]:
        """Project name, indicator name, full mark."""
        indicator, known = self.scheme.indicator(code), self.roster.project(project)
        name = known.name if known else self.scheme.title if project == WHOLE_EVALUATION else ""
        return name, indicator.name if indicator else "", plain(indicator.full_mark) if indicator else ""

    def choices(self, heading: str) -> tuple[str, ...]:
        """What a column offers."""
        offered: dict[str, Iterable[str]] = {
            "项目序号": self._projects(),
            "指标编号": (indicator.code for indicator in self.scheme.indicators),
            "取值项": (asked.local for indicator in self.scheme.indicators for asked in indicator.inputs),
            "佐证": (item.code for item in self.scheme.evidence),
        }
        return tuple(dict.fromkeys(offered.get(heading, ())))

    def rule(self, code: str, item: str) -> CellRule | None:
        """What 核定值 may be in a row."""
        indicator = self.scheme.indicator(code)
        asked = next((asked for asked in indicator.inputs if asked.local == item), None) if indicator else None
        if indicator is None or asked is None:
            return None
        return answer_rule(asked, indicator.full_mark)

    def _projects(self) -> Iterable[str]:
        if self.scheme.scored_object is ScoredObject.WHOLE:
            return (WHOLE_EVALUATION,)
        return (project.id for project in self.roster.projects)


def opinion_workbook(rows: Iterable[Sequence[str]], scheme: Scheme, roster: Roster) -> bytes:
    """A review workbook of these rows (texts in the order of :data:`toolkit.review.columns.HEADINGS`)."""
    about = _About(scheme, roster)
    texts = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    body, rules = [], {}
    for number, row in enumerate(texts):
        names = about.information(row["项目序号"], row["指标编号"])
        known = dict(zip(("项目名称", "指标名称", "分值"), names, strict=True))
        body.append(tuple({**known, **row}.get(heading, "") for heading in IN_ORDER))
        if rule := about.rule(row["指标编号"], row["取值项"]):
            rules[number, IN_ORDER.index("核定值")] = rule
    columns = tuple(_column(heading, about) for heading in IN_ORDER)
    return table_workbook([TableSheet(SHEET, "评审意见表", columns, body, _NOTE, rules=rules)])


def _column(heading: str, about: _About) -> Column:
    return Column(
        heading,
        _WIDTHS[heading],
        choices=about.choices(heading),
        strict=heading in ("项目序号", "指标编号"),
        numeric=heading in _NUMERIC,
        required=heading in HEADINGS,
    )


def review_rows(scheme: Scheme, roster: Roster) -> list[tuple[str, ...]]:
    """One empty row for every value that only an evaluator can give, where its indicator applies.

    Of an evaluation scored as a whole those are all that no formula works out: units answer for their own project.
    """
    whole = scheme.scored_object is ScoredObject.WHOLE
    if whole:
        judged = [(WHOLE_EVALUATION, indicator) for indicator in scheme.indicators]
    else:
        judged = [
            (project.id, each) for project in roster.projects for each in scheme.indicators if applies(each, project)
        ]
    return [
        (project, indicator.code, asked.local, "", "", "", "", "")
        for project, indicator in judged
        for asked in indicator.inputs
        if asked.by_evaluator or (whole and not asked.formula)
    ]


def judged_subject(indicator: str, item: str) -> str:
    """What a judgement is about, within a project: ``A101/完成值``; ``/预算资金`` for a field of no indicator."""
    return f"{indicator}/{item}"


def filled_rows(data: bytes) -> list[dict[str, str]]:
    """The texts of every row somebody has begun to fill in, by heading.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    table = read_table(read_workbook(data), "", SHEET, HEADINGS)
    rows = [{heading: row.text(heading) for heading in HEADINGS} for row in table.rows]
    return [row | {"取值项": row["取值项"] or DEFAULT_ITEM} for row in rows if any(row[name] for name in TO_FILL_IN)]


def rows_of(data: bytes, projects: Container[str]) -> list[tuple[str, ...]]:
    """The rows of some projects, filled in or not, as texts in the order of the headings.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    table = read_table(read_workbook(data), "", SHEET, HEADINGS)
    rows = [tuple(row.text(heading) for heading in HEADINGS) for row in table.rows]
    return [row for row in rows if row[0] in projects]


def with_rows(data: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The same workbook with these rows filled in: in the row of the same item, else below the last one.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    table = read_table(read_workbook(data), "", SHEET, HEADINGS)
    if not table.rows:
        return data
    places = {_about_row(row): row.number for row in reversed(table.rows)}
    following = table.rows[-1].number + 1
    values: dict[str, Decimal | str] = {}
    for row in rows:
        number = places.get((row["项目序号"], row["指标编号"], row["取值项"]), following)
        following += number == following
        texts = dict(row) if number not in places.values() else {name: row[name] for name in TO_FILL_IN}
        for heading, text in texts.items():
            address = cell_name(number, table.rows[0].columns[heading])
            values[address] = Decimal(text) if _NUMBER.fullmatch(text) and heading in _AS_NUMBERS else text
    return with_cells(data, table.rows[0].sheet, values) if values else data


def _about_row(row: TableRow) -> tuple[str, str, str]:
    return row.text("项目序号"), row.text("指标编号"), row.text("取值项") or DEFAULT_ITEM


def with_scores(data: bytes, known: KnownScores) -> bytes:
    """The same workbook with self scores and computed scores beside the rows; as it was where nothing changes.

    Only those two columns are touched, and only where they are there: the workbook is the evaluators'.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    table = read_table(review_book(data), "", SHEET, HEADINGS, optional=(SELF_SCORE, COMPUTED))
    changes = {place: text for row in table.rows for place, text in _changes(row, known).items()}
    if not changes:
        return data
    return with_cells(data, table.rows[0].sheet, {place: _value(text) for place, text in changes.items()})


def _changes(row: TableRow, known: KnownScores) -> dict[str, str]:
    shown = known.get((row.text("项目序号"), row.text("指标编号")), ("", ""))
    return {
        row.at(heading).cell: text
        for heading, text in zip((SELF_SCORE, COMPUTED), shown, strict=True)
        if heading in row.columns and _stands(row, heading) != _value(text)
    }


def _stands(row: TableRow, heading: str) -> Value:
    value = row.value(heading)
    return "" if value is None else value


def _value(text: str) -> Decimal | str:
    """A score as a number, a state as words."""
    return Decimal(text) if text[:1].isdigit() else text
