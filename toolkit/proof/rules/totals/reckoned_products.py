"""So many at so much each, and what one of them has on average: products and quotients of numbers near one another."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from toolkit.proof.declaration import Group, Result, Yields, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import lines_by_name, lines_of, names_within
from toolkit.proof.once import once
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.reckoned_gaps import GAP
from toolkit.proof.trials import (
    Spot,
    Trial,
    judged,
    quotient,
    slack,
    spots,
    spots_with,
    summed,
)
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text.patterns import Pattern

_EACH = Pattern("每|均|单价|(?<!高)标准|各")
_PER = Pattern("每|均|单价|各")
_STANDARD = Pattern("保证金|扣|罚|奖|收取|押金|补助|标准|单价|津贴|补贴|经费")
_AVERAGE = Pattern(r"(?:单位造价|单位成本|平均|人均|户均|亩均|生均|日均|月均|年均|均|每[^，。；]{1,8})[^，。；]{0,8}$")
_TIMES = (Decimal(1), Decimal(12))


@rule(
    "reckon.product",
    group=Group.SUMS,
    yields=Yields.HERE | Yields.ELSEWHERE,
    title="数量乘以单价、每份、人均等于总数",
    good=(
        "新建床位每张补助1.2万元，计划新建1,150张，需要资金1,380.00万元。举办培训班18期，每期60人，共培训1,080人次。",
        "E包由监理、测评两份合同组成，其余4个包各1份合同，共6份合同。",
    ),
    bad=("新建床位每张补助1.2万元，计划新建1,150张，需要资金1,308.00万元。",),
)
def products(report: Report) -> Iterator[Result]:
    """A number against one that is said to be of each and another that counts them."""
    for spot in spots(report):
        if spot.fact.kind in (FactKind.MONEY, FactKind.COUNT) and spot.fact.value and not _PER.search(spot.clause):
            if GAP.search(spot.clause):
                continue  # 缺口, 结余 are differences
            yield from judged(report, spot.fact, [*_products(spot), *_priced(report, spot)], "乘积写")


def _products(spot: Spot) -> Iterator[Trial]:
    pool = [fact for fact in (*spot.earlier, *spot.before) if fact.kind in (FactKind.MONEY, FactKind.COUNT)]
    for each in pool:
        if not _EACH.search(each.subject[-_NEAR:]) or not each.base or not same_unit(each, spot.fact):
            continue
        for many in pool:
            if many is each or many.kind is not FactKind.COUNT or not many.base:
                continue
            for times in _TIMES:
                due = each.base * many.base * times
                off = due * (_half(each) / each.base + _half(many) / many.base)
                working = f"{said(each)}×{said(many)}{'×12' if times > 1 else ''}"
                yield Trial(
                    due - off, due + off, due, (each, many), working, sure=times == 1 and _is_of_each(spot, each, many)
                )


_PRICE = Pattern(
    r"(?P<price>[0-9][0-9,.]*)[万]?元/(?P<unit>平方米|公里|部|台|套|吨|亩|米)|每(?P<other>部|台|套|座|亩|公里|平方米|吨|份)(?:[\u4e00-\u9fff]{0,4})(?P<cost>[0-9][0-9,.]*)"
)


def _priced(report: Report, spot: Spot) -> Iterator[Trial]:
    """屋面防水单价85元/平方米，结算1,428万元: the price before it by the only counts of its unit told elsewhere."""
    match = _PRICE.search(spot.sentence)
    prices = [fact for fact in spot.before if match and fact.text.startswith(match["price"] or match["cost"])]
    unit = (match["unit"] or match["other"]) if match else ""
    for fact in report.facts if prices and spot.fact.kind is FactKind.MONEY else ():
        if fact.kind is FactKind.COUNT and fact.exact and not fact.place.table and fact.unit.endswith(unit):
            due = prices[0].base * fact.base
            off = due * (_half(prices[0]) / prices[0].base + _half(fact) / fact.base) if fact.base else Decimal(0)
            yield Trial(due - off, due + off, due, (prices[0], fact), f"{said(prices[0])}×{said(fact)}")


def _is_of_each(spot: Spot, each: Fact, many: Fact) -> bool:
    """每个县区访谈8人，6个县区共访谈48人: the number of each, how many there are, all in all, and nothing else."""
    return (
        spot.before[-2:] in ((each, many), (many, each))
        and same_unit(each, spot.fact)
        and not re.search("其[余他]", many.subject[-_NEAR:])  # 其余4个包各1份: others have others
        and re.search("[每各][^，。；]{0,6}$", each.subject) is not None
        and re.search("^[^，。；0-9]{0,6}[，,]?共[^，。；0-9]{0,4}$", spot.lead) is not None
    )


_NEAR = 10


def _half(fact: Fact) -> Decimal:
    return slack((fact,))


@rule(
    "reckon.average",
    group=Group.SUMS,
    yields=Yields.HERE | Yields.ELSEWHERE,
    title="平均、人均、每户等于总数除以个数",
    good=(
        "志愿者队伍47支，志愿者1,128人，平均每支24人。建成5.00万亩，总投资1.05亿元，亩均投资2,100元。决算比上年增加74.90万元，主要是购车6辆，每辆17.70万元，共106.20万元。",
    ),
    bad=("建成5.00万亩，总投资10,500.00万元，亩均投资2,010元。", "用户2年增加119台，年均增加39.7台。"),
)
def averages(report: Report) -> Iterator[Result]:
    """An average against a total and a count of its paragraph."""
    for spot in spots_with(report, _AVERAGE, _EVEN):
        if (
            spot.fact.kind in QUANTITIES
            and spot.fact.value
            and _AVERAGE.search(spot.clause)
            and not _STANDARD.search(spot.clause)
        ):
            trials = [*_means(spot), *_averages(spot), *_of_totals(report, spot)]
            yield from judged(report, spot.fact, trials, "平均数写")
        elif spot.fact.kind is FactKind.PERCENT and _EVEN.search(spot.clause):
            run = [*takewhile(lambda fact: fact.kind is FactKind.PERCENT, reversed(spot.before))]
            trial = _mean_of(run, summed(run), sure=len(run) > 1) if run else None
            yield from judged(report, spot.fact, [trial], "平均数写")


def _averages(spot: Spot) -> Iterator[Trial | None]:
    pool = [fact for fact in (*spot.earlier, *spot.before) if fact.kind in (FactKind.MONEY, FactKind.COUNT)]
    near = spot.before[-2:]
    for total in pool:
        for many in pool:
            if many is not total and many.kind is FactKind.COUNT and not (many.unit and same_unit(many, total)):
                alike = same_unit(total, spot.fact) or total.unit == f"{spot.fact.unit}次"
                sure = total in near and many in near and alike and _is_per(spot.clause, many)
                sure = sure and (
                    not GAP.search(total.subject) or GAP.search(spot.clause) is not None
                )  # 增加74.90万元，主要是购车6辆，每辆17.70万元
                if alike and not ("年均" in spot.clause and many.unit not in ("年", "个月")):
                    yield quotient(total, many, sure=sure)


def _means(spot: Spot) -> Iterator[Trial]:
    """分别开放312天、305天、300天，平均305.67天: the mean of the numbers in a row before it; of two years' marks."""
    near = spot.alike(spot.before)
    if not _MEAN.match(spot.lead) or any("平均" in re.split("分别|依次", fact.subject)[-1] for fact in near):
        return
    for count in range(2, len(near) + 1):
        run = near[-count:]
        both = summed(run)
        inside = [fact for fact in spot.before if fact.start >= run[0].start]
        yield _mean_of(
            run, both, sure=count == len(near) == len(inside) and spot.fact.step < 1 and "最" not in spot.sentence
        )


def _mean_of(run: Sequence[Fact], both: Trial, *, sure: bool) -> Trial:
    many = len(run)
    return Trial(both.low / many, both.high / many, both.due / many, tuple(run), f"({both.working})÷{many}", sure)


_EVEN = Pattern("(?:等权重?|算术|简单)平均(?:为|是)?$")


_MEAN = Pattern("^(?:分|天)?[，,](?:[^，。；0-9]{0,3})平均(?:得分|为|分|每[年次期])?$")


def _of_totals(report: Report, spot: Spot) -> Iterator[Trial | None]:
    """人均307.32元 of 41万人 beside it and an amount of a total line; 元/平方米 of the square metres told elsewhere."""
    near = [fact for fact in spot.before[-2:] if fact.kind is FactKind.COUNT and fact.unit]
    per = re.match(r"/(平方米|公里|亩|人|户|吨|张)", spot.tail) or re.search(
        r"([户人生亩家])均|单(张|件|台)|每(?:个|支|所)?(平方米|公里|亩|户|家|部|台|套|座|张|份)", spot.clause
    )
    unit = next(filter(None, per.groups())) if per else ""
    apart_from = _counted_apart(report, unit) if unit else []
    totals = [fact for _, fact in _in_total_lines(report) if same_unit(fact, spot.fact)]
    named = lines_by_name(report)
    totals += [
        fact
        for name in names_within(report, spot.sentence)
        for line in named[name]
        for fact in line.cells.values()
        if same_unit(fact, spot.fact)
    ]
    totals += [fact for fact in (*spot.earlier[-6:], *spot.before) if same_unit(fact, spot.fact)]
    for many in (*near, *apart_from[:6]):
        yield from (quotient(total, many) for total in totals[-_TOTALS:])


_TOTALS = 20


@once
def _in_total_lines(report: Report) -> list[tuple[str, Fact]]:
    """The numbers of the lines that sum up others, with their headings."""
    return [cell for line in lines_of(report) if line.total for cell in line.cells.items()]


@once
def _counted_apart(report: Report, unit: str) -> list[Fact]:
    """What is counted in a unit outside tables, and in the lines that sum up others."""
    told = [fact for fact in report.facts if fact.unit.endswith(unit) and fact.exact and not fact.place.table]
    return told + [fact for heading, fact in _in_total_lines(report) if unit in heading[:2]]


def _is_per(clause: str, many: Fact) -> bool:
    """平均每支, 户均: whether the average is told for each of what was counted."""
    return bool(many.unit) and bool(re.search(rf"每{many.unit[-1]}|{many.unit[-1]}均", clause))
