"""平均完成率, 平均每公里: means of prose against the columns and counts of tables."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import as_printed, close, lines_of, unlike
from toolkit.proof.named_lines import (
    BUILT,
    FEWEST,
    RATES,
    SPENT,
    digits_of,
    line_spots,
    lines_before,
    rounds_to,
    unlike_table,
)
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.trials import is_repeated, slipped
from toolkit.text.patterns import Pattern

_MEAN = Pattern(r"平均|[季月年日人户]均|每[^，。；0-9]{1,3}$")


@rule(
    "line.mean",
    group=Group.SUMS,
    title="平均数等于表中各行的平均",
    good=(f"{BUILT}\n\n三项指标平均完成率98.00%。\n{SPENT}\n\n平均支出率92.73%。",),
    bad=(
        f"{BUILT}\n\n三项指标平均完成率89.00%。",
        "分公司\t考核得分\n城东\t92.1\n城西\t87.2\n城南\t84.5\n城北\t81.4\n\n四个分公司平均得分83.6分。",
        "月份\t考核得分\n1月\t96\n2月\t95\n3月\t88\n4月\t97\n\n全年平均考核得分90.40分。\n季度\t考核得分\n一季度\t80\n二季度\t82\n三季度\t84",
        "月份\t考核得分\n1月\t97.2\n2月\t98.5\n3月\t95.8\n4月\t99.1\n\n考核平均分96.75分。",
    ),
)
def means(report: Report) -> Iterator[Result]:
    """平均完成率 against the mean of the column that the words name; what a total line prints there is right, too."""
    for spot, _ in line_spots(report):
        match = _MEAN.search(spot.clause)
        words = re.sub("[为达]+$", "", spot.clause[match.end() :]) if match else ""
        if match is None:
            continue
        own = words if words == "得分" else ""  # 四个分公司平均得分 may be of the only column of 得分
        words = f"{re.sub('^.*[，、]', '', spot.clause[: match.start()])}得分" if words in _MARKS else words
        dues = _dues(report, spot.fact)
        fitting = next(
            (
                item
                for item in dues
                if rounds_to(spot.fact, item[0]) and (close(words, item[1][1]) or digits_of(spot.fact) >= FEWEST)
            ),
            None,
        )
        if many := _MANY.search(spot.sentence):
            dues = [item for item in dues if len(item[2]) == numeral(many["count"])]  # 四个分公司平均得分
        meant = [item for item in dues if words and close(words, item[1][1])]
        meant = meant or [item for item in dues if own and close(own, item[1][1])]
        if fitting is not None:
            yield agrees(spot.fact, *fitting[2])
        near = [item for item in meant if slipped(spot.fact, item[0] * spot.fact.scale)]
        if fitting is None and len(near) == 1 and not is_repeated(report, spot.fact):
            due, (_, heading), cells = near[0]
            yield unlike_table(spot.fact, due, cells, f"“{heading}”{len(cells)}项平均", differs)


_MARKS = ("分", "得分")
"""考核平均分 is the mean of 考核得分."""
_MANY = Pattern("(?P<count>[0-9]{1,2}|[三四五六七八九十]{1,2})[个项家所类][^，。；0-9]{0,8}平均[^，。；0-9]{0,6}$")


_Due = tuple[Decimal, tuple[int, str], list[Fact]]
"""The mean of a column in the unit of a number, its table and heading, its cells."""


def _dues(report: Report, fact: Fact) -> list[_Due]:
    """The means that a number may be: the same for all numbers of its kind in its unit."""
    known: dict[tuple[FactKind, bool, Decimal], list[_Due]] = report.memory.setdefault(_DUES, {})
    kind = fact.kind, bool(fact.unit), fact.scale
    if kind not in known:
        known[kind] = [
            (sum((as_printed(cell, fact) for cell in cells), Decimal(0)) / len(cells), heading, cells)
            for heading, cells in _columns(report, fact).items()
        ]
    return known[kind]


_DUES = "means of columns"


def _columns(report: Report, fact: Fact) -> Mapping[tuple[int, str], list[Fact]]:
    """The columns of three and more lines whose numbers can be averaged into this one, without total lines."""
    found: dict[tuple[int, str], list[Fact]] = {}
    for line in lines_of(report):
        for heading, cell in line.cells.items():
            if not line.total and not unlike(cell, fact) and (cell.kind in RATES) == (fact.kind in RATES):
                found.setdefault((line.table, heading), []).append(cell)
    return {key: cells for key, cells in found.items() if len(cells) >= FEWEST}


@rule(
    "line.each",
    group=Group.SUMS,
    title="平均每个的数等于写出的总数除以表中该行的数量",
    good=(f"{BUILT}\n\n管网延伸实际支出3,390.55万元，平均每公里4.15万元。",),
    bad=(f"{BUILT}\n\n管网延伸实际支出3,390.55万元，平均每公里4.51万元。",),
)
def each(report: Report) -> Iterator[Result]:
    """The amount right before 每公里 by one of the counts of the line that the sentence names."""
    for spot, text in line_spots(report):
        fact, before = spot.fact, spot.before[-1:]
        if fact.kind is not FactKind.MONEY or not before or before[0].kind is not FactKind.MONEY:
            continue
        if not re.search("每[^，。；0-9]{1,4}$", spot.lead):
            continue
        counts = [cell for lines in lines_before(report, spot, text)[:1] for line in lines for cell in line.cells.values()
                  if cell.kind is FactKind.COUNT and cell.base > 0]  # fmt: skip
        dues = [(before[0].base / cell.base / fact.scale, cell) for cell in counts]
        fitting = next((cell for due, cell in dues if rounds_to(fact, due)), None)
        near = [(due, cell) for due, cell in dues if slipped(fact, due * fact.scale)]
        if fitting is not None:
            yield agrees(fact, before[0], fitting)
        elif near and not is_repeated(report, fact):
            due, cell = near[0]
            yield unlike_table(fact, due, (before[0], cell), f"{said(before[0])}÷{said(cell)}", differs)
