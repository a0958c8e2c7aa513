"""The year of a document's number against the year in which the sentence says that it was issued."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import FactKind
from toolkit.proof.report import Report

_ISSUED = re.compile(
    r"(?P<year>20[0-9]{2})年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[，,]?[^。；0-9]{0,40}?(?:印发|出台|发布|颁布|制定|下发|联合发布|公布)[^。；〔]{0,60}$"
)
_NUMBER_YEAR = re.compile(r"[〔\[［(（](?P<year>\d{4})[〕\]］)）]")


@rule(
    "law.dated",
    group=Group.LAWS,
    title="文号的年份与写出的发布年份相符",
    good=("2021年，宿州市发布了《政务数据资源管理实施细则》（宿数资〔2021〕11号）。",),
    bad=("2021年，宿州市发布了《政务数据资源管理实施细则》（宿数资〔2019〕11号）。",),
)
def dated(report: Report) -> Iterator[Result]:
    """2021年，某市发布了《…》（…〔2021〕11号）: a number is given in the year of issue, at most in the one before."""
    for sentence in report.prose:
        numbers = [fact for fact in sentence.facts if fact.kind is FactKind.DOCUMENT]
        for at, fact in enumerate(numbers):
            start = numbers[at - 1].end - sentence.start if at else 0
            match = _ISSUED.search(sentence.text[start : fact.start - sentence.start])
            year = _NUMBER_YEAR.search(fact.text)
            if match is None or year is None:
                continue
            if int(match["year"]) - int(year["year"]) in (0, 1):
                yield agrees(fact)
            else:
                message = f"写{match['year']}年发布，文号的年份是{year['year']}"
                yield doubtful(sentence.place, fact.text, f"{match['year']}年", message, facts=(fact,))
