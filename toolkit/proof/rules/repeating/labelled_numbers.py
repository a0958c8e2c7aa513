"""Two lists of the same named numbers, as the overview and the chapter of funds print them."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.labelled import labelled_lists
from toolkit.proof.report import Report

_FEWEST, _MOST_WRONG = 4, 0.25
"""So many names two lists share at least, and so large a part of them may differ: with more they tell of two things."""
_GOOD = (
    "资金情况：合同金额176.00万元，预算资金177.23万元，实际到位资金177.23万元，实际支出资金160.39万元，由财政统一安排并按合同支付。\n\n\n"
    "项目\t单位\t数值\n合同金额\t万元\t176.00\n预算资金\t万元\t177.23\n实际到位资金\t万元\t177.23\n实际支出资金\t万元\t160.39\n资金到位率\t—\t100.00%\n预算执行率\t—\t90.50%\n"
)


@rule(
    "same.labelled",
    group=Group.SAME_FACT,
    title="同一组有名称的数在各处相同",
    good=(_GOOD,),
    bad=(_GOOD.replace("万元\t160.39", "万元\t260.39"), _GOOD.replace("合同金额176.00", "合同金额196.00")),
)
def lists(report: Report) -> Iterator[Result]:
    """Lists that share four names and most of their numbers tell of one thing: the other numbers are the same, too."""
    for one, other in combinations(labelled_lists(report), 2):
        names = [name for name in one.facts if name in other.facts]
        pairs = [(one.facts[name], other.facts[name]) for name in names]
        wrong = [pair for pair in pairs if not _same(*pair)]
        if len(names) < _FEWEST or len(wrong) > _MOST_WRONG * len(names) or not _is_telling(pairs, wrong):
            continue
        for name, (left, right) in zip(names, pairs, strict=True):
            if (left, right) not in wrong:
                yield agrees(left, right)
            else:
                yield _differing(name, left, right)


def _same(left: Fact, right: Fact) -> bool:
    return left.meets(right.low, right.high)


def _is_telling(pairs: Sequence[tuple[Fact, Fact]], wrong: Sequence[tuple[Fact, Fact]]) -> bool:
    """Whether what agrees is more than small numbers and rates of a hundred: two different amounts of money at least."""
    right = [pair[0] for pair in pairs if pair not in wrong]
    return len({fact.base for fact in right if fact.kind is FactKind.MONEY}) > 1


def _differing(name: str, left: Fact, right: Fact) -> Result:
    message = f"{name}在此处为{right.said}，另一处为{left.said}，同时列出的其他数两处相同"
    return differs(
        right.place, right.said, left.said, message, facts=(right, left), related=(left.place,), confidence=85
    )
