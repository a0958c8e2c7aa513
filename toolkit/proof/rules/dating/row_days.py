"""Days of one row of a table in the order of their headings: a contract is signed before what it is for is accepted."""

from collections.abc import Iterator
from itertools import combinations

from toolkit.proof.days import day_of
from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.lines import bare
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_IN_TURN = (
    Pattern("(?:招标|采购|磋商)(?:公告)?(?:发布)?"),
    Pattern("(?:中标|成交|开标)(?:公告)?"),
    Pattern("(?:合同)?(?:签订|签署|签约)(?:合同)?"),
    Pattern("开工|实际开工"),
    Pattern("完工|竣工|建成|实际完工|实际竣工"),
    Pattern("初验|初步验收"),
    Pattern("验收|终验|竣工验收|最终验收"),
)
"""What headings of days are called, first things first."""
_DAY = Pattern("(?P<what>[\u4e00-\u9fff]{2,8}?)(?:日期|时间|日)")
_FEWEST = 3
_TABLE = (
    "名称\t合同签订日期\t金额\t验收日期\n甲实训室\t2025年3月12日\t218.60\t2025年7月18日\n"
    "乙实训室\t2025年4月20日\t164.50\t2025年8月16日\n丙实训室\t2025年5月8日\t98.70\t—\n丁实训室\t2025年5月8日\t98.70\t2025年8月22日\n"
)


@rule(
    "date.row",
    group=Group.DATES,
    title="表中同一行的签订、开工、完工、验收日期按先后",
    good=(_TABLE,),
    bad=(_TABLE.replace("2025年4月20日", "2025年9月20日"),),
)
def rows(report: Report) -> Iterator[Result]:
    """Every two columns of days; where most rows keep their order a row that does not is wrong."""
    for table in report.document.tables:
        columns = [(rank, at) for at, heading in enumerate(table.headings) if (rank := _rank(heading)) is not None]
        for (first, left), (second, right) in combinations(sorted(columns), 2):
            if first != second:
                yield from _compared(table, left, right)


def _rank(heading: str) -> int | None:
    match = _DAY.fullmatch(bare(heading))
    return next((at for at, name in enumerate(_IN_TURN) if match and name.fullmatch(match["what"])), None)


def _compared(table: Table, left: int, right: int) -> Iterator[Result]:
    days = [(row[left], row[right], day_of(row[left]), day_of(row[right])) for row in table.rows[table.head :]]
    known = [(one, other, early, late) for one, other, early, late in days if early and late]
    wrong = [item for item in known if item[2] > item[3]]
    if len(known) < _FEWEST or len(wrong) * 2 >= len(known):
        return
    for one, other, _, _ in wrong:
        names = [bare(table.headings[at]) for at in (left, right)]
        message = f"{names[0]}{one.text.strip()}晚于{names[1]}{other.text.strip()}"
        yield differs(one.place, one.text.strip(), "", message, related=(other.place,), confidence=85)
