"""Rows of 支付明细 one by one: a payment without its day, and one that may have been typed twice."""

from collections import defaultdict
from collections.abc import Iterator

from toolkit.checks.balances import payments
from toolkit.checks.case import Case
from toolkit.checks.declaration import Doubt, check
from toolkit.model import Content, ReadState, Severity, Value

_TABLE, _DAY, _AMOUNT = "支付明细", "支付日期", "支付金额"
_UNFILLED = (ReadState.BLANK, ReadState.NONE, ReadState.NOT_APPLICABLE, ReadState.PENDING)


@check(
    "DATE-07",
    Severity.WARNING,
    "支付明细有金额，没有日期",
    message="支付明细第{rows}行有支付金额，没有支付日期，不能核对这笔支付是否在评价期内、是否早于签约",
    hint="按支付凭证补填日期",
    source="支付明细逐笔填列",
)
def paid_on_no_day(case: Case) -> Iterator[Doubt]:
    """Payments of which nobody knows the year: no check of the period looks at them. What cannot be read goes back."""
    field = case.scheme.field(_DAY)
    if field is None or field.table != _TABLE:
        return
    rows = [row for row, paid in payments(case) if paid and _is_unfilled(case, row)]
    if rows:
        cells = [case.at(_key(_DAY, row)) for row in rows]
        yield Doubt(cells[0], "空白", "支付日期", _DAY, {"rows": _listed(rows)}, tuple(cells[1:]))


@check(
    "FUND-14",
    Severity.WARNING,
    "支付明细有几行完全相同",
    message="支付明细第{rows}行的日期、金额和其余各栏完全相同（每行{found}）",
    hint="核对是否把一笔填了两次，或重复支付；确为几笔的，在摘要中分别写明",
    source="支付明细逐笔填列",
)
def paid_twice(case: Case) -> Iterator[Doubt]:
    """One day, one amount and all other columns alike: two payments, or one that was typed twice."""
    columns = [field.key for field in case.scheme.fields if field.table == _TABLE]
    alike: dict[tuple[Value, ...], list[int]] = defaultdict(list)
    for row, paid in payments(case):
        if paid > 0 and case.submission.value(_key(_DAY, row)) is not None:
            alike[tuple(case.submission.value(_key(column, row)) for column in columns)].append(row)
    for rows in alike.values():
        if len(rows) > 1:
            cells = [case.at(_key(_AMOUNT, row)) for row in rows]
            amount = case.stated(_AMOUNT, case.submission.value(_key(_AMOUNT, rows[0])))
            words: dict[str, Content] = {"rows": _listed(rows)}
            yield Doubt(cells[1], amount, "", _AMOUNT, words, (cells[0], *cells[2:]))


def _key(column: str, row: int) -> str:
    return f"{_TABLE}_{column}_{row}"


def _is_unfilled(case: Case, row: int) -> bool:
    reading = case.reading(_key(_DAY, row))
    return reading is not None and bool(reading.at.cell) and reading.state in _UNFILLED


def _listed(rows: list[int]) -> str:
    return "、".join(map(str, rows))
