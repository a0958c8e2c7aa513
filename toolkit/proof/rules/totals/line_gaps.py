"""少铺设43公里, 低于全市平均水平12.73个百分点: differences of prose against the line of a table that it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from toolkit.proof.declaration import Group, Result, Say, Yields, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, as_printed, holds, lines_of, lines_of_table, unlike
from toolkit.proof.named_lines import BUILT, RATES, SPENT, line_spots, lines_before, rounds_to, unlike_table
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, is_repeated, slipped
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_GAP = Pattern(
    r"(?:少|多|差|低|高|超|超过|超出|超出?(?:计划|目标)|超过(?:计划|目标)|低于[^，。；0-9]{0,10}|高于[^，。；0-9]{0,10}|高出[^，。；0-9]{0,6}|相差|缺口|节约|未完成|未支付|结余|剩余|尚有|还有|还差|未到位)(?:了|完成|铺设|建设?|修缮|改造|开展|支付|服务|到位|支出|接入|计划)*$"
)


_MANAGED = (
    "病种\t目标值\t管理率\n高血压\t≥64%\t68.1%\n糖尿病\t≥64%\t61.5%\n肺结核\t≥90%\t91.3%\n精神障碍\t≥80%\t76.4%\n"
)


@rule(
    "line.gap",
    group=Group.SUMS,
    yields=Yields.HERE | Yields.ELSEWHERE,
    title="少多少、低多少、差多少与表中该行的数相符",
    good=(
        f"{_MANAGED}\n\n未达标的为糖尿病和精神障碍，分别低于目标值2.5个和3.6个百分点。",
        f"{SPENT}\n\n云台区支出率80.00%，低于全市平均水平12.73个百分点。\n{BUILT}\n\n管网延伸少铺设43公里。供水入户超计划1,400户。",
        "乡镇\t得分\t与平均分差\n望山乡\t91.2\t+9.7\n青石镇\t86.5\t+5.0\n大湾乡\t66.8\t-14.7\n\n得分最低的是大湾乡，低14.7分。",
        "项目\t得分\t差值\n甲平台\t94.0\t4.0\n乙系统\t73.0\t17.0\n\n\n得分最低的是乙系统，最高分与最低分相差21.0分。",
    ),
    bad=(
        f"{_MANAGED}\n\n未达标的为糖尿病和精神障碍，分别低于目标值2.5个和6.3个百分点。",
        f"{_MANAGED}\n\n未达标的为糖尿病和精神障碍，分别低于目标值5.2个和3.6个百分点。",
        f"{SPENT}\n\n云台区支出率80.00%，低于全市平均水平12.37个百分点。",
        f"{BUILT}\n\n管网延伸少铺设34公里。",
        f"{BUILT}\n\n供水入户超计划4,100户。",
    ),
)
def gaps(report: Report) -> Iterator[Result]:
    """A difference against pairs of the line's cells, and against the total line under the same heading."""
    for spot, text in line_spots(report):
        if spot.fact.kind not in _APART:
            continue
        run = _in_a_row(spot, text)
        if len(run) > 1 and (each := _EACH.search(text[: run[0].start])) and _GAP.search(each[0]):
            named = lines_before(report, replace(spot, fact=run[0]), text)[::-1]
            if len(named) == len(run):  # 甲和乙，分别低于目标值2.5个和3.6个百分点
                yield from _gap(report, replace(spot, lead=each[0]), named[run.index(spot.fact)])
            continue
        if not _GAP.search(spot.clause) or _SPAN.search(spot.clause) or _ENDS.search(spot.sentence):
            continue
        for lines in lines_before(report, spot, text)[:1]:
            yield from _gap(report, spot, lines)


def _in_a_row(spot: Spot, text: str) -> list[Fact]:
    """The number with those of its unit that are joined to it by 、 and 和."""
    run = [spot.fact]
    for fact in reversed(spot.before):
        if not same_unit(fact, spot.fact) or text[fact.end : run[0].start].strip() not in _JOINTS:
            break
        run.insert(0, fact)
    for fact in spot.after:
        if not same_unit(fact, spot.fact) or text[run[-1].end : fact.start].strip() not in _JOINTS:
            break
        run.append(fact)
    return run


_JOINTS = ("、", "和", "及", "与")
_EACH = Pattern("(?:分别|依次)[^，。；0-9]*$")
_SPAN = Pattern("最高[^，。；]*最低|最大[^，。；]*最小|最多[^，。；]*最少")
_ENDS = Pattern("最[高大多长][^。；]{0,40}最[低小少短][^。；]{0,24}相差$")
"""The distance between the first and the last is of no single line."""
_NORM = Pattern("标准|目标|计划|要求|约定|考核|指标值")


def _from_bounds(line: Line, items: Sequence[tuple[str, Fact]]) -> Iterator[tuple[Fact, Fact, bool]]:
    """≥85 and 82.8: what was reached from what is the least; sure where the line has but one of each."""
    pairs = [(bound, cell) for bound in line.bounds.values() for _, cell in items if same_unit(bound, cell)]
    for bound, cell in pairs:
        yield bound, cell, len(pairs) == 1


def _gap(report: Report, spot: Spot, lines: Sequence[Line]) -> Iterator[Result]:
    fact = spot.fact
    pairs = [pair for line in lines for pair in _pairs(report, line, fact)]
    fitting = next(((left, right) for left, right, _ in pairs if _is_apart(fact, left, right)), None)
    if fitting is not None:
        yield agrees(fact, *fitting)
        return
    own = [
        cell
        for line in lines
        for cell in line.cells.values()
        if cell.base < 0 and rounds_to(fact, -as_printed(cell, fact))
    ]
    if own:
        yield agrees(fact, own[0])  # the table has the gap itself, below nothing
        return
    gaps = [cell for line in lines for heading, cell in line.cells.items() if _CALLED_GAP.fullmatch(heading)]
    if len(gaps) == 1 and _IS_GAP.search(spot.clause):
        cell = gaps[0]
        if rounds_to(fact, as_printed(cell, fact)):
            yield agrees(fact, cell)
            return
        yield unlike_table(fact, as_printed(cell, fact), [cell], f"“{lines[0].names[0]}”的差值", differs)
        return
    if "平均" in spot.clause and fact.kind is FactKind.POINTS and spot.before:
        told = spot.before[-1]
        pairs = [pair for pair in pairs if rounds_to(told, as_printed(pair[0], told)) and _is_total(report, pair[1])]
        if len({_due(fact, left, right) for left, right, _ in pairs}) == 1:
            yield _unlike(fact, *pairs[0][:2], differs)
            return
    yield from _planned_or_slipped(report, spot, pairs)


def _planned_or_slipped(report: Report, spot: Spot, pairs: Sequence[tuple[Fact, Fact, bool]]) -> Iterator[Result]:
    """What was done against what was planned where the words mean that; else the pair whose gap is one digit off."""
    fact = spot.fact
    told = spot.before[-1] if spot.before else None  # 建成17个，少建3个
    means_norm = _NORM.search(spot.clause) is not None
    planned = [(left, right) for left, right, is_plan in pairs if is_plan and _due(fact, left, right)]
    planned = [pair for pair in planned if pair[0].exact or means_norm or (told and holds(told, pair[1]))]
    is_planned = len({_due(fact, *pair) for pair in planned}) == 1
    slips = [(left, right) for left, right, _ in pairs if slipped(fact, _due(fact, left, right) * fact.scale)]
    near = planned if is_planned else slips
    if not near or _is_made_beside(spot):
        return
    of_norm = is_planned and (means_norm or not near[0][0].exact)
    if of_norm or not is_repeated(report, fact):
        yield _unlike(fact, *near[0], differs if is_planned else doubtful)


def _is_made_beside(spot: Spot) -> bool:
    """Whether two numbers of the paragraph are so far apart: then it is no matter of the table."""
    before = combinations([*spot.before, *spot.earlier], 2)
    return spot.fact.value is not None and any(abs(left.base - right.base) == spot.fact.base for left, right in before)


def _unlike(fact: Fact, left: Fact, right: Fact, say: Say) -> Result:
    return unlike_table(fact, _due(fact, left, right), (left, right), f"{said(left)}与{said(right)}之差", say)


def _due(fact: Fact, left: Fact, right: Fact) -> Decimal:
    """The difference of two cells in the unit of a number."""
    return abs(as_printed(left, fact) - as_printed(right, fact))


_CALLED_GAP = Pattern("差值|分差|差额|相差|得分差|与目标(?:的)?差距")
_IS_GAP = Pattern("相差$|差值为?$|比目标(?:低|少|差|高|多)$")


def _is_apart(fact: Fact, left: Fact, right: Fact) -> bool:
    """Whether a difference can be this one: both numbers may have been rounded before they were printed."""
    rounded = [cell.step for cell in (left, right) if cell.step < 1 and cell.kind in _ROUNDED]
    return abs((fact.value or Decimal(0)) - _due(fact, left, right)) <= (fact.step + sum(rounded, Decimal(0))) / 2


_ROUNDED = (FactKind.PERCENT, FactKind.MONEY)
_APART = (FactKind.COUNT, FactKind.MONEY, FactKind.POINTS, FactKind.SCORE)


def _is_total(report: Report, fact: Fact) -> bool:
    return any(fact is cell for line in lines_of(report) if line.total for cell in line.cells.values())


def _pairs(report: Report, line: Line, fact: Fact) -> Iterator[tuple[Fact, Fact, bool]]:
    """Two cells of a line that can be taken from one another, and whether they are what was planned and what was done."""
    items = [(heading, cell) for heading, cell in line.cells.items() if _comparable(heading, cell, fact)]
    for (one, left), (other, right) in combinations(items, 2):
        plan = (
            bool(re.search("计划|目标|应|批复", one))
            and bool(re.search("实际|完成", other))
            and "率" not in one + other
        )
        yield left, right, plan and fact.kind is FactKind.COUNT
    yield from _from_bounds(line, items)
    for total in lines_of_table(report, line.table) if fact.kind is FactKind.POINTS else ():
        for heading, cell in items if total.total else ():
            if heading in total.cells:
                yield cell, total.cells[heading], False


def _comparable(heading: str, cell: Fact, fact: Fact) -> bool:
    if fact.kind is FactKind.POINTS:
        return cell.kind is FactKind.PERCENT or "率" in heading
    return cell.kind not in RATES and "率" not in heading and not unlike(cell, fact)
