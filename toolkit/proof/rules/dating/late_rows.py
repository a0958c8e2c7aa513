"""Days of delay of a table: 计划验收时间、实际验收时间、延期天数."""

from collections.abc import Iterator

from toolkit.proof.days import day_of
from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, number_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_PLANNED = Pattern("^(?:原?计划|约定|合同约定|合同|规定|批复|应)[\u4e00-\u9fff]{0,6}(?:时间|日期|日)$")
_REAL = Pattern("^(?:实际|完成|最终)[\u4e00-\u9fff]{0,6}(?:时间|日期|日)$")
_LATE = Pattern("^(?:延期|逾期|超期|延迟|滞后|拖期|提前|相差)(?:天数|日数|时间|时长)?$")
_FEWEST = 2
_TABLE = (
    "项目\t计划验收时间\t实际验收时间\t延期天数（天）\n甲平台\t2024-06-30\t2024-11-15\t138\n"
    "乙系统\t2024-05-31\t2024-09-30\t122\n丙机房\t2024-09-30\t2025-01-20\t112\n"
)


@rule(
    "date.row_late",
    group=Group.DATES,
    title="表中的延期天数等于实际日期减计划日期",
    good=(_TABLE, _TABLE.replace("138", "139").replace("122", "123").replace("112", "113")),
    bad=(_TABLE.replace("138", "183"), _TABLE.replace("2024-05-31", "2024-10-31")),
)
def late_rows(report: Report) -> Iterator[Result]:
    """A day planned, a day it was done, days between; where most rows obey, counting the first day or not."""
    for table in report.document.tables:
        heads = [bare(heading) for heading in table.headings]
        found = [[at for at, head in enumerate(heads) if pattern.search(head)] for pattern in (_PLANNED, _REAL, _LATE)]
        if all(len(columns) == 1 for columns in found):
            planned, real, late = (columns[0] for columns in found)
            yield from _column(report, table, planned, real, late)


def _column(report: Report, table: Table, planned: int, real: int, late: int) -> Iterator[Result]:
    rows = [
        (row, fact, abs((after - before).days))
        for row in table.rows[table.head :]
        if (before := day_of(row[planned])) and (after := day_of(row[real]))
        and (fact := number_of(report, row[late])) is not None and fact.unit in ("", "天", "日")
    ]  # fmt: skip
    tried = [[(row, fact, gap + more, _is(fact, gap + more)) for row, fact, gap in rows] for more in (0, 1)]
    best = max(tried, key=lambda items: sum(right for *_, right in items))
    if sum(right for *_, right in best) < max(_FEWEST, len(best) / 2):
        return
    for row, fact, due, right in best:
        if right:
            yield agrees(fact)
            continue
        days = f"{row[planned].text.strip()}到{row[real].text.strip()}"
        yield differs(
            fact.place, fact.text, f"{due}天", f"写{fact.text}天，{days}是{due}天",
            facts=(fact,), related=(row[planned].place, row[real].place), confidence=90,
        )  # fmt: skip


def _is(fact: Fact, days: int) -> bool:
    return abs(fact.value or 0) == days
