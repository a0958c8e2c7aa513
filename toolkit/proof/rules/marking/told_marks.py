"""Marks of a group as a sentence or another table tells them, against the rows that the group has."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Paragraph, Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_MEASURES = ("分值", "计分值", "得分")
_TOLD = (
    ("分值", Pattern(r"(?<!计)分值([0-9]+(?:\.[0-9]+)?)分")),
    ("计分值", Pattern(r"(?<!平均)计分值([0-9]+(?:\.[0-9]+)?)分")),
    ("得分", Pattern(r"，得分?([0-9]+(?:\.[0-9]+)?)分")),
)
_NEAR = 4
_FEWEST = 2
_GOOD = (
    "（一）决策\n决策分值6.00分，得5.00分。\n指标\t分值\t得分\n甲甲\t3.00\t3.00\n乙乙\t3.00\t2.00\n"
    "（二）过程\n过程分值7.00分，得7.00分。\n指标\t分值\t得分\n丙丙\t3.00\t3.00\n丁丁\t4.00\t4.00\n"
    "（三）产出\n产出分值9.00分，得8.00分。\n指标\t分值\t得分\n戊戊\t3.00\t3.00\n己己\t4.00\t3.00\n庚庚\t2.00\t2.00\n"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """What is told of a group and what its rows add up to."""

    measure: str
    told: Decimal
    added: Decimal
    place: Place
    others: tuple[Place, ...]
    facts: tuple[Fact, ...]


@rule(
    "mark.told",
    group=Group.SUMS,
    title="正文写的分值、得分等于随后表中各行之和",
    good=(_GOOD,),
    bad=(_GOOD.replace("戊戊\t3.00\t3.00\n", ""),),
)
def told(report: Report) -> Iterator[Result]:
    """Tables without a total whose columns most sentences before them tell the sums of."""
    found = list(_before_tables(report))
    yield from _odd(found)


def _before_tables(report: Report) -> Iterator[_Group]:
    blocks = list(report.document.blocks)
    for at, table in enumerate(blocks):
        if not isinstance(table, Table) or any(is_total(row) for row in table.rows[table.head :]):
            continue
        texts = _right_before(blocks[max(0, at - _NEAR) : at])
        for measure, pattern in _TOLD:
            matches = [(block, match) for block in texts if (match := pattern.search(block.text))]
            if len(matches) == 1 and table.headings.count(measure) == 1:
                block, match = matches[0]
                facts = _numbers(report, table.headings.index(measure), table.rows[table.head :])
                if len(facts) >= _FEWEST:
                    own = report.facts_within(block.place, match.start(1), match.end(1))
                    added = sum((fact.value or Decimal(0) for fact in facts), Decimal(0))
                    yield _Group(measure, Decimal(match[1]), added, block.place, (table.place,), (*own, *facts))


def _right_before(blocks: Sequence[Paragraph | Table]) -> list[Paragraph]:
    """The paragraphs behind the last table."""
    last = max((at for at, block in enumerate(blocks) if isinstance(block, Table)), default=-1)
    return [block for block in blocks[last + 1 :] if isinstance(block, Paragraph)]


def _numbers(report: Report, column: int, rows: Sequence[Sequence[Cell]]) -> tuple[Fact, ...]:
    cells = [row[column] for row in rows]
    return tuple(facts[0] for cell in cells if (facts := report.facts_at(cell.place)) and facts[0].value is not None)


def _odd(groups: Sequence[_Group]) -> Iterator[Result]:
    """Where most add up, those that do not contradict."""
    for measure in _MEASURES:
        of_it = [group for group in groups if group.measure == measure]
        right = [group for group in of_it if group.told == group.added]
        wrong = [group for group in of_it if group.told != group.added]
        if len(right) < _FEWEST or len(wrong) >= len(right):
            continue
        yield from (agrees(*group.facts) for group in right if group.facts)
        for group in wrong:
            message = f"写明的{measure}是{group.told}分，表中各行之和是{group.added}分"
            yield differs(
                group.place, f"{group.told}", f"{group.added}", message, facts=group.facts[:1], related=group.others
            )


_TABLES = (
    "表1\n一级指标\t分值\t得分\n决策\t6.00\t5.00\n过程\t7.00\t7.00\n产出\t9.00\t8.00\n合计\t22.00\t20.00\n隔开。\n表2\n"
    "编号\t一级指标\t三级指标\t分值\t得分\nA1\t决策\t甲甲\t3.00\t3.00\nA2\t决策\t乙乙\t3.00\t2.00\nB1\t过程\t丙丙\t3.00\t3.00\n"
    "B2\t过程\t丁丁\t4.00\t4.00\nC1\t产出\t戊戊\t3.00\t3.00\nC2\t产出\t己己\t4.00\t3.00\nC3\t产出\t庚庚\t2.00\t2.00\n"
)


@rule(
    "mark.groups_told",
    group=Group.SUMS,
    title="评分表各一级指标之和等于汇总表",
    good=(_TABLES,),
    bad=(_TABLES.replace("C1\t产出\t戊戊\t3.00\t3.00\n", ""),),
)
def of_groups(report: Report) -> Iterator[Result]:
    """Rows of one table grouped by 一级指标, against the rows of another that name these groups."""
    tables = [(table, _rows_by_group(table)) for table in report.document.tables if "一级指标" in table.headings]
    named: _Named = defaultdict(set)
    for table, rows in tables:
        if all(len(of_it) == 1 for of_it in rows.values()):
            for name, measure, fact in _marks(report, table, rows):
                named[name, measure].add((fact.value or Decimal(0), fact.place))
    for table, rows in tables if named else ():
        if any(len(of_it) > 1 for of_it in rows.values()):
            yield from _odd([*_against(report, table, rows, named)])


_Named = dict[tuple[str, str], set[tuple[Decimal, Place]]]


def _rows_by_group(table: Table) -> dict[str, list[int]]:
    """Name of a group → its rows."""
    column = table.headings.index("一级指标")
    rows: dict[str, list[int]] = defaultdict(list)
    for index in range(table.head, len(table.rows)):
        name = table.rows[index][column].text.strip()
        if name and not is_total(table.rows[index]):
            rows[name].append(index)
    return rows


def _marks(report: Report, table: Table, rows: dict[str, list[int]]) -> Iterator[tuple[str, str, Fact]]:
    for measure in (each for each in _MEASURES if table.headings.count(each) == 1):
        for name, (index, *_) in rows.items():
            for fact in _numbers(report, table.headings.index(measure), table.rows[index : index + 1]):
                yield name, measure, fact


def _against(report: Report, table: Table, rows: dict[str, list[int]], named: _Named) -> Iterator[_Group]:
    for measure in (each for each in _MEASURES if table.headings.count(each) == 1):
        for name, indexes in rows.items():
            told_of = named.get((name, measure), set())
            if len({value for value, _ in told_of}) == 1:
                value, place = next(iter(told_of))
                facts = _numbers(report, table.headings.index(measure), [table.rows[at] for at in indexes])
                added = sum((fact.value or Decimal(0) for fact in facts), Decimal(0))
                yield _Group(measure, value, added, table.rows[indexes[0]][0].place, (place,), facts)
