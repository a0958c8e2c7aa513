"""So many times what is named and told elsewhere: 四季度188,000件，为一季度的1.59倍, 2023年支出是2022年的2.23倍."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, as_printed, bare, holds, lines_by_name, lines_of, unlike
from toolkit.proof.records import label_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TIMES = Pattern(
    r"(?:^|[，；。])(?P<subject>[^，；。]*?)(?:是|为|相当于|达到?)(?P<what>(?:20[0-9]{2}年(?:同期)?|[\u4e00-\u9fff]{2,10}?))的(?P<times>[0-9]+(?:\.[0-9]+)?)倍"
)
_PERIOD = Pattern(r"20[0-9]{2}年|[上下]半年|第?[一二三四]季度")
_TABLE = "季度\t办件量（件）\n一季度\t118,000\n二季度\t146,000\n四季度\t188,000\n"


@rule(
    "ratio.named",
    group=Group.RATES,
    title="是某项的几倍，与两项的数相符",
    good=(
        f"四季度办件188,000件，为一季度的1.59倍。\n{_TABLE}",
        "2023年12个项目支出2,918.63万元。2022年支出1,308.36万元，2023年支出是2022年的2.23倍。",
    ),
    bad=(
        f"四季度办件188,000件，为一季度的1.95倍。\n{_TABLE}",
        "2023年12个项目支出2,918.63万元。2022年支出1,308.36万元，2023年支出是2022年的3.23倍。",
        "项目\t合同金额（万元）\n甲监管系统\t259.60\n乙云平台\t345.00\n丙网络\t498.50\n\n（一）甲监管系统\n追回基金468.50万元，为合同金额的1.08倍。",
    ),
)
def times(report: Report) -> Iterator[Result]:
    """The number right before, or that of the period named, by what is called so in the paragraph or the tables."""
    titles = _titles(report)
    for sentence in report.prose_with(_TIMES):
        for match in _TIMES.finditer(sentence.text) if "倍" in sentence.text else ():
            told = report.facts_within(
                sentence.place, sentence.start + match.start("times"), sentence.start + match.end()
            )
            tops = _tops(report, sentence, match)
            pairs = [(top, fact) for top in tops for fact in _bottoms(report, sentence, match, top, titles)]
            if told and told[0].value and pairs:
                yield from _judged(told[0], pairs)


def _titles(report: Report) -> Mapping[Place, str]:
    """The name of the row that the section of a paragraph is about."""
    found, title = {}, ""
    for paragraph in report.document.paragraphs:
        label = label_of(paragraph.text)
        title = label if paragraph.level or label in lines_by_name(report) else title
        found[paragraph.place] = title
    return found


def _tops(report: Report, sentence: Sentence, match: re.Match[str]) -> list[Fact]:
    at = sentence.start + match.start("subject")
    before = [fact for fact in report.facts_at(sentence.place) if fact.end <= at and _is_amount(fact)]
    period = _PERIOD.search(match["subject"])
    if period:
        return [fact for fact in before if period[0] in fact.subject]
    return before[-1:] if not match["subject"].strip() and before and before[-1].end + 1 >= at else []


def _is_amount(fact: Fact) -> bool:
    return fact.kind in QUANTITIES and fact.exact and bool(fact.value) and fact.kind is not FactKind.SCORE


def _bottoms(
    report: Report, sentence: Sentence, match: re.Match[str], top: Fact, titles: Mapping[Place, str]
) -> list[Fact]:
    what = match["what"].removesuffix("同期")
    near = [
        fact
        for fact in report.facts_at(sentence.place)
        if _is_amount(fact) and same_unit(fact, top) and what in fact.subject and fact is not top
    ]
    if not near:
        near = [cell for line in lines_by_name(report).get(what, ()) for cell in _beside(report, line, top)]
    if not near:
        lines = lines_by_name(report).get(titles.get(sentence.place, ""), ())
        near = [cell for line in lines for heading, cell in line.cells.items() if bare(heading) == what]
    return [fact for fact in near if not unlike(fact, top) and fact.base > 0]


def _beside(report: Report, line: Line, top: Fact) -> list[Fact]:
    """The cells of a line in the columns that have the number of another line."""
    others = [other for other in lines_of(report) if other.table == line.table and other is not line]
    headings = {heading for other in others for heading, cell in other.cells.items() if holds(top, cell)}
    return [cell for heading, cell in line.cells.items() if heading in headings]


def _ratio(top: Fact, bottom: Fact) -> Decimal:
    return (top.value or Decimal(0)) / as_printed(bottom, top)


def _judged(told: Fact, pairs: Sequence[tuple[Fact, Fact]]) -> Iterator[Result]:
    fitting = next((pair for pair in pairs if abs(_ratio(*pair) - (told.value or 0)) <= told.step / 2), None)
    if fitting is not None:
        yield agrees(told, *fitting)
    elif len({_ratio(top, bottom) for top, bottom in pairs}) == 1:
        top, bottom = pairs[0]
        right = f"{plain(round(_ratio(top, bottom), 2))}倍"
        working = f"{said(top)}÷{said(bottom)}={right}"
        yield differs(
            told.place, told.text, right, f"写{said(told)}，{working}", facts=(told, top, bottom), working=working,
            related=(top.place, bottom.place), confidence=80,
        )  # fmt: skip
