"""A value and what it is said to lie within: 97.00%，属于“≥95%”段; 4.10%，在±10%区间内; 84.79%，未达到目标90%."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_N = r"[0-9]+(?:\.[0-9]+)?"
_VALUE = rf"(?P<value>-?{_N})(?P<unit>%|[\u4e00-\u9fff]{{0,3}})，(?:完成率(?P<rate>{_N})%，)?"
_BOUND = rf"(?P<bound>{_N})(?P<of>%)"
_ENDS = "(?=[，。；（(]|$)"
_LESS_IS_BETTER = Pattern(
    "故障|投诉|事故|失败|差错|死亡|发生|退[保订货费]|流失|偏差|逾期|违约|不良|负债|空置|闲置|漏损|误[差报]|损耗|超[支期]|下降|降低|减少"
)
"""What is good when it stays under its target."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """Words with a value and one or two bounds in them, and whether the value keeps to them."""

    pattern: Pattern
    is_so: Callable[[Decimal, re.Match[str]], bool]
    more_is_better: bool = False


def _within(value: Decimal, said: re.Match[str]) -> bool:
    return Decimal(said["bound"]) <= value <= Decimal(said["upper"])


def _in_step(value: Decimal, said: re.Match[str]) -> bool:
    bound = Decimal(said["bound"])
    return {"≥": value >= bound, "≤": value <= bound, ">": value > bound, "<": value < bound}[said["sign"]]


def _around(value: Decimal, said: re.Match[str]) -> bool:
    return (abs(value) <= Decimal(said["bound"])) is not bool(said["no"])


def _reached(value: Decimal, said: re.Match[str]) -> bool:
    return (value >= Decimal(said["bound"])) is not bool(said["no"])


def _beside(value: Decimal, said: re.Match[str]) -> bool:
    bound = Decimal(said["bound"])
    return value < bound if said["side"] == "低于" else value > bound


_CLAIMS = (
    _Claim(
        Pattern(
            rf"{_VALUE}(?:属于|处于|在)“?(?P<bound>{_N})(?:%|[\u4e00-\u9fff]{{0,2}})[-–—~～至](?P<upper>{_N})(?P<of>%|[\u4e00-\u9fff]{{0,2}}?)(?:”段|”?之间|”?区间)"
        ),
        _within,
    ),
    _Claim(Pattern(rf"{_VALUE}属于“(?P<sign>[≥≤><])(?P<bound>{_N})(?P<of>%?)[^”]{{0,3}}”段"), _in_step),
    _Claim(Pattern(rf"{_VALUE}(?P<no>不)?在±(?P<bound>{_N})(?P<of>%?)(?:区间|范围)?(?:之?内)"), _around),
    _Claim(
        Pattern(rf"{_VALUE}(?P<no>未|没有)?达到(?:目标)?{_BOUND}{_ENDS}"), _reached, more_is_better=True
    ),
    _Claim(Pattern(rf"{_VALUE}(?P<side>低于|高于|超过){_BOUND}{_ENDS}"), _beside),
)  # fmt: skip


@rule(
    "claim.bound",
    group=Group.LOGIC,
    title="所说的达到、低于、区间与数值相符",
    good=(
        "实际完成值97.00%，属于“≥95%”段，得2.00分。\n实际偏差率4.10%，在±10%区间内。\n满意度84.79%，未达到目标90%，得3.77分。",
        "预算执行率90.50%，低于95%（佐证E06）。\n实际完成值15个，完成率100.00%，在100%–130%之间，得9.20分。\n投诉率0.50%，达到目标1%。",
    ),
    bad=(
        "实际完成值79.00%，属于“≥95%”段，得2.00分。",
        "实际偏差率14.10%，在±10%区间内。",
        "满意度94.79%，未达到目标90%，得3.77分。",
        "预算执行率95.50%，低于95%（佐证E06）。",
        "实际完成值85.00%，在100%–130%之间，得9.16分。",
        "资金到位率90.00%，达到100%，得2.00分。",
    ),
)
def bounds(report: Report) -> Iterator[Result]:
    """The value before the comma against the bound behind it, both of one unit."""
    for place, text in report.document.texts_with(*(claim.pattern for claim in _CLAIMS), least=6):
        for claim in _CLAIMS:
            for match in claim.pattern.finditer(text):
                before = text[max(0, match.start() - 12) : match.start()]
                if not (claim.more_is_better and _LESS_IS_BETTER.search(before)):
                    yield from _checked(report, place, claim, match)


def _checked(report: Report, place: Place, claim: _Claim, match: re.Match[str]) -> Iterator[Result]:
    is_rate = match["rate"] and match["of"] == "%"  # 15个，完成率100.00%，在100%–130%之间
    value, unit = (match["rate"], "%") if is_rate else (match["value"], match["unit"])
    facts = report.facts_within(place, match.start(), match.end())
    if not facts or (match["of"] and match["of"] != unit):
        return
    if claim.is_so(Decimal(value), match):
        yield agrees(*facts)
    else:
        words = match[0].rpartition("，")[2]
        message = f"{value}{unit}与“{words}”不符"
        yield differs(place, f"{value}{unit}", words, message, facts=facts, confidence=90)
