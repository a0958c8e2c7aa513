"""甲局2台、乙局4台、丙局2台、丁局4台: names with a number each, against a column, or two, of the table that has them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import names_in
from toolkit.proof.lines import GROUPS, as_printed, lines_by_name, unlike
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_PAIR = Pattern(r"[\u4e00-\u9fffA-Z）)]{2}[（(]?[0-9][0-9.,]*[\u4e00-\u9fff%]{1,3}[）)]?[、，和]")
_BETWEEN = Pattern(r"[（(]?(?:有|为|是)?")
_PARTED = Pattern(r"[^0-9，。；：]{0,3}[）)]?[、，和及]?")
_FEWEST = 3
_TABLE = "部门\t计划（台）\t完成（台）\t使用（台）\n县委办\t86\t86\t80\n县发改局\t58\t56\t52\n县资源局\t49\t45\t41\n县住建局\t55\t55\t52\n县农业局\t68\t66\t60\n县监管局\t84\t80\t72\n"


@dataclass(frozen=True, slots=True)
class _Way:
    """What the numbers may be: of one column, or of one less another; what each name would then have."""

    words: str
    dues: Mapping[str, Decimal]
    simple: bool


@rule(
    "line.pairs_told",
    group=Group.COUNTS,
    title="逐个列出的名称和数与表中各行相符",
    good=(
        f"{_TABLE}\n\n未完成的4个，分别是县发改局2台、县资源局4台、县农业局2台、县监管局4台。",
        f"{_TABLE}\n\n其中县委办3台、县发改局5台、县住建局7台需要更换。",
    ),
    bad=(
        f"{_TABLE}\n\n未完成的4个，分别是县发改局2台、县资源局4台、县住建局2台、县监管局4台。",
        f"{_TABLE}\n\n使用较多的是县委办80台、县监管局72台、县农业局66台、县住建局52台。",
    ),
)
def pairs(report: Report) -> Iterator[Result]:
    """Of three names and more all but one have what one column says; of one column less another, of four and more."""
    for sentence in report.outside_with(_PAIR):
        for told in _lists(report, sentence):
            yield from _judged(told, list(_ways(report, told)))


_Told = list[tuple[str, Fact]]


def _lists(report: Report, sentence: Sentence) -> Iterator[_Told]:
    """The names of a sentence that have a number right behind them, as long as nothing else stands between."""
    spans = names_in(report, sentence.text)
    if len(spans) < _FEWEST:
        return
    facts = {fact.start - sentence.start: fact for fact in sentence.facts if fact.exact and fact.value is not None}
    told: _Told = []
    at = 0
    for start, end, name in spans:
        gap = _BETWEEN.match(sentence.text, end)
        fact = facts.get(gap.end() if gap else end)
        if told and not (fact and same_unit(fact, told[0][1]) and _PARTED.fullmatch(sentence.text[at:start])):
            if len(told) >= _FEWEST:
                yield told
            told = []
        if fact is not None:
            told.append((name, fact))
            at = fact.end - sentence.start
    if len(told) >= _FEWEST:
        yield told


def _ways(report: Report, told: _Told) -> Iterator[_Way]:
    """Every column of every table in which all names are lines, and every difference of two of its columns."""
    names = [name for name, _ in told]
    found = [
        {line.table: line for line in lines_by_name(report).get(name, []) if line.table < GROUPS} for name in names
    ]
    for table in set.intersection(*map(set, found)):
        lines = [lines[table] for lines in found]
        columns = {
            heading: [as_printed(line.cells[heading], told[0][1]) for line in lines]
            for heading in lines[0].cells
            if all(heading in line.cells and _can_be(line.cells[heading], told[0][1]) for line in lines)
        }
        for heading, values in columns.items():
            yield _Way(f"“{heading}”", dict(zip(names, values, strict=True)), simple=True)
        for left, right in permutations(columns, 2):
            gaps = [one - other for one, other in zip(columns[left], columns[right], strict=True)]
            if all(gap >= 0 for gap in gaps):
                yield _Way(f"“{left}”减“{right}”", dict(zip(names, gaps, strict=True)), simple=False)


def _can_be(cell: Fact, fact: Fact) -> bool:
    return not unlike(cell, fact) and (cell.kind is FactKind.PERCENT) == (fact.kind is FactKind.PERCENT)


def _judged(told: _Told, ways: Sequence[_Way]) -> Iterator[Result]:
    odd = [(way, [(name, way.dues[name]) for name, fact in told if way.dues[name] != fact.value]) for way in ways]
    if any(not others for _, others in odd):
        yield agrees(*(fact for _, fact in told))
        return
    near = [(way, others[0]) for way, others in odd if len(others) == 1 and len(told) - 1 >= _FEWEST - way.simple]
    wrong = {other for _, other in near}
    if len(wrong) != 1:
        return
    ((name, due),) = wrong
    fact = next(fact for known, fact in told if known == name)
    unit = re.sub("^[0-9.,]+", "", said(fact))
    message = f"“{name}”写{said(fact)}，其余{len(told) - 1}个与表中{near[0][0].words}相符，“{name}”是{plain(due)}{unit}"
    yield doubtful(fact.place, said(fact), f"{plain(due)}{unit}", message, facts=(fact,), confidence=85)
