"""Numbers of the rows of tables, below 序号 and without a heading."""

from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import FactKind
from toolkit.proof.once import once
from toolkit.proof.report import Report


@rule(
    "numbering.rows",
    group=Group.NUMBERING,
    title="表中序号连续",
    good=(
        "序号\t项目\t金额\n1\t甲\t10\n2\t乙\t20\n合计\t\t30",
        "序号\t项目\t金额\n1\t甲\t10\n3\t乙\t20\n\n序号\t项目\t等级\n1\t甲\t优\n3\t乙\t良",
    ),
    bad=(
        "1\t付款迟\t财务部门\n2\t归档不全\t责任单位\n4\t使用少\t责任单位\n",
        "序号\t项目\t金额\n1\t甲\t10\n3\t乙\t20\n4\t丙\t30",
        "序号\t项目\t金额\n1\t甲\t10\n1\t乙\t20\n2\t丙\t30",
        "序号\t项目\t金额\n1\t甲\t10\n3\t乙\t20\n\n序号\t项目\t等级\n1\t甲\t优\n2\t乙\t良",
    ),
)
def row_numbers(report: Report) -> Iterator[Result]:
    """The column 序号 counts on; it may begin anew, and its first number is free where a table goes on.

    A number left out in the same place of two tables, before the same name, is the rows' own: of a project withdrawn.
    """
    for table in report.document.tables:
        if table.width > 1 and table.headings[0] in ("序号", "项次"):
            yield from _rows(report, table)
        elif table.width > 1:
            yield from _unheaded(report, table)


def _unheaded(report: Report, table: Table) -> Iterator[Result]:
    """A table without a heading whose rows begin with 1, 2, 3: all but one at least do."""
    cells = [row[0] for row in table.rows]
    numbers = [int(cell.text.strip()) for cell in cells if cell.text.strip().isdecimal()]
    wrong = [at for at, number in enumerate(numbers) if number != at + 1]
    if len(numbers) != len(cells) or len(cells) <= _FEW or len(wrong) > 1:
        return
    for at, cell in enumerate(cells):
        facts = report.facts_at(cell.place)
        if at in wrong:
            message = f"行的序号写{numbers[at]}，依次应为{at + 1}"
            yield differs(cell.place, str(numbers[at]), str(at + 1), message, facts=facts)
        elif facts:
            yield agrees(*facts)


_FEW = 2
_NAME = 4
"""Characters of a name that are compared: behind it one table names the unit and another does not."""


@once
def _own_numbers(report: Report) -> Counter[tuple[str, str]]:
    """In how many tables below 序号 a number stands before a name."""
    tables = [table for table in report.document.tables if table.width > 1 and table.headings[0] == "序号"]
    return Counter(pair for table in tables for pair in set(map(_named, table.rows[table.head :])))


def _named(row: Sequence[Cell]) -> tuple[str, str]:
    """A row's number and how its name begins."""
    return row[0].text.strip(), row[1].text.strip()[:_NAME]


def _rows(report: Report, table: Table) -> Iterator[Result]:
    numbers = [int(cell.text) for cell in table.column(0) if cell.text.strip().isdecimal()]
    complete = sorted(numbers) == list(range(1, len(numbers) + 1))
    allowed: set[int] = set()
    own = _own_numbers(report)
    for row in table.rows[table.head :]:
        cell = row[0]
        if not cell.text.strip().isdecimal():
            continue
        number = int(cell.text.strip())
        facts = tuple(fact for fact in report.facts_at(cell.place) if fact.kind is FactKind.ORDINAL) or report.facts_at(
            cell.place
        )
        # Rows in another order than their numbers: none is missing and none stands twice.
        is_next = not allowed or number in allowed or (number == 1 and 2 not in allowed)
        if complete or is_next or (number > max(allowed) and own[_named(row)] > 1):
            if facts:
                yield agrees(*facts)
            allowed = {number + 1}
            continue
        right = min(allowed)
        yield differs(
            cell.place, str(number), str(right), f"序号不连续：印着{number}，上一行之后应为{right}", facts=facts
        )
        allowed = {right + 1, number + 1}
