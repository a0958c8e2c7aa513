"""Words of direction beside the two numbers they are about: 晚 and 早, 核减 and 核增, 高于 and 低于目标, 少到位."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.report import Report

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_CHANGE = re.compile(
    rf"核(?P<way>减|增)(?P<gap>{_NUMBER})(?P<unit>[万亿]?元)[（(]合同(?:金额)?(?P<before>{_NUMBER})[万亿]?元，(?:审定|审计)(?:金额)?(?P<behind>{_NUMBER})[万亿]?元"
)
_GAP = re.compile(
    r"(?P<value>[0-9]+(?:\.[0-9]+)?)[%％]，(?P<way>低于|高于|超过)目标(?P<gap>[0-9]+(?:\.[0-9]+)?)个百分点"
)
_ARRIVED = re.compile(rf"到位率为?(?P<rate>[0-9]+(?:\.[0-9]+)?)[%％]，(?P<way>少|多)到位{_NUMBER}[万亿]?元")
_LATE = re.compile(
    r"(?P<way>晚|早|推迟|提前)(?:了)?(?P<gap>[0-9]+)天[（(](?P<days>[^（）()]*)[)）]|[（(](?P<before>计划[^（）()]*?)，(?P<its>晚|早|推迟|提前)(?P<its_gap>[0-9]+)天[)）]"
)
_LATER = frozenset({"晚", "推迟"})
_WHOLE = Decimal(100)


@rule(
    "claim.direction",
    group=Group.LOGIC,
    title="早晚、增减、高低的说法与两个数相符",
    good=(
        "初验比计划晚75天（计划2023年8月27日，实际2023年11月10日）。审计核减25.50万元（合同531.27万元，审定505.77万元）。",
        "实际完成值93.50%，低于目标6.5个百分点。资金到位率92.00%，少到位41.48万元。",
    ),
    bad=(
        "初验比计划早75天（计划2023年8月27日，实际2023年11月10日）。",
        "初验2023年11月10日（计划2023年8月27日，早75天）。",
        "初验比计划晚76天（计划2023年8月27日，实际2023年11月10日）。",
        "审计核增25.50万元（合同531.27万元，审定505.77万元）。",
        "审计核减25.50万元（合同531.72万元，审定505.77万元）。",
        "实际完成值93.50%，高于目标6.5个百分点，扣1.30分。",
        "资金到位率92.00%，多到位41.48万元。",
    ),
)
def directions(report: Report) -> Iterator[Result]:
    """Each of the shapes above, in paragraphs and cells."""
    for place, text in report.document.texts():
        for found, right in _wrong(text):
            at = text.find(found)
            facts = report.facts_within(place, at, at + len(found)) if at >= 0 else ()
            yield differs(place, found, right, f"“{found}”与所写的两个数不符，应为“{right}”", facts=facts[-1:])


def _wrong(text: str) -> Iterator[tuple[str, str]]:
    for match in _CHANGE.finditer(text):
        grew = _value(match["behind"]) > _value(match["before"])
        if grew != (match["way"] == "增"):
            yield f"核{match['way']}{match['gap']}{match['unit']}", f"核{'增' if grew else '减'}"
        elif abs(_value(match["before"]) - _value(match["behind"])) != _value(match["gap"]):
            yield match[0], f"{abs(_value(match['before']) - _value(match['behind']))}{match['unit']}"
    for match in _GAP.finditer(text):
        value, gap = Decimal(match["value"]), Decimal(match["gap"])
        below = match["way"] == "低于"
        other = value - gap if below else value + gap
        if other == _WHOLE != (value + gap if below else value - gap):
            yield match[0], "高于目标" if below else "低于目标"
    for match in _ARRIVED.finditer(text):
        rate = Decimal(match["rate"])
        if rate != _WHOLE and (rate < _WHOLE) != (match["way"] == "少"):
            yield match[0], "少到位" if rate < _WHOLE else "多到位"
    yield from _days(text)


def _days(text: str) -> Iterator[tuple[str, str]]:
    """晚75天（计划…，实际…）; 初验…（计划…，晚75天）."""
    for match in _LATE.finditer(text):
        within = match["days"] or match["before"]
        days = [found for day in days_in(within) if (found := _date(day)) is not None]
        if match["before"] and len(days) == 1:
            before = [found for day in days_in(text[: match.start()]) if (found := _date(day)) is not None]
            days = [*days, *before[-1:]]
        planned = "计划" in within and (match["before"] or within.find("计划") < within.find("实际"))
        way = match["way"] or match["its"]
        if not planned or len(days) != _TWO or days[0] == days[1]:
            continue
        late, gap = (days[1] - days[0]).days, match["gap"] or match["its_gap"]
        if (late > 0) != (way in _LATER) or abs(late) != int(gap):
            yield f"{way}{gap}天", f"{'晚' if late > 0 else '早'}{abs(late)}天"


_TWO = 2


def _date(day: object) -> date | None:
    year, month, number = (getattr(day, name) for name in ("year", "month", "day"))
    return date(year, month, number) if getattr(day, "exists", False) and year and month and number else None


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
