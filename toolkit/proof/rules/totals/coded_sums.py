"""Rows that stand under others by their codes, as in budgets and final accounts: 类 is the sum of its 款, 款 of its 项."""

from collections import defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.document import Table
from toolkit.proof.panels import panels, parents
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.sums import column_facts, compare, totals_of

_ACCOUNTS = (
    "科目编码\t科目名称\t合计\t基本支出\t项目支出\n201\t一般公共服务支出\t90\t60\t30\n20106\t财政事务\t90\t60\t30\n"
    "2010601\t行政运行\t60\t60\t\n2010607\t信息化建设\t30\t\t30\n210\t卫生健康支出\t10\t10\t\n21011\t单位医疗\t10\t10\t\n"
    "合计\t\t100\t70\t30\n"
)


@rule(
    "sum.codes",
    group=Group.SUMS,
    title="科目上级数等于下级各项之和",
    good=(_ACCOUNTS,),
    bad=(_ACCOUNTS.replace("2010601\t行政运行\t60", "2010601\t行政运行\t50"),),
)
def coded_rows(report: Report) -> Iterator[Result]:
    """Every number of a row against the rows right under it; where hardly any add up the codes mean something else."""
    for table in (panel for whole in report.document.tables for panel in panels(whole)):
        results = list(_rows(report, table))
        if sum(1 for result in results if result.found) * 4 < len(results):
            yield from results


def _rows(report: Report, table: Table) -> Iterator[Result]:
    children: dict[int, list[int]] = defaultdict(list)
    for row, above in parents(table).items():
        children[above].append(row)
    for above, rows in children.items():
        for column, total in next(iter(totals_of(report, table, above)), []):
            parts = column_facts(report, table, rows, column)
            if parts:
                yield compare(parts, total)
