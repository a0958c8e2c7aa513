"""Group A of what the trial of 0.1.0 found: nobody is accused wrongly, and every printed number is right."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.trial.conftest import CASES, NUMBER, SPARE, UNSEEN, Checked
from tests.trial.own_evaluation import ANSWERS, Cell, Evaluation, filled, place


def test_a1_a_sum_that_excel_calls_equal_is_no_overspending(checked: Checked) -> None:
    assert "J04" not in checked.codes("spent a computed sum")


def test_a1_a_target_reached_as_excel_shows_it_is_reached(checked: Checked) -> None:
    assert checked.indicator("budget a computed sum", "B102")["score"] == "10.00"


SHEETJS = ("node", str(Path(__file__).parents[2] / ".ci" / "resavers" / "resave.js"), "sheetjs")
SAVERS = [
    pytest.param("xls", ("ssconvert",), marks=pytest.mark.gnumeric, id="xls"),
    pytest.param("ods", ("ssconvert",), marks=pytest.mark.gnumeric, id="ods"),
    pytest.param("xlsb", SHEETJS, marks=pytest.mark.resavers, id="xlsb"),
]


@pytest.mark.parametrize(("extension", "saver"), SAVERS)
def test_a2_saved_again_in_another_format_accuses_nobody(
    extension: str, saver: tuple[str, ...], copy: Evaluation, tmp_path: Path
) -> None:
    """In 0.1.0 every formula was said to be overwritten."""
    proper, saved = tmp_path / "proper.xlsx", tmp_path / f"saved.{extension}"
    proper.write_bytes(filled(copy.workbook(SPARE), {**ANSWERS, "服务费": Cell("1.5")}))
    subprocess.run([*saver, str(proper), str(saved)], check=True, capture_output=True)
    copy.returned(SPARE, saved.read_bytes(), f".{extension}")
    assert copy.do("collect").code in (0, 1)
    found = copy.do("check", "--json").json["findings"]
    assert {each["code"] for each in found if each["project"] == str(SPARE)} == {"MISS-03", "READ-51"}


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


def test_a10_a_workbook_in_yuan_is_one_error_with_one_proposal(checked: Checked, asked: list[dict[str, Any]]) -> None:
    (found,) = (finding for finding in checked.of("元 throughout") if "以“元”填报" in finding["message"])
    assert found["severity"] == "error"
    assert not {"READ-45", "FUND-05"} & checked.codes("元 throughout"), "said once"
    assert NUMBER["元 throughout"] in {each["project"] for each in asked}


def test_a13_a_formula_over_the_rows_of_a_table_gives_what_excel_gives(checked: Checked) -> None:
    """Right in 0.1.0 already; saved as .ods by Gnumeric, which calls SUMPRODUCT its own, it stays so (A2)."""
    assert "J05" not in checked.codes("as asked")
    assert "J05" in checked.codes("paid beyond the contract")


def test_of_a_proper_return_only_the_missing_paper_is_said(checked: Checked) -> None:
    assert checked.codes("as asked") == {"MISS-03"}


def test_a7_a_tolerance_keeps_what_compares_no_figures(checked: Checked) -> None:
    """Both formulas begin with the number 0: in 0.1.0 they were equal within the tolerance, and the finding went."""
    assert "RATE-02" in checked.codes("formula changed")


@pytest.mark.parametrize("case", UNSEEN)
def test_a11_what_nobody_sees_is_not_read_without_a_word(case: str, checked: Checked) -> None:
    """READ-01 says that a text was read as a number: in 0.1.0 the only word about 9938.84, 999 and 72."""
    for name in UNSEEN[case]:
        at = place(checked.evaluation.workbook(SPARE), name)
        codes = {each["code"] for each in checked.of("unseen") if (each["sheet"], each["cell"]) == at}
        assert [code for code in codes - {"READ-01"} if code.startswith("READ-")], codes
