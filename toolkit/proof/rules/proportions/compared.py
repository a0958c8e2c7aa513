"""One number compared with another: 比上年末的5.4%下降0.2个百分点, 较批复投资节约64万元, 未达到85%的目标，差2.5个百分点."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.document import Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.trials import FALLS, REAL, RISES, Spot, slack, spots
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

_WAY = f"{RISES}|{FALLS}|高出?|低|多|少|晚|早|长|短|好|差"
_COMPARED = Pattern(
    rf"(?:(?<!占)比|较|与|(?<![相共合])同|高于|低于|超过|超出|超|优于|(?<![间差])距)(?P<name>[^，。；：]*?)(?:相比)?(?P<way>{_WAY})(?:了|约)?(?:[\u4e00-\u9fff]{{0,4}})$"
)
_AFTER_TARGET = Pattern(
    rf"^(?:以[内上下])?(?:的?[^，。；0-9]{{0,8}})[，,]?(?:仅|尚|还|尚有)?(?P<way>差|相差|{_WAY})?(?:了|约)?$"
)
_BOUND = Pattern("目标|控制|标准|要求|时限|规定|约定|[红上下]限|限额|水平|门槛")
_TARGET = Pattern(r"(?:未达到?|低于|高于|超过|不足|距|达到|优于|不到)[^，。；0-9]{0,10}$")
_THEN = Pattern(rf"^[^，。；0-9]{{0,3}}[，,、（(][^，。；0-9]{{0,6}}?(?P<way>{_WAY}|降幅|增幅|幅度)(?:了|约|为|达)?$")
_CHANGED = Pattern(rf"(?:{RISES}|{FALLS}|多|少|差|高|低)了?$")
_RATES = (FactKind.PERCENT, FactKind.POINTS)
_NAME = 2
_FEW = 6
_SEVERAL = Pattern("分别|依次|各")


@dataclass(frozen=True, slots=True)
class _Compared:
    """What was compared: the numbers that may be meant, nearest first, with what, and whether only one can be."""

    mine: Sequence[Fact]
    other: Fact
    sure: bool


@rule(
    "compare.gap",
    group=Group.RATES,
    yields=Yields.ELSEWHERE,
    title="与某数相比高低多少、增减几成，与两数相符",
    good=(
        "年末失业率5.2%，低于控制目标0.3个百分点，比上年末的5.4%下降0.2个百分点。",
        "平均用时22个工作日，比规定的30个工作日缩短8个工作日，压缩26.67%。",
        "第三批用时95天，超过90天承诺时限5天。",
        "满意率88.00%，超过85%的目标值3个百分点。满意率82.5%，未达到85%的目标，差2.5个百分点。",
        "脱贫人口务工96.35万人，比上年93.50万人增加2.85万人，增长3.05%。",
        "批复投资1,350.00万元。\n中标价1,286.00万元，较批复投资节约64.00万元。",
        "灾备中心2023年至今演练1次，低于每年1次的要求，差1次。",
        "甲村收入120万元、乙村150万元，分别比上年增加20万元、30万元。",
        "路面加宽到4.5米，错车道间距由500米缩短到300米。",
        "产业投资比重提升至55.7%、提高4.7个百分点，民间投资占比34%、提高1.3个百分点。",
        "投入12亿元推广，合同成交额突破3,000亿元、增长15.1%。",
        "地区生产总值达到1,369.75亿元，较2020年的932.31亿元增加437.44亿元，增长33.6%。",
    ),
    bad=(
        "年末失业率5.2%，比上年末的5.4%下降0.5个百分点。",
        "平均用时22个工作日，比规定的30个工作日缩短12个工作日。",
        "平均用时22个工作日，比规定的30个工作日缩短8个工作日，压缩36.36%。",
        "满意率88.00%，超过85%的目标值5个百分点。",
        "第三批用时95天，超过90天承诺时限15天。",
        "满意率82.5%，未达到85%的目标，差3.5个百分点。",
        "覆盖率91.07%，比目标值95%高3.93个百分点。",
    ),
)
def gaps(report: Report) -> Iterator[Result]:
    """A difference behind the number that something is compared with; then what it makes in per cent."""
    last: tuple[Place, Fact, _Compared] | None = None
    for spot in spots(report):
        fact = spot.fact
        if last is not None and last[:2] == (fact.place, spot.before[-1] if spot.before else None):
            then = _THEN.match(spot.lead)
            rates = last[2].other.kind in _RATES or REAL.search(spot.sentence)
            if then and fact.kind is FactKind.PERCENT and not rates:
                yield from _judged(fact, last[2], then["way"])
                continue
        reached = spot.lead.endswith(("到", "至"))  # 由500米缩短到300米
        told = _told(report, spot) if fact.value and not reached else None
        last = (fact.place, fact, told[0]) if told else None
        if told:
            yield from _judged(fact, *told)


def _told(report: Report, spot: Spot) -> tuple[_Compared, str] | None:
    start = spot.fact.start - len(spot.sentence)
    before = [
        fact
        for fact in report.facts_at(spot.fact.place)
        if start <= fact.start and fact.end <= spot.fact.start and fact.value is not None and fact.upper is None
    ]
    clause = re.split("[，；：（(]", spot.sentence)[-1]
    opened = spot.fact.start - len(clause)
    match = _COMPARED.search(clause)
    if match and match["name"].endswith("、"):
        match = None  # 占比超过50%、提升9个百分点
    inside = [fact for fact in before if fact.start >= opened and (not match or fact.start >= opened + match.start())]
    if match and inside:
        return _with(spot, before, inside[-1], match["way"])
    if match and not inside and len(match["name"].strip("的")) >= _NAME:
        return _by_name(report, spot, before, match)
    if not before:
        return None
    lead, ahead = spot.sentence[before[-1].end - start :], spot.sentence[: before[-1].start - start]
    after = _AFTER_TARGET.match(lead)
    is_target = before[-1].hedge is not Hedge.EXACT or _TARGET.search(ahead)
    rose = after and re.fullmatch(f"{RISES}|{FALLS}", after["way"] or "")  # 超过3,000亿元、增长15.1%
    if after and is_target and (_BOUND.search(lead) or (after["way"] and not rose)):
        return _with(spot, before, before[-1], "")
    return None


def _with(spot: Spot, before: Sequence[Fact], other: Fact, way: str) -> tuple[_Compared, str] | None:
    """The number in the clause is what is compared with; those before it in the sentence may be compared."""
    if not _fits_kind(spot.fact, other) or not other.value or _SEVERAL.search(spot.sentence):
        return None
    mine = [fact for fact in reversed(before) if fact.end <= other.start and _is_alike(fact, other)]
    mine = [fact for fact in mine if fact.exact and not _CHANGED.search(fact.subject)]
    mine = [fact for fact in mine if _is_each(fact) or not _is_each(other)]
    if not mine:
        return None
    beside = [fact for fact in before if fact.end <= other.start and fact.kind is not FactKind.DATE]
    is_listed = len(mine) > 1 and not mine[0].subject  # 与三市的7.85元、7.42元相比
    return _Compared(mine, other, len(mine) == 1 or (mine[0] is beside[-1] and not is_listed)), way


def _is_each(fact: Fact) -> bool:
    """Whether a number is one of every year, household: 演练1次，低于每年1次的要求 compares no like with like."""
    return "每" in fact.subject[-_NEAR:]


_NEAR = 4


def _by_name(report: Report, spot: Spot, before: Sequence[Fact], match: re.Match[str]) -> tuple[_Compared, str] | None:
    """较批复投资节约: what the report calls so elsewhere, where it makes the difference; else nothing is known."""
    name = re.sub("^(?:的|年度?|全年)|(?:的|水平|数|额|线)$", "", match["name"])
    mine = [fact for fact in reversed(before) if _fits_kind(spot.fact, fact) and fact.value][:_FEW]
    for other in _named(report, name) if len(name) >= _NAME else ():
        for fact in mine:
            if _is_alike(fact, other) and _meets(spot.fact, fact, other):
                return _Compared([fact], other, sure=True), ""
    return None


@once
def _named(report: Report, name: str) -> list[Fact]:
    """The numbers of which the words before them, or their row and column, hold a name."""
    facts = (fact for fact in report.facts if fact.value and fact.kind is not FactKind.ORDINAL and name in fact.subject)
    return list(islice(facts, _FEW * 2))


def _is_alike(left: Fact, right: Fact) -> bool:
    return same_unit(left, right) or (left.kind in _RATES and right.kind in _RATES and left.unit == right.unit)


def _fits_kind(gap: Fact, other: Fact) -> bool:
    """Points are of rates, per cent of quantities, and a quantity of its own unit."""
    if gap.kind is FactKind.POINTS:
        return other.kind is FactKind.PERCENT
    if gap.kind is FactKind.PERCENT:
        return other.kind not in (*_RATES, FactKind.DATE, FactKind.ORDINAL)
    return same_unit(gap, other)


def _meets(gap: Fact, mine: Fact, other: Fact) -> bool:
    due, off = abs(mine.base - other.base), slack((mine, other))
    if mine.kind in _RATES:
        off = (mine.step * mine.scale + other.step * other.scale) / 2 if mine.step < 1 else Decimal(0)
    if gap.kind is FactKind.PERCENT:
        if not other.base:
            return False
        due, off = due / other.base, off * 2 / other.base
    return gap.meets(due - off, due + off)


def _judged(gap: Fact, told: _Compared, way: str) -> Iterator[Result]:
    mine = next((fact for fact in told.mine if _meets(gap, fact, told.other)), None)
    if mine is None:
        if told.sure:
            yield _wrong(gap, told.mine[0], told.other)
        return
    up, down = re.search(f"{RISES}|高|多", way), re.search(f"{FALLS}|低|少", way)
    turned = (up and not down and mine.base < told.other.base) or (down and not up and mine.base > told.other.base)
    if turned and told.sure and gap.kind is not FactKind.PERCENT:
        message = f"{said(mine)}与{said(told.other)}相比，写的是“{way}”，方向相反"
        yield differs(gap.place, way, "方向相反", message, facts=(gap, mine, told.other))
    else:
        yield agrees(gap, mine, told.other)


def _wrong(gap: Fact, mine: Fact, other: Fact) -> Result:
    apart = abs(mine.base - other.base)
    due = apart / other.base if gap.kind is FactKind.PERCENT else apart
    right = f"{plain(round(due / gap.scale, max(2, -int(gap.step.as_tuple().exponent))))}{gap.unit}"
    message = f"写{said(gap)}，{said(mine)}与{said(other)}相比是{right}"
    return differs(
        gap.place,
        said(gap),
        right,
        message,
        facts=(gap, mine, other),
        working=message.partition("，")[2],
        confidence=80,
    )
