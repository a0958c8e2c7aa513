"""The year of the title and the period under evaluation: one year, from its first day to its last."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.outline import title_of
from toolkit.proof.report import Report
from toolkit.proof.rules.dating.date_ranges import OF_PERIOD, periods_in
from toolkit.text.patterns import Pattern

_YEAR = Pattern(r"(?P<year>20[0-9]{2})年度")
_BRACKETS = Pattern("[（(][^（）()]*[)）]")
_MONTHS, _NEAR, _LONG = 12, 35, 9
_BODY = "一、概况\n评价期间为2023年10月1日至2024年9月30日。"


@rule(
    "date.cover",
    group=Group.DATES,
    title="封面年度与评价期间相符",
    good=(
        f"安平市2024年度信息化项目评价报告\n{_BODY}",
        "安平市2023年度项目评价报告\n一、概况\n评价期间为2023年1月1日至2023年12月31日。",
        f"云网提升（2023年度）评价报告\n{_BODY}",
        "安平市2021—2023年度项目评价报告\n一、概况\n评价期间为2021年1月1日至2023年12月31日。",
    ),
    bad=(f"安平市2023年度信息化项目评价报告\n{_BODY}", f"安平市2025年度信息化项目评价报告\n{_BODY}"),
)
def cover(report: Report) -> Iterator[Result]:
    """The year of the title is the one in which most of the period lies, where that is of at most a year."""
    title = _BRACKETS.sub("", title_of(report.document))
    years = re.findall("20[0-9]{2}", title)
    match = _YEAR.search(title)
    if match is None or len(years) != 1:
        return
    for place, first, last in _periods(report):
        months = (last.year - first.year) * _MONTHS + last.month - first.month + 1
        if not 0 < months <= _MONTHS:
            continue
        here = first.year if _MONTHS - first.month + 1 > months / 2 else last.year
        if here != int(years[0]):
            message = f"标题写{years[0]}年度，评价期间是{first:%Y-%m-%d}至{last:%Y-%m-%d}"
            where = next((item.place for item in report.document.paragraphs if match[0] in item.text), place)
            yield doubtful(where, years[0], str(here), message, related=(place,), confidence=75)


@rule(
    "date.whole_year",
    group=Group.DATES,
    title="评价期间起止日成整年",
    good=(_BODY, "评价期间为2023年1月1日至2023年6月30日。评价期间为2021年1月1日至2023年12月31日。"),
    bad=(
        "评价期间为2023年10月1日至2024年9月3日。",
        "评价期间为2023年1月11日至2023年12月31日。",
        "安平市2024年度信息化项目评价报告\n一、概况\n评价期间为2014年10月1日至2024年9月30日。",
    ),
)
def whole(report: Report) -> Iterator[Result]:
    """A period that is a year but for some days; one of ten years in a report on a single year."""
    single = len(re.findall("20[0-9]{2}", title_of(report.document))) == 1
    for place, first, last in _periods(report):
        after = last + timedelta(days=1) if last < date.max else last
        shown = f"{first:%Y-%m-%d}至{last:%Y-%m-%d}"
        years = max(1, round((after - first).days / 365.25))
        off = abs((after - first).days - round(years * 365.25))
        at_edge = first.day == 1 or after.day == 1
        if 1 < off <= _NEAR and at_edge and (first.day, first.month) != (after.day, after.month):
            whole_months = first.day == 1 and after.day == 1
            if not whole_months:
                yield doubtful(place, shown, "", f"评价期间{shown}差几天不成整年，请核对起止日", confidence=60)
        elif single and years > _LONG:
            yield doubtful(place, shown, "", f"评价期间{shown}有{years}年，标题只写一个年度", confidence=75)


def _periods(report: Report) -> Iterator[tuple[Place, date, date]]:
    for place, text in report.document.texts_with(OF_PERIOD):
        for first, last in periods_in(text) if "评价" in text else ():
            if first.date and last.date and first.date < last.date and OF_PERIOD.search(text[: first.start]):
                yield place, first.date, last.date
