"""年初预算2,460.00万元，年中追加80.00万元、调减15.00万元，调整后预算2,525.00万元: what a budget became in a year."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report
from toolkit.proof.shapes import Shape, shapes_with
from toolkit.proof.trials import slack
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_N = "[\ue000-\ue3ff]"
_W = "[^,。;:!?、()\\n\ue000-\uf7ff]"
_UP = "追加|调增|增加"
_DOWN = "调减|核减|减少|压减|收回"
_MOVE = f"(?:年中)?{_W}{{0,6}}(?:{_UP}|{_DOWN})(?:了|预算|资金|安排)?{_N}(?:用于{_W}{{1,16}})?"
_BUDGET = Pattern(
    f"(?:年初|当年|原)?预算{_W}{{0,10}}(?P<first>{_N})[,;](?P<moves>{_MOVE}(?:[,、]{_MOVE})*)[,;]{_W}{{0,4}}(?:调整后|最终|调整)(?:的)?"
    f"{_W}{{0,8}}(?P<last>{_N})"
)
_EACH = Pattern(f"(?P<way>{_UP}|{_DOWN})(?:了|预算|资金|安排)?(?P<fact>{_N})")
_GOOD = "年初预算合计2,460.00万元，年中追加80.00万元、调减15.00万元，调整后预算2,525.00万元。"


@rule(
    "budget.adjusted",
    group=Group.SUMS,
    yields=Yields.HERE,
    title="调整后预算等于年初预算加追加减调减",
    good=(_GOOD, "年初预算3,350.00万元，年中调减140.00万元，调整后预算3,210.00万元。"),
    bad=(
        _GOOD.replace("2,460.00", "2,640.00"),
        _GOOD.replace("调减15.00", "调减25.00"),
        "年初预算安排专项资金5,000.00万元，年中追加250.00万元用于跨境电商，调整后预算5,200.00万元。",
    ),
)
def adjusted(report: Report) -> Iterator[Result]:
    """The budget at the beginning with every change told, against what it became."""
    for shape in shapes_with(report, _BUDGET):
        for match in _BUDGET.finditer(shape.text):
            yield from _judged(shape, match)


def _judged(shape: Shape, match: re.Match[str]) -> Iterator[Result]:
    first, last = shape.fact(match["first"]), shape.fact(match["last"])
    moves = [(each["way"], shape.fact(each["fact"])) for each in _EACH.finditer(match["moves"])]
    facts: tuple[Fact, ...] = (last, first, *(fact for _, fact in moves))
    if not all(same_unit(fact, last) for fact in facts):
        return
    due = first.base + sum(fact.base if re.fullmatch(_UP, way) else -fact.base for way, fact in moves)
    if abs(due - last.base) <= slack(facts):
        yield agrees(*facts)
        return
    signs = "".join(f"{'+' if re.fullmatch(_UP, way) else '-'}{said(fact)}" for way, fact in moves)
    right = f"{plain(due / last.scale)}{last.unit}"
    working = f"{said(first)}{signs}={right}"
    yield differs(
        last.place, said(last), right, f"调整后预算写{said(last)}，{working}", facts=facts, working=working,
        related=(first.place,), confidence=85,
    )  # fmt: skip
