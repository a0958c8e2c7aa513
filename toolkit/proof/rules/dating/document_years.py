"""2022年3月，…以《…》（某发〔2022〕41号）批准: a document of the year in which it was issued."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.outline import body_with
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_ISSUED = Pattern(
    r"(?P<year>20[0-9]{2})年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?，[^，。；《]{0,24}(?:以|印发|出台|发布|下发|下达|制定)(?:了)?"
    r"《[^》]{4,60}》[（(][\u4e00-\u9fff]{2,12}[〔\[](?P<of>20[0-9]{2})[〕\]][0-9]{1,5}号[）)]"
)


@rule(
    "date.document",
    group=Group.DATES,
    title="印发、批复的年份与文号的年份相同",
    good=("2022年3月，市发展改革委以《可行性研究报告的批复》（某发改审〔2022〕41号）批准立项。",),
    bad=("2022年3月，市发展改革委以《可行性研究报告的批复》（某发改审〔2024〕41号）批准立项。",),
)
def issued(report: Report) -> Iterator[Result]:
    """The day of issue right before the title, the year in its number."""
    for paragraph in body_with(report.document, _ISSUED):
        for match in _ISSUED.finditer(paragraph.text):
            if match["year"] != match["of"]:
                message = f"写{match['year']}年印发，文号是〔{match['of']}〕"
                facts = report.facts_within(paragraph.place, match.start("of"), match.end("of"))
                yield doubtful(paragraph.place, match["of"], match["year"], message, facts=facts, confidence=75)
