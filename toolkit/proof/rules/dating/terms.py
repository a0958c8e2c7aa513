"""How long something holds or is planned, in years, against its first and last day, or year."""

from collections.abc import Iterator
from datetime import date, timedelta

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact
from toolkit.proof.report import Report
from toolkit.text.folding import half_width
from toolkit.text.numerals import figures_in
from toolkit.text.patterns import Pattern

_TERM = Pattern(r"[\u4e00-\u9fff]{1,6}期限?(?:为|是|共)?$")
_LONGEST = 70


@rule(
    "date.term",
    group=Group.DATES,
    title="质保期、有效期、合同期的年数与起止日期相符",
    good=(
        "质保期3年，自终验合格之日2023年7月20日起至2026年7月19日止。",
        "办法自2023年1月1日起施行，有效期5年，至2027年12月31日止。",
        "服务期三年，2022年4月1日至2025年3月31日。特许经营期25年，自2012年7月1日至2037年6月30日。",
    ),
    bad=(
        "质保期2年，自终验合格之日2023年7月20日起至2026年7月19日止。",
        "办法自2023年1月1日起施行，有效期5年，至2026年12月31日止。",
        "服务期三年，2022年4月1日至2024年3月31日。",
    ),
)
def terms(report: Report) -> Iterator[Result]:
    """A term of years behind its name, against the days of its sentence."""
    for sentence in report.prose:
        if "期" not in sentence.text or "年" not in sentence.text:
            continue
        days = [day.date for day in days_in(half_width(sentence.text)) if day.year and day.day and day.date]
        for figure in figures_in(sentence.text) if len(days) > 1 else ():
            if figure.unit != "年" or not figure.exact or not _TERM.search(sentence.text[: figure.start]):
                continue
            years, at = int(figure.value), sentence.start + figure.start
            facts = report.facts_within(sentence.place, at, at + 1)
            pairs = [(first, last) for first in days for last in days if first < last]
            if not 0 < years < _LONGEST or not pairs:
                continue
            if any(_lasts(years, *pair) for pair in pairs):
                yield from (agrees(*facts) for _ in facts[:1])
            elif len(days) == 2 and not any(_lasts(other, *pairs[0]) for other in _terms(sentence.text) - {years}):
                printed = sentence.text[figure.start : figure.end]
                yield _wrong(sentence.place, printed, *pairs[0], facts=facts)


def _terms(text: str) -> set[int]:
    """The terms of a sentence: 合作期20年，其中建设期2年、运营期18年 has one of which the days may be."""
    return {int(figure.value) for figure in figures_in(text) if figure.unit == "年" and figure.value > 0}


def _lasts(years: int, first: date, last: date) -> bool:
    """Through the day before, or to the same day."""
    end = last + timedelta(days=1) if last < date.max else last
    return any(
        day.year - first.year == years and (day.month, day.day) == (first.month, first.day) for day in (last, end)
    )


def _wrong(place: Place, printed: str, first: date, last: date, *, facts: tuple[Fact, ...]) -> Result:
    shown = round((last - first).days / 365.25, 1)
    message = f"写{printed}，{first:%Y-%m-%d}到{last:%Y-%m-%d}约{shown:g}年"
    return differs(place, printed, f"{shown:g}年", message, facts=facts, confidence=80)


_SPAN = Pattern(r"[（(](?P<first>20[0-9]{2})\s*[-—~至]+\s*(?P<last>20[0-9]{2})年?[)）]")
_PLANNED = Pattern(r"(?:未来|明确|今后|为期|规划期?)(?:了|的)?(?:未来)?$")


@rule(
    "date.planned",
    group=Group.DATES,
    title="规划写的年数与标题的起止年份相符",
    good=("印发《“数字安平”建设总体规划（2021-2025年）》等文件，明确五年的目标。",),
    bad=("印发《“数字安平”建设总体规划（2021-2025年）》等文件，明确三年的目标。",),
)
def planned(report: Report) -> Iterator[Result]:
    """规划（2021-2025年） is one of five years, or of four where only what lies between is counted."""
    for sentence in report.prose:
        spans = list(_SPAN.finditer(sentence.text))
        for fact in sentence.facts if len(spans) == 1 else ():
            at = fact.start - sentence.start
            if (
                fact.unit != "年"
                or fact.value is None
                or not _PLANNED.search(sentence.text[:at])
                or at < spans[0].end()
            ):
                continue
            years = int(spans[0]["last"]) - int(spans[0]["first"])
            if int(fact.value) in (years, years + 1):
                yield agrees(fact)
            else:
                message = f"规划期{spans[0][0]}是{years + 1}年，写{fact.text}"
                yield doubtful(fact.place, fact.text, f"{years + 1}年", message, facts=(fact,))
