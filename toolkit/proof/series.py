"""Rows of numbers in prose, each with its name: A类6人600万元、B类51人1,530万元; 甲、乙、丙三年分别为1、2和3万元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.proof.facts import Fact
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.shapes import Shape, shapes
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_SIGN = "[\ue000-\uf3ff]"
_ITEM = Pattern(
    rf"(?P<name>[^,。;:、\ue000-\uf7ff]{{1,24}}?)(?:为|有|是|达|共|占|扣|得|各)?(?P<numbers>{_SIGN}(?:[^,。;:、\ue000-\uf7ff]{{0,2}}{_SIGN})*)(?P<rest>[^,。;:、\ue000-\uf7ff]{{0,6}})"
)
_TOLD = Pattern(
    rf"(?P<names>[^,。;:\ue000-\uf7ff]{{1,80}})(?:分别|依次)(?:是|为|有|达到?|支出|安排|完成)?[^,。;:、\ue000-\uf7ff]{{0,8}}?(?P<numbers>{_SIGN}(?:[、,和及与]{_SIGN})+)"
)
_PARTED = Pattern("[、,;]|(?<=[\ue000-\uf3ff])(?:和|及|与|以及)")
_LEAD = Pattern(r"^.*(?:其中|包括|含|分别为|为|由|即|[:(])")
_OPENS = Pattern("其中|包括|含|分为|主要[是为]|组成")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one unit in a row.

    Attributes:
        names: of each number.
        head: the words before the first of them in its sentence.
        tail: the words behind the last one up to the end of the sentence.
    """

    shape: Shape
    names: tuple[str, ...]
    facts: tuple[Fact, ...]
    head: str
    tail: str


@once
def series_of(report: Report) -> tuple[Series, ...]:
    """All rows of two and more numbers; several rules ask for them."""
    return tuple(found for shape in shapes(report) for found in _of(shape))


def _of(shape: Shape) -> Iterator[Series]:
    for match in _TOLD.finditer(shape.text):
        facts = shape.facts_in(match["numbers"])
        names = re.split("、|和|与|及", match["names"])
        if len(names) == len(facts) and all(same_unit(*pair) for pair in pairwise(facts)):
            names[0], names[-1] = _last_words(names[0], names), re.sub("[两三四五六七八九十].{0,4}$", "", names[-1])
            yield Series(shape, tuple(names), tuple(facts), shape.text[: match.start()], shape.text[match.end() :])
    yield from _named(shape)


def _last_words(first: str, names: Sequence[str]) -> str:
    """2021年 of 中央财政2021年: as long as the other names are."""
    return first[-max(map(len, names[1:])) :]


def _named(shape: Shape) -> Iterator[Series]:
    items: list[tuple[str, list[Fact], int, int]] = []
    at = 0
    for end in (*(match.start() for match in _PARTED.finditer(shape.text)), len(shape.text)):
        part = shape.text[at:end]
        match = _ITEM.fullmatch(part.strip(" 和及与以。;"))
        facts = shape.facts_in(match["numbers"]) if match else []
        opens = match is not None and _OPENS.search(match["name"]) is not None
        if items and (
            opens or not (facts and len(facts) == len(items[0][1]) and all(map(same_unit, facts, items[0][1])))
        ):
            yield from _row(shape, items)
            items = []
        if match and facts:
            items.append((_LEAD.sub("", match["name"]) or match["name"], facts, at, end))
        at = end + 1
        if at > len(shape.text):
            break
    yield from _row(shape, items)


def _row(shape: Shape, items: Sequence[tuple[str, list[Fact], int, int]]) -> Iterator[Series]:
    if len(items) < _LEAST:
        return
    first, last = items[0], items[-1]
    start = shape.text.index(first[0], first[2]) if first[0] in shape.text[first[2] :] else first[2]
    for column in range(len(first[1])):
        facts = tuple(item[1][column] for item in items)
        yield Series(shape, tuple(item[0] for item in items), facts, shape.text[:start], shape.text[last[3] :])
