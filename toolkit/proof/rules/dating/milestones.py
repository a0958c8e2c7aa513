"""Days of a project's course that a cell or paragraph tells by name: approved, contracted, begun, accepted."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_DAY = r"(?P<{0}>20[0-9]{{2}})年(?P<{1}>[0-9]{{1,2}})月(?P<{2}>[0-9]{{1,2}})日"
_MILESTONES = ("(?:主)?合同签订", "开工", "初验", "终验")
"""What comes one after the other; an approval after the contract is a finding of many evaluations, no slip."""
_NAMED = Pattern(rf"(?P<name>立项批复|主?合同签订|开工|初验|终验)(?:日期|时间|为|：|:)?\s*{_DAY.format('y', 'm', 'd')}")
_APPROVED_LATE = Pattern("未批先建|先建设|未取得(?:立项)?批复|没有取得立项批复")
_WINDOW = Pattern(
    rf"(?P<from>20[0-9]{{2}}年[0-9]{{1,2}}月)[至到—-](?P<to>20[0-9]{{2}}年[0-9]{{1,2}}月)[^。]{{0,10}}完成.*?实际完成日期{_DAY.format('y', 'm', 'd')}，在规定时限内"
)
_YEAR_OF = Pattern("立项年度|立项年份")
_ACCEPTANCES = Pattern("初验|终验")


@rule(
    "date.milestones",
    group=Group.DATES,
    title="合同、开工、初验、终验先后有序",
    good=("立项批复2022年5月15日，主合同签订2022年9月26日，开工2022年10月6日，初验2023年11月8日（计划2023年7月1日，晚130天），终验2024年10月17日。",),
    bad=(
        "立项批复2022年5月15日，主合同签订2022年9月26日，开工2021年10月6日，初验2023年11月8日，终验2024年10月17日。",
        "立项批复2022年5月15日，主合同签订2022年9月26日，开工2022年10月6日，初验2023年11月8日，终验2022年10月17日。",
        "立项批复2022年5月15日，主合同签订2021年9月26日，开工2022年10月6日，初验2023年11月8日，终验2024年10月17日。",
    ),
)  # fmt: skip
def milestones(report: Report) -> Iterator[Result]:
    """Three and more milestones of one text in their order; the approval is held against what the report says of it."""
    late = any(_APPROVED_LATE.search(text) for text in report.texts.values())
    for place, text in report.document.texts_with(_ACCEPTANCES):
        if _ACCEPTANCES.search(text):
            known = [(match, day) for match in _NAMED.finditer(text) if (day := _day(match)) is not None]
            if len(known) >= _FEWEST:
                yield from _in_order(place, known, late=late)


_FEWEST = 3


def _in_order(place: Place, known: Sequence[tuple[re.Match[str], date]], *, late: bool) -> Iterator[Result]:
    order = [r"立项批复", *_MILESTONES] if not late else [*_MILESTONES]
    ranked = [(_rank(order, match["name"]), match, day) for match, day in known]
    ranked = [item for item in ranked if item[0] >= 0]

    # The day that the fewest others must yield to is the wrong one.
    def against(item: tuple[int, re.Match[str], date]) -> int:
        return sum((item[0] - other[0]) * (item[2] - other[2]).days < 0 for other in ranked)

    worst = max(ranked, key=against, default=None)
    if worst is None or not against(worst):
        return
    _, match, day = worst
    other = next(item for item in ranked if (item[0] - worst[0]) * (item[2] - day).days < 0)
    printed = match[0].removeprefix(match["name"])
    message = (
        f"{match['name']}（{printed}）与{other[1]['name']}（{other[1][0].removeprefix(other[1]['name'])}）先后颠倒"
    )
    yield doubtful(place, printed, "", message, confidence=80)


def _rank(order: Sequence[str], name: str) -> int:
    return next((at for at, pattern in enumerate(order) if re.fullmatch(pattern, name)), -1)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None  # another rule tells that there is no such day


@rule(
    "date.window",
    group=Group.DATES,
    title="在规定时限内完成的日期在时段之内",
    good=("18. 2022年2月至2022年4月完成项目的初验。初验是否按时。实际完成日期2022年4月21日，在规定时限内，得1.00分。",),
    bad=("18. 2022年2月至2022年4月完成项目的初验。初验是否按时。实际完成日期2022年12月21日，在规定时限内，得1.00分。",),
)
def windows(report: Report) -> Iterator[Result]:
    """The day something was done, in the months that the name of its indicator gives, where it is said to be in time."""
    for place, text in report.document.texts_with(_WINDOW, least=39):
        for match in _WINDOW.finditer(text) if "在规定时限内" in text else ():
            day, months = _day(match), [_month(match[name]) for name in ("from", "to")]
            if day is not None and not months[0] <= (day.year, day.month) <= months[1]:
                printed = f"{match['y']}年{match['m']}月{match['d']}日"
                message = f"写在规定时限内，实际完成日期{printed}不在{match['from']}至{match['to']}之内"
                yield differs(place, printed, f"{match['from']}至{match['to']}", message, confidence=85)


def _month(text: str) -> tuple[int, int]:
    year, month = re.findall("[0-9]+", text)
    return int(year), int(month)


@rule(
    "date.approval_year",
    group=Group.DATES,
    title="立项年度与立项批复的年份相同",
    good=("项目名称\t甲系统\n立项年度\t2023年\n时间\t立项批复2023年2月4日，主合同签订2023年5月8日。\n",),
    bad=("项目名称\t甲系统\n立项年度\t2024年\n时间\t立项批复2023年2月4日，主合同签订2023年5月8日。\n",),
)
def approval_years(report: Report) -> Iterator[Result]:
    """The year in the cell right of 立项年度, and the year of the only approval the report tells."""
    told = {
        match["y"]
        for _, text in report.document.texts_with(_NAMED)
        for match in _NAMED.finditer(text)
        if match["name"] == "立项批复"
    }
    if len(told) != 1:
        return
    for table in report.document.tables:
        for row in table.rows:
            for label, cell in pairwise(row):
                year = re.fullmatch(r"(20[0-9]{2})年?度?", cell.text.strip())
                if _YEAR_OF.fullmatch(label.label) and year and year[1] not in told:
                    right = next(iter(told))
                    message = f"立项年度写{year[1]}年，立项批复在{right}年"
                    yield doubtful(
                        cell.place, year[1], right, message, facts=report.facts_at(cell.place), confidence=75
                    )
