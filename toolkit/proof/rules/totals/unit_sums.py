"""A table by responsible unit against the tables by project: amounts added up, scores averaged, findings counted."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, number_of
from toolkit.proof.report import Report
from toolkit.proof.rules.counting.unit_rows import units_of_projects
from toolkit.proof.rules.naming.names import plain_name
from toolkit.text.patterns import Pattern

_UNIT = Pattern("(?:责任|建设|主管|实施|项目)单位(?:名称)?")
_PROJECT = Pattern("项目(?:名称)?")
_SCORE = Pattern("(?:总|综合|最终|评价)?得分|总分")
_DIGIT = Pattern("[0-9]")
_FEWEST = 3
_HALF = Decimal("0.005")
_GOOD = (
    "表1 得分\n项目名称\t责任单位\t总分\n城管平台\t市城管局\t90.00\n电子证照\t市数据局\t91.00\n数据共享\t市数据局\t88.00\n雪亮工程\t市公安局\t80.00\n旅游平台\t市文旅局\t70.00\n\n\n隔开。\n"
    "表2 资金\n项目名称\t合同金额（万元）\n城管平台\t10.00\n电子证照\t20.00\n数据共享\t30.00\n雪亮工程\t5.00\n旅游平台\t6.00\n\n\n隔开。\n"
    "表3 问题\n项目\t程度\t问题\n城管平台\t须更正\t甲\n电子证照\t须更正\t乙\n数据共享\t请核实\t丙\n数据共享\t须更正\t丁\n\n\n隔开。\n"
    "表4 单位\n责任单位\t项目数\t合同金额（万元）\t平均得分\t须更正问题\n市城管局\t1\t10.00\t90.00\t1\n市数据局\t2\t50.00\t89.50\t2\n市公安局\t1\t5.00\t80.00\t0\n市文旅局\t1\t6.00\t70.00\t0\n"
)
_Due = Mapping[str, Sequence[Fact]]
"""Unit → the numbers of its projects."""


@rule(
    "sum.units",
    group=Group.SUMS,
    title="各单位的金额、平均得分、问题数与其项目相符",
    good=(_GOOD, _GOOD.replace("市数据局\t88.00", "市数据局\t88.00（暂）")),
    bad=(
        _GOOD.replace("\t50.00\t", "\t52.00\t"),
        _GOOD.replace("89.50", "98.50"),
        _GOOD.replace("70.00\t0\n", "70.00\t1\n"),
        _GOOD.replace("80.00\t0", "80.00\t3"),
    ),
)
def units(report: Report) -> Iterator[Result]:
    """Columns of which nearly all rows come to what the projects of the unit make; the others are doubted."""
    owners = units_of_projects(report)
    for table in report.document.tables if owners else ():
        column = next((at for at, heading in enumerate(table.headings) if _UNIT.fullmatch(bare(heading))), None)
        if column != 0 or any(_PROJECT.fullmatch(bare(heading)) for heading in table.headings):
            continue
        for at in range(1, table.width):
            yield from _column(report, table, at, owners)


def _column(report: Report, table: Table, at: int, owners: Mapping[str, str]) -> Iterator[Result]:
    heading = bare(table.headings[at])
    rows = [(row[0].text.strip(), fact) for row in table.rows[table.head :] if (fact := number_of(report, row[at]))]
    if heading.startswith("平均"):
        judged = _judged(rows, _by_unit(report, heading.removeprefix("平均"), owners), mean=True)
    elif known := _counts(report, heading, owners):
        judged = [(name, fact, Decimal(known.get(name, 0)), ()) for name, fact in rows if name in owners.values()]
    else:
        judged = _judged(rows, _by_unit(report, heading, owners), mean=False)
    wrong = [name for name, fact, due, _ in judged if not _is(fact, due)]
    if len(judged) < _FEWEST or len(wrong) * _FEWEST > len(judged) or len(judged) * 2 < len(rows):
        return
    for name, fact, due, parts in judged:
        if _is(fact, due):
            yield agrees(fact, *parts)
        else:
            message = f"“{name}”的{heading}写{fact.text}，由其项目推算是{due}"
            related = tuple(part.place for part in parts)
            yield doubtful(fact.place, fact.text, str(due), message, facts=(fact, *parts), related=related)


_Judged = tuple[str, Fact, Decimal, Sequence[Fact]]


def _judged(rows: Sequence[tuple[str, Fact]], parts: _Due, *, mean: bool) -> list[_Judged]:
    found: list[_Judged] = []
    for name, fact in rows:
        own = parts.get(name, ())
        if own:
            total = sum((part.value or Decimal(0) for part in own), Decimal(0))
            found.append((name, fact, round(total / len(own), 4) if mean else total, own))
    return found


def _is(fact: Fact, due: Decimal) -> bool:
    return abs((fact.value or Decimal(0)) - due) <= max(_HALF, fact.step / 2 if due % 1 else Decimal(0))


def _by_unit(report: Report, heading: str, owners: Mapping[str, str]) -> _Due:
    """The numbers of each unit's projects under a heading, of the table that has most; of units all are read of."""
    best: dict[str, list[Fact]] = {}
    for table in report.document.tables:
        heads = [bare(head) for head in table.headings]
        name = next((at for at, head in enumerate(heads) if _PROJECT.fullmatch(head)), None)
        value = next((at for at, head in enumerate(heads) if _same(head, heading)), None)
        if name is None or value is None:
            continue
        found: dict[str, list[Fact]] = defaultdict(list)
        unread = set[str]()
        for row in table.rows[table.head :]:
            fact, units_of_row = number_of(report, row[value]), owners.get(plain_name(row[name].text.strip()), "")
            for unit in units_of_row.split("、"):
                found[unit] += [fact] if fact else []
                if not fact and _DIGIT.search(row[value].text):  # 88.00（暂）
                    unread.add(unit)
        whole = {unit: facts for unit, facts in found.items() if unit not in unread}
        best = max(best, whole, key=lambda each: sum(map(len, each.values())))
    return best


def _same(head: str, heading: str) -> bool:
    return head == heading or bool(_SCORE.fullmatch(head) and _SCORE.fullmatch(heading))


def _counts(report: Report, heading: str, owners: Mapping[str, str]) -> Mapping[str, int]:
    """须更正问题 → how many rows of a list of findings are 须更正, by unit; nothing where no list has such rows."""
    word = re.sub("(?:问题|事项)?(?:数|个数|条数)?$", "", heading)
    found: dict[str, int] = defaultdict(int)
    for table in report.document.tables:
        name = next((at for at, head in enumerate(table.headings) if _PROJECT.fullmatch(bare(head))), None)
        for row in table.rows[table.head :] if name is not None and len(word) > 1 else ():
            if any(cell.label == word for cell in row):
                for unit in owners.get(plain_name(row[name or 0].text.strip()), "").split("、"):
                    found[unit] += 1
    return found
