"""Periods: the end not before the beginning, and one period under evaluation throughout."""

from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.proof.rules.dating.dates import TITLED, year_facts
from toolkit.text.days import Day
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

LINK = Pattern(r"\s*(?:正式)?(?:起|开始|启动|开工|进场)?\s*[，,]?\s*(?:至|到|-|—|~|–|－)+\s*")
OF_PERIOD = Pattern(r"(?:评价期间|评价时段|评价期|数据期间|评价(?:项目)?时段|项目时段)[为是:：]?\s*$")


@rule(
    "date.period",
    group=Group.DATES,
    title="期间起止不颠倒",
    good=("评价期间为2023年1月1日至2023年12月31日。", "2022年2月至2022年4月完成初验，2022年1月立项。"),
    bad=(
        "评价期间为2023年12月31日至2023年1月1日。",
        "合同期2024年5月至2023年6月。",
        "复评自2024年5月6日开始，至2024年4月30日结束。",
    ),
)
def turned_periods(report: Report) -> Iterator[Result]:
    """The end of a period is not before its beginning."""
    for place, text in report.document.texts(8):
        for first, second in periods_in(text):
            if day_key(second, first.year) < day_key(first, first.year):
                found = text[first.start : second.end]
                yield differs(
                    place,
                    found,
                    "",
                    f"期间起止颠倒：“{found}”",
                    facts=report.facts_within(place, first.start, second.end),
                )


def periods_in(text: str) -> Iterator[tuple[Day, Day]]:
    """First and last day of every period of a text."""
    days = [day for day in days_in(text) if day.form == "年" and day.exists]
    plain = half_width(text) if len(days) > 1 else ""
    for first, second in pairwise(days):
        if LINK.fullmatch(plain[first.end : second.start]):
            yield first, second


def day_key(day: Day, year: int) -> tuple[int, int, int]:
    """A day as numbers to compare: of ``year`` where it names none, the last of its month where it is not told."""
    return (day.year or year, day.month, day.day or 31)


@rule(
    "date.same_period",
    group=Group.DATES,
    title="评价期间前后一致",
    good=("评价期间为2023年1月1日至2023年12月31日。\n其中评价期间为2023年1月1日至2023年12月31日。",),
    bad=("评价期间为2023年1月1日至2023年12月31日。\n评价期间为2022年1月1日至2023年1月1日。",),
)
def same_period(report: Report) -> Iterator[Result]:
    """The period under evaluation is the same wherever it is named."""
    said: list[tuple[Place, str, tuple[tuple[int, int, int], tuple[int, int, int]], int, int]] = []
    for place, text in report.document.texts_with(OF_PERIOD, least=8):
        for first, second in periods_in(text):
            if OF_PERIOD.search(text[: first.start]):
                ends = (day_key(first, 0), day_key(second, first.year))
                said.append((place, text[first.start : second.end], ends, first.start, second.end))
    for place, printed, ends, start, end in said[1:]:
        if ends != said[0][2]:
            yield differs(
                place, printed, said[0][1], f"评价期间前后不一致：这里是{printed}，前面是{said[0][1]}",
                facts=report.facts_within(place, start, end), related=(said[0][0],),
            )  # fmt: skip


_OF_YEAR = Pattern(r"(?P<year>20[0-9]{2})年度[^，。；、]{2,16}评价")


@rule(
    "date.evaluated",
    group=Group.DATES,
    title="评价年度与评价期间相符",
    good=("本项目列入某市2024年度数字政府项目绩效评价，评价期间为2023年10月1日至2024年9月30日。",),
    bad=("本项目列入某市2023年度数字政府项目绩效评价，评价期间为2023年10月1日至2024年9月30日。",),
)
def evaluated_year(report: Report) -> Iterator[Result]:
    """The year an evaluation is named for is that in which its period ends, where one paragraph tells both."""
    for place, text in report.document.texts_with(OF_PERIOD, least=8):
        ends = {last.year for first, last in periods_in(text) if OF_PERIOD.search(text[: first.start])}
        plain = TITLED.sub("", text)
        for match in _OF_YEAR.finditer(plain) if len(ends) == 1 else ():
            end = next(iter(ends))
            if end and int(match["year"]) != end and f"{end}年" not in match[0]:
                message = f"“{match[0][:20]}”与评价期间的末年{end}年不符"
                yield doubtful(place, match["year"], str(end), message, facts=year_facts(report, place, match["year"]))
