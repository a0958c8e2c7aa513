"""What prose says of one line of a table beside another, or beside the mean: more, less, the first and the last."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Say, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import Column, columns_of, names_in
from toolkit.proof.lines import GROUPS, Line, as_printed, close, lines_of, lines_of_table, unlike
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, is_repeated, slipped, spots, spots_with
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TABLE = "季度\t受理（件）\t办结（件）\t得分\n一季度\t156,200\t148,390\t91.6\n二季度\t168,400\t163,348\t88.2\n三季度\t182,600\t178,948\t84.5\n四季度\t192,800\t189,908\t80.9\n"
_BESIDE = Pattern(
    r"(?:比|较)(?:最[高低多少大小长短]的)?(?P<name>[\u4e00-\u9fffA-Z0-9]{2,14}?)(?:的)?(?P<way>多|少|高|低|增加|减少|高出|多出|提高|下降|降低|增长)(?:了)?$"
)
_MEAN = Pattern("(?:全[市县区省年部])?(?:总体|整体)?平均(?:得?分|水平|值|数)?")
_RATES = (FactKind.PERCENT, FactKind.POINTS)
_LEAST = 3


@dataclass(frozen=True, slots=True)
class _Gap:
    """Two numbers of one column, and what they are apart in the unit of the number told."""

    heading: str
    left: Fact
    right: Fact
    due: Decimal


@rule(
    "line.beside",
    group=Group.SUMS,
    title="甲比乙多多少与表中两行相差的数相符",
    good=(
        "年度\t利用率（%）\n2022年\t38.6\n2023年\t42.3\n2024年\t49.6\n\n平均利用率49.6%，比2023年提高7.3个百分点，比2022年提高11.0个百分点。",
        f"{_TABLE}\n\n四季度受理量比一季度多36,600件。四季度得分比一季度低10.7分，比平均分低5.4分。",
    ),
    bad=(
        f"{_TABLE}\n\n四季度受理量比一季度多33,600件。",
        f"{_TABLE}\n\n考核得分80.9分，比全年平均低4.5分。",
        f"{_TABLE}\n\n四季度得分比一季度低11.7分。",
        f"{_TABLE}\n\n四季度得分比一季度低10.7分，比平均分低4.5分。",
    ),
)
def beside(report: Report) -> Iterator[Result]:
    """A name, 比 and another name or the mean: the gap between both under one heading."""
    for spot in spots(report) if lines_of(report) else ():
        match = _BESIDE.search(spot.clause) if spot.fact.value else None
        if match is None or spot.fact.kind is FactKind.PERCENT:
            continue
        for left in _names_before(report, spot):
            gaps = [gap for gap in _gaps(report, spot.fact, left, match["name"]) if _is_of(spot, left, gap)]
            if gaps:
                words = spot.sentence[spot.sentence.rfind(left) + len(left) :].removesuffix(match[0])
                yield from _judged(report, spot, gaps, words)
                break


def _names_before(report: Report, spot: Spot) -> list[str]:
    """The lines that may be spoken of: the nearest before 比 first; in an earlier clause the first of the sentence."""
    ahead = spot.sentence[: spot.sentence.rfind("比" if "比" in spot.clause else "较")]
    clause = re.split("[，：]", ahead)[-1]
    names = _not_compared(clause, names_in(report, clause)[::-1]) or _not_compared(ahead, names_in(report, ahead))[:1]
    told = spot.before[-1:] if not names and spot.before and len(spot.before[-1].text) > _LEAST else ()
    holding = [line.names[-1] for line in lines_of(report) for fact in told if not line.total and _has(line, fact)]
    return [name for *_, name in names] or holding[:1]  # 考核得分88.4分，比平均低: the line that has the number


def _not_compared(text: str, names: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """比2023年提高7.3个百分点，比2022年提高: 2023年 is what is compared with, not what is spoken of."""
    return [item for item in names if text[: item[0]][-1:] not in ("比", "较")]


def _has(line: Line, fact: Fact) -> bool:
    return any(not unlike(cell, fact) and cell.value == fact.value for cell in line.cells.values())


def _is_of(spot: Spot, left: str, gap: _Gap) -> bool:
    """云台镇执行率为89.00%，比平均水平低: the number told of the line is that of the column."""
    behind = spot.fact.start - len(spot.sentence) + spot.sentence.rfind(left) + len(left)
    told = [fact for fact in spot.before if fact.start >= behind and fact.kind is gap.left.kind]
    told = [fact for fact in told if not re.search("[比较]", fact.subject)]
    return not told or any(_is_cell(fact, gap.left) for fact in told)


def _gaps(report: Report, fact: Fact, left: str, right: str) -> Iterator[_Gap]:
    """The gaps of all columns in which the line stands with the other one, or beside their mean."""
    mean = _MEAN.fullmatch(right)
    for column in columns_of(report, left):
        mine = column.facts[left]
        if mine.kind is FactKind.RANK or unlike(mine, fact) or (mine.kind in _RATES) != (fact.kind in _RATES):
            continue
        if mean is not None:
            for value, other in _means(report, column):
                yield _Gap(column.heading, mine, other, abs(as_printed(mine, fact) - value))
        elif right in column.facts and right != left:
            other = column.facts[right]
            yield _Gap(column.heading, mine, other, abs(as_printed(mine, fact) - as_printed(other, fact)))


def _means(report: Report, column: Column) -> Iterator[tuple[Decimal, Fact]]:
    values = [fact.value or Decimal(0) for fact in column.facts.values()]
    first = next(iter(column.facts.values()))
    yield sum(values, Decimal(0)) / len(values), first
    for line in lines_of_table(report, column.table):
        if line.total and column.heading in line.cells:
            yield line.cells[column.heading].value or Decimal(0), line.cells[column.heading]


def _judged(report: Report, spot: Spot, gaps: Sequence[_Gap], words: str) -> Iterator[Result]:
    fact = spot.fact
    fitting = next((gap for gap in gaps if abs((fact.value or Decimal(0)) - gap.due) <= _half(fact, gap)), None)
    if fitting is not None:
        yield agrees(fact, fitting.left, fitting.right)
        return
    meant = [gap for gap in gaps if words and close(re.sub("[的量数]+$", "", words), gap.heading)]
    alone = meant if len(meant) == 1 else gaps if len({gap.due for gap in gaps}) == 1 else []
    near = [gap for gap in gaps if slipped(fact, gap.due * fact.scale)]
    if alone and not _is_made(fact, (*spot.before, *spot.earlier)):
        yield _told(fact, alone[0], differs)
    elif near and not is_repeated(report, fact):
        yield _told(fact, near[0], doubtful)


def _half(fact: Fact, gap: _Gap) -> Decimal:
    """Means are rounded, and so may be what the gap is of."""
    return fact.step / 2 if gap.due == round(gap.due, 4) else fact.step


def _is_made(fact: Fact, near: Sequence[Fact]) -> bool:
    """Whether numbers of the paragraph make the gap: it is told of something else than the table."""
    values = [other.base for other in near]
    return any(abs(left - right) == fact.base for left in values for right in values)


def _told(fact: Fact, gap: _Gap, say: Say) -> Result:
    right = f"{plain(round(gap.due, max(1, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    message = f"写{said(fact)}，表中“{gap.heading}”相差{right}"
    return say(
        fact.place, said(fact), right, message, facts=(fact,), related=(gap.left.place, gap.right.place), confidence=80
    )


_ENDS = Pattern(
    r"(?P<words>[\u4e00-\u9fff]{0,8})第一(?:名|位)?(?:的[\u4e00-\u9fff]{1,10})?(?:与|和|比)(?:第(?P<place>[二三四五六七八九十]{1,2})(?:名|位)?|最后一[名位]|末位|末名)"
    r"(?:的[\u4e00-\u9fff]{1,10})?(?:得分|分数)?(?:相差|高|多|差距)(?:为|达)?$"
)


@rule(
    "line.first_last",
    group=Group.RANKINGS,
    title="第一名与最后一名相差的数与表相符",
    good=(f"{_TABLE}\n\n第一名与第四名相差10.7分。",),
    bad=(f"{_TABLE}\n\n第一名与第四名相差11.7分。",),
)
def first_and_last(report: Report) -> Iterator[Result]:
    """The highest less the one of that place, of a column of the unit that the words or the unit mean."""
    for spot in spots_with(report, _ENDS) if lines_of(report) else ():
        match = _ENDS.search(spot.sentence) if spot.fact.value else None
        if match is None:
            continue
        found = list(_from_first(report, spot.fact, numeral(match["place"]) if match["place"] else 0))
        fitting = next((gap for gap in found if gap.due == spot.fact.value), None)
        meant = [gap for gap in found if match["words"] and close(match["words"], gap.heading)] or [
            gap for gap in found if spot.fact.kind is FactKind.SCORE and "分" in gap.heading
        ]
        if fitting is not None:
            yield agrees(spot.fact, fitting.left, fitting.right)
        elif len({gap.due for gap in meant}) == 1:
            yield _told(spot.fact, meant[0], differs)


def _from_first(report: Report, fact: Fact, place: int) -> Iterator[_Gap]:
    columns: dict[tuple[int, str], list[Fact]] = {}
    for line in lines_of(report):
        for heading, cell in line.cells.items() if not line.total and 0 < line.table < GROUPS else ():
            if not unlike(cell, fact) and (cell.kind in _RATES) == (fact.kind in _RATES):
                columns.setdefault((line.table, heading), []).append(cell)
    for (_, heading), cells in columns.items():
        ordered = sorted(cells, key=lambda cell: -cell.base)
        if len(ordered) >= max(_LEAST, place):
            last = ordered[place - 1 if place else -1]
            yield _Gap(heading, ordered[0], last, as_printed(ordered[0], fact) - as_printed(last, fact))


def _is_cell(fact: Fact, cell: Fact) -> bool:
    half = max(fact.step, cell.step) / 2 if fact.step != cell.step else Decimal(0)
    return abs((fact.value or Decimal(0)) - as_printed(cell, fact)) <= half


_BOTH_ENDS = Pattern(
    r"(?:(?P<high>[^，。；、]{2,14})最(?:高|多|大)[，、](?P<low>[^，。；、]{2,14})最(?:低|少|小)"
    r"|最(?:高|多|大)的[是为](?P<first>[^，。；、]{2,24})，最(?:低|少|小)的[是为](?P<last>[^，。；、]{2,24}))，(?:[二两]者|首尾)?相差(?:为)?$"
)


@rule(
    "line.both_ends",
    group=Group.RANKINGS,
    title="最高、最低的名称和相差的数与表相符",
    good=(f"{_TABLE}\n\n一季度最高，四季度最低，相差10.7分。",),
    bad=(
        f"{_TABLE}\n\n一季度最高，四季度最低，相差17.0分。",
        f"{_TABLE}\n\n二季度最高，四季度最低，相差10.7分。",
        f"{_TABLE}\n\n得分最高的是一季度，最低的是四季度，两者相差17.0分。",
    ),
)
def both_ends(report: Report) -> Iterator[Result]:
    """甲最高，乙最低，相差: of the columns of the unit the one that two of the three fit, and what does not fit it."""
    for spot in spots_with(report, _BOTH_ENDS) if lines_of(report) else ():
        match = _BOTH_ENDS.search(spot.sentence) if spot.fact.value else None
        names = [names_in(report, match[one] or match[other]) for one, other in _GROUPS] if match else []
        if match is None or not all(names):
            continue
        high, low = (found[0][2] for found in names)
        columns = [column for column in columns_of(report, high) if low in column.facts]
        columns = [column for column in columns if column.facts[high].kind is not FactKind.RANK]
        columns = [c for c in columns if not unlike(c.facts[high], spot.fact) and _alike_rate(c.facts[high], spot.fact)]
        fits = [(_fits(column, high, low, spot.fact), column) for column in columns]
        best = max(fits, key=lambda item: sum(item[0]), default=None)
        if best is not None and sum(best[0]) > 1 and sum(sum(item[0]) == sum(best[0]) for item in fits) == 1:
            yield from _ends_told(spot, best[1], high, low, best[0])


_GROUPS = (("high", "first"), ("low", "last"))


def _alike_rate(cell: Fact, fact: Fact) -> bool:
    return (cell.kind in _RATES) == (fact.kind in _RATES)


def _fits(column: Column, high: str, low: str, fact: Fact) -> tuple[bool, bool, bool]:
    ends = [as_printed(cell, fact) for cell in column.facts.values()]
    return high in column.best(high=True), low in column.best(high=False), max(ends) - min(ends) == fact.value


def _ends_told(spot: Spot, column: Column, high: str, low: str, fits: tuple[bool, bool, bool]) -> Iterator[Result]:
    first, last = (column.facts[column.best(high=end)[0]] for end in (True, False))
    if all(fits):
        yield agrees(spot.fact, first, last)
        return
    said_of = ((high, column.best(high=True)[0]), (low, column.best(high=False)[0]))
    for (name, right), fit, end in zip(said_of, fits, ("高", "低"), strict=False):
        if not fit:
            message = f"“{column.heading}”最{end}的是“{right}”，写成了“{name}”"
            yield differs(spot.fact.place, name, right, message, related=(first.place, last.place), confidence=85)
    if not fits[2]:
        due = as_printed(first, spot.fact) - as_printed(last, spot.fact)
        yield _told(spot.fact, _Gap(column.heading, first, last, due), differs)
