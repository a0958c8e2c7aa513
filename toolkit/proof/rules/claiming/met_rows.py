"""Rows with a bound, what was reached, and whether it was met; and what prose says of those that were, or were not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, bound_of, number_of
from toolkit.proof.records import label_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.counting.counts import counted
from toolkit.text.numerals import Hedge
from toolkit.text.patterns import Pattern

_TABLE = "序号\t指标\t计量单位\t考核标准\t实际值\t是否达标\n1\t准点率\t%\t≥92\t93.4\t是\n2\t事故频率\t次\t≤1.5\t1.2\t是\n3\t新能源车占比\t%\t≥85\t82.8\t否\n4\t有效投诉量\t件\t≤6\t7.4\t否\n"
_WORK = "序号\t重点工作\t完成情况\n1\t县中医院迁建\t未完成\n2\t托育机构建设\t完成\n3\t医保平台建设\t完成\n"
_SIGNED = "指标\t目标值\t完成值\t差值（百分点）\t是否达标\n建档率\t≥90%\t92.4%\t2.4\t是\n管理率\t≥64%\t61.5%\t-2.5\t否\n接种率\t≥95%\t97.2%\t2.2\t是\n服务数\t420\t436\t16\t是\n"
_HEAD = Pattern("是否(?:已)?(?:达标|完成|达到|合格|实现|通过|接入|上线|投用)|(?:达标|完成|达成)(?:情况|与否)")
_YES = frozenset({"是", "达标", "完成", "已完成", "达到", "合格", "√", "通过", "达成"})
_NO = frozenset({"否", "未达标", "不达标", "未完成", "未达到", "不合格", "×", "未通过", "未达成"})
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its name, whether it says that it was met, and whether its numbers say so."""

    name: str
    met: bool
    cell: Cell
    facts: tuple[Fact, ...]
    holds: bool | None


@rule(
    "row.met",
    group=Group.LOGIC,
    title="是否达标与标准、实际值相符",
    good=(_TABLE, _SIGNED),
    bad=(
        _SIGNED.replace("-2.5\t否", "-2.5\t是"),
        _SIGNED.replace("16\t是", "16\t否"),
        _TABLE.replace("82.8\t否", "82.8\t是"),
        _TABLE.replace("93.4\t是", "93.4\t否"),
    ),
)
def met(report: Report) -> Iterator[Result]:
    """≥85 and 82.8 are not met; where most rows of the table say what their numbers do."""
    for rows in _tables(report):
        known = [row for row in rows if row.holds is not None]
        wrong = [row for row in known if row.holds is not row.met]
        if len(known) < _FEWEST or len(wrong) * _FEWEST > len(known):
            continue
        for row in known:
            if row not in wrong:
                yield agrees(*row.facts)
                continue
            shown = "、".join(fact.text for fact in row.facts)
            message = f"“{row.name}”写“{row.cell.text.strip()}”，而标准和实际值是{shown}"
            yield differs(
                row.cell.place, row.cell.text.strip(), "", message, facts=row.facts,
                related=tuple(fact.place for fact in row.facts), confidence=85,
            )  # fmt: skip


def _tables(report: Report) -> Iterator[list[_Row]]:
    for table in report.document.tables:
        column = next((at for at, heading in enumerate(table.headings) if _HEAD.fullmatch(bare(heading))), None)
        rows = [
            row
            for line in table.rows[table.head :]
            if column is not None and (row := _row(report, table, line, column))
        ]
        if len(rows) >= _FEWEST:
            yield rows


def _row(report: Report, table: Table, line: Sequence[Cell], column: int) -> _Row | None:
    words = line[column].label
    if words not in _YES | _NO:
        return None
    name = next((label_of(cell.text) for cell in line if len(cell.label) > 1 and not cell.is_numeric), "")
    bounds = [bound for cell in line if (bound := bound_of(report, cell))]
    numbers = [
        fact
        for at, cell in enumerate(line)
        if (fact := number_of(report, cell)) and not re.search("序号|分值|得分|权重|率$", bare(table.headings[at]))
    ]
    bounds, numbers = _target_and_reached(report, table, line) or (bounds, numbers)
    one = len(bounds) == len(numbers) == 1
    holds = _holds(bounds[0], numbers[0]) if one else None
    return _Row(name, words in _YES, line[column], (bounds[0], numbers[0]) if one else (), holds)


def _target_and_reached(report: Report, table: Table, line: Sequence[Cell]) -> tuple[list[Fact], list[Fact]] | None:
    """The numbers below 目标值 and 实际值, where a table has one column of each; a target without a sign is the least."""
    headings = [bare(heading) for heading in table.headings]
    targets = [at for at, heading in enumerate(headings) if _TARGET.fullmatch(heading)]
    reached = [at for at, heading in enumerate(headings) if _REACHED.fullmatch(heading)]
    if len(targets) != 1 or len(reached) != 1:
        return None
    cell = line[targets[0]]
    number, done = number_of(report, cell), number_of(report, line[reached[0]])
    bound = bound_of(report, cell) or (replace(number, hedge=Hedge.AT_LEAST) if number else None)
    return ([bound], [done]) if bound and done else None


_TARGET = Pattern("(?:年度)?(?:(?:目标|计划|标准|考核标准)(?:值|数)?|指标值)")
_REACHED = Pattern("(?:实际|完成|实际完成|全年完成|达到)(?:值|数|情况)?")


def _holds(bound: Fact, fact: Fact) -> bool:
    due, real = bound.value or 0, fact.value or 0
    if bound.hedge in (Hedge.AT_LEAST, Hedge.ABOVE):
        return real >= due if bound.hedge is Hedge.AT_LEAST else real > due
    return real <= due if bound.hedge is Hedge.AT_MOST else real < due


_WORDS = "达标|完成|达到(?:标准|目标)|合格|实现|通过|接入|上线|投用"
_N = r"(?P<count>[0-9]{1,2}|[两一二三四五六七八九十])"
_NAMED = Pattern(
    rf"(?P<no>[未不]?)(?:{_WORDS})的(?:{_N}?[项个])?(?:指标)?(?:分别)?(?:为|是|有|：)(?P<names>[^，。；：]+)"
)
_AMONG = Pattern(
    rf"(?P<all>[0-9]{{1,2}}|[两三四五六七八九十])[项个][^，。；0-9]{{0,12}}?中，?(?:有)?{_N}[项个](?P<no>[未不]?)(?:已)?(?:{_WORDS})"
)


@rule(
    "row.met_told",
    group=Group.COUNTS,
    title="正文说的达标、未达标的名单和个数与表相符",
    good=(
        f"{_TABLE}\n\n4项指标中2项达标。未达标的两项为新能源车占比和有效投诉量。",
        f"{_WORK}\n\n未完成的1项为县中医院迁建。",
    ),
    bad=(
        f"{_TABLE}\n\n4项指标中3项达标。",
        f"{_TABLE}\n\n未达标的两项为新能源车占比和准点率。",
        f"{_WORK}\n\n未完成的1项为托育机构建设。",
    ),
)
def told(report: Report) -> Iterator[Result]:
    """Names and numbers of those that met their bound, where one table of the report says it."""
    tables = list(_tables(report))
    named = {row.name: row for rows in tables for row in rows}
    alone = len(named) == sum(map(len, tables))
    for sentence in report.prose_with(_AMONG, _NAMED) if tables else ():
        for match in _AMONG.finditer(sentence.text):
            rows = tables[0]
            if len(tables) == 1 and counted(match["all"]) == len(rows):
                due = sum(row.met is not bool(match["no"]) for row in rows)
                yield from _counted(report, sentence, match, due)
        for match in _NAMED.finditer(sentence.text) if alone else ():
            yield from _listed(sentence, match, named)


def _counted(report: Report, sentence: Sentence, match: re.Match[str], due: int) -> Iterator[Result]:
    at = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, at, at + 1)
    if counted(match["count"]) == due:
        yield from (agrees(*facts) for _ in facts[:1])
    else:
        message = f"写“{match[0]}”，表中是{due}项"
        yield differs(sentence.place, match["count"], str(due), message, facts=facts, confidence=85)


def _listed(sentence: Sentence, match: re.Match[str], rows: Mapping[str, _Row]) -> Iterator[Result]:
    names = [name.strip("“”") for name in re.split("、|和|及", match["names"])]
    wrong = next((rows[name] for name in names if name in rows and rows[name].met is bool(match["no"])), None)
    if wrong is not None:
        place: Place = wrong.cell.place
        message = f"写“{match[0]}”，表中“{wrong.name}”是“{wrong.cell.text.strip()}”"
        yield doubtful(sentence.place, wrong.name, wrong.cell.text.strip(), message, related=(place,), confidence=85)
