"""5个工程…，已有3个工程完工，其余2个工程…: what is left of a number, and all kinds told behind 中, by their nouns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.parts import listed_parts
from toolkit.proof.trials import spots_with
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_REST = Pattern("(?:其余|剩余|余下)$")
_GENERAL = ("个", "项", "家", "件")
"""Units of anything: what is counted must be named."""
_PAIR = 2
"""Numbers a rest is reckoned from, a whole and a part; kinds that are one another's opposite."""


@rule(
    "rest.named",
    group=Group.SUMS,
    title="其余的个数等于总数减去已说的个数",
    good=(
        "3个单位5个工程晚于计划。已有3个工程完工，其余2个工程明年完工。",
        "闲置设备31台，已调剂19台，其余12台待处置。",
        "20件故障未按时修复，其中第三季度11件、第四季度5件、其余4件发生在上半年。",
        "涉及5个工程，其中3个工程完工、1个工程在建，其余1个工程停工。",
    ),
    bad=(
        "3个单位5个工程晚于计划。已有3个工程完工，其余3个工程明年完工。",
        "闲置设备31台，已调剂19台，其余13台待处置。",
    ),
)
def rests(report: Report) -> Iterator[Result]:
    """Three numbers of one thing in a paragraph: all, some, and 其余."""
    for spot in spots_with(report, _REST):
        if not _REST.search(spot.clause) or spot.fact.kind is not FactKind.COUNT:
            continue
        noun = _noun(report, spot.fact)
        alike = [fact for fact in spot.alike((*spot.earlier, *spot.before)) if _is_of(report, fact, noun)]
        if len(alike) != _PAIR or (not noun and spot.fact.unit in _GENERAL) or alike[0].base <= alike[1].base:
            continue
        whole, part = alike
        if _noun(report, whole) != noun:
            continue
        due = whole.base - part.base
        if spot.fact.base == due:
            yield agrees(spot.fact, whole, part)
        else:
            right = f"{plain(due / spot.fact.scale)}{spot.fact.unit}"
            working = f"{said(whole)}-{said(part)}={right}"
            yield differs(
                spot.fact.place, said(spot.fact), right, f"其余写{said(spot.fact)}，{working}",
                facts=(spot.fact, whole, part), working=working, confidence=85,
            )  # fmt: skip


def _noun(report: Report, fact: Fact) -> str:
    match = re.match("[\u4e00-\u9fff]{2}", report.texts[fact.place][fact.end :])
    return match[0] if match and fact.unit in _GENERAL else ""


def _is_of(report: Report, fact: Fact, noun: str) -> bool:
    return _noun(report, fact) == noun or (bool(noun) and not _noun(report, fact))


_AMONG = Pattern(
    r"(?<![0-9.])(?P<count>[0-9]{1,4})(?P<unit>个|项|家|名|份|人|条|件|笔)(?P<noun>[\u4e00-\u9fff]{2,8}?)(?:当)?中[，,](?!其中)"
)
_KINDS = 3


@rule(
    "rest.kinds",
    group=Group.SUMS,
    title="“若干个中”各类个数合起来等于总数",
    good=(
        "12个问题中，已完成整改8个、基本完成2个、正在整改2个，完成整改率66.67%。",
        "36个项目中，涉及教育的5个、卫生的3个、交通的4个。",
        "21个项目中，按期拨付15个，超期拨付6个。",
    ),
    bad=(
        "12个问题中，已完成整改9个、基本完成2个、正在整改2个，完成整改率66.67%。",
        "21个项目中，按期拨付15个，超期拨付5个。",
    ),
)
def kinds(report: Report) -> Iterator[Result]:
    """Three kinds in a row that miss the whole by one, or two that are one another's opposite."""
    for sentence in report.prose_with(_AMONG):
        for match in _AMONG.finditer(sentence.text):
            at = sentence.start + match.start("count")
            whole = next((fact for fact in sentence.facts if fact.start == at), None)
            if whole is None:
                continue
            parts = listed_parts(sentence.text, match.end(), _moved(sentence.facts, sentence.start))
            behind = [fact for fact in sentence.facts if fact.start >= sentence.start + match.end()]
            members = behind[: len(parts)] if len(parts) >= _KINDS else behind[:_PAIR]
            if not all(same_unit(fact, whole) for fact in members):
                continue
            if len(members) >= _KINDS or _are_opposite(members):
                yield from _added(whole, members)


def _moved(facts: Sequence[Fact], start: int) -> list[Fact]:
    """The numbers by their places in a sentence instead of its paragraph."""
    return [replace(fact, start=fact.start - start, end=fact.end - start) for fact in facts]


_OPPOSITES = tuple(
    (Pattern(one), Pattern(other))
    for one, other in (
        ("按期|按时|及时", "超期|逾期|延期|超时|未按期|未按时|滞后"),
        ("(?<!不)合格|(?<!未)达标|(?<!不)符合", "不合格|未达标|不符合"),
        ("(?<!部分)(?<![未不])采纳", "未采纳|不采纳"),
        ("(?<![未不])通过", "未通过|不通过|不予通过"),
        ("(?<![未基])完成|已完工", "未完成|未完工"),
    )
)


def _are_opposite(members: Sequence[Fact]) -> bool:
    if len(members) != _PAIR:
        return False
    one, other = (fact.subject for fact in members)
    return any(left.search(one) and right.search(other) for left, right in _OPPOSITES)


def _added(whole: Fact, members: Sequence[Fact]) -> Iterator[Result]:
    total = sum((fact.base for fact in members), Decimal(0))
    right = f"{plain(total / whole.scale)}{whole.unit}"
    working = f"{'+'.join(map(said, members))}={right}"
    if total == whole.base:
        yield agrees(whole, *members)
    elif abs(total - whole.base) <= 1 or len(members) == _PAIR:
        related = tuple(fact.place for fact in members)
        message = f"各类合计{working}，与总数{said(whole)}不符"
        yield doubtful(
            whole.place, said(whole), right, message, facts=(whole, *members), working=working, related=related,
            confidence=80,
        )  # fmt: skip
