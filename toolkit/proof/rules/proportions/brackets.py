"""Marks, shares and sums in brackets: （20分）18.80分、（30分）27.60分; 满意227份（40.25%）; 98.01%（12,986.10/13,250.00）."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.rates import ratio_bounds
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MARK = Pattern(
    r"[（(](?:满分|分值)?(?P<full>[0-9.]+)分[)）](?:得分?|实得)?(?P<won>[0-9.]+)分|(?P<first>[0-9.]+)分[（(]满分(?P<behind>[0-9.]+)分[)）]"
)
_HUNDRED = Decimal(100)
_LEAST = 3


@rule(
    "mark.listed",
    group=Group.SUMS,
    title="一句中各部分得分之和等于总得分",
    good=("得分92.50分，分项看，政策设计（20分）18.80分、政策实施（30分）27.60分、政策效果（50分）46.10分。",),
    bad=("得分92.50分，分项看，政策设计（20分）18.80分、政策实施（30分）26.70分、政策效果（50分）46.10分。",),
)
def marks(report: Report) -> Iterator[Result]:
    """Three and more parts with their full marks, of a hundred in all, against the score told in the paragraph."""
    for paragraph in report.document.paragraphs:
        found = list(_MARK.finditer(paragraph.text))
        full = [Decimal(match["full"] or match["behind"]) for match in found]
        if len(found) < _LEAST or sum(full) != _HUNDRED:
            continue
        inside = [fact for match in found for fact in report.facts_within(paragraph.place, match.start(), match.end())]
        before = [
            fact for fact in report.facts_at(paragraph.place)
            if fact.end <= found[0].start() and fact.kind is FactKind.SCORE and fact.exact and re.search("得(?:分)?(?:为)?$", fact.subject)
        ]  # fmt: skip
        due = sum((Decimal(match["won"] or match["first"]) for match in found), Decimal(0))
        yield from _rates(report.facts_at(paragraph.place), found)
        if before and before[-1].value == due:
            yield agrees(before[-1], *inside)
        elif before:
            right = f"{plain(due)}分"
            working = f"{'+'.join(match['won'] or match['first'] for match in found)}={right}"
            message = f"得分写{said(before[-1])}，{working}"
            yield differs(paragraph.place, said(before[-1]), right, message, facts=(before[-1],), working=working)


def _rates(facts: Sequence[Fact], found: Sequence[re.Match[str]]) -> Iterator[Result]:
    """得分率分别为: as many rates behind the parts, each of its own mark."""
    rates = [fact for fact in facts if fact.kind is FactKind.PERCENT and fact.start >= found[-1].end()]
    if len(rates) != len(found):
        return
    for match, rate in zip(found, rates, strict=True):
        won, full = Decimal(match["won"] or match["first"]), Decimal(match["full"] or match["behind"])
        if rate.meets(won / full, won / full):
            yield agrees(rate)
        else:
            right = f"{won / full * 100:.2f}%"
            yield differs(rate.place, rate.text, right, f"得分率写{rate.text}，{won}÷{full}={right}", facts=(rate,))


@rule(
    "share.bracket",
    group=Group.RATES,
    title="括号里的占比等于括号前的数除以总数",
    good=("收回有效问卷564份，非常满意282份（50.00%）、满意227份（40.25%）、一般41份（7.27%）、不满意14份（2.48%）。",),
    bad=("收回有效问卷564份，非常满意282份（50.00%）、满意227份（42.05%）、一般41份（7.27%）、不满意14份（2.48%）。",),
)
def brackets(report: Report) -> Iterator[Result]:
    """Two and more numbers in a row, each with its share in brackets: of their sum, or of a number before them."""
    for sentence in report.prose:
        if len(sentence.facts) < 2:
            continue
        facts = [fact for fact in sentence.facts if fact.exact]
        pairs = [
            (part, share)
            for part, share in pairwise(facts)
            if share.kind is FactKind.PERCENT
            and part.kind in (FactKind.COUNT, FactKind.MONEY)
            and re.fullmatch(
                r"[（(](?:占比?)?", sentence.text[part.end - sentence.start : share.start - sentence.start]
            )
        ]
        if len(pairs) > 1 and len({part.unit for part, _ in pairs}) == 1:
            yield from _shares(
                pairs, [fact for fact in facts if fact.unit == pairs[0][0].unit and fact.start < pairs[0][0].start]
            )


def _shares(pairs: Sequence[tuple[Fact, Fact]], before: Sequence[Fact]) -> Iterator[Result]:
    parts = [part for part, _ in pairs]
    whole = replace(parts[0], value=sum((part.value or Decimal(0) for part in parts), Decimal(0)))
    best = max((whole, *before), key=lambda of: sum(_fits(part, share, of) for part, share in pairs))
    fits = [_fits(part, share, best) for part, share in pairs]
    if sum(fits) < max(1, len(pairs) - 1):
        return
    for (part, share), fit in zip(pairs, fits, strict=True):
        if fit:
            yield agrees(share, part)
        else:
            right = f"{part.base / best.base * 100:.2f}%"
            message = f"括号里写{said(share)}，{said(part)}占{right}"
            yield differs(
                share.place, said(share), right, message, facts=(share, part), working=f"{said(part)}÷总数={right}"
            )


def _fits(part: Fact, share: Fact, whole: Fact) -> bool:
    bounds = ratio_bounds(part, whole)
    return bounds is not None and share.meets(*bounds)


_BRACKETED = Pattern(
    r"[（(](?P<left>[\d.,]+[^\d（）()×*÷/，。；]{0,5})(?P<sign>[×*÷/])(?P<right>[\d.,]+[^\d（）()×*÷/，。；]{0,6})[)）]"
)


@rule(
    "rate.bracketed",
    group=Group.RATES,
    title="括号里的算式得出括号前的数",
    good=("执行率为98.01%（12,986.10/13,250.00）。费用9,132.48万元（1,268.40万平方米×7.20元），占一半。\n",),
    bad=("执行率为98.10%（12,986.10/13,250.00）。\n", "费用9,312.48万元（1,268.40万平方米×7.20元）。\n"),
)
def bracketed(report: Report) -> Iterator[Result]:
    """A number and behind it, in brackets, a product or a quotient of two."""
    for place, text in report.document.texts_with(_BRACKETED, least=5):
        for match in _BRACKETED.finditer(text):
            inside = [fact for fact in report.facts_within(place, match.start(), match.end()) if fact.exact]
            before = [fact for fact in report.facts_at(place) if fact.end == match.start() and fact.exact]
            if len(inside) != 2 or not before:
                continue
            left, right = inside
            if match["sign"] in "÷/":
                bounds = ratio_bounds(left, right)
                due = left.base / right.base if right.base else Decimal(0)
            else:
                due = left.base * right.base
                bounds = (left.low * right.low, left.high * right.high)
            if bounds is not None and before[0].meets(*bounds):
                yield agrees(before[0], left, right)
            elif due:
                shown = f"{due / before[0].scale:.2f}{before[0].unit}"
                message = f"写{said(before[0])}，括号里的算式得{shown}"
                yield differs(place, said(before[0]), shown, message, facts=(before[0], left, right), working=match[0])
