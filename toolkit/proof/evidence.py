"""Whether what is said against a number of the prose rests on the numbers that were meant.

A rule takes the numbers it reckons with from where they stand. Who writes a report mistypes a digit, takes last year's
number or the wrong row: what should stand there is then like what stands there. Where the two have nothing in common,
the rule has most often taken other numbers than the sentence speaks of; it then cannot decide, and accuses nobody.
Of 660 errors in reports of other styles 8 were unlike, of the false alarms of the first runs two in five. A rule whose
words leave no choice (:attr:`~toolkit.proof.declaration.Rule.named`) is not weighed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, Verdict
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.lines import lines_of
from toolkit.proof.report import Report
from toolkit.proof.scope import sentence_bounds
from toolkit.proof.trials import Trial, apart, key, known_values, quotient, slipped, summed
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text.numerals import Figure, Hedge, figures_in
from toolkit.text.patterns import Pattern

_WEIGHED = frozenset({Group.SUMS, Group.RATES, Group.SAME_FACT})
_FOUND = (Verdict.DIFFERS, Verdict.DOUBTFUL)
_UNLIKE = Decimal("1.5")
"""How many times the smaller number the larger one may be."""
_UNLIKE_AGAIN = Decimal(2)
"""The same for a number that is told again."""
_TELLING = 3
"""So many digits tell a slip from another number."""


def weighed(report: Report, result: Result) -> Result:
    """A finding that does not rest on the numbers that were meant says that nothing could be decided."""
    if result.verdict not in _FOUND or result.group not in _WEIGHED or result.place.row:
        return result
    if _is_unlike(result):
        return _undecided(result, "两数相去太远")
    if _is_borne_out(report, result):
        return _undecided(result, "各数都另有出处")
    if _is_of_what_they_have(report, result):
        return _undecided(result, "比率说的是所列各家的量，不是家数")
    return _undecided(result, "同一句中另有算法算得出这个数") if _is_made_beside(report, result) else result


def _undecided(result: Result, why: str) -> Result:
    message = f"{result.message}；{why}，算式用的数可能不是原文所指，没有判定"
    return replace(result, verdict=Verdict.UNCHECKED, message=message)


def _is_borne_out(report: Report, result: Result) -> bool:
    """Whether every number of a reckoning stands in another place too: an error stands once."""
    if result.group not in _RECKONED or len(result.facts) <= _OPERANDS:
        return False
    return all(_stands_again(report, fact) for fact in result.facts)


def _stands_again(report: Report, fact: Fact) -> bool:
    telling = len(re.sub(r"\D", "", fact.text).strip("0")) >= _TELLING
    return telling and len({other.place for other in known_values(report).get(key(fact), ())}) > 1


_RECKONED = frozenset({Group.SUMS, Group.RATES})


def _is_of_what_they_have(report: Report, result: Result) -> bool:
    """Whether a share is one of what some have, no share of how many they are: 五个部门派单量占全市的42.7%."""
    share = next((fact for fact in result.facts if fact.place == result.place), None)
    if share is None or share.kind is not FactKind.PERCENT:
        return False
    before = [fact for fact in result.facts if fact.place == share.place and fact.end <= share.start]
    part = max(before, key=lambda fact: fact.end, default=None)
    if part is None or part.kind is not FactKind.COUNT:
        return False
    return _HAVE.match(report.texts.get(share.place, "")[part.end : share.start]) is not None


_HAVE = Pattern("[^，。；、0-9]{1,10}(?:[量额]|资金|投资|预算|收入|支出|面积|经费|产值|人口)(?:合计|共|分别)?占")


def _is_made_beside(report: Report, result: Result) -> bool:
    """Whether others of its sentence make a number that is held against numbers of other places.

    缺口42万元 behind 需求约118万元，已落实76万元 is told of those, whatever two other paragraphs make. What prose gives
    and a table surely gives otherwise stays a contradiction: there the table may be wrong. So does what two places give
    otherwise: a rate of the wrong whole is made by its sentence, too.
    """
    if result.group is Group.SAME_FACT and (result.verdict is not Verdict.DOUBTFUL or len(set(result.related)) > 1):
        return False
    fact = next((fact for fact in result.facts if fact.place == result.place), None)
    if fact is None or len(re.sub(r"\D", "", fact.text).lstrip("0")) < _TELLING:
        return False
    others = [other for other in result.facts if other is not fact]
    if any(other.place == fact.place for other in others) or (result.group in _RECKONED and not others):
        return False
    text = report.texts.get(fact.place, "")
    start, end = sentence_bounds(text, fact.start)
    near = [other for other in report.facts_within(fact.place, start, end) if other is not fact and other.value]
    near = [other for other in near if other.upper is None and other.hedge in _TOLD][:_MOST_BESIDE]
    return any(fact.meets(way.low, way.high) for way in _ways(report, fact, near))


_TOLD = (Hedge.EXACT, Hedge.ABOUT)
_MOST_BESIDE = 8
"""Of more numbers some make any rate by chance."""


def _ways(report: Report, fact: Fact, near: Sequence[Fact]) -> Iterator[Trial]:
    """Sum and difference of two numbers; of a rate the share of those before it in another or in a total line."""
    if fact.kind is not FactKind.PERCENT:
        alike = [other for other in near if same_unit(other, fact)]
        yield from (way for pair in combinations(alike, 2) for way in (summed(pair), apart(*pair)))
        return
    before = [other for other in near if other.end <= fact.start and other.kind in QUANTITIES]
    totals = (cell for line in lines_of(report) if line.total for cell in line.cells.values())
    for part in before[-2:]:
        wholes = (other for other in (*near, *totals) if other is not part and same_unit(other, part))
        yield from (way for whole in wholes if (way := quotient(part, whole)) is not None)


def _is_unlike(result: Result) -> bool:
    """Whether the number that stands there and the one that should are unlike, and no difference of two others."""
    found, expected = _single(result.found), _single(result.expected)
    fact = next((fact for fact in result.facts if fact.place == result.place), None)
    if found is None or expected is None or fact is None or fact.kind is FactKind.POINTS:
        return False
    told_again = result.group is Group.SAME_FACT
    if (
        fact.kind is not FactKind.PERCENT
        and not told_again
        and (len(result.facts) < _OPERANDS or _is_difference(result.facts, expected))
    ):
        return False  # a slip in one of two numbers makes their difference another one altogether
    if len({other.unit for other in result.facts if other is not fact and other.kind is FactKind.MONEY}) > 1:
        return False  # one of the units may be wrong
    if found.in_words or max(abs(found.value), abs(expected.value)) >= _LARGEST:
        return False  # 一半 for 三分之一 is a slip, too
    return not (_are_alike(found, expected, _UNLIKE_AGAIN if told_again else _UNLIKE) or _is_slip_below(fact, result))


def _is_slip_below(share: Fact, result: Result) -> bool:
    """Whether a share is right and part or whole a slip: 资本金1.08亿元，占26.47% of 6.80亿元, meaning 1.80亿元."""
    others = [other for other in result.facts if other is not share]
    if share.kind is not FactKind.PERCENT or not share.base or len(others) != _OPERANDS or not same_unit(*others):
        return False
    part, whole = others
    return slipped(part, share.base * whole.base) or slipped(whole, part.base / share.base)


_OPERANDS = 2
_LARGEST = Decimal(10) ** 15
"""Numbers of more digits are not compared digit by digit."""


def _single(text: str) -> Figure | None:
    figures = tuple(figures_in(text))
    return figures[0] if len(figures) == 1 else None


def _are_alike(found: Figure, expected: Figure, times: Decimal) -> bool:
    """Whether one is at most so many times the other, or has its digits but for one or their order."""
    if found.unit and expected.unit:
        low, high = sorted((found.value * found.scale, expected.value * expected.scale))
    else:
        low, high = sorted((found.value, expected.value))
    if low > 0 and high <= low * times:
        return True
    return any(is_slip(found.value, expected.value, step) for step in {found.step, expected.step})


def is_slip(found: Decimal, expected: Decimal, step: Decimal) -> bool:
    """Whether one has the digits of the other, in another order or with another unit or point, or all but one."""
    one, other = (re.sub(r"\D", "", f"{value.quantize(step):f}") for value in (found, expected))
    if sorted(one) == sorted(other) or one.strip("0") == other.strip("0"):
        return True
    telling = max(len(one.strip("0")), len(other.strip("0"))) >= _TELLING
    return telling and OSA.distance(one, other) <= 1


def _is_difference(facts: Sequence[Fact], expected: Figure) -> bool:
    """Whether two of the numbers that were reckoned with differ by what should stand there."""
    due, off = expected.value * expected.scale, expected.step * expected.scale
    return any(abs(abs(one.base - other.base) - due) <= off for one, other in combinations(facts, 2))
