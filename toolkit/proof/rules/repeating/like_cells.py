"""Cells of a column that say the same but for one number: 得1分的100%、80%、60% in every row, and 10% in one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from toolkit.proof.declaration import Group, Result, agrees, doubtful, rule
from toolkit.proof.document import Cell
from toolkit.proof.lines import bare, number_of
from toolkit.proof.records import FULL_MARKS
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_NUMBER = Pattern(r"\d+(?:\.\d+)?")
_MARK_BEHIND = Pattern("分(?!钟|之)")
_MANY = 3
"""A list of more shares is one of steps, 100%、80%、60%、40%, which all rows have alike."""
_LEAST, _ROWS, _ODD = 12, 4, 2
_TABLE = (
    "指标\t分值\t评分标准\n立项依据\t1\t按好、较好、一般评定等级，分别得1分的100%、80%、60%。\n立项程序\t2\t按好、较好、一般评定等级，分别得2分的100%、80%、60%。\n"
    "绩效目标\t4\t按好、较好、一般评定等级，分别得4分的100%、80%、60%。\n资金分配\t3\t按好、较好、一般评定等级，分别得3分的100%、80%、60%。\n"
)


@rule(
    "column.alike",
    group=Group.SAME_FACT,
    title="一栏中写法相同的各格只有一个数不同",
    good=(_TABLE,),
    bad=(_TABLE.replace("4分的100%、80%", "4分的100%、30%"), _TABLE.replace("得2分的", "得5分的")),
)
def alike(report: Report) -> Iterator[Result]:
    """Of cells with the same words, each number: the same as in all others, or the full mark of its row."""
    for table in report.document.tables:
        mark = next((at for at, heading in enumerate(table.headings) if bare(heading) in FULL_MARKS), None)
        for column in range(table.width):
            groups: dict[str, list[Sequence[Cell]]] = defaultdict(list)
            for row in table.rows[table.head :]:
                text = row[column].text
                if len(text) >= _LEAST and not row[column].is_numeric:
                    groups[_NUMBER.sub("#", text)].append(row)
            for rows in groups.values():
                if len(rows) >= _ROWS:
                    yield from _compared(report, rows, column, mark)


def _compared(report: Report, rows: Sequence[Sequence[Cell]], column: int, mark: int | None) -> Iterator[Result]:
    """The shares and the marks at each place of the shared words; no shares of a row in which several are others."""
    numbers = [list(_NUMBER.finditer(row[column].text)) for row in rows]
    behind = [rows[0][column].text[match.end() :] for match in numbers[0]]
    shares = [at for at, text in enumerate(behind) if text.startswith("%") and len(behind) > _MANY]
    usual = {at: Counter(found[at][0] for found in numbers).most_common(1)[0][0] for at in shares}
    like = [index for index, found in enumerate(numbers) if sum(found[at][0] != usual[at] for at in shares) < _ODD]
    for at in shares if len(like) >= _ROWS else ():
        said = [numbers[index][at] for index in like]
        yield from _judged(report, [rows[index] for index in like], column, said, [usual[at]] * len(like))
    for at in (at for at, text in enumerate(behind) if _MARK_BEHIND.match(text) and mark is not None):
        due = [_mark(report, row[mark or 0]) for row in rows]
        yield from _judged(report, rows, column, [found[at] for found in numbers], due)


def _judged(
    report: Report,
    rows: Sequence[Sequence[Cell]],
    column: int,
    said: Sequence[re.Match[str]],
    due: Sequence[str | None],
) -> Iterator[Result]:
    """Nothing where more than one number is not as it should be: then they are other things."""
    wrong = [index for index, match in enumerate(said) if due[index] != _plain(match[0])]
    for index, row in enumerate(rows if len(wrong) < _ODD else ()):
        place = row[column].place
        facts = report.facts_within(place, said[index].start(), said[index].end())
        if index not in wrong:
            yield from (agrees(*facts) for _ in facts[:1])
        elif due[index] is not None:
            message = f"这里写{said[index][0]}，按同一栏另{len(rows) - 1}格同样的写法应为{due[index]}"
            yield doubtful(place, said[index][0], due[index] or "", message, facts=facts, confidence=75)


def _mark(report: Report, cell: Cell) -> str | None:
    fact = number_of(report, cell)
    return None if fact is None else _plain(fact.text)


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
