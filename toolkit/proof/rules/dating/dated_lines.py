"""Rows of a table with a day each: which was first and last, how many of a year, and what these come to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact, said
from toolkit.proof.lines import bare, close, is_whole, number_of
from toolkit.proof.once import once
from toolkit.proof.outline import numeral
from toolkit.proof.records import label_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import slack
from toolkit.text import plain
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_TABLE = "标包\t合同金额（万元）\t签订日期\nA包\t1,216.00\t2021年9月16日\nB包\t921.60\t2021年9月28日\nC包\t319.60\t2022年3月15日\nD包\t58.00\t2021年9月9日\n"
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Dated:
    """A row: its names, its day, its numbers by heading."""

    names: tuple[str, ...]
    day: date
    cell: Cell
    numbers: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of days: 签订 of 签订日期."""

    what: str
    rows: tuple[_Dated, ...]


@once
def _columns(report: Report) -> list[_Column]:
    return [column for table in report.document.tables for column in _of(report, table)]


def _of(report: Report, table: Table) -> Iterator[_Column]:
    for at, heading in enumerate(table.headings):
        match = re.fullmatch("(?P<what>[\u4e00-\u9fff]{2,6}?)(?:日期|时间)", bare(heading))
        lines = [row for row in table.rows[table.head :] if not is_whole(next((c.label for c in row if c.text), ""))]
        rows = [row for line in lines if match and (row := _row(report, table, line, at))]
        if match and _FEWEST <= len(rows) == len(lines):
            yield _Column(match["what"], tuple(rows))


def _row(report: Report, table: Table, line: Sequence[Cell], at: int) -> _Dated | None:
    days = [day.date for day in days_in(half_width(line[at].text))]
    if len(days) != 1 or days[0] is None:
        return None
    names = tuple(label_of(c.text) for c in line[:at] if c.text.strip() and not c.is_numeric)
    numbers = {
        bare(head): fact for head, cell in zip(table.headings, line, strict=True) if (fact := number_of(report, cell))
    }
    return _Dated(names, days[0], line[at], numbers)


_END = Pattern(
    r"最(?P<end>早|晚|先|后|迟)(?P<words>[\u4e00-\u9fff]{0,6}?)的(?:[\u4e00-\u9fff]{0,4}?)(?:是|为)(?P<rest>[^，。；]{2,20})"
)
_YEAR = Pattern(
    r"(?P<year>20[0-9]{2})年(?P<words>[^，。；0-9]{0,8}?)(?P<count>[0-9]{1,3}|[一二三四五六七八九十])[份个项家批包][^，。；0-9]{0,4}"
    r"(?:，(?P<what>[^，。；0-9]{2,8}?)(?:共|合计|为)*(?P<sum>[0-9][0-9,]*(?:\.[0-9]+)?))?"
)


@rule(
    "line.dated",
    group=Group.DATES,
    title="最早、最晚的和某年的个数、金额与表中的日期相符",
    good=(f"{_TABLE}\n\n2021年签订3份，合同金额2,195.60万元；2022年签订1份。最早签订的是D包，最晚签订的是C包。",),
    bad=(
        f"{_TABLE}\n\n2021年签订4份，合同金额2,195.60万元。",
        f"{_TABLE}\n\n2021年签订3份，合同金额2,159.60万元。",
        f"{_TABLE}\n\n最早签订的是A包。",
    ),
)
def dated(report: Report) -> Iterator[Result]:
    """The first and the last by day; rows of a year counted and added up; only where the column's word is used."""
    columns = _columns(report)
    for sentence in report.prose_with(_END, _YEAR) if columns else ():
        for match in _END.finditer(sentence.text):
            for column in columns:
                if column.what in match["words"]:
                    yield from _end(sentence, match, column)
        for match in _YEAR.finditer(sentence.text):
            for column in columns:
                if column.what in match["words"]:
                    yield from _year(report, sentence, match, column)


def _end(sentence: Sentence, match: re.Match[str], column: _Column) -> Iterator[Result]:
    pick = min if match["end"] in "早先" else max
    due = pick(row.day for row in column.rows)
    named = [row for row in column.rows if any(match["rest"].startswith(name) for name in row.names)]
    if named and all(row.day != due for row in named):
        right = next(row for row in column.rows if row.day == due)
        message = f"最{match['end']}{column.what}的是“{right.names[0]}”（{right.cell.text.strip()}），写成了“{named[0].names[0]}”"
        yield differs(
            sentence.place, named[0].names[0], right.names[0], message, related=(right.cell.place,), confidence=85
        )


def _year(report: Report, sentence: Sentence, match: re.Match[str], column: _Column) -> Iterator[Result]:
    rows = [row for row in column.rows if row.day.year == int(match["year"])]
    facts = _facts(report, sentence, match, "count")
    if numeral(match["count"]) == len(rows):
        yield from (agrees(*facts) for _ in facts[:1])
    else:
        message = f"写“{match['year']}年{match['words']}{match['count']}”，表中{match['year']}年{column.what}的有{len(rows)}行"
        yield differs(sentence.place, match["count"], str(len(rows)), message, facts=facts, confidence=85)
    heading = (
        next((head for head in rows[0].numbers if match["sum"] and close(match["what"], head)), "") if rows else ""
    )
    told = _facts(report, sentence, match, "sum") if heading else ()
    parts = [row.numbers[heading] for row in rows if heading in row.numbers]
    if told and len(parts) == len(rows):
        yield _summed(told[0], parts)


def _facts(report: Report, sentence: Sentence, match: re.Match[str], group: str) -> tuple[Fact, ...]:
    at = sentence.start + match.start(group)
    return report.facts_within(sentence.place, at, at + 1)


def _summed(fact: Fact, parts: Sequence[Fact]) -> Result:
    due, off = sum((part.base for part in parts), Decimal(0)), slack(parts)
    if fact.meets(due - off, due + off):
        return agrees(fact, *parts)
    right = f"{plain(due / fact.scale)}{fact.unit}"
    working = f"{'+'.join(map(said, parts))}={right}"
    return differs(
        fact.place, said(fact), right, f"写{said(fact)}，按表{working}", facts=(fact, *parts), working=working,
        related=tuple(part.place for part in parts[:_FEWEST]), confidence=85,
    )  # fmt: skip
