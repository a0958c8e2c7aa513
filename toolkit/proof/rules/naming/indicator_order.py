"""Indicators in the order of the table of indicators: in the text about them, and in a second table."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place, Table
from toolkit.proof.outline import body
from toolkit.proof.records import label_of
from toolkit.proof.report import Report
from toolkit.proof.rules.wording.numbering import mark_of
from toolkit.text.patterns import Pattern

_INDICATORS = Pattern("三级指标|指标名称")
_FEWEST = 5
_TABLE = "三级指标\t分值\n资金到位率\t3\n预算执行率\t3\n资金拨付及时性\t3\n制度健全性\t5\n制度有效性\t6\n\n\n"


@rule(
    "name.order",
    group=Group.NAMES,
    title="指标的先后次序与指标表一致",
    good=(f"{_TABLE}1.资金到位率：全部到位。\n2.预算执行率：全部支出。\n3.资金拨付及时性：及时。\n", _TABLE),
    bad=(
        f"{_TABLE}1.资金到位率：全部到位。\n2.资金拨付及时性：及时。\n3.预算执行率：全部支出。\n",
        f"{_TABLE}附表\n三级指标\t得分\n资金到位率\t3\n资金拨付及时性\t3\n预算执行率\t3\n制度健全性\t5\n制度有效性\t6\n",
    ),
)
def order(report: Report) -> Iterator[Result]:
    """Where text or a later table goes back in the order of the first table of indicators."""
    lists = [names for table in report.document.tables if len(names := _names(table)) >= _FEWEST]
    if not lists:
        return
    rank = {name: at for at, (name, _) in enumerate(lists[0])}
    where = dict(lists[0])
    for later in lists[1:]:
        known = [(name, place) for name, place in later if name in rank]
        if len(known) >= _FEWEST:
            yield from _back(known, rank, where, "另一表")
    for run in _runs(report):
        yield from _back([(name, place) for name, place in run if name in rank], rank, where, "正文")


def _names(table: Table) -> list[tuple[str, Place]]:
    """The indicators of a table that stand in it once, in its order."""
    column = next((at for at, heading in enumerate(table.headings) if _INDICATORS.search(heading)), None)
    if column is None:
        return []
    cells = [(label_of(cell.text), cell.place) for cell in table.column(column) if cell.text]
    names = [name for name, _ in cells]
    return [(name, place) for name, place in cells if names.count(name) == 1]


def _back(
    found: Sequence[tuple[str, Place]], rank: dict[str, int], where: dict[str, Place], told: str
) -> Iterator[Result]:
    """The one place where the order is broken; an order of another kind, as that of scores, is broken everywhere."""
    broken = [(before, after) for before, after in pairwise(found) if rank[after[0]] < rank[before[0]]]
    if len(broken) == 1:
        (before, _), (name, place) = broken[0]
        message = f"{told}先写“{before}”，后写“{name}”，指标表的次序相反，请统一次序"
        yield doubtful(place, name, "", message, related=(where[name],))


def _runs(report: Report) -> Iterator[list[tuple[str, Place]]]:
    """Numbered paragraphs that count on, each with the name that it begins with."""
    run: list[tuple[str, Place]] = []
    last: tuple[str, int] | None = None
    for paragraph in body(report.document):
        mark = mark_of(paragraph.text)
        if mark is None:
            continue
        if last is None or (mark[0], mark[1] - 1) != last:
            yield run
            run = []
        last = mark[:2]
        name = re.split("[：:。（(]", paragraph.text[mark[2].end() :])[0]
        run.append((label_of(name), paragraph.place))
    yield run
