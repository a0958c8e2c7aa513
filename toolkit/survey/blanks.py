"""Blank cells in an export that marks what was not answered (−3, (跳过)): the cells of such a row have moved."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from toolkit.model import Finding, Sentence, Severity
from toolkit.survey.mapping import Column
from toolkit.survey.opening import Export

_FEW = 10
"""An export marks what was not answered when there are so many marks to one blank."""
_SHOWN = 20
_HINT = "核对这一行各列是否对齐，从平台重新导出；确实没有作答的，照其他各行写上标记"


def unmarked_blanks(
    export: Export, columns: Sequence[Column], table: Mapping[int, Sequence[str]], marks: Collection[str]
) -> Iterator[Finding]:
    """An error at every row with such a cell; ``table``: number of the row below the header → its cells."""
    marked = blank = 0
    asked = []
    for column in (column for column in columns if column.question is not None):
        counts = Counter(row[column.number].strip() for row in table.values())
        empty = counts.pop("", 0)
        said = sum(counts[mark] for mark in marks)
        if said > empty:  # a column that leaves blank what was not chosen says nothing
            asked.append(column.number)
            marked, blank = marked + said, blank + empty
    if not 0 < blank * _FEW <= marked:
        return
    places = {row: at for row, cells in table.items() for at in reversed(asked) if not cells[at].strip()}
    template = "这一格空着，文件里其他没有作答的都有标记，这一行各列可能错位（共{rows}行）"
    for row, at in list(places.items())[:_SHOWN]:
        words = Sentence.of(template, {"rows": str(len(places))})
        yield Finding("SURVEY-03", Severity.ERROR, export.at(row, at), words, _HINT)
