"""Rates whose part stands right before them and whose whole is the only number of the sentence that can hold it."""

from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, quotient, rest, spots
from toolkit.proof.units import counted, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_LEAD = Pattern(
    r"^[^，。；、（(0-9]{0,12}[，,（(](?:(?P<of>[\u4e00-\u9fff]{0,6})(?:率|受益面|覆盖面)|[\u4e00-\u9fff]{0,6}占比?|比例)(?:为|达到?|仅为?|约|只有)?$"
)
_MEANS = Pattern("均|每|超|增|减|差|多|少|其余")
_TOTAL = Pattern("(?:共|共计|合计|总计)$")


@rule(
    "rate.only",
    group=Group.RATES,
    yields=Yields.HERE | Yields.ELSEWHERE,
    title="比率等于它前面的数除以同句唯一可作总数的数",
    good=(
        "开发公益性岗位21,600个，安置20,520人，岗位利用率95.00%。",
        "募集见习岗位18,600个，平均每家15个，实际到岗16,368人，到岗率88.00%。",
        "抽查支付凭证60份，发现3份附件不全，占5.00%。",
        "抽查台账480份、报告360份，共840份；发现不规范21份，占2.50%。",
        "新增专利120件，带动就业60人，就业率96.00%，毕业生共62.5人。",
    ),
    bad=(
        "开发公益性岗位21,600个，安置20,520人，岗位利用率96.00%。",
        "募集见习岗位18,600个，平均每家15个，实际到岗16,638人，到岗率88.00%。",
        "抽查支付凭证60份，发现3份附件不全，占6.00%。",
        "抽查台账480份、报告360份，共840份；发现不规范21份，占3.50%。",
        "需求1,250项，未实现的50项，实现率98.00%。",
    ),
)
def rates(report: Report) -> Iterator[Result]:
    """A rate behind a count, against the one larger count before it, whatever both are counted in."""
    for spot in spots(report):
        part = spot.before[-1] if spot.before else None
        match = _LEAD.match(spot.lead) if spot.fact.kind is FactKind.PERCENT and part is not None else None
        if (
            match is None
            or part is None
            or part.kind is not FactKind.COUNT
            or part.step != 1
            or _MEANS.search(part.subject[-4:])
        ):
            continue
        wholes = _wholes(spot, part)
        trials = [trial for whole in wholes for trial in (quotient(part, whole), rest(part, whole)) if trial]
        fitting = next((trial for trial in trials if spot.fact.meets(trial.low, trial.high)), None)
        if fitting is not None:
            yield agrees(spot.fact, *fitting.facts)
        elif (
            len(wholes) == 1
            and wholes[0].base
            and not _may_be_of(spot, part)
            and _belongs(part, wholes[0], match["of"])
        ):
            share = part.base / wholes[0].base
            due = min((share, 1 - share), key=lambda one: abs(one - spot.fact.base))  # 未实现的50项，实现率96%
            right = f"{plain(round(due * 100, 2))}%"
            working = f"{'' if due == share else '1-'}{said(part)}÷{said(wholes[0])}={right}"
            yield differs(
                spot.fact.place, said(spot.fact), right, f"比率写{said(spot.fact)}，{working}",
                facts=(spot.fact, part, wholes[0]), working=working, confidence=75,
            )  # fmt: skip


def _may_be_of(spot: Spot, part: Fact) -> bool:
    """Whether a number that follows can be the whole, too."""
    return any(same_unit(fact, part) and fact.base > part.base for fact in spot.after)


def _wholes(spot: Spot, part: Fact) -> Sequence[Fact]:
    found = [fact for fact in spot.before[:-1] if fact.kind is part.kind and fact.base >= part.base and fact.step == 1]
    found = [fact for fact in found if not _MEANS.search(fact.subject[-4:])]
    totals = [fact for fact in found or spot.earlier[-2:] if _TOTAL.search(fact.subject) and same_unit(fact, part)]
    return totals[-1:] or found


def _belongs(part: Fact, whole: Fact, name: str | None) -> bool:
    """Counted alike; or a rate whose name says what the part or the whole is (岗位利用率, 到岗率)."""
    if counted(part) == counted(whole):
        return True
    pairs = {name[at : at + 2] for at in range(len(name) - 1)} if name else set()
    return any(pair in f"{part.subject}{whole.subject}" for pair in pairs)
