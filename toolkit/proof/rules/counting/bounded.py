"""Numbers of which one cannot be above the other: a part and its whole, users and those active, kinds and pieces."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.outline import prose
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.reckoned_growth import GROWTH
from toolkit.proof.units import QUANTITIES, counted, same_unit
from toolkit.text.patterns import Pattern

_PART = Pattern(r"其中[，,：:]?\s*[^，。；、0-9]{0,16}$")
_NO_WHOLE = Pattern("(?:每|平均|[人户亩生日月年]均)[^，。；0-9]{0,12}$|净(?:增|减|增加|减少)$")
_BALANCE = Pattern("[比较与][^。；]{1,10}相比[，,][^，。；0-9]{0,8}(?:增加|减少)$")
"""What remains of an increase and a decrease: 与上年末相比，人员减少5人，其中退休9人、新录用7人."""
_USERS = Pattern(r"(?:注册|实名|累计)?用户(?:数|总数|量)?(?:已?达到?|为|有)?$")
_ACTIVE = Pattern(r"(?:平均)?(?:日活|月活|周活|活跃)(?:用户)?(?:数|量)?(?:达到?|为|约)?$")
_STEPS = (("开工", "完工|竣工|建成"), ("完工|竣工", "验收"), ("申报", "通过|立项"), ("报名", "参加|录取"))
"""What comes after what: no more can be finished than were begun."""
_HOLDERS = Pattern(r"^(?:[个家]?(?:部门|单位|行业|领域|县级市|区县|县区|乡镇|街道)|大?行业|大?类|种|个县级市)")
_HELD = frozenset({"项", "条", "家", "次", "人次", "人", "户", "件", "份", "个"})


@rule(
    "count.bounds",
    group=Group.COUNTS,
    title="其中、活跃用户、所含事项的数不超出所属的数",
    good=(
        "累计归集数据5.1亿条。其中，行为数据6874.81万条。注册用户1.43亿，月活用户4520万。",
        "接入40余个部门585项服务事项，目录10大类、89个小类。",
        "平均提交材料由4.6份减少到2.9份；其中企业开办由9份减至3份。",
        "包括6类监测和1个平台。平均用时119.6天，其中最长的135天。",
        "收入超过15万元的有4个，其中甲社区最高（41.56万元）。",
        "平均每个核定项目补助6.71万元，其中公共平台平均每个57.86万元。",
        "与上年末相比，在职人员减少5人，其中退休9人、调出3人、新录用7人。",
        "归集数据51万条，其中文书38个。3个部门2天办结。汽车产量增长1.7倍，其中新能源汽车增长17.2倍。",
    ),
    bad=(
        "累计归集数据5.1亿条。其中，行为数据6.87亿条。",
        "注册用户1.43万，月活用户4520万。",
        "接入585个部门40项服务事项。",
        "构建目录89大类、10个小类。",
        "计划建设46家，开工21家、完工28家。",
    ),
)
def bounds(report: Report) -> Iterator[Result]:
    """Every pair of neighbours whose words make one of them the most that the other can be."""
    for place, text in prose(report.document):
        facts = [fact for fact in report.facts_at(place) if fact.kind in QUANTITIES and fact.value]
        yield from _parts(facts, text)
        for left, right in pairwise(facts):
            if _holds(left, right, text):
                yield _held(left, right, "前面每一个都至少有一个")
            if _follows(left, right, text):
                yield _held(right, left, "后一步的数大于前一步")
        yield from _users(facts)


def _parts(facts: list[Fact], text: str) -> Iterator[Result]:
    """The first number behind 其中 and the greatest before it of the same unit: one of those is the whole.

    They stand in its sentence, or in the one before where 其中 begins a sentence.
    """
    first: dict[tuple[FactKind, str, Decimal], int] = {}
    for at, fact in enumerate(facts):
        first.setdefault(_known_by(fact), at)
    for at, part in enumerate(facts):
        start = text.rfind("。", 0, part.start) + 1
        if text.startswith("其中", start):
            start = text.rfind("。", 0, max(start - 1, 0)) + 1
        if (
            text[: part.start].endswith(_FROM)
            or part.unit == "倍"
            or text[part.end : part.end + 1] == "/"
            or GROWTH.search(part.subject)
        ):
            continue  # how it grew, or how many to each
        if first[_known_by(part)] < at:
            continue  # 收入792万元，同比增加189万元。其中：拨款792万元
        if not at or not _PART.search(text[facts[at - 1].end : part.start]):
            continue
        before = [fact for fact in facts[:at] if same_unit(fact, part) and fact.start >= start and fact.exact]
        before = [
            fact for fact in before if text[fact.end : fact.end + 1] != "/" and not _NO_WHOLE.search(fact.subject)
        ]
        before = [fact for fact in before if not _BALANCE.search(text[: fact.start])]
        if before:
            yield _held(part, max(before, key=lambda fact: fact.base), "其中的数大于前面所有的数")


_FROM = ("由", "从", "自")
"""其中企业开办由9份减至3份 is a change, and no part."""


def _known_by(fact: Fact) -> tuple[FactKind, str, Decimal]:
    """What two equal numbers of one unit have in common; see :func:`~toolkit.proof.units.same_unit`."""
    return fact.kind, counted(fact), fact.base


def _holds(left: Fact, right: Fact, text: str) -> bool:
    """40余个部门585项服务事项, 10大类、89个小类, 目录5511个，信息项43657项."""
    if left.kind is not FactKind.COUNT or right.kind is not FactKind.COUNT:
        return False
    between, behind = text[left.end : right.start], text[right.end : right.end + 6]
    if re.search("目录$", left.subject) and re.search("信息项$", right.subject):
        return True
    if re.match(r"\s*大?类\s*、\s*$", left.unit + between) or re.fullmatch(r"\s*大类\s*、\s*", between):
        return behind.lstrip().startswith("小类") or right.unit == "小类"
    if left.unit == "种" and re.fullmatch(r"、\s*[\u4e00-\u9fff]{2,4}", between):
        return counted(right) in ("个", "台", "件", "套")
    between = re.sub(r"[（(][\u4e00-\u9fff]{1,4}[)）]", "", between)
    named = _HOLDERS.match(f"{left.unit}{between}".lstrip("余多 "))
    return bool(named) and not re.search("[，。；、：中的各每和与及（(]", between) and counted(right) in _HELD


def _follows(left: Fact, right: Fact, text: str) -> bool:
    """开工41家、完工28家: a verb right before each number, nothing else between."""
    between = text[left.end : right.start]
    return same_unit(left, right) and any(
        re.search(f"(?:{first})(?:了)?$", left.subject) and re.fullmatch(f"[、，](?:已)?(?:{then})(?:了)?", between)
        for first, then in _STEPS
    )


def _users(facts: list[Fact]) -> Iterator[Result]:
    """Active users are users."""
    every = [fact for fact in facts if _USERS.search(fact.subject) and not _ACTIVE.search(fact.subject)]
    for active in (fact for fact in facts if _ACTIVE.search(fact.subject)):
        before = [fact for fact in every if fact.start < active.start]
        if before:
            yield _held(active, before[-1], "活跃用户大于用户")


def _held(less: Fact, more: Fact, why: str) -> Result:
    if less.low <= more.high:
        return agrees(less, more)
    message = f"{said(less)}与{said(more)}：{why}"
    return doubtful(less.place, said(less), f"不超过{said(more)}", message, facts=(less, more), confidence=80)
