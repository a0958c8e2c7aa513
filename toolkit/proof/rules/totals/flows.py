"""What there was, what came, what went, what it became: 年初13,052人，新增1,286人、退出1,560人，年末12,778人; budgets, too."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report
from toolkit.proof.shapes import Shape, shapes_with
from toolkit.proof.trials import slack
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_N = "[\ue000-\uf7ff]"
_MONEY = "[\ue000-\ue3ff]"
_W = "[^,。;:!?、()\\n\ue000-\uf7ff]"
_CAME = "新增|增加|新建|购置|新入|转入|收入|新纳入|举借|发行"
_WENT = "退出|减少|核销|报废|处置|转出|支出|注销|偿还|解除|清退"
_MOVE = f"{_W}{{0,6}}(?:{_CAME}|{_WENT})(?:了)?{_N}"
_FLOW = Pattern(
    f"(?:年|期|月|季)初{_W}{{0,10}}(?P<first>{_N})[,;](?P<moves>{_MOVE}[,、;]{_MOVE}(?:[,、;]{_MOVE})*)[,;]"
    f"(?:至|截至)?(?:年|期|月|季)[末底]{_W}{{0,10}}(?P<last>{_N})"
)
_EACH = Pattern(f"(?P<way>{_CAME}|{_WENT})(?:了)?(?P<fact>{_N})")
_UP = "追加|调增|增加"
_DOWN = "调减|核减|减少|压减|收回"
_CHANGE = f"(?:年中)?{_W}{{0,6}}(?:{_UP}|{_DOWN})(?:了|预算|资金|安排)?{_MONEY}(?:用于{_W}{{1,16}})?"
_BUDGET = Pattern(
    f"(?:年初|当年|原)?预算{_W}{{0,10}}(?P<first>{_MONEY})[,;](?P<moves>{_CHANGE}(?:[,、]{_CHANGE})*)[,;]"
    f"{_W}{{0,4}}(?:调整后|最终|调整)(?:的)?{_W}{{0,8}}(?P<last>{_MONEY})"
)
_EACH_CHANGE = Pattern(f"(?P<way>{_UP}|{_DOWN})(?:了|预算|资金|安排)?(?P<fact>{_MONEY})")
_GOOD = "2024年初在保对象13,052人，当年新增1,286人、退出1,560人，年末12,778人，比年初减少274人。"
_GOOD_BUDGET = "年初预算合计2,460.00万元，年中追加80.00万元、调减15.00万元，调整后预算2,525.00万元。"


@rule(
    "sum.flow",
    group=Group.SUMS,
    yields=Yields.HERE,
    title="年末数等于年初数加增加减减少",
    good=(_GOOD,),
    bad=(_GOOD.replace("1,286", "1,268"), _GOOD.replace("12,778", "12,787")),
)
def flows(report: Report) -> Iterator[Result]:
    """What stood at the beginning with all that came and went, against what stands at the end."""
    for shape in shapes_with(report, _FLOW):
        for match in _FLOW.finditer(shape.text):
            first, last, moves = _told(shape, match, _EACH)
            if all(fact.exact for fact in (first, last, *(fact for _, fact in moves))):
                yield from _judged(first, last, moves, _CAME, "年末数")


@rule(
    "budget.adjusted",
    group=Group.SUMS,
    yields=Yields.HERE,
    title="调整后预算等于年初预算加追加减调减",
    good=(_GOOD_BUDGET, "年初预算3,350.00万元，年中调减140.00万元，调整后预算3,210.00万元。"),
    bad=(
        _GOOD_BUDGET.replace("2,460.00", "2,640.00"),
        _GOOD_BUDGET.replace("调减15.00", "调减25.00"),
        "年初预算安排专项资金5,000.00万元，年中追加250.00万元用于跨境电商，调整后预算5,200.00万元。",
    ),
)
def adjusted(report: Report) -> Iterator[Result]:
    """The budget at the beginning with every change told, against what it became."""
    for shape in shapes_with(report, _BUDGET):
        for match in _BUDGET.finditer(shape.text):
            yield from _judged(*_told(shape, match, _EACH_CHANGE), _UP, "调整后预算")


Move: TypeAlias = tuple[str, Fact]
"""The word that tells the direction, and how much."""


def _told(shape: Shape, match: re.Match[str], each: Pattern) -> tuple[Fact, Fact, list[Move]]:
    """What there was at first and at last, and what moved."""
    moves = [(one["way"], shape.fact(one["fact"])) for one in each.finditer(match["moves"])]
    return shape.fact(match["first"]), shape.fact(match["last"]), moves


def _judged(first: Fact, last: Fact, moves: Sequence[Move], came: str, what: str) -> Iterator[Result]:
    """Whether the last number is the first with all moves; ``came``: pattern of the words that add."""
    facts: tuple[Fact, ...] = (last, first, *(fact for _, fact in moves))
    if not all(same_unit(fact, last) for fact in facts):
        return
    signed = [("+" if re.fullmatch(came, way) else "-", fact) for way, fact in moves]
    due = first.base + sum(fact.base if sign == "+" else -fact.base for sign, fact in signed)
    if abs(due - last.base) <= slack(facts):
        yield agrees(*facts)
        return
    right = f"{plain(due / last.scale)}{last.unit}"
    working = f"{said(first)}{''.join(f'{sign}{said(fact)}' for sign, fact in signed)}={right}"
    yield differs(
        last.place, said(last), right, f"{what}写{said(last)}，{working}", facts=facts, working=working,
        related=(first.place,), confidence=85,
    )  # fmt: skip
