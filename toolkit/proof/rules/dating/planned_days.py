"""A day, the day it was planned for, and how far they lie apart.

Two shapes: 初验2023年2月28日（计划2023年2月8日，晚20天）, and 初验比计划晚20天（计划2023年2月8日，实际2023年2月28日）.
"""

import re
from collections.abc import Iterator
from datetime import date

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report
from toolkit.text.days import Day
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_WAY = "(?P<way>晚|延迟|逾期|超期|推迟|滞后|早|提前)"
_APART = Pattern(rf"{_WAY}了?(?P<days>[0-9]{{1,4}})(?:天|日|个日历天)(?=[（(）),，。；;]|$)")
_PLANNED = Pattern(r"^[（(，,](?:原)?(?:计划|约定|合同约定|应于|要求)(?:时间|日期)?[为是：:]?$")
_BOTH = Pattern(r"^[（(](?:原)?(?:计划|约定)[^（）()]{0,4}$")
_LATER = frozenset({"晚", "延迟", "逾期", "超期", "推迟", "滞后"})
_TWO = 2


@rule(
    "date.apart",
    group=Group.DATES,
    title="实际日期比计划早或晚的天数正确",
    good=(
        "初验2023年2月28日（计划2023年2月8日，晚20天），终验2024年1月8日。",
        "阶段\t情况\n初验\t2023年2月1日（计划2023年2月8日，提前7天）\n",
        "初验比计划晚75天（计划2023年8月27日，实际2023年11月10日）。",
    ),
    bad=(
        "初验2023年2月28日（计划2023年2月8日，晚2天），终验2024年1月8日。",
        "阶段\t情况\n初验\t2023年2月1日（计划2023年2月8日，晚7天）\n",
        "初验2023年11月10日（计划2023年8月27日，早75天）。",
        "初验比计划早75天（计划2023年8月27日，实际2023年11月10日）。",
        "初验比计划晚76天（计划2023年8月27日，实际2023年11月10日）。",
    ),
)
def planned(report: Report) -> Iterator[Result]:
    """The two days beside the number, how far they lie apart, and which is later."""
    for place, text in report.document.half_width_with(_APART):
        plain = half_width(text)
        apart = list(_APART.finditer(plain))
        days = [day for day in days_in(plain) if day.date is not None and day.day] if apart else []
        for match in apart:
            pair = _before(plain, days, match) or _behind(plain, days, match)
            if pair is None:
                continue
            due, real = pair
            late = (real - due).days
            facts = report.facts_within(place, match.start(), match.end())
            if int(match["days"]) * (1 if match["way"] in _LATER else -1) == late:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                right = f"{'晚' if late > 0 else '早'}{abs(late)}天"
                message = f"{real}比计划的{due}{right}，写的是“{match[0]}”"
                yield differs(place, match[0], right, message, facts=facts)


def _before(plain: str, days: list[Day], match: re.Match[str]) -> tuple[date, date] | None:
    """The planned day and the real one of 初验2023年2月28日（计划2023年2月8日，晚20天）."""
    found = [day for day in days if day.end <= match.start()][-_TWO:]
    if len(found) < _TWO or plain[found[1].end : match.start()].strip("，, "):
        return None
    real, due = found
    return _pair(due, real) if _PLANNED.match(plain[real.end : due.start].strip()) else None


def _behind(plain: str, days: list[Day], match: re.Match[str]) -> tuple[date, date] | None:
    """The planned day and the real one of 晚75天（计划2023年8月27日，实际2023年11月10日）."""
    found = [day for day in days if day.start >= match.end()][:_TWO]
    if len(found) < _TWO or "实际" not in plain[found[0].end : found[1].start]:
        return None
    return _pair(*found) if _BOTH.match(plain[match.end() : found[0].start]) else None


def _pair(due: Day, real: Day) -> tuple[date, date] | None:
    return (due.date, real.date) if due.date is not None and real.date is not None else None
