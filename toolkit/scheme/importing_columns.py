"""What the columns of an indicator table out of a document are: levels, the marks beside each of them, words."""

from collections.abc import Mapping, Sequence

from toolkit.text.folding import compared

Row = Sequence[str | None]
Grid = Sequence[Row]

FIRST, SECOND, NAME, MARK = "一级指标", "二级指标", "三级指标", "分值"
TARGET, STANDARD, EXPLANATION = "目标值", "评分标准", "指标解释"
FIRST_MARK, GROUP_MARK, ABOVE = "一级分值", "二级分值", "上一级指标"
"""Marks beside first and second levels; the level above the indicator in a table of four levels."""
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    FIRST: ("一级指标", "一级", "类别", "评价维度", "维度"),
    SECOND: ("二级指标", "二级"),
    NAME: ("三级指标", "三级", "指标名称", "具体指标", "四级指标", "四级"),
    MARK: ("分值", "权重", "标准分", "满分", "分值权重", "指标分值"),
    TARGET: ("目标值", "全年指标值", "年度指标值", "指标值", "绩效目标值", "计划值"),
    STANDARD: ("评分标准", "评分规则", "评分细则", "评价标准", "评价要点及评分规则", "评价要点", "评分办法"),
    EXPLANATION: ("指标解释", "指标说明", "指标内容"),
}
_MEANING = {compared(word): heading for heading, words in _HEADINGS.items() for word in words}
_THIRD = frozenset({"三级指标", "三级"})
_NEEDED = (NAME, MARK)
_DEEPEST_HEAD = 3


def head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The last heading row and what its columns are; headings may stand in up to three rows, one above the other."""
    best: tuple[int, dict[str, int]] | None = None
    for last in range(len(grid)):
        for first in range(max(0, last - _DEEPEST_HEAD + 1), last + 1):
            columns = _columns(grid[first : last + 1])
            if all(heading in columns for heading in _NEEDED) and (best is None or len(columns) > len(best[1])):
                best = (last, columns)
        if best is not None and last > best[0] + 1:
            break
    return best


def _columns(rows: Grid) -> dict[str, int]:
    """Heading → column. A column of marks belongs to the level on its left."""
    columns: dict[str, int] = {}
    named = ""
    for column in range(max((len(row) for row in rows), default=0)):
        words = [compared(str(row[column])) for row in rows if column < len(row) and row[column]]
        word = next((word for word in reversed(words) if word in _MEANING), "")
        heading = _MEANING.get(word, "")
        if heading == MARK:
            columns.setdefault(_marked(columns), column)
        elif heading == NAME and named in _THIRD and NAME in columns:
            columns[ABOVE], columns[NAME] = columns[NAME], column
            columns.pop(MARK, None)
        elif heading and (heading not in columns or heading == NAME):
            columns[heading] = column
        named = word if heading == NAME else named
    if MARK not in columns and FIRST_MARK in columns and GROUP_MARK not in columns:
        columns[MARK] = columns.pop(FIRST_MARK)  # the only marks, though they stand before the names
    return columns


def _marked(columns: Mapping[str, int]) -> str:
    """Whose marks a column holds that stands behind these."""
    if NAME in columns:
        return MARK
    return GROUP_MARK if SECOND in columns else FIRST_MARK if FIRST in columns else MARK
