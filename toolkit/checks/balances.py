"""Sums and identities: what must add up in the money of one project, and whose money it is."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import HALF_A_CENT, Case
from toolkit.checks.declaration import Doubt, check
from toolkit.checks.funds import above
from toolkit.model import Content, Severity

THIRD_PARTY = re.compile("监理|测评|第三方|造价咨询|招标代理|审计费")


def payments(case: Case) -> Iterator[tuple[int, Decimal]]:
    """Rows of 支付明细 with their amounts."""
    for row in range(1, case.submission.table_rows.get("支付明细", 0) + 1):
        paid = case.submission.value(f"支付明细_支付金额_{row}")
        if isinstance(paid, Decimal):
            yield row, paid


def third_party(case: Case) -> list[tuple[int, Decimal]]:
    """Payments that by their own words are no part of the main contract."""
    keys = ("支付摘要", "款项性质", "收款单位")
    return [
        (row, paid)
        for row, paid in payments(case)
        if any(THIRD_PARTY.search(str(case.submission.value(f"支付明细_{key}_{row}") or "")) for key in keys)
    ]


def _identity(case: Case, total: str, terms: dict[str, int]) -> Iterator[Doubt]:
    """``total`` against the signed sum of its terms; nothing is said while one of them is missing."""
    said = case.number(total)
    numbers = {key: case.number(key) for key in terms}
    if said is None or any(number is None for number in numbers.values()):
        return
    due = sum((number * terms[key] for key, number in numbers.items() if number is not None), Decimal(0))
    if abs(said - due) > HALF_A_CENT:
        related = tuple(case.at(key) for key in terms)
        added = "".join(f"{'＋' if sign > 0 else '－'}{case.label(key)}" for key, sign in terms.items())
        words: dict[str, Content] = {"words": added.removeprefix("＋"), "over": case.money(abs(said - due))}
        yield Doubt(case.at(total), case.money(said), case.money(due), total, words, related)


@check(
    "FUND-06",
    Severity.WARNING,
    "指标结余数不等于年初预算数加调整数减财政拨款数",
    message="{指标结余数}填{found}，按{words}应为{expected}，相差{over}",
    hint="核对预算批复、调整文件和拨款凭证，改正填错的一项；口径不同的，说明",
    source="自评价表资金栏：指标结余数＝年初预算数＋调整数－财政拨款数",
    needs=("指标结余数", "年初预算数", "财政拨款数"),
)
def balance_of_quota(case: Case) -> Iterator[Doubt]:
    """What was budgeted and not granted."""
    return _identity(case, "指标结余数", {"年初预算数": 1, "调整数": 1, "财政拨款数": -1})


@check(
    "FUND-07",
    Severity.WARNING,
    "资金结余结转数不等于财政拨款数减实际支付数",
    message="{资金结余结转数}填{found}，按{words}应为{expected}，相差{over}",
    hint="核对拨款与支付凭证，改正填错的一项；口径不同的，说明",
    source="自评价表资金栏：资金结余、结转数＝财政拨款数－实际支付数",
    needs=("资金结余结转数", "财政拨款数", "实际支付数"),
)
def granted_not_paid(case: Case) -> Iterator[Doubt]:
    """What was granted and not paid."""
    return _identity(case, "资金结余结转数", {"财政拨款数": 1, "实际支付数": -1})


@check(
    "FUND-08",
    Severity.WARNING,
    "资金结余结转数不等于结转数加财政收回数",
    message="{资金结余结转数}填{found}，按{words}应为{expected}，相差{over}",
    hint="核对结转、收回文件，改正填错的一项；口径不同的，说明",
    source="自评价表资金栏：资金结余、结转数＝结转数＋财政收回数",
    needs=("资金结余结转数", "结转数", "财政收回数"),
)
def left_over(case: Case) -> Iterator[Doubt]:
    """What was left is carried over or taken back."""
    return _identity(case, "资金结余结转数", {"结转数": 1, "财政收回数": 1})


@check(
    "FUND-09",
    Severity.WARNING,
    "支付明细合计不等于累计支付金额",
    message="支付明细{rows}笔合计{found}，{累计支付金额}为{expected}，相差{over}{fee}",
    hint="逐笔核对支付凭证，补全明细或更正{累计支付金额}",
    source="总数等于各分项之和",
    needs=("累计支付金额",),
)
def payments_differ_from_total(case: Case) -> Iterator[Doubt]:
    """Σ 支付明细 = 累计支付; a return without any payment row says nothing."""
    rows, total = list(payments(case)), case.number("累计支付金额")
    if not rows or total is None:
        return
    paid = sum((amount for _, amount in rows), Decimal(0))
    if abs(paid - total) <= HALF_A_CENT:
        return
    fees = sum((amount for _, amount in third_party(case)), Decimal(0))
    fee = "；差额恰为明细中的第三方费用" if fees and abs(paid - fees - total) <= HALF_A_CENT else ""
    words: dict[str, Content] = {"rows": str(len(rows)), "over": case.money(abs(paid - total)), "fee": fee}
    related = (case.at("支付金额"),)
    money = (case.money(paid), case.money(total))
    yield Doubt(case.at("累计支付金额"), *money, "累计支付金额", words, related)


@check(
    "FUND-10",
    Severity.WARNING,
    "第三方费用计入了主合同累计支付",
    message="支付明细第{rows}行为监理、测评等第三方费用，共{fees}，已计入{累计支付金额}{found}",
    hint="第三方费用填在“{第三方服务费}”，不计入{累计支付金额}；确属主合同内容的，说明情况",
    source="合同支付只与该合同比较，第三方服务费分开列示",
    needs=("累计支付金额",),
)
def fees_in_main_contract(case: Case) -> Iterator[Doubt]:
    """Fees listed among the payments whose sum is exactly what is called the main contract's."""
    fees, total = third_party(case), case.number("累计支付金额")
    paid = sum((amount for _, amount in payments(case)), Decimal(0))
    if not fees or total is None or abs(paid - total) > HALF_A_CENT:
        return
    spent = sum((amount for _, amount in fees), Decimal(0))
    words: dict[str, Content] = {"rows": "、".join(str(row) for row, _ in fees), "fees": case.money(spent)}
    related = tuple(case.at(f"支付明细_支付金额_{row}") for row, _ in fees)
    yield Doubt(case.at("累计支付金额"), case.money(total), case.money(total - spent), "累计支付金额", words, related)


@check(
    "FUND-11",
    Severity.WARNING,
    "质量达标数大于实际产出数",
    message="{质量达标产出数}{found}大于{实际产出数}{expected}",
    hint="核对验收资料，改正填错的一项：质量达标的应在实际产出之内",
    source="质量达标率＝质量达标产出数÷实际产出数",
    needs=("质量达标产出数", "实际产出数"),
)
def more_good_than_made(case: Case) -> Iterator[Doubt]:
    """What meets the standard is part of what was delivered."""
    return above(case, "质量达标产出数", "实际产出数")
