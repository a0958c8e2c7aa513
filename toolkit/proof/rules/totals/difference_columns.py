"""A column 差额 behind the two columns whose difference it is: 自评分、复核分、差额."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, said
from toolkit.proof.lines import bare, number_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_HEAD = Pattern("差额|差异|相差|分差|差值")
_FEWEST, _MOST_WRONG = 3, 0.25
_TABLE = "指标\t自评分\t复核分\t差额\n立项依据\t3.00\t3.00\t0.00\n立项程序\t3.00\t3.00\t0.00\n绩效目标\t2.00\t2.00\t0.00\n资金分配\t4.00\t3.50\t0.50\n"


@rule(
    "column.gap",
    group=Group.SUMS,
    title="差额栏等于前两栏之差",
    good=(_TABLE,),
    bad=(_TABLE.replace("2.00\t2.00\t0.00", "2.00\t2.00\t0.02"), _TABLE.replace("0.50", "0.05")),
)
def gaps(report: Report) -> Iterator[Result]:
    """The column before against the one before that, whichever is taken off; where most rows obey."""
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if column > 1 and _HEAD.fullmatch(bare(heading)):
                yield from _column(report, table, column)


def _column(report: Report, table: Table, column: int) -> Iterator[Result]:
    rows = [
        (left, right, gap)
        for row in table.rows[table.head :]
        if (left := number_of(report, row[column - 2])) and (right := number_of(report, row[column - 1]))
        and (gap := number_of(report, row[column])) and left.unit == right.unit
    ]  # fmt: skip
    for sign in (1, -1):
        wrong = [row for row in rows if not _fits(*row, sign)]
        if len(rows) < _FEWEST or len(wrong) > _MOST_WRONG * len(rows):
            continue
        for row in rows:
            yield _wrong(*row, sign) if row in wrong else agrees(*row)
        return


def _fits(left: Fact, right: Fact, gap: Fact, sign: int) -> bool:
    """A step of the last digit is what rounding may have taken: all three numbers may have been rounded."""
    due = sign * (left.base - right.base)
    return abs(due - gap.base) <= 2 * max(fact.rounding for fact in (left, right, gap))


def _wrong(left: Fact, right: Fact, gap: Fact, sign: int) -> Result:
    due = sign * ((left.value or Decimal(0)) - (right.value or Decimal(0)))
    first, second = (left, right) if sign > 0 else (right, left)
    working = f"{said(first)}−{said(second)}={due}"
    message = f"差额写{gap.text}，{working}"
    return differs(gap.place, gap.text, f"{due}", message, facts=(gap, left, right), working=working)
