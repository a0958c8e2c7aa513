"""Days down a column of months, stages or instalments: each row's day lies behind the one above."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.lines import is_whole
from toolkit.proof.report import Report
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_IN_TURN = Pattern(
    r"(?:20[0-9]{2}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|第[0-9一二三四五六七八九十]{1,2}(?:期|次|笔|批|阶段|季度)|[一二三四]季度"
)
_FEWEST = 4
"""Of fewer rows one out of order may be how they are meant."""
_PAID = "月份\t服务费\t支付日期\n1月\t10\t2023年2月17日\n2月\t10\t2023年3月16日\n3月\t10\t2023年4月14日\n4月\t10\t2023年5月19日\n5月\t10\t—\n合计\t50\t\n"


@rule(
    "date.rows_in_turn",
    group=Group.DATES,
    title="按月、按期排列的各行日期先后相承",
    good=(_PAID, _PAID.replace("3月\t", "甲\t").replace("4月14日", "1月14日")),
    bad=(_PAID.replace("2023年4月14日", "2023年1月14日"), _PAID.replace("2023年3月16日", "2023年8月16日")),
)
def in_turn(report: Report) -> Iterator[Result]:
    """A column of days in which all rows but one are in the order of their months or instalments."""
    for table in report.document.tables:
        rows = [row for row in table.rows[table.head :] if not is_whole(row[0].label)]
        if len(rows) < _FEWEST or not all(_IN_TURN.fullmatch(row[0].label) for row in rows):
            continue
        for column in range(1, table.width):
            days = [(row[column], day) for row in rows if (day := _day(row[column]))]
            if len(days) >= _FEWEST and (wrong := _moved([day for _, day in days])) is not None:
                yield _told(table, [cell for cell, _ in days], wrong)


def _day(cell: Cell) -> date | None:
    days = days_in(half_width(cell.text))
    return days[0].date if len(days) == 1 else None


def _moved(days: Sequence[date]) -> int | None:
    """The first day without which the others are in order; None where they are, or where more than one is out of it."""
    if _rises(days):
        return None
    return next((at for at in range(len(days)) if _rises([*days[:at], *days[at + 1 :]])), None)


def _rises(days: Sequence[date]) -> bool:
    return all(one <= other for one, other in pairwise(days))


def _told(table: Table, cells: Sequence[Cell], wrong: int) -> Result:
    cell = cells[wrong]
    label = table.rows[cell.place.row - 1][0].label
    message = f"“{label}”的日期{cell.text.strip()}与其他各行的先后不合"
    beside = [*cells[max(0, wrong - 1) : wrong], *cells[wrong + 1 : wrong + 2]]
    return doubtful(
        cell.place, cell.text.strip(), "", message, related=tuple(other.place for other in beside), confidence=80
    )
