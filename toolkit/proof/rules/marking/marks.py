"""Full marks of an indicator table: groups add up, criteria share out the mark, shares of points make a whole."""

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact, FactKind
from toolkit.proof.grade_cells import score_in
from toolkit.proof.records import name_columns
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.scope import is_without
from toolkit.text.folding import half_width, squeeze
from toolkit.text.patterns import Pattern

_GROUP = Pattern(r"^(?P<name>[^（()）]{2,30})[（(](?P<mark>[0-9]+(?:\.[0-9]+)?)分?[)）]$")
_MARKS = Pattern(r"(?:指标)?(?:分值|权重|满分|标准分)(?:[（(]分[)）])?")
_CRITERIA = Pattern("评分标准|评价要点|评分规则|评价标准|评分细则")
_POINT = Pattern(r"[（(](?P<mark>[0-9]+(?:\.[0-9]+)?)分[)）]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_WON = Pattern(
    r"得(?P<won>[0-9]+(?:\.[0-9]+)?)分，(?:否则|未|不足|小于|$)|[*×](?P<times>[0-9]+(?:\.[0-9]+)?)分(?:得分|计分|$)|满分(?P<full>[0-9]+(?:\.[0-9]+)?)分"
)
_SHARE = Pattern(r"各占(?:(?P<percent>[0-9]+(?:\.[0-9]+)?)%|(?P<up>[0-9]+)/(?P<down>[0-9]+))")
_TIER = Pattern(r"(?P<high>[0-9]+)%(?:（含）|\(含\))?-(?P<low>[0-9]+)%(?:（含）|\(含\))?")
_TIERS = ("达成", "部分达成", "未达成")
_ENOUGH = 3


def _mark_columns(table: Table) -> list[int]:
    return [at for at, text in enumerate(table.headings) if _MARKS.fullmatch(squeeze(text))]


def _fact(report: Report, cell: Cell) -> Fact | None:
    return next((fact for fact in report.facts_at(cell.place) if fact.value is not None), None) if cell.text else None


_TREE = "一级指标\t二级指标\t三级指标\t分值\n决策（5分）\t立项（5分）\t依据充分性\t2\n\t\t程序规范性\t3\n过程（4分）\t资金（4分）\t到位率\t4\n"


@rule(
    "mark.groups",
    group=Group.SUMS,
    title="指标表中上级指标的分值等于下级之和",
    good=(
        "一级指标\t二级指标\t分值\n\t立项\t6\n\t过程\t4\n",
        _TREE,
        "一级指标\t二级指标\t分值\t三级指标\t分值\n决策\t立项\t5\t依据充分性\t2\n\t\t\t程序规范性\t3\n过程\t资金\t4\t到位率\t4\n总分\t\t9\t\t9\n",
    ),
    bad=(
        _TREE.replace("立项（5分）", "立项（6分）"),
        _TREE.replace("程序规范性\t3", "程序规范性\t4"),
        "一级指标\t二级指标\t分值\t三级指标\t分值\n决策\t立项\t6\t依据充分性\t2\n\t\t\t程序规范性\t3\n过程\t资金\t4\t到位率\t4\n总分\t\t10\t\t9\n",
    ),
)
def groups(report: Report) -> Iterator[Result]:
    """A mark behind a group's name, or in a column of its own, against the marks of the rows it covers."""
    for table in report.document.tables:
        columns = _mark_columns(table)
        if not columns:
            continue
        finest = columns[-1]
        for column in range(finest):
            if column in columns or not _MARKS.fullmatch(squeeze(table.headings[column])):
                yield from _grouped(report, table, column, finest, own=column in columns)


def _grouped(report: Report, table: Table, column: int, finest: int, *, own: bool) -> Iterator[Result]:
    rows = table.rows[table.head :]
    starts = [at for at, row in enumerate(rows) if row[column].text.strip()]
    results: list[Result] = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=False):  # none where the column is empty
        if _is_total(rows[start]):
            continue
        last = next((at for at in range(start + 1, end) if _is_total(rows[at])), end)
        mark = _own_mark(report, rows[start][column], own=own)
        parts = [fact for row in rows[start:last] if row[finest].is_numeric and (fact := _fact(report, row[finest]))]
        if mark is not None and parts and parts[0].place != mark.place:
            results.append(_compared(mark, parts, rows[start][column].text.strip()))
    right = sum(1 for result in results if not result.found)
    if right == len(results) or (len(results) > 1 and right * 2 >= len(results)):
        yield from results


def _own_mark(report: Report, cell: Cell, *, own: bool) -> Fact | None:
    if own:
        return _fact(report, cell) if cell.is_numeric else None
    text = re.sub(r"\s+", "", cell.text)
    match = _GROUP.match(text)
    facts = [fact for fact in report.facts_at(cell.place) if fact.value is not None]
    return facts[-1] if match and facts and facts[-1].value == Decimal(match["mark"]) else None


def _is_total(row: Sequence[Cell]) -> bool:
    return first_words(row) in ("总分", "合计", "总计", "总体", "总评", "得分合计")


def _compared(mark: Fact, parts: Sequence[Fact], name: str) -> Result:
    total = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if total == mark.value:
        return agrees(mark, *parts)
    working = f"{'+'.join(f'{part.value}' for part in parts)}={total}"
    message = f"“{name}”分值{mark.value}，下级指标分值之和{total}"
    related = tuple(part.place for part in parts[:6])
    return differs(
        mark.place, f"{mark.value}", f"{total}", message, facts=(mark, *parts), related=related, working=working
    )


@rule(
    "mark.criteria",
    group=Group.SUMS,
    title="评分标准给出的分数与分值相符",
    good=(
        "三级指标\t分值\t评分标准\n依据充分性\t3\t①符合法规（1分）；②符合规划（1分）；③未重复（1分）。\n到位率\t2\t到位率100%得2分，否则不得分。\n",
    ),
    bad=(
        "三级指标\t分值\t评分标准\n依据充分性\t3\t①符合法规（1分）；②符合规划（2分）；③未重复（1分）。\n到位率\t2\t到位率100%得2分，否则不得分。\n",
        "三级指标\t分值\t评分标准\n依据充分性\t3\t①符合法规（1分）；②符合规划（1分）；③未重复（1分）。\n到位率\t2\t到位率100%得3分，否则不得分。\n",
    ),
)
def criteria(report: Report) -> Iterator[Result]:
    """Marks of the points of a criterion add up to the row's; what is won for all of it is the row's."""
    for table in report.document.tables:
        columns = _mark_columns(table)
        told = next((at for at, text in enumerate(table.headings) if _CRITERIA.search(text)), None)
        if not columns or told is None:
            continue
        column = max((at for at in columns if at < told), default=columns[-1])
        for row in table.rows[table.head :]:
            mark = _fact(report, row[column]) if row[column].is_numeric else None
            if mark is not None and row[told].text:
                yield from _criterion(report, mark, row[told])


def _criterion(report: Report, mark: Fact, cell: Cell) -> Iterator[Result]:
    facts = report.facts_at(cell.place)
    points = list(_POINT.finditer(cell.text))
    if len(points) > 1 and sum(cell.text.count(sign) for sign in _CIRCLED) == len(points):
        marks = [fact for fact in facts if any(match.start() <= fact.start < match.end() for match in points)]
        yield _points(mark, marks, cell)
        return
    for match in _WON.finditer(cell.text):
        won = next(name for name in ("won", "times", "full") if match[name])
        at = tuple(fact for fact in facts if match.start(won) <= fact.start < match.end())
        if Decimal(match[won]) == mark.value:
            yield from (agrees(*at) for _ in at[:1])
        elif Decimal(match[won]) > (mark.value or Decimal(0)) or len(list(_WON.finditer(cell.text))) == 1:
            message = f"分值{mark.value}分，评分标准写“{match[0]}”"
            yield doubtful(
                cell.place, match[won], f"{mark.value}", message, facts=at, related=(mark.place,), confidence=80
            )


def _points(mark: Fact, marks: Sequence[Fact], cell: Cell) -> Result:
    total = sum((fact.value or Decimal(0) for fact in marks), Decimal(0))
    if total == mark.value:
        return agrees(mark, *marks)
    working = f"{'+'.join(f'{fact.value}' for fact in marks)}={total}"
    message = f"各要点分数之和{total}分，与分值{mark.value}分不符"
    return differs(
        cell.place, f"{total}", f"{mark.value}", message, facts=(mark, *marks), related=(mark.place,), working=working
    )


_SHARED = "三级指标\t分值\t评价要点\t实际完成值\t得分\n依据充分性\t2\t①符合法规；②符合规划。以上评价要点各占50%权重，分达成、部分达成、未达成三档，按100%-80%（含）、80%-60%（含）、60%-0%评分。\t达成预期目标\t2\n执行率\t3\t按率得分\t部分达成\t2\n"


@rule(
    "mark.shares",
    group=Group.SUMS,
    title="评价要点的权重合计100%，档次的区间相接",
    good=(_SHARED,),
    bad=(_SHARED.replace("各占50%", "各占20%"), _SHARED.replace("80%-60%", "70%-60%")),
)
def point_shares(report: Report) -> Iterator[Result]:
    """各占20% is right where five points are listed; each tier begins where the one above it ends."""
    for place, printed in report.document.half_width_with(_SHARE, _TIER, least=4):
        text = half_width(printed)
        match = _SHARE.search(text)
        count = max((_CIRCLED.index(sign) + 1 for sign in printed if sign in _CIRCLED), default=0)
        if match and count > 1:
            facts = report.facts_within(place, match.start(), match.end())
            whole = Decimal(100) if match["percent"] else Decimal(match["down"] or 1)
            made = Decimal(match["percent"] or match["up"]) * count
            if abs(made - whole) <= (Decimal("0.5") if match["percent"] and count in (3, 6, 7, 9) else 0):
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"列出{count}个要点，“{match[0]}”合计不是全部权重"
                yield differs(place, match[0], f"1/{count}", message, facts=facts)
        yield from _tiers(report, place, text)


def _tiers(report: Report, place: Place, text: str) -> Iterator[Result]:
    tiers = list(_TIER.finditer(text))
    if len(tiers) < _ENOUGH - 1:
        return
    for above, below in itertools.pairwise(tiers):
        if above["low"] != below["high"] and below.start() - above.end() <= 2:
            message = f"档次不相接：{above[0]}之后是{below[0]}"
            yield differs(place, below[0], f"{above['low']}%-{below['low']}%", message)
            return
    facts = [fact for match in tiers for fact in report.facts_within(place, match.start(), match.end())]
    if facts:
        yield agrees(*facts)


@rule(
    "mark.tier",
    group=Group.GRADES,
    title="得分与达成档次相符",
    good=(_SHARED,),
    bad=(_SHARED.replace("部分达成\t2\n", "部分达成\t1.5\n"),),
)
def tier_scores(report: Report) -> Iterator[Result]:
    """部分达成 gives 60 to 80 % of the mark where the table's own criteria say so."""
    for table in report.document.tables:
        told = " ".join(half_width(cell.text) for row in table.rows for cell in row if "部分达成" in cell.text)
        tiers = list(_TIER.finditer(told))[:_ENOUGH]
        if len(tiers) < _ENOUGH or "达成、部分达成、未达成" not in told:
            continue
        full = next(iter(_mark_columns(table)), None)
        done = next((at for at, text in enumerate(table.headings) if re.search("实际完成|完成情况|完成值", text)), None)
        won = next(
            (at for at, text in enumerate(table.headings) if re.fullmatch("(?:自评|评价)?得分|自评分", text)), None
        )
        if full is None or done is None or won is None:
            continue
        for row in table.rows[table.head :]:
            yield from _tiered(report, row, (full, done, won), tiers, name_columns(table))


def _tiered(
    report: Report,
    row: Sequence[Cell],
    at: tuple[int, int, int],
    tiers: Sequence[re.Match[str]],
    names: Sequence[int],
) -> Iterator[Result]:
    mark, score = _fact(report, row[at[0]]), _fact(report, row[at[2]])
    text = row[at[1]].text.strip()
    tier = (
        1 if text.startswith("部分达成") else 2 if text.startswith("未达成") else 0 if text.startswith("达成") else None
    )
    if tier is None or mark is None or score is None or not mark.value or score.value is None:
        return
    share = score.value / mark.value * 100
    low, high = Decimal(tiers[tier]["low"]), Decimal(tiers[tier]["high"])
    if low <= share <= high:
        yield agrees(mark, score)
    else:
        name = next((row[column].label for column in reversed(names) if row[column].text), "")
        due = f"{mark.value * low / 100:f}—{mark.value * high / 100:f}分"
        message = f"“{name}”{_TIERS[tier]}，应在分值的{low}%—{high}%之间（{due}），得{score.value}分"
        yield doubtful(
            score.place, f"{score.value}", due, message, facts=(mark, score), related=(row[at[1]].place,),
            working=f"{score.value}÷{mark.value}={share:.0f}%", confidence=80,
        )  # fmt: skip


@rule(
    "count.indicators",
    group=Group.COUNTS,
    title="指标个数与指标表相符",
    good=(
        "设置三级指标3个。\n一级指标\t三级指标\t分值\n决策\t依据充分性\t2\n决策\t程序规范性\t3\n过程\t到位率\t3\n合计\t\t8\n",
        "设置三级指标2个（不含到位率）。\n一级指标\t三级指标\t分值\n决策\t依据充分性\t2\n决策\t程序规范性\t3\n过程\t到位率\t3\n合计\t\t8\n",
        "设置一级指标2个，三级指标3个。\n一级指标\t三级指标\t分值\n决策\t依据充分性\t2\n决策\t程序规范性\t3\n过程\t到位率\t3\n合计\t\t8\n",
        "设置三级指标22个。\n表7 三级指标失分最多的三项\n三级指标\t分值\t平均得分\n功能使用率\t8\t5.92\n预算执行率\t5\t4.10\n变更管理\t4\t2.88\n",
    ),
    bad=(
        "设置三级指标4个。\n一级指标\t三级指标\t分值\n决策\t依据充分性\t2\n决策\t程序规范性\t3\n过程\t到位率\t3\n合计\t\t8\n",
    ),
)
def indicator_counts(report: Report) -> Iterator[Result]:
    """三级指标39个 against the rows of the longest table of indicators."""
    for level in "一二三":
        counts = {count for table in report.document.tables if (count := _listed(table, f"{level}级指标"))}
        if not counts:
            continue
        pattern = Pattern(rf"{level}级指标(?:共|共计|共有|有)?([0-9]+)个|([0-9]+)个{level}级指标")
        for sentence in report.prose_with(pattern):
            for match in pattern.finditer(sentence.text):
                if is_without(sentence.text, match.end()):
                    continue
                said = int(match[1] or match[2])
                facts = report.facts_within(
                    sentence.place, sentence.start + match.start(), sentence.start + match.end()
                )
                facts = tuple(fact for fact in facts if fact.kind is FactKind.COUNT)
                if said in counts:
                    yield from (agrees(*facts) for _ in facts[:1])
                elif max(counts) <= said * 2:
                    near = min(counts, key=lambda count: abs(count - said))
                    message = f"写{match[0]}，指标表列出{near}个"
                    yield differs(sentence.place, str(said), str(near), message, facts=facts)


def _lists_some(table: Table) -> bool:
    """Whether the full marks of a table without a total row make less than a hundred: 失分最多的五项."""
    marks = [score_in(row[column].text) for row in table.rows[table.head :] for column in _mark_columns(table)[:1]]
    return not any(map(_is_total, table.rows[table.head :])) and sum(mark or 0 for mark in marks) < _WHOLE


_WHOLE = 100


def _listed(table: Table, heading: str) -> int:
    column = next((at for at, text in enumerate(table.headings) if text == heading), None)
    if column is None or not _mark_columns(table) or _lists_some(table):
        return 0
    rows = [row for row in table.rows[table.head :] if "小计" not in row[column].text and not _is_total(row)]
    named = [row for row in rows if row[column].text.strip()]
    own = [at for at in range(column + 1) if table.headings[at] not in ("序号", "编号")]
    # A table may print the name of a group in each of its rows.
    return sum(
        1
        for above, row in zip([None, *named], named, strict=False)
        if above is None or [above[at].label for at in own] != [row[at].label for at in own]
    )
