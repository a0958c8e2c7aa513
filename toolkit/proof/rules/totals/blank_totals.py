"""A total row without the rate that every row above it has."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.sums import is_total
from toolkit.text.patterns import Pattern

_RATE = Pattern("(?:得分|执行|到位|完成|达标)率")
_FEWEST = 3
_GOOD = "一级指标\t分值\t得分\t得分率（%）\n决策\t18\t15\t83.33\n过程\t20\t18\t90.00\n产出\t27\t27\t100.00\n合计\t65\t60\t92.31\n"


@rule(
    "sum.rate_blank",
    group=Group.SUMS,
    title="各行有得分率的，合计行也有",
    good=(_GOOD, _GOOD.replace("\t100.00\n合计\t65\t60\t92.31", "\t\n合计\t65\t60\t")),
    bad=(_GOOD.replace("\t92.31", "\t"),),
)
def blank_rates(report: Report) -> Iterator[Result]:
    """The empty cell of a total whose other numbers are there."""
    for table in report.document.tables:
        total = table.rows[-1] if table.rows else ()
        label = next((cell.label for cell in total if cell.text), "")
        if not is_total(label) or sum(cell.is_numeric for cell in total) < _FEWEST - 1:
            continue
        for column in _rates(table):
            if not total[column].text.strip() and not total[column].merged:
                heading = table.headings[column]
                message = f"{label}行没有写“{heading}”，上面各行都写了"
                yield doubtful(total[column].place, "", "", message)


def _rates(table: Table) -> Iterator[int]:
    """The columns of rates that are filled in every row above the last."""
    for column, heading in enumerate(table.headings):
        cells = table.column(column)[:-1]
        if _RATE.search(heading) and len(cells) >= _FEWEST and all(cell.is_numeric for cell in cells):
            yield column
