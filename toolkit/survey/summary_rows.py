"""Rows of an export that are no answer sheets: totals, means, what lacks the marks every other sheet has.

In an export of option numbers a total of 3 is an answer like any other, so such rows are told before anything counts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.model import Finding, Sentence, Severity
from toolkit.survey.mapping import Column, Use
from toolkit.survey.opening import Export
from toolkit.text.folding import compared

_SUMMARY = frozenset(
    map(compared, ("合计", "总计", "共计", "小计", "汇总", "平均", "平均值", "平均分", "均值", "总数", "人数", "占比"))
)
_BEGINNINGS = re.compile(f"[{''.join(sorted({word[0] for word in _SUMMARY}))}]")
"""A text without any of these is none of the words, whatever its spaces and its width."""
_MARKS = (Use.ID, Use.TIME, Use.SECONDS, Use.ADDRESS)
"""Columns a platform fills in for every sheet."""
_SHOWN = 20
_HINT = "合计行、平均行等不是答卷，删去后再导入；是答卷的，从平台重新导出"


def no_sheets(export: Export, columns: Sequence[Column], table: Mapping[int, Sequence[str]]) -> Iterator[Finding]:
    """An error at every such row; ``table``: number of the row below the header → its cells."""
    own = [column.number for column in columns if column.question is None and column.use is not Use.PROJECT]
    marks = [column.number for column in columns if column.use in _MARKS and _is_filled(column.number, table)]
    found: list[tuple[int, int, str]] = []
    for number, row in table.items():
        named = next((at for at in own if _BEGINNINGS.search(row[at]) and compared(row[at]) in _SUMMARY), None)
        if named is not None:
            found.append((number, named, f"这一行写着“{row[named].strip()}”，不像答卷"))
        elif marks and not any(row[at].strip() for at in marks):
            found.append((number, marks[0], "这一行没有序号、提交时间等，其他答卷都有，不像答卷"))
    for number, at, words in found[:_SHOWN]:
        yield Finding(
            "SURVEY-03",
            Severity.ERROR,
            export.at(number, at),
            Sentence.saying("{words}（共{count}行）", words=words, count=len(found)),
            _HINT,
        )


def _is_filled(column: int, table: Mapping[int, Sequence[str]]) -> bool:
    """Nearly every row has something there."""
    return sum(bool(row[column].strip()) for row in table.values()) * 10 > len(table) * 9
