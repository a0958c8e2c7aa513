"""The report's own day, the day its data end, the days of one event: each the same wherever it is told."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.proof.rules.dating.date_ranges import OF_PERIOD, periods_in
from toolkit.proof.rules.naming.names import PROJECTS, of_columns
from toolkit.text.days import Day
from toolkit.text.patterns import Pattern

_SIGNED = Pattern(r"(?:报告日期为?|出具日期为?|本报告由[^，。]{2,24}于)[：:]?\s*$")
_ISSUED = Pattern(r"^\s*(?:出具|完成)(?:本报告)?")
_AS_OF = Pattern(r"数据(?:均|统一)?截[至止]到?$")
_EVENT = Pattern(r"(?P<event>立项批复|合同签订|开工|初验|终验)(?:时间|日期|时限)?(?:为|于|：|:)?$")
_FIRST_CELLS = 2


def _date(day: Day) -> date | None:
    return date(day.year, day.month, day.day) if day.exists and day.year and day.month and day.day else None


@rule(
    "date.issued",
    group=Group.DATES,
    title="报告日期各处相同",
    good=("报告日期为2025年5月30日。\n评价机构\t某所（盖章）\t日期\t2025年5月30日\n主评人\t\t签字\t",),
    bad=("报告日期为2025年5月30日。\n评价机构\t某所（盖章）\t日期\t2015年5月30日\n主评人\t\t签字\t",),
)
def issued(report: Report) -> Iterator[Result]:
    """The day of the report as its text and the table of signatures tell it; most of them are right."""
    told = [*_signed(report), *_in_signatures(report)]
    days = [day for _, day, _ in told]
    for place, day, printed in told[:1] if len(told) == _FIRST_CELLS and days[0] != days[1] else ():
        others = tuple(where for where, other, _ in told if other != day)
        message = f"报告日期前后不一致：这里是{printed}，另一处是{told[1][2]}"
        yield differs(place, printed, told[1][2], message, related=others)
    for place, day, printed in told if len(told) > _FIRST_CELLS else ():
        usual = max(days, key=days.count)
        if day != usual and days.count(usual) > days.count(day):
            yield differs(place, printed, f"{usual:%Y年%-m月%-d日}", f"报告日期前后不一致：“{printed}”与别处不同")


def _signed(report: Report) -> Iterator[tuple[Place, date, str]]:
    for place, text in report.document.texts(8):
        for day in days_in(text):
            own = _SIGNED.search(text[: day.start])
            made = own is not None and (not own[0].startswith("本报告由") or _ISSUED.match(text[day.end :]))
            if made and (found := _date(day)):
                yield place, found, text[day.start : day.end]


def _in_signatures(report: Report) -> Iterator[tuple[Place, date, str]]:
    for table in report.document.tables:
        is_signed = any("签字" in cell.text for row in table.rows for cell in row)
        for row in table.rows if is_signed else ():
            for left, cell in pairwise(row):
                days = days_in(cell.text) if left.label == "日期" else ()
                if days and (found := _date(days[0])):
                    yield cell.place, found, cell.text.strip()


@rule(
    "date.data_end",
    group=Group.DATES,
    title="数据截至的日期与评价期间相合",
    good=("评价期间为2023年1月1日至2023年12月31日，数据截至2024年3月31日。",),
    bad=(
        "评价期间为2023年10月1日至2024年9月30日，数据截至2014年9月30日。",
        "评价期间为2023年10月1日至2024年9月30日，数据截至2025年9月30日。",
    ),
)
def data_end(report: Report) -> Iterator[Result]:
    """Data go on to the end of the period at least, and not by a year or more beyond it."""
    for place, text in report.document.texts(8):
        ends = [_date(last) for first, last in periods_in(text) if OF_PERIOD.search(text[: first.start])]
        for day in days_in(text) if len(ends) == 1 and ends[0] else ():
            found = _date(day)
            end = ends[0]
            if found is None or end is None or not _AS_OF.search(text[: day.start]):
                continue
            if found < end or found - end >= timedelta(days=360):
                printed = text[day.start : day.end]
                message = f"数据截至{printed}，而评价期间到{end:%Y年%-m月%-d日}为止"
                yield doubtful(place, printed, "", message, facts=report.facts_within(place, day.start, day.end))


@rule(
    "date.event",
    group=Group.DATES,
    title="同一事件的日期各处相同",
    good=("立项批复2022年7月14日，初验2023年11月10日（计划2023年8月27日），终验2024年3月18日。\n终验2024年3月18日。",),
    bad=(
        "立项批复2022年7月14日，初验2023年11月10日，终验2024年3月18日。\n指标\t得分\t说明\n终验时限\t2\t实际完成日期2024年4月18日，得2分",
    ),
)
def events(report: Report) -> Iterator[Result]:
    """Of a report about one project: two days of an event that differ in one of year, month and day."""
    if len(of_columns(report, PROJECTS)) > 1:
        return
    told: dict[str, list[tuple[Place, date, str]]] = defaultdict(list)
    for event, place, day, printed in (*_in_sentences(report), *_in_rows(report)):
        told[event].append((place, day, printed))
    for event, days in told.items():
        yield from _nearly(event, days)


_Event = tuple[str, Place, date, str]


def _in_sentences(report: Report) -> Iterator[_Event]:
    for place, text in report.document.texts(6):
        for day in days_in(text):
            match, found = _EVENT.search(text[: day.start]), _date(day)
            if match and found:
                yield match["event"], place, found, text[day.start : day.end]


_ACTUAL = Pattern(r"实际完成日期[：:为]?$")


def _in_rows(report: Report) -> Iterator[_Event]:
    """终验时限 … 实际完成日期2024年3月18日: the event is named by its row."""
    for row in (row for table in report.document.tables for row in table.rows[table.head :]):
        event = next((match["event"] for cell in row if (match := _EVENT.search(cell.text.strip()))), "")
        for cell in row if event else ():
            day = next(iter(days_in(cell.text)), None)
            found = _date(day) if day and _ACTUAL.search(cell.text[: day.start]) else None
            if day and found:
                yield event, cell.place, found, cell.text[day.start : day.end]


def _nearly(event: str, told: Sequence[tuple[Place, date, str]]) -> Iterator[Result]:
    place, first, printed = told[0]
    for other_place, other, other_printed in told[1:]:
        same = (first.year == other.year) + (first.month == other.month) + (first.day == other.day)
        if same == _ALL_BUT_ONE:
            message = f"{event}的日期此处是{printed}，另一处是{other_printed}"
            yield doubtful(other_place, other_printed, printed, message, related=(place,))


_ALL_BUT_ONE = 2
_OLD = Pattern(
    "施行|印发|通过|修订|成立(?!工作组|评价组|小组|专班)|设立|颁布|发布|公布|注册|出生|《|〔|起执行|建成|始建|历史"
)
_AHEAD = Pattern("计划|预计|将|到期|届满|有效期|质保|前完成|以前|之前|至|目标|规划|期限")
_FAR, _YEARS = 6, range(1949, 2101)


@rule(
    "date.far",
    group=Group.DATES,
    title="日期的年份不孤立",
    good=(
        "2017年6月1日起施行。2022年8月1日批复，2022年9月1日签订，2023年1月1日开工，2023年6月1日验收，2024年1月1日付清。",
    ),
    bad=(
        "2022年8月1日批复，2012年9月1日签订，2023年1月1日开工，2023年6月1日验收，2024年1月1日付清，2024年5月1日报告。",
    ),
)
def far(report: Report) -> Iterator[Result]:
    """One day whose year is six and more away from those of all others, where it is no law's and no plan's."""
    told = [
        (place, day.year, text[day.start : day.end], text[max(0, day.start - 12) : day.end + 8])
        for place, text in report.document.texts()
        for day in days_in(text)
        if day.month and day.exists and day.year in _YEARS and "年" in text[day.start : day.end]
    ]
    years = sorted(year for _, year, _, _ in told)
    for place, year, printed, around in told if len(told) >= _FAR else ():
        others = [other for other in years if other != year]
        alone = years.count(year) == 1 and others and min(abs(other - year) for other in others) >= _FAR
        if alone and not _OLD.search(around) and not (year > max(others) and _AHEAD.search(around)):
            yield doubtful(place, printed, "", f"“{printed}”与全文别的日期相差{_FAR}年以上，请核对年份")


_YEAR = Pattern(r"(?<![0-9.])(?P<year>20[0-9]{2})(?=年)")
_AROUND, _WORDS = 5, 6


@rule(
    "date.phrase",
    group=Group.DATES,
    title="同一名称中的年份各处相同",
    good=("某市2024年度数字政府项目。\n某市2024年度数字政府项目。\n某市2023年度决算。",),
    bad=(
        "某市2023年度数字政府项目。\n某市2024年度数字政府项目。\n受托开展某市2024年度数字政府项目评价。\n某市2024年度数字政府项目。",
    ),
)
def phrases(report: Report) -> Iterator[Result]:
    """A year between the same words as another year is in two places and more."""
    found: dict[tuple[str, str], list[tuple[Place, str, str]]] = defaultdict(list)
    for place, text in report.document.texts_with(_YEAR, least=8):
        for match in _YEAR.finditer(text):
            before, behind = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + _AROUND]
            if len(re.findall("[一-鿿]", before + behind)) >= _WORDS + 1:
                found[before, behind].append((place, match["year"], f"{before}{match['year']}{behind}"))
    for told in found.values():
        years = [year for _, year, _ in told]
        usual = max(years, key=years.count)
        odd = [item for item in told if item[1] != usual]
        if len(odd) == 1 and years.count(usual) > 1:
            place, year, shown = odd[0]
            related = tuple(other for other, its, _ in told if its == usual)
            message = f"“{shown}”在别处写的是{usual}年（{years.count(usual)}处）"
            yield doubtful(place, year, usual, message, related=related)
