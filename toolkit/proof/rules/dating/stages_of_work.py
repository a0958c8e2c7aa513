"""The stages of an evaluation with their days: each begins after the one before it has ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.dating.date_ranges import LINK
from toolkit.text.days import Day
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_WORK = "(?:阶段|准备|核查|采集|收集|调研|评价|评分|分析|撰写|报告|抽查|走访|设计|实施)"
_STAGE = Pattern(rf"^,?(?:为|是|开展|进行)?[^,。;]{{0,12}}{_WORK}")
_BEFORE = Pattern(rf"{_WORK}[^,。;]{{0,8}}\($")
_FEWEST = 3


@rule(
    "date.stage_ranges",
    group=Group.DATES,
    title="评价各阶段的起止日期相接不重叠",
    good=(
        "2024年5月6日至5月24日为准备阶段；5月27日至6月28日为数据采集阶段；7月1日至7月26日为现场核查阶段。",
        "自2024年3月4日至2024年5月10日结束，分三个阶段：前期准备（3月4日至3月15日）；现场核查（3月18日至4月12日）；撰写（4月15日至5月10日）。",
        "2026年1月8日至4月17日，先后完成方案设计（1月8日—1月23日）、实地调查（2月2日—3月13日）、报告撰写（3月16日—4月17日）三个阶段。",
    ),
    bad=(
        "自2024年3月4日至2024年5月10日结束，分三个阶段：前期准备（3月4日至3月15日）；现场核查（3月8日至4月12日）；撰写（4月15日至5月10日）。",
        "2024年5月6日至5月24日为准备阶段；5月7日至6月28日为数据采集阶段；7月1日至7月26日为现场核查阶段。",
        "4月8日至4月26日为前期准备，4月29日至5月31日为现场核查，5月3日至6月21日为分析评分。",
    ),
)
def stages(report: Report) -> Iterator[Result]:
    """Three ranges of days and more in a sentence, each with what was done."""
    for sentence in report.prose:
        ranges = list(_ranges(sentence))
        if len(ranges) > _FEWEST and all(ranges[0][1] <= one[1] <= one[2] <= ranges[0][2] for one in ranges[1:]):
            ranges = ranges[1:]  # the days of all, and then those of each stage
        for (_, _, ended, _), (found, begun, _, at) in pairwise(ranges) if len(ranges) >= _FEWEST else ():
            if begun <= ended:
                message = f"“{found}”早于上一阶段的结束日期{ended.month}月{ended.day}日"
                facts = report.facts_within(sentence.place, at, at + len(found))
                yield doubtful(sentence.place, found, "", message, facts=facts, confidence=75)


def _ranges(sentence: Sentence) -> Iterator[tuple[str, date, date, int]]:
    """Printed, first and last day, and where, of each stage; all of one year where none is named."""
    text = half_width(sentence.text)
    days = list(_whole(text))
    for (first, begun), (last, ended) in pairwise(days):
        is_range = LINK.fullmatch(text[first.end : last.start]) is not None
        if is_range and (_STAGE.match(text[last.end :]) or _BEFORE.search(text[: first.start])):
            yield sentence.text[first.start : last.end], begun, ended, sentence.start + first.start


def _whole(text: str) -> Iterator[tuple[Day, date]]:
    year = _ANY_LEAP_YEAR
    for day in days_in(text):
        year = day.year or year
        when = replace(day, year=year).date if day.month and day.day and day.form == "年" else None
        if when is not None:
            yield day, when


_ANY_LEAP_YEAR = 2024
"""Days without a year are compared within one; the 29th of February is a day, too."""
