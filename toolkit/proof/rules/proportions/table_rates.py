"""Columns of rates and shares of a table against the columns of the same row that they are made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import TypeAlias

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import TOTALS, bare
from toolkit.proof.records import body_rows, is_total, measure_of
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.rates import PARTS_OF_RATES, ratio_bounds
from toolkit.text import plain
from toolkit.text.patterns import Pattern


@rule(
    "share.sum",
    group=Group.SUMS,
    title="占比与个数相符，合计100%",
    good=(
        "等级\t项目数（个）\t占比\n优\t1\t33.33%\n良\t2\t66.67%\n合计\t3\t100.00%",
        "机构\t抽查（份）\t不真实（份）\t占比\n甲\t20\t1\t5.0%\n乙\t20\t3\t15.0%\n合计\t40\t4\t10.0%",
    ),
    bad=("等级\t项目数（个）\t占比\n优\t1\t43.33%\n良\t2\t66.67%\n合计\t3\t100.00%",),
)
def shares(report: Report) -> Iterator[Result]:
    """Every share of a table against its count and the total count."""
    for table in report.document.tables:
        column = next((at for at, text in enumerate(table.headings) if re.match(r"占比|比例|比重", text)), None)
        if column:
            yield from _shares(report, table, column)


def _shares(report: Report, table: Table, column: int) -> Iterator[Result]:
    rows = table.rows[table.head :]
    total = next((row for row in rows if row[0].label in TOTALS), None)
    counts = next((at for at in range(column - 1, 0, -1) if total and total[at].is_numeric), None)
    whole = next(iter(report.facts_at(total[counts].place)), None) if total and counts else None
    if whole is None or counts is None or not whole.base:
        return
    results = list(_of_whole(report, rows, column, counts, whole))
    if sum(not result.found for result in results) >= rows_made(report, table, column):
        yield from results  # else it is a share of another number of its row


def _of_whole(
    report: Report, rows: Sequence[Sequence[Cell]], column: int, counts: int, whole: Fact
) -> Iterator[Result]:
    for row in rows:
        share = next(iter(report.facts_at(row[column].place)), None)
        count = next(iter(report.facts_at(row[counts].place)), None)
        if share is None or count is None or count.value is None:
            continue
        due = count.base / whole.base
        scale = Decimal("0.01") if share.unit != "%" and share.value and share.value > 1 else Decimal(1)
        if share.low * scale <= due <= share.high * scale:
            yield agrees(share, count, whole)
        else:
            right = f"{plain(round(due * 100, 2))}%"
            message = f"“{row[0].label}”占比印{share.text}，{count.text}÷{whole.text}={right}"
            yield differs(row[column].place, share.text, right, message, facts=(share,))


@rule(
    "rate.table",
    group=Group.RATES,
    title="表中的比率等于同一行的数相除",
    good=(
        "一级指标\t分值\t得分\t得分率（%）\n决策\t18\t15\t83.33\n过程\t20\t18\t90.00\n产出\t27\t26\t96.30\n",
        # the total of 合同金额 is that of four projects, that of 预算资金 of three
        "项目名称\t合同金额\t预算资金\t成本节约率\n甲\t90\t100\t10.00%\n乙\t80\t100\t20.00%\n丙\t95\t100\t5.00%\n"
        "丁\t200\t—\t—\n合计\t465\t300\t11.67%\n",
    ),
    bad=(
        "对象\t发放份数\t回收份数\t有效份数\t有效率\n公众\t520\t506\t492\t92.73%\n人员\t180\t178\t176\t98.88%\n合计\t700\t684\t668\t97.66%\n",
        "一级指标\t分值\t得分\t得分率（%）\n决策\t18\t15\t83.33\n过程\t20\t18\t90.00\n产出\t27\t26\t93.60\n",
    ),
)
def rates_in_tables(report: Report) -> Iterator[Result]:
    """A column of rates against the two columns it divides, by their names, else by what nearly all rows obey."""
    for table in report.document.tables:
        rates = [(column, heading) for column, heading in enumerate(table.headings)
                 if _OF_RATES.search(heading) and not _OF_RULES.search(heading)]  # fmt: skip
        every = [(_row_facts(report, row), is_total(row)) for row in body_rows(table)] if rates else []
        for column, heading in rates:
            yield from _rate_column(table, every, column, heading)


_OF_RATES = Pattern(r"率|占比|比例|比重|进度")
_OF_RULES = Pattern(r"标准|说明|规则|扣减")
_RowOfFacts: TypeAlias = tuple[dict[int, Fact], bool]
"""The numbers of a row by column, and whether it sums up others."""


def _rate_column(table: Table, every: Sequence[_RowOfFacts], column: int, heading: str) -> Iterator[Result]:
    rows = [facts for facts, _ in every if column in facts]
    rates = [_rate(facts[column]) for facts in rows]
    saved = "节约" in heading
    names = [measure_of(text) or _of_answers(text) for text in table.headings]
    best: list[tuple[dict[int, Fact], bool, int, int]] = []
    right = 0
    for part, whole in _candidates(names, measure_of(heading) or bare(heading), column, table.width):
        told = [(facts, rate) for facts, rate in zip(rows, rates, strict=True)
                if part in facts and whole in facts and facts[whole].value]  # fmt: skip
        hold = _fitting([(rate, facts[part], facts[whole]) for facts, rate in told], right, saved=saved)
        if hold is not None:
            best = [(facts, fit, part, whole) for (facts, _), fit in zip(told, hold, strict=True)]
            right = sum(hold)
    if len(best) - right > max(1, len(best) // 4) or right < (1 if _named(names, best) else 3):
        return
    for facts, fits, part, whole in best:
        if not fits and (facts, True) in every and _of_different_rows(every, part, whole):
            continue
        rate = _rate(facts[column])
        yield (
            agrees(facts[column], facts[part], facts[whole])
            if fits
            else _wrong_row(facts[column], rate, facts[part], facts[whole], saved=saved)
        )


def rows_made(report: Report, table: Table, column: int) -> int:
    """How many rows, total lines among them, hold in a column the quotient of the same two other columns, at most."""
    rows = [facts for row in body_rows(table) if column in (facts := _row_facts(report, row))]
    most = 0
    for part, whole in permutations([at for at in range(1, table.width) if at != column], 2):
        told = [(_rate(facts[column]), facts[part], facts[whole]) for facts in rows
                if part in facts and whole in facts and facts[whole].value]  # fmt: skip
        most = max(most, sum(_fitting(told, most, saved=False) or ()))
    return most


def _rate(fact: Fact) -> Fact:
    return fact if fact.unit else _percent(fact)


def _fitting(rows: Sequence[tuple[Fact, Fact, Fact]], most: int, *, saved: bool) -> list[bool] | None:
    """Which rates are the quotients of two numbers, where more of them are than of the columns tried so far."""
    fits: list[bool] = []
    may_be = len(rows)
    for rate, part, whole in rows:
        if may_be <= most:
            return None
        fits.append(_row_fits(rate, part, whole, saved=saved))
        may_be -= not fits[-1]
    return fits if may_be > most else None


_ANSWERED = {
    "有效回收率": (("有效", "发放"),),
    "有效率": (("有效", "回收"), ("有效", "发放")),
    "回收率": (("回收", "发放"), ("有效", "发放")),
}
"""Rates of a survey and the columns they divide."""


def _of_answers(heading: str) -> str:
    match = re.fullmatch("(发放|回收|收回|有效)(?:份数|问卷数?|数量?)?", bare(heading))
    return match[1].replace("收回", "回收") if match else ""


def _of_different_rows(every: Sequence[_RowOfFacts], part: int, whole: int) -> bool:
    """Whether a row has only one of two amounts: their totals are then not totals of the same things."""
    return any((part in facts) != (whole in facts) for facts, total in every if not total)


def _named(names: Sequence[str], tried: Sequence[tuple[dict[int, Fact], bool, int, int]]) -> bool:
    return bool(tried) and bool(names[tried[0][2]]) and bool(names[tried[0][3]])


def _candidates(names: Sequence[str], measure: str, column: int, width: int) -> Iterator[tuple[int, int]]:
    named = [(part, whole) for first, second in (*PARTS_OF_RATES.get(measure, ()), *_ANSWERED.get(measure, ())) for part in range(width) for whole in range(width)
             if names[part] == first and names[whole] == second]  # fmt: skip
    yield from named
    if width <= 14:
        yield from (
            pair for pair in permutations([at for at in range(1, width) if at != column], 2) if pair not in named
        )


def _row_facts(report: Report, row: Sequence[Cell]) -> dict[int, Fact]:
    found = {}
    for column, cell in enumerate(row):
        if not cell.is_numeric:
            continue
        first = next((fact for fact in report.facts_at(cell.place) if fact.value is not None and fact.exact), None)
        if first is not None and first.kind is not FactKind.ORDINAL:
            found[column] = first
    return found


def _percent(fact: Fact) -> Fact:
    return replace(fact, unit="%")


def _row_fits(rate: Fact, part: Fact, whole: Fact, *, saved: bool) -> bool:
    # Printed parts are exact here: a rate of rounded numbers would fit nearly anything small.
    bounds = ratio_bounds(part, whole, saved=saved)
    return bounds is not None and rate.meets(*bounds)


def _wrong_row(place: Fact, rate: Fact, part: Fact, whole: Fact, *, saved: bool) -> Result:
    value = part.base / whole.base * 100
    value = 100 - value if saved else value
    working = f"{said(part)}÷{said(whole)}={value:.2f}%"
    return differs(
        place.place, rate.text, f"{value:.2f}%", f"比率{rate.text}与同一行的{working}不符",
        facts=(place, part, whole), related=(part.place, whole.place), working=working,
    )  # fmt: skip
