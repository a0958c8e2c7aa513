"""Payments in parts: so many years of a share each, a first share and what is left, the year that it is now."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.outline import NUMERALS
from toolkit.proof.report import Report, Sentence
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_YEARS = Pattern(r"分(?P<years>[二两三四五六七八九十2-9])年(?:支付|付清|拨付)")
_EACH = Pattern(r"(?:每年支付|支付)合同(?:总)?(?:金?额|价款?)的(?P<share>[0-9]+(?:\.[0-9]+)?)%")
_NOW = Pattern(r"本年(?:度)?(?:为|是)第(?P<now>[一二三四五六七八九十1-9])年")
_REST = Pattern(r"(?:余下|剩余|其余)(?:的)?(?:合同(?:费用|款|金额)的?)?[0-9]+(?:\.[0-9]+)?%")
_FIRST = Pattern(r"(?:签订|签署|生效)[^。；]{0,16}支付[^。；]{0,10}[0-9]+(?:\.[0-9]+)?%|首付款?|预付款?")
_WHOLE = 100


@rule(
    "pay.instalments",
    group=Group.PAYMENTS,
    title="分期支付的年数、比例合计为全部",
    good=(
        "分五年支付，每年支付合同额的20%，本年为第五年。",
        "签订合同后支付合同费用的50%；出具报告并经专家验收通过后支付余下50%。",
        "合同生效后支付30%，验收后支付60%，剩余10%两年后支付；开发合同分五期，每期20%。",
    ),
    bad=(
        "分五年支付，每年支付合同额的25%。",
        "分五年支付，每年支付合同额的20%，本年为第六年。",
        "签订合同后支付合同费用的50%；出具报告并经专家验收通过后支付余下40%。",
    ),
)
def instalments(report: Report) -> Iterator[Result]:
    """Years times the share of each, the year that it is, and shares of which the last is what is left."""
    for sentence in report.sentences_with(_YEARS, _REST):
        yield from _yearly(report, sentence)
        shares = [fact for fact in sentence.facts if fact.kind is FactKind.PERCENT and fact.value]
        left = _REST.search(sentence.text)
        shares = [fact for fact in shares if left and fact.start < sentence.start + left.end()]  # the rest is the last
        if len(shares) > 1 and _FIRST.search(sentence.text):
            total = sum((fact.value or Decimal(0) for fact in shares), Decimal(0))
            yield _whole(sentence, shares, total, "+".join(f"{fact.value:f}%" for fact in shares))


def _yearly(report: Report, sentence: Sentence) -> Iterator[Result]:
    years, each, now = (pattern.search(sentence.text) for pattern in (_YEARS, _EACH, _NOW))
    if years is None:
        return
    count = _number(years["years"])
    facts = _within(report, sentence, years)
    if each is not None:
        parts = [fact for fact in _within(report, sentence, each) if fact.kind is FactKind.PERCENT]
        yield _whole(sentence, [*facts, *parts], count * Decimal(each["share"]), f"{count}×{each['share']}%")
    if now is not None:
        own = _within(report, sentence, now)
        if _number(now["now"]) <= count:
            yield from (agrees(*own, *facts) for _ in own[:1])
        else:
            message = f"写分{count}年支付，又写{now[0]}"
            yield doubtful(sentence.place, now[0], f"不超过第{NUMERALS[count - 1]}年", message, facts=(*own, *facts))


def _whole(sentence: Sentence, facts: Sequence[Fact], total: Decimal, working: str) -> Result:
    if total == _WHOLE:
        return agrees(*facts)
    message = f"各期支付比例{working}，合计{total:f}%，不是100%"
    return doubtful(sentence.place, f"{total:f}%", "100%", message, facts=tuple(facts), working=f"{working}={total:f}%")


def _number(text: str) -> int:
    return 2 if text == "两" else int(text) if text.isdecimal() else NUMERALS.index(text) + 1


def _within(report: Report, sentence: Sentence, match: re.Match[str]) -> list[Fact]:
    start, end = sentence.start + match.start(), sentence.start + match.end()
    return list(report.facts_within(sentence.place, start, end))


_STAGED = Pattern(r"(?:首付款?|预付款?|签订|合同款|分[两二三四五六2-6]期)")
_OF_STAGE = Pattern(r"^[，,（(]?(?:即|计|为|共计?|金额)*$")
_FEWEST = 2


@rule(
    "pay.stages",
    group=Group.PAYMENTS,
    title="分期付款的比例合计100%，各期金额等于合同价乘以比例",
    good=("合同款分三期支付：首付款30%，计474.00万元；初验后支付50%，计790.00万元；终验后支付20%，计316.00万元。",),
    bad=(
        "合同款分三期支付：首付款30%，计447.00万元；初验后支付50%，计790.00万元；终验后支付20%，计316.00万元。",
        "合同款分三期支付：首付款30%，计474.00万元；初验后支付50%，计790.00万元；终验后支付25%，计316.00万元。",
    ),
)
def stages(report: Report) -> Iterator[Result]:
    """Shares of a contract, each with its amount behind it: all of one whole, and together all of it."""
    for sentence in report.prose_with(_STAGED):
        pairs = _stages(sentence) if _STAGED.search(sentence.text) else []
        if len(pairs) < _FEWEST:
            continue
        wholes = [money.base / share.base for share, money in pairs]
        whole = max(set(wholes), key=wholes.count)
        wrong = [pair for pair, own in zip(pairs, wholes, strict=True) if own != whole]
        if len(wrong) > 1 or (len(wrong) == 1 and len(pairs) == _FEWEST):
            continue
        for share, money in pairs:
            due = whole * share.base
            if money.meets(due, due):
                yield agrees(share, money)
            else:
                right = f"{plain(due / money.scale)}{money.unit}"
                message = f"写{share.text}计{said(money)}，其余各期的合同价是{plain(whole / money.scale)}{money.unit}，应为{right}"
                yield doubtful(money.place, said(money), right, message, facts=(share, money), confidence=80)
        shares = [share for share, _ in pairs]
        total = sum((share.value or Decimal(0) for share in shares), Decimal(0))
        if abs(total - _WHOLE) <= _NEAR:
            yield _whole(sentence, shares, total, "+".join(f"{share.value:f}%" for share in shares))


_NEAR = 12
"""Shares that miss a hundred per cent by more leave out a part."""


def _stages(sentence: Sentence) -> list[tuple[Fact, Fact]]:
    """Every share with the amount right behind it."""
    facts = [fact for fact in sentence.facts if fact.exact and fact.value]
    return [
        (share, money)
        for share, money in pairwise(facts)
        if share.kind is FactKind.PERCENT
        and money.kind is FactKind.MONEY
        and _OF_STAGE.match(sentence.text[share.end - sentence.start : money.start - sentence.start])
    ]
