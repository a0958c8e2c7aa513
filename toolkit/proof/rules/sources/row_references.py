"""合规底线类第1、8、9项: rows of another table named by their class and number, each once, with what stands beside them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_REFERENCE = Pattern(
    r"(?P<sort>[\u4e00-\u9fff]{1,8}类)(?:问题)?第(?P<list>[0-9]{1,3}(?:[、，,][0-9]{1,3})*)[项条](?![\u4e00-\u9fff])"
)
_SERIAL = ("序号", "编号", "序次")
_GOOD = (
    "表1 管理类问题\n序号\t事实\t责任、期限\n1\t付款迟\t财务部门，1个月\n2\t档案不全\t责任单位，3个月\n3\t制度不执行\t责任单位，3个月\n\n\n隔开。\n"
    "表2 绩效类问题\n序号\t事实\t责任、期限\n1\t初验晚\t责任单位，3个月\n2\t使用少\t责任单位，6个月\n3\t响应慢\t责任单位，6个月\n\n\n隔开。\n"
    "表3 次序\n期限\t责任\t要办理的问题\n1个月\t财务部门\t管理类第1项\n3个月\t责任单位\t管理类第2、3项；绩效类第1项\n6个月\t责任单位\t绩效类第2、3项\n"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A row that is named: the class and number, the fact of the number, the row that names it."""

    sort: str
    number: int
    fact: Fact
    row: Sequence[Cell]


@rule(
    "reference.rows",
    group=Group.REFERENCES,
    title="按类别和序号引用的行都有，各引一次",
    good=(_GOOD,),
    bad=(
        _GOOD.replace("第2、3项", "第2、4项"),
        _GOOD.replace("第2、3项", "第2、2项"),
        _GOOD.replace("；绩效类第1项", ""),
    ),
)
def rows_named(report: Report) -> Iterator[Result]:
    """A table that names the rows of others: no number that has no row, none twice, none left out."""
    numbered = _numbered(report)
    for table in report.document.tables:
        named = list(_named(report, table))
        for sort in dict.fromkeys(item.sort for item in named if item.sort in numbered):
            yield from _of_class(sort, [item for item in named if item.sort == sort], numbered[sort])


def _of_class(sort: str, named: Sequence[_Named], rows: Mapping[int, Sequence[Cell]]) -> Iterator[Result]:
    times = Counter(item.number for item in named)
    missing = [number for number in rows if not times[number]]
    facts = tuple(item.fact for item in named)
    right = len(missing) * 2 < len(rows)
    for item in named:
        if item.number not in rows:
            message = f"引用“{sort}第{item.number}项”，该表只有{len(rows)}项"
            yield differs(item.fact.place, item.fact.text, "", message, facts=(item.fact,))
        elif times[item.number] > 1 and right:
            message = f"“{sort}第{item.number}项”列了{times[item.number]}次"
            yield doubtful(item.fact.place, item.fact.text, "", message, facts=(item.fact,))
    if not missing and len(named) == len(rows):
        yield agrees(*facts)
    elif missing and right:
        left = "、".join(map(str, missing))
        message = f"“{sort}”共{len(rows)}项，没有列入第{left}项"
        yield doubtful(named[-1].fact.place, "", left, message)


_OPEN = "按要求"
"""Stands for a deadline that the row has none of."""


@rule(
    "reference.row_words",
    group=Group.REFERENCES,
    title="引用的行与所在行写的责任、期限相同",
    good=(_GOOD, _GOOD.replace("3个月\t责任单位\t管理", "按要求\t责任单位\t管理")),
    bad=(_GOOD.replace("3个月\t责任单位\t管理", "5个月\t责任单位\t管理"),),
)
def row_words(report: Report) -> Iterator[Result]:
    """What stands beside the reference stands in the row that is named, too, where it does for most."""
    numbered = _numbered(report)
    for table in report.document.tables:
        found = [
            (cell, item, _holds(numbered[item.sort][item.number], cell))
            for item in _named(report, table)
            for cell in item.row
            if item.number in numbered.get(item.sort, {}) and len(cell.label) > 1 and not _REFERENCE.search(cell.text)
            if cell.label != _OPEN
        ]
        held = sum(holds for _, _, holds in found)
        if held < _FEWEST or held * _FEWEST < len(found) * (_FEWEST - 1):
            continue
        for cell, item, holds in found:
            if holds:
                told = [fact for fact in report.facts_at(cell.place) if fact.exact]
                others = [fact for other in numbered[item.sort][item.number] for fact in report.facts_at(other.place)]
                same = [fact for fact in others if any(fact.text == one.text for one in told)]
                yield from (agrees(*told, *same),) if told and same else ()
            else:
                message = f"写“{cell.text.strip()}”，所引“{item.sort}第{item.number}项”没有写它"
                places = tuple(other.place for other in numbered[item.sort][item.number][-1:])
                yield doubtful(cell.place, cell.text.strip(), "", message, related=places)


_FEWEST = 4


def _holds(row: Sequence[Cell], cell: Cell) -> bool:
    return any(cell.label in re.split("[，,；;]", other.label) for other in row)


def _named(report: Report, table: Table) -> Iterator[_Named]:
    for row in table.rows[table.head :]:
        for cell in row:
            for match in _REFERENCE.finditer(cell.text):
                for number in re.finditer("[0-9]+", match["list"]):
                    start = match.start("list") + number.start()
                    for fact in report.facts_within(cell.place, start, start + len(number[0])):
                        yield _Named(match["sort"], int(number[0]), fact, row)


@once
def _numbered(report: Report) -> Mapping[str, Mapping[int, Sequence[Cell]]]:
    """Class of a table's caption → number of the row → the row, of tables numbered from 1."""
    found: dict[str, dict[int, Sequence[Cell]]] = defaultdict(dict)
    for table in report.document.tables:
        sort = re.search(r"(?P<sort>[\u4e00-\u9fff]{1,8}类)(?:问题)?(?:清单|一览表|明细表)?$", table.caption.strip())
        serial = next((at for at, heading in enumerate(table.headings) if bare(heading) in _SERIAL), None)
        if sort is None or serial is None:
            continue
        for row in table.rows[table.head :]:
            if row[serial].text.strip().isdecimal():
                found[sort["sort"]][int(row[serial].text)] = row
    return {sort: rows for sort, rows in found.items() if sorted(rows) == list(range(1, len(rows) + 1))}
