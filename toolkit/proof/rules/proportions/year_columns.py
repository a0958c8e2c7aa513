"""Changes that prose tells of a line whose table has a column for this year and one for the year before."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, lines_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import Trial, slipped, told
from toolkit.proof.units import QUANTITIES
from toolkit.text.patterns import Pattern

_TABLE = (
    "子项\t支出（万元）\t上年支出（万元）\t同比增减（万元）\n专网运维\t263.20\t275.60\t-12.40\n安全服务\t125.80\t102.90\t22.90\n"
    "软件运维\t316.20\t301.50\t14.70\n合计\t705.20\t680.00\t25.20\n"
)
_BEFORE = Pattern("^(?:上年度?|上一年度?|去年|上期|基期|上年同期)(?P<what>.+)$")
_CHANGED = Pattern(r"(?:增加|减少|增长|下降|降低|提高|多|少|增幅|降幅)(?:了|为|达)?$")
_TOTAL = Pattern("总额|总量|合计|全部|总支出|总数")


@rule(
    "line.year_before",
    group=Group.RATES,
    title="增减额和增减幅度与表中本年、上年两列相符",
    good=(f"{_TABLE}\n\n与上年相比，支出总额增加25.20万元，增长3.71%。其中专网运维减少12.40万元，下降4.50%。",),
    bad=(
        f"{_TABLE}\n\n与上年相比，支出总额增加25.20万元，增长7.31%。",
        f"{_TABLE}\n\n其中专网运维减少12.40万元，下降4.71%。",
        f"{_TABLE}\n\n安全服务增加29.20万元，增长22.25%。",
    ),
)
def changes(report: Report) -> Iterator[Result]:
    """Amounts and rates of change behind the name of a line, or of the total line where a total is meant."""
    pairs = [(line, *pair) for line in lines_of(report) for pair in _pairs(line)]
    names = sorted({name for line, *_ in pairs if not line.total for name in line.names}, key=len, reverse=True)
    for sentence in report.prose_with(_CHANGED) if pairs else ():
        for at, fact in enumerate(sentence.facts):
            words = sentence.text[: fact.start - sentence.start]
            if not fact.exact or fact.kind not in (*QUANTITIES, FactKind.PERCENT) or not _CHANGED.search(words):
                continue
            if fact.kind is FactKind.PERCENT and not _goes_on(sentence, at):
                continue
            yield from _compared(fact, words, names, pairs)


def _pairs(line: Line) -> Iterator[tuple[Fact, Fact]]:
    """Of a line the numbers under a heading and under the same with 上年 before it."""
    cells: Mapping[str, Fact] = line.cells
    for heading, old in cells.items():
        match = _BEFORE.match(heading)
        new = cells.get(match["what"]) if match else None
        if new is not None and old.base > 0:
            yield new, old


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether a rate stands right behind the amount that it is of: 减少12.40万元，下降4.50%."""
    before = sentence.facts[at - 1] if at else None
    between = sentence.text[before.end - sentence.start : sentence.facts[at].start - sentence.start] if before else ""
    return (
        before is not None
        and before.kind in QUANTITIES
        and re.fullmatch("[，,（(]?[\u4e00-\u9fff]{2,4}", between) is not None
    )


def _compared(fact: Fact, words: str, names: list[str], pairs: list[tuple[Line, Fact, Fact]]) -> Iterator[Result]:
    part = re.split("[；。]|其中", words)[-1]
    named = next((name for name in names if name in part), "")
    if not named and not _TOTAL.search(part):
        return
    known = [(new, old) for line, new, old in pairs if (named in line.names if named else line.total)]
    trials = [trial for new, old in known if (trial := _due(fact, new, old)) is not None]
    fitting = next((trial for trial in trials if fact.meets(trial.low, trial.high)), None)
    if fitting is not None:
        yield agrees(fact, *fitting.facts)
    elif len(trials) == 1 and (fact.kind is FactKind.PERCENT or slipped(fact, trials[0].due)):
        yield told(fact, trials[0], f"“{named or '合计'}”写{'' if fact.kind is FactKind.PERCENT else '增减'}", doubtful)


def _due(fact: Fact, new: Fact, old: Fact) -> Trial | None:
    off = new.rounding + old.rounding
    gap = abs(new.base - old.base)
    words = f"{said(new)}与上年{said(old)}之差"
    if fact.kind is not FactKind.PERCENT:
        same = fact.kind is new.kind or not new.unit
        return Trial(gap - off, gap + off, gap, (new, old), words) if same and fact.scale == new.scale else None
    due = gap / old.base
    half = off / old.base
    return Trial(max(due - half, Decimal(0)), due + half, due, (new, old), f"{words}÷{said(old)}")
