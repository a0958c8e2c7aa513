"""38项自评合计88.11分，复核合计86.81分: a sum that a column of a table has, and how many rows it adds up."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.lines import bare, number_of
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_SUMMED = Pattern(
    r"(?P<count>[0-9]{1,4})项(?:指标)?[^，。；：0-9]{0,8}合计[0-9][0-9,]*(?:\.[0-9]+)?分"
    r"(?:，[^，。；0-9]{0,6}合计(?P<sum>[0-9][0-9,]*(?:\.[0-9]+)?)分)"
)
_WON = Pattern("(?:评价|核查|复核)?得分")
_FEWEST = 4
_GOOD = (
    "自评分与按规则计算的得分不一致：4项自评合计12.00分，复核合计11.50分。\n\n"
    "编号\t指标\t分值\t得分\nA1\t甲甲\t3.00\t3.00\nA2\t乙乙\t3.00\t2.50\nA3\t丙丙\t3.00\t3.00\nA4\t丁丁\t3.00\t3.00\n"
)


@rule(
    "count.summed",
    group=Group.COUNTS,
    title="合计所含的项数等于表中加起来是该数的行数",
    good=(_GOOD,),
    bad=(_GOOD.replace("4项", "5项"),),
)
def summed(report: Report) -> Iterator[Result]:
    """The count against the rows of the table whose scores come to the sum, total rows left out."""
    for place, text in report.document.texts_with(_SUMMED):
        for match in _SUMMED.finditer(text) if "合计" in text else ():
            rows = _rows_of(report, Decimal(match["sum"].replace(",", "")))
            facts = report.facts_within(place, *match.span("count"))
            if len(rows) != 1 or not facts:
                continue
            due = rows.pop()
            if int(match["count"]) == due:
                yield agrees(*facts, *report.facts_within(place, *match.span("sum")))
            else:
                message = f"写{match['count']}项合计{match['sum']}分，表中加起来是{match['sum']}分的有{due}项"
                yield doubtful(place, f"{match['count']}项", f"{due}项", message, facts=facts, confidence=80)


def _rows_of(report: Report, total: Decimal) -> set[int]:
    """How many rows the columns of scores have that add up to a number."""
    found: set[int] = set()
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            values = _values(report, table, column) if _WON.fullmatch(bare(heading)) else []
            if len(values) >= _FEWEST and sum(values, Decimal(0)) == total:
                found.add(len(values))
    return found


def _values(report: Report, table: Table, column: int) -> list[Decimal]:
    rows = [row for row in table.rows[table.head :] if not is_total(row)]
    facts = [fact for row in rows if (fact := number_of(report, row[column]))]
    return [fact.value for fact in facts if fact.value is not None]
