"""Days that no calendar has, and years that can be meant."""

import re
from collections.abc import Iterator

from toolkit.proof.days import days_in
from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.text.days import Day
from toolkit.text.patterns import Pattern

_YEARS = range(1949, 2101)
TITLED = Pattern(r"《[^》]*》")


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
    for place, text in report.document.texts(4):
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


_NO_YEAR = Pattern(
    r"(?<![0-9.,，])(?:[03-9][0-9]{3}|1[0-8][0-9]{2}|2[1-9][0-9]{2})年(?:度|底|末|初|[0-9]{1,2}月|(?=[\u4e00-\u9fff，。；、）]))"
)


@rule(
    "date.no_year",
    group=Group.DATES,
    title="年份在可能的范围内",
    good=("2024年度完成。始建于公元1200年的城墙。",),
    bad=("各项指标依据8023年度公开的自评表设立。", "立项年度：5022年。\n", "合同于3024年5月签订。"),
)
def no_year(report: Report) -> Iterator[Result]:
    """8023年度: a year that no report can mean."""
    for place, text in report.document.texts_with(_NO_YEAR, least=5):
        for match in _NO_YEAR.finditer(text):
            if not _HISTORY.search(text[max(0, match.start() - 8) : match.start()]):
                yield differs(place, match[0], "", f"“{match[0]}”不是可能的年份，请核对")


_HISTORY = Pattern("公元|历史|始建|建于|朝|代|距今|共|约|余|用时|长达")
_YEAR = Pattern(r"(?:19|20)[0-9]{2}\s*(?:年度?|[-—~至到](?:19|20)?[0-9]{2}(?:年度?)?)?")


def _is_year(report: Report, printed: str) -> bool:
    """A year in full; 23年度 where 2023 is written elsewhere."""
    short = re.fullmatch("[0-9]{2}", printed)
    return bool(_YEAR.fullmatch(printed)) or (
        bool(short) and any(f"20{printed}年" in text for _, text in report.document.texts())
    )


def year_facts(report: Report, place: Place, year: str) -> tuple[Fact, ...]:
    """The dates of a place that begin with a year."""
    return tuple(fact for fact in report.facts_at(place) if fact.kind is FactKind.DATE and fact.text.startswith(year))
