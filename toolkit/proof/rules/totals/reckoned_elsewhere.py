"""Numbers of prose that follow from what other paragraphs say: what is missing of a plan told elsewhere, bounds, wholes."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.marking.grades import least_scores
from toolkit.proof.trials import Trial, is_repeated, slipped, spots_with, told
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

_DUE = Pattern("应|计划|目标|预算|约定|任务|设计|批复")
_DONE = Pattern("实际|完成|到位|提取|合同|已|实有|建成|服务")
_MISSING = Pattern(
    r"(?:少|差|缺口|未到位|应[^，。；0-9]{1,3}未[^，。；0-9]{1,3}|节约|结余|超|多)(?:了|完成|开展|服务|建设?|铺设|修缮|支付|到位|提取|资金)*$"
)
_NEAR = 12


@rule(
    "gap.elsewhere",
    group=Group.SUMS,
    title="缺口、少完成的数等于别处写的应有数减实际数",
    good=("管护经费应提取168.00万元，实际提取126.00万元。\n管护经费不足，应提未提42.00万元。",),
    bad=("管护经费应提取168.00万元，实际提取126.50万元。\n管护经费不足，应提未提45.10万元。",),
)
def gaps(report: Report) -> Iterator[Result]:
    """应提未提42万元, against 应提取168万元，实际提取126万元 of another paragraph."""
    pairs = list(_pairs(report))
    for spot in spots_with(report, _MISSING) if pairs else ():
        fact = spot.fact
        if fact.kind not in QUANTITIES or not fact.value or not _MISSING.search(spot.clause):
            continue
        own = [pair for pair in pairs if same_unit(pair[0], fact) and pair[0].place != fact.place]
        trials = [_gap(*pair) for pair in own]
        fitting = next((trial for trial in trials if fact.meets(trial.low, trial.high)), None)
        if fitting is not None:
            yield agrees(fact, *fitting.facts)
            continue
        near = [trial for trial in trials if slipped(fact, trial.due)]
        if near and not is_repeated(report, fact) and not _in_sight(fact, (*spot.before, *spot.earlier)):
            yield told(fact, near[0], "差额写", doubtful)


def _pairs(report: Report) -> Iterator[tuple[Fact, Fact]]:
    """What was due and what was done, one behind the other in a sentence."""
    for sentence in report.prose:
        if len(sentence.facts) < 2:
            continue
        facts = [fact for fact in sentence.facts if fact.exact and fact.kind in QUANTITIES]
        for left, right in pairwise(facts):
            words = left.subject[-_NEAR:], right.subject[-_NEAR:]
            if (
                same_unit(left, right)
                and _DUE.search(words[0])
                and _DONE.search(words[1])
                and not _DUE.search(words[1])
            ):
                yield left, right


def _gap(left: Fact, right: Fact) -> Trial:
    due = abs(left.base - right.base)
    off = (left.step * left.scale + right.step * right.scale) / 2 if left.kind is FactKind.MONEY else Decimal(0)
    return Trial(due - off, due + off, due, (left, right), f"{said(left)}-{said(right)}")


def _in_sight(fact: Fact, near: Sequence[Fact]) -> bool:
    """Whether numbers of its own paragraph make it."""
    values = [other.base for other in near if same_unit(other, fact)]
    return any(abs(left - right) == fact.base for left in values for right in values)


@rule(
    "bound.held",
    group=Group.SAME_FACT,
    title="“超过”“不足”的数与别处写的准确数相符",
    good=("水质监测882.00万元，水厂改造4,410.00万元。水厂改造超过4,400万元，水质监测不足900万元。",),
    bad=("水质监测882.00万元。\n水质监测不足800万元。", "水厂改造4,410.00万元。\n水厂改造超过4,500万元。"),
)
def bounds(report: Report) -> Iterator[Result]:
    """A name and 超过 or 不足, against the only exact number that the same words stand before."""
    exact = [
        fact
        for fact in report.facts
        if fact.exact and fact.kind in (FactKind.MONEY, FactKind.COUNT) and not fact.place.table
    ]
    for fact in report.facts:
        if fact.hedge not in (Hedge.ABOVE, Hedge.BELOW) or fact.place.table or fact.upper is not None:
            continue
        name = re.sub("(?:仍|已|均|都|也|还)+$", "", fact.subject)
        if not re.fullmatch(r"[\u4e00-\u9fff]{3,12}", name):
            continue
        same = [other for other in exact if other.subject == name and same_unit(other, fact)]
        if len({other.base for other in same}) != 1 or not _near(same[0], fact):
            continue  # of a plan, of several years: another thing
        holds = same[0].high > fact.base if fact.hedge is Hedge.ABOVE else same[0].low < fact.base
        if holds:
            yield agrees(fact, same[0])
        else:
            message = f"“{name}{fact.text}”，别处写的是{said(same[0])}"
            yield differs(fact.place, fact.text, said(same[0]), message, facts=(fact,), related=(same[0].place,))


def _near(left: Fact, right: Fact) -> bool:
    small, large = sorted((left.base, right.base))
    return large * 5 <= small * 6


_SHORT_OF = Pattern(r"距(?:离)?[“\"]?(?P<grade>优秀|优|良好|良|中)[”\"]?(?:等级?|档)?(?:还)?(?:差|相差|仅差)$")


@rule(
    "grade.gap",
    group=Group.GRADES,
    title="距某等级差几分等于该等级的下限减得分",
    good=("评价得分89.56分，等级“良”，距“优”差0.44分。",),
    bad=("评价得分89.56分，等级“良”，距“优”差0.54分。",),
)
def grade_gaps(report: Report) -> Iterator[Result]:
    """The least score of a grade less the score told before it in the sentence."""
    least = least_scores(report)
    for sentence in report.prose_with(_SHORT_OF):
        for at, fact in enumerate(sentence.facts):
            match = _SHORT_OF.search(sentence.text[: fact.start - sentence.start])
            scores = [other for other in sentence.facts[:at] if other.kind is FactKind.SCORE and other.exact]
            low = least.get(match["grade"][0]) if match else None
            if not match or not scores or low is None or fact.kind is not FactKind.SCORE or not fact.exact:
                continue
            score = max(scores, key=lambda other: other.base)
            due = low - score.base
            if fact.base == due:
                yield agrees(fact, score)
            else:
                right = f"{plain(due)}分"
                message = f"距“{match['grade']}”写差{said(fact)}，{plain(low)}分-{said(score)}={right}"
                yield differs(fact.place, said(fact), right, message, facts=(fact, score))


_PAYMENTS = Pattern("款|质保金|保证金|尾款|预付|进度")
_LIST = Pattern(r"(?:[\u4e00-\u9fff]{2,8}[0-9]{1,2}%[、和，]?){3,}")
_LEAST, _SPREAD = 3, 15


@rule(
    "share.hundred",
    group=Group.RATES,
    title="付款比例合计为100%",
    good=("合同约定首付款30%、进度款40%、验收款25%、质保金5%。",),
    bad=("合同约定首付款30%、进度款40%、验收款20%、质保金5%。",),
)
def hundred(report: Report) -> Iterator[Result]:
    """Instalments told one by one in per cent make the whole."""
    for place, text in report.document.texts_with(_LIST, least=12):
        for match in _LIST.finditer(text):
            facts = [
                fact for fact in report.facts_within(place, match.start(), match.end()) if fact.kind is FactKind.PERCENT
            ]
            if len(facts) < _LEAST or not all(_PAYMENTS.search(fact.subject) for fact in facts):
                continue
            total = sum((fact.value or Decimal(0) for fact in facts), Decimal(0))
            if total == 100:
                yield agrees(*facts)
            elif abs(total - 100) <= _SPREAD:
                shown = "+".join(fact.text for fact in facts)
                message = f"付款比例合计{plain(total)}%，不是100%"
                yield doubtful(
                    place, f"{plain(total)}%", "100%", message, facts=tuple(facts), working=f"{shown}={plain(total)}%"
                )
