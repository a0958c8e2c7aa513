"""相差: the difference of two numbers of one sentence."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report, Sentence
from toolkit.proof.scope import is_earlier
from toolkit.text import plain
from toolkit.text.patterns import Pattern


@rule(
    "difference.said",
    group=Group.SUMS,
    title="相差的数等于两数之差",
    good=(
        "最高的是甲，93.20分；最低的是乙，71.60分，二者相差21.60分。",
        "低于80分的为甲（77.2分）和乙（73.2分），最高分与最低分相差22.9分。",
        "最高的是甲（91.50分），最低的是乙（80.75分），相差10.75分，比2022年的相差15.15分缩小4.40分。",
        "差距较大的依次为甲平台（相差17.0分）、乙系统（相差16.5分）和丙网络（相差12.6分）。",
    ),
    bad=(
        "最高的是甲，93.20分；最低的是乙，71.60分，二者相差26.10分。",
        "执行率最高的是教育领域，为96.85%；最低的是交通运输领域，为85.30%，相差15.11个百分点。",
        "得分最高的是甲，为94.0分；最低的是乙，为73.0分，最高分与最低分相差20.0分。",
    ),
)
def differences(report: Report) -> Iterator[Result]:
    """相差 against the numbers of its unit before it in the sentence."""
    for sentence in report.sentences_with(_APART):
        for at, fact in enumerate(sentence.facts):
            words = sentence.text[: fact.start - sentence.start]
            if not fact.exact or not _APART.search(words) or is_earlier(sentence.text, fact.start - sentence.start):
                continue
            # What is compared before a semicolon is another thing, unless both are meant.
            unit = "%" if fact.kind is FactKind.POINTS else fact.unit
            both = _BOTH.search(words[-_NEAR:]) or _is_of_both_ends(sentence, fact, words, unit)
            part = sentence.start + (0 if both else words.rfind("；") + 1)
            before = [other for other in sentence.facts[:at] if other.unit == unit and other.exact]
            gaps = {other for other in before if _APART.search(sentence.text[: other.start - sentence.start])}
            before = [other for other in before if other.start >= part and other not in gaps][-4:]
            pairs = list(combinations(before, 2))
            fitting = next((pair for pair in pairs if _apart(fact, *pair)), None)
            if fitting is not None:
                yield agrees(fact, *fitting)
            elif len(before) > 1 and not (_ENDS.search(fact.subject) and not _NAMED_ENDS.search(sentence.text)):
                left, right = before[-2:]
                due = f"{plain(abs(left.base - right.base) / fact.scale)}{fact.unit}"
                message = f"相差写{said(fact)}，{said(left)}与{said(right)}相差{due}"
                yield differs(fact.place, said(fact), due, message, facts=(fact, left, right))


def _is_of_both_ends(sentence: Sentence, fact: Fact, words: str, unit: str) -> bool:
    """最高的是甲，为96.85%；最低的是乙，为85.30%，相差11.55个百分点: one number on either side of the semicolon."""
    before, mark, behind = words.rpartition("；")
    cut = sentence.start + len(before)
    alike = [other for other in sentence.facts if other.end <= fact.start and other.unit == unit and other.exact]
    sides = [sum(other.end <= cut for other in alike), sum(other.start > cut for other in alike)]
    return bool(mark) and sides == [1, 1] and bool(_HIGH.search(before) and _LOW.search(behind))


_HIGH, _LOW = Pattern("最[高大多]的"), Pattern("最[低小少]的")
_NEAR = 16
_BOTH = Pattern("[二两]者|首尾|极差|最高[^，。；]*最低|最大[^，。；]*最小")
"""Both ends of a row that a semicolon parts are meant."""
_ENDS = Pattern("最高[^，。；]*最低|最大[^，。；]*最小")
_NAMED_ENDS = Pattern("最[高大]的(?:是|为).*最[低小]的(?:是|为)")
_APART = Pattern("相差(?:了|为)?$")


def _apart(gap: Fact, left: Fact, right: Fact) -> bool:
    apart = abs(left.base - right.base)
    rounded = gap.kind in (FactKind.MONEY, FactKind.POINTS) and min(left.step, right.step) < 1
    slack = (left.step * left.scale + right.step * right.scale) / 2 if rounded else Decimal(0)
    return gap.meets(apart - slack, apart + slack)
