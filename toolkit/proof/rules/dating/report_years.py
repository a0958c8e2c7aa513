"""Years left over from the last report: in the title, and for the same thing told elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.outline import body, title_of
from toolkit.proof.report import Report
from toolkit.proof.rules.dating.date_ranges import periods_in
from toolkit.proof.rules.dating.dates import TITLED, year_facts
from toolkit.text.patterns import Pattern

_YEARLY = Pattern(r"(?P<year>20[0-9]{2})年度(?:[0-9]{1,3}个)?(?P<noun>[\u4e00-\u9fff]{3,})")
_SPENT = Pattern(r"(?P<year>20[0-9]{2})年(?P<noun>支付|到位|实际支付|支出)")
_LEAST_KIN = 4
"""How many paragraphs must agree on a year before another one stands out."""


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
                    facts = year_facts(report, place, year)
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
    texts = [TITLED.sub("", paragraph.text) for paragraph in body(report.document) if paragraph.place > first]
    years = Counter(year for text in texts for year in re.findall(r"(20[0-9]{2})年", text))
    common, times = years.most_common(1)[0] if years else ("", 0)
    ends = {day.year for text in texts for _, day in periods_in(text) if day.year}
    of_work = not any(re.search(f"{common}年(?!{_WORK})", text) for text in texts)  # 于2025年3月复核2024年度
    near = abs(int(common or 0) - int(match[1])) == 1 and not of_work
    if near and not years[match[1]] and ends and int(match[1]) not in ends and int(common) in ends:
        times = max(times, _LEAST_KIN)
    if near and times >= _LEAST_KIN and times >= _MANY_TIMES * years[match[1]]:
        place = next((item.place for item in report.document.paragraphs if match[0] in item.text), first)
        message = f"标题写{match[1]}年，正文{times}处写{common}年"
        yield doubtful(place, match[1], common, message, facts=year_facts(report, place, match[1]))


_MANY_TIMES = 3
_WORK = "[0-9]{1,2}月|[上下]半年|底|起"
"""Behind a year that work was done in, not that it was about."""


def _by_noun(report: Report, pattern: Pattern) -> dict[str, list[tuple[str, Place, str]]]:
    found: dict[str, list[tuple[str, Place, str]]] = defaultdict(list)
    for paragraph in body(report.document):
        text = TITLED.sub("", paragraph.text)
        matches = list(pattern.finditer(text))
        if pattern is _SPENT and len({match["year"] for match in matches}) > 1:
            continue
        for match in matches:
            noun = match["noun"][:3]
            found[noun].append((match["year"], paragraph.place, match[0][: 6 + len(noun) + 3]))
    return found
