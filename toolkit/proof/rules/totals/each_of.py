"""So many of each: a total, what it is shared among, and what each has: 18,600个岗位，1,240家单位，平均每家15个."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, slack, spots, spots_with
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_EACH = Pattern(
    r"(?:平均)?每(?P<per>[0-9]{1,4})?(?P<unit>(?:个)?[\u4e00-\u9fff]{1,6})$|(?P<of>[户人亩家村])均[\u4e00-\u9fff]{0,4}$"
)
_PRICE = Pattern("补助|标准|单价|补贴|津贴|奖励|扣|费用|处罚|违约|工资")
_FEW = 3
_NOUN = 2
_MEASURES = ("公里", "平方米", "立方米", "公顷", "小时", "分钟", "工作日", "万元", "季度")
"""Of these there is hardly ever but one count in a report."""
_COUNTED = (FactKind.COUNT, FactKind.MONEY)


@rule(
    "each.average",
    group=Group.SUMS,
    yields=Yields.ELSEWHERE,
    title="平均每家、每个、每名的数等于总数除以个数",
    good=(
        "认定见习单位1,240家，募集见习岗位18,600个，平均每家15个。",
        "项目覆盖21个行政村。\n聘请群众监督员42名，平均每个行政村2名。",
        "试运行90天内出现故障9次，平均每10天1次。",
        "受益农户8,360户、29,260人，户均3.5人。",
        "2024年末分配云主机1,260台、CPU15,120核、存储1,850TB。平均每台云主机12核。",
    ),
    bad=(
        "认定见习单位1,240家，募集见习岗位18,600个，平均每家18个。",
        "项目覆盖21个行政村。\n聘请群众监督员58名，平均每个行政村2名。",
        "2024年末分配云主机1,260台、CPU15,120核、存储1,850TB。平均每台云主机16核。",
        "试运行90天内出现故障27次，平均每10天2次。",
    ),
)
def averages(report: Report) -> Iterator[Result]:
    """平均每家 behind a total of its unit, by what is counted in 家 in the sentence or anywhere."""
    for spot in spots(report):
        if "均" not in spot.sentence or not spot.fact.value or spot.fact.kind not in _COUNTED:
            continue
        clause = re.split("[，,；：:（(]", spot.sentence)[-1]
        match = _EACH.search(clause)
        if match is None or _PRICE.search(clause) or "均" not in clause:
            continue
        before = spot.earlier if spot.sentence.startswith("平均每") else spot.before
        totals = [fact for fact in reversed(before) if same_unit(fact, spot.fact)]
        totals = [fact for fact in totals if fact.end <= spot.fact.start - len(clause)]
        totals = [fact for fact in totals if not re.search("均|每", fact.subject[-4:])]
        unit = match["unit"] or match["of"]
        if totals and (counts := _counts(report, spot, unit)):
            yield from _judged(spot.fact, totals, counts, Decimal(match["per"] or 1))


def _counts(report: Report, spot: Spot, unit: str) -> list[Fact]:
    """What is counted by a unit (家, 个行政村): in the sentence, else anywhere in the prose, each value once."""
    noun = unit.removeprefix("个")
    start = spot.fact.start - len(re.split("[，,；：:（(]", spot.sentence)[-1])
    beside = [fact for fact in report.facts_at(spot.fact.place) if fact.end <= start and _is_of(report, fact, noun)]
    if beside:
        return beside[:1] if len({fact.base for fact in beside}) == 1 else beside
    if len(noun) < _NOUN or noun in _MEASURES:
        return []
    found = {fact.base: fact for fact in _counted(report, noun) if fact.place != spot.fact.place}
    return list(found.values())[: _FEW + 1]


@rule(
    "each.number",
    group=Group.SUMS,
    title="每项、每家的数乘以个数等于先写的总数",
    good=(
        "列出整改事项29项，明确责任人58名，每项2名。",
        "36个项目由12家单位承担，每家单位3个项目。",
        "组织培训3期，培训180人，每期不少于50人。",
    ),
    bad=("列出整改事项29项，明确责任人48名，每项2名。", "36个项目由12家单位承担，每家单位4个项目。"),
)
def numbers(report: Report) -> Iterator[Result]:
    """The last of three numbers of a sentence, behind 每: so many of each of one make the other."""
    for spot in spots_with(report, _EVERY):
        match = _EVERY.search(spot.sentence)
        if match is None or len(spot.before) < _PAIR or spot.fact.kind is not FactKind.COUNT or not spot.fact.value:
            continue
        pair = spot.before[-_PAIR:]
        many = [fact for fact in pair if fact.unit and match["unit"] == fact.unit]
        total = [fact for fact in pair if fact not in many and same_unit(fact, spot.fact)]
        if len(many) == len(total) == 1 and all(fact.kind is FactKind.COUNT for fact in pair):
            yield _of_every(spot.fact, many[0], total[0])


_EVERY = Pattern("[，,（(]每(?P<unit>[个家项组户期名])(?:[\u4e00-\u9fff]{2})?$")
_PAIR = 2


def _of_every(each: Fact, many: Fact, total: Fact) -> Result:
    due = each.base * many.base
    if due == total.base:
        return agrees(each, many, total)
    right = f"{plain(due / total.scale)}{total.unit}"
    working = f"{said(many)}×{said(each)}={right}"
    return differs(
        total.place, said(total), right, f"写{said(total)}，{working}", facts=(total, many, each), working=working,
        confidence=80,
    )  # fmt: skip


@once
def _counted(report: Report, noun: str) -> list[Fact]:
    """The numbers of the prose that count a thing."""
    return [fact for fact in report.facts if not fact.place.table and _is_of(report, fact, noun)]


def _is_of(report: Report, fact: Fact, noun: str) -> bool:
    if fact.kind is not FactKind.COUNT or fact.upper is not None or not fact.value or fact.value <= 1:
        return False
    behind = _behind(report, fact)
    if len(noun) > 1 and fact.subject.endswith(noun):
        return True  # 抽取乡镇6个
    return noun.startswith(fact.unit or "—") or (len(noun) > 1 and behind.startswith(noun[:_NOUN]))


def _behind(report: Report, fact: Fact) -> str:
    return report.texts[fact.place][fact.end : fact.end + 6]


def _judged(fact: Fact, totals: Sequence[Fact], counts: Sequence[Fact], per: Decimal) -> Iterator[Result]:
    for total in totals:
        for count in counts:
            due, off = total.base * per / count.base, slack((total,)) * per / count.base
            if fact.meets(due - off, due + off):
                yield agrees(fact, total, count)
                return
    if len({total.base for total in totals}) == 1 and len({count.base for count in counts}) == 1:
        due = totals[0].base * per / counts[0].base / fact.scale
        right = f"{plain(round(due, max(2, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
        working = f"{said(totals[0])}÷{said(counts[0])}{f'×{per}' if per > 1 else ''}={right}"
        yield differs(
            fact.place, said(fact), right, f"平均数写{said(fact)}，{working}", facts=(fact, totals[0], counts[0]),
            working=working, confidence=80,
        )  # fmt: skip
