"""前五名平均91.50分，前三名企业合计462个: the mean or the sum of the first or last lines of a table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import Column, all_columns, headed
from toolkit.proof.lines import as_printed, lines_of
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.row_words import is_of_others
from toolkit.proof.trials import Spot, is_repeated, slipped, spots_with, summed, told
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MEAN = Pattern(
    r"(?P<end>前|后)(?P<count>[0-9]{1,2}|[两三四五六七八九十])(?:名|位)(?:项目|单位|部门|县区)?(?:均为[^，。；0-9]{1,4}，)?(?:的)?(?:平均|均)(?:总?得?分)?(?:为|是)?$"
)
_SCORES = ("总分", "总得分", "得分", "综合得分", "复评得分", "最终得分", "评价得分")
_MORE = 2
"""A table of so few lines more than are told of lists only those."""
_SHARED = "企业\t充电桩（个）\n甲公司\t186\n乙公司\t152\n丙公司\t124\n丁公司\t98\n戊公司\t94\n合计\t654\n"
_TABLE = "排名\t项目\t总分\n1\t甲平台\t95.0\n2\t乙平台\t90.0\n3\t丙平台\t85.0\n4\t丁平台\t80.0\n5\t戊平台\t70.0\n"

_OWN = "名次\t项目\t自评得分\t复评得分\n1\t甲平台\t98.0\t95.0\n2\t乙平台\t97.0\t90.0\n3\t丙平台\t96.0\t85.0\n4\t丁平台\t95.0\t80.0\n5\t戊平台\t94.0\t70.0\n"


@rule(
    "line.first_mean",
    group=Group.SUMS,
    title="前几名、后几名的平均分与表相符",
    good=(f"{_TABLE}\n\n前三名平均90.00分，后两名平均75.00分。",),
    bad=(
        f"{_TABLE}\n\n前三名平均90.50分。",
        f"{_OWN}\n\n后两名均为中，平均57.00分。",
        f"{_TABLE}\n\n前三名平均90.00分，后两名平均57.00分。",
    ),
)
def first_means(report: Report) -> Iterator[Result]:
    """The mean of the highest or lowest scores, of the only column of scores that is long enough."""
    for spot in spots_with(report, _MEAN) if lines_of(report) else ():
        match = _MEAN.search(spot.sentence)
        if match is None or spot.fact.kind is not FactKind.SCORE:
            continue
        count = 2 if match["count"] == "两" else numeral(match["count"])
        named = ([column for column in headed(report, words) if _is_long(column, count)] for words in _SCORES)
        columns = next((columns for columns in named if columns), [])
        columns = [column for column in columns if "自评" not in column.heading] or columns
        yield from _judged(spot, columns, count, high=match["end"] == "前")


_SUM = Pattern(
    r"前(?P<count>[0-9]{1,2}|[两三四五六七八九十])(?:名|位|大|家)(?P<noun>[\u4e00-\u9fff]{2,4}?)?(?:合计|共计)(?P<what>[\u4e00-\u9fff]{0,6}?)(?:为|达)?$"
)


@rule(
    "line.first_sum",
    group=Group.SUMS,
    title="前几名合计的数与表相符",
    good=(f"{_SHARED}\n\n充电桩前三名企业合计462个。",),
    bad=(f"{_SHARED}\n\n充电桩前三名企业合计426个。",),
)
def first_sums(report: Report) -> Iterator[Result]:
    """The sum of the largest lines of the only table that fits, told wrong by a digit or two in the other order."""
    for spot in spots_with(report, _SUM) if lines_of(report) else ():
        match = _SUM.search(spot.sentence)
        if match is None or not spot.fact.value:
            continue
        count = 2 if match["count"] == "两" else numeral(match["count"])
        columns = [column for column in all_columns(report) if _can_be(column, spot.fact, count)]
        found = [_of(column, count, high=True) for column in columns]
        sums = [summed(cells) for cells in found]
        fitting = next((item for item in sums if spot.fact.meets(item.low, item.high)), None)
        near = [item for item in sums if slipped(spot.fact, item.due)]
        if fitting is not None:
            yield agrees(spot.fact, *fitting.facts)
        elif len({item.due for item in near}) == 1 and not is_repeated(report, spot.fact):
            yield told(spot.fact, near[0], f"前{count}位合计写", doubtful)


def _can_be(column: Column, fact: Fact, count: int) -> bool:
    alike = all(same_unit(cell, fact) for cell in column.facts.values()) and not any(map(is_of_others, column.facts))
    return alike and len(column.facts) >= count + _MORE


def _is_long(column: Column, count: int) -> bool:
    return len(column.facts) >= count + _MORE and "平均" not in column.heading


def _judged(spot: Spot, columns: Sequence[Column], count: int, *, high: bool) -> Iterator[Result]:
    fact = spot.fact
    found = [_of(column, count, high=high) for column in columns]
    dues = [sum((as_printed(cell, fact) for cell in cells), Decimal(0)) / len(cells) for cells in found]
    fitting = next((cells for cells, due in zip(found, dues, strict=True) if fact.meets(due, due)), None)
    if fitting is not None:
        yield agrees(fact, *fitting)
    elif len({round(due, 4) for due in dues}) == 1:
        decimals = max(0, -int(fact.step.as_tuple().exponent))
        right = f"{plain(round(dues[0], decimals))}{fact.unit}"
        message = f"写{said(fact)}，表中“{columns[0].heading}”{'前' if high else '后'}{count}位平均{right}"
        places = tuple(cell.place for cell in found[0][:4])
        yield differs(fact.place, said(fact), right, message, facts=(fact, *found[0]), related=places, confidence=85)


def _of(column: Column, count: int, *, high: bool) -> list[Fact]:
    return sorted(column.facts.values(), key=lambda cell: cell.base, reverse=high)[:count]
