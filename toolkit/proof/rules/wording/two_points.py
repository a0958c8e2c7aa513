"""A number with two decimal points: 144.1.8万元."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.report import Report

_TWICE = re.compile(
    r"(?<![0-9.,A-Za-z])[0-9][0-9,]*\.[0-9]{1,4}\.[0-9]{1,4}(?=\s*(?:[万亿]?元|%|个?百分点|分(?![钟册]))|$)"
)
_DAY = re.compile(r"(?:19|20)[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}")


@rule(
    "digits.two_points",
    group=Group.PUNCTUATION,
    title="数里只有一个小数点",
    good=("到位144.18万元。\n版本2.0.1。\n日期\t2024.5.30\n金额\t30.5\n",),
    bad=("到位144.1.8万元，支出133.65万元。", "合同金额1,679.7.0万元。"),
)
def points(report: Report) -> Iterator[Result]:
    """Two points in a number with a unit of money, marks or shares behind it."""
    for place, text in report.printed.texts(5):
        for match in _TWICE.finditer(text):
            unit = match.end() < len(text)
            if unit and not _DAY.fullmatch(match[0]):
                facts = report.facts_within(place, match.start(), match.end())
                yield differs(place, match[0], "", f"{match[0]}有两个小数点", facts=facts, confidence=90)
