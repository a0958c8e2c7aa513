"""Columns that belong together in every row but one: several that add up to another, two with one sum throughout."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import is_whole, number_of
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.row_words import row_name
from toolkit.text import plain

_SURVEY = (
    "问题\t非常满意\t满意\t一般\t不满意\t有效问卷\n指南清晰\t302\t205\t40\t13\t560\n申报便捷\t290\t198\t56\t16\t560\n"
    "办理时限\t331\t190\t29\t10\t560\n服务态度\t340\t186\t26\t8\t560\n总体评价\t308\t196\t42\t14\t560\n"
)
_GAPS = "地区\t网办率\t与目标差距\n甲区\t84.00%\t6.00\n乙区\t85.00%\t5.00\n丙县\t78.00%\t12.00\n丁县\t76.00%\t14.00\n戊县\t79.00%\t11.00\n"
_FEWEST = 4
"""So many rows must agree; one may be wrong."""
_SMALLEST, _WIDEST = 3, 8


@rule(
    "sum.block",
    group=Group.SUMS,
    title="几列之和等于另一列（其余各行都成立时查出不成立的行）",
    good=(_SURVEY,),
    bad=(_SURVEY.replace("331", "313"),),
)
def blocks(report: Report) -> Iterator[Result]:
    """Three columns and more side by side, right before or behind the one that they make."""
    for table in report.document.tables:
        rows = _rows(report)[table.number]
        for whole in range(1, table.width) if len(rows) >= _FEWEST else ():
            for size in range(_SMALLEST, _WIDEST):
                for first in (whole - size, whole + 1):
                    if first > 0 and first + size <= table.width:
                        yield from _block(rows, whole, range(first, first + size))


@once
def _rows(report: Report) -> Mapping[int, list[dict[int, Fact]]]:
    """The numbers of every table, by column, of the rows that sum up no others."""
    return {table.number: _rows_of(report, table) for table in report.document.tables}


def _rows_of(report: Report, table: Table) -> list[dict[int, Fact]]:
    return [
        {column: fact for column, cell in enumerate(row) if (fact := number_of(report, cell)) is not None}
        for row in table.rows[table.head :]
        if not is_whole(row_name(row))
    ]


def _block(rows: Sequence[dict[int, Fact]], whole: int, columns: range) -> Iterator[Result]:
    every = (whole, *columns)
    if len(rows) < _FEWEST or not all(column in row for row in rows for column in every):
        return
    unit = _unit(rows[0][whole])
    if any(_unit(row[column]) != unit for row in rows for column in every):
        return
    results = [_compared(row[whole], [row[column] for column in columns]) for row in rows]
    wrong = sum(1 for result in results if result.found)
    if wrong <= 1 and len(results) - wrong >= _FEWEST:
        yield from results


def _unit(fact: Fact) -> str:
    return "%" if fact.kind in (FactKind.PERCENT, FactKind.POINTS) else fact.unit


def _compared(whole: Fact, parts: Sequence[Fact]) -> Result:
    due = sum((part.base for part in parts), Decimal(0))
    slack = sum((part.step * part.scale for part in (*parts, whole) if part.step < 1), Decimal(0)) / 2
    if abs(due - whole.base) <= slack:
        return agrees(whole, *parts)
    right = plain(due / whole.scale)
    working = f"{'+'.join(part.text for part in parts)}={right}"
    return doubtful(
        whole.place, whole.text, right, f"写{said(whole)}，同一行{working}，其余各行都相等", facts=(whole, *parts),
        related=tuple(part.place for part in parts), working=working, confidence=85,
    )  # fmt: skip


@rule(
    "column.constant",
    group=Group.SUMS,
    title="两列之和各行相同（其余各行都成立时查出不成立的行）",
    good=(_GAPS,),
    bad=(_GAPS.replace("14.00", "12.00"),),
)
def constants(report: Report) -> Iterator[Result]:
    """A rate and its distance to the one target of all rows."""
    for table in report.document.tables:
        rows = _rows(report)[table.number]
        for left, right in combinations(range(1, table.width), 2) if len(rows) > _FEWEST else ():
            pairs = [(row[left], row[right]) for row in rows if left in row and right in row]
            if len(pairs) == len(rows) and FactKind.PERCENT in {pairs[0][0].kind, pairs[0][1].kind}:
                yield from _constant(pairs)


def _constant(pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Result]:
    sums = [(left.value or Decimal(0)) + (right.value or Decimal(0)) for left, right in pairs]
    usual = max(sums, key=sums.count)
    varied = min(len({left.value for left, _ in pairs}), len({right.value for _, right in pairs}))
    if sums.count(usual) < max(_FEWEST, len(pairs) - 1) or varied < _FEWEST - 1:
        return
    for total, (left, right) in zip(sums, pairs, strict=True):
        if total == usual:
            yield agrees(left, right)
        else:
            message = f"{left.text}与{right.text}之和是{plain(total)}，其余各行都是{plain(usual)}"
            yield doubtful(
                right.place, right.text, plain(usual - (left.value or 0)), message, facts=(left, right),
                related=(left.place,), confidence=80,
            )  # fmt: skip
