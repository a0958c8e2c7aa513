"""Numbers of prose that follow from lines of tables that it names: sums of several lines, gaps, means, single cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import Line, as_printed, close, holds, lines_by_name, lines_of, unlike
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, is_repeated, slipped, spots
from toolkit.proof.units import same_unit
from toolkit.text import plain

_TABLE = "县区\t下达资金（万元）\t支出（万元）\t支出率（%）\n清源县\t2,900.00\t2,784.00\t96.00\n双河县\t2,600.00\t2,444.00\t94.00\n石桥区\t2,100.00\t1,953.00\t93.00\n云台区\t1,050.00\t840.00\t80.00\n全市\t8,650.00\t8,021.00\t92.73\n"
_OUTPUT = "指标\t计量单位\t计划数\t实际数\t完成率\n水厂改造\t座\t180\t171\t95.00%\n管网延伸\t公里\t860\t817\t95.00%\n供水入户\t户\t35,000\t36,400\t104.00%\n"
_TOGETHER = re.compile(r"(?:共计?|合计|总计|之和为?|总共)$")
_GAP = re.compile(
    r"(?:少|多|差|低|高|超|超过|超出|超出?(?:计划|目标)|超过(?:计划|目标)|低于[^，。；0-9]{0,10}|高于[^，。；0-9]{0,10}|高出[^，。；0-9]{0,6}|相差|缺口|节约|未完成|未支付|结余|剩余|尚有|还有|还差|未到位)(?:了|完成|铺设|建设?|修缮|改造|开展|支付|服务|到位|支出|接入|计划)*$"
)
_MEAN = re.compile(r"平均|[季月年日人户]均|每[^，。；0-9]{1,3}$")
_LEAST = 3
_FAR = 40
_POINTS = (FactKind.PERCENT, FactKind.POINTS)


def _near(report: Report, spot: Spot, text: str) -> list[list[Line]]:
    """The lines whose names stand in the sentence before the number, nearest first, each with all of its tables."""
    start = max((text.rfind(mark, 0, spot.fact.start) for mark in "。；\n"), default=-1) + 1
    words = text[max(start, spot.fact.start - _FAR * 2) : spot.fact.start]
    found = {name: words.rfind(name) for name in lines_by_name(report) if name in words}
    names = [name for name in found if not any(name != other and name in other for other in found)]
    return [lines_by_name(report)[name] for name in sorted(names, key=lambda name: -found[name])]


def _spots(report: Report) -> Iterator[tuple[Spot, str]]:
    texts = dict(report.document.texts())
    for spot in spots(report) if lines_of(report) else ():
        if spot.fact.value:
            yield spot, texts[spot.fact.place]


@rule(
    "line.sum",
    group=Group.SUMS,
    title="正文把表中几项合在一起的数等于各项之和",
    good=(f"{_TABLE}\n\n清源县、双河县两县下达资金共5,500.00万元。支出前两位的为清源县、双河县，合计5,228.00万元。",),
    bad=(
        f"{_TABLE}\n\n清源县、双河县两县下达资金共5,050.00万元。",
        f"{_TABLE}\n\n支出前两位的为清源县、双河县，合计5,282.00万元。",
    ),
)
def sums(report: Report) -> Iterator[Result]:
    """Two and more names in a row, then 共 or 合计: the sum of their cells under the heading that the words mean."""
    for spot, text in _spots(report):
        lines = _in_a_row(report, spot, text) if _TOGETHER.search(spot.clause) else []
        headings = _shared_headings(lines) if len(lines) > 1 else []
        words = text[max(0, spot.fact.start - _FAR) : spot.fact.start]
        tried = [(heading, _total(lines, heading, spot.fact)) for heading in headings if not _is_rate(lines, heading)]
        fitting = next((heading for heading, due in tried if due is not None and _same(spot.fact, due)), None)
        meant = [
            (heading, due) for heading, due in tried if due is not None and close(heading, _word_in(heading, words))
        ]
        if fitting is not None:
            yield agrees(spot.fact, *(line.cells[fitting] for line in lines))
        elif len(meant) == 1:
            heading, due = meant[0]
            cells = [line.cells[heading] for line in lines]
            yield _told(spot.fact, due, cells, "+".join(map(said, cells)), differs)
        elif (near := _slip(spot.fact, tried)) and not is_repeated(report, spot.fact):
            cells = [line.cells[near[0]] for line in lines]
            yield _told(spot.fact, near[1], cells, "+".join(map(said, cells)), doubtful)


def _slip(fact: Fact, tried: Sequence[tuple[str, Decimal | None]]) -> tuple[str, Decimal] | None:
    """The heading whose sum is one digit off the number."""
    return next(((heading, due) for heading, due in tried if due is not None and slipped(fact, due * fact.scale)), None)


def _in_a_row(report: Report, spot: Spot, text: str) -> list[Line]:
    """The lines of one table whose names stand in a row before the number, no other number between."""
    start = max((text.rfind(mark, 0, spot.fact.start) for mark in "。；\n"), default=-1) + 1
    before = [fact for fact in spot.before if not _COUNT.fullmatch(fact.text)]  # 甲、乙、丙三个部门合计
    start = max(start, before[-1].end if before else 0)
    row = re.search(r"[^，。；：]*?、[^，。；：0-9]*", text[start : spot.fact.start])
    names = [name for name in lines_by_name(report) if row and name in row[0]]
    names = [name for name in names if not any(name != other and name in other for other in names)]
    tables = [{line.table: line for line in lines_by_name(report)[name]} for name in names]
    shared = set.intersection(*(set(lines) for lines in tables)) if len(tables) > 1 else set()
    items = len(re.split("、|和", row[0])) if row else 0
    return [lines[min(shared)] for lines in tables] if shared and items == len(names) else []


def _shared_headings(lines: Sequence[Line]) -> list[str]:
    """The headings under which every line has a number, in the order of the first line."""
    return [heading for heading in lines[0].cells if all(heading in line.cells for line in lines)]


_COUNT = re.compile("[两三四五六七八九十][个家项类条户所座]?")


def _is_rate(lines: Sequence[Line], heading: str) -> bool:
    return any(line.cells[heading].kind in _POINTS or "率" in heading for line in lines)


def _word_in(heading: str, words: str) -> str:
    """The longest beginning of a heading that stands in some words."""
    return next((heading[:size] for size in range(len(heading), 1, -1) if heading[:size] in words), "")


def _total(lines: Sequence[Line], heading: str, fact: Fact) -> Decimal | None:
    cells = [line.cells[heading] for line in lines]
    if any(unlike(cell, fact) for cell in cells):
        return None
    return sum((as_printed(cell, fact) for cell in cells), Decimal(0))


def _same(fact: Fact, due: Decimal) -> bool:
    return abs((fact.value or Decimal(0)) - due) <= fact.step / 2


def _told(fact: Fact, due: Decimal, cells: Sequence[Fact], working: str, say: object) -> Result:
    right = f"{plain(round(due, max(2, -int(fact.step.as_tuple().exponent))))}{fact.unit}"
    return say(  # type: ignore[operator,no-any-return]
        fact.place, said(fact), right, f"写{said(fact)}，按表{working}={right}", facts=(fact, *cells),
        working=f"{working}={right}", related=tuple(cell.place for cell in cells[:_LEAST]), confidence=80,
    )  # fmt: skip


@rule(
    "line.gap",
    group=Group.SUMS,
    title="少多少、低多少、差多少与表中该行的数相符",
    good=(
        f"{_TABLE}\n\n云台区支出率80.00%，低于全市平均水平12.73个百分点。\n{_OUTPUT}\n\n管网延伸少铺设43公里。供水入户超计划1,400户。",
    ),
    bad=(
        f"{_TABLE}\n\n云台区支出率80.00%，低于全市平均水平12.37个百分点。",
        f"{_OUTPUT}\n\n管网延伸少铺设34公里。",
        f"{_OUTPUT}\n\n供水入户超计划4,100户。",
    ),
)
def gaps(report: Report) -> Iterator[Result]:
    """A difference against pairs of the line's cells, and against the total line under the same heading."""
    for spot, text in _spots(report):
        if spot.fact.kind not in _APART or not _GAP.search(spot.clause):
            continue
        for lines in _near(report, spot, text)[:1]:
            yield from _gap(report, spot, lines)


_NORM = re.compile("标准|目标|计划|要求|约定|考核|指标值")


def _from_bounds(line: Line, items: Sequence[tuple[str, Fact]]) -> Iterator[tuple[Fact, Fact, bool]]:
    """≥85 and 82.8: what was reached from what is the least; sure where the line has but one of each."""
    pairs = [(bound, cell) for bound in line.bounds.values() for _, cell in items if same_unit(bound, cell)]
    for bound, cell in pairs:
        yield bound, cell, len(pairs) == 1


def _gap(report: Report, spot: Spot, lines: Sequence[Line]) -> Iterator[Result]:
    fact = spot.fact
    pairs = [pair for line in lines for pair in _pairs(report, line, fact)]
    dues = [(abs(as_printed(left, fact) - as_printed(right, fact)), left, right) for left, right, _ in pairs]
    fitting = next((item for item in dues if _is_apart(fact, *item)), None)
    if fitting is not None:
        yield agrees(fact, fitting[1], fitting[2])
        return
    gaps = [cell for line in lines for heading, cell in line.cells.items() if _CALLED_GAP.fullmatch(heading)]
    if len(gaps) == 1 and re.search("相差$|差值为?$", spot.clause):
        cell = gaps[0]
        yield _told(fact, as_printed(cell, fact), [cell], f"“{lines[0].names[0]}”的差值", differs)
        return
    if "平均" in spot.clause and fact.kind is FactKind.POINTS and spot.before:
        pairs = [
            pair
            for pair in pairs
            if _same(spot.before[-1], as_printed(pair[0], spot.before[-1])) and _is_total(report, pair[1])
        ]
        dues = [(abs(as_printed(left, fact) - as_printed(right, fact)), left, right) for left, right, _ in pairs]
        if len({due[0] for due in dues}) == 1:
            yield _told(fact, dues[0][0], dues[0][1:], f"{said(dues[0][1])}与{said(dues[0][2])}之差", differs)
            return
    planned = [due for due, (_, _, is_plan) in zip(dues, pairs, strict=True) if is_plan and due[0]]
    told = spot.before[-1] if spot.before else None  # 建成17个，少建3个
    planned = [due for due in planned if due[1].exact or _NORM.search(spot.clause) or (told and holds(told, due[2]))]
    near = (
        planned
        if len({due[0] for due in planned}) == 1
        else [due for due in dues if slipped(fact, due[0] * fact.scale)]
    )
    inside = any(
        fact.value is not None and abs(left.base - right.base) == fact.base
        for left, right in combinations([*spot.before, *spot.earlier[-4:]], 2)
    )
    of_norm = near is planned and (_NORM.search(spot.clause) is not None or not near[0][1].exact)
    if near and not inside and (of_norm or not is_repeated(report, fact)):
        due, left, right = near[0]
        yield _told(
            fact, due, (left, right), f"{said(left)}与{said(right)}之差", differs if near is planned else doubtful
        )


_CALLED_GAP = re.compile("差值|分差|差额|相差|得分差")


def _is_apart(fact: Fact, due: Decimal, left: Fact, right: Fact) -> bool:
    """Whether a difference can be this one: both numbers may have been rounded before they were printed."""
    rounded = [cell.step for cell in (left, right) if cell.step < 1 and cell.kind in _ROUNDED]
    return abs((fact.value or Decimal(0)) - due) <= (fact.step + sum(rounded, Decimal(0))) / 2


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
    totals = [other for other in lines_of(report) if other.total and other.table == line.table]
    for total in totals:
        for heading, cell in items:
            if fact.kind is FactKind.POINTS and heading in total.cells:
                yield cell, total.cells[heading], False


def _comparable(heading: str, cell: Fact, fact: Fact) -> bool:
    if fact.kind is FactKind.POINTS:
        return cell.kind is FactKind.PERCENT or "率" in heading
    return cell.kind not in _POINTS and "率" not in heading and not unlike(cell, fact)


@rule(
    "line.mean",
    group=Group.SUMS,
    title="平均数等于表中各行的平均",
    good=(f"{_OUTPUT}\n\n三项指标平均完成率98.00%。\n{_TABLE}\n\n平均支出率92.73%。",),
    bad=(f"{_OUTPUT}\n\n三项指标平均完成率89.00%。",),
)
def means(report: Report) -> Iterator[Result]:
    """平均完成率 against the mean of the column that the words name; what a total line prints there is right, too."""
    for spot, _ in _spots(report):
        match = _MEAN.search(spot.clause)
        words = re.sub("[为达]+$", "", spot.clause[match.end() :]) if match else ""
        if match is None:
            continue
        columns = _columns(report, spot.fact)
        dues = [
            (sum((as_printed(cell, spot.fact) for cell in cells), Decimal(0)) / len(cells), heading, cells)
            for heading, cells in columns.items()
        ]
        fitting = next(
            (
                item
                for item in dues
                if _same(spot.fact, item[0]) and (close(words, item[1][1]) or _digits(spot.fact) >= _LEAST)
            ),
            None,
        )
        meant = [item for item in dues if words and close(words, item[1][1])]
        if many := _MANY.search(spot.sentence):
            meant = [item for item in meant if len(item[2]) == numeral(many["count"])]  # 四个分公司平均得分
        if fitting is not None:
            yield agrees(spot.fact, *fitting[2])
        elif (
            len(meant) == 1 and slipped(spot.fact, meant[0][0] * spot.fact.scale) and not is_repeated(report, spot.fact)
        ):
            due, (_, heading), cells = meant[0]
            yield _told(spot.fact, due, cells, f"“{heading}”{len(cells)}项平均", differs)


_MANY = re.compile("(?P<count>[0-9]{1,2}|[三四五六七八九十]{1,2})[个项家所类][^，。；0-9]{0,8}平均[^，。；0-9]{0,6}$")


def _digits(fact: Fact) -> int:
    return len(re.sub(r"\D", "", fact.text).strip("0"))


def _columns(report: Report, fact: Fact) -> Mapping[tuple[int, str], list[Fact]]:
    """The columns of three and more lines whose numbers can be averaged into this one, without total lines."""
    found: dict[tuple[int, str], list[Fact]] = {}
    for line in lines_of(report):
        for heading, cell in line.cells.items():
            if not line.total and not unlike(cell, fact) and (cell.kind in _POINTS) == (fact.kind in _POINTS):
                found.setdefault((line.table, heading), []).append(cell)
    return {key: cells for key, cells in found.items() if len(cells) >= _LEAST}


@rule(
    "line.cell",
    group=Group.SAME_FACT,
    title="正文说到的表中某行某列的数与表相同",
    good=(f"{_TABLE}\n\n全市下达资金8,650.00万元，支出率92.73%。云台区支出840.00万元，支出率80.00%。",),
    bad=(
        f"{_TABLE}\n\n云台区支出804.00万元，支出率80.00%。",
        f"{_TABLE}\n\n全年支出8,021.00万元，支出率97.23%。",
    ),
)
def cells(report: Report) -> Iterator[Result]:
    """A name and a heading, or a number of a line and a heading, before a number that is a digit off the cell."""
    by_value: dict[Decimal, list[Line]] = {}
    for line in lines_of(report):
        for cell in line.cells.values():
            by_value.setdefault(cell.base, []).append(line)
    endings = {pair for line in lines_of(report) for heading in line.cells for pair in _pairs_of(heading)}
    for spot, text in _spots(report):
        words = re.sub(r"(?:为|达到?|共|共计|合计|是|仅)+$", "", spot.clause)
        if not _pairs_of(words[-_TAIL:]) & endings:
            continue
        named = [line for lines in _near(report, spot, text)[:1] for line in lines]
        quoted = [
            line for other in spot.before[-2:] if _digits(other) > _LEAST for line in by_value.get(other.base, ())
        ]
        tried = [(heading, cell) for line in (*named, *quoted) for heading, cell in line.cells.items()
                 if close(_tail(words, heading), heading) and not unlike(cell, spot.fact)]  # fmt: skip
        tried = [(heading, cell) for heading, cell in tried if (cell.kind in _POINTS) == (spot.fact.kind in _POINTS)]
        fitting = next((cell for _, cell in tried if holds(spot.fact, cell)), None)
        if fitting is not None:
            yield agrees(spot.fact, fitting)
            continue
        near = [
            (heading, cell)
            for heading, cell in tried
            if slipped(spot.fact, as_printed(cell, spot.fact) * spot.fact.scale)
        ]
        if near and not is_repeated(report, spot.fact):
            heading, cell = near[0]
            message = f"写{said(spot.fact)}，表中“{heading}”是{said(cell)}"
            yield differs(
                spot.fact.place,
                said(spot.fact),
                said(cell),
                message,
                facts=(spot.fact,),
                related=(cell.place,),
                confidence=80,
            )


def _tail(words: str, heading: str) -> str:
    """The end of some words, as long as a heading; less where the heading begins with it: （一期）支付 and 支付金额."""
    ends = (words[-size:] for size in range(min(len(words), len(heading)), 1, -1))
    return next((end for end in ends if heading.startswith(end)), words[-max(len(heading), 2) :])


_TAIL = 8


def _pairs_of(words: str) -> set[str]:
    """All two characters in a row: a quick look whether some words can mean a heading."""
    return {words[at : at + 2] for at in range(len(words) - 1)}


@rule(
    "line.share",
    group=Group.RATES,
    title="占比等于表中该行的数除以合计",
    good=(f"{_TABLE}\n\n清源县支出2,784.00万元，占全市的34.71%。",),
    bad=(f"{_TABLE}\n\n清源县支出2,784.00万元，占全市的37.41%。",),
)
def shares(report: Report) -> Iterator[Result]:
    """占 behind a name: the cell of its line by that of the total line, under any heading."""
    for spot, text in _spots(report):
        if spot.fact.kind is not FactKind.PERCENT or not re.search("占[^，。；0-9]{0,12}$", spot.lead):
            continue
        row = _in_a_row(report, spot, text)
        several = [row] if row else [[line] for lines in _near(report, spot, text)[:1] for line in lines]
        for _ in several[:1]:
            ratios = [ratio for lines in several for ratio in _ratios(report, lines)]
            if (part := _part_before(spot)) is not None:
                told = [ratio for ratio in ratios if holds(part, ratio[1][0])]
                ratios = told or (ratios if _are_single(several) else [])
            fitting = next((ratio for ratio in ratios if spot.fact.meets(ratio[0], ratio[0])), None)
            near = [ratio for ratio in ratios if slipped(spot.fact, ratio[0])]
            if fitting is not None:
                yield agrees(spot.fact, *fitting[1])
            elif near and not is_repeated(report, spot.fact) and not _beside(spot):
                due, (part, whole) = near[0]
                yield _told(spot.fact, due * 100, (part, whole), f"{said(part)}÷{said(whole)}", doubtful)


def _are_single(several: Sequence[Sequence[Line]]) -> bool:
    """Whether a name stands for one line of each table, not for a kind of several."""
    tables = [lines[0].table for lines in several if len(lines) == 1]
    return len(set(tables)) == len(tables)


def _part_before(spot: Spot) -> Fact | None:
    """城乡线路897.00万元，占31.5%: the amount that the share is of."""
    part = spot.before[-1] if spot.before and re.match("[，,（(]?占", spot.lead) else None
    return part if part is not None and part.kind not in _POINTS else None


def _ratios(report: Report, lines: Sequence[Line]) -> Iterator[tuple[Decimal, tuple[Fact, Fact]]]:
    """The cells of one line or the sum of several, by the cell of the total line under each heading."""
    for total in lines_of(report):
        if total.total and total.table == lines[0].table:
            for heading in _shared_headings(lines):
                cells, whole = [line.cells[heading] for line in lines], total.cells.get(heading)
                if whole is not None and whole.base > 0 and cells[0].kind not in _POINTS:
                    yield sum((cell.base for cell in cells), Decimal(0)) / whole.base, (cells[0], whole)


def _beside(spot: Spot) -> bool:
    """Whether two numbers near it make the share."""
    near = [fact for fact in (*spot.before, *spot.earlier) if fact.kind not in _POINTS and fact.base > 0]
    return any(spot.fact.meets(left.base / right.base, left.base / right.base) for left in near for right in near)


@rule(
    "line.each",
    group=Group.SUMS,
    title="平均每个的数等于写出的总数除以表中该行的数量",
    good=(f"{_OUTPUT}\n\n管网延伸实际支出3,390.55万元，平均每公里4.15万元。",),
    bad=(f"{_OUTPUT}\n\n管网延伸实际支出3,390.55万元，平均每公里4.51万元。",),
)
def each(report: Report) -> Iterator[Result]:
    """The amount right before 每公里 by one of the counts of the line that the sentence names."""
    for spot, text in _spots(report):
        fact, before = spot.fact, spot.before[-1:]
        if fact.kind is not FactKind.MONEY or not before or before[0].kind is not FactKind.MONEY:
            continue
        if not re.search("每[^，。；0-9]{1,4}$", spot.lead):
            continue
        counts = [cell for lines in _near(report, spot, text)[:1] for line in lines for cell in line.cells.values()
                  if cell.kind is FactKind.COUNT and cell.base > 0]  # fmt: skip
        dues = [(before[0].base / cell.base / fact.scale, cell) for cell in counts]
        fitting = next((cell for due, cell in dues if _same(fact, due)), None)
        near = [(due, cell) for due, cell in dues if slipped(fact, due * fact.scale)]
        if fitting is not None:
            yield agrees(fact, before[0], fitting)
        elif near and not is_repeated(report, fact):
            due, cell = near[0]
            yield _told(fact, due, (before[0], cell), f"{said(before[0])}÷{said(cell)}", differs)
