"""An indicator table out of a document, understood as indicators; what is not certain is said, not guessed.

None stands for a cell that another one covers. A first or second level counts for the rows below it until the next one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from toolkit.rules import KINDS
from toolkit.scheme.importing_columns import (
    ABOVE,
    EXPLANATION,
    FIRST,
    FIRST_MARK,
    GROUP_MARK,
    MARK,
    NAME,
    SECOND,
    STANDARD,
    TARGET,
    Grid,
    Row,
    head,
)
from toolkit.text import plain
from toolkit.text.folding import compared

_FOUR_LEVELS = "表里有四级指标，三级指标的名称并入“二级指标”一栏（用“／”隔开），请核对"
_END, _PART = ("合计", "总计", "总分"), "小计"
_WITH_MARK = re.compile(r"^(.*?)[（(]\s*(\d+(?:\.\d+)?)\s*分?\s*[）)]$", re.DOTALL)
_CONTINUED = re.compile(r"\s*[（(]\s*续\s*[）)]")
_POINT = re.compile(r"[①②③④⑤⑥⑦⑧⑨⑩]|(?:^|[；;\n])\s*[（(]?\d{1,2}[）).、]")
_POINT_MARK = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")
_EQUAL_SHARES = re.compile(r"各占\s*\d+(?:\.\d+)?\s*[%％]|等分|同等权重")
POINTS, TIERS, OPEN = (KINDS[kind].label for kind in ("checkpoint_points", "checkpoint_tiered", "discretionary"))


@dataclass(frozen=True, slots=True)
class ImportedIndicator:
    """A row of the table as it was understood.

    Attributes:
        row: of the table, from 1. rule: its Chinese name. points: 评价要点, a line each.
        doubts: what somebody has to look at, in Chinese.
    """

    row: int
    code: str
    dimension: str
    group: str
    name: str
    full_mark: Decimal
    target: str = ""
    standard: str = ""
    explanation: str = ""
    rule: str = OPEN
    points: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """A table as it was understood; ``doubts`` are about the table as a whole. Units: 分."""

    indicators: tuple[ImportedIndicator, ...]
    columns: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Sum of all marks."""
        return sum((indicator.full_mark for indicator in self.indicators), Decimal(0))


@dataclass(slots=True)
class _Levels:
    """The levels above the row at hand, with the marks printed beside their names."""

    first: str = ""
    second: str = ""
    third: str = ""
    marks: dict[tuple[str, str], Decimal] = field(default_factory=dict)


def understand(grid: Grid) -> ImportedTable | None:
    """The indicators of a table; None where it is no table of indicators (no name or no mark column)."""
    known = head(grid)
    if known is None:
        return None
    last, columns = known
    levels = _Levels()
    found: list[ImportedIndicator] = []
    doubts: list[str] = []
    heads = {_texts(row) for row in grid[: last + 1]}
    for number, row in enumerate(grid[last + 1 :], last + 2):
        if _texts(row) in heads:
            continue  # the heads typed again at the top of a page
        ending = _ending(row)
        if ending in _END and found:
            doubts += _total_doubt(row, columns, found)
            break
        if ending:
            continue
        read = _read(row, columns, levels, number)
        found += [read] if read else []
    doubts += [_FOUR_LEVELS] if ABOVE in columns else []
    if found and sum((indicator.full_mark for indicator in found), Decimal(0)) == 1:
        found = [replace(indicator, full_mark=indicator.full_mark * 100) for indicator in found]
        levels.marks = {level: mark * 100 for level, mark in levels.marks.items()}
        doubts.append("分值相加为1，是比例，已按总分100分折算")
    indicators = _coded(found)
    shown = tuple(f"第{column + 1}列：{heading}" for heading, column in columns.items())
    return ImportedTable(indicators, shown, (*doubts, *_mark_doubts(indicators, levels))) if indicators else None


def continues(above: Grid, below: Grid, between: Sequence[str]) -> bool:
    """Whether a table goes on in the next one: the same head once more, nothing between them but 续表, no total yet."""
    if any(text.strip() and "续" not in text for text in between) or not above or not below:
        return False
    return bool(_texts(below[0])) and _texts(above[0]) == _texts(below[0]) and not any(map(_is_end, above))


def _is_end(row: Row) -> bool:
    return _ending(row) in _END


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(word for text in row if (word := compared(text or "")))


def _ending(row: Row) -> str:
    """合计, 小计 or the like where a row begins with it; "" for any other row."""
    named = compared(next((text for text in row if text and text.strip()), ""))
    return named if named in (*_END, _PART) else ""


def _total_doubt(row: Row, columns: Mapping[str, int], found: Sequence[ImportedIndicator]) -> list[str]:
    printed, total = _mark(_at(row, columns[MARK])), sum((indicator.full_mark for indicator in found), Decimal(0))
    if printed is None or printed == total:
        return []
    return [f"合计行写{plain(printed)}分，各指标相加为{plain(total)}分"]


def _at(row: Row, column: int) -> str:
    return (row[column] or "").strip() if 0 <= column < len(row) else ""


def _mark(text: str) -> Decimal | None:
    try:
        mark = Decimal("".join(text.split()).removesuffix("分").removesuffix("%"))
    except InvalidOperation:
        return None
    return mark if mark.is_finite() and mark > 0 else None


def _read(row: Row, columns: Mapping[str, int], levels: _Levels, number: int) -> ImportedIndicator | None:
    doubts = []
    if _mark(_at(row, columns[MARK])) is None and _mark(_at(row, columns[MARK] - 1)) is not None:
        row = ("", *row)  # a covered cell left out: everything stands one column further left
        doubts.append("这一行比表头少一格，已右移一格理解，请核对各级指标名称")
    _go_down(row, columns, levels)
    name, mark = _named(_at(row, columns[NAME])), _mark(_at(row, columns[MARK]))
    label, printed = name
    if not label and mark is None:
        return None
    mark = mark or printed
    doubts += [] if label else ["没有指标名称"]
    doubts += [] if mark is not None else ["分值不是数，按0分列出"]
    standard = _at(row, columns.get(STANDARD, -1))
    rule, points = _rule(standard, mark or Decimal(0))
    return ImportedIndicator(
        number,
        "",
        levels.first,
        "／".join(filter(None, (levels.second, levels.third))),
        _one_line(label) or f"（第{number}行）",
        mark or Decimal(0),
        _one_line(_at(row, columns.get(TARGET, -1))),
        standard,
        _at(row, columns.get(EXPLANATION, -1)),
        rule,
        points,
        tuple(doubts),
    )


def _go_down(row: Row, columns: Mapping[str, int], levels: _Levels) -> None:
    first, own = _named(_at(row, columns.get(FIRST, -1)))
    if first and first != levels.first:
        levels.first, levels.second, levels.third = first, "", ""
    _note_mark(levels, first and (first, ""), own, _at(row, columns.get(FIRST_MARK, -1)))
    second, beside = _named(_at(row, columns.get(SECOND, -1)))
    if second and second != levels.second:
        levels.second, levels.third = second, ""
    _note_mark(levels, second and (levels.first, second), beside, _at(row, columns.get(GROUP_MARK, -1)))
    levels.third = _named(_at(row, columns.get(ABOVE, -1)))[0] or levels.third


def _note_mark(levels: _Levels, level: tuple[str, str] | str, beside: Decimal | None, in_column: str) -> None:
    """The mark of a level that begins in this row: beside its name, else in its column of marks."""
    mark = beside if beside is not None else _mark(in_column)
    if isinstance(level, tuple) and mark is not None:
        levels.marks[level] = mark


def _named(text: str) -> tuple[str, Decimal | None]:
    """``项目决策（15分）`` is 项目决策 with 15 分; ``项目决策（续）``, on the next page, the same again."""
    text = _CONTINUED.sub("", text.strip())
    found = _WITH_MARK.match(text)
    return (_one_line(found[1]), _mark(found[2])) if found else (_one_line(text), None)


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()


def _rule(standard: str, mark: Decimal) -> tuple[str, str]:
    """要点计分 where marks of points add up to the mark, 要点分档 where shares are equal; else a person decides."""
    pieces = _pieces(standard)
    marked = [found for piece in pieces if (found := _POINT_MARK.findall(piece))]
    if len(pieces) > 1 and len(marked) == len(pieces):
        if sum((Decimal(found[-1]) for found in marked), Decimal(0)) == mark:
            each = zip(pieces, marked, strict=True)
            return POINTS, "\n".join(f"{_without_mark(piece)}（{found[-1]}分）" for piece, found in each)
    elif len(pieces) > 1 and _EQUAL_SHARES.search(standard):
        return TIERS, "\n".join(piece.strip("；;。 ") for piece in pieces)
    return OPEN, ""


def _without_mark(piece: str) -> str:
    return _POINT_MARK.sub("", piece).strip("；;。 ")


def _pieces(standard: str) -> list[str]:
    """The numbered points of a standard, without what follows under 评分规则."""
    text = re.split(r"评分规则[：:]|评分标准[：:]", standard)[0]
    text = re.sub(r"^.*?评价要点[：:]", "", text, flags=re.DOTALL)
    if not _POINT.search(text):
        return []
    return [piece.strip().replace("\n", "") for piece in _POINT.split(text)[1:] if piece.strip("；;。 \n")]


def _coded(found: Sequence[ImportedIndicator]) -> tuple[ImportedIndicator, ...]:
    dimensions = list(dict.fromkeys(indicator.dimension for indicator in found))
    groups: dict[str, list[str]] = {}
    counts: dict[tuple[str, str], int] = {}
    coded = []
    for indicator in found:
        known = groups.setdefault(indicator.dimension, [])
        if indicator.group not in known:
            known.append(indicator.group)
        counts[indicator.dimension, indicator.group] = number = (
            counts.get((indicator.dimension, indicator.group), 0) + 1
        )
        letter = chr(ord("A") + dimensions.index(indicator.dimension) % 26)
        coded.append(replace(indicator, code=f"{letter}{known.index(indicator.group) + 1}{number:02d}"))
    return tuple(coded)


def _mark_doubts(indicators: Sequence[ImportedIndicator], levels: _Levels) -> list[str]:
    """Levels whose printed mark is not the sum of what stands under them."""
    doubts = []
    for (first, second), printed in levels.marks.items():
        under = [
            indicator.full_mark
            for indicator in indicators
            if indicator.dimension == first and f"{indicator.group}／".startswith(f"{second}／" if second else "")
        ]
        total = sum(under, Decimal(0))
        if total != printed:
            doubts.append(f"“{second or first}”写{plain(printed)}分，其下各指标相加为{plain(total)}分")
    return doubts
