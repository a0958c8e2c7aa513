"""2025年一季度1,264起: quarters and halves of a year against the months of a table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.lines import as_printed, lines_of, unlike
from toolkit.proof.named_lines import RATES
from toolkit.proof.once import once
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import slipped
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MONTH = Pattern(r"^(?:(?P<year>20[0-9]{2})年)?(?P<month>1[0-2]|0?[1-9])月(?:份)?$")
_SPAN = Pattern(
    r"(?:(?P<year>20[0-9]{2})年)?(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年))[^，。；0-9]{0,8}?(?P<number>[0-9][0-9,.]*)"
)
_IN_TURN = Pattern(
    r"(?:(?P<year>20[0-9]{2})年)?(?:[四4]个|各)季度[^，。；0-9]{0,10}?(?:分别|依次)(?:为|是)?(?P<list>[0-9][^。；]*?)(?=[。；]|$)"
)
_MONTHS_OF_QUARTER, _MONTHS_OF_HALF = 3, 6
_QUARTERS = 4
_TABLE = "月份\t告警数（起）\n" + "".join(
    f"2025年{month}月\t{number}\n" for month, number in enumerate((344, 302, 618, 433, 405, 377), 1)
)
_GOOD = f"{_TABLE}\n\n2025年一季度1,264起、二季度1,215起，上半年共2,479起。"

_IN_TURN_GOOD = (
    _TABLE
    + "".join(f"2025年{month}月\t{number}\n" for month, number in enumerate((310, 325, 340, 352, 366, 381), 7))
    + "\n\n四个季度告警数分别为1,264起、1,215起、975起、1,099起。"
)


@rule(
    "sum.months",
    group=Group.SUMS,
    title="季度、半年的数等于表中各月之和",
    good=(_GOOD, _IN_TURN_GOOD),
    bad=(_GOOD.replace("1,264", "1,246"), _GOOD.replace("2,479", "2,749"), _IN_TURN_GOOD.replace("1,215", "1,251")),
)
def months(report: Report) -> Iterator[Result]:
    """A number of a quarter or of half a year against the months of every column that has them all."""
    columns = _columns(report)
    for sentence in report.prose_with(_IN_TURN) if columns else ():
        for match in _IN_TURN.finditer(sentence.text):
            yield from _in_turn(report, sentence, match, columns)
    for sentence in report.prose_with(_SPAN) if columns else ():
        year = ""
        for match in _SPAN.finditer(sentence.text):
            year = match["year"] or year
            start = sentence.start + match.start("number")
            for fact in report.facts_within(sentence.place, start, start + 1)[:1]:
                yield from _judged(
                    fact, [cells for column in columns if (cells := _of_span(column, year, _span(match)))]
                )


def _in_turn(
    report: Report, sentence: Sentence, match: re.Match[str], columns: Sequence["_Months"]
) -> Iterator[Result]:
    """四个季度分别为: four numbers in a row, each of its quarter."""
    start = sentence.start + match.start("list")
    facts = report.facts_within(sentence.place, start, sentence.start + match.end("list"))[:_QUARTERS]
    if len(facts) < _QUARTERS or not all(same_unit(fact, facts[0]) for fact in facts):
        return
    for at, fact in enumerate(facts):
        span = range(at * _MONTHS_OF_QUARTER + 1, (at + 1) * _MONTHS_OF_QUARTER + 1)
        yield from _judged(
            fact, [cells for column in columns if (cells := _of_span(column, match["year"] or "", span))]
        )


_Months = Mapping[tuple[str, int], Fact]
"""Year, where the table names it, and month → the number of one column."""


@once
def _columns(report: Report) -> tuple[_Months, ...]:
    """The columns of the tables whose lines are months."""
    found: dict[tuple[int, str], dict[tuple[str, int], Fact]] = {}
    for line in lines_of(report):
        match = _MONTH.match(line.names[-1])
        for heading, cell in line.cells.items() if match else ():
            if match and cell.kind not in RATES and "率" not in heading:
                found.setdefault((line.table, heading), {})[match["year"] or "", int(match["month"])] = cell
    return tuple(found.values())


def _span(match: re.Match[str]) -> range:
    """The months of what is named."""
    if match["quarter"]:
        first = (numeral(match["quarter"]) - 1) * _MONTHS_OF_QUARTER + 1
        return range(first, first + _MONTHS_OF_QUARTER)
    first = 1 if match["half"] == "上半年" else 1 + _MONTHS_OF_HALF
    return range(first, first + _MONTHS_OF_HALF)


def _of_span(column: _Months, year: str, span: range) -> list[Fact]:
    """The cells of all months of a span; none where one is missing or the year is left open."""
    years = {named for named, month in column if month in span}
    if len(years) > 1:
        years &= {year}
    keys = [(named, month) for named in years for month in span]
    return [column[key] for key in keys] if keys and all(key in column for key in keys) else []


def _judged(fact: Fact, spans: Sequence[Sequence[Fact]]) -> Iterator[Result]:
    spans = [cells for cells in spans if fact.exact and not any(unlike(cell, fact) for cell in cells)]
    dues = [(sum((as_printed(cell, fact) for cell in cells), Decimal(0)), cells) for cells in spans]
    fitting = next((cells for due, cells in dues if abs(due - (fact.value or 0)) <= fact.step / 2), None)
    near = [(due, cells) for due, cells in dues if slipped(fact, due * fact.scale)]
    if fitting is not None:
        yield agrees(fact, *fitting)
    elif len({due for due, _ in near}) == 1:
        due, cells = near[0]
        right = f"{plain(due)}{fact.unit}"
        working = f"{'+'.join(cell.text for cell in cells)}={plain(due)}"
        yield differs(
            fact.place, said(fact), right, f"写{said(fact)}，表中{working}",
            facts=(fact,), related=(cells[0].place,), working=working, confidence=85,
        )  # fmt: skip
