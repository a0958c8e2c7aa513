"""Points of an indicator with their marks in brackets, against its full mark: 有依据（1分）；方向一致（1分）；与职责相关（1分）."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Cell
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, number_of
from toolkit.proof.records import FULL_MARKS
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_POINT = Pattern(r"（(?P<mark>[0-9]+(?:\.[0-9]+)?)分）")
_FEWEST, _MOST_WRONG = 3, 0.25
_TABLE = (
    "指标\t分值\t取值\n立项依据\t3\t有上级文件（1分）：符合；列入年度计划（1分）：符合；不重复（1分）：符合\n预算编制\t2\t按清单测算（1分）：符合；有询价（0.5分）：符合；与内容一致（0.5分）：符合\n"
    "管理制度\t2\t有项目制度（1分）：符合；有运维制度（1分）：不符合\n采购管理\t3\t方式合规（1.5分）：符合；文件齐全（1.5分）：符合\n"
)


@rule(
    "sum.points",
    group=Group.SUMS,
    title="各要点的分数合起来等于指标的分值",
    good=(_TABLE,),
    bad=(_TABLE.replace("不重复（1分）", "不重复（2分）"), _TABLE.replace("采购管理\t3", "采购管理\t4")),
)
def points(report: Report) -> Iterator[Result]:
    """Every column whose cells give marks to two and more points; where most rows add up to their full mark."""
    for table in report.document.tables:
        mark = next((at for at, heading in enumerate(table.headings) if bare(heading) in FULL_MARKS), None)
        for column in range(table.width) if mark is not None else ():
            judged = [
                (full, row[column], found)
                for row in table.rows[table.head :]
                if len(found := list(_POINT.finditer(row[column].text))) > 1
                and (full := number_of(report, row[mark or 0])) is not None
            ]
            wrong = sum(_total(found) != full.value for full, _, found in judged)
            if len(judged) >= _FEWEST and wrong <= _MOST_WRONG * len(judged):
                yield from (_result(report, *item) for item in judged)


def _total(found: Sequence[re.Match[str]]) -> Decimal:
    return sum((Decimal(match["mark"]) for match in found), Decimal(0))


def _result(report: Report, full: Fact, cell: Cell, found: Sequence[re.Match[str]]) -> Result:
    facts = tuple(
        fact for match in found for fact in report.facts_within(cell.place, match.start("mark"), match.end("mark"))
    )
    due = _total(found)
    if due == full.value:
        return agrees(full, *facts)
    working = f"{'+'.join(match['mark'] for match in found)}={due}"
    message = f"各要点合起来是{due}分（{working}），分值写{full.text}"
    return doubtful(
        cell.place, f"{due}分", full.said, message, facts=(full, *facts), related=(full.place,), working=working,
        confidence=80,
    )  # fmt: skip
