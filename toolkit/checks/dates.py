"""Dates against dates: the order in which a project happens, and the period that is evaluated."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from toolkit.checks.balances import payments
from toolkit.checks.case import HALF_A_CENT, NOT_YET, Case
from toolkit.checks.declaration import Doubt, check
from toolkit.model import CellRef, Severity, Stated, date_to_serial

COURSE = ("立项日期", "主合同签订日期", "开工日期", "初验日期", "终验日期")
"""Field keys in the order in which they happen; a scheme need not have them all."""


@check(
    "DATE-01",
    Severity.WARNING,
    "日期先后颠倒",
    message="{later}{found}早于{earlier}{expected}",
    hint="核对批复、合同和验收文件上的日期；先实施后补手续的，说明情况",
    source="立项、签约、开工、初验、终验依次发生",
)
def dates_out_of_order(case: Case) -> Iterator[Doubt]:
    """Each date against the one before it that was given."""
    given = [(key, day) for key in COURSE if (day := case.number(key)) is not None]
    for (before, first), (after, second) in pairwise(given):
        if second < first:
            words = {"earlier": case.label(before), "later": case.label(after)}
            shown = (case.stated(after, second), case.stated(before, first))
            yield Doubt(case.at(after), *shown, after, words, (case.at(before),))


@check(
    "DATE-02",
    Severity.WARNING,
    "支付日期晚于数据截止日",
    message="支付明细第{rows}行的支付日期{found}晚于数据截止日{expected}",
    hint="截止日以后的支付不计入本次评价，请移出明细并更正合计；日期填错的请更正",
    source="方案《方案》表“数据截止日”",
)
def paid_after_cutoff(case: Case) -> Iterator[Doubt]:
    """Payments that are not of this evaluation."""
    if case.scheme.cutoff is None:
        return
    last = date_to_serial(case.scheme.cutoff)
    late = [(row, day) for row, _ in payments(case) if (day := _payment_day(case, row)) is not None and day > last]
    if late:
        key = f"支付明细_支付日期_{late[0][0]}"
        words = {"rows": "、".join(str(row) for row, _ in late)}
        shown = (case.stated("支付日期", late[0][1]), case.stated("支付日期", last))
        related = tuple(case.at(f"支付明细_支付日期_{row}") for row, _ in late[1:])
        yield Doubt(case.at(key), *shown, "支付日期", words, related)


@check(
    "DATE-03",
    Severity.WARNING,
    "首笔支付早于主合同签订",
    message="支付明细第{row}行的支付日期{found}早于{主合同签订日期}{expected}",
    hint="核对付款凭证与合同；属签约前发生的前期费用的，说明情况",
    source="先签约后付款",
    needs=("主合同签订日期",),
)
def paid_before_contract(case: Case) -> Iterator[Doubt]:
    """A payment under a contract that did not exist yet."""
    signed = case.number("主合同签订日期")
    days = [(day, row) for row, _ in payments(case) if (day := _payment_day(case, row)) is not None]
    if signed is None or not days or min(days)[0] >= signed:
        return
    first, row = min(days)
    at = case.at(f"支付明细_支付日期_{row}")
    shown = (case.stated("支付日期", first), case.stated("主合同签订日期", signed))
    yield Doubt(at, *shown, "支付日期", {"row": str(row)}, (case.at("主合同签订日期"),))


@check(
    "DATE-04",
    Severity.WARNING,
    "评价期内各笔支付之和与本年支付金额不一致",
    message="支付明细中评价期内的支付合计{expected}，{本年支付金额}填{found}，相差{over}",
    hint="核对各笔支付日期；{本年支付金额}只含评价期内的支付",
    source="方案《方案》表“评价期间”",
    needs=("本年支付金额",),
)
def period_differs(case: Case) -> Iterator[Doubt]:
    """The period's payments by their dates, where every payment has one and their sum is the cumulative amount."""
    year, total, start, end = (
        case.number("本年支付金额"), case.number("累计支付金额"), case.scheme.period_start, case.scheme.period_end,
    )  # fmt: skip
    rows = [(paid, _payment_day(case, row)) for row, paid in payments(case)]
    known = bool(rows) and all(day is not None for _, day in rows)
    if year is None or total is None or start is None or end is None or not known:
        return
    first, last = date_to_serial(start), date_to_serial(end)
    inside = sum((paid for paid, day in rows if day is not None and first <= day <= last), Decimal(0))
    if abs(sum(paid for paid, _ in rows) - total) <= HALF_A_CENT and abs(inside - year) > HALF_A_CENT:
        words = {"over": case.money(abs(inside - year))}
        yield Doubt(case.at("本年支付金额"), case.money(year), case.money(inside), "本年支付金额", words)


def _payment_day(case: Case, row: int) -> Decimal | None:
    day = case.submission.value(f"支付明细_支付日期_{row}")
    return day if isinstance(day, Decimal) else None


@check(
    "DATE-05",
    Severity.NOTE,
    "采集表在报送截止日之后收到",
    message="采集表{found}收到，晚于报送截止日{expected}（晚{days}天）",
    hint="收到日期是本机第一次读入这个项目的文件的日期；按时送达、后来才读入的，以邮件或签收记录为准，豁免这一条并写明依据",
    source="方案《方案》表“报送截止日”",
)
def returned_late(case: Case) -> Iterator[Doubt]:
    """The first file of the project came after the day that its letter named."""
    due = case.scheme.timetable.due
    if case.received and due and case.received > due:
        words = {"days": Stated(Decimal((case.received - due).days))}
        yield Doubt(CellRef(case.submission.file_name), Stated(case.received), Stated(due), words=words)


@check(
    NOT_YET,
    Severity.ERROR,
    "实际日期晚于收到采集表的日期",
    message="{label}填{found}，晚于收到采集表的{expected}，收到时应还没有发生",
    hint="核对年份；还没有发生的留空，计划日期不要填在实际日期里",
    source="实际日期填已经发生的事",
)
def not_yet(case: Case) -> Iterator[Doubt]:
    """The day of an event that is said to have happened, after the day on which the form came in."""
    if case.arrived is None:
        return
    last = date_to_serial(case.arrived)
    for key in COURSE:
        day = case.submission.value(key)
        if isinstance(day, Decimal) and day > last:
            yield Doubt(case.at(key), case.stated(key, day), Stated(case.arrived), key, {"label": case.label(key)})
