"""A day, the day it was planned for, and how far they lie apart: 初验2023年2月28日（计划2023年2月8日，晚20天）."""

import re
from collections.abc import Iterator

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report
from toolkit.text.folding import half_width

_APART = re.compile(
    r"(?P<way>晚|延迟|逾期|超期|推迟|滞后|早|提前)(?:了)?(?P<days>[0-9]{1,4})(?:天|日|个日历天)(?=[）)，。；]|$)"
)
_PLANNED = re.compile(r"^[（(，](?:原)?(?:计划|约定|合同约定|应于|要求)(?:时间|日期)?[为是：]?$")
_LATER = frozenset({"晚", "延迟", "逾期", "超期", "推迟", "滞后"})


@rule(
    "date.apart",
    group=Group.DATES,
    title="实际日期比计划早或晚的天数正确",
    good=(
        "初验2023年2月28日（计划2023年2月8日，晚20天），终验2024年1月8日。",
        "阶段\t情况\n初验\t2023年2月1日（计划2023年2月8日，提前7天）\n",
    ),
    bad=(
        "初验2023年2月28日（计划2023年2月8日，晚2天），终验2024年1月8日。",
        "阶段\t情况\n初验\t2023年2月1日（计划2023年2月8日，晚7天）\n",
    ),
)
def planned(report: Report) -> Iterator[Result]:
    """The day right before the bracket, the planned day in it, the days and the direction behind."""
    for place, text in report.document.texts():
        plain = half_width(text)
        apart = list(_APART.finditer(plain)) if "天" in plain or "日" in plain else []
        days = [day for day in days_in(plain) if day.date is not None and day.day] if apart else []
        for match in apart:
            before = [day for day in days if day.end <= match.start()]
            if len(before) < 2 or plain[before[-1].end : match.start()].strip("，, "):
                continue
            real, due = before[-2:]
            if real.date is None or due.date is None or not _PLANNED.match(text[real.end : due.start].strip()):
                continue
            late = (real.date - due.date).days
            facts = report.facts_within(place, match.start(), match.end())
            said = int(match["days"]) * (1 if match["way"] in _LATER else -1)
            if said == late:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                right = f"{'晚' if late > 0 else '早'}{abs(late)}天"
                message = f"{real.date}比计划的{due.date}{right}，写的是“{match[0]}”"
                yield differs(place, match[0], right, message, facts=facts)
