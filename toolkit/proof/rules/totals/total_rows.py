"""合计 rows of tables against the rows that they add up: above or below, by group, by subtotal."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, Verdict, agrees, rule
from toolkit.proof.document import Table
from toolkit.proof.evidence import is_slip
from toolkit.proof.facts import Fact
from toolkit.proof.panels import panels, parents
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.rules.totals.sums import (
    NOT_ADDED,
    adds_up,
    agreeing,
    as_part,
    column_facts,
    compare,
    is_total,
    totals_of,
)
from toolkit.text.patterns import Pattern

_SUBTOTAL = Pattern(r".{0,8}小计")
_GROUP_TOTAL = Pattern(r"[\u4e00-\u9fff]{2,8}合计")
_STEP = Pattern(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、]")
_PART = Pattern(r"其中.*|其他说明.*|备注.*")

_GOOD_TABLE = (
    "表1 得分情况\n一级指标\t分值\t得分\n决策\t18\t15\n过程\t20\t18\n产出\t27\t26\n效益\t35\t35\n合计\t100\t94\n"
)
_FORM = "名称\t预算\t到位\n甲\t100\t80\n乙\t0\t0\n子项名称\t预算数\t实际数\n合计\t80\t80\n平台\t50\t50\n系统\t30\t30\n"
_YEARS = (
    "类别\t2022年\t2023年\t合计\n养护\t100\t90\t190\n检测\t150\t140\t290\n小计\t250\t230\t480\n"
    "大修\t80\t70\t150\n抢险\t20\t30\t50\n小计\t100\t100\t200\n合计\t350\t330\t680\n"
)
_SPENT = "支出类别\t金额\n基本支出\t90\n其中：工资\t60\n公用经费\t18\n补助\t12\n项目支出\t30\n合计\t120\n"
_BAD_TABLE = _GOOD_TABLE.replace("合计\t100", "合计\t94")


@rule(
    "sum.column",
    group=Group.SUMS,
    title="表格合计行等于各行之和",
    good=(
        _GOOD_TABLE,
        _SPENT,
        _FORM,
        "类别\t明细\t决算\n基本支出\t人员\t50\n基本支出\t公用\t10\n基本支出\t小计\t60\n项目支出\t康复\t30\n项目支出\t托养\t20\n项目支出\t小计\t50\n合计\t\t110\n",
        "资金\t预算\t执行\t分值\t得分\n总额\t100\t98\t10\t9.75\n其中：基本\t40\t39\t—\t—\n一级\t二级\t三级\t实际\t分值\t得分\n产出\t数量\t人数\t3,518人\t40\t40\n产出\t质量\t服务率\t97%\t30\t30\n效益\t社会\t就业\t407人\t20\t18\n总分\t\t\t\t100\t97.75\n",
        "项目\t数值\n预算\t2,450.00\n合同\t2,357.00\n综合得分\t85.3\n",
        _YEARS,
        "资金\t预算数\t执行数\n总额\t238.93\t251.89\n其中：财政资金\t238.93\t251.89\n专户资金\t0.00\t0.00\n单位资金\t0.00\t0.00\n",
    ),
    bad=(
        _BAD_TABLE,
        _SPENT.replace("合计\t120", "合计\t210"),
        _FORM.replace("合计\t80", "合计\t90"),
        _YEARS.replace("小计\t250", "小计\t205"),
    ),
)
def column_totals(report: Report) -> Iterator[Result]:
    """Every number of a total row against the rows above (or below, where the total stands first)."""
    for table in (panel for whole in report.document.tables for panel in panels(whole)):
        for index, label in _labels(table):
            if is_total(label) or _GROUP_TOTAL.fullmatch(label):
                yield from _total_row(report, table, index)
            elif _SUBTOTAL.fullmatch(label):
                results = list(_subtotal_row(report, table, index))
                yield from results if agreeing(results) * 2 > len(results) else ()
            elif (label in _WHOLES or _NAMED.fullmatch(label)) and index > table.head + 1:
                results = list(_total_row(report, table, index))
                # 全市 may be an average or a number of its own: it is a total where most columns add up.
                yield from results if agreeing(results) * 2 > len(results) else ()


_NAMED = Pattern(r"[\u4e00-\u9fff0-9]{2,10}(?:合计|总计)")
_WHOLES = ("全市", "全县", "全区", "全省", "全州", "全年")


def _labels(table: Table) -> Iterator[tuple[int, str]]:
    """The first words of every row; where the name of a group is told again in it (基本支出｜小计), what it is of it."""
    for index, row in enumerate(table.rows):
        words = [cell.label for cell in takewhile(lambda cell: not cell.is_numeric, row) if cell.text]
        label = first_words(row)
        if label:
            yield index, words[1] if len(words) > 1 and _SUBTOTAL.fullmatch(words[1]) else label


def _total_row(report: Report, table: Table, index: int) -> Iterator[Result]:
    best: list[Result] = []
    ways = list(_parts_of(table, index))
    under = _under_parents(report, table)
    ways += [[row for row in rows if row not in under] for rows in ways if not under.isdisjoint(rows)]
    for rows in ways:
        for totals in totals_of(report, table, index):
            results = [
                result
                for column, total in totals
                if (parts := column_facts(report, table, rows, column)) and len(parts) > 1
                for result in (_averaged if "平均" in table.headings[column] else _of_parts)(
                    _carried(report, table, column, parts, total), total
                )
            ]
            if not best or agreeing(results) > agreeing(best):
                best = results
    yield from (_in_column(result, table) for result in best if not (result.found and _adds_nothing(*result.facts)))


def _adds_nothing(total: Fact, *parts: Fact) -> bool:
    """Whether two of the numbers above are each larger than it: 综合得分 below a budget and a contract is no sum."""
    whole = sum((part.base for part in parts), Decimal(0))
    larger = [part for part in parts if part.base > total.base > 0]
    return len(larger) > 1 and not is_slip(total.base, whole, total.step * total.scale)


def _in_column(result: Result, table: Table) -> Result:
    """The same with the heading of its column, so that a reader finds it."""
    heading = table.headings[result.place.column - 1] if 0 < result.place.column <= table.width else ""
    short = 0 < len(heading) <= _HEADING and bool(result.message)
    return replace(result, message=f"“{heading}”列：{result.message}（{result.working}）") if short else result


_HEADING = 20


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
        beside = other.number == table.number or other.place.block + 1 == table.place.block
        if beside and other is not table and heading in other.headings:
            above = column_facts(report, other, range(other.head, len(other.rows)), other.headings.index(heading))
            if len(above) == 1 and abs(gap - above[0].base) < gap:
                return [*above, *parts]
    return parts


def _of_parts(parts: Sequence[Fact], total: Fact) -> list[Result]:
    mean = sum((part.base for part in parts), Decimal(0)) / len(parts)
    is_mean = total.step < 1 and as_part(total, parts[0]).meets(mean, mean)  # 全年 of marks given every quarter
    return [agrees(total, *parts) if is_mean else compare(parts, total)]


def _averaged(parts: Sequence[Fact], total: Fact) -> list[Result]:
    """Averages are rounded; a gap is told where one digit, or two in the other order, would close it."""
    gap = total.base - sum((part.base for part in parts), Decimal(0))
    slack = sum((part.step for part in (*parts, total)), Decimal(0)) / 2
    if abs(gap) <= slack:
        return [agrees(total, *parts)]
    if slack > _MOST_SLACK:
        return []
    slipped = [part for part in parts if any(_one_off(part.base, part.base + gap + move) for move in _moves(slack))]
    if not slipped and not any(_one_off(total.base, total.base - gap + move) for move in _moves(slack)):
        return []
    result = compare(parts, total)
    return [replace(result, verdict=Verdict.DOUBTFUL, confidence=75)] if result.found else []


_MOST_SLACK = 1
"""Where rounding may make more of a difference, some slip of one digit closes any gap."""


def _moves(slack: Decimal) -> list[Decimal]:
    return [Decimal(step) / 100 for step in range(-int(slack * 100), int(slack * 100) + 1)]


def _one_off(left: Decimal, right: Decimal) -> bool:
    texts = [f"{value:.2f}" for value in (left, right)]
    return len(texts[0]) == len(texts[1]) and OSA.distance(*texts) == 1


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
    heads = [row for row in rows if _STEP.match(labels[row])]
    if len(heads) > 1 and rows[:1] == heads[:1] and len(heads) < len(rows):
        yield heads  # 一、基本支出, its parts, 二、项目支出, its parts
    if before and not is_total(labels[before[-1]]):  # 本年收入合计, then 年初结转, then 总计
        yield [before[-1], *rows]
        yield [before[-1], *(row for row in rows if not _STEP.match(labels[row]))]
        yield before
    yield rows


def _under_parents(report: Report, table: Table) -> set[int]:
    """The rows from a 其中 on that make the row above it: 基本支出, 其中：工资, 公用经费, 补助."""
    labels = dict(_labels(table))
    found: set[int] = set()
    for start in (row for row in labels if row > table.head and _PART.fullmatch(labels[row])):
        ends = (end for end in range(start + 1, len(table.rows)) if _makes(report, table, start, end))
        found.update(range(start, next(ends, start) + 1))
    return found


def _makes(report: Report, table: Table, start: int, end: int) -> bool:
    """Whether some rows add up to the row above them in the first column of amounts."""
    for column in range(1, table.width):
        parts = column_facts(report, table, range(start, end + 1), column)
        above = column_facts(report, table, [start - 1], column)
        if above and len(parts) > 1 and not NOT_ADDED.search(table.headings[column]):
            return adds_up(parts, above[0])
    return False


def _is_heading(table: Table, row: int) -> bool:
    """Whether a row below the first names columns anew."""
    cells = [cell for cell in table.rows[row] if cell.text.strip()] if row >= table.head else []
    return len(cells) > 1 and not any(cell.is_numeric for cell in cells)


def _below(table: Table, index: int) -> list[int]:
    """The rows from a total down to the next heading."""
    rows = range(index + 1, len(table.rows))
    end = next((row for row in rows if not any(cell.is_numeric for cell in table.rows[row])), len(table.rows))
    return list(range(index + 1, end))
