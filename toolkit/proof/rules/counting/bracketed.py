"""Counts in brackets: 29个项目…（14号、8号等29个）, and the causes of a row, 配置不到位（18个）；整改不彻底（10个）."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_UNIT = "[个家项处件户条起份人]"
_CLOSED = Pattern(rf"（(?P<list>[^（）]*、[^（）]*)等(?P<count>\d{{1,4}})(?P<unit>{_UNIT})）")
_COUNT = Pattern(rf"(?<![\d.])(?P<count>\d{{1,4}})(?P<unit>{_UNIT})(?!百分点)")
_PARTS = Pattern(rf"(?:[^；（）]+（\d{{1,4}}{_UNIT}）[；，、]?){{2,}}。?")
_PART = Pattern(rf"（(?P<count>\d{{1,4}})(?P<unit>{_UNIT})）")
_FEWEST, _MOST_WRONG = 3, 0.25
_CAUSES = (
    "事实\t原因\n28个项目测评有待整改\t配置不到位（18个）；整改不彻底（10个）\n38个项目中29个晚于计划\t场地滞后（12个）；需求变更（8个）；联调（9个）\n"
    "21个项目培训没有覆盖\t人员变动（15个）；安排较晚（6个）\n17个项目未达目标\t推广不够（11个）；并行办理（6个）\n"
)


@rule(
    "count.closed",
    group=Group.COUNTS,
    title="列举后“等几个”与前面的个数相符",
    good=("38个项目中29个初验晚于计划，最长晚130天（37号、20号、1号等29个）。",),
    bad=("38个项目中29个初验晚于计划，最长晚130天（37号、20号、1号等19个）。",),
)
def closed(report: Report) -> Iterator[Result]:
    """The number that closes a shortened list is one of those that its sentence said before."""
    for sentence in report.sentences_with(_CLOSED):
        for match in _CLOSED.finditer(sentence.text):
            before = [
                item for item in _COUNT.finditer(sentence.text, 0, match.start()) if item["unit"] == match["unit"]
            ]
            at = sentence.start + match.start("count")
            facts = report.facts_within(sentence.place, at, at + len(match["count"]))
            if not before or not facts:
                continue
            same = [item for item in before if item["count"] == match["count"]]
            if same:
                yield agrees(*facts, *_facts(report, sentence.place, sentence.start, same[-1]))
            else:
                said = f"{before[-1]['count']}{match['unit']}"
                message = f"前面写{said}，名单后写“等{match['count']}{match['unit']}”"
                yield differs(sentence.place, f"{match['count']}{match['unit']}", said, message, facts=facts)  # fmt: skip


def _facts(report: Report, place: Place, start: int, match: re.Match[str]) -> tuple[Fact, ...]:
    return report.facts_within(place, start + match.start("count"), start + match.end("count"))


@rule(
    "sum.causes",
    group=Group.SUMS,
    title="各种原因的个数合起来等于同一行所说的个数",
    good=(_CAUSES,),
    bad=(_CAUSES.replace("（18个）", "（81个）"), _CAUSES.replace("21个项目", "12个项目")),
)
def causes(report: Report) -> Iterator[Result]:
    """A column of causes with a number each, against the counts of the same row; where most rows agree."""
    for table in report.document.tables:
        for column in range(table.width):
            rows = [row for row in table.rows[table.head :] if _PARTS.fullmatch(row[column].text.strip())]
            judged = [result for row in rows if (result := _summed(report, table, row, column))]
            wrong = sum(not right for right, _ in judged)
            if len(judged) >= _FEWEST and wrong <= _MOST_WRONG * len(judged):
                yield from (result for _, result in judged)


def _summed(report: Report, table: Table, row: Sequence[Cell], column: int) -> tuple[bool, Result] | None:
    """Whether the parts of a cell make a count of the cells beside it, and what is said of them."""
    parts = list(_PART.finditer(row[column].text))
    units = {part["unit"] for part in parts}
    told = [
        (cell, match)
        for at, cell in enumerate(row)
        if at != column and not cell.is_numeric
        for match in _COUNT.finditer(cell.text)
        if match["unit"] in units
    ]
    facts = tuple(fact for part in parts for fact in _facts(report, row[column].place, 0, part))
    if len(units) > 1 or not told or not facts:
        return None
    due = sum(int(part["count"]) for part in parts)
    working = f"{'+'.join(part['count'] for part in parts)}={due}"
    same = [(cell, match) for cell, match in told if int(match["count"]) == due]
    if same:
        cell, match = same[0]
        return True, agrees(*facts, *_facts(report, cell.place, 0, match))
    cell, match = told[0]
    shown = f"{match['count']}{match['unit']}"
    message = f"同一行写{shown}，“{table.headings[column]}”各项合起来是{due}{match['unit']}"
    return False, doubtful(
        cell.place, shown, f"{due}{match['unit']}", message, facts=(*facts, *_facts(report, cell.place, 0, match)),
        related=(row[column].place,), working=working, confidence=80,
    )  # fmt: skip
