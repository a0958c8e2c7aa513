"""Days and periods: those that cannot be, those out of order, and years left over from the last report."""

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.outline import body, title_of
from toolkit.proof.report import Report
from toolkit.text.days import Day
from toolkit.text.folding import half_width

_YEARS = range(1949, 2101)
_LINK = re.compile(r"\s*(?:正式)?(?:起|开始|启动|开工|进场)?\s*[，,]?\s*(?:至|到|-|—|~|–|－)+\s*")
_TITLED = re.compile(r"《[^》]*》")
_OF_PERIOD = re.compile(r"(?:评价期间|评价时段|评价期|数据期间|评价(?:项目)?时段|项目时段)[为是:：]?\s*$")
_EVENTS = re.compile(
    r"成立|启动|进场|进驻|离场|撤场|完成现场|出具|核查|调研|访谈|座谈|初稿|评审|征求意见|定稿|形成|提交|报送"
)
_YEARLY = re.compile(r"(?P<year>20[0-9]{2})年度(?:[0-9]{1,3}个)?(?P<noun>[\u4e00-\u9fff]{3,})")
_SPENT = re.compile(r"(?P<year>20[0-9]{2})年(?P<noun>支付|到位|实际支付|支出)")
_LEAST_KIN = 4
"""How many paragraphs must agree on a year before another one stands out."""


def _real(day: Day) -> bool:
    """Whether it is meant as a date: 2021.13 may be an amount."""
    return (day.form == "年" or bool(day.day)) and (not day.year or day.year in _YEARS)


@rule(
    "date.exists",
    group=Group.DATES,
    title="日期存在",
    good=("2024年2月29日完成验收，支付2021.13万元。",),
    bad=("2023年2月29日完成验收。", "项目于2024年11月31日终验。", "2024年13月5日开工。"),
)
def impossible(report: Report) -> Iterator[Result]:
    """Days that no calendar has; a year by itself is one that can be meant."""
    for place, text in report.document.texts():
        for day in days_in(text):
            if not _real(day):
                continue
            facts = report.facts_within(place, day.start, day.end)
            printed = text[day.start : day.end]
            if not day.exists:
                yield differs(place, printed, "", f"没有“{printed}”这一天", facts=facts)
            elif facts:
                yield agrees(*facts)
        years = tuple(
            fact for fact in report.facts_at(place) if fact.kind is FactKind.DATE and _is_year(report, fact.text)
        )
        if years:
            yield agrees(*years)


_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s*(?:年度?|[-—~至到](?:19|20)?[0-9]{2}(?:年度?)?)?")


def _is_year(report: Report, printed: str) -> bool:
    """A year in full; 23年度 where 2023 is written elsewhere."""
    short = re.fullmatch("[0-9]{2}", printed)
    return bool(_YEAR.fullmatch(printed)) or (
        bool(short) and any(f"20{printed}年" in text for _, text in report.document.texts())
    )


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
    for place, text in report.document.texts():
        for first, second in _periods(text):
            if _key(second, first.year) < _key(first, first.year):
                found = text[first.start : second.end]
                yield differs(
                    place,
                    found,
                    "",
                    f"期间起止颠倒：“{found}”",
                    facts=report.facts_within(place, first.start, second.end),
                )


def _periods(text: str) -> Iterator[tuple[Day, Day]]:
    days = [day for day in days_in(text) if day.form == "年" and day.exists]
    plain = half_width(text)
    for first, second in pairwise(days):
        if _LINK.fullmatch(plain[first.end : second.start]):
            yield first, second


def _key(day: Day, year: int) -> tuple[int, int, int]:
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
    for place, text in report.document.texts():
        for first, second in _periods(text):
            if _OF_PERIOD.search(text[: first.start]):
                ends = (_key(first, 0), _key(second, first.year))
                said.append((place, text[first.start : second.end], ends, first.start, second.end))
    for place, printed, ends, start, end in said[1:]:
        if ends != said[0][2]:
            yield differs(
                place, printed, said[0][1], f"评价期间前后不一致：这里是{printed}，前面是{said[0][1]}",
                facts=report.facts_within(place, start, end), related=(said[0][0],),
            )  # fmt: skip


_OF_YEAR = re.compile(r"(?P<year>20[0-9]{2})年度[^，。；、]{2,16}评价")


@rule(
    "date.evaluated",
    group=Group.DATES,
    title="评价年度与评价期间相符",
    good=("本项目列入某市2024年度数字政府项目绩效评价，评价期间为2023年10月1日至2024年9月30日。",),
    bad=("本项目列入某市2023年度数字政府项目绩效评价，评价期间为2023年10月1日至2024年9月30日。",),
)
def evaluated_year(report: Report) -> Iterator[Result]:
    """The year an evaluation is named for is that in which its period ends, where one paragraph tells both."""
    for place, text in report.document.texts():
        ends = {last.year for first, last in _periods(text) if _OF_PERIOD.search(text[: first.start])}
        plain = _TITLED.sub("", text)
        for match in _OF_YEAR.finditer(plain) if len(ends) == 1 else ():
            end = next(iter(ends))
            if end and int(match["year"]) in (end - 1, end + 1) and f"{end}年" not in match[0]:
                message = f"“{match[0][:20]}”与评价期间的末年{end}年不符"
                yield doubtful(place, match["year"], str(end), message, facts=_year_facts(report, place, match["year"]))


@rule(
    "date.order",
    group=Group.DATES,
    title="同一过程的日期按先后",
    good=("2024年3月5日成立工作组，2024年3月20日开展现场核查，2024年4月18日形成初稿。",),
    bad=(
        "2025年2月18日成立评价组，3月3日至3月28日开展现场核查，2月15日形成报告初稿，5月9日定稿。",
        "2024年3月5日成立工作组，2024年4月20日开展现场核查，2024年4月18日形成初稿，2024年5月1日定稿。",
    ),
)
def order(report: Report) -> Iterator[Result]:
    """Three and more days of one sentence about the work of the evaluation go forward."""
    for sentence in report.sentences:
        if sentence.place.table or len(_EVENTS.findall(sentence.text)) < 3:
            continue
        days = list(_with_years(days_in(sentence.text)))
        known = [(day, when) for day, when in days if when]
        if len(known) < 3:
            continue
        for (_, before), (day, when) in pairwise(known):
            if when < before:
                printed = sentence.text[day.start : day.end]
                message = f"日期先后颠倒：{printed}写在{before.year}年{before.month}月{before.day}日之后"
                yield doubtful(sentence.place, printed, "", message)


_STAGES = (
    ("招标公告", "采购公告", "磋商公告", "公开招标"),
    ("开标", "评标"),
    ("中标", "成交"),
    ("签订合同", "合同签订"),
    ("开工", "启动建设"),
    ("完工", "竣工", "建成"),
    ("初验", "初步验收"),
    ("验收", "终验", "最终验收"),
)
_PLANNED = re.compile("计划|预计|拟|应于|将|要求|约定|目标|前完成")


@rule(
    "date.stages",
    group=Group.DATES,
    title="建设各阶段的日期按先后",
    good=("校园网络于2023年3月开工，2023年9月完工，2023年10月20日通过验收；教室于2023年4月开工，计划2023年3月完工。",),
    bad=("校园网络于2023年3月开工，2023年9月完工，2023年8月20日通过验收。",),
)
def stages(report: Report) -> Iterator[Result]:
    """开工, 完工 and 验收 of one clause chain are in this order."""
    for sentence in report.sentences:
        for part in re.split("；", sentence.text):
            yield from _staged(report, sentence.place, part)


def _staged(report: Report, place: Place, text: str) -> Iterator[Result]:
    last: tuple[int, tuple[int, int, int], str] | None = None
    year = 0
    for day in days_in(text):
        clause = re.split("[，。；]", text[day.end :])[0]
        before = re.split("[，。；]", text[: day.start])[-1]
        stage = next(
            (at for at in range(len(_STAGES) - 1, -1, -1) if any(word in clause[:14] for word in _STAGES[at])), None
        )
        year = day.year or year
        if stage is None or not year or _PLANNED.search(before + clause) or _LINK.match(text[day.end :]):
            continue
        key = (year, day.month, day.day or 31)
        if last is not None and stage > last[0] and key < last[1]:
            printed = text[day.start : day.end]
            facts = tuple(fact for fact in report.facts_at(place) if fact.text == printed)
            yield doubtful(place, printed, f"不早于{last[2]}", f"{printed}{clause[:10]}早于{last[2]}", facts=facts)
        last = (stage, (year, day.month, day.day or 1), text[day.start : day.end] + clause[:6])


def _with_years(days: Iterable[Day]) -> Iterator[tuple[Day, date | None]]:
    """3月3日 behind 2025年2月18日 is of the same year."""
    year = 0
    for day in days:
        year = day.year or year
        when = day.date or (replace(day, year=year).date if year and day.month and day.day else None)
        yield day, when


def _signed(report: Report) -> list[tuple[Place, str, date]]:
    """Dates that stand alone in a paragraph: of the cover and of the signature."""
    found = []
    for paragraph in body(report.document):
        text = paragraph.text.strip()
        days = list(days_in(text))
        if len(days) == 1 and days[0].end - days[0].start == len(text) and (when := _last_of(days[0])):
            found.append((paragraph.place, text, when))
    return found


def _last_of(day: Day) -> date | None:
    """The day, or the last of the month where only that is named."""
    if day.date is not None or not day.year or not day.month or day.day:
        return day.date
    return date(day.year, day.month, monthrange(day.year, day.month)[1]) if day.exists else None


@rule(
    "date.signed",
    group=Group.DATES,
    title="报告日期不早于评价期末和工作日期",
    good=("评价期间为2023年1月1日至2023年12月31日。\n2024年3月5日开展现场核查。\n2024年5月10日",),
    bad=(
        "评价期间为2023年1月1日至2023年12月31日。\n某评价机构\n2023年5月10日",
        "2024年3月5日开展现场核查，2024年5月10日形成报告初稿。\n某评价机构\n2024年4月1日",
        "某项目绩效复评报告\n2023年8月\n一、概况\n复评工作自2024年5月6日开始，至2024年7月31日结束。",
    ),
)
def signed(report: Report) -> Iterator[Result]:
    """A report is dated after the period it is about and after the work it tells of."""
    dated = _signed(report)
    if not dated:
        return
    place, printed, when = dated[-1]
    for at, end, what in _ends(report):
        if at != place and end > when:
            message = f"报告日期{printed}早于{what}{end.year}年{end.month}月{end.day}日"
            verdict = differs if what == "评价期末" else doubtful
            yield verdict(
                place,
                printed,
                f"{end.year}年{end.month}月{end.day}日之后",
                message,
                related=(at,),
                facts=report.facts_at(place),
            )
            return


_WORK = re.compile(r"\s*(?:，)?[^，。；]{0,20}(?:成立|核查|调研|访谈|座谈|初稿|定稿|评审会|通过验收|完工|竣工|终验)")


def _ends(report: Report) -> Iterator[tuple[Place, date, str]]:
    for place, text in report.document.texts():
        for first, second in _periods(text):
            if _OF_PERIOD.search(text[: first.start]) and second.date:
                yield place, second.date, "评价期末"
    for sentence in report.prose:
        for day in days_in(sentence.text):
            clause = re.split("[，。；]", sentence.text[day.end :])[0]
            ended = clause.startswith(("结束", "完成")) and re.search("(?:评价|复评|评估|核查)工作", sentence.text)
            if day.date and (ended or _WORK.match(clause)) and not _PLANNED.search(sentence.text[: day.start] + clause):
                yield sentence.place, day.date, "工作日期"


@rule(
    "date.year",
    group=Group.DATES,
    title="没有上一年度的残留",
    good=(
        "安平市2023年度信息化项目绩效评价报告\n安平市2023年度信息化项目共3个，按2022年度部门工作计划建设。",
        "依据《关于开展2022年度信息化项目自评的通知》，对2023年度信息化项目评价。\n2023年度信息化项目共3个。",
    ),
    bad=("安平市2023年度信息化项目绩效评价报告\n安平市2022年度信息化项目共3个，评价结果良好。",),
)
def other_year(report: Report) -> Iterator[Result]:
    """The same thing is of one year everywhere; titles of other documents do not count."""
    for pattern, least in ((_YEARLY, 2), (_SPENT, _LEAST_KIN)):
        for noun, said in _by_noun(report, pattern).items():
            years = Counter(year for year, _, _ in said)
            common, times = years.most_common(1)[0]
            title = re.search(rf"(20[0-9]{{2}})年度{noun}", title_of(report.document))
            if title and pattern is _YEARLY and years[title[1]] == times:
                common, times = title[1], max(times, least)
            for year, place, shown in said:
                if year != common and times >= least and years[year] == 1 and (title or int(year) < int(common)):
                    message = f"“{shown}”与别处的{common}年不一致，可能是上一年度的残留"
                    facts = _year_facts(report, place, year)
                    yield doubtful(place, shown, shown.replace(year, common), message, facts=facts)


@rule(
    "date.title",
    group=Group.DATES,
    title="标题的年度与正文一致",
    good=("安平市2024年度专项资金绩效评价报告\n一、概况\n" + "2024年度安排资金。\n" * 5 + "比2023年增加。",),
    bad=("安平市2023年度专项资金绩效评价报告\n一、概况\n" + "2024年度安排资金。\n" * 5 + "比2023年增加。",),
)
def title_year(report: Report) -> Iterator[Result]:
    """The year of the title is hardly ever named in a report that is about the next year or the one before."""
    title = title_of(report.document)
    match = re.search(r"(20[0-9]{2})年度?(?![0-9])", title)  # not the day of a meeting
    if match is None or len(re.findall(r"20[0-9]{2}", title)) > 1:
        return
    first = report.document.paragraphs[0].place
    texts = [_TITLED.sub("", paragraph.text) for paragraph in body(report.document) if paragraph.place > first]
    years = Counter(year for text in texts for year in re.findall(r"(20[0-9]{2})年", text))
    common, times = years.most_common(1)[0] if years else ("", 0)
    ends = {day.year for text in texts for _, day in _periods(text) if day.year}
    near = abs(int(common or 0) - int(match[1])) == 1
    if near and not years[match[1]] and ends and int(match[1]) not in ends and int(common) in ends:
        times = max(times, _LEAST_KIN)
    if near and times >= _LEAST_KIN and times >= _MANY_TIMES * years[match[1]]:
        place = next((item.place for item in report.document.paragraphs if match[0] in item.text), first)
        message = f"标题写{match[1]}年，正文{times}处写{common}年"
        yield doubtful(place, match[1], common, message, facts=_year_facts(report, place, match[1]))


_MANY_TIMES = 3


def _by_noun(report: Report, pattern: re.Pattern[str]) -> dict[str, list[tuple[str, Place, str]]]:
    found: dict[str, list[tuple[str, Place, str]]] = defaultdict(list)
    for paragraph in body(report.document):
        text = _TITLED.sub("", paragraph.text)
        matches = list(pattern.finditer(text))
        if pattern is _SPENT and len({match["year"] for match in matches}) > 1:
            continue
        for match in matches:
            noun = match["noun"][:3]
            found[noun].append((match["year"], paragraph.place, match[0][: 6 + len(noun) + 3]))
    return found


def _year_facts(report: Report, place: Place, year: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in report.facts_at(place) if fact.kind is FactKind.DATE and fact.text.startswith(year))
