"""The one indicator of the text, and the one of a table, that are left over when all others are paired."""

from collections.abc import Iterator
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.outline import body
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_MARKED = Pattern(r"^\s*[（(]?[0-9]{1,2}[)）.．、]\s*(?P<name>.{3,60}?)[（(](?P<mark>[0-9]+(?:\.[0-9]+)?)分[)）]\s*$")
_NAMES, _MARK = Pattern("三级指标"), Pattern("^分值$|^权重$|标准分")
_FEWEST = 5
_TABLE = "二级指标\t三级指标\t分值\n决策\t立项依据\t3\n决策\t目标合理性\t2\n过程\t到位率\t4\n产出\t验收通过\t5\n产出\t系统上线\t6\n效益\t对各部门进行评估，满意度>=95%\t10\n\n\n"
_TEXT = "（1）立项依据（3分）\n依据充分。\n（2）目标合理性（2分）\n合理。\n（3）到位率（4分）\n到位。\n（4）验收通过（5分）\n通过。\n（5）系统上线（6分）\n上线。\n"


@rule(
    "name.indicator_left",
    group=Group.NAMES,
    title="正文的指标与指标表的指标对得上",
    good=(
        f"{_TABLE}{_TEXT}（1）对各部门进行评估，满意度>=95%（10分）\n满意。\n",
        f"{_TABLE}{_TEXT}",
        f"{_TABLE}{_TEXT}（6）服务质量（8分）\n良好。\n",
    ),
    bad=(f"{_TABLE}{_TEXT}（1）使用部门满意度≥95%（10分）\n满意。\n",),
)
def left(report: Report) -> Iterator[Result]:
    """Both have the same mark, so that they are one indicator by two names."""
    headed = [
        (label_of(match["name"]), match["mark"], paragraph.place)
        for paragraph, below in pairwise(body(report.document))
        if (match := _MARKED.match(paragraph.text)) and not _MARKED.match(below.text)  # groups have indicators below
    ]
    if len(headed) < _FEWEST:
        return
    told: set[str] = set()
    for table in reversed(report.document.tables):
        rows = _rows(table)
        names, known = {name for name, _, _ in headed}, {name for name, _, _ in rows}
        groups = {label_of(cell.text) for row in table.rows for cell in row} - known
        alone = [item for item in headed if item[0] not in known | groups]
        free = [item for item in rows if item[0] not in names]
        if len(known & names) < _FEWEST - 1 or len(alone) != 1 or len(free) != 1 or alone[0][0] in told:
            continue
        (name, mark, place), (other, value, at) = alone[0], free[0]
        if float(mark) == float(value):
            told.add(name)
            message = f"指标“{name}”在指标表里没有，表里同为{value}分的是“{other}”，其余指标都对得上，请统一名称"
            yield doubtful(place, name, other, message, related=(at,))


def _rows(table: Table) -> list[tuple[str, str, Place]]:
    """The indicators of a table with their marks: the column 分值 nearest behind that of the names."""
    column = next((at for at, heading in enumerate(table.headings) if _NAMES.search(heading)), None)
    if column is None:
        return []
    mark = next((at for at in range(column + 1, table.width) if _MARK.search(table.headings[at])), None)
    rows = table.rows[table.head :] if mark is not None else ()
    return [
        (label_of(row[column].text), row[mark].text.strip(), row[column].place)
        for row in rows
        if mark is not None and row[column].text.strip() and row[mark].is_numeric and not row[column].is_numeric
    ]
