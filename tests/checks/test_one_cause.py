"""One wrong amount is told once, as the cause; what follows is a note until the amount is found to be right."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import case
from tests.collect.returned import context, filled, read
from toolkit.checks import Case, check_submission
from toolkit.model import Finding, Severity


def told(words: dict[str, str], right: tuple[tuple[str, str], ...] = ()) -> dict[str, Finding]:
    given = replace(case(words), right=frozenset(right))
    codes = ("FUND-01", "FUND-02", "FUND-05", "MAGN-01", "SELF-02")
    return {one.code: one for one in check_submission(given).findings if one.code in codes}


def severities(words: dict[str, str], right: tuple[tuple[str, str], ...] = ()) -> dict[str, Severity]:
    return {code: one.severity for code, one in told(words, right).items() if code != "SELF-02"}


ARRIVED_IN_HUNDREDS_OF_MILLIONS = {"实际到位资金": "0.0285"}


def test_spending_above_an_amount_that_is_far_off_is_that_amounts_fault() -> None:
    assert severities(ARRIVED_IN_HUNDREDS_OF_MILLIONS) == {"MAGN-01": Severity.ERROR, "FUND-02": Severity.NOTE}
    assert "MAGN-01" in told(ARRIVED_IN_HUNDREDS_OF_MILLIONS)["FUND-02"].hint


def test_waived_the_amount_is_right_and_the_spending_is_told_again() -> None:
    waived = (("MAGN-01", "实际到位资金"),)
    found = severities(ARRIVED_IN_HUNDREDS_OF_MILLIONS, waived)
    assert (found["FUND-02"], found["MAGN-01"]) == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize(
    ("contract", "paid_second", "right", "expected"),
    [
        (
            "200",
            "137.75",
            (),
            {"FUND-05": Severity.ERROR, "FUND-01": Severity.NOTE},
        ),  # 275.5 paid of 286.5 in the roster
        (
            "200",
            "162.25",
            (),
            {"FUND-05": Severity.WARNING, "FUND-01": Severity.ERROR},
        ),  # 300 is above the roster's too
        ("200", "137.75", (("FUND-05", "合同金额"),), {"FUND-05": Severity.WARNING, "FUND-01": Severity.ERROR}),
        ("286.5", "162.25", (), {"FUND-01": Severity.ERROR}),
        ("270", "122.25", (), {"FUND-05": Severity.WARNING}),  # lower, and nothing is paid above it
    ],
)
def test_payments_above_a_contract_the_unit_lowered(contract, paid_second, right, expected) -> None:
    paid = str(float(paid_second) + 137.75)
    words = {
        "合同金额": contract, "审计核减后合同金额": "", "支付金额_2": paid_second, "累计支付金额": paid,
        "实际支出资金": paid, "实际到位资金": "320", "预算资金": "320",
    }  # fmt: skip
    assert severities(words, right) == expected


def test_an_amount_found_right_by_one_name_is_not_asked_about_by_another() -> None:
    given = case({"累计支付金额": "2700000"})
    doubt = Finding("READ-45", Severity.WARNING, given.at("累计支付金额"), "疑似以元填报", project="1")
    waived = replace(
        given,
        submission=replace(given.submission, notes=(doubt,)),
        right=frozenset({("READ-45", "累计支付金额")}),
    )
    found = {one.code: one.severity for one in check_submission(waived).findings}
    assert "MAGN-01" not in found
    assert found["FUND-01"] is Severity.ERROR


def test_nobodys_own_mark_is_held_against_an_amount_that_may_be_in_yuan() -> None:
    given = case({"自评分_B101": "10", "实际支出资金": "2755000"})
    doubt = Finding("READ-45", Severity.WARNING, given.at("实际支出资金"), "疑似以元填报", project="1")
    asked = replace(given, submission=replace(given.submission, notes=(doubt,)))
    assert "按填报值和评分规则为20.00分" in str(told_of(given)["B101"].message)
    assert "B101" not in told_of(asked)


def told_of(given: Case) -> dict[str, Finding]:
    return {one.indicator: one for one in check_submission(given).findings if one.code == "SELF-02"}


def of_return(**typed: object) -> dict[str, Finding]:
    """What is found of the clean return with some cells typed otherwise, by code."""
    known, outcome = context(), read(filled(**typed))
    given = Case(known.scheme, known.roster.projects[0], outcome.submission, known.layout)
    return {one.code: one for one in check_submission(given).findings}


def test_a_payment_that_cannot_be_read_is_told_and_not_the_sum_without_it() -> None:
    """“(2.2)” among the payments: their sum was 须更正 too, by a cell that is told already."""
    found = of_return(支付明细_支付金额_2="(2.2)")
    assert found["READ-24"].severity is Severity.ERROR
    assert found["FUND-09"].severity is Severity.NOTE
    assert "先按 READ-24" in found["FUND-09"].hint


def test_a_sum_that_differs_with_every_payment_read_is_told_as_before() -> None:
    assert of_return(支付明细_支付金额_2=Decimal("2.2"))["FUND-09"].severity is not Severity.NOTE


def test_a_rate_above_one_by_an_amount_in_yuan_is_that_amounts_fault() -> None:
    """2,855,000 in a cell of 万元: 预算执行率 of 1,000,000 % was asked about beside it."""
    found = of_return(实际支出资金=2_855_000)
    assert found["READ-45"].severity is Severity.ERROR
    assert found["RATE-07"].severity is Severity.NOTE
