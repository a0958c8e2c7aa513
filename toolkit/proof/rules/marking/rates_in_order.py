"""投入14.0分、过程29.3分，得分率分别为93.3%、83.7%; 决策和管理指标各20分: marks told of several names at once."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, lines_by_name
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import quotient
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TABLE = "一级指标\t分值\t得分\n投入\t15\t14.0\n过程\t35\t29.3\n产出\t30\t24.5\n效果\t20\t17.7\n合计\t100\t85.5\n"
_RATES = "投入14.0分、过程29.3分、产出24.5分、效果17.7分，得分率分别为93.3%、83.7%、81.7%、88.5%。"
_IN_ORDER = Pattern(
    r"(?P<row>(?:[\u4e00-\u9fff]{2,6}?(?:指标)?(?:得分)?[0-9.]+分[、，]){2,9}[\u4e00-\u9fff]{2,6}?(?:指标)?(?:得分)?[0-9.]+分)"
    r"[，,]得分率(?:分别|依次)[为是](?P<rates>[0-9.]+%(?:[、和，][0-9.]+%)+)"
)
_NAME = r"(?:(?![和及])[\u4e00-\u9fff]){2,6}"
_EACH = Pattern(rf"(?P<names>{_NAME}(?:[、和及]{_NAME}){{1,6}}?)(?:分值)?各(?:占)?(?P<mark>[0-9.]+)分")
_MARKS = ("分值", "权重", "满分", "标准分")


@rule(
    "score.rates_told",
    group=Group.RATES,
    title="依次写出的得分率等于各自的得分除以分值",
    good=(f"{_TABLE}\n\n其中{_RATES}",),
    bad=(f"{_TABLE}\n\n其中{_RATES}".replace("83.7%", "87.3%"),),
)
def rates(report: Report) -> Iterator[Result]:
    """As many rates as scores, in the same order."""
    for sentence in report.prose_with(_IN_ORDER):
        for match in _IN_ORDER.finditer(sentence.text):
            scores = _facts(report, sentence, match, "row", FactKind.SCORE)
            shares = _facts(report, sentence, match, "rates", FactKind.PERCENT)
            names = re.findall(r"([\u4e00-\u9fff]{2,6}?)(?:指标)?(?:得分)?[0-9.]+分", match["row"])
            names = [re.sub("^其中", "", name) for name in names]
            if len(scores) == len(shares) == len(names):
                for name, score, share in zip(names, scores, shares, strict=True):
                    yield from _rate(report, name, score, share)


def _rate(report: Report, name: str, score: Fact, share: Fact) -> Iterator[Result]:
    for mark in _full_marks(report, name)[:1]:
        trial = quotient(score, mark)
        if trial is None:
            continue
        if share.meets(trial.low, trial.high):
            yield agrees(share, score, mark)
        else:
            right = f"{plain(round(trial.due * 100, max(0, -int(share.step.as_tuple().exponent))))}%"
            message = f"“{name}”得分率写{said(share)}，{trial.working}={right}"
            yield differs(
                share.place, said(share), right, message, facts=(share, score, mark), related=(mark.place,),
                working=f"{trial.working}={right}", confidence=85,
            )  # fmt: skip


def _full_marks(report: Report, name: str) -> list[Fact]:
    """The full mark of a name, where all tables agree on it."""
    lines: Sequence[Line] = lines_by_name(report).get(name, ())
    found = [fact for line in lines for heading, fact in line.cells.items() if heading in _MARKS]
    return found if len({fact.value for fact in found}) == 1 else []


def _facts(report: Report, sentence: Sentence, match: re.Match[str], name: str, kind: FactKind) -> list[Fact]:
    found = report.facts_within(sentence.place, sentence.start + match.start(name), sentence.start + match.end(name))
    return [fact for fact in found if fact.kind is kind and fact.exact]


@rule(
    "weight.each_told",
    group=Group.LOGIC,
    title="“各多少分”与指标表的分值相符",
    good=(f"{_TABLE.replace('30', '35')}\n\n过程和产出指标各35分，效果指标20分。",),
    bad=(f"{_TABLE.replace('30', '35')}\n\n过程和产出指标各30分，效果指标20分。",),
)
def each(report: Report) -> Iterator[Result]:
    """决策和管理指标各20分: the full mark of every name."""
    for sentence in report.prose_with(_EACH):
        for match in _EACH.finditer(sentence.text):
            names = [re.sub("(?:类|指标)+$", "", name) for name in re.split("[、和及]", match["names"])]
            marks = [_full_marks(report, re.sub("^其中", "", name))[:1] for name in names]
            told = _facts(report, sentence, match, "mark", FactKind.SCORE)
            if not told or not all(marks):
                continue
            values = {mark.value for one in marks for mark in one}
            if values == {told[0].value}:
                yield agrees(told[0], *(mark for one in marks for mark in one))
            elif len(values) == 1:
                right = f"{plain(next(iter(values)) or Decimal(0))}分"
                message = f"写“{match['names']}各{match['mark']}分”，指标表的分值是{right}"
                yield differs(
                    told[0].place, told[0].text, right, message, facts=(told[0],), related=(marks[0][0].place,)
                )
