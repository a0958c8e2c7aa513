"""This year's figures beside last year's: what was left as it was put into the form, and what moved far."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.model import NUMERIC_TYPES, FieldType, Severity
from toolkit.model.setting_names import LARGEST_MOVE, MOVED_FAR
from toolkit.model.stated import listed
from toolkit.text import percent
from toolkit.text.shares import share_or

_USUAL_MOVE = Decimal("0.5")
_ENOUGH = 5
_SHOWN = 6


@check(
    "YEAR-01",
    Severity.NOTE,
    "数字与上年相同",
    message="{count}项数字与上年相同：{found}",
    hint="上年数据已填入采集表待核实；核实后确与上年相同的，不用改",
    source="接续上年评价：上年数据须逐项核实后沿用",
)
def same_as_last_year(case: Case) -> Iterator[Doubt]:
    """Figures put into the form that came back as they were, some of several."""
    same, all_of_them = _unchanged(case)
    if same and len(same) < len(all_of_them):
        yield _listed(case, same)


@check(
    "YEAR-02",
    Severity.WARNING,
    "全部数字与上年相同",
    message="填入的{count}项上年数字全部原样报回：{found}，采集表可能没有更新",
    hint="逐项核实本年数据；确与上年完全相同的，写明原因",
    source="接续上年评价：上年数据须逐项核实后沿用",
)
def nothing_updated(case: Case) -> Iterator[Doubt]:
    """Every figure put into the form came back as it was."""
    same, all_of_them = _unchanged(case)
    if len(same) >= _ENOUGH and len(same) == len(all_of_them):
        yield _listed(case, same)


@check(
    "YEAR-03",
    Severity.NOTE,
    "与上年相差较大",
    message="“{label}”上年{expected}，本年{found}，{move}",
    hint="核对口径和计量单位；属实的，在说明中写明原因",
    source="年度对比：同一项目同一指标",
)
def moved_far(case: Case) -> Iterator[Doubt]:
    """Amounts and counts that grew or shrank by more than the scheme lets pass; rates by as many percentage points."""
    limit = _limit(case)
    for key, before in case.last_year.items():
        field, now = case.scheme.field(key), case.number(key)
        if field is None or now is None or not isinstance(before, Decimal) or field.type not in NUMERIC_TYPES:
            continue
        rate = field.type is FieldType.RATE
        move = now - before if rate else ((now - before) / abs(before) if before else None)
        if move is None or abs(move) <= limit:
            continue
        size = f"{percent(abs(move)).removesuffix('%')}个百分点" if rate else percent(abs(move))
        words = {"label": case.label(key), "move": f"{'增加' if move > 0 else '减少'}{size}"}
        yield Doubt(case.at(key), case.stated(key, now), case.stated(key, before), key, words)


def _limit(case: Case) -> Decimal:
    return share_or(case.scheme.settings.get(MOVED_FAR, ""), _USUAL_MOVE, LARGEST_MOVE)


def _unchanged(case: Case) -> tuple[list[str], list[str]]:
    """Keys of figures put into the form that are the same still, and of all of them."""
    put_in = [
        key
        for key, value in case.put_in.items()
        if isinstance(value, Decimal) and (field := case.scheme.field(key)) and field.type in NUMERIC_TYPES
    ]
    return [key for key in put_in if case.submission.value(key) == case.put_in[key]], put_in


def _listed(case: Case, keys: list[str]) -> Doubt:
    figures = [(case.label(key), case.stated(key, case.put_in[key])) for key in keys[:_SHOWN]]
    found = listed(figures, "、", end="等" if len(keys) > _SHOWN else "")
    return Doubt(case.at(keys[0]), found, "", keys[0], {"count": str(len(keys))})
