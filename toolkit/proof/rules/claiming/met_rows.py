"""Rows with a bound, what was reached, and whether it was met; and what prose says of those that were, or were not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact
from toolkit.proof.lines import bare, bound_of, number_of
from toolkit.proof.records import label_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.rules.counting.counts import counted
from toolkit.text.numerals import Hedge

_TABLE = "序号\t指标\t计量单位\t考核标准\t实际值\t是否达标\n1\t准点率\t%\t≥92\t93.4\t是\n2\t事故频率\t次\t≤1.5\t1.2\t是\n3\t新能源车占比\t%\t≥85\t82.8\t否\n4\t有效投诉量\t件\t≤6\t7.4\t否\n"
_HEAD = re.compile("是否(?:已)?(?:达标|完成|达到|合格|实现|通过)|(?:达标|完成|达成)(?:情况|与否)")
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
    good=(_TABLE,),
    bad=(_TABLE.replace("82.8\t否", "82.8\t是"), _TABLE.replace("93.4\t是", "93.4\t否")),
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
    one = len(bounds) == len(numbers) == 1
    holds = _holds(bounds[0], numbers[0]) if one else None
    return _Row(name, words in _YES, line[column], (bounds[0], numbers[0]) if one else (), holds)


def _holds(bound: Fact, fact: Fact) -> bool:
    due, real = bound.value or 0, fact.value or 0
    if bound.hedge in (Hedge.AT_LEAST, Hedge.ABOVE):
        return real >= due if bound.hedge is Hedge.AT_LEAST else real > due
    return real <= due if bound.hedge is Hedge.AT_MOST else real < due


_WORDS = "达标|完成|达到(?:标准|目标)|合格|实现|通过"
_N = r"(?P<count>[0-9]{1,2}|[两一二三四五六七八九十])"
_NAMED = re.compile(
    rf"(?P<no>[未不]?)(?:{_WORDS})的(?:{_N}?[项个])?(?:指标)?(?:分别)?(?:为|是|有|：)(?P<names>[^，。；：]*(?:、|和)[^，。；：]*)"
)
_AMONG = re.compile(
    rf"(?P<all>[0-9]{{1,2}}|[两三四五六七八九十])[项个][^，。；0-9]{{0,12}}?中，?(?:有)?{_N}[项个](?P<no>[未不]?)(?:已)?(?:{_WORDS})"
)


@rule(
    "row.met_told",
    group=Group.COUNTS,
    title="正文说的达标、未达标的名单和个数与表相符",
    good=(f"{_TABLE}\n\n4项指标中2项达标。未达标的两项为新能源车占比和有效投诉量。",),
    bad=(
        f"{_TABLE}\n\n4项指标中3项达标。",
        f"{_TABLE}\n\n未达标的两项为新能源车占比和准点率。",
    ),
)
def told(report: Report) -> Iterator[Result]:
    """Names and numbers of those that met their bound, where one table of the report says it."""
    tables = list(_tables(report))
    if len(tables) != 1:
        return
    rows = tables[0]
    for sentence in report.prose:
        for match in _AMONG.finditer(sentence.text):
            if counted(match["all"]) == len(rows):
                due = sum(row.met is not bool(match["no"]) for row in rows)
                yield from _counted(report, sentence, match, due)
        for match in _NAMED.finditer(sentence.text):
            yield from _listed(sentence, match, {row.name: row for row in rows})


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
