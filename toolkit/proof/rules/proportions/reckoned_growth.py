"""Growth in prose against the numbers it is of: 增长5.26%, 同比下降, points between two rates."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.trials import FALLS, REAL, RISES, Spot, Trial, about, judged, quotient, rest, spots, spots_with
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

GROWTH = Pattern("超额|增长|增幅|增加(?!值)|上升|提高|上涨|下降|降幅|减少|降低|缩短|压缩|压减|同比|环比")


@rule(
    "reckon.growth",
    group=Group.RATES,
    title="增长率、降幅等于变化除以原来的数",
    good=(
        "2023年安排5,380万元，比2022年增加520万元，增幅10.70%。投诉23件，同比减少9件，下降28.13%。",
        "2024年在校生为3,082人，2025年比2024年增加164人，增长5.3%。",
        "受理投诉412件，其中甲片区146件、乙片区158件、丙片区108件；比2022年的515件下降20.00%。",
    ),
    bad=(
        "2023年安排5,380万元，比2022年增加520万元，增幅17.00%。",
        "2024年在校生为3,082人，2025年比2024年增加164人，增长3.5%。",
        "2024年度预算6,162.00万元。2023年度同口径项目预算5,420.00万元，2024年度增加742.00万元，增长12.04%。",
        "资产总额39,512.89万元，较年初增加1,071.94万元，增长8.2%。",
    ),
)
def growth(report: Report) -> Iterator[Result]:
    """A growth against two numbers, or against one and the change."""
    for spot in spots(report):
        if spot.fact.kind is FactKind.PERCENT and _grows(spot) and not _is_elsewhere(spot):
            if _is_of_rates(spot):
                yield from _in_points(spot)
                continue
            trials = about(spot, _growths(spot))
            if spot.before and _THEN.fullmatch(spot.lead):  # 1,138万亩、增长61.2%: of that number
                trials = [trial for trial in trials if spot.before[-1] in trial.facts]
            yield from judged(report, spot.fact, trials, "增减幅度写")


def _is_elsewhere(spot: Spot) -> bool:
    """Growth at constant prices, of every year, or one of several told in a row: not of the numbers beside it."""
    listed = "分别" in spot.lead and bool(spot.after) and spot.after[0].kind is FactKind.PERCENT
    return listed or "年均" in spot.clause or REAL.search(spot.sentence) is not None


def _grows(spot: Spot) -> bool:
    """Whether the words tell a change and not what it led to (由75%提高到100%)."""
    return GROWTH.search(spot.clause) is not None and not re.search("[到至]约?$", spot.clause)


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
    if last_year := [trial for trial in _of_last_year(spot) if trial]:
        yield from last_year
        return
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
        len(spot.before) < _THREE
        or falls == rises
        or not re.fullmatch("[^，。；0-9]{0,6}[，,（(]?[^，。；0-9]{0,6}", spot.lead)
    ):
        return
    alike = [fact for fact in spot.before if same_unit(fact, spot.before[-1])]
    if len(alike) < _THREE:
        return
    left, right, change = alike[-_THREE:]
    if _IN_A_ROW.search(spot.lead) or _IN_A_ROW.search(change.subject):
        return
    told_off = re.search(f"{RISES}|{FALLS}|多|少$|超", change.subject)
    if told_off and same_unit(left, right) and same_unit(left, change) and abs(left.base - right.base) == change.base:
        old = max(left, right, key=lambda fact: fact.base) if falls else min(left, right, key=lambda fact: fact.base)
        yield quotient(change, old, sure=True)


def _of_last_year(spot: Spot) -> Iterator[Trial | None]:
    """安排1,920万元，比上年增加96万元，增长5.26%: a number, how much it changed, and what share of the old one that is."""
    if len(spot.before) < 2 or not _THEN.fullmatch(spot.lead):
        return
    new, change = spot.before[-2:]
    if _is_of_the_next(new, change):
        yield quotient(change, new, sure=True)
        return
    way = re.search(
        rf"(?:[比较](?:上年|去年|上一?年度|年初|期初|20[0-9]{{2}}年)|同比)(?:[^，。；0-9]{{0,6}})?(?:(?P<up>{RISES})|{FALLS})了?$",
        change.subject,
    )
    if way and same_unit(new, change):
        if _is_the_earlier(new, change, way[0]):
            yield quotient(change, new, sure=True)
            return
        trial = _of_change(change, new, Decimal(1) if way["up"] else Decimal(-1))
        yield replace(trial, sure=True) if trial else None


def _is_of_the_next(number: Fact, change: Fact) -> bool:
    """2023年预算5,420万元，2024年增加742万元: the number is of an earlier year than its change."""
    own, new = (re.findall("20[0-9]{2}(?=年)", fact.subject) for fact in (number, change))
    changed = re.search(f"(?:{RISES}|{FALLS})了?$", change.subject) and not re.search("[比较]", change.subject)
    return bool(changed and own and new) and same_unit(number, change) and new[-1] > own[-1]


def _is_the_earlier(number: Fact, change: Fact, way: str) -> bool:
    """2024年为3,082人，2025年比2024年增加164人; 2024年同期872次，2025年同比增加414次: that of the year compared with."""
    compared = re.search("20[0-9]{2}(?=年)", way)
    own, new = (re.findall("20[0-9]{2}(?=年)", words) for words in (number.subject, change.subject.removesuffix(way)))
    return bool(own) and (compared[0] in own if compared else bool(new) and new[-1] > own[-1])


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


@rule(
    "growth.named",
    group=Group.RATES,
    named=True,
    title="写明原数、现数和增减数的，增减幅度等于增减数除以原数",
    good=(
        "评价项目由12个增加到20个，增加8个，增长66.67%。年末475台，比年初（1月）的412台增加63台，增长15.29%。",
        "故障控制在18次以内，比2023年减少6次，下降25.00%。由5天压缩到3天，压缩2天，压缩比例40%。",
    ),
    bad=(
        "评价项目由12个增加到20个，增加8个，增长40.00%。",
        "项目数由2021年的28个增加到36个，两年增加8个，增长22.22%。",
        "设备价格由2022年的每千瓦1,050元下降到2024年的820元，降幅28.05%。",
        "故障控制在18次以内，比2023年减少6次，下降33.33%。",
    ),
)
def named_growth(report: Report) -> Iterator[Result]:
    """The number before, the one now and the change: a share of the number now is a common slip, made of the same."""
    for spot in spots_with(report, GROWTH):
        if spot.fact.kind is not FactKind.PERCENT or not spot.before or not _grows(spot) or _is_elsewhere(spot):
            continue
        falls, rises = bool(_FALLS.search(spot.clause)), bool(_RISES.search(spot.clause))
        trials = [*_of_three(spot, falls=falls, rises=rises), *_of_last_year(spot), *_of_bound(spot), *_of_two(spot)]
        yield from judged(report, spot.fact, [trial for trial in trials if trial][:1], "增减幅度写")


def _of_bound(spot: Spot) -> Iterator[Trial | None]:
    """控制在18次以内，比2023年减少6次，下降25.00%: what is aimed at may be the least or the most."""
    change = spot.before[-1]
    way = _AGAINST.search(change.subject)
    bounds = [fact for fact in spot.bounds if same_unit(fact, change)]
    if (
        way
        and len(bounds) == 1 == len([fact for fact in spot.before if same_unit(fact, change)])
        and _THEN.fullmatch(spot.lead)
    ):
        trial = _of_change(change, bounds[0], Decimal(1) if way["up"] else Decimal(-1))
        yield replace(trial, sure=True) if trial else None


def _of_two(spot: Spot) -> Iterator[Trial | None]:
    """由2022年的每千瓦1,050元下降到2024年的820元，降幅21.90%: from what to what, and nothing between."""
    if len(spot.before) < 2 or not _THEN.fullmatch(spot.lead):
        return
    old, new = spot.before[-2:]
    between = spot.sentence[
        len(spot.sentence) - spot.fact.start + old.end : len(spot.sentence) - spot.fact.start + new.start
    ]
    if same_unit(old, new) and _LED_TO.fullmatch(between) and re.search("[由从]", old.subject):
        trial = rest(new, old)
        yield replace(trial, sure=True) if trial else None


_LED_TO = Pattern(
    rf"(?:{RISES}|{FALLS}|降|升|增|减|涨|调整|变)(?:了)?[到至为](?:20[0-9]{{2}}年的?)?(?:每[\u4e00-\u9fff]{{1,4}})?"
)
_AGAINST = Pattern(
    rf"(?:[比较](?:上年|去年|上一?年度|年初|20[0-9]{{2}}年))[^，。；0-9]{{0,6}}(?:(?P<up>{RISES})|{FALLS})了?$"
)
_THEN = Pattern(f"[，,、（(]?(?:同比|[比较]上年|增减)?(?:{RISES}|{FALLS}|增幅|降幅)(?:率|幅度)?(?:为|达|约)?")
_THREE = 3
_IN_A_ROW = Pattern("分别|依次|均")
_FALLS = Pattern(f"{FALLS}|降幅")
_RISES = Pattern(f"{RISES}|增幅")


def _of_change(change: Fact, new: Fact, sign: Decimal) -> Trial | None:
    """The change over what was before it, which is the new number less or plus the change."""
    old = new.base - sign * change.base
    if old <= 0 or change.base <= 0:
        return None
    due = change.base / old
    off = due * (change.step * change.scale / change.base + new.step * new.scale / old) / 2
    mark = "-" if sign > 0 else "+"
    return Trial(due - off, due + off, due, (change, new), f"{said(change)}÷({said(new)}{mark}{said(change)})")
