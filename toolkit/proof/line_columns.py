"""Columns of tables as prose compares their lines: under one heading, the number of each name."""

import re
from dataclasses import dataclass

from toolkit.proof.facts import Fact
from toolkit.proof.lines import GROUPS, Line, close, lines_by_name, lines_of, lines_of_table, names_within
from toolkit.proof.once import once
from toolkit.proof.report import Report

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of a table: the numbers of its lines by name."""

    heading: str
    facts: dict[str, Fact]
    table: int = 0

    @property
    def is_time(self) -> bool:
        """Whether it says how long something took."""
        fact = next(iter(self.facts.values()))
        return (
            fact.unit in ("天", "日", "小时", "分钟", "个月", "工作日")
            or re.search("用时|时长|耗时|时限", self.heading) is not None
        )

    def best(self, *, high: bool) -> list[str]:
        """The names with the highest or lowest number."""
        pick = max if high else min
        below = all(fact.base <= 0 for fact in self.facts.values())  # the largest gap of -14 and -3 is -14
        sizes = {name: -fact.base if below else fact.base for name, fact in self.facts.items()}
        end = pick(sizes.values())
        return [name for name, size in sizes.items() if size == end]


def columns_of(report: Report, name: str) -> list[Column]:
    """The columns in which a name stands with others."""
    found = []
    for line in lines_by_name(report).get(name, []):
        level = line.names.index(name) - len(line.names)
        found += [column for heading in line.cells if (column := _column(report, line.table, level, heading))]
    return found


@once
def _column(report: Report, table: int, level: int, heading: str) -> Column | None:
    """A heading of a table; None where too few lines have it, or two of one name. ``level``: of the names, from -1."""
    lines = [line for line in lines_of_table(report, table) if not line.total and len(line.names) >= -level]
    cells = [(line.names[level], line.cells[heading]) for line in lines if heading in line.cells]
    facts = dict(cells)
    return Column(heading, facts, table) if len(facts) == len(cells) >= _FEWEST else None


@once
def all_columns(report: Report) -> tuple[Column, ...]:
    """Every column of numbers of every table, with the names that stand nearest to them."""
    keys = {(line.table, heading): None for line in lines_of(report) if line.table < GROUPS for heading in line.cells}
    return tuple(column for table, heading in keys if (column := _column(report, table, -1, heading)))


def names_in(report: Report, text: str) -> list[tuple[int, int, str]]:
    """The names of lines in a text, the longest first where they overlap, in order."""
    found: list[tuple[int, int, str]] = []
    for name in sorted(names_within(report, text), key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            if all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), name))
    return sorted(found)


def _end(words: str) -> str:
    """户均奖补额 is called 户均奖补, too."""
    words = words.replace("平均得分", "平均分")
    return (words[:-1] if words[-1:] in "数额量" and len(words) > _FEWEST else words)[-2:]


_OF_AMOUNTS = "数额量金"
"""预算金额, 预算数 and 预算额 are called 预算, too."""


def headed(report: Report, words: str) -> list[Column]:
    """The columns that some words mean, of tables with enough lines, totals left out."""
    found: dict[tuple[int, str], list[tuple[Line, Fact]]] = {}
    for line in (line for line in lines_of(report) if line.table < GROUPS):
        for heading, fact in line.cells.items():
            ends = (heading, heading.rstrip(_OF_AMOUNTS))
            called = close(words, heading) and any(end.endswith(_end(words)) for end in ends)
            if not line.total and (words == heading or called):
                found.setdefault((line.table, heading), []).append((line, fact))
    columns = [Column(heading, _by_name(rows), table) for (table, heading), rows in found.items()]
    return [column for column in columns if len(column.facts) >= _FEWEST]


def _by_name(rows: list[tuple[Line, Fact]]) -> dict[str, Fact]:
    """The numbers by the names that tell the lines apart: of 项目 and 责任单位 the former, of 区 and 街道 those."""
    depth = min(len(line.names) for line, _ in rows)
    apart = (at for at in range(depth) if len({line.names[at] for line, _ in rows}) == len(rows))
    at = next(apart, -1)
    return {line.names[at]: fact for line, fact in rows}
