"""How long something took, against the days that the sentence names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report, Sentence
from toolkit.text.days import Day
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

_TOOK = Pattern(
    r"(?:历时|为期|建设期|建设周期|服务期|服务期限|实施期|合同期|有效期|合作期|质保期|期限|现场工作|评价工作|用时|耗时|工期|共计?|合计|试运行(?:期)?|运行|晚|早|提前|延期|延迟|逾期|超期|滞后|推迟|相差|间隔|[早晚]于[^，。；0-9]{1,10})(?:了|约定时间|时间|为|合同约定)?$"
)
_APART = Pattern(
    r"(?:晚|早|提前|延期|延迟|逾期|超期|滞后|推迟|相差|间隔|[早晚]于[^，。；0-9]{1,10})(?:了|约定时间|时间|合同约定)?$"
)
_DAYS, _WEEKS, _MONTHS, _YEARS = ("天", "日", "日历天"), ("周",), ("个月",), ("年",)
_WEEK, _YEAR = 7, 12
_SHORT_MONTH, _LONG_MONTH = 28, 31


@rule(
    "date.duration",
    group=Group.DATES,
    title="历时、工期、提前或晚几天与写出的日期相符",
    good=(
        "批复建设期18个月，自2023年7月14日合同签订至2025年8月22日竣工验收，实际历时26个月，超期8个月。",
        "中标通知书2021年7月5日发出，合同于2021年8月19日签订，间隔45天，超过规定的30天，超期15天。",
        "两个包分别延期58天和91天（约定验收日期分别为2024年5月1日和2024年5月31日）。",
        "第二笔款于2024年5月17日支付，阶段验收日期为2024年5月28日，早于阶段验收11天。",
        "批复建设期24个月，应于2024年5月16日前完成，实际最后一份合同于2024年6月28日验收，延期43天。",
        "2024年评价工作方案。\n\n\n5月13日至6月21日开展现场评价，历时40天，7月31日形成初稿。",
        "评估自2024年2月26日启动，历时9周，于2024年4月28日完成。",
        "评价自2024年3月11日启动，至6月28日提交报告，历时110天。现场工作从4月8日到4月26日，共19天。",
        "项目于2021年6月18日开工，计划2024年6月17日竣工，工期36个月。批复工期36个月，自2021年4月至2024年3月。",
        "约定2023年11月30日前完成验收。2023年10月18日至2024年1月15日试运行90天，1月15日通过终验，比约定时间晚46天。",
        "甲项目计划2023年5月1日完工；乙项目约定2023年6月30日完工，实际于2023年9月28日通过终验，逾期90天。",
        "2024年8月26日开工、12月20日竣工，工期116天，比合同工期150天提前34天。",
        "合同工期180天，自2023年3月1日开工，应于2023年8月27日前完工，实际2023年9月15日完工，逾期19天。",
    ),
    bad=(
        "第二笔款于2024年5月17日支付，阶段验收日期为2024年6月28日，早于阶段验收11天。",
        "2024年评价工作方案。\n\n\n5月13日至6月21日开展现场评价，历时50天，7月31日形成初稿。",
        "4月26日通过论证，5月13日至6月21日开展现场评价，历时50天，8月9日征求意见，2024年9月6日定稿。",
        "评估自2024年2月26日启动，历时11周，于2024年4月28日完成。",
        "评价自2024年3月11日启动，至6月28日提交报告，历时100天。",
        "2024年4月8日接受委托。\n4月8日至4月26日为准备，4月29日至7月12日为实施，两个阶段历时86天。",
        "项目于2021年6月18日开工，计划2024年6月17日竣工，工期30个月。",
        "批复工期24个月，自2021年4月至2024年3月。",
        "2021年6月批准立项，建设期24个月，自2021年7月至2023年12月。",
        "约定2023年11月30日前完成验收，2024年1月15日通过终验，比约定时间晚64天。",
        "甲项目计划2023年5月1日完工；乙项目约定2023年6月30日完工，实际于2023年9月28日通过终验，逾期60天。",
        "合同工期180天，自2023年3月1日开工，应于2023年7月27日前完工，实际2023年9月15日完工。",
    ),
)
def durations(report: Report) -> Iterator[Result]:
    """Days and months that are said to lie between, against all pairs of days of the sentence, then of the paragraph."""
    year = next(
        (int(match[0]) for _, text in report.document.texts_with(_ANY_YEAR) if (match := _ANY_YEAR.search(text))), 0
    )
    for place, text in report.document.texts():
        days = _dated(text, year) if not place.table else []
        year = days[-1][1].year if days else year
        sentences = report.sentences_at(place) if len(days) > 1 else ()
        for sentence in sentences:
            for fact in sentence.facts:
                words = sentence.text[: fact.start - sentence.start]
                if _is_one_of_several(sentence, fact) or _COMPARED.search(words):
                    continue  # 分别延期58天和91天（约定5月1日和5月31日）: each of its own day
                if _DUE.search(words) and _REALLY.search(sentence.text[fact.end - sentence.start :]):
                    continue  # 批复建设期18个月，自7月14日至8月22日，实际历时26个月
                if fact.exact and fact.unit in (*_DAYS, *_WEEKS, *_MONTHS, *_YEARS) and _TOOK.search(words):
                    yield from _took(sentence, fact, text, days, apart=bool(_APART.search(words)))


def _is_one_of_several(sentence: Sentence, fact: Fact) -> bool:
    """Whether as many of the unit are told in a row, parted by 和 or 、."""
    beside = (abs(other.start - fact.end) <= 1 or abs(fact.start - other.end) <= 1 for other in sentence.facts
              if other is not fact and other.unit == fact.unit)  # fmt: skip
    return "分别" in sentence.text and any(beside)


_COMPARED = Pattern("[比较](?:合同|计划|批复|约定|规定|原定|要求的?)?(?:工期|期限|时限)(?:的)?$")
"""比合同工期150天提前34天: what was agreed on, not what it took."""
_DUE = Pattern("(?:批复|计划|约定|合同|要求)[^，。；0-9]{0,6}$")
_REALLY = Pattern("实际(?:历时|工期|用时|建设|完成)")
_ANY_YEAR = Pattern("20[0-9]{2}(?=年)")
"""What a report without a year beside its days is of, near enough to count days."""


def _dated(text: str, year_before: int) -> list[tuple[Day, date, bool]]:
    """The days of a text that follow from what is written: a missing year is that of the day before; whether whole."""
    found: list[tuple[Day, date, bool]] = []
    year = year_before
    for day in days_in(half_width(text)):
        year = day.year or year
        whole = replace(day, year=year, day=day.day or 1)
        if year and whole.date is not None and day.form != ".":
            found.append((day, whole.date, bool(day.day)))
    return found


def _took(
    sentence: Sentence, fact: Fact, text: str, days: Sequence[tuple[Day, date, bool]], *, apart: bool
) -> Iterator[Result]:
    first, stop = _part(sentence, fact)
    own = [item for item in days if first <= item[0].start < stop]
    by_month = fact.unit in (*_MONTHS, *_YEARS)
    if not by_month:
        own, days = ([item for item in items if item[2]] for items in (own, days))
    fits = _fits_days if fact.unit in _DAYS else _fits_weeks if fact.unit in _WEEKS else _fits_months
    number = int(fact.value or 0) * (_YEAR if fact.unit in _YEARS else 1)
    told = _late(fact, text, own) if apart else _planned(fact, text, own) or _from_to(fact, text, own)
    near = [told] if told and not apart else list(combinations(own if told else days, 2))
    if any(fits(number, left, right) for left, right in near) or (apart and _is_beyond(sentence, fact)):
        yield agrees(fact)
        return
    pair = (_agreed(sentence, fact, text, days) if apart else None) or told
    pair = pair or _meant(fact, own, text, apart=apart)
    if (
        pair is not None
        and not apart
        and pair[0] in _due_days(text, [pair[0]])
        and _IS_REAL.search(text[: pair[1][0].start])
    ):
        return  # 建设期24个月，应于5月16日前完成，实际6月28日验收: neither is the day of the beginning
    if pair is None or (fact.unit in _YEARS and not _is_span(sentence, text, pair)):
        return
    left, right = pair
    gap = abs((right[1] - left[1]).days)
    due = f"{gap + (not apart)}天" if not by_month else f"{_months(left, right)}个月"
    message = f"写{fact.text}，{_shown(left)}到{_shown(right)}是{due}"
    say = differs if len(own) == 2 or apart else doubtful
    yield say(fact.place, fact.text, due, message, facts=(fact,), confidence=85)


def _is_beyond(sentence: Sentence, fact: Fact) -> bool:
    """间隔45天，超过规定的30天，超期15天: what one number of days is more than another."""
    others = [other for other in sentence.facts if other is not fact and other.unit == fact.unit and other.value]
    return any(abs(left.base - right.base) == fact.base for left, right in combinations(others, 2))


def _is_span(sentence: Sentence, text: str, pair: tuple[tuple[Day, date, bool], tuple[Day, date, bool]]) -> bool:
    """自2019年1月1日起至2038年12月31日止: from one day to the other, and no other number of years that is meant."""
    left, right = pair
    between = text[left[0].end : right[0].start]
    years = [int(fact.value or 0) * _YEAR for fact in sentence.facts if fact.unit in _YEARS and fact.exact]
    return re.search("[至到]", between) is not None and not any(_fits_months(number, left, right) for number in years)


def _part(sentence: Sentence, fact: Fact) -> tuple[int, int]:
    """Where the part of the sentence between semicolons begins and ends that holds the number."""
    at = fact.start - sentence.start
    first, stop = sentence.text.rfind("；", 0, at) + 1, sentence.text.find("；", at)
    return sentence.start + first, sentence.start + (stop if stop >= 0 else len(sentence.text))


_DUE = Pattern(r"(?:约定|计划|规定|要求|应于|应在|应当于|批复|原定)[^，。；]{0,6}$")
_IS_REAL = Pattern("(?:实际|直至|直到)[^。；]{0,16}$")
_BEGUN = Pattern(r"^\s*(?:正式)?(?:开工|启动|进场|起|签订|开始|下达)")


def _due_days(text: str, days: Sequence[tuple[Day, date, bool]]) -> list[tuple[Day, date, bool]]:
    """The days that were agreed on or planned, by the words right before them."""
    return [item for item in days if item[2] and _DUE.search(text[: item[0].start])]


def _late(
    fact: Fact, text: str, own: Sequence[tuple[Day, date, bool]]
) -> tuple[tuple[Day, date, bool], tuple[Day, date, bool]] | None:
    """约定6月30日完工，实际9月28日通过终验，逾期90天: the day that was agreed on and the last before the number."""
    before = [item for item in own if item[0].end <= fact.start and item[2]]
    due = _due_days(text, before)
    return (due[-1], before[-1]) if due and due[-1] is not before[-1] else None


def _planned(
    fact: Fact, text: str, own: Sequence[tuple[Day, date, bool]]
) -> tuple[tuple[Day, date, bool], tuple[Day, date, bool]] | None:
    """工期180天，自3月1日开工，应于8月27日前完工: where one day is that of the beginning and one that of the end."""
    begun = [item for item in own if item[2] and _BEGUN.match(text[item[0].end :])]
    due = _due_days(text, own)
    if len(begun) == len(due) == 1 and begun[0] is not due[0] and text[: fact.start].endswith(("工期", "工期为")):
        return begun[0], due[0]
    return None


def _from_to(
    fact: Fact, text: str, own: Sequence[tuple[Day, date, bool]]
) -> tuple[tuple[Day, date, bool], tuple[Day, date, bool]] | None:
    """5月13日至6月21日开展现场评价，历时40天: the range right before, where the words are not of several stages."""
    before = [item for item in own if item[0].end <= fact.start and item[2]]
    if len(before) < 2 or not re.fullmatch(r"\s*[至到—–\-]+\s*", text[before[-2][0].end : before[-1][0].start]):
        return None
    between = text[before[-1][0].end : fact.start]
    return (before[-2], before[-1]) if re.fullmatch(r"[^，。；0-9]{0,14}[，,]?(?:历时|共|共计|用时)", between) else None


def _agreed(
    sentence: Sentence, fact: Fact, text: str, days: Sequence[tuple[Day, date, bool]]
) -> tuple[tuple[Day, date, bool], tuple[Day, date, bool]] | None:
    """比约定时间晚46天: the last day that was agreed on, and the last one before the number; 比12月25日推迟26天."""
    own = [item for item in days if sentence.start <= item[0].start and item[0].end <= fact.start and item[2]]
    if len(own) > 1 and re.fullmatch(
        r"(?:前|之前)?(?:晚|早|提前|延期|延迟|逾期|超期|推迟|滞后)了?", text[own[-1][0].end : fact.start]
    ):
        return own[-2], own[-1]
    if not re.search("约定|计划|合同|规定", sentence.text[: fact.start - sentence.start][-12:]):
        return None
    before = [item for item in days if item[0].end <= fact.start and item[2]]
    agreed = [item for item in before if re.search("约定|计划|规定", text[max(0, item[0].start - 8) : item[0].start])]
    return (agreed[-1], before[-1]) if agreed and before[-1] is not agreed[-1] else None


def _meant(
    fact: Fact, own: Sequence[tuple[Day, date, bool]], text: str, *, apart: bool
) -> tuple[tuple[Day, date, bool], tuple[Day, date, bool]] | None:
    """The two days of the sentence, or the last two before the number that are written as from and to."""
    if len(own) == 2:
        return own[0], own[1]
    behind = [item for item in own if item[0].start >= fact.end]
    if len(behind) > 1 and re.match("[，,（(]?(?:即|从|自)", text[fact.end :]):  # 建设期30个月，自2021年7月至2023年12月
        return behind[0], behind[1]
    before = [item for item in own if item[0].end <= fact.start]
    return (before[-2], before[-1]) if len(before) > 1 and not apart else None


def _fits_days(number: int, left: tuple[Day, date, bool], right: tuple[Day, date, bool]) -> bool:
    gap = abs((right[1] - left[1]).days)
    return gap <= number <= gap + 1


def _fits_weeks(number: int, left: tuple[Day, date, bool], right: tuple[Day, date, bool]) -> bool:
    return abs(abs((right[1] - left[1]).days) + 1 - number * _WEEK) < _WEEK


def _fits_months(number: int, left: tuple[Day, date, bool], right: tuple[Day, date, bool]) -> bool:
    whole = _months(left, right)
    return abs(number - whole) <= (0 if left[2] and right[2] else 1) or _roughly(number, left[1], right[1])


def _months(left: tuple[Day, date, bool], right: tuple[Day, date, bool]) -> int:
    """Whole months from a day through another; a month without a day is meant from its first to its last."""
    first, last = sorted((left, right), key=lambda item: item[1])
    months = (last[1].year - first[1].year) * 12 + last[1].month - first[1].month
    if not (first[2] and last[2]):
        return months + 1
    return months - (last[1].day + 1 < first[1].day) + (last[1].day + 1 >= first[1].day + _SHORT_MONTH)


def _roughly(number: int, left: date, right: date) -> bool:
    """36.4 months may be called 36 or 37."""
    months = abs((right - left).days + 1) * 12 / 365.25
    return abs(number - months) < 1 - 1 / _LONG_MONTH


def _shown(item: tuple[Day, date, bool]) -> str:
    return f"{item[1].year}年{item[1].month}月" + (f"{item[1].day}日" if item[2] else "")
