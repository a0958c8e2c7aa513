"""三季度受理量较二季度增加3,639件，增长22.41%: from one line of a table to another, which way and by how much."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import columns_of, names_in
from toolkit.proof.lines import as_printed, lines_of, unlike
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_CHANGE = Pattern(
    r"(?:比|较)(?P<other>[^，。；：]{2,16}?)(?:的)?(?P<way>增加|减少|多|少|上升|下降|提高|降低)(?:了)?(?P<gap>[0-9][0-9,.]*)[^，。；0-9]{1,3}"
    r"(?:，(?:同比|环比)?(?P<turn>增长|上升|下降|降低|减少|增幅|降幅)(?:了|为)?(?P<rate>[0-9.]+)%)?"
)
_UP = ("增加", "多", "上升", "提高", "增长", "增幅")
_TABLE = "季度\t受理（件）\n第一季度\t13,104\n第二季度\t16,238\n第三季度\t19,877\n第四季度\t17,201\n"
_GOOD = f"{_TABLE}\n\n第三季度受理量较第二季度增加3,639件，增长22.41%；第四季度较第三季度减少2,676件。"


@dataclass(frozen=True, slots=True)
class _Step:
    """The numbers of both lines under the heading whose gap is told."""

    new: Fact
    old: Fact


@rule(
    "line.change",
    group=Group.RANKINGS,
    title="表中一行比另一行增减的方向和幅度与两行的数相符",
    good=(_GOOD,),
    bad=(_GOOD.replace("22.41%", "24.21%"), _GOOD.replace("减少2,676件", "增加2,676件")),
)
def changes(report: Report) -> Iterator[Result]:
    """Where the gap is that of two named lines under a heading: the way, and the rate by the line compared with."""
    for sentence in report.prose_with(_CHANGE) if lines_of(report) else ():
        for match in _CHANGE.finditer(sentence.text):
            steps = list(_steps(report, sentence, match))
            if steps:
                yield from _judged(report, sentence, match, steps)


def _steps(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[_Step]:
    part = re.split("[。；]", sentence.text[: match.start()])[-1]
    before, after = names_in(report, part), names_in(report, match["other"])
    gap = next(iter(_facts(report, sentence, match, "gap")), None)
    if not before or not after or gap is None or not gap.exact or gap.kind is FactKind.PERCENT:
        return
    one, other = before[-1][2], after[-1][2]
    for column in columns_of(report, one):
        if one == other or other not in column.facts or unlike(column.facts[one], gap):
            continue
        new, old = column.facts[one], column.facts[other]
        if abs(as_printed(new, gap) - as_printed(old, gap)) == gap.value and gap.value:
            yield _Step(new, old)


def _facts(report: Report, sentence: Sentence, match: re.Match[str], group: str) -> tuple[Fact, ...]:
    start, end = match.span(group)
    return report.facts_within(sentence.place, sentence.start + start, sentence.start + end) if start >= 0 else ()


def _judged(report: Report, sentence: Sentence, match: re.Match[str], steps: Sequence[_Step]) -> Iterator[Result]:
    gap, rate = _facts(report, sentence, match, "gap"), _facts(report, sentence, match, "rate")
    ways = {step.new.base > step.old.base for step in steps}
    rises = match["way"] in _UP
    if ways == {not rises}:
        step = steps[0]
        right = "减少" if rises else "增加"
        message = f"写“{match['way']}”，表中由{said(step.old)}到{said(step.new)}是{right}"
        yield differs(
            sentence.place, f"{match['way']}{said(gap[0])}", f"{right}{said(gap[0])}", message,
            facts=gap, related=(step.new.place, step.old.place), confidence=85,
        )  # fmt: skip
        return
    yield agrees(*gap, steps[0].new, steps[0].old)
    dues = {abs(step.new.base - step.old.base) / step.old.base: step for step in steps if step.old.base}
    if not rate or not dues or any(rate[0].meets(due, due) for due in dues):
        yield from (agrees(*rate, *gap) for _ in rate[:1])
    elif len(dues) == 1:
        due, step = next(iter(dues.items()))
        right = f"{due * _HUNDRED:.2f}%"
        message = f"写{rate[0].text}，{said(gap[0])}÷{said(step.old)}={right}"
        yield differs(
            sentence.place, rate[0].text, right, message,
            facts=(*rate, *gap), related=(step.old.place,), confidence=90,
        )  # fmt: skip


_HUNDRED = Decimal(100)
