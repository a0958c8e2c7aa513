"""中风险项共60个: what prose calls the total of a heading, against the total row under that heading."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import GROUPS, holds, lines_of, names_within, unlike
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.scope import is_earlier, is_of_some, is_planned
from toolkit.proof.trials import spots_with
from toolkit.text.patterns import Pattern

_TOTAL = Pattern(
    r"(?:^|[，。；：、])(?:全部|全年|各[\u4e00-\u9fff]{0,4})?(?P<words>[\u4e00-\u9fff]{3,10}?)(?:共计?|合计|总计)(?:为|有)?$"
)
_MEANS = frozenset({"平均", "平均分", "平均值", "均值", "平均数"})
_TABLE = "系统\t测评得分\t中风险项（个）\n协同办公系统\t88.6\t24\n政务服务系统\t86.2\t16\n视频会议系统\t76.2\t20\n合计\t\t60\n"


@rule(
    "same.column_total",
    group=Group.SAME_FACT,
    named=True,
    title="正文说的某列合计与表的合计行相同",
    good=(
        f"{_TABLE}\n\n高风险项已清零；中风险项共60个。",
        f"{_TABLE}\n\n其中协同办公系统和视频会议系统两个系统中风险项共44个。",
        f"{_TABLE}\n\n2023年测评时中风险项共84个。2个系统得分低于88分，中风险项共36个。",
    ),
    bad=(f"{_TABLE}\n\n高风险项已清零；中风险项共64个。",),
)
def totals(report: Report) -> Iterator[Result]:
    """The words before 共 are a heading of one table only, and the sentence names none of its lines and no other year."""
    known = _totals(report)
    for spot in spots_with(report, _TOTAL) if known else ():
        match = _TOTAL.search(spot.sentence)
        cells = known.get(match["words"], ()) if match else ()
        if len(cells) != 1 or not spot.fact.value or not _is_of_all(report, spot.fact, spot.sentence):
            continue
        cell = cells[0]
        if unlike(cell, spot.fact) or FactKind.PERCENT in (cell.kind, spot.fact.kind):
            continue
        if holds(spot.fact, cell):
            yield agrees(spot.fact, cell)
        else:
            message = f"写{said(spot.fact)}，表的合计行是{said(cell)}"
            yield differs(
                spot.fact.place, said(spot.fact), said(cell), message, facts=(spot.fact, cell), related=(cell.place,),
                confidence=85,
            )  # fmt: skip


@once
def _totals(report: Report) -> Mapping[str, Sequence[Fact]]:
    """Heading → the numbers that rows of totals have under it, of all tables."""
    found: dict[str, list[Fact]] = {}
    for line in lines_of(report):
        if line.total and 0 < line.table < GROUPS and line.names[0] not in _MEANS:
            for heading, cell in line.cells.items():
                found.setdefault(heading, []).append(cell)
    return found


def _is_of_all(report: Report, fact: Fact, sentence: str) -> bool:
    """Whether the sentence narrows nothing: no line of a table, no year, no plan, no group is named before."""
    text = report.texts[fact.place]
    some = is_of_some(text, fact.start) or is_earlier(text, fact.start) or is_planned(text, fact.start)
    return not some and not names_within(report, sentence) and not _NARROWED.search(sentence)


_NARROWED = Pattern(
    "20[0-9]{2}年|[0-9]{1,2}月|季度|[上下]半年|上年|去年|其中|[^全]部分|此外|另|(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})[个家项所类处户]"
)
