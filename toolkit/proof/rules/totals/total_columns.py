"""合计 columns of tables against the columns left of them, and columns that add up in nearly every row."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.sums import NOT_ADDED, adds_gaps, adds_up, agreeing, compare, is_added, is_total


@rule(
    "sum.row",
    group=Group.SUMS,
    title="表格合计列等于各列之和",
    good=(
        "决策（15分）\t过程（15分）\t产出（35分）\t综合得分\n15.00\t14.00\t35.00\t64.00\n",
        "指标\t决策\t过程\t合计\n分值\t20\t20\t40\n得分\t18\t15\t33\n得分率（%）\t90.00\t75.00\t82.50\n",
        "项目\t目标合理性\t预算执行率\t到位达标\t终验时限\t总分\n甲\t\t18.67\t\t\t98.67\n乙\t0.00\t18.36\t0.00\t\t68.36\n",
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
    numeric = [left for left in range(column) if not NOT_ADDED.search(table.headings[left])]
    results: list[Result] = []
    whole = True
    for row in table.rows[table.head :]:
        if NOT_ADDED.search(row[0].label) or row[column].text.strip().endswith("%"):
            continue  # a table whose rows are marks, scores and rates
        total = _number(report, row[column].place) if row[column].is_numeric else None
        parts = [fact for left in numeric if row[left].is_numeric and (fact := _number(report, row[left].place))]
        if total is not None and len(parts) > 1:
            results.append(compare(parts, total))
            whole = whole and not _has_gaps(row, numeric, column)
    wrong = len(results) - agreeing(results)
    # Columns that hardly ever add up are no parts of this total; nor are those of one row some of which are left out.
    if wrong <= len(results) / 2 or (len(results) == 1 and whole):
        yield from results


def _has_gaps(row: Sequence[Cell], numeric: Sequence[int], column: int) -> bool:
    """Whether something left of a total is blank, or a number that is not added: a heat map leaves full marks out."""
    blank = any(not row[left].text.strip() for left in range(1, column))
    return blank or any(row[left].is_numeric for left in range(1, column) if left not in numeric)


def _number(report: Report, place: Place) -> Fact | None:
    facts = [fact for fact in report.facts_at(place) if fact.kind is not FactKind.ORDINAL]
    return facts[0] if facts and facts[0].value is not None else None


_TAKEN_OFF = "".join(
    f"B1{number:02}\t1\t{own}.00\t{own - off}.00\t{off}.00\t{int(not off)}\n"
    for number, (own, off) in enumerate(
        [(number % 5 + 2, 0) for number in range(24)] + [(6, 6), (3, 3), (4, 4), (9, 5)]
    )
)
"""What units gave themselves and what was left of it: where nothing was taken off, other columns agree by chance."""


@rule(
    "sum.columns",
    group=Group.SUMS,
    title="列与列的加减关系（多数行成立时查出不成立的行）",
    good=(
        "项目\t合同额\t已支付\t未支付\n甲\t100\t60\t40\n乙\t90\t50\t40\n丙\t80\t80\t0\n丁\t70\t30\t40\n戊\t60\t10\t50\n",
        "项目\t预算\t到位\t到位率\n甲\t466.89\t466.89\t100.00%\n乙\t310\t295\t95.16%\n丙\t90\t90\t100.00%\n"
        "丁\t640\t640\t100.00%\n戊\t56\t56\t100.00%\n己\t38\t38\t100.00%\n",
        f"编号\t自评项数\t自评分\t复核分\t差额\t自评满分\n{_TAKEN_OFF}",
        "月份\t服务费\t扣减\t实付\n1月\t100\t2\t98\n2月\t100\t5\t95\n3月\t100\t1\t99\n4月\t100\t3\t97\n5月\t100\t0\t—\n合计\t500\t11\t389\n",
    ),
    bad=(
        "项目\t合同额\t已支付\t未支付\n甲\t100\t60\t40\n乙\t90\t50\t40\n丙\t80\t80\t0\n丁\t70\t30\t45\n戊\t60\t10\t50\n",
    ),
)
def column_relations(report: Report) -> Iterator[Result]:
    """Three columns of which one is the sum of the others in nearly every row."""
    for table in report.document.tables:
        columns = [column for column in range(1, table.width) if is_added(table, column, -1)][:12]
        rows = [
            {
                column: fact
                for column in columns
                if row[column].is_numeric and (fact := _number(report, row[column].place))
            }
            for row in table.rows[table.head :]
        ]
        kinds = [{column: fact.text.strip().endswith("%") for column, fact in row.items()} for row in rows]
        for whole in columns:
            for left, right in combinations([column for column in columns if column != whole], 2):
                own = [row for row, kind in zip(rows, kinds, strict=True) if _one_kind(kind, whole, left, right)]
                found = _relation(own, whole, left, right)
                yield from (result for result in found if not (result.found and adds_gaps(table, result.facts)))


def _one_kind(kind: dict[int, bool], whole: int, left: int, right: int) -> bool:
    """Money and a rate beside it add up to nothing, however small the rate is. ``kind``: of a row, which are rates."""
    return whole in kind and left in kind and right in kind and kind[whole] == kind[left] == kind[right]


def _relation(rows: list[dict[int, Fact]], whole: int, left: int, right: int) -> Iterator[Result]:
    told = [bool(row[left].value and row[right].value) for row in rows]
    if sum(told) < 4:
        return
    # Where one part is nothing the others must be equal: else the rest of the rows agrees by chance.
    wrong, most, agreeing = 0, max(1, len(rows) // 5), 0
    for row, is_telling in zip(rows, told, strict=True):
        fits = adds_up([row[left], row[right]], row[whole])
        wrong += not fits
        agreeing += fits and is_telling
        if wrong > most:
            return
    if agreeing * 2 <= sum(told):
        return
    yield from (compare([row[left], row[right]], row[whole]) for row in rows)
