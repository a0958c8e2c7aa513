"""A name of a table's line with a number right behind it: 石桥镇8,400亩, 双河镇，为983.40万元, against the line."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, Yields, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import names_in
from toolkit.proof.lines import lines_by_name, lines_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, is_repeated, slipped, spots
from toolkit.proof.units import counted
from toolkit.text.patterns import Pattern

_BEHIND = Pattern(r"^(?:[，,]?(?:为|有|共|达|达到|仅|仅为|计|共计|分别为))?[：:]?$")
_KINDS = (FactKind.MONEY, FactKind.COUNT)
_TABLE = "乡镇\t建设面积（亩）\t总投资（万元）\n白杨镇\t9,200\t1,495.00\n石桥镇\t8,400\t1,344.00\n双河镇\t6,000\t983.40\n全县\t23,600\t3,822.40\n"


@rule(
    "line.named",
    group=Group.SAME_FACT,
    yields=Yields.HERE,
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
        if not name:
            yield from _slipped_beside(report, spot)
            continue
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


def _slipped_beside(report: Report, spot: Spot) -> Iterator[Result]:
    """第三批26家企业的2,170.00万元: one digit off the only number of the unit in the line that the clause names."""
    fact, clause = spot.fact, re.split("[，；：]", spot.sentence)[-1]
    names = names_in(report, clause)
    if len({name for *_, name in names}) != 1 or is_repeated(report, fact):
        return
    cells = {c.base: c for line in lines_by_name(report).get(names[0][2], ()) for c in line.cells.values()}
    alike = [c for c in cells.values() if c.unit and counted(c) == counted(fact) and c.kind is fact.kind]
    if len(alike) == 1 and not alike[0].meets(fact.low, fact.high) and slipped(fact, alike[0].base):
        cell, name = alike[0], names[0][2]
        message = f"“{name}”写{said(fact)}，表中是{said(cell)}，只差一位或两位颠倒"
        yield doubtful(fact.place, said(fact), said(cell), message, facts=(fact,), related=(cell.place,), confidence=75)


def _per(tail: str) -> str:
    """公里 of 3.20元/公里."""
    match = re.match(r"[/／](?P<per>[\u4e00-\u9fff]{1,2})", tail)
    return match["per"] if match else ""


def _per_of_cell(cell: Fact) -> str:
    match = re.search(r"[/／](?P<per>[\u4e00-\u9fff]{1,2})[^（）()]*[)）]$", cell.subject)
    return match["per"] if match else ""


def _name_before(report: Report, sentence: str) -> str:
    """The line's name at the end of some words, 为 and the like left out."""
    names = lines_by_name(report)
    for size in range(10, 1, -1):
        for cut in (0, 1, 2, 3):
            words = sentence[: len(sentence) - cut] if cut else sentence
            if words[-size:] in names and not words[-size:][0].isdigit() and _BEHIND.match(sentence[len(words) :]):
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
