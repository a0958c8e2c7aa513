"""共五项，投入19人，见表1: what a sentence tells of all against the total line of the table that it refers to."""

import re
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import said
from toolkit.proof.lines import Line, bare, holds, lines_of_table, unlike
from toolkit.proof.outline import captions, numeral
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_SEE = Pattern(r"(?:详?见|列于)(?P<sort>附表|表)(?P<number>[0-9]{1,2}|[一二三四五六七八九十])(?![-－.0-9])")
_FILL = Pattern("(?:为|共计|合计|共|达|总计|分别|约|是)+$")
_SHORTEST = 3
"""A shorter heading, 金额 or 人数, may be of something else."""
_TABLE = "表1 服务内容\n服务内容\t合同价（万元）\t投入人员（人）\n计算服务\t430.00\t3\n存储服务\t186.00\t2\n驻场服务\t86.00\t8\n合计\t702.00\t13\n"


@rule(
    "same.referred",
    group=Group.SAME_FACT,
    title="句中所说的总数与所引的表的合计行相同",
    good=(
        f"服务分三项，投入人员13人，各项情况见表1。\n{_TABLE}",
        f"其中驻场服务投入人员8人，各项情况见表1。\n{_TABLE}",
    ),
    bad=(f"服务分三项，投入人员12人，各项情况见表1。\n{_TABLE}",),
)
def totals(report: Report) -> Iterator[Result]:
    """A number whose words are a heading of the table that its sentence refers to, of no line of it."""
    known = _numbered(report)
    for sentence in report.prose_with(_SEE) if known else ():
        sees = {(match["sort"], numeral(match["number"])) for match in _SEE.finditer(sentence.text)}
        tables = [known[see] for see in sees if see in known]
        for table in tables if len(sees) == len(tables) == 1 else ():
            lines = lines_of_table(report, table.number)
            wholes = [line for line in lines if line.total]
            names = [name for line in lines if not line.total for name in line.names]
            if len(wholes) == 1 and not any(name in sentence.text for name in names):
                yield from _told(sentence, wholes[0])


def _told(sentence: Sentence, whole: Line) -> Iterator[Result]:
    for fact in sentence.facts if "其中" not in sentence.text else ():
        words = _FILL.sub("", re.split("[，、；：（(]", sentence.text[: fact.start - sentence.start])[-1])
        cell = next((cell for heading, cell in whole.cells.items() if _is_called(words, heading)), None)
        if cell is None or not fact.exact or unlike(cell, fact):
            continue
        if holds(fact, cell):
            yield agrees(fact, cell)
        else:
            message = f"写“{words}”{said(fact)}，所引的表合计是{said(cell)}"
            yield doubtful(
                fact.place, said(fact), said(cell), message, facts=(fact,), related=(cell.place,), confidence=80
            )


def _is_called(words: str, heading: str) -> bool:
    return len(heading) >= _SHORTEST and words == bare(heading)


def _numbered(report: Report) -> Mapping[tuple[str, int], Table]:
    """The tables that stand right behind a caption with a plain number of its own."""
    items = [item for item in captions(report.document) if item.number and not item.chapter]
    found: dict[tuple[str, int], Table] = {}
    for item in items:
        behind = [
            table for table in report.document.tables if 0 < table.place.block - item.paragraph.place.block <= _NEAR
        ]
        if behind and not any(
            0 < other.paragraph.place.block - item.paragraph.place.block <= _NEAR
            and other.paragraph.place.block < behind[0].place.block
            for other in items
        ):
            found[item.sort, item.number] = behind[0]
    return found


_NEAR = 2
"""A caption, the line of units, the table."""
