"""三年累计提高90元，年均提高30元: what changed in all, and a year."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, slack, spots_with
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_WORDS = "增加|提高|增长|减少|下降|降低|新增|上升"
_YEARLY = Pattern(f"年均(?:{_WORDS})(?:了)?$")
_CHANGE = Pattern(f"(?:{_WORDS})(?:了)?$")
_SPAN = Pattern("(?P<number>[两二三四五六七八九十])年")
_BETWEEN = Pattern("(?P<last>20[0-9]{2})年(?:度|末)?[比较](?P<first>20[0-9]{2})年")
_COUNTED = "一二三四五六七八九十"


@rule(
    "mean.yearly",
    group=Group.SUMS,
    title="年均增减的数等于累计增减的数除以年数",
    good=(
        "标准三年由每人每月630元提高到720元，累计提高90元，年均提高30元。",
        "2024年比2022年增加124.00万元，增长32.12%，年均增加62.00万元。",
        "2024年比2021年增加90人，年均增加30人。",
    ),
    bad=(
        "标准三年由每人每月630元提高到720元，累计提高90元，年均提高35元。",
        "2024年比2022年增加124.00万元，增长32.12%，年均增加66.00万元。",
    ),
)
def means(report: Report) -> Iterator[Result]:
    """By the years that its sentence names; 三年 may begin in the first of them or before it."""
    for spot in spots_with(report, _YEARLY):
        if not _YEARLY.search(spot.clause) or spot.fact.kind not in QUANTITIES or not spot.fact.value:
            continue
        changes = [fact for fact in spot.before if same_unit(fact, spot.fact) and _CHANGE.search(fact.subject)]
        years = _years(spot)
        if changes and years:
            yield _judged(spot.fact, changes[-1], years)


def _years(spot: Spot) -> list[int]:
    """How many years may be meant, the likeliest first; empty where none are named or several spans are."""
    between, spans = _BETWEEN.findall(spot.sentence), _SPAN.findall(spot.sentence)
    if len(between) == 1 and not spans:
        many = int(between[0][0]) - int(between[0][1])
        return [many] if many > 1 else []
    if len(spans) == 1 and not between:
        many = _COUNTED.index(spans[0].replace("两", "二")) + 1
        return [many, many - 1, many + 1] if many > _LEAST else [many, many + 1]
    return []


_LEAST = 2


def _judged(fact: Fact, change: Fact, years: list[int]) -> Result:
    for many in years:
        due, off = change.base / many, slack((change,)) / many
        if fact.meets(due - off, due + off):
            return agrees(fact, change)
    right = (
        f"{plain(round(change.base / years[0] / fact.scale, max(2, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    )
    working = f"{said(change)}÷{years[0]}={right}"
    return differs(
        fact.place, said(fact), right, f"年均写{said(fact)}，{working}", facts=(fact, change), working=working,
        confidence=80,
    )  # fmt: skip
