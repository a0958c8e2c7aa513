"""Columns of a table that follow from two others in every row but one: products, ratios, differences, runs of parts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations
from typing import TypeAlias

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import bound_of, number_of
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.sums import adds_gaps
from toolkit.proof.trials import Trial, ratio, slack, slipped
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

_WIDEST = 14
_ROWS = 3
_HUNDREDTH = 100
_SERIAL = Pattern("序号|排名|名次|编号|年份|年度$|期限|^年$")
_PERIOD = Pattern("[0-9]{1,4}(?:年|月|月份|季度|日)")
"""11月 names a row, and is no number of months."""
_Row = dict[int, Fact]
_Tried = tuple[Fact, Trial, bool]
"""A number, what it should be, whether it is."""
_Way = tuple[frozenset[int], list[_Tried]]
"""Three columns, and what one of them is in each row by the others."""
_Span: TypeAlias = tuple[Decimal, Decimal, Decimal]
"""Between what two bounds a number is due to lie, and what it is due to be, in the base unit."""
_Known = dict[tuple["_Reckoning", int, int], _Span | None]
"""What two facts of a table give, by the way they are reckoned with; every other column is tried against it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reckoning:
    """How a column may follow from two others.

    Attributes:
        span: of two facts; None where they cannot be reckoned with.
        working: the same in words.
        either: their order does not matter.
    """

    span: Callable[[Fact, Fact], _Span | None]
    working: Callable[[Fact, Fact], str]
    either: bool = False

    def trial(self, left: Fact, right: Fact, span: _Span) -> Trial:
        """What a finding says of it."""
        return Trial(*span, (left, right), self.working(left, right))


def _product(left: Fact, right: Fact) -> _Span:
    return _times(left, right, Decimal(1))


def _yearly(left: Fact, right: Fact) -> _Span:
    return _times(left, right, Decimal(12))


def _times(left: Fact, right: Fact, times: Decimal) -> _Span:
    due = left.base * right.base * times
    off = (slack((left,)) * abs(right.base) + slack((right,)) * abs(left.base)) * times
    return due - off, due + off, due


def _difference(left: Fact, right: Fact) -> _Span | None:
    if not same_unit(left, right):
        return None
    due, off = left.base - right.base, slack((left, right))
    return due - off, due + off, due


def _rest(left: Fact, right: Fact) -> _Span | None:
    span = ratio(left, right) if same_unit(left, right) else None
    if span is None or (due := abs(1 - span[2])) > 1:
        return None
    low, high = sorted((abs(1 - span[1]), abs(1 - span[0])))
    return (Decimal(0) if span[0] <= 1 <= span[1] else low), high, due


def _capped(left: Fact, right: Fact) -> _Span | None:
    """A mark times a rate of completion of at most one: what is reached beyond the target wins nothing more."""
    if left.kind is not FactKind.SCORE or right.kind is not FactKind.PERCENT:
        return None
    due = left.base * min(right.base, Decimal(1))
    off = left.base * slack((right,)) if right.base < 1 else Decimal(0)
    return due - off, due + off, due


_BY_DIFFERENCE = _Reckoning(_difference, lambda left, right: f"{said(left)}-{said(right)}")
_BY_RATIO = _Reckoning(ratio, lambda left, right: f"{said(left)}÷{said(right)}")
_BY_PRODUCT = _Reckoning(_product, lambda left, right: f"{said(left)}×{said(right)}", either=True)
_BY_REST = _Reckoning(_rest, lambda left, right: f"1-{said(left)}÷{said(right)}")
_BY_YEAR = _Reckoning(_yearly, lambda left, right: f"{said(left)}×{said(right)}×12", either=True)
_BY_MARK = _Reckoning(_capped, lambda left, right: f"{said(left)}×{said(right)}")
_WAYS = (_BY_DIFFERENCE, _BY_RATIO, _BY_PRODUCT, _BY_REST, _BY_YEAR, _BY_MARK)


@rule(
    "column.reckoned",
    group=Group.SUMS,
    title="各行中一列等于另两列相减、相除、相乘",
    good=(
        "费用\t合同价\t审定价\t核减率\n软件\t1,568.00\t1,541.20\t1.71%\n迁移\t286.00\t279.40\t2.31%\n集成\t158.00\t156.30\t1.08%\n监理\t58.40\t58.40\t0.00%\n",
        "地区\t执行率\t支持项目（个）\t完成项目（个）\n甲市\t95.70%\t31\t30\n乙市\t94.00%\t28\t26\n丙市\t91.00%\t36\t33\n丁市\t96.53%\t22\t22\n戊市\t89.00%\t19\t17\n己市\t98.00%\t15\t15\n",
        "对象\t人数（人）\t每月时长（小时）\t全年时长（小时）\n特困\t386\t8\t37,056\n低保\t1,240\t4\t59,520\n失能\t646\t6\t46,512\n高龄\t2,500\t2\t60,000\n",
        "领域\t项目数\t优\t良\t中\t差\t优良率\n教育\t5\t3\t2\t0\t0\t100.00%\n农林\t7\t3\t2\t2\t0\t71.43%\n卫生\t5\t1\t2\t2\t0\t60.00%\n文旅\t4\t1\t2\t1\t0\t75.00%\n科技\t4\t0\t2\t2\t0\t50.00%\n环保\t3\t1\t0\t2\t0\t33.33%\n交通\t3\t0\t2\t0\t1\t66.67%\n合计\t31\t9\t12\t9\t1\t67.74%\n",
        "项目\t2022年\t2023年\t增减率\n拨款\t4,120.00\t4,532.00\t10.00%\n事业\t150.00\t138.00\t-8.00%\n其他\t25.00\t30.00\t20.00%\n支出\t1,880.00\t1,974.00\t5.00%\n",
        "合同\t首付款\t验收款\t质保金\n甲\t253.80\t211.50\t42.30\n乙\t345.60\t0.00\t57.60\n丙\t136.80\t114.00\t22.80\n丁\t45.60\t38.00\t7.60\n戊\t34.20\t0.00\t5.70\n合计\t816.00\t363.50\t136.00\n",
        "三级指标\t分值\t平均计分值\t平均得分\t得分率\n到位\t2.00\t2.01\t1.99\t99.00%\n执行\t4.00\t4.03\t2.89\t71.71%\n付款\t2.00\t2.01\t1.96\t97.51%\n合规\t3.00\t3.02\t2.98\t98.68%\n制度\t2.00\t2.01\t1.88\t93.53%\n采购\t2.00\t2.01\t1.48\t73.63%\n归档\t2.00\t2.01\t1.60\t79.60%\n变更\t2.00\t2.01\t1.55\t77.11%\n",
    ),
    bad=(
        "县\t2023年\t2024年\t增长率\n甲\t68.42\t74.15\t8.4%\n乙\t142.60\t161.83\t13.5%\n丙\t27.84\t26.10\t6.3%\n丁\t19.66\t21.08\t7.2%\n戊\t12.05\t13.34\t10.7%\n己\t6.38\t6.02\t-5.6%\n",
        "年度\t问题金额\t已整改\t整改率\n2021年\t3,215.40\t2,816.20\t85.78%\n2022年\t7,468.90\t6,290.35\t84.22%\n2023年\t12,252.49\t9,660.79\t78.85%\n",
        "病种\t目标值\t完成值\t差值（百分点）\n建档\t≥90%\t92.4%\t2.4\n高血压\t≥64%\t68.1%\t1.4\n糖尿病\t≥64%\t61.5%\t-2.5\n接种\t≥95%\t97.2%\t2.2\n肺结核\t≥90%\t91.3%\t1.3\n",
        "对象\t人数（人）\t每月时长（小时）\t全年时长（小时）\n特困\t386\t8\t37,056\n低保\t1,240\t4\t59,250\n失能\t646\t6\t46,512\n高龄\t2,500\t2\t60,000\n",
        "工程\t设计量\t完成量\t差额\n渠道\t86.40\t82.08\t-4.32\n机井\t142\t142\t0\n管道\t213.50\t206.03\t-7.74\n道路\t97.80\t92.91\t-4.89\n线路\t35.60\t35.10\t-0.50\n",
    ),
)
def reckoned(report: Report) -> Iterator[Result]:
    """Every column against all pairs of others: three rows must obey, and at most one in four may not."""
    for table in report.document.tables:
        rows = [found for row in body_rows(table) if len(found := _numbers(report, table, row)) > 2]
        for own in (rows, _turned_rows(table, rows)):
            columns = sorted({column for row in own for column in row})
            if len(own) >= _ROWS and 2 < len(columns) <= _WIDEST:
                told = _related(own, columns)
                yield from (result for result in told if not (result.found and adds_gaps(table, result.facts)))


_MEASURED = Pattern("率|得分|分值|扣分|失分|使用|支出|到位|结余|缺口")


def _turned_rows(table: Table, rows: Sequence[_Row]) -> list[_Row]:
    """The columns as rows, of a table whose rows are measures: 发行额, 已使用, 未使用, 使用率."""
    labels = [row[0].label for row in table.rows[table.head :]]
    if not any(map(_MEASURED.search, labels)) or any(map(_MEASURED.search, table.headings[1:])):
        return []
    found: dict[int, _Row] = {}
    for at, row in enumerate(rows):
        for column, fact in row.items():
            found.setdefault(column, {})[at] = fact
    return list(found.values())


def _related(rows: Sequence[_Row], columns: Sequence[int]) -> Iterator[Result]:
    """What the ways in which columns hang together say; of two that share two columns the one that holds better."""
    known: _Known = {}
    found = [way for target in columns for way in _ways(rows, target, [at for at in columns if at != target], known)]
    for way in found:
        mine = _wrong(way)
        better = mine and any(_wrong(other) < mine and _alike(rows, way[0], other[0]) for other in found)
        off = [fact for fact, _, fits in way[1] if not fits]
        if not better and not (off and all(_is_share_of_two(rows, fact) for fact in off)):
            yield from (_told(fact, trial, fits=fits) for fact, trial, fits in way[1])


def _is_share_of_two(rows: Sequence[_Row], fact: Fact) -> bool:
    """Whether two counts of its row together make the rate of a third: 优良率, which 1-中÷总数 is only without 差."""
    row = next((row for row in rows if fact in row.values()), {})
    counts = [other.base for other in row.values() if other.kind is FactKind.COUNT]
    pairs = combinations(counts, 2) if fact.kind is FactKind.PERCENT else ()
    return any(
        fact.meets((one + other) / whole, (one + other) / whole) for one, other in pairs for whole in counts if whole
    )


def _alike(rows: Sequence[_Row], left: frozenset[int], right: frozenset[int]) -> bool:
    """Whether two ways differ in one column, and hardly there: 安排 and 到位 are the same in most rows.

    So are 分值 and the 平均计分值 of marks made whole, 2.00 and 2.01: both ratios meet what is printed of small marks.
    """
    if len(left & right) != 2:
        return False
    (one,), (other,) = left - right, right - left
    both = [row for row in rows if {one, other} <= row.keys()]
    return sum(_hardly_differ(row[one].base, row[other].base) for row in both) * 2 > len(both)


def _hardly_differ(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) * _HUNDREDTH <= max(abs(left), abs(right))


def _wrong(way: _Way) -> int:
    return sum(not fits for _, _, fits in way[1])


def _ways(rows: Sequence[_Row], target: int, others: Sequence[int], known: _Known) -> Iterator[_Way]:
    own = [row for row in rows if target in row]
    known_rows: dict[tuple[int, int], tuple[list[_Row], list[_Row]]] = {}
    for left, right in combinations(others, 2):
        full = [row for row in own if left in row and right in row]
        telling = [row for row in full if row[left].value and row[right].value]
        known_rows[left, right] = known_rows[right, left] = full, telling
    for left, right in permutations(others, 2):
        full, telling = known_rows[left, right]
        if len(telling) < _ROWS:
            continue
        for reckon in _WAYS:
            if (reckon.either and left > right) or (reckon in _FACTORS and not _is_factor(telling, left, right)):
                continue
            # A difference holds where nothing was taken away, too, and of nothing all is left; rows of zeros only say
            # nothing of ratios.
            rows_told = full if reckon is _BY_DIFFERENCE else telling
            rows_told = [row for row in full if row[right].value] if reckon is _BY_REST else rows_told
            if tried := _tried(rows_told, (target, left, right), reckon, known):
                yield frozenset({target, left, right}), tried


_FACTORS = (_BY_PRODUCT, _BY_YEAR)


def _is_factor(rows: Sequence[_Row], left: int, right: int) -> bool:
    """Money times money is nothing."""
    return any(rows[0][column].kind is not FactKind.MONEY for column in (left, right))


def _span(reckon: _Reckoning, left: Fact, right: Fact, known: _Known) -> _Span | None:
    key = (reckon, id(left), id(right))
    if key not in known:
        known[key] = reckon.span(left, right)
    return known[key]


def _tried(rows: Sequence[_Row], columns: tuple[int, int, int], reckon: _Reckoning, known: _Known) -> list[_Tried]:
    """Fact, trial and whether they meet, of each row; none where more than a quarter of the rows contradict."""
    target, left, right = columns
    done: list[tuple[Fact, _Span, bool]] = []
    wrong, most = 0, max(1, len(rows) // 4)
    signed = reckon is _BY_REST and any(row[target].base < 0 for row in rows)
    for row in rows:
        if not _can_be(row[target], row[left], row[right], reckon):
            return []
        span = _span(reckon, row[left], row[right], known)
        if span is None:
            return []
        fits = _meets(row[target], span, row[left], row[right], reckon, signed=signed)
        fits = fits or _turned(row[target], row[left], row[right], reckon, known)
        wrong += not fits
        if wrong > most:
            return []
        done.append((row[target], span, fits))
    told_apart = {
        (item.value, span[2])
        for (item, span, fits), row in zip(done, rows, strict=True)
        if fits and item.value and _is_telling(item, (row[left], row[right]), reckon)
    }
    fewest = max(_ROWS, 2 * wrong + 1) - (not wrong or _is_slip_of_rate(done, reckon))
    if len(told_apart) < _ROWS - 1 or len(done) - wrong < fewest:
        return []
    return [
        (item, reckon.trial(row[left], row[right], span), fits)
        for (item, span, fits), row in zip(done, rows, strict=True)
    ]


def _is_slip_of_rate(done: Sequence[tuple[Fact, _Span, bool]], reckon: _Reckoning) -> bool:
    """Whether the one rate of a short table that does not follow is a digit off: 85.78% beside 84.22% and 78.85%."""
    off = [(fact, span) for fact, span, fits in done if not fits]
    exact = all(fact.kind is FactKind.PERCENT and fact.step < 1 for fact, _, _ in done)
    return reckon is _BY_RATIO and exact and len(off) == 1 and slipped(off[0][0], off[0][1][2])


def _can_be(target: Fact, left: Fact, right: Fact, reckon: _Reckoning) -> bool:
    """Whether a number can follow from two others in this way, by what it counts.

    Two rates are so many points apart. A few things times a rate make as few things by chance; the rate is tried as
    a quotient of both.
    """
    if reckon is _BY_DIFFERENCE:
        in_points = target.kind is FactKind.POINTS and left.kind is FactKind.PERCENT
        return in_points or same_unit(target, left)
    by_rate = {left.kind, right.kind} == {FactKind.COUNT, FactKind.PERCENT}
    return not (reckon in (_BY_PRODUCT, _BY_RATIO) and by_rate and target.kind is FactKind.COUNT and target.step >= 1)


def _meets(fact: Fact, span: _Span, left: Fact, right: Fact, reckon: _Reckoning, *, signed: bool) -> bool:
    """A fall is printed as -8.00% or, under 降幅, as 8.00%; where one of a column has a sign, all have."""
    if signed and fact.base > 0 and left.base < right.base:
        return False
    if reckon is _BY_REST and fact.base < 0:
        return fact.meets(-span[1], -span[0]) and left.base < right.base
    return fact.meets(span[0], span[1])


def _is_telling(fact: Fact, parts: tuple[Fact, Fact], reckon: _Reckoning) -> bool:
    """Whether a row that fits says anything: times one, or less nothing, fits whatever it is."""
    if reckon is _BY_DIFFERENCE:
        return all(fact.base != part.base for part in parts)
    return all(part.base not in (0, 1) for part in parts) and fact.base not in (0, 1)


def _turned(target: Fact, left: Fact, right: Fact, reckon: _Reckoning, known: _Known) -> bool:
    """Whether a factor can have been rounded: 18,260×2,664 where 2,664 is an average."""
    if reckon is _BY_PRODUCT:
        return _divides(target, left, right, known) or _divides(target, right, left, known)
    counted = target.kind is FactKind.PERCENT and right.kind is FactKind.COUNT and right.step >= 1
    return reckon is _BY_RATIO and not counted and _divides(left, target, right, known)


def _divides(part: Fact, whole: Fact, printed: Fact, known: _Known) -> bool:
    span = _span(_BY_RATIO, part, whole, known)
    return span is not None and printed.meets(span[0], span[1])


def _told(fact: Fact, trial: Trial, *, fits: bool) -> Result:
    if fits:
        return agrees(fact, *trial.facts)
    value = trial.due / fact.scale
    right = f"{plain(round(value, max(0, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    return differs(
        fact.place, said(fact), right, f"写{said(fact)}，同一行{trial.working}={right}", facts=(fact, *trial.facts),
        working=f"{trial.working}={right}", related=tuple(other.place for other in trial.facts), confidence=85,
    )  # fmt: skip


def _told_bound(report: Report, cell: Cell) -> Fact | None:
    """≥64%: what is reached may be taken from it."""
    bound = bound_of(report, cell)
    return replace(bound, hedge=Hedge.EXACT) if bound else None


def _numbers(report: Report, table: Table, row: Sequence[Cell]) -> _Row:
    found: _Row = {}
    for column, cell in enumerate(row):
        fact = number_of(report, cell)
        fact = fact or _told_bound(report, cell)
        if fact is None or fact.value is None or not fact.exact or fact.kind is FactKind.ORDINAL:
            continue
        if not _SERIAL.search(table.headings[column]) and not _PERIOD.fullmatch(cell.text.strip()):
            found[column] = fact if fact.unit or fact.kind is not FactKind.PERCENT else replace(fact, unit="%")
    return found
