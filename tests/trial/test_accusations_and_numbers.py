"""Group A of what the trial of 0.1.0 found: nobody is accused wrongly, and every printed number is right."""

from tests.trial.conftest import CASES, Checked
from tests.trial.own_evaluation import Cell, Evaluation


def test_a1_a_sum_that_excel_calls_equal_is_no_overspending(checked: Checked) -> None:
    assert "J04" not in checked.codes("spent a computed sum")


def test_a1_a_target_reached_as_excel_shows_it_is_reached(checked: Checked) -> None:
    assert checked.indicator("budget a computed sum", "B102")["score"] == "10.00"


def test_a3_nothing_arrived_is_no_rate_of_0(checked: Checked) -> None:
    assert not any("0.00%" in finding["message"] for finding in checked.of("arrived left blank"))
    told = {finding["indicator"] for finding in checked.of("arrived left blank") if finding["code"] == "MISS-05"}
    assert told == {"B101", "B102"}


def test_a3_a_value_nobody_could_compute_is_told(checked: Checked) -> None:
    assert checked.indicator("optional field left blank", "C101")["score"] == "0.00"
    (told,) = (finding for finding in checked.of("optional field left blank") if finding["indicator"] == "C101")
    assert "没有完成值" in told["message"]


def test_a8_copied_amounts_are_found_though_the_contract_differs(copy: Evaluation) -> None:
    """The contract is prefilled: in 0.1.0 a unit that corrected it hid that all it typed was copied."""
    number = list(CASES).index("figures copied again") + 1
    copy.returned(number, CASES["figures copied again"] | {"合同金额": 301, "服务费": Cell("1.44")})
    copy.do("collect")
    found = copy.do("check", "--json").json["findings"]
    copied = {finding["project"]: finding["message"] for finding in found if finding["code"] == "BATCH-03"}
    assert {str(number - 1), str(number)} <= copied.keys()


def test_a9_a_literal_is_the_double_it_stands_for(checked: Checked) -> None:
    assert not {"RATE-02", "FORM-02"} & checked.codes("literal as Gnumeric writes it")


def test_a10_a_workbook_in_yuan_is_one_error_with_one_proposal(checked: Checked, copy: Evaluation) -> None:
    (found,) = (finding for finding in checked.of("元 throughout") if "以“元”填报" in finding["message"])
    assert found["severity"] == "error"
    assert not {"READ-45", "FUND-05"} & checked.codes("元 throughout"), "said once"
    asked = copy.do("correct", "--json").json
    assert "8" in str(asked)


def test_of_a_proper_return_only_the_missing_paper_is_said(checked: Checked) -> None:
    assert checked.codes("as asked") == {"MISS-03"}
