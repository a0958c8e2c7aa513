"""Amounts and parts that a sentence tells in two ways: 3,600万元（约0.36亿元）, 重点3个、4,710万元；一般5个、1,240万元."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.outline import prose
from toolkit.proof.report import Report, Sentence
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_BRACKET = Pattern("[（(](?:约|即|折合|合|计|约合)?")


@rule(
    "unit.converted",
    group=Group.UNITS,
    title="括号里换了单位的金额与前面的相等",
    good=("预算3,600.00万元（约0.36亿元），支出30,785,600.00元（3,078.56万元）。合同价120万元（其中税6.79万元）。",),
    bad=("预算3,600.00万元（约3.6亿元）。", "支出30,785,600.00元（3,087.56万元）。"),
)
def converted(report: Report) -> Iterator[Result]:
    """Two amounts in different units of which the second alone fills the brackets behind the first."""
    for place, text in prose(report.document):
        money = [fact for fact in report.facts_at(place) if fact.kind is FactKind.MONEY and fact.value]
        for left, right in pairwise(money):
            is_alone = text[right.end : right.end + 1] in ("）", ")") and right.end < len(text)
            if not is_alone or left.unit == right.unit or not _BRACKET.fullmatch(text[left.end : right.start]):
                continue
            if left.meets(right.low, right.high) or right.meets(left.low, left.high):
                yield agrees(left, right)
            else:
                due = f"{plain(left.base / right.scale)}{right.unit}"
                message = f"写{said(right)}，前面的{said(left)}是{due}"
                yield differs(place, said(right), due, message, facts=(right, left), confidence=90)


_OF_WHICH = Pattern("其中[，,：:]?")
_GROUPS = (
    "预算5,950.00万元，共8个项目，其中重点项目3个、预算4,710.00万元，占79.2%；一般项目5个、预算1,240.00万元，占20.8%。"
)


@rule(
    "part.segments",
    group=Group.SUMS,
    title="其中各类的个数和金额分别合起来等于总数",
    good=(_GROUPS, "预算900万元，共8个项目，其中重点项目3个、预算400万元；本年新增2个、预算100万元。"),
    bad=(_GROUPS.replace("4,710", "4,170"), _GROUPS.replace("项目3个", "项目4个")),
)
def segments(report: Report) -> Iterator[Result]:
    """The first numbers of each part between ；, a column each: where one column makes its whole the other must too."""
    for sentence in report.prose_with(_OF_WHICH):
        for match in _OF_WHICH.finditer(sentence.text):
            at = sentence.start + match.start()
            parts = list(_parts(report, sentence, match.end()))
            wholes = [fact for fact in sentence.facts if fact.end <= at and fact.exact and fact.kind in QUANTITIES]
            columns = [_column(wholes, [part[number] for part in parts]) for number in (0, 1)] if parts else []
            if len(columns) == _COLUMNS and all(columns):
                yield from _told(sentence, [column for column in columns if column])


_COLUMNS = 2


def _parts(report: Report, sentence: Sentence, start: int) -> Iterator[Sequence[Fact]]:
    """The first two numbers of every part, a count and an amount; nothing where one has others."""
    begin, found = start, []
    for piece in re.split("；", sentence.text[start:].rstrip("。")):
        facts = report.facts_within(sentence.place, sentence.start + begin, sentence.start + begin + len(piece))
        exact = [fact for fact in facts if fact.exact and fact.kind in QUANTITIES][:_COLUMNS]
        found.append(exact)
        begin += len(piece) + 1
    kinds = {tuple(fact.kind for fact in one) for one in found}
    if (
        len(found) >= _COLUMNS
        and len(kinds) == 1
        and len(found[0]) == _COLUMNS
        and len(next(iter(kinds))) == len(set(next(iter(kinds))))
    ):
        yield from found


def _column(wholes: Sequence[Fact], parts: Sequence[Fact]) -> tuple[Fact, Sequence[Fact]] | None:
    whole = next((fact for fact in reversed(wholes) if same_unit(fact, parts[0])), None)
    is_one = whole is not None and all(same_unit(part, parts[0]) for part in parts)
    return (whole, parts) if is_one and whole is not None else None


def _told(sentence: Sentence, columns: Sequence[tuple[Fact, Sequence[Fact]]]) -> Iterator[Result]:
    fits = [sum((part.base for part in parts), Decimal(0)) == whole.base for whole, parts in columns]
    if not any(fits):
        return
    for fit, (whole, parts) in zip(fits, columns, strict=True):
        total = sum((part.base for part in parts), Decimal(0))
        if fit:
            yield agrees(whole, *parts)
        elif whole.base * _LEAST <= total <= whole.base * _MOST:
            right = f"{plain(total / whole.scale)}{whole.unit}"
            working = f"{'+'.join(map(said, parts))}={right}"
            message = f"各部分之和{right}与总数{said(whole)}不符"
            yield doubtful(
                sentence.place, said(whole), right, message, facts=(whole, *parts), working=working, confidence=80
            )


_LEAST, _MOST = Decimal("0.7"), Decimal("1.5")
