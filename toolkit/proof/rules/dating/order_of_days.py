"""Days of work and of building in their order, and the day of the report after all of them."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.outline import body
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.dating.date_ranges import LINK, OF_PERIOD, periods_in
from toolkit.text.days import Day
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_EVENTS = Pattern(
    r"成立|启动|进场|进驻|离场|撤场|完成现场|出具|核查|调研|访谈|座谈|初稿|评审|征求意见|定稿|形成|提交|报送|反馈意见|启动会"
)


@rule(
    "date.order",
    group=Group.DATES,
    title="同一过程的日期按先后",
    good=(
        "2024年3月5日成立工作组，2024年3月20日开展现场核查，2024年4月18日形成初稿。",
        "评价自2025年3月3日启动，5月23日提交报告，经过四个步骤：一是3月3日至3月14日编制方案；二是3月17日至4月11日访谈；三是4月14日至4月30日现场核查。",
        "2024年5月6日成立评价组，7月29日至9月6日为报告撰写阶段，于8月26日形成初稿。",
    ),
    bad=(
        "4月8日召开启动会，5月13日至6月21日开展现场核查，8月31日形成初稿，8月9日征求意见，9月6日定稿。",
        "2025年2月18日成立评价组，3月3日至3月28日开展现场核查，2月15日形成报告初稿，5月9日定稿。",
        "2024年3月5日成立工作组，2024年4月20日开展现场核查，2024年4月18日形成初稿，2024年5月1日定稿。",
    ),
)
def order(report: Report) -> Iterator[Result]:
    """Three and more days of one sentence about the work of the evaluation go forward."""
    for sentence in report.outside_with(_EVENTS):
        if len(_EVENTS.findall(sentence.text)) < 3:
            continue
        text = _STEPS.split(sentence.text)[0]
        days = list(_with_years(days_in(text)))
        if not any(day.year for day, _ in days):
            days = [(day, replace(day, year=_SAME_YEAR).date if day.month and day.day else None) for day, _ in days]
        known = [(day, when) for day, when in days if when]
        if len(known) < 3:
            continue
        for at, (day, when) in enumerate(known[1:], start=1):
            before = _least(sentence.text, known[:at])
            if when < before and (before - when).days < _HALF_A_YEAR:
                printed = sentence.text[day.start : day.end]
                message = f"日期先后颠倒：{printed}写在{before.year}年{before.month}月{before.day}日之后"
                yield doubtful(sentence.place, printed, "", message)


_MADE_OF_IT = Pattern(
    r"(?P<first>(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日)[至到—–\-~～]+(?P<last>(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日)[，,]?[^。；0-9]{0,20}"
    r"(?:开展|进行|实施|组织)[^。；0-9]{0,16}(?:审计|核查|评价|测评|检查|审核|调研|评审)[^。；0-9]{0,10}[，,](?:并)?(?:于)?(?P<made>(?:20[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日)[^，。；0-9]{0,6}(?:出具|形成|提交|印发|下达)"
)


@rule(
    "date.report_of_work",
    group=Group.DATES,
    title="报告在工作开始之后出具",
    good=("2025年4月7日至5月30日，县审计局开展结算审计，6月16日出具审计报告。",),
    bad=("2025年6月17日至6月30日，县审计局开展结算审计，6月16日出具审计报告。",),
)
def reports_of_work(report: Report) -> Iterator[Result]:
    """A period of work and what came of it: not before the work began."""
    for sentence in report.prose_with(_MADE_OF_IT):
        for match in _MADE_OF_IT.finditer(sentence.text):
            days = [when for _, when in _with_years(days_in(match[0])) if when]
            if len(days) == _OF_PERIOD_AND_PAPER and days[-1] < days[0] and (days[0] - days[-1]).days < _HALF_A_YEAR:
                message = f"{match['made']}早于工作开始的{match['first']}"
                yield doubtful(sentence.place, match["made"], f"不早于{match['first']}", message, confidence=80)


_OF_PERIOD_AND_PAPER = 3


def _least(text: str, known: Sequence[tuple[Day, date]]) -> date:
    """The last day; of 7月29日至9月6日为报告阶段，于8月26日形成初稿 the first: what follows may lie within."""
    if len(known) > 1 and _RANGE.fullmatch(text[known[-2][0].end : known[-1][0].start]):
        return known[-2][1]
    return known[-1][1]


_STEPS = Pattern("(?<=阶段|步骤|环节|程序)[：:]")
"""自3月3日启动，5月23日提交报告，经过四个步骤：一是3月3日至…: the steps begin anew."""
_RANGE = Pattern(r"\s*[至到—–\-~～]+\s*")
_SAME_YEAR = 2000
_HALF_A_YEAR = 183
"""12月20日 and then 1月5日 is the next year."""
_STAGES = (
    ("招标公告", "采购公告", "磋商公告", "公开招标"),
    ("开标", "评标"),
    ("中标", "成交"),
    ("签订合同", "合同签订", "签订《"),
    ("开工", "启动建设"),
    ("完工", "竣工", "建成"),
    ("初验", "初步验收"),
    ("验收", "终验", "最终验收"),
)
_PARTNER = Pattern("^(?:区|市|县)?(?:与|和|同)[^，。；]{2,20}?(?=签订|签署)")
"""与某公司签订: with whom is not looked at."""
_PLANNED = Pattern("计划|预计|拟|应于|将|要求|约定|目标|前完成")


@rule(
    "date.stages",
    group=Group.DATES,
    title="建设各阶段的日期按先后",
    good=(
        "校园网络于2023年3月开工，2023年9月完工，2023年10月20日通过验收；教室于2023年4月开工，计划2023年3月完工。",
        "2023年11月组织公开招标，12月8日发布中标公告，12月22日与某通信公司签订《政务云租用服务合同》，服务期自2024年1月1日起。",
    ),
    bad=(
        "校园网络于2023年3月开工，2023年9月完工，2023年8月20日通过验收。",
        "2023年11月组织公开招标，12月8日发布中标公告，11月2日与某通信公司签订《政务云租用服务合同》。",
    ),
)
def stages(report: Report) -> Iterator[Result]:
    """开工, 完工 and 验收 of one clause chain are in this order."""
    for sentence in report.sentences:
        if len(days_in(sentence.text)) < 2:
            continue
        for part in re.split("；", sentence.text):
            yield from _staged(report, sentence.place, part)


def _staged(report: Report, place: Place, text: str) -> Iterator[Result]:
    last: tuple[int, tuple[int, int, int], str] | None = None
    year = 0
    for day in days_in(text):
        clause = re.split("[，。；]", text[day.end :])[0]
        before = re.split("[，。；]", text[: day.start])[-1]
        words = _PARTNER.sub("", clause)[:14]
        stage = next((at for at in range(len(_STAGES) - 1, -1, -1) if any(word in words for word in _STAGES[at])), None)
        year = day.year or year
        if stage is None or not year or _PLANNED.search(before + clause) or LINK.match(text[day.end :]):
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
        "2024年5月6日至5月24日为准备阶段；7月29日至9月6日为报告撰写阶段。\n某评价机构\n2024年6月20日",
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


def _stages_end(sentence: Sentence) -> Iterator[tuple[Place, date, str]]:
    """7月29日至9月6日为报告撰写阶段: the last day of the work."""
    days = [(day, when) for day, when in _with_years(days_in(sentence.text)) if when]
    for (first, _), (last, when) in pairwise(days):
        behind = re.split("[，。；]", sentence.text[last.end :])[0]
        if LINK.fullmatch(half_width(sentence.text[first.end : last.start])) and _OF_WORK.match(behind):
            yield sentence.place, when, "工作日期"


_OF_WORK = Pattern("(?:为|是|对|开展|进行)[^，。；]{0,12}(?:阶段|撰写|核查|评分|开展|实施)")
_WORK = Pattern(r"\s*(?:，)?[^，。；]{0,20}(?:成立|核查|调研|访谈|座谈|初稿|定稿|评审会|通过验收|完工|竣工|终验)")


def _ends(report: Report) -> Iterator[tuple[Place, date, str]]:
    for place, text in report.document.texts_with(OF_PERIOD, least=8):
        for first, second in periods_in(text):
            if OF_PERIOD.search(text[: first.start]) and second.date:
                yield place, second.date, "评价期末"
    for sentence in report.prose:
        yield from _stages_end(sentence)
        for day in days_in(sentence.text):
            clause = re.split("[，。；]", sentence.text[day.end :])[0]
            ended = clause.startswith(("结束", "完成")) and re.search("(?:评价|复评|评估|核查)工作", sentence.text)
            if day.date and (ended or _WORK.match(clause)) and not _PLANNED.search(sentence.text[: day.start] + clause):
                yield sentence.place, day.date, "工作日期"
