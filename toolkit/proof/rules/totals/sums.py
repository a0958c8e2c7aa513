"""Totals of tables: a total row against its rows, a total column against its columns, columns that add up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, Verdict, agrees, differs, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.panels import panels, parents
from toolkit.proof.report import Report

_TOTAL = re.compile(
    r"(?:[两三四五六]年|累计|各年|全部)?(?:合计|总计|共计|总分|总和|综合得分|总得分|合计得分|总额|全部合计|评价总分)(?:得分|金额|[(（].*[)）])?"
)
_SUBTOTAL = re.compile(r".{0,8}小计")
_GROUP_TOTAL = re.compile(r"[\u4e00-\u9fff]{2,8}合计")
_STEP = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、]")
_PART = re.compile(r"其中.*|其他说明.*|备注.*")
_NOT_ADDED = re.compile(
    r"率|占比|比例|比重|结构|环比|同比|[增降涨跌]幅|增速|排名|名次|位次|序号|年限|年度|年份|平均|编号|编码|代码|日期|时间|单价|单位(?:造价|成本|投资)|[元次人]/|倍数|系数|[人户亩生日月年车]均|标准(?!分)|每"
)
ADDED = frozenset({FactKind.MONEY, FactKind.COUNT, FactKind.SCORE})
_SPREAD = Decimal(3)
"""Standard deviations that a sum of rounded numbers is allowed to lie away; one rounding has 1/√12 of its step."""
_FEW = 6

_GOOD_TABLE = (
    "表1 得分情况\n一级指标\t分值\t得分\n决策\t18\t15\n过程\t20\t18\n产出\t27\t26\n效益\t35\t35\n合计\t100\t94\n"
)
_FORM = "名称\t预算\t到位\n甲\t100\t80\n乙\t0\t0\n子项名称\t预算数\t实际数\n合计\t80\t80\n平台\t50\t50\n系统\t30\t30\n"
_YEARS = (
    "类别\t2022年\t2023年\t合计\n养护\t100\t90\t190\n检测\t150\t140\t290\n小计\t250\t230\t480\n"
    "大修\t80\t70\t150\n抢险\t20\t30\t50\n小计\t100\t100\t200\n合计\t350\t330\t680\n"
)
_BAD_TABLE = _GOOD_TABLE.replace("合计\t100", "合计\t94")


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
    spread = _SPREAD * step * (Decimal(len(parts)) / 12).sqrt() if len(parts) > 2 else step
    return Added(whole, exact=gap == 0, rounded=gap <= half + spread, possible=gap <= half + step * len(parts) / 2)


def is_total(label: str) -> bool:
    """Whether a row or column of this label adds up the others."""
    return _TOTAL.fullmatch(label) is not None


@rule(
    "sum.column",
    group=Group.SUMS,
    title="表格合计行等于各行之和",
    good=(
        _GOOD_TABLE,
        _FORM,
        _YEARS,
        "资金\t预算数\t执行数\n总额\t238.93\t251.89\n其中：财政资金\t238.93\t251.89\n专户资金\t0.00\t0.00\n单位资金\t0.00\t0.00\n",
    ),
    bad=(_BAD_TABLE, _FORM.replace("合计\t80", "合计\t90"), _YEARS.replace("小计\t250", "小计\t205")),
)
def column_totals(report: Report) -> Iterator[Result]:
    """Every number of a total row against the rows above (or below, where the total stands first)."""
    for table in (panel for whole in report.document.tables for panel in panels(whole)):
        for index, label in _labels(table):
            if is_total(label) or _GROUP_TOTAL.fullmatch(label):
                yield from _total_row(report, table, index)
            elif _SUBTOTAL.fullmatch(label):
                results = list(_subtotal_row(report, table, index))
                yield from results if _agreeing(results) * 2 > len(results) else ()
            elif (label in _WHOLES or _NAMED.fullmatch(label)) and index > table.head + 1:
                results = list(_total_row(report, table, index))
                # 全市 may be an average or a number of its own: it is a total where most columns add up.
                yield from results if _agreeing(results) * 2 > len(results) else ()


_NAMED = re.compile(r"[\u4e00-\u9fff0-9]{2,10}(?:合计|总计)")
_WHOLES = ("全市", "全县", "全区", "全省", "全州", "全年")


def _labels(table: Table) -> Iterator[tuple[int, str]]:
    for index, row in enumerate(table.rows):
        label = next((cell.label for cell in row if cell.text), "")
        if label:
            yield index, label


def _total_row(report: Report, table: Table, index: int) -> Iterator[Result]:
    best: list[Result] = []
    for rows in _parts_of(table, index):
        for totals in totals_of(report, table, index):
            results = [
                result
                for column, total in totals
                if (parts := column_facts(report, table, rows, column)) and len(parts) > 1
                for result in (_averaged if "平均" in table.headings[column] else _of_parts)(
                    _carried(report, table, column, parts, total), total
                )
            ]
            if not best or _agreeing(results) > _agreeing(best):
                best = results
    yield from best


def _subtotal_row(report: Report, table: Table, index: int) -> Iterator[Result]:
    """小计 against the rows since the subtotal or total before it."""
    labels = dict(_labels(table))
    before = [
        row
        for row in range(table.head, index)
        if _SUBTOTAL.fullmatch(labels.get(row, "")) or is_total(labels.get(row, ""))
    ]
    rows = [row for row in range(before[-1] + 1 if before else table.head, index) if labels.get(row)]
    rows = [row for row in rows if not _PART.fullmatch(labels[row])]
    for column, total in next(iter(totals_of(report, table, index)), []):
        parts = column_facts(report, table, rows, column)
        if len(parts) > 1 and "平均" not in table.headings[column]:
            yield compare(parts, total)


def _carried(report: Report, table: Table, column: int, parts: list[Fact], total: Fact) -> list[Fact]:
    """The parts, with the marks for the rate of spending where the form tells them in a table of its own above."""
    heading = table.headings[column]
    gap = total.base - sum((part.base for part in parts), Decimal(0))
    if not re.search("分值|得分|权重", heading) or gap <= 0:
        return parts
    for other in report.document.tables:
        if other.number == table.number and other is not table and heading in other.headings:
            above = column_facts(report, other, range(other.head, len(other.rows)), other.headings.index(heading))
            if len(above) == 1 and abs(gap - above[0].base) < gap:
                return [*above, *parts]
    return parts


def _of_parts(parts: Sequence[Fact], total: Fact) -> list[Result]:
    mean = sum((part.base for part in parts), Decimal(0)) / len(parts)
    is_mean = total.step < 1 and _as_part(total, parts[0]).meets(mean, mean)  # 全年 of marks given every quarter
    return [agrees(total, *parts) if is_mean else compare(parts, total)]


def _averaged(parts: Sequence[Fact], total: Fact) -> list[Result]:
    """Averages are rounded; a gap is told where one digit, or two in the other order, would close it."""
    gap = total.base - sum((part.base for part in parts), Decimal(0))
    slack = sum((part.step for part in (*parts, total)), Decimal(0)) / 2
    if abs(gap) <= slack:
        return [agrees(total, *parts)]
    slipped = [part for part in parts if any(_one_off(part.base, part.base + gap + move) for move in _moves(slack))]
    if not slipped and not any(_one_off(total.base, total.base - gap + move) for move in _moves(slack)):
        return []
    result = compare(parts, total)
    return [replace(result, verdict=Verdict.DOUBTFUL, confidence=75)] if result.found else []


def _moves(slack: Decimal) -> list[Decimal]:
    return [Decimal(step) / 100 for step in range(-int(slack * 100), int(slack * 100) + 1)]


def _one_off(left: Decimal, right: Decimal) -> bool:
    texts = [f"{value:.2f}" for value in (left, right)]
    return len(texts[0]) == len(texts[1]) and OSA.distance(*texts) == 1


def _agreeing(results: Sequence[Result]) -> int:
    return sum(1 for result in results if not result.found)


def _parts_of(table: Table, index: int) -> Iterator[list[int]]:
    """The rows a total row adds, as they may be meant: all but totals, subtotals' parts and 其中 rows."""
    labels = dict(_labels(table))
    under = parents(table)
    body = [row for row in range(table.head, len(table.rows)) if row != index and labels.get(row) and row not in under]
    totals = [row for row in body if is_total(labels[row]) or _GROUP_TOTAL.fullmatch(labels[row])]
    before = [row for row in totals if row < index]
    if totals:  # several: each adds the rows since the one before
        body = [row for row in body if (before[-1] if before else -1) < row < index and row not in totals]
    above = [row for row in body if row < index]
    if _is_heading(table, index - 1):  # a form of several tables: the total stands first in its own
        body = _below(table, index)
    elif len(above) > 1:
        body = above  # below a total stand remarks and averages
    # 总额, 其中：财政资金, 单位资金, 其他资金: the first of the parts carries the word
    first = body[0] if body and len(body) > 1 and body[0] == index + 1 else -1
    subtotals = [row for row in body if _SUBTOTAL.fullmatch(labels[row])]
    rows = [row for row in subtotals or body if not _PART.fullmatch(labels[row]) or row == first]
    if before and not is_total(labels[before[-1]]):  # 本年收入合计, then 年初结转, then 总计
        yield [before[-1], *rows]
        yield [before[-1], *(row for row in rows if not _STEP.match(labels[row]))]
        yield before
    yield rows


def _is_heading(table: Table, row: int) -> bool:
    """Whether a row below the first names columns anew."""
    cells = [cell for cell in table.rows[row] if cell.text.strip()] if row >= table.head else []
    return len(cells) > 1 and not any(cell.is_numeric for cell in cells)


def _below(table: Table, index: int) -> list[int]:
    """The rows from a total down to the next heading."""
    rows = range(index + 1, len(table.rows))
    end = next((row for row in rows if not any(cell.is_numeric for cell in table.rows[row])), len(table.rows))
    return list(range(index + 1, end))


def totals_of(report: Report, table: Table, index: int) -> Iterator[list[tuple[int, Fact]]]:
    """Columns of a total row's numbers: as they stand; moved under the numeric columns where cells were lost."""
    row = table.rows[index]
    stands = [(column, fact) for column, cell in enumerate(row) for fact in report.facts_at(cell.place)[:1] if column]
    stands = [(column, fact) for column, fact in stands if fact.value is not None and row[column].is_numeric]
    stands = [(column, fact) for column, fact in stands if fact.kind is not FactKind.PERCENT]
    yield [item for item in stands if not _NOT_ADDED.search(_without_average(table.headings[item[0]]))]
    numeric = [column for column in range(1, table.width) if _is_added(table, column, index)]
    if len(numeric) == len(stands) and numeric != [column for column, _ in stands]:
        yield [(column, fact) for column, (_, fact) in zip(numeric, stands, strict=True)]


def _without_average(heading: str) -> str:
    """Average scores of parts make the average of the whole, but for their rounding; other averages do not."""
    return heading.replace("平均", "") if re.search("平均(?:得分|计分值|分)", heading) else heading


def _is_added(table: Table, column: int, index: int) -> bool:
    if _NOT_ADDED.search(table.headings[column]):
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
    if total.kind not in ADDED or any(part.unit != total.unit for part in parts):
        total = _as_part(total, parts[0])
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


def _as_part(total: Fact, part: Fact) -> Fact:
    """A total that carries no unit has that of its parts."""
    return total if total.unit else replace(total, unit=part.unit, kind=part.kind)


def shown_sum(parts: Sequence[Fact], whole: Decimal) -> str:
    """The recomputation in words; a long one is cut short."""
    texts = [part.text for part in parts]
    shown = "+".join(texts) if len(texts) <= _FEW else f"{'+'.join(texts[:2])}+…+{texts[-1]}（共{len(texts)}项）"
    return f"{shown}={whole:f}"


@rule(
    "sum.row",
    group=Group.SUMS,
    title="表格合计列等于各列之和",
    good=(
        "决策（15分）\t过程（15分）\t产出（35分）\t综合得分\n15.00\t14.00\t35.00\t64.00\n",
        "指标\t决策\t过程\t合计\n分值\t20\t20\t40\n得分\t18\t15\t33\n得分率（%）\t90.00\t75.00\t82.50\n",
    ),
    bad=("决策（15分）\t过程（15分）\t产出（35分）\t综合得分\n15.00\t14.00\t34.00\t64.00\n",),
)
def row_totals(report: Report) -> Iterator[Result]:
    """A column headed 合计 or 综合得分 against the columns left of it."""
    for table in report.document.tables:
        headings = table.headings
        for column, heading in enumerate(headings):
            if column > 1 and is_total(heading) and not any(map(is_total, headings[:column])):
                yield from _total_column(report, table, column)


def _total_column(report: Report, table: Table, column: int) -> Iterator[Result]:
    numeric = [left for left in range(column) if not _NOT_ADDED.search(table.headings[left])]
    results: list[Result] = []
    for row in table.rows[table.head :]:
        if _NOT_ADDED.search(row[0].label) or row[column].text.strip().endswith("%"):
            continue  # a table whose rows are marks, scores and rates
        total = _number(report, row[column].place) if row[column].is_numeric else None
        parts = [fact for left in numeric if row[left].is_numeric and (fact := _number(report, row[left].place))]
        if total is not None and len(parts) > 1:
            results.append(compare(parts, total))
    wrong = len(results) - _agreeing(results)
    # Columns that hardly ever add up are no parts of this total.
    if wrong <= len(results) / 2 or len(results) == 1:
        yield from results


def _number(report: Report, place: object) -> Fact | None:
    facts = [fact for fact in report.facts_at(place) if fact.kind is not FactKind.ORDINAL]  # type: ignore[arg-type]
    return facts[0] if facts and facts[0].value is not None else None


@rule(
    "sum.columns",
    group=Group.SUMS,
    title="列与列的加减关系（多数行成立时查出不成立的行）",
    good=(
        "项目\t合同额\t已支付\t未支付\n甲\t100\t60\t40\n乙\t90\t50\t40\n丙\t80\t80\t0\n丁\t70\t30\t40\n戊\t60\t10\t50\n",
        "项目\t预算\t到位\t到位率\n甲\t466.89\t466.89\t100.00%\n乙\t310\t295\t95.16%\n丙\t90\t90\t100.00%\n"
        "丁\t640\t640\t100.00%\n戊\t56\t56\t100.00%\n己\t38\t38\t100.00%\n",
    ),
    bad=(
        "项目\t合同额\t已支付\t未支付\n甲\t100\t60\t40\n乙\t90\t50\t40\n丙\t80\t80\t0\n丁\t70\t30\t45\n戊\t60\t10\t50\n",
    ),
)
def column_relations(report: Report) -> Iterator[Result]:
    """Three columns of which one is the sum of the others in nearly every row."""
    for table in report.document.tables:
        columns = [column for column in range(1, table.width) if _is_added(table, column, -1)][:12]
        rows = [
            {
                column: fact
                for column in columns
                if row[column].is_numeric and (fact := _number(report, row[column].place))
            }
            for row in table.rows[table.head :]
        ]
        for whole in columns:
            for left, right in combinations([column for column in columns if column != whole], 2):
                own = [row for row in rows if {whole, left, right} <= row.keys()]
                yield from _relation([row for row in own if _one_kind(row, whole, left, right)], whole, left, right)


def _one_kind(row: dict[int, Fact], *columns: int) -> bool:
    """Money and a rate beside it add up to nothing, however small the rate is."""
    return len({row[column].text.strip().endswith("%") for column in columns}) == 1


def _relation(rows: list[dict[int, Fact]], whole: int, left: int, right: int) -> Iterator[Result]:
    telling = [row for row in rows if row[left].value and row[right].value]
    if len(telling) < 4:
        return
    # Where one part is nothing the others must be equal: else the rest of the rows agrees by chance.
    results: list[Result] = []
    wrong, most = 0, max(1, len(rows) // 5)
    for row in rows:
        results.append(compare([row[left], row[right]], row[whole]))
        wrong += bool(results[-1].found)
        if wrong > most:
            return
    yield from results
