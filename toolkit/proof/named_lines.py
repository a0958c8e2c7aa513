"""Lines of tables that a sentence names before a number, and the words in which that number is called wrong."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Result, Say
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, lines_by_name, lines_of, names_within
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, spots
from toolkit.text import plain
from toolkit.text.patterns import Pattern

SPENT = (
    "县区\t下达资金（万元）\t支出（万元）\t支出率（%）\n"
    "清源县\t2,900.00\t2,784.00\t96.00\n"
    "双河县\t2,600.00\t2,444.00\t94.00\n"
    "石桥区\t2,100.00\t1,953.00\t93.00\n"
    "云台区\t1,050.00\t840.00\t80.00\n"
    "全市\t8,650.00\t8,021.00\t92.73\n"
)
"""Money by county, with a rate and a total line: an example for the rules of lines."""
BUILT = (
    "指标\t计量单位\t计划数\t实际数\t完成率\n"
    "水厂改造\t座\t180\t171\t95.00%\n"
    "管网延伸\t公里\t860\t817\t95.00%\n"
    "供水入户\t户\t35,000\t36,400\t104.00%\n"
)
"""Planned and done, each line in a unit of its own: another example."""
FEWEST = 3
"""So many lines or digits are more than chance."""
FAR = 40
"""Characters before a number in which a heading is looked for."""
RATES = (FactKind.PERCENT, FactKind.POINTS)


def lines_before(report: Report, spot: Spot, text: str) -> list[list[Line]]:
    """The lines whose names stand in the sentence before the number, nearest first, each with all of its tables."""
    start = max((text.rfind(mark, 0, spot.fact.start) for mark in "。；\n"), default=-1) + 1
    words = text[max(start, spot.fact.start - FAR * 2) : spot.fact.start]
    found = {name: words.rfind(name) for name in names_within(report, words)}
    names = [name for name in found if not any(name != other and name in other for other in found)]
    return [lines_by_name(report)[name] for name in sorted(names, key=lambda name: -found[name])]


def line_spots(report: Report) -> Iterator[tuple[Spot, str]]:
    """Every number of prose that is not 0, with the text it stands in; none where no table has lines."""
    texts = report.texts
    for spot in spots(report) if lines_of(report) else ():
        if spot.fact.value:
            yield spot, texts[spot.fact.place]


def lines_in_a_row(report: Report, spot: Spot, text: str) -> list[Line]:
    """The lines of one table whose names stand in a row before the number, no other number between."""
    start = max((text.rfind(mark, 0, spot.fact.start) for mark in "。；\n"), default=-1) + 1
    before = [fact for fact in spot.before if not _COUNT.fullmatch(fact.text)]  # 甲、乙、丙三个部门合计
    start = max(start, before[-1].end if before else 0)
    row = re.search(r"[^，。；：]*?、[^，。；：0-9]*", text[start : spot.fact.start])
    names = names_within(report, row[0]) if row else []
    names = [name for name in names if not any(name != other and name in other for other in names)]
    tables = [{line.table: line for line in lines_by_name(report)[name]} for name in names]
    shared = set.intersection(*(set(lines) for lines in tables)) if len(tables) > 1 else set()
    items = len(re.split("、|和", row[0])) if row else 0
    return [lines[min(shared)] for lines in tables] if shared and items == len(names) else []


def shared_headings(lines: Sequence[Line]) -> list[str]:
    """The headings under which every line has a number, in the order of the first line."""
    return [heading for heading in lines[0].cells if all(heading in line.cells for line in lines)]


_COUNT = Pattern("[两三四五六七八九十][个家项类条户所座]?")


def rounds_to(fact: Fact, due: Decimal) -> bool:
    """Whether a value in the unit of a number can have been printed as that number."""
    return abs((fact.value or Decimal(0)) - due) <= fact.step / 2


def unlike_table(fact: Fact, due: Decimal, cells: Sequence[Fact], working: str, say: Say) -> Result:
    """A number that is not what cells of a table make.

    Args:
        fact: the number.
        due: what it should be, in its unit.
        cells: what it was reckoned from; the first few are named as related places.
        working: how, in words.
        say: ``differs`` or ``doubtful``.
    """
    right = f"{plain(round(due, max(2, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    return say(
        fact.place, said(fact), right, f"写{said(fact)}，按表{working}={right}", facts=(fact, *cells),
        working=f"{working}={right}", related=tuple(cell.place for cell in cells[:FEWEST]), confidence=80,
    )  # fmt: skip


def digits_of(fact: Fact) -> int:
    """How many digits a number has, without zeros at its ends."""
    return len(re.sub(r"\D", "", fact.text).strip("0"))
