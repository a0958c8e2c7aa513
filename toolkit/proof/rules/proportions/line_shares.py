"""占全市的34.71%: a share in prose against the line of a table that it names and the total line."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Yields, agrees, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, bare, holds, lines_of, names_within
from toolkit.proof.named_lines import (
    FEWEST,
    RATES,
    SPENT,
    digits_of,
    line_spots,
    lines_before,
    lines_in_a_row,
    shared_headings,
    unlike_table,
)
from toolkit.proof.records import measure_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, is_repeated, slipped
from toolkit.text.patterns import Pattern


@rule(
    "line.share",
    group=Group.RATES,
    yields=Yields.HERE,
    title="占比等于表中该行的数除以合计",
    good=(
        f"{SPENT}\n\n清源县支出2,784.00万元，占全市的34.71%。",
        f"{SPENT}\n\n清源县支出中，城关镇占37.41%。",
        "级别\t发现数\t关闭数\n致命\t4\t4\n严重\t37\t37\n一般\t419\t379\n合计\t460\t420\n\n致命和严重缺陷共41个，占8.91%。",
    ),
    bad=(
        f"{SPENT}\n\n清源县支出2,784.00万元，占全市的37.41%。",
        f"{SPENT}\n\n清源县支出2,784.00万元，占31.74%。",
        f"{SPENT}\n\n支出最多的是清源县，占43.71%；最少的是云台区。",
        "标包\t预算（万元）\t合同金额（万元）\nA包\t1,180.00\t1,121.00\nB包\t525.00\t506.00\n合计\t1,705.00\t1,627.00\n\nA包合同金额最大，占合同总金额的69.21%。",
    ),
)
def shares(report: Report) -> Iterator[Result]:
    """占 behind a name: the cell of its line by that of the total line, under any heading."""
    for spot, text in line_spots(report):
        if spot.fact.kind is not FactKind.PERCENT or not re.search("占[^，。；0-9]{0,12}$", spot.lead):
            continue
        if _is_of_another(report, spot):
            continue
        row = lines_in_a_row(report, spot, text)
        several = [row] if row else [[line] for lines in lines_before(report, spot, text)[:1] for line in lines]
        for _ in several[:1]:
            ratios = [ratio for lines in several for ratio in _ratios(report, lines)]
            ratios = _of_measure(spot.lead, ratios) or ratios
            part, told = _part_before(spot), []
            if part is not None:
                told = [ratio for ratio in ratios if holds(part, ratio[1][0])]
                mistyped = [ratio for ratio in ratios if slipped(part, ratio[1][0].base)]
                ratios = told or (
                    mistyped if _are_single(several) else []
                )  # 致命和严重缺陷共41个 are not those of 严重
            fitting = next((ratio for ratio in ratios if spot.fact.meets(ratio[0], ratio[0])), None)
            near = _near(spot, text, ratios, alone=part is None and not row) or _of_part(spot, part, told)
            if fitting is not None:
                yield agrees(spot.fact, *fitting[1])
            elif near and not is_repeated(report, spot.fact) and not _beside(spot):
                due, (part, whole) = near[0]
                yield unlike_table(spot.fact, due * 100, (part, whole), f"{said(part)}÷{said(whole)}", doubtful)


def _is_of_another(report: Report, spot: Spot) -> bool:
    """东郊区、北屏区欠缴区级配套资金448万元，其中东郊区占59.8%: the name right before the share is that of no line."""
    own = _SUBJECT.search(spot.lead)
    return own is not None and not _OF_MEASURE.search(own["name"]) and not names_within(report, own["name"])


_OF_MEASURE = Pattern("[额数量]$|资金|金额|支出|预算|得分|[其该各]")
"""而其合同额占32.83%: what is measured, of the name before."""
_SUBJECT = Pattern("(?:其中[，,：:]?|[，,；;、](?!其中))(?P<name>[\u4e00-\u9fff]{2,12})占[^，。；0-9]{0,12}$")


def _of_measure(
    words: str, ratios: Sequence[tuple[Decimal, tuple[Fact, Fact]]]
) -> list[tuple[Decimal, tuple[Fact, Fact]]]:
    """占合同总金额的: the shares of the column that is called so."""
    measure = measure_of(words)
    return [ratio for ratio in ratios if measure and measure_of(ratio[1][0].subject.split(" ")[-1]) == measure]


def _near(
    spot: Spot, text: str, ratios: Sequence[tuple[Decimal, tuple[Fact, Fact]]], *, alone: bool
) -> Sequence[tuple[Decimal, tuple[Fact, Fact]]]:
    """The shares that it misses by a slip; of a name alone the one share that the words mean."""
    near = [ratio for ratio in ratios if slipped(spot.fact, ratio[0])]
    if near or not alone:
        return near
    if _of_measure(spot.lead, ratios) and len({due for due, _ in ratios}) == 1:
        return ratios
    headed = _headed(text, spot, ratios)
    return headed if len({due for due, _ in headed}) == 1 else []


def _headed(
    text: str, spot: Spot, ratios: Sequence[tuple[Decimal, tuple[Fact, Fact]]]
) -> list[tuple[Decimal, tuple[Fact, Fact]]]:
    """安排资金最多的是广陵市，占19.13%: the shares of the column that the words before 最 name."""
    start = max(text.rfind(mark, 0, spot.fact.start) for mark in "。；\n") + 1
    most = re.search(
        "([\u4e00-\u9fff]{2,12})最(?:多|大|高|少|小|低)的(?:是|为)[^，。；0-9]{2,20}[，,]占[^，。；0-9]{0,12}$",
        text[start : spot.fact.start],
    )
    return [ratio for ratio in ratios if most and most[1].endswith(bare(ratio[1][0].subject.split(" ")[-1]))]


def _of_part(
    spot: Spot, part: Fact | None, told: Sequence[tuple[Decimal, tuple[Fact, Fact]]]
) -> Sequence[tuple[Decimal, tuple[Fact, Fact]]]:
    """市公安局1,280核，占25.77%: where the part is a telling number of the line, its share of the total line is meant."""
    telling = part is not None and digits_of(part) > FEWEST
    return told if telling and _OF_ALL.search(spot.lead) and len({due for due, _ in told}) == 1 else []


_OF_ALL = Pattern(
    "占(?:了|比|全部|总|合计|全[市县区省年])?(?:[一-鿿]{1,5}(?:总额|总数|总量|额))?(?:的)?(?:比重|比例)?[为约]?$"
)


def _are_single(several: Sequence[Sequence[Line]]) -> bool:
    """Whether a name stands for one line of each table, not for a kind of several."""
    tables = [lines[0].table for lines in several if len(lines) == 1]
    return len(set(tables)) == len(tables)


def _part_before(spot: Spot) -> Fact | None:
    """城乡线路897.00万元，占31.5%: the amount that the share is of."""
    part = spot.before[-1] if spot.before and re.match("[，,（(]?占", spot.lead) else None
    return part if part is not None and part.kind not in RATES else None


def _ratios(report: Report, lines: Sequence[Line]) -> Iterator[tuple[Decimal, tuple[Fact, Fact]]]:
    """The cells of one line or the sum of several, by the cell of the total line under each heading."""
    for total in lines_of(report):
        if total.total and total.table == lines[0].table:
            for heading in shared_headings(lines):
                cells, whole = [line.cells[heading] for line in lines], total.cells.get(heading)
                if whole is not None and whole.base > 0 and cells[0].kind not in RATES:
                    yield sum((cell.base for cell in cells), Decimal(0)) / whole.base, (cells[0], whole)


def _beside(spot: Spot) -> bool:
    """Whether two numbers near it make the share."""
    near = [fact for fact in (*spot.before, *spot.earlier) if fact.kind not in RATES and fact.base > 0]
    return any(spot.fact.meets(left.base / right.base, left.base / right.base) for left in near for right in near)
