"""Two numbers before the same words of which one has the other's digits in turn: 23个省级部门, 32个省级部门."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Yields, agrees, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_COUNTED = Pattern(
    r"(?<![0-9.,〔（(])(?P<number>[1-9][0-9]{1,3})\s*(?P<unit>[个家项种类条份名所处])(?P<noun>[\u4e00-\u9fff]{3,4})"
)

_LONG = 4


@rule(
    "count.exchanged",
    group=Group.COUNTS,
    title="同一事物的个数没有数字颠倒",
    good=("保障23个省级部门旗舰店运行，推动23个省级部门完成整合，32个市级部门完成接入。",),
    bad=("保障23个省级部门旗舰店运行。\n推动32个省级部门完成系统整合。",),
)
def exchanged(report: Report) -> Iterator[Result]:
    """The same words behind a number and behind the number read backwards; behind the same number they agree."""
    seen: dict[tuple[str, str, str], tuple[Place, str, tuple[Fact, ...]]] = {}
    for place, text in report.document.texts_with(_COUNTED, least=6):
        for match in _COUNTED.finditer(text):
            facts = report.facts_within(place, match.start("number"), match.end("number"))
            turned = match["number"][::-1], match["unit"], match["noun"]
            key = match["number"], match["unit"], match["noun"]
            if key in seen:
                yield from (agrees(fact, *seen[key][2]) for fact in facts)
            elif turned in seen and len(match["noun"]) == _LONG:
                there, other, others = seen[turned]
                message = f"这里写“{match[0]}”，另一处写“{other}”，数字相反，请核对"
                yield doubtful(place, match[0], other, message, facts=(*facts, *others), related=(there,))
            seen.setdefault(key, (place, match[0], facts))


_TELLING = 5
"""Amounts of fewer digits are like one another by chance."""


@rule(
    "amount.exchanged",
    group=Group.SAME_FACT,
    yields=Yields.HERE,
    title="别处几次出现的金额没有两位颠倒",
    good=(
        "核定补贴3,553.90万元。\n涉及资金3,553.90万元。\n拨付资金3,535.00万元。",
        "核定补贴3,553.90万元。\n涉及资金3,535.90万元。",
    ),
    bad=("核定补贴3,553.90万元。\n补贴共3,553.90万元。\n涉及资金3,535.90万元。",),
)
def amounts(report: Report) -> Iterator[Result]:
    """An amount of prose that stands once, where one with two digits beside each other exchanged stands twice or more."""
    found = Counter(fact.base for fact in report.facts if fact.kind is FactKind.MONEY and fact.value)
    often = {_digits(base): base for base, times in found.items() if times > 1}
    for fact in report.facts:
        if fact.kind is not FactKind.MONEY or fact.place.table or found[fact.base] > 1 or fact.upper is not None:
            continue
        digits = _digits(fact.base)
        telling = len(digits.strip("0")) >= _TELLING
        near = next((often[other] for other in _turned(digits) if telling and other in often), None)
        if near is not None:
            right = f"{plain(near / fact.scale)}{fact.unit}"
            message = f"这里写{fact.text}，别处几次写的是{right}，两位颠倒，请核对"
            yield doubtful(fact.place, fact.text, right, message, facts=(fact,), confidence=70)


def _digits(base: Decimal) -> str:
    return f"{base:.2f}".replace(".", "")


def _turned(digits: str) -> Iterator[str]:
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}"
