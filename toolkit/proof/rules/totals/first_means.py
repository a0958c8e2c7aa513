"""前五名平均91.50分，后三名平均74.70分: the mean of the first or last lines by the scores of a table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import Column, headed
from toolkit.proof.lines import as_printed, lines_of
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, spots_with
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_MEAN = Pattern(
    r"(?P<end>前|后)(?P<count>[0-9]{1,2}|[两三四五六七八九十])(?:名|位)(?:项目|单位|部门|县区)?(?:的)?(?:平均|均)(?:总?得?分)?(?:为|是)?$"
)
_SCORES = ("总分", "总得分", "得分", "综合得分", "复评得分", "最终得分", "评价得分")
_MORE = 2
"""A table of so few lines more than are told of lists only those."""
_TABLE = "排名\t项目\t总分\n1\t甲平台\t95.0\n2\t乙平台\t90.0\n3\t丙平台\t85.0\n4\t丁平台\t80.0\n5\t戊平台\t70.0\n"


@rule(
    "line.first_mean",
    group=Group.SUMS,
    title="前几名、后几名的平均分与表相符",
    good=(f"{_TABLE}\n\n前三名平均90.00分，后两名平均75.00分。",),
    bad=(f"{_TABLE}\n\n前三名平均90.50分。", f"{_TABLE}\n\n前三名平均90.00分，后两名平均57.00分。"),
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
        yield from _judged(spot, columns, count, high=match["end"] == "前")


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
