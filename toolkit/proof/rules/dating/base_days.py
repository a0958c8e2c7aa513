"""The day as of which is evaluated, against the end of the period under evaluation."""

from collections.abc import Iterator
from datetime import date

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.proof.rules.dating.date_ranges import OF_PERIOD, periods_in
from toolkit.text.patterns import Pattern

_BASE = Pattern(r"(?:评价|评估|数据)?(?:基准日|截止日|基准日期)(?:为|是|：)?$")


@rule(
    "date.base",
    group=Group.DATES,
    title="评价基准日是评价时段的末日",
    good=("评价基准日为2023年12月31日，评价时段为2022年1月1日至2023年12月31日。",),
    bad=("评价基准日为2022年12月31日，评价时段为2022年1月1日至2023年12月31日。",),
)
def bases(report: Report) -> Iterator[Result]:
    """Both told in one paragraph."""
    for place, day, start, end in _base_days(report):
        text = report.texts[place]
        ends = {last.date for first, last in periods_in(text) if last.date and OF_PERIOD.search(text[: first.start])}
        right = next(iter(ends), None)
        if right is not None and len(ends) == 1 and day != right:
            shown = f"{right.year}年{right.month}月{right.day}日"
            message = f"评价基准日是{day.year}年{day.month}月{day.day}日，评价时段到{shown}止"
            facts = report.facts_within(place, start, end)
            yield doubtful(place, f"{day:%Y-%m-%d}", f"{right:%Y-%m-%d}", message, facts=facts, confidence=75)


def _base_days(report: Report) -> Iterator[tuple[Place, date, int, int]]:
    for place, text in report.document.texts_with(_BASE, least=7):
        for day in days_in(text) if "基准日" in text or "截止日" in text else ():
            if day.date is not None and _BASE.search(text[: day.start]):
                yield place, day.date, day.start, day.end
