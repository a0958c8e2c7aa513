"""Lines of tables as prose speaks of them: a name, and under each heading the number of that name.

A table may stand either way: names down the first column and measures in the heading, or measures down the first
column and names in the heading. Both are lines here; ``total`` marks 合计, 全市 and their like.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.document_facts import unit_named
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.name_starts import NameStarts
from toolkit.proof.once import once
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

TOTALS = frozenset(
    {"合计", "总计", "共计", "总分", "总和", "全市", "全县", "全区", "全省", "全州", "全年", "全部", "总体", "平均"}
    | {
        "平均分",
        "平均值",
        "平均数",
        "均值",
        "小计",
        "综合得分",
        "评价总分",
        "得分合计",
        "两年合计",
        "加权平均",
        "算术平均",
    }
)
"""What lines are called that sum up the others."""
_MEASURED = Pattern("率|得分|分值|扣分|失分|权重|[额数]$|金额|使用|支出|投入|发行")
_UNDER = Pattern(r"^(?:其中|减|加)[：:]|^[A-Z][0-9.]{0,4}[、.\s]?(?=[\u4e00-\u9fff]{2})")
_BRACKETS = Pattern(r"[（(][^（）()]*[)）]")
_BESIDE = Pattern("[/／、或]")
_NAMED_TOTAL = Pattern(
    r"[两三四五六]年(?:合计|累计|共计)|(?:[0-9一二两三四五六七八九十]{1,3}[个家项类县区条所]?)?[\u4e00-\u9fff]{0,4}(?:合计|总计|小计)"
)
GROUPS = 100_000
"""Lines of groups are told apart from those of their table's rows."""
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table.

    Attributes:
        table: of which lines it stands among: the table's number, less than 0 for columns, moved for groups of rows.
        names: what it is called, nearest to the numbers last.
        cells: heading → number.
        bounds: heading → what a cell says is the least or the most.
        total: whether it sums up the others.
    """

    table: int
    names: tuple[str, ...]
    cells: Mapping[str, Fact]
    total: bool
    bounds: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))


@once
def lines_of(report: Report) -> tuple[Line, ...]:
    """All lines of all tables, both ways; several rules ask for them."""
    return tuple(line for table in report.document.tables for line in _lines(report, table))


@once
def lines_by_name(report: Report) -> Mapping[str, list[Line]]:
    """The lines that are no totals under each of their names of two and more characters.

    A name that several lines of a table share, each with a finer one behind it, is that of their group and of none.
    """
    lines = [line for line in lines_of(report) if not line.total]
    groups = Counter((line.table, name) for line in lines for name in line.names[:-1])
    found: dict[str, list[Line]] = {}
    for line in lines:
        for name in line.names:
            if groups[line.table, name] < _FEWEST:
                found.setdefault(name, []).append(line)
    return found


def names_within(report: Report, words: str) -> list[str]:
    """The names of lines that stand in some words, in the order of :func:`lines_by_name`."""
    return _name_starts(report).within(words)


@once
def _name_starts(report: Report) -> NameStarts:
    return NameStarts(lines_by_name(report))


def lines_of_table(report: Report, table: int) -> list[Line]:
    """The lines that stand among one another, totals with them, by what :attr:`Line.table` says."""
    return _lines_by_table(report).get(table, [])


@once
def _lines_by_table(report: Report) -> Mapping[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines_of(report):
        found.setdefault(line.table, []).append(line)
    return found


def _lines(report: Report, table: Table) -> Iterator[Line]:
    rows = table.rows[table.head :]
    headings = [bare(heading) for heading in table.headings]
    for row in rows:
        if line := _line(report, table.number, _names(row), dict(zip(headings, row, strict=False))):
            yield line
    yield from _groups(report, table, headings)
    if not is_turned(table):
        return
    labels = _labels(table)
    for column in range(1, table.width):
        cells = {bare(label): row[column] for label, row in zip(labels, rows, strict=True)}
        if line := _line(report, -table.number, (headings[column],) if headings[column] else (), cells):
            yield line


def _groups(report: Report, table: Table, headings: Sequence[str]) -> Iterator[Line]:
    """The groups of rows that have a 小计 each: under the name of the group, beside the total of all."""
    group, found = "", []
    for row in table.rows[table.head :]:
        names = _names(row)
        if names and names[0] == "小计" and group:
            found.append(_line(report, GROUPS + table.number, (group,), dict(zip(headings, row, strict=False))))
        elif names and is_whole(names[0]) and names[0] != "小计":
            found.append(_line(report, GROUPS + table.number, names[:1], dict(zip(headings, row, strict=False))))
        elif len(names) > 1:
            group = names[0]
    lines = [line for line in found if line is not None]
    yield from lines if sum(not line.total for line in lines) > 1 else ()


def is_turned(table: Table) -> bool:
    """Whether measures stand down the first column and names in the heading."""
    labels = _labels(table)
    turned = any(map(_MEASURED.search, labels)) and not any(_MEASURED.search(bare(head)) for head in table.headings)
    return turned and len(set(labels)) == len(labels) and all(labels)


def _labels(table: Table) -> list[str]:
    return [next(iter(_names(row)), "") for row in table.rows[table.head :]]


def _line(report: Report, table: int, names: tuple[str, ...], cells: Mapping[str, Cell]) -> Line | None:
    numbers = {
        heading: fact
        for heading, cell in cells.items()
        if heading and (fact := number_of(report, cell)) and label_of(cell.text) not in names
    }
    if not names or not numbers:
        return None
    bounds = {heading: fact for heading, cell in cells.items() if heading and (fact := bound_of(report, cell))}
    return Line(table, names, numbers, any(map(is_whole, names[:1])), bounds)


def bound_of(report: Report, cell: Cell) -> Fact | None:
    """What a cell says is the least or the most: ≥92, 不超过6件."""
    facts = report.facts_at(cell.place)
    is_bound = (
        len(facts) == 1 and facts[0].hedge in _BOUNDS and len(cell.text.strip()) - len(facts[0].text) < _FEWEST * 2
    )
    return facts[0] if is_bound else None


_BOUNDS = (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.ABOVE, Hedge.BELOW)


def is_whole(name: str) -> bool:
    """Whether a line of this name sums up the others: 合计, 全市, 三年合计, 6个部门合计, 成本合计."""
    parts = _BESIDE.split(name)  # 合计/平均
    return all(part in TOTALS for part in parts) or _NAMED_TOTAL.fullmatch(name) is not None


def _names(row: tuple[Cell, ...]) -> tuple[str, ...]:
    first = next((at for at, cell in enumerate(row) if cell.is_numeric and at), len(row))
    words = [_UNDER.sub("", cell.text.strip()) for cell in row[:first] if cell.text.strip() and not cell.is_numeric]
    return tuple(name for word in words if len(name := label_of(word)) >= _FEWEST and not _is_unit(word))


def _is_unit(word: str) -> bool:
    return bool(unit_named(re.split("[/／]", word)[0]))


def number_of(report: Report, cell: Cell) -> Fact | None:
    """The number of a cell that holds nothing else but its unit; no serial number."""
    return _numbers(report).get(cell.place)


@once
def _numbers(report: Report) -> Mapping[Place, Fact]:
    cells = (cell for table in report.document.tables for row in table.rows for cell in row)
    return {cell.place: fact for cell in cells if (fact := _number_of(report, cell))}


def _number_of(report: Report, cell: Cell) -> Fact | None:
    facts = report.facts_at(cell.place)
    if len(facts) != 1 or not facts[0].exact or facts[0].kind in (FactKind.ORDINAL, FactKind.DATE):
        return None
    text = cell.text.strip()
    return (
        facts[0] if cell.is_numeric or (text.startswith(facts[0].text) and len(text) - len(facts[0].text) < 3) else None
    )


@lru_cache(5000)
def bare(heading: str) -> str:
    """A heading without units, blanks and brackets."""
    return _BRACKETS.sub("", squeeze(heading)).strip("：:").rstrip("%％")


def close(words: str, heading: str) -> bool:
    """Whether some words of prose mean a heading: 执行率 means 预算执行率, 支出 means 支出数, but 支出 not 支出率."""
    if not words or not heading:
        return False
    words, heading = words.replace("平均得分", "平均分"), heading.replace("平均得分", "平均分")
    short, long = sorted((words, heading), key=len)
    if len(short) < _FEWEST or _is_rate(words) != _is_rate(heading):
        return False
    return short in long or (len(short) > _FEWEST and short.rstrip("数额量金") in long)


def _is_rate(words: str) -> bool:
    return bool(re.search(r"(?<!功)率$|占比$|比例$|进度$|比重$|率[%％]?$", words))


def unlike(left: Fact, right: Fact) -> bool:
    """Whether two numbers cannot be of one thing: money and a rate, or two named units that differ in kind."""
    rates = {FactKind.PERCENT, FactKind.POINTS}
    if (left.kind in rates) != (right.kind in rates):
        return bool(left.unit and right.unit)
    if left.kind in rates:
        return False
    return bool(left.unit and right.unit) and left.kind is not right.kind


def as_printed(fact: Fact, unit_of: Fact) -> Decimal:
    """The value in the unit of another number: a cell without a unit has that of the prose."""
    if fact.unit or not unit_of.scale:
        return fact.base / unit_of.scale if unit_of.scale else fact.base
    return fact.value or Decimal(0)


def holds(fact: Fact, cell: Fact) -> bool:
    """Whether a number of prose is that of a cell, rounded to the coarser of the two."""
    step = cell.step * (cell.scale / fact.scale if cell.unit and fact.scale else 1)
    most = max(fact.step, step) / 2 if step != fact.step else Decimal(0)
    return abs((fact.value or Decimal(0)) - as_printed(cell, fact)) <= most
