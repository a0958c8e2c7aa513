"""Totals of tables against their parts: which numbers a total adds up, and how far rounding may take them apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.proof.declaration import Result, agrees, differs, doubtful
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.text.patterns import Pattern

_TOTAL = Pattern(
    r"(?:[两三四五六]年|累计|各年|全部)?(?:合计|总计|共计|总分|总和|综合得分|总得分|合计得分|总额|全部合计|评价总分)(?:得分|金额|[(（].*[)）])?(?:[/／、](?:加权|算术)?平均(?:值|数)?)?"
)
NOT_ADDED = Pattern(
    r"(?<!功)率|占比|比例|比重|结构|环比|同比|差距|相差|均分|百分点|[增降涨跌]幅|增速|排名|名次|位次|序号|年限|年度|年份|平均|编号|编码|代码|日期|时间|单价|单位(?:造价|成本|投资)|[元次人]/(?!年)|倍数|系数|.均(?!衡)|标准(?!分)|每"
)
ADDED = frozenset({FactKind.MONEY, FactKind.COUNT, FactKind.SCORE})
_SPREAD = Decimal(3)
"""Standard deviations that a sum of rounded numbers is allowed to lie away; one rounding has 1/√12 of its step."""
_FEW = 6
_FEN = Decimal("0.01")
"""The smallest amount, in 元."""


@dataclass(frozen=True, slots=True)
class Added:
    """How far a printed total is from its parts.

    Attributes:
        exact: they add up as printed.
        rounded: they can add up before rounding.
        possible: they can, but only if all were rounded the same way.
    """

    sum: Decimal
    exact: bool
    rounded: bool
    possible: bool


def added(parts: Sequence[Fact], total: Fact) -> Added:
    """Compare a total with its parts; all in the base unit. Counts and scores are taken to be exact."""
    whole = sum((part.base for part in parts), Decimal(0))
    gap = abs(whole - total.base)
    step = min(part.step * part.scale for part in parts)
    half = total.step * total.scale / 2
    if gap <= half and (gap == 0 or step < total.step * total.scale):
        return Added(whole, exact=True, rounded=True, possible=True)
    if total.kind is not FactKind.MONEY:
        return Added(whole, exact=gap == 0, rounded=False, possible=False)
    if total.step * total.scale == step == _FEN and len(parts) > 2:
        return Added(whole, exact=gap == 0, rounded=False, possible=True)  # no amount is finer than a fen
    spread = _SPREAD * step * (Decimal(len(parts)) / 12).sqrt() if len(parts) > 2 else step
    return Added(whole, exact=gap == 0, rounded=gap <= half + spread, possible=gap <= half + step * len(parts) / 2)


def is_total(label: str) -> bool:
    """Whether a row or column of this label adds up the others."""
    return _TOTAL.fullmatch(label) is not None


def agreeing(results: Sequence[Result]) -> int:
    """How many totals are right."""
    return sum(1 for result in results if not result.found)


def totals_of(report: Report, table: Table, index: int) -> Iterator[list[tuple[int, Fact]]]:
    """Columns of a total row's numbers: as they stand; moved under the numeric columns where cells were lost."""
    row = table.rows[index]
    stands = [(column, fact) for column, cell in enumerate(row) for fact in report.facts_at(cell.place)[:1] if column]
    stands = [(column, fact) for column, fact in stands if fact.value is not None and row[column].is_numeric]
    stands = [(column, fact) for column, fact in stands if fact.kind is not FactKind.PERCENT]
    yield [item for item in stands if not NOT_ADDED.search(_without_average(table.headings[item[0]]))]
    rates = [column for column, cell in enumerate(row) if cell.text.strip().endswith("%")]
    numeric = [column for column in range(1, table.width) if is_added(table, column, index) and column not in rates]
    if len(numeric) == len(stands) and numeric != [column for column, _ in stands]:
        yield [(column, fact) for column, (_, fact) in zip(numeric, stands, strict=True)]


def _without_average(heading: str) -> str:
    """Average scores of parts make the average of the whole, but for their rounding; other averages do not."""
    return heading.replace("平均", "") if re.search("平均(?:得分|计分值|分)", heading) else heading


def is_added(table: Table, column: int, index: int) -> bool:
    """Whether a column holds numbers that can be added up, the row ``index`` left out."""
    if NOT_ADDED.search(table.headings[column]):
        return False
    cells = [row[column] for at, row in enumerate(table.rows) if at >= table.head and at != index]
    filled = [cell for cell in cells if cell.text]
    return bool(filled) and sum(cell.is_numeric for cell in filled) > len(filled) / 2


def column_facts(report: Report, table: Table, rows: Sequence[int], column: int) -> list[Fact]:
    """The numbers of some rows in a column."""
    facts: list[Fact] = []
    for row in rows:
        cell = table.rows[row][column]
        if cell.is_numeric:
            facts += [fact for fact in report.facts_at(cell.place)[:1] if fact.value is not None]
    return [fact for fact in facts if fact.kind is not FactKind.ORDINAL]


def compare(parts: Sequence[Fact], total: Fact) -> Result:
    """What a total says of the numbers that it adds up."""
    total = _like(total, parts)
    outcome = added(parts, total)
    if outcome.exact or outcome.rounded:
        return agrees(total, *parts)
    shown = shown_sum(parts, outcome.sum / total.scale)
    due = f"{outcome.sum / total.scale:{',' if ',' in total.text else ''}f}"  # as the total is printed
    return (doubtful if outcome.possible else differs)(
        total.place,
        total.text,
        due if total.place.row else f"{due}{total.unit if total.text[-1:].isdigit() else ''}",
        f"合计数{total.text}与各项之和{due}不符",
        facts=(total, *parts),
        related=tuple(part.place for part in parts[:_FEW]),
        working=shown,
    )


def adds_gaps(table: Table, facts: Sequence[Fact]) -> bool:
    """Whether numbers are of a total row while some row above leaves one of their columns out: 12月 is not paid yet."""
    columns = {fact.place.column - 1 for fact in facts}
    row = facts[0].place.row - 1
    if not 0 <= row < len(table.rows) or not is_total(first_words(table.rows[row])):
        return False
    above = [cells for cells in table.rows[table.head : row] if any(cells[column].is_numeric for column in columns)]
    return any(not cells[column].is_numeric for cells in above for column in columns)


def adds_up(parts: Sequence[Fact], total: Fact) -> bool:
    """Whether :func:`compare` finds nothing wrong."""
    outcome = added(parts, _like(total, parts))
    return outcome.exact or outcome.rounded


def _like(total: Fact, parts: Sequence[Fact]) -> Fact:
    if total.kind in ADDED and all(part.unit == total.unit for part in parts):
        return total
    return as_part(total, parts[0])


def as_part(total: Fact, part: Fact) -> Fact:
    """A total that carries no unit has that of its parts."""
    return total if total.unit else replace(total, unit=part.unit, kind=part.kind)


def shown_sum(parts: Sequence[Fact], whole: Decimal) -> str:
    """The recomputation in words; a long one is cut short."""
    texts = [part.text for part in parts]
    shown = "+".join(texts) if len(texts) <= _FEW else f"{'+'.join(texts[:2])}+…+{texts[-1]}（共{len(texts)}项）"
    return f"{shown}={whole:f}"
