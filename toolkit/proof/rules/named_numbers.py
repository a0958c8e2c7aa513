"""A name of a table's line with a number right behind it: 石桥镇8,400亩, 双河镇，为983.40万元, against the line."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import lines_by_name, lines_of
from toolkit.proof.report import Report
from toolkit.proof.rules.same_fact import said
from toolkit.proof.trials import is_repeated, spots
from toolkit.proof.units import counted

_BEHIND = re.compile(r"^(?:[，,]?(?:为|有|共|达|达到|仅|仅为|计|共计|分别为))?[：:]?$")
_KINDS = (FactKind.MONEY, FactKind.COUNT)
_TABLE = "乡镇\t建设面积（亩）\t总投资（万元）\n白杨镇\t9,200\t1,495.00\n石桥镇\t8,400\t1,344.00\n双河镇\t6,000\t983.40\n全县\t23,600\t3,822.40\n"


@rule(
    "line.named",
    group=Group.SAME_FACT,
    title="名称之后紧接的数与表中该行同单位的数相同",
    good=(f"{_TABLE}\n\n白杨镇9,200亩、石桥镇8,400亩。最少的是双河镇，为983.40万元。白杨镇补助120万元。",),
    bad=(
        f"{_TABLE}\n\n白杨镇9,200亩、石桥镇8,600亩。",
        f"{_TABLE}\n\n最少的是石桥镇，为983.40万元。",
        "线路\t里程（万公里）\t标准（元/公里）\t补贴（万元）\n甲线\t168.00\t3.20\t537.60\n乙线\t140.00\t2.60\t364.00\n\n甲线3.20元/公里、乙线2.80元/公里。",
    ),
)
def named(report: Report) -> Iterator[Result]:
    """A number whose unit only one column of the line has: it is that cell, unless it stands elsewhere, too."""
    for spot in spots(report) if lines_of(report) else ():
        fact = spot.fact
        if fact.kind not in _KINDS or not fact.unit or not fact.value:
            continue
        name = _name_before(report, spot.sentence)
        lines = [*lines_by_name(report).get(name, ()), *(line for line in lines_of(report) if name in line.names[:-1])]
        cells = [cell for line in lines for cell in line.cells.values()] if name else []
        alike = [cell for cell in cells if cell.unit and counted(cell) == counted(fact) and cell.kind is fact.kind]
        alike = [cell for cell in alike if _per_of_cell(cell) == _per(spot.tail)]
        if any(cell.meets(fact.low, fact.high) for cell in alike):
            yield agrees(fact, next(cell for cell in alike if cell.meets(fact.low, fact.high)))
        elif len({cell.base for cell in alike}) == 1 and len(cells) > 1:
            cell = alike[0]
            message = f"“{name}”写{said(fact)}，表中是{said(cell)}"
            if _elsewhere(report, fact) or not is_repeated(report, fact):
                yield doubtful(
                    fact.place, said(fact), said(cell), message, facts=(fact,), related=(cell.place,), confidence=80
                )


def _per(tail: str) -> str:
    """公里 of 3.20元/公里."""
    match = re.match(r"[/／](?P<per>[\u4e00-\u9fff]{1,2})", tail)
    return match["per"] if match else ""


def _per_of_cell(cell: Fact) -> str:
    match = re.search(r"[/／](?P<per>[\u4e00-\u9fff]{1,2})[^（）()]*[)）]$", cell.subject)
    return match["per"] if match else ""


def _name_before(report: Report, sentence: str) -> str:
    """The line's name at the end of some words, 为 and the like left out."""
    for size in range(10, 1, -1):
        for cut in (0, 1, 2, 3):
            words = sentence[: len(sentence) - cut] if cut else sentence
            if (
                words[-size:] in lines_by_name(report)
                and not words[-size:][0].isdigit()
                and _BEHIND.match(sentence[len(words) :])
            ):
                return words[-size:]
    return ""


def _elsewhere(report: Report, fact: Fact) -> bool:
    """Whether another line has the number under a heading of the same unit: it is told of the wrong name."""
    return any(
        cell.base == fact.base and counted(cell) == counted(fact)
        for line in lines_of(report)
        if not line.total
        for cell in line.cells.values()
    )
