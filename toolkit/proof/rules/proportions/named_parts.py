"""核查600台，其中在用498台、闲置78台，在用率83.00%: a rate called like one of the numbers before it."""

import re
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.times_of_ends import ENDS
from toolkit.proof.trials import Spot, apart, judged, quotient, spots_with
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_CALLED = Pattern(r"(?:^|[，,；;、（(])(?P<name>[\u4e00-\u9fff]{2,4})率(?:为|达到?|仅为?)?$")
_FORMER = Pattern(r"(?P<way>是前者的|前者是后者的)(?:约)?$")
_SPREAD = Pattern("最高(?:的)?(?:与|和)最低(?:的)?(?:相差|差距为?|极差为?)$")
_ROW = 3


@rule(
    "rate.called",
    group=Group.RATES,
    yields=Yields.HERE,
    title="比率等于同名的数除以同句的总数",
    good=(
        "现场核查智能终端600台，其中在用498台、闲置78台、损坏24台，在用率83.00%。",
        "自评补贴1,260张，认定1,148张，多报112张，多报率9.8%。",
        "核查点位60个，正常57个、离线3个，完好率95.0%。",
    ),
    bad=("现场核查智能终端600台，其中在用498台、闲置78台、损坏24台，在用率88.00%。",),
)
def called(report: Report) -> Iterator[Result]:
    """The number of that name, by the number before it that is the sum of it and the others in the row."""
    for spot in spots_with(report, _CALLED):
        match = _CALLED.search(spot.lead) if spot.fact.kind is FactKind.PERCENT else None
        parts = [fact for fact in spot.before if match and fact.subject.endswith(match["name"])]
        if len(parts) != 1 or parts[0].kind is not FactKind.COUNT:
            continue
        whole = _whole(spot, parts[0])
        trial = quotient(parts[0], whole) if whole is not None else None
        if trial is None or whole is None:
            continue
        others = [fact for fact in spot.before if same_unit(fact, whole) and fact not in (whole, parts[0])]
        if spot.fact.meets(trial.low, trial.high):
            yield agrees(spot.fact, parts[0], whole)
        elif any(spot.fact.meets(one.low, one.high) for fact in others if (one := quotient(parts[0], fact))):
            continue  # 自评1,260张，认定1,148张，多报112张，多报率9.8%: of what was granted
        else:
            right = f"{plain(round(trial.due * 100, 2))}%"
            message = f"比率写{said(spot.fact)}，{trial.working}={right}"
            yield differs(
                spot.fact.place, said(spot.fact), right, message, facts=(spot.fact, parts[0], whole),
                working=f"{trial.working}={right}", confidence=80,
            )  # fmt: skip


def _whole(spot: Spot, part: Fact) -> Fact | None:
    """The number right before a row of parts that add up to it."""
    facts = [fact for fact in spot.before if same_unit(fact, part)]
    at = facts.index(part)
    for start in range(at - 1, -1, -1):
        row = facts[start + 1 :]
        if len(row) > 1 and sum(fact.base for fact in row) == facts[start].base:
            return facts[start]
    return None


@rule(
    "times.former",
    group=Group.RATES,
    yields=Yields.HERE,
    title="“前者的几倍”等于两数之比",
    good=(
        "合同金额最大的为668.40万元，占29.3%；最小的为59.20万元，前者是后者的11.3倍。",
        "上云项目平均安排88.89万元；标杆项目平均安排308.70万元，是前者的3.47倍。",
    ),
    bad=(
        "合同金额最大的为668.40万元，占29.3%；最小的为59.20万元，前者是后者的13.1倍。",
        "上云项目平均安排88.89万元；标杆项目平均安排308.70万元，是前者的4.37倍。",
    ),
)
def times(report: Report) -> Iterator[Result]:
    """The last two numbers of one unit before: the first by the second, or the second by the first."""
    for spot in spots_with(report, _FORMER):
        match = _FORMER.search(spot.lead) if spot.fact.unit == "倍" else None
        before = [fact for fact in (*spot.earlier, *spot.before) if fact.kind in QUANTITIES]
        if match is None or len(before) < 2 or not same_unit(before[-2], before[-1]):
            continue
        if "。" in report.texts[spot.fact.place][before[-2].end : spot.fact.start]:
            continue
        if ENDS.search(spot.sentence):
            continue  # the two are named, and no number told of them
        first, second = before[-2:]
        pair = (second, first) if match["way"].startswith("是") else (first, second)
        yield from judged(report, spot.fact, [quotient(*pair, sure=True)], "倍数写")


@rule(
    "gap.spread",
    group=Group.SUMS,
    yields=Yields.HERE,
    title="“最高与最低相差”等于前面各数的极差",
    good=("得分率依次为决策88.00%、产出86.00%、效益84.67%、过程78.25%。最高与最低相差9.75个百分点。",),
    bad=("得分率依次为决策88.00%、产出86.00%、效益84.67%、过程78.25%。最高与最低相差9.57个百分点。",),
)
def spreads(report: Report) -> Iterator[Result]:
    """Three numbers and more of one kind right before the sentence, or in it."""
    for spot in spots_with(report, _SPREAD):
        if not _SPREAD.search(spot.lead):
            continue
        kind = FactKind.PERCENT if spot.fact.kind is FactKind.POINTS else spot.fact.kind
        row = _last_row(
            [fact for fact in (*spot.earlier, *spot.before) if fact.kind is kind], report.texts[spot.fact.place]
        )
        if len(row) >= _ROW:
            high, low = max(row, key=lambda fact: fact.base), min(row, key=lambda fact: fact.base)
            yield from judged(report, spot.fact, [apart(high, low, sure=True)], "差额写")


def _last_row(facts: Sequence[Fact], text: str) -> list[Fact]:
    """The numbers of the last sentence that holds any."""
    row = list(facts[-1:])
    for fact in reversed(facts[:-1]):
        if re.search("[。；]", text[fact.end : row[0].start]):
            break
        row.insert(0, fact)
    return row
