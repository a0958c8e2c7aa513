"""Ratios of three and more: 制造业210家、软件业126家、医药业84家，三者之比为5:3:2."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_RATIO = Pattern(r"(?<![0-9:：∶.])(?P<terms>\d{1,3}(?:\.\d+)?(?:[:：∶]\d{1,3}(?:\.\d+)?){2,5})(?![0-9:：∶])")


@rule(
    "ratio.several",
    group=Group.RATES,
    title="几者之比与各数相符",
    good=("高级工程师6人、中级工程师15人、初级及以下18人，呈2:5:6结构。",),
    bad=("高级工程师6人、中级工程师15人、初级及以下18人，呈2:4:6结构。",),
)
def ratios(report: Report) -> Iterator[Result]:
    """As many numbers of a unit in a row before the ratio as it has terms."""
    for sentence in report.prose_with(_RATIO):
        for match in _RATIO.finditer(sentence.text):
            terms = [Decimal(term) for term in re.split("[:：∶]", match["terms"])]
            before = [fact for fact in sentence.facts if fact.end <= sentence.start + match.start()]
            runs = list(_runs(before, len(terms)))
            if "时" not in sentence.text[match.end() : match.end() + 1] and runs:
                yield _compared(sentence, match["terms"], terms, runs)


def _runs(facts: Sequence[Fact], count: int) -> Iterator[list[Fact]]:
    """The rows of numbers of one unit, the nearest first."""
    told = [fact for fact in facts if fact.exact and fact.value and fact.kind in QUANTITIES]
    for at in range(len(told) - count, -1, -1):
        run = told[at : at + count]
        if all(same_unit(left, right) for left, right in pairwise(run)):
            yield run


def _compared(sentence: Sentence, shown: str, terms: Sequence[Decimal], runs: Sequence[list[Fact]]) -> Result:
    own = [fact for fact in sentence.facts if fact.text and fact.text in shown]
    fitting = next((run for run in runs if _is_in(terms, run)), None)
    if fitting is not None:
        return agrees(*fitting, *own)
    run = runs[0]
    least = min(run, key=lambda fact: fact.base).base
    base = min(terms) or Decimal(1)
    right = ":".join(plain(round(fact.base / least * base, 2)) for fact in run)
    numbers = "、".join(map(said, run))
    message = f"写{shown}，{numbers}之比是{right}"
    return differs(sentence.place, shown, right, message, facts=(*run, *own), confidence=85)


def _is_in(terms: Sequence[Decimal], run: Sequence[Fact]) -> bool:
    """Whether each number has its share of the sum of the terms, half of the last printed digit apart at most."""
    whole, added = sum(terms, Decimal(0)), sum((fact.base for fact in run), Decimal(0))
    steps = [Decimal(1).scaleb(int(term.as_tuple().exponent)) / 2 for term in terms]
    return all(
        abs(fact.base / added * whole - term) <= step for term, fact, step in zip(terms, run, steps, strict=True)
    )
