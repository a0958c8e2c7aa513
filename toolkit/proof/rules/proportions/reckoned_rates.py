"""Rates in prose that follow from two numbers near them: shares, rates of completion and of use."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.rules.proportions.reckoned_growth import GROWTH
from toolkit.proof.trials import Spot, Trial, judged, quotient, rest, spots, summed
from toolkit.proof.units import QUANTITIES, counted, same_unit
from toolkit.text.patterns import Pattern

_RATIO = Pattern(r"占|率|满意度|比例|比重|进度|完成|的$|之$")
_SAVED = Pattern("可用|完好|无故障|节约率|节支率|降幅|流失|未|结余|下降|降低|减少")
_SAVED_OF = Pattern("(?:节约|节支|下浮|核减|降低|结余|节省)率(?:为|是|达到?)?$")
"""Rates of what there was at first, not of what was left."""
_SAVING = Pattern("[节省减降浮余]")
_OF_WHOLE = Pattern(r"^[^，。；、（）()]{0,12}的$")
LISTED = Pattern("^[、，,]$|^和$|^及$|^以及$|^与$")


@rule(
    "reckon.rate",
    group=Group.RATES,
    title="比率等于附近的两个数相除",
    good=(
        "共有护理人员436人，2023年离职87人，流失率19.95%。",
        "建设教室126间，完成计划140间的90%。选取7所学校，样本资金2,834万元。",
        "招标控制价9,860万元，中标价9,416.30万元，节约资金443.70万元，节约率4.50%。",
        "发放问卷1,000份，很满意414份，满意度85.00%，比2023年的81.40%提高3.60个百分点。",
        "两级缺口合计3,500万元，其中区级缺口2,100万元，到位率只有65.0%。",
        "6月底前完成采购，10月底前完成支付进度的80%。",
        "申报31个项目，其中12个实施、19个暂缓。\n12个项目合同金额均在批复投资以内，平均节约率3.54%。",
    ),
    bad=(
        "共有护理人员436人，2023年离职87人，流失率19.59%。",
        "建设教室126间，完成计划140间的95%。",
        "招标控制价9,860万元，中标价9,416.30万元，节约资金443.70万元，节约率5.40%。",
        "完成验收8个，比目标少1个，完成率89.88%。",
        "虚拟机436台，超额完成26台，完成率103.81%。",
        "招标控制价9,860万元，中标价9,416.30万元，节约资金443.70万元，节约率4.71%。",
    ),
)
def ratios(report: Report) -> Iterator[Result]:
    """A rate against the numbers of its sentence, then of its paragraph."""
    for spot in spots(report):
        if spot.fact.kind is not FactKind.PERCENT or not _RATIO.search(spot.lead[-16:]):
            continue
        is_other = GROWTH.search(spot.clause) or _OF_LAST_YEAR.search(spot.clause)
        if not is_other and not _in_list(spot):
            results = list(judged(report, spot.fact, list(_ratios(report, spot)), "比率写"))
            far = _of_amounts(report, spot) if any(result.found for result in results) else None
            yield from [agrees(spot.fact, *far.facts)] if far is not None else results


def _of_amounts(report: Report, spot: Spot) -> Trial | None:
    """The rate as the amount right before it by any amount told elsewhere: 结余率 of a budget named chapters before."""
    part = spot.before[-1] if spot.before else None
    if part is None or part.kind is not FactKind.MONEY or len(re.sub("[^0-9]", "", spot.fact.text)) < _TELLING:
        return None
    known = [whole for whole in _amounts(report) if whole.base > part.base]
    before = [whole for whole in known if _is_saved_of(spot, part, whole, known)]
    trials = (quotient(part, whole) for whole in before or known)
    return next((trial for trial in trials if trial and spot.fact.meets(trial.low, trial.high)), None)


@once
def _amounts(report: Report) -> list[Fact]:
    """The first amounts of a report, each value once."""
    facts = (fact for fact in report.facts if fact.kind is FactKind.MONEY and fact.exact and fact.value)
    return list({fact.base: fact for fact in facts}.values())[:_MOST]


_TELLING, _MOST = 3, 300
"""Rates of fewer digits meet by chance; in a long report so many amounts are looked at."""


def _in_list(spot: Spot) -> bool:
    """One of several shares in a row: they are looked at together."""
    beside = [*spot.before[-1:], *spot.after[:1]]
    return any(fact.kind is FactKind.PERCENT for fact in beside) and (
        LISTED.match(spot.lead.strip()) is not None or LISTED.match(spot.tail.strip()) is not None
    )


def _ratios(report: Report, spot: Spot) -> Iterator[Trial | None]:
    near = [fact for fact in spot.before if fact.kind in QUANTITIES and fact.unit not in _TIMES]
    of_whole = len(near) > 1 and spot.before[-1] is near[-1] and _OF_WHOLE.match(spot.lead)
    only = _only_pair(spot, near) or _spent_of(spot, near)
    far = [fact for fact in (*spot.earlier, *spot.after) if fact.kind in QUANTITIES]
    for at, part in enumerate(reversed(near)):
        wholes = [*reversed(near), *reversed(far), *(elsewhere(report, part) if at == 0 else ())]
        if at == 0 and (certain := _certain(report, spot, part, wholes)):
            yield from certain
            return
        for whole in () if _is_lacking(spot, part) else wholes:
            if whole is part or not same_unit(part, whole) or _are_listed(near, whole, part):
                continue
            sure = bool(of_whole and part is near[-2] and whole is near[-1]) or (part, whole) == only
            beyond = _BEYOND.search(part.subject) is not None  # 436台，超额完成16台，完成率103.81%
            yield quotient(part, whole, sure=sure and not beyond)
            if at < _NEAREST:
                yield from _changed(spot, part, whole, sure=sure and beyond)
    yield from _of_several(near, far)
    if near and re.search("其余|余下", spot.tail) and spot.after and same_unit(near[-1], spot.after[0]):
        whole = summed([near[-1], spot.after[0]])
        due = near[-1].base / whole.due
        working = f"{said(near[-1])}÷({whole.working})"
        yield Trial(due, due, due, (near[-1], spot.after[0]), working, sure=tuple(near[-1:]) == spot.before[-1:])


_TIMES = ("年", "月")
"""6月底前完成采购，10月底前完成支付进度的80%: months of the calendar make no rate."""


def _is_lacking(spot: Spot, part: Fact) -> bool:
    """区级缺口2,100万元，到位率65.0%: what is lacking makes no rate of what is there."""
    return _LACK.search(part.subject) is not None and "率" in spot.clause and not _LACK_RATE.search(spot.clause)


_LACK = Pattern("(?:缺口|短缺)$")
_LACK_RATE = Pattern("占|缺|未|短")


def _certain(report: Report, spot: Spot, part: Fact, wholes: Sequence[Fact]) -> list[Trial | None]:
    """The rate of what the words name, where it is right; and 节约率 of what there was before the saving."""
    named = [trial for whole in _named(report, spot) if same_unit(part, whole) and (trial := quotient(part, whole))]
    if any(spot.fact.meets(trial.low, trial.high) for trial in named):
        return [*named]
    before = [whole for whole in wholes if _is_saved_of(spot, part, whole, wholes)]
    return [quotient(part, whole, sure=True) for whole in before[:1]]


def _is_saved_of(spot: Spot, part: Fact, whole: Fact, others: Sequence[Fact]) -> bool:
    """Whether the saving that a rate is of leaves another number that is told of this one."""
    told = _SAVED_OF.search(spot.clause) is not None and _SAVING.search(part.subject) is not None
    return told and any(
        whole.base == other.base + part.base and same_unit(other, part) and same_unit(whole, part) for other in others
    )


def _are_listed(near: Sequence[Fact], whole: Fact, part: Fact) -> bool:
    """657.43万元、1,314.87万元、493.08万元: numbers in a row are no parts of one another."""
    if whole not in near or whole.start > part.start:
        return False
    return all(not fact.subject for fact in near[near.index(whole) + 1 : near.index(part) + 1])


def _named(report: Report, spot: Spot) -> list[Fact]:
    """占年初预算的: the numbers that are told of what the share is of."""
    match = _OF.search(spot.lead)
    if match is None:
        return []
    found = [fact for fact in report.facts if fact.kind in QUANTITIES and fact.exact and fact.value]
    return [fact for fact in found if match["whole"] in fact.subject][:_MANY]


_OF = Pattern(r"占(?P<whole>[\u4e00-\u9fff]{2,10}?)(?:总数|总额)?的$")
_NEAREST = 2


def _changed(spot: Spot, part: Fact, whole: Fact, *, sure: bool) -> Iterator[Trial | None]:
    """节约率 is what the ratio leaves; 5,400套，超计划400套，完成率 is of what the plan was."""
    left_over = "未" in part.subject[-6:] and "未" not in spot.lead  # 未实现的50项，实现率96%
    if (
        left_over
        or _SAVED.search(spot.clause)
        or re.search("未|不", spot.sentence.removesuffix(spot.lead)[-1:] + spot.lead[:8])
    ):
        yield rest(part, whole)
    if _BEYOND.search(part.subject):
        yield _of_plan(whole, part, sure=sure)
    if whole.base and _SHORT_OF.search(part.subject):  # 5,640万元，比目标少360万元，完成率94%
        due = whole.base / (whole.base + part.base)
        sure = spot.before[-2:] == (whole, part) and _THEN_RATE.match(spot.lead) is not None
        yield Trial(due, due, due, (whole, part), f"{said(whole)}÷({said(whole)}+{said(part)})", sure)


def _of_plan(real: Fact, beyond: Fact, *, sure: bool) -> Trial | None:
    plan = real.base - beyond.base
    due = real.base / plan if plan > 0 else Decimal(0)
    working = f"{said(real)}÷({said(real)}-{said(beyond)})"
    return Trial(due, due, due, (real, beyond), working, sure) if due else None


_BEYOND = Pattern("超(?:计划|额|目标|过计划|出计划|过目标|出目标)?(?:完成)?$|比(?:计划|目标|任务|预期)多(?:完成)?$")
_OF_LAST_YEAR = Pattern("(?:比|较)(?:20[0-9]{2}年度?|上年|去年)的?$")
_THEN_RATE = Pattern("^[，,](?:目标|计划|任务)?完成率(?:为|达到?)?$")
_SHORT_OF = Pattern("比(?:计划|目标|任务|预期)少(?:完成)?$")


def _of_several(near: Sequence[Fact], far: Sequence[Fact]) -> Iterator[Trial | None]:
    """满意率 of 很满意 and 满意: two or three parts in a row together."""
    for first in range(len(near)):
        for count in (2, 3):
            parts = near[first : first + count]
            if len(parts) < count or not all(same_unit(part, parts[0]) for part in parts):
                continue
            both = summed(parts)
            for whole in (*near, *far):
                if whole not in parts and same_unit(whole, parts[0]) and whole.base and whole.base >= both.due:
                    due = both.due / whole.base
                    working = f"({both.working})÷{said(whole)}"
                    yield Trial(both.low / whole.base, both.high / whole.base, due, (*parts, whole), working)


def elsewhere(report: Report, part: Fact) -> list[Fact]:
    """Wholes of other paragraphs: what is counted in the same unit, and the amounts of total rows."""
    found = [fact for fact in _of_units(report).get(counted(part), []) if fact.place != part.place]
    return [fact for fact in found if fact.base >= part.base][:_MANY]


_MANY = 40


@once
def _of_units(report: Report) -> dict[str, list[Fact]]:
    """Counts of the prose by unit, and the numbers of total rows under 元 and 人, each value once."""
    found: dict[str, dict[Decimal, Fact]] = {}
    prose = [fact for fact in report.facts if not fact.place.table and fact.kind is FactKind.COUNT and fact.exact]
    for fact in (*_totals(report), *prose):
        if fact.value and counted(fact):
            found.setdefault(counted(fact), {}).setdefault(fact.base, fact)
    return {unit: list(facts.values()) for unit, facts in found.items()}


def _totals(report: Report) -> Iterator[Fact]:
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            if first_words(row) in (
                "合计",
                "总计",
                "全年",
                "全市",
                "全县",
                "全区",
                "全省",
            ):
                yield from (fact for cell in row for fact in report.facts_at(cell.place)[:1] if fact.exact)


def _only_pair(spot: Spot, near: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Part and whole where the sentence holds just two numbers of a unit, the rate stands right behind the second."""
    if len(spot.before) < 2 or not near or spot.before[-1] is not near[-1]:
        return None
    match, part = _RIGHT_BEHIND.search(spot.lead), near[-1]
    others = [fact for fact in near[:-1] if same_unit(fact, part)]
    if match is None or len(others) != 1 or others[0].base < part.base or _SAVED.search(spot.clause):
        return None
    if re.search("均|每", f"{part.subject[-6:]} {others[0].subject[-6:]}") or re.search(
        "(?:[缺差少欠]|缺口|不足|短缺)$", part.subject
    ):
        return None
    named = match["of"] and match["of"][-2:] in part.subject  # 接通276人，接通率
    return (part, others[0]) if named or not any(same_unit(fact, part) for fact in spot.earlier) else None


_SPENT = Pattern("支出|支付|使用")
_SPENT_RATE = Pattern(r"^[，,；;]?(?:资金|预算|项目|专项)?(?:支出|支付|使用|执行)(?:率|进度)(?:为|达到?)?$")
_SPENDABLE = Pattern("可用|到位|预算|安排|调整后|下达|计划|应")


def _spent_of(spot: Spot, near: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """What was spent, told last in the sentence, and the nearest number before of what there was to spend."""
    named = re.match(r"^[，,；;](?:资金)?(?P<what>[\u4e00-\u9fff]{2})率(?:为|达到?)?$", spot.lead)
    what = Pattern(named["what"]) if named and spot.before and spot.before[-1] in near[-1:] else _SPENT
    money = [fact for fact in near if fact.kind is FactKind.MONEY]
    spent = [fact for fact in money if what.search(fact.subject[-6:])]
    if not spent and _SPENT_RATE.match(spot.lead):
        spent = [fact for fact in money if _SPENT.search(fact.subject[-6:])]
    if not spent or not (_SPENT_RATE.match(spot.lead) or what is not _SPENT):
        return None
    before = [
        fact for fact in (*spot.earlier, *spot.before) if fact.start < spent[-1].start and fact.base >= spent[-1].base
    ]
    before = [fact for fact in before if _SPENDABLE.search(fact.subject[-8:]) and same_unit(fact, spent[-1])]
    return (spent[-1], before[-1]) if before else None


_RIGHT_BEHIND = Pattern(
    r"^[，,；;（(]?(?:占比|(?P<of>[^，。；（）()占]{0,6})(?:率|比例|比重))(?:为|达|达到|仅|仅为|只有)?$"
)
