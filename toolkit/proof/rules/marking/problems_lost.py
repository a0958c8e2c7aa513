"""What the tables of problems say was lost, with what is left over, against what all projects together lost."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, number_of
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LEFT = Pattern(r"没有(?:单列|列)为问题[^。；：]{0,8}?共?失(?P<lost>[0-9]+(?:\.[0-9]+)?)分")
_TOTAL = Pattern("(?:综合|最终|评价)?(?:总分|得分|总得分)")
_PROJECT = Pattern("项目(?:名称)?")
_PROVISIONAL = Pattern("[（(]暂[）)]")
_HUNDRED = Decimal(100)
_FEWEST = 3
_GOOD = (
    "表1 绩效类问题\n序号\t事实\t失分\n1\t初验晚\t10.00\n2\t使用少\t5.50\n\n此外，2项指标另有3处失分没有单列为问题，共失1.50分。\n\n"
    "表2 管理类问题\n序号\t事实\t失分\n1\t付款迟\t8.00\n2\t档案不全\t—\n\n\n隔开。\n"
    "表3 得分\n序号\t项目名称\t总分\n1\t甲系统\t90.00\n2\t乙系统\t95.00\n3\t丙系统\t92.00\n4\t丁系统\t98.00\n"
)


@rule(
    "score.problems_lost",
    group=Group.SUMS,
    title="各类问题的失分与没有单列的失分合起来等于全部项目的失分",
    good=(
        _GOOD,
        "项目名称\t得分\n甲系统\t91.20（暂）\n\n\n隔开。\n" + _GOOD.replace("1\t甲系统\t90.00", "1\t甲系统\t91.20"),
    ),
    bad=(_GOOD.replace("10.00", "11.00"), _GOOD.replace("失1.50分", "失5.10分"), _GOOD.replace("迟\t8.00", "迟\t3.00")),
)
def lost(report: Report) -> Iterator[Result]:
    """Only where a sentence tells what is left over, so that the tables are meant to be complete.

    A provisional score is of what was judged, made whole: what it lacks to the full mark is not all that was lost.
    """
    if any(_PROVISIONAL.search(text) for _, text in report.document.texts_with(_PROVISIONAL)):
        return
    told = [
        fact
        for place, text in report.document.texts_with(_LEFT)
        for match in _LEFT.finditer(text)
        for fact in report.facts_within(place, match.start("lost"), match.end("lost"))[:1]
    ]
    columns = [fact for table in report.document.tables for fact in _lost(report, table)] if told else []
    scores = max((_scores(report, table) for table in report.document.tables), key=len) if columns else []
    if len(scores) < _FEWEST:
        return
    due = sum((_HUNDRED - (fact.value or Decimal(0)) for fact in scores), Decimal(0))
    parts = [*columns, *told]
    total = sum((fact.value or Decimal(0) for fact in parts), Decimal(0))
    if total == due:
        yield agrees(*parts, *scores)
    elif abs(total - due) * _FEWEST < due:
        message = f"各表失分与没有单列的失分合计{total}分，{len(scores)}个项目共失{due}分"
        places = tuple(fact.place for fact in parts)
        yield doubtful(parts[0].place, f"{total}分", f"{due}分", message, facts=tuple(parts), related=places)


def _lost(report: Report, table: Table) -> list[Fact]:
    column = table.width - 1
    if "问题" not in table.caption or bare(table.headings[column]) != "失分":
        return []
    rows = [row for row in table.rows[table.head :] if not is_total(row)]
    return [fact for row in rows if (fact := number_of(report, row[column]))]


def _scores(report: Report, table: Table) -> Sequence[Fact]:
    """The scores of all projects of a table, one column of them."""
    heads = [bare(heading) for heading in table.headings]
    columns = [at for at, head in enumerate(heads) if _TOTAL.fullmatch(head)]
    if len(columns) != 1 or not any(_PROJECT.fullmatch(head) for head in heads):
        return []
    rows = [row for row in table.rows[table.head :] if not is_total(row) and "率" not in row[0].label]
    return [fact for row in rows if (fact := number_of(report, row[columns[0]]))]
