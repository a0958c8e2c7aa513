"""Money against money: payments, contracts, budgets, arrivals and what is left over."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import HALF_A_CENT, NOT_AS_LISTED, Case
from toolkit.checks.declaration import Doubt, check
from toolkit.model import FieldType, Severity

_EITHER_SIGN = re.compile("调整|结余|结转|余额|增减|增长|变动|差额|节约|利润|盈|净|退")
"""Words in the names of amounts that may well be negative."""


@check(
    "FUND-01",
    Severity.ERROR,
    "累计支付超过审计核减后合同金额（无审计金额时为合同金额）；扣除第三方服务费后不再超出的，只作请核实",
    message="{累计支付金额}{found}超过{basis}{expected}，超出{over}{fee}",
    hint="核对支付凭证与合同、审计结论；监理、测评等第三方费用不属主合同，请单列，不要计入{累计支付金额}；确已多付的，说明原因和处理办法",
    source="合同支付不得超过审定金额；第三方服务费与主合同分开列示",
    needs=("累计支付金额",),
)
def paid_above_contract(case: Case) -> Iterator[Doubt]:
    """Cumulative payments against the audited amount, else the contract. One that is missing or 0 is no limit."""
    key = next((one for one in ("审计核减后合同金额", "合同金额") if case.number(one)), "")
    paid, limit, fee = case.number("累计支付金额"), case.number(key), case.number("第三方服务费") or Decimal(0)
    if paid is None or limit is None or paid <= limit + HALF_A_CENT:
        return
    yield Doubt(
        case.at("累计支付金额"),
        case.money(paid),
        case.money(limit),
        "累计支付金额",
        {"basis": case.label(key), "over": case.money(paid - limit), "fee": _fee_words(case, paid - fee, limit, fee)},
        related=(case.at(key),),
        severity=Severity.WARNING if fee and paid - fee <= limit + HALF_A_CENT else None,
    )


def _fee_words(case: Case, rest: Decimal, limit: Decimal, fee: Decimal) -> str:
    if not fee:
        return ""
    verdict = "不再超出" if rest <= limit + HALF_A_CENT else f"仍超出{case.money(rest - limit)}"
    return f"；其中{case.label('第三方服务费')}{case.money(fee)}，扣除后为{case.money(rest)}，{verdict}"


@check(
    "FUND-12",
    Severity.WARNING,
    "合同金额或审计核减后合同金额填0，累计支付不为0",
    message="{basis}填为{found}，{累计支付金额}为{paid}，不能据此核对是否超付",
    hint="还没有审计结果的不填，不要填0；{合同金额}按合同填写",
    source="没有数据不等于0",
    needs=("累计支付金额",),
)
def paid_on_a_contract_of_nothing(case: Case) -> Iterator[Doubt]:
    """A 0 where there is no result yet: nothing was paid above it, and it is to be asked about."""
    paid = case.number("累计支付金额")
    for key in ("审计核减后合同金额", "合同金额"):
        if paid and case.number(key) == 0:
            yield Doubt(
                case.at(key),
                case.money(Decimal(0)),
                "",
                key,
                {"basis": case.label(key), "paid": case.money(paid)},
                related=(case.at("累计支付金额"),),
            )


@check(
    "FUND-02",
    Severity.ERROR,
    "实际支出超过实际到位资金",
    message="{实际支出资金}{found}大于{实际到位资金}{expected}",
    hint="核对到位凭证；属垫付的，说明情况",
    source="财预〔2020〕10号 预算执行率口径",
    needs=("实际到位资金", "实际支出资金"),
)
def spent_above_arrived(case: Case) -> Iterator[Doubt]:
    """Spending cannot exceed what arrived."""
    return above(case, "实际支出资金", "实际到位资金")


@check(
    "FUND-03",
    Severity.WARNING,
    "本年支付金额超过累计支付金额",
    message="{本年支付金额}{found}大于{累计支付金额}{expected}",
    hint="核对两项支付，改正填错的一项：{累计支付金额}应包含{本年支付金额}",
    source="累计数不小于年度数",
    needs=("本年支付金额", "累计支付金额"),
)
def year_above_cumulative(case: Case) -> Iterator[Doubt]:
    """A year's payment is part of the cumulative one."""
    return above(case, "本年支付金额", "累计支付金额")


@check(
    "FUND-04",
    Severity.WARNING,
    "审计核减后合同金额大于合同金额",
    message="{审计核减后合同金额}{found}大于{合同金额}{expected}",
    hint="核对审计结论；有补充合同的请在合同表中列出",
    source="审计核减只减不增",
    needs=("审计核减后合同金额", "合同金额"),
)
def audited_above_contract(case: Case) -> Iterator[Doubt]:
    """An audit cuts, it does not add."""
    return above(case, "审计核减后合同金额", "合同金额")


@check(
    NOT_AS_LISTED,
    Severity.WARNING,
    "填报合同金额与项目清单不一致",
    message="{合同金额}填报为{found}，项目清单为{expected}{slip}",
    hint="核对合同原件；清单有误的，说明情况并附合同",
    source="项目清单",
    needs=("合同金额",),
)
def contract_differs_from_roster(case: Case) -> Iterator[Doubt]:
    """The contract amount against the roster, with the unit slip named when it is exactly that and not yet said."""
    reported, listed = case.number("合同金额"), case.project.contract_amount
    if (
        reported is None
        or listed is None
        or abs(reported - listed) <= HALF_A_CENT
        or case.at("合同金额") in case.told_in_yuan
    ):
        return
    slip = {
        listed * 10000: "，恰为清单的1万倍，疑似把“元”填入“万元”格",
        listed / 10000: "，恰为清单的万分之一，疑似把“万元”填入“元”格",
    }.get(reported, "")
    money = (case.money(reported), case.money(listed))
    yield Doubt(case.at("合同金额"), *money, "合同金额", {"slip": slip})


@check(
    "FUND-13",
    Severity.WARNING,
    "金额或数量填为负数",
    message="{label}填为{found}，是负数",
    hint="核对正负号；确为冲减、退回的，在说明中写明",
    source="资金和数量不小于0；调整数、结余数、增减额除外",
)
def below_zero(case: Case) -> Iterator[Doubt]:
    """A reported amount or count below zero; what may be either is left out, rows of a table may hold refunds."""
    for field in case.scheme.fields:
        counted = field.type in (FieldType.AMOUNT, FieldType.NUMBER) and not field.formula and not field.table
        number = case.number(field.key) if counted else None
        if number is not None and number < 0 and not _EITHER_SIGN.search(f"{field.key}{field.label}"):
            found = case.stated(field.key, number)
            yield Doubt(case.at(field.key), found, "不小于0", field.key, {"label": case.label(field.key)})


def above(case: Case, one: str, other: str) -> Iterator[Doubt]:
    """An amount or count that exceeds the one it is part of; nothing is said while one of them is missing."""
    part, whole = case.number(one), case.number(other)
    if part is not None and whole is not None and part > whole + HALF_A_CENT:
        shown = (case.stated(one, part), case.stated(other, whole))
        yield Doubt(case.at(one), *shown, one, related=(case.at(other),))
