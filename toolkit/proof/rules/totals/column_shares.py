"""Columns and rows of a table by their heads: shares of another column, totals of the columns beside, mean rows."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.grids import MEANS, Grid, grid_of
from toolkit.proof.lines import bare, number_of
from toolkit.proof.report import Report
from toolkit.proof.row_words import first_words
from toolkit.proof.trials import slack
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_SHARE = Pattern("占比$|结构$|比重$|比例$|^占.{0,8}(?:比|重|例)$|占.{1,8}比重?$|份额$")
_TOTAL = Pattern("(?:总|综合|评标|合计|最终)得?分|合计|总计|小计")
_HUNDRED = Decimal(100)
_FEWEST = 3
_PARTS = (FactKind.MONEY, FactKind.COUNT, FactKind.SCORE)


@rule(
    "column.share",
    group=Group.RATES,
    title="占比列等于同一行的数除以合计",
    good=(
        "片区\t个数\t月均收入（万元）\t收入占比\n甲\t8\t93.20\n乙\t5\t71.70\t29.92%\n丙\t4\t43.40\t18.11%\n丁\t3\t31.30\t13.06%\n合计\t20\t239.60\t100.00%\n",
        "乡镇\t面积（亩）\t面积占比（%）\n全县\t38000\t100.00\n甲\t9200\t24.21\n乙\t8400\t22.11\n丙\t20400\t53.68\n",
    ),
    bad=(
        "片区\t个数\t月均收入（万元）\t收入占比\n甲\t8\t93.20\t38.90%\n乙\t5\t71.70\t32.01%\n丙\t4\t43.40\t18.11%\n丁\t3\t31.30\t13.06%\n合计\t20\t239.60\t100.00%\n",
        "乡镇\t面积（亩）\t面积占比（%）\n全县\t38000\t100.00\n甲\t9200\t24.21\n乙\t8400\t21.11\n丙\t20400\t53.68\n",
    ),
)
def shares(report: Report) -> Iterator[Result]:
    """A column called a share, against each other column by its total: the one that most rows are shares of."""
    for table in report.document.tables:
        columns = [at for at, heading in enumerate(table.headings) if _SHARE.search(bare(heading))]
        grid, totals = grid_of(report, table) if columns else ([], {})
        for column in columns:
            ways = [_tried(grid, totals, column, other) for other in range(1, table.width) if other != column]
            best = max(ways, key=lambda way: sum(fits for *_, fits in way), default=[])
            right = sum(fits for *_, fits in best)
            told = sum(fits for share, *_, fits in best if share.value)  # rows of nothing are a share of nothing
            if told > 1 and right >= max(2, len(best) - max(1, len(best) // 4)) and len(best) >= _FEWEST:
                yield from (_share(*way) for way in best)
                yield from _of_whole(column, totals, best)


def _of_whole(column: int, totals: dict[int, Fact], told: list[tuple[Fact, Fact, Decimal, bool]]) -> Iterator[Result]:
    """100.00% in the total row, where the shares above are of that total and make it."""
    whole = totals.get(column)
    shares = [share for share, *_ in told]
    if whole is not None and all(fits for *_, fits in told):
        half = sum((share.step for share in shares), whole.step) / 2
        if abs(sum((share.value or Decimal(0) for share in shares), Decimal(0)) - (whole.value or Decimal(0))) <= half:
            yield agrees(whole, *shares)


def _tried(grid: Grid, totals: dict[int, Fact], column: int, other: int) -> list[tuple[Fact, Fact, Decimal, bool]]:
    rows = [row for row in grid if column in row and other in row and row[other].kind in _PARTS]
    if any(row[other].base < 0 for row in rows):
        return []
    whole = totals[other].base if other in totals else sum((row[other].base for row in rows), Decimal(0))
    if not whole:
        return []
    return [(row[column], row[other], whole, _is_share(row[column], row[other], whole)) for row in rows]


def _is_share(share: Fact, part: Fact, whole: Decimal) -> bool:
    scale = Decimal(1) if share.unit else 1 / _HUNDRED
    off = slack((part,)) / whole
    due = part.base / whole
    return share.low * scale <= due + off and due - off <= share.high * scale


def _share(share: Fact, part: Fact, whole: Decimal, fits: bool) -> Result:
    if fits:
        return agrees(share, part)
    right = f"{plain(round(part.base / whole * _HUNDRED, 2))}%"
    message = f"占比印{share.text}，{said(part)}占合计的{right}"
    return differs(share.place, share.text, right, message, facts=(share, part), related=(part.place,), confidence=85)


@rule(
    "column.sum",
    group=Group.SUMS,
    title="总分、合计列等于左边各列之和",
    good=(
        "投标人\t报价\t商务得分\t技术得分\t价格得分\t总分\n甲\t1286\t27.20\t34.60\t29.55\t91.35\n乙\t1312\t26.40\t32.10\t28.95\t87.45\n丙\t1268\t23.80\t29.30\t29.96\t83.06\n",
    ),
    bad=(
        "投标人\t报价\t商务得分\t技术得分\t价格得分\t总分\n甲\t1286\t27.20\t34.60\t29.55\t92.35\n乙\t1312\t26.40\t32.10\t28.95\t87.45\n丙\t1268\t23.80\t29.30\t29.96\t83.06\n",
    ),
)
def totals(report: Report) -> Iterator[Result]:
    """The longest run of columns right before a total column that makes it in all rows but one."""
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if column < _FEWEST or not _TOTAL.fullmatch(bare(heading)):
                continue
            grid, whole = grid_of(report, table)
            rows = [*grid, *([whole] if whole else [])]
            for first in range(1, column - 1):
                run = range(first, column)
                full = [row for row in rows if column in row and all(at in row for at in run)]
                wrong = [row for row in full if not _adds_up(row, run, column)]
                if len(full) >= _FEWEST and len(wrong) <= 1 and len(full) - len(wrong) > 1:
                    yield from (_summed(row, run, column, wrong=row in wrong) for row in full)
                    break


def _adds_up(row: dict[int, Fact], run: Sequence[int] | range, column: int) -> bool:
    due = sum((row[at].value or Decimal(0) for at in run), Decimal(0))
    return abs(due - (row[column].value or Decimal(0))) <= slack([row[at] for at in run]) / row[column].scale


def _summed(row: dict[int, Fact], run: Sequence[int] | range, column: int, *, wrong: bool) -> Result:
    parts = [row[at] for at in run]
    if not wrong:
        return agrees(row[column], *parts)
    due = plain(sum((part.value or Decimal(0) for part in parts), Decimal(0)))
    working = f"{'+'.join(part.text for part in parts)}={due}"
    return differs(
        row[column].place, row[column].text, due, f"写{row[column].text}，左边各列{working}",
        facts=(row[column], *parts), related=tuple(part.place for part in parts), working=working, confidence=85,
    )  # fmt: skip


@rule(
    "row.mean",
    group=Group.SUMS,
    title="平均行等于各行的平均",
    good=(
        "市州\t投入\t管理\t总分\n甲\t14.6\t24.1\t38.7\n乙\t14.2\t23.0\t37.2\n丙\t13.1\t20.2\t33.3\n平均\t14.0\t22.4\t36.4\n",
    ),
    bad=(
        "市州\t投入\t管理\t总分\n甲\t14.6\t24.1\t38.7\n乙\t14.2\t23.0\t37.2\n丙\t13.1\t20.2\t33.3\n平均\t14.0\t24.2\t36.4\n",
    ),
)
def means(report: Report) -> Iterator[Result]:
    """A row of means, where most of its columns are the mean of the rows."""
    for table in report.document.tables:
        for row in table.rows[table.head :]:
            if first_words(row) not in MEANS:
                continue
            grid, _ = grid_of(report, table)
            tried = [
                (fact, cells)
                for at, cell in enumerate(row)
                if (fact := number_of(report, cell))
                and len(cells := [item[at] for item in grid if at in item]) >= _FEWEST
            ]
            right = [_is_mean(fact, cells) for fact, cells in tried]
            if sum(right) > 1 and sum(right) * 2 > len(right):
                yield from (_mean(fact, cells, fits=fits) for (fact, cells), fits in zip(tried, right, strict=True))


def _mean_of(cells: Sequence[Fact]) -> Decimal:
    return sum((cell.value or Decimal(0) for cell in cells), Decimal(0)) / len(cells)


def _is_mean(fact: Fact, cells: Sequence[Fact]) -> bool:
    off = (fact.step + (cells[0].step if cells[0].step < 1 else Decimal(0))) / 2
    return abs(_mean_of(cells) - (fact.value or Decimal(0))) <= off


def _mean(fact: Fact, cells: Sequence[Fact], *, fits: bool) -> Result:
    if fits:
        return agrees(fact, *cells)
    due = plain(round(_mean_of(cells), max(2, -int(fact.step.as_tuple().exponent))))
    message = f"平均数印{fact.text}，{len(cells)}行的平均是{due}"
    return differs(fact.place, fact.text, due, message, facts=(fact, *cells), confidence=85)
