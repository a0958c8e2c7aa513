"""The indicators a paragraph says lost points, against the table below it; points met against the mark in full."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Paragraph, Table
from toolkit.proof.lines import bare, number_of
from toolkit.proof.records import body_rows, label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_LOST = Pattern(r"失分的(?:三级)?指标(?:是|为|有)(?P<names>(?:“[^”]+”[、和]?)+)(?=。|；|$)")
_NEAR = 4
"""So many blocks below the paragraph its table stands."""
_MET = Pattern(r"(?P<all>[0-9]+)个要点中(?P<met>[0-9]+)个符合，(?![^。]*扣)[^。]{0,8}得(?P<score>[0-9.]+)分")
_GOOD = "分值14.00分，得13.76分。失分的指标是“目标合理性”“指标明确性”。\n表5 “决策”指标评分\n三级指标\t分值\t得分\n立项依据\t3.00\t3.00\n目标合理性\t2.00\t1.88\n指标明确性\t2.00\t1.88\n"


@rule(
    "score.lost_list",
    group=Group.LOGIC,
    title="写明失分的指标与评分表相符",
    good=(_GOOD,),
    bad=(_GOOD.replace("“目标合理性”“", "“"), _GOOD.replace("“目标合理性”“", "“目标合理性”“立项依据”“")),
)
def lost(report: Report) -> Iterator[Result]:
    """All indicators of the next table whose score is below their mark, and no other."""
    blocks = report.document.blocks
    for at, block in enumerate(blocks):
        match = _LOST.search(block.text) if isinstance(block, Paragraph) and "失分的" in block.text else None
        table = next((near for near in blocks[at + 1 : at + 1 + _NEAR] if isinstance(near, Table)), None)
        if match is None or table is None or not isinstance(block, Paragraph):
            continue
        told = [label_of(name) for name in re.findall("“([^”]+)”", match["names"])]
        scored = _scored(report, table)
        if scored is None or not any(name in scored for name in told):
            continue
        wrong = [name for name in told if scored.get(name, True) is False]
        missing = [name for name, below in scored.items() if below and name not in told]
        for name in wrong:
            yield differs(
                block.place, name, "", f"写“{name}”失分，评分表中它得满分", related=(table.place,), confidence=85
            )
        for name in missing:
            yield differs(
                block.place, "", name, f"“{name}”没有得满分，失分的指标中没有它", related=(table.place,), confidence=85
            )


def _scored(report: Report, table: Table) -> dict[str, bool] | None:
    """Of each indicator of a table of scores, whether it lost points; None for another table."""
    headings = [bare(heading) for heading in table.headings]
    columns = [_at(headings, names) for names in (("三级指标", "指标名称"), ("计分值", "分值"), ("得分",))]
    name, mark, score = columns
    if name is None or mark is None or score is None:
        return None
    found = {}
    for row in body_rows(table):
        full, won = number_of(report, row[mark]), number_of(report, row[score])
        if full is not None and won is not None:
            found[label_of(row[name].text)] = won.base < full.base
    return found


def _at(headings: Sequence[str], names: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in names if name in headings), None)


@rule(
    "score.points_unmet",
    group=Group.LOGIC,
    title="没有全部符合的要点写明扣分",
    good=("3个要点中2个符合，未符合：要点2“单价有依据”，扣0.50分，得1.50分。3个要点全部符合，得3.00分。",),
    bad=("3个要点中2个符合，得3.00分。",),
)
def unmet(report: Report) -> Iterator[Result]:
    """Fewer points met than there are, and neither which is not met nor what it costs."""
    for place, text in report.document.texts_with(_MET, least=13):
        for match in _MET.finditer(text) if "个要点中" in text else ():
            facts = report.facts_within(place, match.start(), match.end())
            if int(match["met"]) < int(match["all"]):
                message = (
                    f"{match['all']}个要点中{match['met']}个符合，没有写哪个不符合、扣几分，就得{match['score']}分"
                )
                yield doubtful(place, match[0], "", message, facts=facts, confidence=75)
            else:
                yield from (agrees(*facts) for _ in facts[:1])
