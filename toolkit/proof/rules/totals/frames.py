"""Sentences whose words leave no doubt how their numbers stand to each other, as patterns over the signs of numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.frame_forms import FRAMES, PATTERNS, RATES, Frame, product
from toolkit.proof.scope import are_of_each
from toolkit.proof.shapes import Shape, frame, long_shapes, long_shapes_with, shapes, shapes_with
from toolkit.proof.trials import REAL, Trial, apart, judged, quotient, rest, summed
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern


@rule(
    "frame.said",
    group=Group.SUMS,
    named=True,
    title="一句话里明说关系的数互相算得出",
    good=(
        "公益性岗位安置620人，每人每月500元，全年372.00万元。",
        "购房补贴计划支持300人，实际支持290人，完成率96.67%，差10人。",
        "平均用时由18天压缩至12天，压缩6天，降幅三分之一。人均费用6,480元，较上年的6,750元减少270元，下降4.00%。",
        "60岁以上占20.98%，高出全省平均水平1.68个百分点（全省为19.30%）。上门服务率91.40%，低于95%的目标3.60个百分点。",
        "2025年底前使用率提高到70%以上，比目前的41.20%提高28.80个百分点。回收388份，回收率97.00%，剔除无效问卷12份，有效问卷376份。",
        "云资源按64台虚拟机租用，2024年末实际使用41台，闲置23台。初验提出遗留问题6项，至终验时整改4项，未整改2项。",
        "审计核减15.55万元（合同471.13万元，审定455.58万元）。",
        "需求列明功能点426个。实现412个，部分实现9个，未实现5个。",
        "四项年度目标中完成3项，未完成1项，目标完成率75%。",
        "灭火防护服450套，每套4,850元，计218.25万元。走访12个县、36个乡镇，每市抽查案卷36份，共144份。",
        "发现漏洞236个，修复231个，修复率97.88%；未修复5个。申报2,400.00万元，核减269.00万元，核减率11.21%，核减后2,131.00万元。",
        "23项变更增加210.40万元、减少24.00万元，净增加186.40万元。预计接入48个系统，实际接入41个，接入率85.42%，差7个。",
        "收回问卷400份，满意320份，满意度95.00%（含基本满意）。",
        "高铁里程由2,110公里增至3,055公里，高速公路由7,473公里增至9,310公里。",
    ),
    bad=(
        "购房补贴计划支持300人，实际支持290人，完成率96.67%，差12人。",
        "审计核减15.55万元（合同471.13万元，审定445.58万元）。",
        "发现漏洞236个，修复231个，修复率97.88%；未修复8个。",
        "申报2,400.00万元，核减269.00万元，核减率11.21%，核减后2,113.00万元。",
        "23项变更增加210.40万元、减少26.00万元，净增加186.40万元。",
        "预计接入48个系统，实际接入41个，接入率85.42%，差8个。",
        "批复建设期18个月，自2023年7月14日合同签订至2025年8月22日竣工验收，实际历时26个月，超期6个月。",
        "第三方机构派出4个小组共18人，每组4人。应巡检384次，有记录的338次，缺64次。",
        "市民350份，满意315份，满意度90.00%；基层人员262份，满意292份，满意度87.40%。",
        "平均用时由18天压缩至12天，压缩6天，降幅四分之一。",
        "云资源租用64台，2024年末实际使用41台，闲置32台。",
        "60岁以上占20.98%，高出全省平均水平1.86个百分点（全省为19.30%）。",
        "上门服务率91.40%，低于95%的目标6.30个百分点。",
        "使用率提高到70%以上，比目前的41.20%提高20.80个百分点。",
        "回收388份，回收率97.00%，剔除无效问卷21份，有效问卷376份。",
        "初验提出遗留问题6项，至终验时整改4项，未整改3项。",
        "15项指标中得满分的10项，扣分的6项。",
        "与2025年预算5,480.00万元相比，增加470.00万元，增长6.8%。",
        "平均办理时限3.2个工作日，比目标（5个工作日）短2.8个工作日。",
        "人均费用6,480元，较上年的6,750元减少720元。",
        "灭火防护服450套，每套4,580元，计218.25万元。",
    ),
)
def stated(report: Report) -> Iterator[Result]:
    """Every frame over every sentence; of several readings of a number the one with the nearest operands counts."""
    ways: dict[int, list[Frame]] = {}
    for way, pattern in zip(FRAMES, PATTERNS, strict=True):
        longer = long_shapes_with(report, pattern) if way.goes_on else ()
        for shape in (*shapes_with(report, pattern), *longer):
            ways.setdefault(id(shape), []).append(way)
    for shape in (*shapes(report), *(shape for shape in long_shapes(report) if id(shape) in ways)):
        for way in ways.get(id(shape), ()):
            for told, trials in _found(shape, way):
                results = list(judged(report, told, trials, way.what))
                if not any(result.found for result in results) or not _explained(shape, told):
                    yield from results


def _found(shape: Shape, way: Frame) -> Iterator[tuple[Fact, list[Trial]]]:
    readings: dict[str, list[Trial]] = {}
    for match in frame(way.pattern).finditer(shape.text):
        known = match.groupdict()
        told, left, right = (shape.fact(known.get(name) or known["a"]) for name in "gab")
        trial = way.made(told, left, right)
        passed = shape.text[match.start() : match.start("g")]
        if (
            trial is not None
            and told.base not in (0, left.base, right.base)
            and not passed.endswith(("由", "从"))
            and not (way.made is product and not are_of_each(left.unit, _between(shape, match)))
            and not (told.kind is FactKind.PERCENT and _is_elsewhere(passed, shape.text[: match.start("g")]))
        ):
            readings.setdefault(match["g"], []).insert(0, trial)
    for sign, trials in readings.items():
        yield shape.fact(sign), [trials[0], *(replace(trial, sure=False) for trial in trials[1:])]


def _between(shape: Shape, match: re.Match[str]) -> str:
    """The words from the first number of a frame to the second; none where they stand the other way round."""
    return shape.text[match.end("a") : match.start("b")]


def _is_elsewhere(passed: str, before: str) -> bool:
    """A rate of every year, or one at constant prices: the two numbers do not make it."""
    return _EVENLY.search(passed) is not None or REAL.search(before) is not None


_EVENLY = Pattern("年均|月均|复合")


def _explained(shape: Shape, told: Fact) -> bool:
    """Whether two other numbers of the paragraph make the number in another way, or it is the last of all parts."""
    facts = [fact for fact in shape.facts_in(shape.earlier + shape.text) if fact is not told and fact.value][-_MANY:]
    own = [fact for fact in facts if same_unit(fact, told)]
    if told.kind in RATES:
        rates = [fact for fact in facts if fact.kind is FactKind.PERCENT]
        ways = [apart(left, right) for left, right in combinations(rates, 2)]
        of_parts = told.kind is FactKind.PERCENT  # no two amounts make points
        pairs = [
            pair
            for pair in permutations(facts if of_parts else (), 2)
            if same_unit(*pair) and pair[0].kind not in RATES
        ]
        ways += [trial for pair in pairs for trial in (quotient(*pair), rest(*pair)) if trial]
    else:
        ways = [way(pair) for pair in combinations(own, 2) for way in (_of_two, summed)]
    parts = [shape.facts_in(part) for part in shape.text.split(";")]
    here = [fact for part in parts if told in part for fact in part if same_unit(fact, told)]
    added = sum(fact.base for fact in here)
    is_part = len(here) > 2 and (
        2 * max(fact.base for fact in here) == added or any(fact.base == added for fact in own)
    )
    return is_part or any(told.meets(trial.low, trial.high) for trial in ways)


def _of_two(pair: tuple[Fact, Fact]) -> Trial:
    return apart(*pair)


_MANY = 24
