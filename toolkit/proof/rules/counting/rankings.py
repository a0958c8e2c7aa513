"""Ranks against scores, and what is called highest or lowest against the tables."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell, Table
from toolkit.proof.facts import Fact
from toolkit.proof.grade_cells import score_in
from toolkit.proof.lines import bare, is_whole
from toolkit.proof.report import Report, Sentence
from toolkit.proof.row_words import is_shortened
from toolkit.proof.scope import is_of_the_judged
from toolkit.text.folding import compared
from toolkit.text.patterns import Pattern

_RANK = Pattern(r"(?:得分)?(?:排名|名次|位次|排序)")
_SCORE = Pattern(
    r"(?:最终|综合|评价|自评|核查|平均|项目|复评|再评价|初评|复核|考核|专家)?(?:总?得分|总分|得分率)(?:[（(].*?[)）])?"
)
_NAME = Pattern(r"项目名称|名称|项目|三级指标|二级指标|一级指标|指标名称|指标|(?:责任|建设|实施)?单位(?:名称)?")
_EXTREME = Pattern(
    r"最(?P<end>高|低)(?:得分)?(?:的?为|是)?(?P<value>[0-9]+(?:\.[0-9]+)?)(?P<unit>分|%)，?(?:为|是)(?P<names>(?:[《“][^》”]+[》”]、?)+)"
)
_RATED = Pattern(
    r"(?P<names>(?:[《“][^》”]+[》”]、?)+)得分率最(?P<end>高|低)，(?:均)?为(?P<value>[0-9]+(?:\.[0-9]+)?)(?P<unit>%)"
)
_FIRST = Pattern(
    r"(?:得分|总分|分数|评分)最(?P<end>高|低)的(?:项目|单位|指标)?(?:是|为)(?P<names>[《“]?[^，。；（(《》]{3,40}?[》”]?)"
    r"(?:，|（|\(|、)(?:得|得分|为|得分为)?(?P<value>[0-9]+(?:\.[0-9]+)?)(?P<unit>分|%)"
)
_FEWEST = 3


def _number(text: str) -> Decimal | None:
    """What a cell ranks by: a score or, written with %, a rate."""
    return score_in(text.replace("%", ""))


def _column(table: Table, pattern: Pattern) -> int | None:
    return next(iter(_columns(table, pattern)), None)


def _columns(table: Table, pattern: Pattern) -> list[int]:
    return [at for at, heading in enumerate(table.headings) if pattern.fullmatch(heading)]


@rule(
    "rank.score",
    group=Group.RANKINGS,
    title="名次与得分相符",
    good=(
        "排名\t项目名称\t总分\n1\t甲\t95\n2\t乙\t90\n2\t丙\t90\n4\t丁\t80",
        "排名\t项目名称\t总分\n1\t甲\t95\n2\t乙\t90（暂）\n3\t丙\t88\n4\t丁\t80",
        "排名\t项目名称\t总分\n7\t甲\t85\n2\t乙\t90\n4\t丙\t88\n5\t丁\t86\n\t其余5个项目，见汇总总表\t—",
        "名次\t项目名称\t自评得分\t复评得分\n1\t甲\t95\t92\n2\t乙\t98\t90\n3\t丙\t96\t85\n4\t丁\t97\t80",
    ),
    bad=(
        "排名\t项目名称\t总分\n1\t甲\t95\n2\t乙\t90\n4\t丙\t88\n4\t丁\t80",
        "排名\t项目名称\t总分\n1\t甲\t95\n2\t乙\t80\n3\t丙\t90\n4\t丁\t70",
        "排名\t项目名称\t总分\n1\t甲\t59\n2\t乙\t90\n3\t丙\t85\n4\t丁\t80\n5\t戊\t70",
        "名次\t项目名称\t自评得分\t复评得分\n1\t甲\t95\t92\n2\t乙\t98\t90\n4\t丙\t96\t85\n4\t丁\t97\t80",
    ),
)
def ranks(report: Report) -> Iterator[Result]:
    """A rank counts those with a higher score; equal scores share a rank, with or without a gap behind them."""
    for table in report.document.tables:
        if is_shortened(table):  # ranks among all, of whom only some are listed
            continue
        rank = _column(table, _RANK)
        score = None if rank is None else _ranking(table, rank, _columns(table, _SCORE))
        if rank is None or score is None:
            rank, score = _ranked_column(table)
        if rank is None or score is None:
            continue
        rows = [
            (row, int(place), value)
            for row in table.rows[table.head :]
            if (place := _number(row[rank].text)) is not None
            and place == int(place)
            and (value := _number(row[score].text)) is not None
        ]
        if len(rows) >= _FEWEST:
            yield from _ranked(report, rows, rank, score)


def _ranked_column(table: Table) -> tuple[int | None, int | None]:
    """支出率排名 and the column 支出率."""
    for rank, heading in enumerate(table.headings):
        match = re.fullmatch(r"(?P<what>[\u4e00-\u9fff]{2,10})(?:排名|名次|位次|排序)", heading)
        what = match["what"] if match else "—"
        score = next(
            (at for at, other in enumerate(table.headings) if re.sub("^(?:单位|平均)", "", bare(other)) == what), None
        )
        if score is not None:
            return rank, score
        if _ENDING.search(heading) and (score := _obeyed(table, rank)) is not None:
            return rank, score
    return None, None


_ENDING = Pattern("(?:排名|名次|位次|排序)$")
_CLEAR = 4


def _ranking(table: Table, rank: int, scores: Sequence[int]) -> int | None:
    """Of several columns of scores, 自评得分 and 复评得分, the one that the ranks follow in most rows."""
    return max(scores, key=lambda at: _following(table, rank, at), default=None)


def _following(table: Table, rank: int, column: int) -> int:
    """In how many rows the rank is the place that the number of a column has among them."""
    pairs = [
        (place, value)
        for row in table.rows[table.head :]
        if (place := _number(row[rank].text)) is not None and (value := _number(row[column].text)) is not None
    ]
    return sum(place == 1 + sum(other > value for _, other in pairs) for place, value in pairs)


def _obeyed(table: Table, rank: int) -> int | None:
    """The column that the ranks follow in all rows but two at most: a wrong rank makes another one wrong, too."""
    places = [_number(row[rank].text) for row in table.rows[table.head :]]
    rows = [(row, place) for row, place in zip(table.rows[table.head :], places, strict=True) if place is not None]
    best: dict[int, int] = {}
    for column in range(1, table.width):
        values = [value for row, _ in rows if (value := _number(row[column].text)) is not None]
        if column == rank or len(values) < max(len(rows), _CLEAR):
            continue
        due = [1 + sum(other > value for other in values) for value in values]
        best[column] = sum(place == right for (_, place), right in zip(rows, due, strict=True))
    most = max(best, key=lambda at: best[at], default=None)
    return most if most is not None and best[most] >= max(len(rows) - 1, _FEWEST) else None


def _ranked(
    report: Report, rows: Sequence[tuple[tuple[Cell, ...], int, Decimal]], rank: int, score: int
) -> Iterator[Result]:
    values = [value for _, _, value in rows]
    first = min(place for _, place, _ in rows) - 1
    gapped = [first + 1 + sum(other > value for other in values) for value in values]
    dense = [first + 1 + len({other for other in values if other > value}) for value in values]
    printed = [place for _, place, _ in rows]
    right = max(gapped, dense, key=lambda places: sum(map(int.__eq__, places, printed)))
    moved = _moved(values, printed) if sum(map(int.__ne__, right, printed)) > _FEWEST - 1 else None
    if moved is not None:
        row, place, value = rows[moved]
        facts = (*report.facts_at(row[score].place), *report.facts_at(row[rank].place))
        message = f"得分{value}与名次第{place}不符：其余各行的名次与得分一致"
        yield differs(
            row[score].place, f"{value}", f"第{place}名的得分", message, related=(row[rank].place,), facts=facts
        )
        return
    for (row, place, value), due in zip(rows, right, strict=True):
        facts = (*report.facts_at(row[rank].place), *report.facts_at(row[score].place))
        if due <= place < due + values.count(value):  # what is printed alike may differ in digits that are not
            if facts:
                yield agrees(*facts)
        else:
            message = f"按得分{value}应列第{due}，印着第{place}"
            yield differs(row[rank].place, str(place), str(due), message, related=(row[score].place,), facts=facts[:1])


def _moved(values: Sequence[Decimal], printed: Sequence[int]) -> int | None:
    """The only row without which ranks and scores are in the same order; None where it is not one row's fault."""
    found = []
    for out in range(len(values)):
        rest = sorted(
            (place, value) for at, (place, value) in enumerate(zip(printed, values, strict=True)) if at != out
        )
        if all(above[1] >= below[1] for above, below in pairwise(rest)):
            found.append(out)
    return found[0] if len(found) == 1 else None


@rule(
    "rank.extreme",
    group=Group.RANKINGS,
    title="最高、最低与表相符",
    good=(
        "最高95分，为《甲项目》；最低80分，为《丙项目》。\n项目名称\t总分\n甲项目\t95\n乙项目\t90\n丙项目\t80",
        "从已全部评定的一级指标看，“乙”得分率最高，为90.00%；“丙”得分率最低，为80.00%。\n"
        "一级指标\t得分率\n甲\t95.00%\n乙\t90.00%\n丙\t80.00%\n丁\t60.00%",
    ),
    bad=(
        "最高95分，为《乙项目》；最低80分，为《丙项目》。\n项目名称\t总分\n甲项目\t95\n乙项目\t90\n丙项目\t80",
        "得分最高的是乙项目，95分。\n项目名称\t总分\n甲项目\t95\n乙项目\t90\n丙项目\t80",
        "最高96分，为《甲项目》。\n项目名称\t总分\n甲项目\t95\n乙项目\t90\n丙项目\t80",
        "“乙”得分率最高，为90.00%。\n三级指标\t得分率\n甲\t95.00%\n乙\t90.00%\n丙\t80.00%",
    ),
)
def extremes(report: Report) -> Iterator[Result]:
    """Who is first and last, and with what, against the longest table that lists them."""
    for sentence in report.prose_with(_EXTREME, _RATED, _FIRST):
        for pattern in (_EXTREME, _RATED, _FIRST):
            for match in pattern.finditer(sentence.text):
                if not is_of_the_judged(sentence.text, match.start()):
                    yield from _extreme(report, sentence, match)


def _extreme(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    names = re.findall(r"[《“]([^》”]+)[》”]", match["names"])
    # Names with quotation marks of their own: 《“万事好通”热力图》.
    if "《" in match["names"]:
        names = re.findall(r"《([^》]+)》", match["names"])
    names = names or [match["names"]]
    value = Decimal(match["value"])
    words = sentence.text[: match.start("end")].removesuffix("最")
    listed = _listed(report, sentence, names, match["unit"] == "%", words)
    if not listed:
        return
    pick = max if match["end"] == "高" else min
    best = pick(listed.values())
    holders = [name for name, its in listed.items() if its == best]
    at = sentence.start + match.start("value")
    facts: tuple[Fact, ...] = report.facts_within(sentence.place, at, at + 1)
    if value != best:
        message = f"最{match['end']}写{value}{match['unit']}，表中最{match['end']}是{best}{match['unit']}"
        yield differs(sentence.place, str(value), str(best), message, facts=facts)
    elif any(compared(name) not in holders for name in names):
        right = "、".join(holders[:3])
        message = f"最{match['end']}{value}{match['unit']}的是“{right}”，写成了“{'、'.join(names)}”"
        yield differs(sentence.place, "、".join(names), right, message, facts=facts)
    elif facts:
        yield agrees(*facts)


def _listed(report: Report, sentence: Sentence, names: Sequence[str], is_rate: bool, words: str) -> dict[str, Decimal]:
    """Name → value of the column meant: of the longest table for scores, of the nearest behind for rates.

    Of several columns of scores the words before must name one: 复评得分最高的是甲.
    """
    found = []
    for table in report.document.tables:
        name = _column(table, _NAME)
        values = [at for at in _columns(table, _SCORE) if ("率" in table.headings[at]) == is_rate]
        named = [at for at in values if words.endswith(bare(table.headings[at]))]
        if name is None or not values or (len(values) > 1 and len(named) != 1):
            continue
        listed = _values(table, name, (named or values)[0])
        if len(listed) >= _FEWEST and any(compared(each) in listed for each in names):
            found.append((table, listed))
    if not found:
        return {}
    if is_rate:
        behind = [listed for table, listed in found if table.place.block > sentence.place.block]
        return behind[0] if behind else found[-1][1]
    return max((listed for _, listed in found), key=len)


def _values(table: Table, name: int, value: int) -> dict[str, Decimal]:
    """Name → number of the rows that sum up no others."""
    return {
        compared(row[name].text): number
        for row in table.rows[table.head :]
        if (number := _number(row[value].text)) is not None and not is_whole(row[name].label)
    }
