"""Where a check begins and where it ends: values exactly on the border and just beyond, and the figures it names."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.checks.worked_case import case
from toolkit.checks import Case, check_batch, check_submission
from toolkit.checks.merging import causes_first
from toolkit.model import (
    CellRef,
    FieldType,
    Finding,
    Roster,
    Severity,
    Submission,
)


def said(made: Case, code: str) -> list[str]:
    """What a check says of a return."""
    return [finding.message for finding in check_submission(made).findings if finding.code == code]


ALIKE = {"支付日期_1": "2024-06-20", "支付摘要_1": "验收款"}
"""The first payment made on the day and for the reason of the second."""

NOT_SAID = [
    ("FUND-01", {"审计核减后合同金额": "275.495"}),  # half a cent is the same amount
    ("FUND-02", {"实际到位资金": "275.495"}),
    ("FUND-09", {"支付金额_2": "137.745"}),
    ("FUND-06", {"指标结余数": "10.005", "年初预算数": "100", "调整数": "0", "财政拨款数": "90"}),
    ("FUND-06", {"指标结余数": "-10", "年初预算数": "100", "调整数": "", "财政拨款数": "90"}),  # one is missing
    ("FUND-13", {"预算资金": "0"}),
    ("FUND-13", {"支付金额_1": "-5"}),  # a refund among the payments
    ("FUND-14", {**ALIKE, "支付金额_1": "0", "支付金额_2": "0"}),
    ("FUND-14", {**ALIKE, "支付金额_1": "-5", "支付金额_2": "-5"}),  # two refunds
    ("FUND-14", {**ALIKE, "支付日期_1": "", "支付日期_2": ""}),  # of payments without a day another check tells
    ("DATE-07", {"支付日期_1": "", "支付金额_1": "0"}),
    ("DATE-01", {"主合同签订日期": "2022-03-05"}),  # signed on the day of approval
    ("DATE-03", {"主合同签订日期": "2023-01-10"}),  # paid on the day of signing
    ("DATE-04", {"本年支付金额": "137.755"}),
    ("DATE-04", {"本年支付金额": "200", "支付日期_1": ""}),  # of one payment nobody knows the day
    ("DATE-04", {"本年支付金额": "200", "支付金额_1": "100"}),  # the list is not complete
    ("MAGN-02", {"完成值_D101": "1.11%", "自评分_D101": "15"}),
    ("MAGN-02", {"完成值_D101": "0", "自评分_D101": "15"}),
    ("MAGN-02", {"完成值_D101": "0.98%", "自评分_D101": "13.4"}),  # below nine tenths of the mark
    ("SELF-01", {"自评分_D101": "0"}),
    ("SELF-01", {"自评分_D101": "0.5"}),
    ("SELF-01", {"自评分_D101": "15"}),
    ("SELF-02", {"完成值_D101": "100%", "自评分_D101": "14.995"}),
    ("YEAR-03", {"预算资金.上年": "0"}),  # of nothing there is no percentage
    ("YEAR-03", {"预算资金.上年": "600"}),  # half of it is let pass
    ("YEAR-03", {"资金到位率.上年": "46.67%"}),  # 96.67% now: fifty points
]

SAID = [
    ("FUND-14", {**ALIKE, "支付金额_1": "0.5", "支付金额_2": "0.5"}, "支付明细第1、2行"),
    (
        "FUND-01",
        {"审计核减后合同金额": "275.49"},
        "累计支付金额275.50万元超过审计核减后合同金额275.49万元，超出0.01万元",
    ),
    (
        "FUND-01",
        {"审计核减后合同金额": "255.5", "第三方服务费": "10"},
        "超出20.00万元；其中第三方服务费10.00万元，扣除后为265.50万元，仍超出10.00万元",
    ),
    (
        "FUND-01",
        {"审计核减后合同金额": "255.5", "第三方服务费": "19.995"},
        "扣除后为255.505万元，不再超出",
    ),
    ("FUND-09", {"支付金额_1": "127.75"}, "支付明细2笔合计265.50万元，累计支付金额为275.50万元，相差10.00万元"),
    ("FUND-13", {"实际到位资金": "-300"}, "实际到位资金填为-300.00万元，是负数"),  # its rate is negative, too
    ("DATE-04", {"本年支付金额": "200"}, "评价期内的支付合计137.75万元，本年支付金额填200.00万元，相差62.25万元"),
    ("MAGN-02", {"完成值_D101": "1.1%", "自评分_D101": "15"}, "如漏乘100，应为110.00%"),
    ("MAGN-02", {"完成值_D101": "0.9%", "自评分_D101": "13.5"}, "如漏乘100，应为90.00%"),  # nine tenths of the mark
    ("SELF-01", {"自评分_D101": "15.01"}, "自评15.01分，超出0至15分的范围"),
    ("SELF-02", {"完成值_D101": "100%", "自评分_D101": "14.99"}, "自评14.99分，按填报值和评分规则为15.00分"),
    ("YEAR-03", {"预算资金.上年": "199"}, "上年199.00万元，本年300.00万元，增加50.75%"),
    ("YEAR-03", {"预算资金.上年": "601"}, "上年601.00万元，本年300.00万元，减少50.08%"),
    ("YEAR-03", {"资金到位率.上年": "40%"}, "上年40.00%，本年96.67%，增加56.67个百分点"),
]


@pytest.mark.parametrize(("code", "typed"), NOT_SAID, ids=lambda value: str(value)[:40])
def test_on_the_border_nothing_is_said(code: str, typed: dict[str, str]) -> None:
    assert said(case(typed), code) == []


@pytest.mark.parametrize(("code", "typed", "words"), SAID, ids=lambda value: str(value)[:40])
def test_beyond_it_the_right_figures_are_named(code: str, typed: dict[str, str], words: str) -> None:
    (message,) = said(case(typed), code)
    assert words in message


@pytest.mark.parametrize(
    ("given", "told"),
    [("100", False), ("1", False), ("60%", False), ("30", True), ("0.3", True), ("1%", True), ("200%", False)],
)
def test_the_scheme_says_from_where_on_a_change_is_told(given: str, *, told: bool) -> None:
    """预算资金 grew by half: told from 30 per cent on, not from 60 or, as 1 and as 100, from the double on."""
    made = case({"预算资金.上年": "200"})
    scheme = replace(made.scheme, settings={**made.scheme.settings, "年度变动提示": given})
    assert bool(said(replace(made, scheme=scheme), "YEAR-03")) is told


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (("300", "290", "275.5"), ["预算资金填2,750,000.00万元"]),
        (("300", "290", ""), []),  # two others are too few to tell a size
        (("0", "0", "0"), []),  # nothing to compare with
    ],
)
def test_without_a_listed_contract_the_other_amounts_tell_the_size(amounts: tuple[str, ...], told: list[str]) -> None:
    typed = dict(zip(("实际到位资金", "实际支出资金", "累计支付金额"), amounts, strict=True))
    made = case({"预算资金": "2750000", "合同金额": "", "审计核减后合同金额": "", **typed})
    unlisted = replace(made, project=replace(made.project, contract_amount=None))
    assert [message.partition("，同表")[0].partition("，清单")[0] for message in said(unlisted, "MAGN-01")] == told


def test_a_value_of_an_indicator_of_other_projects_is_not_asked_about() -> None:
    made = case({"完成值_D101": "120"})
    (own,) = (one for one in made.scheme.indicators if one.code == "D101")
    marked = replace(
        own, inputs=(replace(own.inputs[0], type=FieldType.NUMBER, unit="分"),), target="", applies_when=""
    )
    for condition, told in (("", 1), ('=项目类型="没有这一类"', 0)):
        scheme = replace(made.scheme, indicators=(replace(marked, applies_when=condition),))
        assert len(said(replace(made, scheme=scheme), "MAGN-03")) == told


def finding(code: str, severity: Severity, cell: str, *related: str) -> Finding:
    at, others = CellRef("表.xlsx", "资金", cell), tuple(CellRef("表.xlsx", "资金", other) for other in related)
    return Finding(code, severity, at, "说明", related=others)


@pytest.mark.parametrize(
    ("severity", "asked"), [(Severity.ERROR, Severity.ERROR), (Severity.WARNING, Severity.WARNING)]
)
def test_a_doubt_must_be_settled_only_where_what_follows_must_be_corrected(severity: Severity, asked: Severity) -> None:
    doubt = finding("READ-45", Severity.WARNING, "C5")
    follows = finding("FUND-02", severity, "C6", "C5")
    told = list(causes_first([doubt], [follows], {doubt.at: "READ-45"}))
    assert [(one.code, one.severity) for one in told] == [("READ-45", asked), ("FUND-02", Severity.NOTE)]
    assert "READ-45" in told[1].hint
    assert list(causes_first([doubt], [follows], {})) == [doubt, follows], "without a doubt nothing changes"


def test_a_scheme_that_asks_for_no_day_of_payment_misses_none() -> None:
    made = case({"支付日期_1": ""})
    assert said(made, "DATE-07")
    without = replace(made.scheme, fields=tuple(one for one in made.scheme.fields if one.key != "支付日期"))
    assert said(replace(made, scheme=without), "DATE-07") == []


NAMES = {"1": "数据平台", "2": "数据平台运维", "3": "政务云"}


@pytest.mark.parametrize(
    ("file_name", "other"),
    [
        ("返回表.xlsx", ""),
        ("报送 数据平台.xlsx", ""),  # its own name
        ("报送-数据平台运维.xlsx", ""),  # holds its own name
        ("江海市政务云.xlsx", ""),  # three signs are too few to go by
        ("江海市视频会议.xlsx", "4"),  # at the very end, four signs
    ],
)
def test_a_file_named_for_another_project_is_asked_about(file_name: str, other: str) -> None:
    assert named("1", file_name, {**NAMES, "4": "视频会议"}) == other


def test_of_two_names_one_within_the_other_the_longer_is_meant() -> None:
    assert named("3", "数据平台运维.xlsx", NAMES) == "2"
    assert named("3", "数据平台.xlsx", NAMES) == "1"
    assert named("3", "数据平台和视频会议.xlsx", {**NAMES, "4": "视频会议"}) == "", "two projects: nobody knows which"


def named(own: str, file_name: str, names: Mapping[str, str]) -> str:
    """The project that BATCH-11 says a file is named for; "" where it says nothing."""
    made = case({})
    projects = tuple(replace(made.project, id=key, name=name) for key, name in names.items())
    returns: dict[str, Submission] = {own: replace(made.submission, project=own, file_name=file_name)}
    found = check_batch(made.scheme, Roster(projects), returns).findings
    return "".join(one.message.partition("写的是项目")[2][:1] for one in found if one.code == "BATCH-11")
