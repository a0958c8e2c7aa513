"""绩效等级: ``优≥90；良≥80；中≥60；差≥0`` to half-open bands.

Ranges such as 80–89 are refused: 89.5 would earn no grade.
"""

import re
from decimal import Decimal
from itertools import pairwise

from toolkit.model import GradeBand
from toolkit.text import plain
from toolkit.text.folding import fold

NONE = "不分等级"
"""Written where a form has no grades: 80 of 80 points are no 优."""
USUAL = "优≥90；良≥80；中≥60；差≥0"
_TOP = Decimal(100)
_BEST_FIRST = ("优秀", "优", "良好", "良", "中", "合格", "及格", "差", "较差", "不合格", "不及格")
_NAME, _LIMIT = r"([^\d\s<>=≥≤\[(:]+)\s*:?\s*", r"\s*(\d{1,4}(?:\.\d{1,4})?)\s*分?\s*"
_AT_LEAST = re.compile(rf"{_NAME}(?:(?:≥|>=){_LIMIT}|{_LIMIT}(?:\(含\)|及|含)?以上)")
_BELOW = re.compile(rf"{_NAME}(?:(?:<|低于|不足){_LIMIT}|{_LIMIT}(?:\(不含\))?以下)")
_RANGE = re.compile(rf"{_NAME}[\[(]?{_LIMIT}(?:-|–|—|~|,|至){_LIMIT}([\])])?")


def read_grades(text: str) -> tuple[tuple[GradeBand, ...], tuple[str, ...]]:
    """Read the bands and say, in Chinese, what is wrong with them: unreadable parts, gaps, overlaps, no lowest band."""
    if fold(text).strip() == NONE:
        return (), ()
    parts = [part.strip() for part in re.split(r"[;\n、]", fold(text)) if part.strip()]
    read = [(part, _part(part)) for part in parts]
    flaws = [f"“{part}”看不懂，应写成 优≥90" for part, band in read if band is None]
    bands = [band for _, band in read if band is not None]
    flaws += _out_of_order(bands)
    bands.sort(key=_lower_limit, reverse=True)
    flaws += _flaws(bands)
    return tuple(GradeBand(lower, name) for name, lower, _, _ in bands), tuple(flaws)


_Band = tuple[str, Decimal, Decimal | None, bool]
"""Name, lower limit, upper limit if written, whether the upper limit belongs to the band."""


def _part(part: str) -> _Band | None:
    match = _AT_LEAST.fullmatch(part)
    if match:
        return (match[1].strip(), Decimal(match[2] or match[3]), None, False)
    match = _BELOW.fullmatch(part)
    if match:
        return (match[1].strip(), Decimal(0), Decimal(match[2] or match[3]), False)
    match = _RANGE.fullmatch(part)
    if not match:
        return None
    low, high = sorted((Decimal(match[2]), Decimal(match[3])))
    return (match[1].strip(), low, high, match[4] != ")")


def _lower_limit(band: _Band) -> Decimal:
    return band[1]


def _out_of_order(written: list[_Band]) -> list[str]:
    """Limits that neither fall nor rise as written, or a better grade below a worse one: somebody mistyped."""
    limits = [_lower_limit(band) for band in written]
    if limits not in (sorted(limits), sorted(limits, reverse=True)):
        return ["各级下限没有依次升高或降低"]
    known = sorted((band for band in written if band[0] in _BEST_FIRST), key=lambda band: _BEST_FIRST.index(band[0]))
    return [
        f"“{better[0]}”的下限{plain(better[1])}分低于“{worse[0]}”的{plain(worse[1])}分"
        for better, worse in pairwise(known)
        if better[1] < worse[1]
    ]


def _flaws(bands: list[_Band]) -> list[str]:
    if not bands:
        return ["没有写任何等级"]
    flaws = [] if bands[-1][1] == 0 else [f"低于{plain(bands[-1][1])}分没有等级，最低一级应从0分起"]
    names = [name for name, _, _, _ in bands]
    if len(set(names)) < len(names):
        flaws.append("等级名称重复")
    top = bands[0][2]
    if top is not None and top < _TOP:
        flaws.append(f"高于{plain(top)}分没有等级")
    for upper, lower in pairwise(bands):
        flaws += _between(upper, lower)
    return flaws


def _between(upper: _Band, lower: _Band) -> list[str]:
    name, start, end = lower[0], upper[1], lower[2]
    if start == lower[1]:
        return [f"“{upper[0]}”与“{name}”的下限相同"]
    if end is None or (end == start and not lower[3]):
        return []
    if end < start:
        return [f"“{name}”与“{upper[0]}”之间有空档：{plain(end)}分与{plain(start)}分之间没有等级"]
    # "80-90" beside "90-100" is how people write half-open bands: the higher grade counts at the edge
    return [] if end == start else [f"“{name}”与“{upper[0]}”重叠"]
