"""Differences in prose: what is left, lacking, late or saved, against two numbers told before."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from toolkit.proof.declaration import Group, Result, Yields, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.trials import FALLS, RISES, Spot, Trial, about, apart, judged, spots_with
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text.patterns import Pattern

GAP = Pattern(
    r"(?:亏损|账?面?净值|净资产|所有者权益|空编|缺编|空缺|缺额|缺|超时|审减|核减|结余|结转|未付|缺口|闲置|差额|相差|极差|剩余|节约|节省|未到位|未支付|未支出|未完成|欠|逾期|超|超出|超过|尚差|还差|仍差|超计划|超额|滞后|差|多|少|高|低"
    r"|增加|减少|提高|下降|上升|降低|增长|增产|扣减|下浮|尚有|还有|高出[^，。；0-9]{0,8}|应[^，。；0-9]{1,3}未[^，。；0-9]{1,3}|未(?:办结|接入|开展|建成|完工|验收|回收|收回|使用|通过|达标|拨付)|其余|余下|净增|有效问卷|剔除[^，。；0-9]{0,6})(?:了|下达|到位|建|付|服务|支付|开展|巡检|完成|资金|金额|额|部分|为|出|修复|培训|改造|支出|财政资金|装)*$"
)

_NAMED: tuple[tuple[Pattern, Pattern, Pattern], ...] = tuple(
    (Pattern(left), Pattern(whole), Pattern(part))
    for left, whole, part in (
        ("净值", "原值", "折旧"),
        ("净资产|所有者权益", "资产总额|总资产|资产总计", "负债"),
        ("亏损", "成本|支出|费用", "收入"),
        ("空编|缺编", "编制", "实有|在编|在职|在岗"),
        ("缺$|空缺|缺额", "核定|应配|要求|约定", "实有|实际|在岗|到岗"),
        ("节约|节省|节支", "预算|控制价|概算|限价|批复投资", "中标|成交|合同|实际采购|决算|结算"),
        ("审减|核减", "送审|申报|报审|上报", "审定|核定"),
        ("未支付|欠付|未付|尚欠|应付未付", "应付|应支付|中标|合同", "实付|已付|累计支付|已支付"),
        ("结余|结转|剩余|未支出|未使用", "到位|可用|可使用", "支出|支付|使用"),
        ("缺口|少到位|未到位", "应到位|应配套|应安排|需求|测算|计划安排|核定", "实际到位|到位|落实|实际安排"),
        ("闲置", "分配|购置|购买|采购|配备|到货|建成|安装", "使用|启用|应用"),
        ("尚差|还差|仍差", "目标|计划|任务|应", "累计|实际|已|完成|建成|补贴"),
        ("超时|超期|未按时|逾期", "受理|接收|应办", "按时|按期"),
        ("未按期整改|未整改|未完成整改", "发现问题|问题", "按期整改|已整改|完成整改"),
    )
)
"""What is called so: the whole less the part, each named once in the paragraph."""
_TAIL = 10
_IN_CELLS = "类别\t事实\t建议\n管理\t到位70.02万元，支出61.62万元，到位未支出8.40万元\t逐项说明结余原因\n绩效\t没有按合同约定的时间付款\t按月核对\n"


@rule(
    "reckon.gap",
    group=Group.SUMS,
    yields=Yields.HERE | Yields.ELSEWHERE,
    title="结余、缺口、增减、差额等于两数之差",
    good=(
        "应到位1,050万元，实际到位525万元，缺口525万元。",
        "每天实际4.88元，比标准少0.12元，肉禽蛋类少0.14元。",
        "最高93.5分，最低76.8分，极差16.7分。",
        "2022年、2023年、2024年预算分别为386.00万元、452.00万元和510.00万元，年均增加62.00万元。",
        "2022年、2023年得分分别为84.30分和87.50分，2024年比2023年提高2.10分。",
        "城西片区车均面积3.38万平方米，城北片区3.16万平方米，最大的城东片区比最小的城北片区多0.36万平方米。",
        "形象进度70%，比计划进度85%滞后15个百分点。",
        "发放问卷400份、600份，收回有效问卷388份、552份。",
        "问卷共发放400份，收回386份，其中有效问卷380份。",
        "年末固定资产原值8,640.00万元，累计折旧3,801.60万元，净值4,838.40万元。",
        "互认项目118项，比目标多18项，比2022年末增加72项。",
        "缺口2,500万元。市级补足1,400万元，区级补足1,000万元，其余100万元列入下年。",
        _IN_CELLS,
        "项目预算1,675.40万元。公开招标后中标总额1,582.42万元，节约资金92.98万元。",
    ),
    bad=(
        _IN_CELLS.replace("8.40万元", "8.49万元"),
        "年末固定资产原值8,640.00万元，累计折旧3,801.60万元，净值5,038.40万元。",
        "分配3,914核、平均使用1,957核，闲置1,975核。",
        "合同金额合计1,627.00万元。\n累计支出1,550.63万元，占合同总金额的95.31%，未支付73.67万元。",
        "核定编制318名，年末实有在职人员296人，空编32名。",
        "项目预算1,675.40万元。公开招标后中标总额1,582.42万元，节约资金98.92万元。",
        "应到位1,050万元，实际到位525万元，缺口552万元。",
        "2023年支出380.00万元，2024年支出360.00万元，支出额减少23.00万元。",
        "最高93.5分，最低76.8分，极差17.6分。",
        "形象进度70%，比计划进度85%滞后25个百分点。",
    ),
)
def gaps(report: Report) -> Iterator[Result]:
    """A difference against two numbers of its sentence, then of its paragraph."""
    for spot in spots_with(report, GAP):
        if not spot.fact.value or not GAP.search(spot.clause) or _is_listed(spot) or _PART.search(spot.clause):
            continue
        if _is_of_an_untold_year(report, spot) or _YEARLY.search(spot.clause):
            continue
        if spot.fact.kind is FactKind.POINTS:
            rates = [fact for fact in spot.before if fact.kind is FactKind.PERCENT]
            far = [fact for fact in spot.earlier if fact.kind is FactKind.PERCENT]
        elif spot.fact.kind in QUANTITIES:
            rates, far = spot.alike(spot.before), spot.alike(spot.earlier)
        else:
            continue
        named = _named(spot, [*far, *rates])
        named += _short_of_bound(spot, rates)
        named += _unpaid(report, spot) if not named else []
        trials = _of_the_named(spot, _of_ends(spot, [*named, *_apart(rates, far, spot)]))
        if spot.fact.kind is FactKind.POINTS and _ROSE.search(spot.clause):
            trials = about(spot, trials)
        yield from judged(report, spot.fact, trials, "差额写")


def _is_of_an_untold_year(report: Report, spot: Spot) -> bool:
    """得分2022年84.30分、2023年87.50分，2024年比2023年提高2.10分: of 2024 nothing was told, so no number is of it."""
    match = _YEARS.search(spot.sentence)
    return match is not None and match["year"] not in report.texts[spot.fact.place][: spot.fact.start - len(match[0])]


_YEARLY = Pattern("(?:[年月日季]均|平均每[年月])[^，。；0-9]{0,8}$")
"""年均增加62万元: a part of the gap."""
_YEARS = Pattern("(?P<year>20[0-9]{2})年(?:度|末|底)?[比较]20[0-9]{2}年[^，。；0-9]*$")


def _of_the_named(spot: Spot, trials: list[Trial]) -> list[Trial]:
    """4.88元，比标准少0.12元，肉禽蛋类少0.14元: only of numbers told of what the clause itself says has less."""
    match = _OWN.fullmatch(spot.clause)
    if match is None:
        return trials
    return [trial for trial in trials if any(match["end"] in fact.subject for fact in trial.facts)]


_OWN = Pattern(
    "(?![^比较]*[比较]|同比|环比|相差|累计|[合共总]计|净)[\u4e00-\u9fff]{1,8}(?P<end>[\u4e00-\u9fff]{2})(?:多|(?<!减)少)了?"
)


def _of_ends(spot: Spot, trials: list[Trial]) -> list[Trial]:
    """车均面积最大的城东比最小的城北多: only of numbers that are told of these two, where the clause names both."""
    match = _ENDS.search(spot.clause)
    if match is None:
        return trials
    names = [match[end][:_TWO] for end in ("one", "other")]
    return [trial for trial in trials if all(any(name in fact.subject for name in names) for fact in trial.facts)]


_ENDS = Pattern(
    "最[高低多少大小长短]的(?P<one>[\u4e00-\u9fff]{2,8}?)[比较]最[高低多少大小长短]的(?P<other>[\u4e00-\u9fff]{2,8}?)(?:多|少|高|低|大|小|长|短)(?:出)?$"
)
_PART = Pattern("其中[^，。；]{0,4}有效问卷$")
_COMPARISON = Pattern(
    "[比较][^，。；0-9]{0,8}(?:[0-9]{4}年?末?)?[^，。；0-9]{0,4}(?:多|少|高|低|增加|减少|提高|下降)了?$"
)
_ROSE = Pattern(f"(?:{RISES}|{FALLS})了?$")


def _short_of_bound(spot: Spot, near: Sequence[Fact]) -> list[Trial]:
    """驻场人员不少于42人，实际在岗39人，缺3人."""
    bounds = spot.alike(spot.bounds)
    only = len(bounds) == len(near) == 1 and spot.before[-1:] == tuple(near) and bounds[0].base > near[0].base
    return [apart(bounds[0], near[0], sure=True)] if only and re.search("[缺差少]$", spot.clause) else []


def _unpaid(report: Report, spot: Spot) -> list[Trial]:
    """累计支付1,550.63万元，占合同总金额的95.31%，未支付76.37万元: of the one number that makes the share."""
    if len(spot.before) < _TWO or not re.search("(?:未支付|未付|尚有|尚欠|未支出)$", spot.clause):
        return []
    part, share = spot.before[-2:]
    if share.kind is not FactKind.PERCENT or not same_unit(part, spot.fact) or not part.base:
        return []
    wholes = {
        fact.base: fact for fact in report.facts if fact.kind is part.kind and fact.exact and fact.base > part.base
    }
    made = [fact for fact in wholes.values() if share.meets(part.base / fact.base, part.base / fact.base)]
    return [apart(made[0], part, sure=True)] if len(made) == 1 else []


_TWO = 2


def _named(spot: Spot, facts: Sequence[Fact]) -> list[Trial]:
    """What the names leave no doubt about: 净值 is 原值 less 折旧."""
    for left, whole, part in _NAMED if spot.fact.kind in QUANTITIES else ():
        if not left.search(spot.clause[-_TAIL:]):
            continue
        parts = {fact.base: fact for fact in facts if part.search(fact.subject[-_TAIL:])}
        wholes = {
            fact.base: fact
            for fact in facts
            if whole.search(fact.subject[-_TAIL:]) and not part.search(fact.subject[-_TAIL:])
        }
        pairs = [(one, other) for one, other in product(wholes.values(), parts.values()) if one.base > other.base]
        if len(parts) == len(wholes) == len(pairs) == 1:
            return [apart(*pairs[0], sure=True)]
    return []


def _is_compared(near: Sequence[Fact], spot: Spot) -> bool:
    """失业率5.2%，比上年末的5.6%下降0.4个百分点: two rates right before the points, the second one behind 比."""
    return (
        spot.fact.kind is FactKind.POINTS
        and len(near) > 1
        and tuple(near[-2:]) == spot.before[-2:]
        and re.search("(?:比|较)[^，。；]{0,12}$", near[-1].subject) is not None
        and re.fullmatch("(?:提高|下降|上升|降低|增加|减少|高|低|提升)(?:了)?", spot.lead) is not None
    )


def _is_listed(spot: Spot) -> bool:
    """收回有效问卷388份、552份: as many numbers in a row as before, no difference."""
    between = spot.tail.strip() in ("、", "和") and bool(spot.after) and same_unit(spot.fact, spot.after[0])
    return between or spot.lead.startswith("、")


def _apart(near: Sequence[Fact], far: Sequence[Fact], spot: Spot) -> list[Trial]:
    left_over = re.search("尚有|还有|未|缺口|结余|剩余|尚欠", spot.clause) and spot.fact.kind is not FactKind.POINTS
    beside = [fact for fact in spot.before if not left_over or fact.kind is not FactKind.PERCENT]
    only = len(near) == 2 and len(beside) == 2 and (spot.fact.kind is FactKind.POINTS or not far)
    if any("其中" in fact.subject for fact in near):
        return []  # parts of one gap, told one by one
    rest_of_two = re.search("其余|余下", spot.clause) and tuple(near) == spot.before[-2:] and len(near) > 1
    only = only or _is_compared(near, spot) or bool(rest_of_two)
    if rest_of_two and near[-1].subject[-_TWO:] == near[-2].subject[-_TWO:]:
        only = False  # 市级补足1,400万元，区级补足1,000万元，其余1,100万元: the rest of what both are parts of
    if _COMPARISON.search(spot.clause) and any(_COMPARISON.search(fact.subject) for fact in near):
        only = False  # 118项，比目标多18项，比2022年增加72项: one gap is no part of the other
    last = tuple(near[-2:]) if not (len(near) == 2 and len(spot.before) == 2) else ()
    trials = [
        apart(left, right, sure=only and (not last or (left, right) == last)) for left, right in combinations(near, 2)
    ]
    trials += [apart(left, right) for left in near for right in (*far, *spot.alike(spot.after[:1]))]
    trials += [apart(left, right) for left, right in combinations(far, 2)]
    return trials
