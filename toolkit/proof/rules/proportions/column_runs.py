"""Columns of a table that follow from one other column alone: running totals, the same share of it in every row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.grids import grid_of
from toolkit.proof.lines import bare
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.table_rates import rows_made
from toolkit.proof.trials import slack
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_RUNNING = Pattern("^(?:累计|累积)|(?:累计|累积)(?:[数额]|金额|完成|支付|支出)?$")
_OF_ONE = Pattern("^占|占比$|比重$|比例$|份额$|(?<!功)率$|^单位(?!名)|^每|均")
_FEWEST = 3
_RATE = Pattern("率$")
_ROWS_OF_RATES = 5
"""Rates of a few rows have the same ratio to another column by chance."""
_TOTAL = Pattern("(?<!功)(?<!频)率$")
_NOT_MEAN = Pattern("增长|增幅|同比|环比|降|变动|占|贡献")
_Pair = tuple[Fact, Fact]


@rule(
    "column.running",
    group=Group.SUMS,
    title="累计列等于另一列逐行相加",
    good=(
        "年度\t支付数（万元）\t累计支付（万元）\n2021\t780.28\t780.28\n2022\t1,478.47\t2,258.75\n2023\t644.71\t2,903.46\n",
    ),
    bad=(
        "年度\t支付数（万元）\t累计支付（万元）\n2021\t780.28\t780.28\n2022\t1,478.47\t2,285.75\n2023\t644.71\t2,903.46\n",
    ),
)
def running(report: Report) -> Iterator[Result]:
    """A column called 累计, against the column whose rows add up to it in all rows but one."""
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if not _RUNNING.search(bare(heading)):
                continue
            rows = [row for row in grid_of(report, table)[0] if column in row]
            for other in range(1, table.width) if len(rows) >= _FEWEST else ():
                if other == column or not all(other in row and same_unit(row[other], row[column]) for row in rows):
                    continue
                parts = [row[other] for row in rows]
                fits = _so_far(parts, [row[column] for row in rows])
                if sum(fits) >= len(rows) - 1 and sum(fits) > 1:
                    yield from (_ran(row[column], parts[: at + 1], fits=fits[at]) for at, row in enumerate(rows))
                    break


def _so_far(parts: Sequence[Fact], sums: Sequence[Fact]) -> list[bool]:
    """Of every row whether its sum is that of the parts up to it; the first is no sum, and equal."""
    due = list(accumulate(part.base for part in parts))
    off = list(accumulate(slack((part,)) for part in parts))
    off[0] = Decimal(0)
    return [fact.meets(each - most, each + most) for fact, each, most in zip(sums, due, off, strict=True)]


def _ran(fact: Fact, parts: Sequence[Fact], *, fits: bool) -> Result:
    if fits:
        return agrees(fact, *parts)
    right = f"{plain(sum((part.base for part in parts), Decimal(0)) / fact.scale)}{fact.unit}"
    working = f"{'+'.join(part.text for part in parts)}={right}"
    return differs(
        fact.place, said(fact), right, f"累计写{said(fact)}，逐行相加{working}", facts=(fact, *parts), working=working,
        related=tuple(part.place for part in parts[:_FEWEST]), confidence=85,
    )  # fmt: skip


@rule(
    "column.proportional",
    group=Group.RATES,
    title="占比列、单位成本列与另一列之比各行相同",
    good=(
        "指标\t分值\t平均计分值\n到位率\t4.00\t4.04\n执行率\t3.00\t3.03\n等保\t2.00\t2.02\n密评\t2.00\t2.00\n可用率\t5.00\t5.05\n验收\t6.00\t6.06\n",
        "项目\t金额（万元）\t单位里程成本（元/公里）\n薪酬\t2,860.40\t3.09\n燃料\t1,120.50\t1.21\n维修\t486.30\t0.53\n折旧\t980.00\t1.06\n",
        "项目\t金额（万元）\t每套单价（元）\n薪酬\t2,860.40\t3.09\n燃料\t1,120.50\t4.21\n维修\t486.30\t0.73\n折旧\t980.00\t1.96\n",
        "指标\t分值\t平均计分值\n到位率\t4.00\t4.04\n执行率\t3.00\t3.03\n等保\t2.00\t2.02\n密评\t1.00\t1.00\n可用率\t5.00\t5.05\n",
    ),
    bad=(
        "项目\t金额（万元）\t单位里程成本（元/公里）\n薪酬\t2,860.40\t3.09\n燃料\t1,120.50\t1.21\n维修\t486.30\t0.35\n折旧\t980.00\t1.06\n",
    ),
)
def proportional(report: Report) -> Iterator[Result]:
    """What it is divided by stands outside the table: three rows and more have the same ratio, at most one another."""
    for table in report.document.tables:
        columns = [at for at, heading in enumerate(table.headings) if at and _OF_ONE.search(bare(heading))]
        if not columns:
            continue
        grid, totals = grid_of(report, table)
        for column in columns:
            for other in range(1, table.width):
                is_rate = _RATE.search(bare(table.headings[column])) is not None
                rows = grid if is_rate else [*grid, totals]  # the whole is no full mark of 20 as each part is
                pairs = [(row[column], row[other]) for row in rows if column in row and other in row]
                pairs = [pair for pair in pairs if pair[0].base > 0 and pair[1].base > 0]
                if is_rate and len(pairs) < _ROWS_OF_RATES:
                    continue
                if other != column and (ratio := _common(report, pairs)) is not None:
                    results = [_of_ratio(fact, part, ratio, bare(table.headings[other])) for fact, part in pairs]
                    if sum(not result.found for result in results) >= rows_made(report, table, column):
                        yield from results  # else each row divides two numbers of its own
                    break


def _in_percent(fact: Fact) -> Fact:
    """A share of a column that names no unit is in per cent."""
    return replace(fact, unit="%") if fact.kind is FactKind.PERCENT and not fact.unit else fact


def _bounds(fact: Fact, part: Fact) -> tuple[Decimal, Decimal]:
    fact, off = _in_percent(fact), slack((part,))
    return max(fact.low, Decimal(0)) / (part.base + off), fact.high / (
        part.base - off
    ) if part.base > off else fact.high


def _common(report: Report, pairs: Sequence[_Pair]) -> tuple[Decimal, Decimal] | None:
    """The bounds of the ratio that all rows but one have; None where rows tell too little."""
    if any(part.kind is FactKind.PERCENT for _, part in pairs) or len({part.base for _, part in pairs}) < _FEWEST:
        return None
    if any(fact.kind is FactKind.SCORE for fact, _ in pairs):
        return None  # a mean of marks follows from each project's, not from the full mark
    if len(_together([_bounds(*pair) for pair in pairs[:_AT_FIRST]])) < min(_AT_FIRST, len(pairs)) - 1:
        return None
    best = _together([_bounds(*pair) for pair in pairs])
    if len(best) < max(_FEWEST - 1, len(pairs) - 1):
        return None
    low, high = max(own[0] for own in best), min(own[1] for own in best)
    if high - low > low * _NARROW or (len(best) < _FEWEST and not _is_told(report, low, high, pairs[0][1])):
        return None
    return low, high


def _together(bounds: Sequence[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """As many of some intervals as have something in common: that begins at the lower end of one of them."""
    return max(([own for own in bounds if own[0] <= low <= own[1]] for low, _ in bounds), key=len, default=[])


def _is_told(report: Report, low: Decimal, high: Decimal, part: Fact) -> bool:
    """Whether the report has the number that the ratio divides by: 合同总金额 of 占合同总金额比例."""
    return any(
        fact.base > 0 and low <= 1 / fact.base <= high and same_unit(fact, part)
        for fact in report.facts
        if fact.kind is part.kind
    )


_NARROW = Decimal("0.01")
_AT_FIRST = 8
"""Rows that are looked at before all of a long table: most columns have no ratio in common there either."""


def _of_ratio(fact: Fact, part: Fact, ratio: tuple[Decimal, Decimal], heading: str) -> Result:
    share, off = _in_percent(fact), slack((part,))
    if share.meets(ratio[0] * (part.base - off), ratio[1] * (part.base + off)):
        return agrees(fact, part)
    due = part.base * (ratio[0] + ratio[1]) / 2 / share.scale
    right = f"{plain(round(due, max(0, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    message = f"写{said(fact)}，按其余各行与“{heading}”的比，{said(part)}应得{right}"
    return doubtful(fact.place, said(fact), right, message, facts=(fact, part), related=(part.place,), confidence=80)


@rule(
    "total.rate",
    group=Group.RATES,
    title="合计行的比率在各行的比率之间",
    good=("季度\t件数\t可用率\n一季度\t20\t99.91%\n二季度\t30\t99.94%\n三季度\t30\t99.99%\n全年\t80\t99.95%\n",),
    bad=("季度\t件数\t可用率\n一季度\t20\t99.91%\n二季度\t30\t99.94%\n三季度\t30\t99.99%\n全年\t80\t99.59%\n",),
)
def total_rates(report: Report) -> Iterator[Result]:
    """However it is weighted, the rate of all lies between those of its parts, where the rows are all of them."""
    for table in report.document.tables:
        grid, totals = grid_of(report, table)
        if len(grid) < _FEWEST or not _is_whole(grid, totals):
            continue
        for column, heading in enumerate(table.headings):
            total, words = totals.get(column), bare(heading)
            if total is None or not _TOTAL.search(words) or _NOT_MEAN.search(words):
                continue
            rates = [row[column] for row in grid if column in row]
            low, high = min(rate.low for rate in rates or [total]), max(rate.high for rate in rates or [total])
            if len(rates) == len(grid) and not total.meets(low, high):
                shown = f"{min(rates, key=lambda rate: rate.base).text}到{max(rates, key=lambda rate: rate.base).text}"
                message = f"合计的{words}写{total.text}，各行在{shown}之间"
                yield doubtful(total.place, total.text, "", message, facts=(total,), confidence=75)


def _is_whole(grid: Sequence[dict[int, Fact]], totals: dict[int, Fact]) -> bool:
    """Whether the rows make the total in some column."""
    for column, total in totals.items():
        parts = [row[column] for row in grid if column in row]
        due = sum((part.base for part in parts), Decimal(0))
        added = total.kind is not FactKind.PERCENT and len(parts) == len(grid)
        if added and total.meets(due - slack(parts), due + slack(parts)):
            return True
    return False
