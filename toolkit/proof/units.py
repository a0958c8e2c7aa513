"""Units as they are compared: what can be added to what."""

import re
from functools import lru_cache

from toolkit.proof.facts import Fact, FactKind

QUANTITIES = frozenset({FactKind.MONEY, FactKind.COUNT, FactKind.SCORE})
_SAME = {
    "名": "人",
    "位": "人",
    "人次": "人",
    "户次": "户",
    "家次": "家",
    "台次": "台",
    "件次": "件",
    "项次": "项",
    "圆": "元",
    "日": "天",
    "日历天": "天",
    "个工作日": "工作日",
    "台/套": "台",
}


def counted(fact: Fact) -> str:
    """What is counted, as units are compared: 名 and 人 are the same, 万元 and 元 are."""
    if fact.kind is FactKind.MONEY:
        return "元"
    if fact.kind is FactKind.SCORE:
        return "分"  # a cell of a table of marks names no unit
    return _plain(fact.unit)


@lru_cache(500)
def _plain(unit: str) -> str:
    """A unit without its multiple: 万人 counts 人."""
    if unit.endswith("百分点"):
        return "百分点"
    bare = re.sub(r"^[亿万千百]+(?=.)|\(.\)$", "", unit)  # 15人(次)
    return _SAME.get(bare, bare)


def same_unit(left: Fact, right: Fact) -> bool:
    """Whether two numbers can be added."""
    return left.kind is right.kind and counted(left) == counted(right)
