"""合同金额最大的是A包，最小的是G包，前者是后者的7.11倍: two lines of a table, named without their numbers."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.line_columns import columns_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Trial, judged, quotient, spots_with
from toolkit.text.patterns import Pattern

ENDS = Pattern(
    r"最[高大多长](?:的)?[是为](?P<first>[^，。；0-9]{1,24})[，、][^，。；0-9]{0,10}?最[低小少短](?:的)?[是为](?P<last>[^，。；0-9]{1,24})[，,]前者[是为]后者的$"
)
_TABLE = (
    "包号\t内容\t合同金额（万元）\n甲包\t终端设备\t472.80\n乙包\t服务器\t258.60\n丙包\t监理\t66.50\n合计\t\t797.90\n"
)


@rule(
    "times.ends",
    group=Group.RATES,
    named=True,
    title="最大的是最小的几倍与表中两行相符",
    good=(f"{_TABLE}\n\n合同金额最大的是甲包，最小的是丙包，前者是后者的7.11倍。",),
    bad=(f"{_TABLE}\n\n合同金额最大的是甲包，最小的是丙包，前者是后者的6.11倍。",),
)
def times(report: Report) -> Iterator[Result]:
    """The quotient of both under every heading where the first has the most and the last the least."""
    for spot in spots_with(report, ENDS):
        match = ENDS.search(spot.sentence) if spot.fact.unit == "倍" else None
        if match is not None:
            yield from judged(report, spot.fact, list(_trials(report, match["first"], match["last"])), "倍数写")


def _trials(report: Report, first: str, last: str) -> Iterator[Trial | None]:
    columns = columns_of(report, first)
    for column in (column for column in columns if last in column.facts):
        if column.best(high=True) == [first] and column.best(high=False) == [last]:
            yield quotient(column.facts[first], column.facts[last], sure=True)
