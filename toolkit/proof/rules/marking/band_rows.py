"""Bands of grades that stand in rows: each ends where the one above it begins, and no grade stands twice."""

from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.grade_cells import GRADES
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_BAND = Pattern(
    r"(?P<low>[0-9]{2,3})分?(?:[（(]含[)）])?(?:以上|至(?P<high>[0-9]{2,3})分?(?:[（(]不含[)）])?)|(?P<under>[0-9]{2,3})分?以下"
)
_HEADING = Pattern("区间|分数段|标准|范围")
_FEWEST = 3
_GOOD = "等级\t得分区间\t项目数\n优\t90分（含）以上\t15\n良\t80分（含）至90分\t17\n中\t60分（含）至80分\t5\n差\t60分以下\t1\n"


@rule(
    "grade.band_rows",
    group=Group.GRADES,
    title="表中等级不重复、区间相接",
    good=(_GOOD,),
    bad=(_GOOD.replace("至90分", "至95分"), _GOOD.replace("60分以下", "70分以下"), _GOOD.replace("中\t60", "良\t60")),
)
def rows(report: Report) -> Iterator[Result]:
    """Tables whose rows are grades, from the best down."""
    for table in report.document.tables:
        found = [row for row in table.rows[table.head :] if row[0].label and row[0].label in GRADES]
        column = next((at for at, heading in enumerate(table.headings) if at and _HEADING.search(heading)), None)
        if len(found) < _FEWEST or column is None:
            continue
        yield from _grades(table, found)
        bands = [(row[column], _BAND.fullmatch(row[column].text.replace(" ", "").strip())) for row in found]
        for (above, upper), (cell, lower) in pairwise(bands):
            if upper and lower and upper["low"] and (end := lower["high"] or lower["under"]):
                facts = (*report.facts_at(above.place)[:1], *report.facts_at(cell.place)[-1:])
                if end == upper["low"]:
                    yield from (agrees(*facts),) if facts else ()
                else:
                    message = f"上一等级从{upper['low']}分起，这一等级到{end}分止，不相接"
                    yield differs(cell.place, end, upper["low"], message, facts=facts, related=(above.place,))


def _grades(table: Table, found: list[tuple[Cell, ...]]) -> Iterator[Result]:
    """One row a grade: the same cell twice in a row is one of several rows of it."""
    labels = [row[0].label for row in found]
    if len(found) != len(table.rows) - table.head or len(set(labels)) != len(labels) - 1:
        return
    row = next(row for at, row in enumerate(found) if labels.index(row[0].label) < at)
    missing = next((grade for grade in GRADES if grade not in labels), "")
    yield doubtful(row[0].place, row[0].label, missing, f"等级“{row[0].label}”有两行，没有“{missing}”")
