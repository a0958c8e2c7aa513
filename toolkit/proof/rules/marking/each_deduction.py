"""缺4次，每缺1次扣0.25分，扣1分: so many, so much for each, and what it comes to."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report, Sentence
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MARK = r"[0-9]+(?:\.[0-9]+)?"
_EACH = Pattern(
    rf"(?P<many>[0-9]{{1,3}})(?P<unit>[份次项个处条家台])(?!百分点|月|工作日)[^，。；0-9]{{0,16}}，每(?:缺少?|少|有|出现|逾期|延迟)?(?:1|一)?(?:(?P=unit)|(?![份次项个处条家台]))[^，。；0-9]{{0,4}}"
    rf"扣(?P<each>{_MARK})分，(?:共|合计|应)?扣(?:减|除)?(?P<all>{_MARK})分"
)
_CAPPED = Pattern("扣完为止|最多扣|上限")
_NOTHING_LEFT = Pattern(r"得0(?:\.0+)?分")


@rule(
    "mark.each",
    group=Group.SUMS,
    title="扣分等于个数乘以每个扣的分",
    good=(
        "应召开14次，缺4次，每缺1次扣0.25分，扣1分。其中5项没有衡量标准，每项扣0.3分，扣1.5分。",
        "6个街道月均登录不足20次，每个扣0.2分，扣1.2分。",
        "实际偏差7.3%，超过3个百分点，每个百分点扣0.1分，扣0.73分。",
        "发现问题数5项，每项扣2.5分，扣10.00分，得0.00分。",
    ),
    bad=(
        "其中4项没有衡量标准，每项扣0.3分，扣1.5分。",
        "缺4次，每缺1次扣0.25分，扣1.25分。",
        "发现问题数3项，每项扣2.5分，扣10.00分，得0.00分。",
        "发现问题数5项，每项扣2.5分，扣10.00分，得10.00分。",
    ),
)
def products(report: Report) -> Iterator[Result]:
    """Three numbers in a row of which the last is the product of the others; of a mark no more is taken than it has."""
    for sentence in report.prose_with(_EACH):
        for match in _EACH.finditer(sentence.text) if "每" in sentence.text else ():
            if not _CAPPED.search(sentence.text):
                yield from _judged(report, sentence, match)


def _judged(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    due = int(match["many"]) * Decimal(match["each"])
    facts = report.facts_within(sentence.place, sentence.start + match.start(), sentence.start + match.end())
    if due == Decimal(match["all"]):
        yield from (agrees(*facts) for _ in facts[:1])
    elif due < Decimal(match["all"]) or not _NOTHING_LEFT.search(sentence.text, match.end()):
        working = f"{match['each']}×{match['many']}={plain(due)}"
        message = f"{match['many']}{match['unit']}每{match['unit']}扣{match['each']}分，应扣{plain(due)}分，写扣{match['all']}分"
        yield differs(
            sentence.place, f"{match['all']}分", f"{plain(due)}分", message, facts=facts, working=working, confidence=85
        )
