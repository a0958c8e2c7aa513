"""优良率 in a row beside how many are 优 and 良: the two columns together by the number of all."""

from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import number_of
from toolkit.proof.report import Report

_GOOD = ("优", "良")
_ALL = ("项目数", "项目数（个）", "项目数(个)", "个数", "合计", "单位数", "部门数", "总数")
_RATE = ("优良率", "优良率（%）", "优良率(%)")
_TABLE = (
    "领域\t项目数\t平均得分\t优\t良\t中\t优良率\n教育\t5\t90.14\t3\t2\t0\t100.00%\n科技\t4\t81.85\t0\t2\t2\t50.00%\n"
)


@rule(
    "grade.rate_of_row",
    group=Group.GRADES,
    title="表中的优良率等于同一行优、良个数之和除以总数",
    good=(_TABLE,),
    bad=(_TABLE.replace("50.00%", "55.00%"),),
)
def rates(report: Report) -> Iterator[Result]:
    """Every row that has all four numbers."""
    for table in report.document.tables:
        columns = _columns(table)
        for row in table.rows[table.head :] if columns else ():
            facts = {name: number_of(report, row[at]) for name, at in columns.items()}
            if all(fact is not None and fact.exact for fact in facts.values()):
                yield from _judged({name: fact for name, fact in facts.items() if fact is not None})


def _columns(table: Table) -> Mapping[str, int]:
    """Where 优, 良, the number of all and the rate stand; empty where one of them is missing or stands twice."""
    found: dict[str, int] = {}
    for name, known in (("优", ("优", "优（个）")), ("良", ("良", "良（个）")), ("all", _ALL), ("rate", _RATE)):
        at = [column for column, heading in enumerate(table.headings) if heading in known]
        if len(at) != 1:
            return {}
        found[name] = at[0]
    return found


def _judged(facts: Mapping[str, Fact]) -> Iterator[Result]:
    rate, whole, parts = facts["rate"], facts["all"], [facts[name] for name in _GOOD]
    if not whole.base or rate.kind is not FactKind.PERCENT:
        return
    due = sum(part.base for part in parts) / whole.base
    if rate.meets(due, due):
        yield agrees(rate, whole, *parts)
        return
    working = f"({said(parts[0])}+{said(parts[1])})÷{said(whole)}={due * 100:.2f}%"
    yield differs(
        rate.place, rate.text, f"{due * 100:.2f}%", f"优良率写{rate.text}，同一行{working}", facts=(rate, whole, *parts),
        working=working, related=tuple(fact.place for fact in (whole, *parts)), confidence=85,
    )  # fmt: skip
