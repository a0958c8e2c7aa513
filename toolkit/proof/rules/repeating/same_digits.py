"""The same digits with 万元 in one place and 亿元 or 元 in another."""

from collections import defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report

_DIGITS = 4
_SCALES = frozenset({"元", "万元", "亿元", "千元", "百万元"})


@rule(
    "unit.same_digits",
    group=Group.UNITS,
    title="同一个数的金额单位前后一致",
    good=("年初预算102.20万元，合同100.00万元。\n项目\t预算（万元）\n甲\t102.20\n乙\t30.00",),
    bad=(
        "年初预算102.20亿元，合同100.00万元。\n项目\t预算（万元）\n甲\t102.20\n乙\t30.00",
        "预算10,354.75万元，支出10,000.00万元。\n表1 预算\n项目\t预算（元）\n甲\t10,354.75\n乙\t30.00",
    ),
)
def digits(report: Report) -> Iterator[Result]:
    """An amount of four digits and more whose digits stand elsewhere, to the last one, with another unit of money."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.kind is FactKind.MONEY and fact.exact and fact.unit in _SCALES:
            text = f"{fact.value:f}"
            if len(text.replace(".", "").strip("0")) >= _DIGITS:
                found[text].append(fact)
    for facts in found.values():
        yield from _other_unit(facts)


def _other_unit(facts: list[Fact]) -> Iterator[Result]:
    units = [fact.unit for fact in facts]
    kinds = list(dict.fromkeys(units))
    if len(kinds) != _TWO:
        return
    usual, odd = sorted(kinds, key=lambda unit: -units.count(unit))
    if units.count(odd) > 1 and units.count(usual) == units.count(odd):
        return
    for fact in facts:
        if fact.unit == odd:
            others = [other for other in facts if other.unit == usual]
            message = f"“{fact.said}”的单位是{odd}，同样的数另{len(others)}处是{usual}"
            related = tuple(other.place for other in others)
            yield doubtful(fact.place, fact.said, f"{fact.text.removesuffix(odd)}{usual}", message, related=related)


_TWO = 2
