"""Rates in prose that follow from numbers near them: shares, rates of completion, growth, lists of shares."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.rules.same_fact import said
from toolkit.proof.trials import FALLS, RISES, Spot, Trial, judged, quotient, rest, spots, summed
from toolkit.proof.units import QUANTITIES, counted, same_unit
from toolkit.text import plain

_RATIO = re.compile(r"占|率|比例|比重|进度|完成|的$|之$")
_SAVED = re.compile("可用|完好|无故障|节约率|节支率|降幅|流失|未|结余|下降|降低|减少")
_GROWTH = re.compile("超额|增长|增幅|增加|上升|提高|上涨|下降|降幅|减少|降低|缩短|压缩|压减|同比|环比")
_CHANGE = re.compile("增长|增加|上升|提高|下降|减少|降低|节约|超出|追加|多|少$")
_OF_WHOLE = re.compile(r"^[^，。；、（）()]{0,12}的$")
_LISTED = re.compile("^[、，,]$|^和$|^及$|^以及$|^与$")
_LIST_HEAD = re.compile("分别|依次|各|占比|比例")


@rule(
    "reckon.rate",
    group=Group.RATES,
    title="比率等于附近的两个数相除",
    good=(
        "共有护理人员436人，2023年离职87人，流失率19.95%。",
        "建设教室126间，完成计划140间的90%。选取7所学校，样本资金2,834万元。",
        "招标控制价9,860万元，中标价9,416.30万元，节约资金443.70万元，节约率4.50%。",
    ),
    bad=(
        "共有护理人员436人，2023年离职87人，流失率19.59%。",
        "建设教室126间，完成计划140间的95%。",
        "招标控制价9,860万元，中标价9,416.30万元，节约资金443.70万元，节约率5.40%。",
    ),
)
def ratios(report: Report) -> Iterator[Result]:
    """A rate against the numbers of its sentence, then of its paragraph."""
    for spot in spots(report):
        is_rate = spot.fact.kind is FactKind.PERCENT and _RATIO.search(spot.lead[-16:])
        if is_rate and not _GROWTH.search(spot.clause) and not _in_list(spot):
            results = list(judged(report, spot.fact, list(_ratios(report, spot)), "比率写"))
            far = _of_amounts(report, spot) if any(result.found for result in results) else None
            yield from [agrees(spot.fact, *far.facts)] if far is not None else results


def _of_amounts(report: Report, spot: Spot) -> Trial | None:
    """The rate as the amount right before it by any amount told elsewhere: 结余率 of a budget named chapters before."""
    part = spot.before[-1] if spot.before else None
    if part is None or part.kind is not FactKind.MONEY or len(re.sub("[^0-9]", "", spot.fact.text)) < _TELLING:
        return None
    if _AMOUNTS not in report.memory:
        amounts = {
            fact.base: fact for fact in report.facts if fact.kind is FactKind.MONEY and fact.exact and fact.value
        }
        report.memory[_AMOUNTS] = list(amounts.values())[:_MOST]
    trials = (quotient(part, whole) for whole in report.memory[_AMOUNTS] if whole.base > part.base)
    return next((trial for trial in trials if trial and spot.fact.meets(trial.low, trial.high)), None)


_AMOUNTS = "amounts"
_TELLING, _MOST = 3, 300
"""Rates of fewer digits meet by chance; in a long report so many amounts are looked at."""


def _in_list(spot: Spot) -> bool:
    """One of several shares in a row: they are looked at together."""
    beside = [*spot.before[-1:], *spot.after[:1]]
    return any(fact.kind is FactKind.PERCENT for fact in beside) and (
        _LISTED.match(spot.lead.strip()) is not None or _LISTED.match(spot.tail.strip()) is not None
    )


def _ratios(report: Report, spot: Spot) -> Iterator[Trial | None]:
    near = [fact for fact in spot.before if fact.kind in QUANTITIES]
    of_whole = len(near) > 1 and spot.before[-1] is near[-1] and _OF_WHOLE.match(spot.lead)
    only = _only_pair(spot, near) or _spent_of(spot, near)
    far = [fact for fact in (*spot.earlier, *spot.after) if fact.kind in QUANTITIES]
    named = _named(report, spot)
    for at, part in enumerate(reversed(near)):
        if at == 0 and named:
            fitting = [trial for whole in named if same_unit(part, whole) and (trial := quotient(part, whole))]
            if any(spot.fact.meets(trial.low, trial.high) for trial in fitting):
                yield from fitting
                return
        wholes = [*reversed(near), *reversed(far), *(_elsewhere(report, part) if at == 0 else ())]
        for whole in wholes:
            if whole is part or not same_unit(part, whole) or _are_listed(near, whole, part):
                continue
            sure = bool(of_whole and part is near[-2] and whole is near[-1]) or (part, whole) == only
            yield quotient(part, whole, sure=sure)
            if at < _NEAREST:
                yield from _changed(spot, part, whole)
    yield from _of_several(near, far)
    if near and re.search("其余|余下", spot.tail) and spot.after and same_unit(near[-1], spot.after[0]):
        whole = summed([near[-1], spot.after[0]])
        due = near[-1].base / whole.due
        working = f"{said(near[-1])}÷({whole.working})"
        yield Trial(due, due, due, (near[-1], spot.after[0]), working, sure=tuple(near[-1:]) == spot.before[-1:])


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


_OF = re.compile(r"占(?P<whole>[\u4e00-\u9fff]{2,10}?)(?:总数|总额)?的$")
_NEAREST = 2


def _changed(spot: Spot, part: Fact, whole: Fact) -> Iterator[Trial | None]:
    """节约率 is what the ratio leaves; 5,400套，超计划400套，完成率 is of what the plan was."""
    if _SAVED.search(spot.clause) or re.search("未|不", spot.sentence.removesuffix(spot.lead)[-1:] + spot.lead[:8]):
        yield rest(part, whole)
    if _BEYOND.search(part.subject):
        yield _of_plan(whole, part)


def _of_plan(real: Fact, beyond: Fact) -> Trial | None:
    plan = real.base - beyond.base
    due = real.base / plan if plan > 0 else Decimal(0)
    working = f"{said(real)}÷({said(real)}-{said(beyond)})"
    return Trial(due, due, due, (real, beyond), working) if due else None


_BEYOND = re.compile("超(?:计划|额|目标|过计划|出计划)?(?:完成)?$|比计划多$")


def _of_several(near: Sequence[Fact], far: Sequence[Fact]) -> Iterator[Trial | None]:
    """满意率 of 很满意 and 满意: two or three parts in a row together."""
    for first in range(len(near)):
        for count in (2, 3):
            parts = near[first : first + count]
            if len(parts) < count or not all(same_unit(part, parts[0]) for part in parts):
                continue
            both = summed(parts)
            for whole in (*near, *far):
                if whole not in parts and same_unit(whole, parts[0]) and whole.base >= both.due:
                    due = both.due / whole.base
                    working = f"({both.working})÷{said(whole)}"
                    yield Trial(both.low / whole.base, both.high / whole.base, due, (*parts, whole), working)


def _elsewhere(report: Report, part: Fact) -> list[Fact]:
    """Wholes of other paragraphs: what is counted in the same unit, and the amounts of total rows."""
    found = [fact for fact in _of_units(report).get(counted(part), []) if fact.place != part.place]
    return [fact for fact in found if fact.base >= part.base][:_MANY]


_MANY = 40


def _of_units(report: Report) -> dict[str, list[Fact]]:
    """Counts of the prose by unit, and the numbers of total rows under 元 and 人, each value once."""
    if _UNITS not in report.memory:
        found: dict[str, dict[Decimal, Fact]] = {}
        prose = [fact for fact in report.facts if not fact.place.table and fact.kind is FactKind.COUNT and fact.exact]
        for fact in (*_totals(report), *prose):
            if fact.value and counted(fact):
                found.setdefault(counted(fact), {}).setdefault(fact.base, fact)
        report.memory[_UNITS] = {unit: list(facts.values()) for unit, facts in found.items()}
    known: dict[str, list[Fact]] = report.memory[_UNITS]
    return known


_UNITS = "numbers by unit"


def _totals(report: Report) -> Iterator[Fact]:
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            if next((cell.label for cell in row if cell.text), "") in (
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
    if re.search("均|每", f"{part.subject[-6:]} {others[0].subject[-6:]}") or re.search("[缺差少欠]$", part.subject):
        return None
    named = match["of"] and match["of"][-2:] in part.subject  # 接通276人，接通率
    return (part, others[0]) if named or not any(same_unit(fact, part) for fact in spot.earlier) else None


_SPENT = re.compile("支出|支付|使用")
_SPENT_RATE = re.compile(r"^[，,；;]?(?:资金|预算|项目|专项)?(?:支出|支付|使用|执行)(?:率|进度)(?:为|达到?)?$")
_SPENDABLE = re.compile("可用|到位|预算|安排|调整后|下达|计划|应")


def _spent_of(spot: Spot, near: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """What was spent, told last in the sentence, and the nearest number before of what there was to spend."""
    named = re.match(r"^[，,；;](?:资金)?(?P<what>[\u4e00-\u9fff]{2})率(?:为|达到?)?$", spot.lead)
    what = re.compile(named["what"]) if named and spot.before and spot.before[-1] in near[-1:] else _SPENT
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


_RIGHT_BEHIND = re.compile(
    r"^[，,；;（(]?(?:占比|(?P<of>[^，。；（）()占]{0,6})(?:率|比例|比重))(?:为|达|达到|仅|仅为|只有)?$"
)


@rule(
    "reckon.growth",
    group=Group.RATES,
    title="增长率、降幅等于变化除以原来的数",
    good=(
        "2023年安排5,380万元，比2022年增加520万元，增幅10.70%。投诉23件，同比减少9件，下降28.13%。",
        "受理投诉412件，其中甲片区146件、乙片区158件、丙片区108件；比2022年的515件下降20.00%。",
    ),
    bad=("2023年安排5,380万元，比2022年增加520万元，增幅17.00%。",),
)
def growth(report: Report) -> Iterator[Result]:
    """A growth against two numbers, or against one and the change."""
    for spot in spots(report):
        if spot.fact.kind is FactKind.PERCENT and _GROWTH.search(spot.clause):
            if _is_of_rates(spot):
                yield from _in_points(spot)
                continue
            yield from judged(report, spot.fact, list(_growths(spot)), "增减幅度写")


def _is_of_rates(spot: Spot) -> bool:
    """31.5%，比上年的28.2%提高: two rates and nothing else before a change in per cent."""
    return len(spot.before) == 2 and all(fact.kind is FactKind.PERCENT for fact in spot.before)


def _in_points(spot: Spot) -> Iterator[Result]:
    left, right = spot.before
    due = abs(left.base - right.base)
    if spot.fact.meets(due, due) and left.unit == right.unit == "%":
        points = f"{plain(due * 100)}个百分点"
        message = f"两个比率相差{points}，写成了“{spot.fact.text}”"
        yield differs(spot.fact.place, spot.fact.text, points, message, facts=(spot.fact, left, right))


def _growths(spot: Spot) -> Iterator[Trial | None]:
    near = [fact for fact in (*spot.before, *spot.after[:2]) if fact.kind in QUANTITIES]
    far = [fact for fact in spot.earlier if fact.kind in QUANTITIES]
    falls, rises = _FALLS.search(spot.clause), _RISES.search(spot.clause)
    if three := [trial for trial in _of_three(spot, falls=bool(falls), rises=bool(rises)) if trial]:
        yield from three
        return
    yield from _of_last_year(spot)
    yield from _of_run(spot)
    yield from _of_next(spot)
    for new in (*near, *reversed(far)):
        for old in (*reversed(near), *reversed(far)):
            if old is not new and same_unit(new, old) and (new in near or old in near):
                if not (falls and not rises and new.base > old.base) and not (
                    rises and not falls and new.base < old.base
                ):
                    yield rest(new, old)
                yield quotient(new, old)
                yield _of_change(new, old, Decimal(1))
                yield _of_change(new, old, Decimal(-1))


def _of_three(spot: Spot, *, falls: bool, rises: bool) -> Iterator[Trial | None]:
    """2.35元/吨，比2022年的2.50元下降0.15元，降幅6%: three numbers right before, the third the gap of the others."""
    if (
        len(spot.before) < 3
        or falls == rises
        or not re.fullmatch("[^，。；0-9]{0,6}[，,（(]?[^，。；0-9]{0,6}", spot.lead)
    ):
        return
    left, right, change = spot.before[-3:]
    told_off = re.search(f"{RISES}|{FALLS}|多|少$|超", change.subject)
    if told_off and same_unit(left, right) and same_unit(left, change) and abs(left.base - right.base) == change.base:
        old = max(left, right, key=lambda fact: fact.base) if falls else min(left, right, key=lambda fact: fact.base)
        yield quotient(change, old, sure=True)


def _of_last_year(spot: Spot) -> Iterator[Trial | None]:
    """安排1,920万元，比上年增加96万元，增长5.26%: a number, how much it changed, and what share of the old one that is."""
    if len(spot.before) < 2 or not _THEN.fullmatch(spot.lead):
        return
    new, change = spot.before[-2:]
    way = re.search(
        rf"(?:[比较](?:上年|去年|上一?年度|20[0-9]{{2}}年)|同比)(?:[^，。；]{{0,6}})?(?:(?P<up>{RISES})|{FALLS})了?$",
        change.subject,
    )
    if way and same_unit(new, change):
        trial = _of_change(change, new, Decimal(1) if way["up"] else Decimal(-1))
        yield replace(trial, sure=True) if trial else None


def _of_next(spot: Spot) -> Iterator[Trial | None]:
    """126万人次，同比增长5.00%，较2022年的120万人次多6万人次: the number before, and that of last year behind."""
    if not spot.before or not spot.after or not _THEN.fullmatch(spot.lead) or "同比" not in spot.lead:
        return
    new, old = spot.before[-1], spot.after[0]
    if same_unit(new, old) and re.fullmatch(r"[，,]?[比较](?:上年|去年|20[0-9]{2}年)(?:同期)?的?", spot.tail):
        trial = rest(new, old)
        yield replace(trial, sure=True) if trial else None


def _of_run(spot: Spot) -> Iterator[Trial | None]:
    """2021—2023年收入分别为316、395、474万元，2023年同比增长20.00%: the last of the row and the one before it."""
    first = next((at for at, fact in enumerate(spot.before) if re.search("分别[为是]$", fact.subject)), None)
    if first is None or not re.search("同比|[比较]上年", spot.clause):
        return
    run = [*takewhile(lambda fact: same_unit(fact, spot.before[first]), spot.before[first:])]
    years = re.search(r"(20[0-9]{2})[—\-~至到](20[0-9]{2})年[^，。；0-9]{0,14}分别[为是]", spot.sentence)
    last = re.search("(20[0-9]{2})年", spot.clause)
    count = int(years[2]) - int(years[1]) + 1 if years else 0
    if count > 1 and len(run) >= count and years and (last is None or last[1] == years[2]):
        old, new = run[count - 2 : count]
        trial = rest(new, old)
        yield replace(trial, sure=True) if trial else None


_THEN = re.compile(f"[，,、（(]?(?:同比|[比较]上年|增减)?(?:{RISES}|{FALLS}|增幅|降幅)(?:率|幅度)?(?:为|达|约)?")
_FALLS = re.compile(f"{FALLS}|降幅")
_RISES = re.compile(f"{RISES}|增幅")


def _of_change(change: Fact, new: Fact, sign: Decimal) -> Trial | None:
    """The change over what was before it, which is the new number less or plus the change."""
    old = new.base - sign * change.base
    if old <= 0 or change.base <= 0:
        return None
    due = change.base / old
    off = due * (change.step * change.scale / change.base + new.step * new.scale / old) / 2
    mark = "-" if sign > 0 else "+"
    return Trial(due - off, due + off, due, (change, new), f"{said(change)}÷({said(new)}{mark}{said(change)})")


@rule(
    "reckon.shares",
    group=Group.RATES,
    title="一串占比分别等于一串数除以总数",
    good=("收运408人、清扫1,742人、公厕286人，分别占16.75%、71.51%、11.74%。",),
    bad=("收运408人、清扫1,742人、公厕286人，分别占17.65%、71.51%、11.74%。",),
)
def listed_shares(report: Report) -> Iterator[Result]:
    """As many shares as there are parts before them, in the same order, of one whole."""
    for shares, parts, words in _lists(report):
        wholes = [sum((part.base for part in parts), Decimal(0)), *(fact.base for fact in words)]
        wholes += [fact.base for part in parts[:1] for fact in _elsewhere(report, part)]
        if _each_fits(shares, parts, words):
            yield from _each_of_its_own(shares, parts, words)
            continue
        best = max(wholes, key=lambda whole: _right(shares, parts, whole))
        fitting = _right(shares, parts, best)
        if not best or fitting < max(1, len(shares) - 1) or (fitting == 1 and len(shares) > 2):
            yield from _each_of_its_own(shares, parts, words)
            continue
        for share, part in zip(shares, parts, strict=True):
            yield _share(share, part, best)


def _share(share: Fact, part: Fact, whole: Decimal) -> Result:
    if _meets(share, part, whole):
        return agrees(share, part)
    right = f"{plain(round(part.base / whole * 100, 2))}%"
    message = f"占比写{said(share)}，{said(part)}占总数的{right}"
    return differs(share.place, said(share), right, message, facts=(share, part), working=f"{said(part)}÷总数={right}")


def _meets(share: Fact, part: Fact, whole: Decimal) -> bool:
    if not whole:
        return False
    off = part.step * part.scale / 2 if part.kind is FactKind.MONEY or part.step < 1 else Decimal(0)
    return share.meets((part.base - off) / whole, (part.base + off) / whole)


def _right(shares: Sequence[Fact], parts: Sequence[Fact], whole: Decimal) -> int:
    return sum(_meets(share, part, whole) for share, part in zip(shares, parts, strict=True))


def _each_of_its_own(shares: Sequence[Fact], parts: Sequence[Fact], others: Sequence[Fact]) -> Iterator[Result]:
    """分别完成约定量的105%、103%（约定160例、120场）: every part has a whole of its own, in the same order."""
    for wholes in _rows_of(shares, parts, others):
        fits = [_meets(share, part, whole.base) for share, part, whole in zip(shares, parts, wholes, strict=True)]
        if sum(fits) >= max(1, len(shares) - 1):
            for share, part, whole in zip(shares, parts, wholes, strict=True):
                yield _share(share, part, whole.base)
            return


def _each_fits(shares: Sequence[Fact], parts: Sequence[Fact], others: Sequence[Fact]) -> bool:
    return any(
        all(_meets(share, part, whole.base) for share, part, whole in zip(shares, parts, wholes, strict=True))
        for wholes in _rows_of(shares, parts, others)
    )


def _rows_of(shares: Sequence[Fact], parts: Sequence[Fact], others: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """As many numbers in a row as there are shares, of the parts' units."""
    for at in range(len(others) - len(shares) + 1):
        wholes = others[at : at + len(shares)]
        if all(same_unit(part, whole) for part, whole in zip(parts, wholes, strict=True)):
            yield wholes


def _lists(report: Report) -> Iterator[tuple[list[Fact], list[Fact], list[Fact]]]:
    """Shares in a row, the parts they are of, and the other numbers of the paragraph of the parts' unit."""
    for spot in spots(report):
        head = spot.fact.kind is FactKind.PERCENT and _LIST_HEAD.search(spot.lead)
        if not head:
            continue
        shares = [spot.fact, *_row(spot)]
        quantities = [fact for fact in (*spot.earlier, *spot.before) if fact.kind in QUANTITIES]
        totals = [fact for fact in quantities if _TOTAL.search(fact.subject)]
        quantities = [fact for fact in quantities if fact not in totals]
        if len(shares) < 2 or len(quantities) < len(shares):
            continue
        behind = spot.after[len(shares) - 1 :]
        last = (spot.fact, *spot.after)[len(shares) - 1]
        if behind and re.match("^[，,]即", _between(report, last, behind[0])) and len(behind) >= len(shares):
            yield shares, list(behind[: len(shares)]), quantities  # 回收率分别为95%、98%，即570份、294份
            continue
        parts = quantities[-len(shares) :]
        others = [fact for fact in (*totals, *quantities[: -len(shares)], *spot.after) if fact.kind in QUANTITIES]
        yield shares, parts, others


def _between(report: Report, left: Fact, right: Fact) -> str:
    """The words between two numbers of a paragraph."""
    texts: dict[object, str] = report.memory.setdefault("texts", {})
    if not texts:
        texts.update(report.document.texts())
    return texts[left.place][left.end : right.start]


def _row(spot: Spot) -> Iterator[Fact]:
    """The shares that follow the first one, parted by nothing but 、 and 和."""
    end, last = spot.fact, spot.tail
    for fact in spot.after:
        gap = fact.start - end.end
        if fact.kind is not FactKind.PERCENT or gap > _GAP or (end is spot.fact and not _LISTED.match(last.strip())):
            return
        yield fact
        end = fact


_GAP = 2
_TOTAL = re.compile("共计?$|合计$|总计$")
