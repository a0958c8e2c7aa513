"""One slip is one thing to do: what follows from a cell that must be corrected is a note that names that cell."""

from dataclasses import replace

import pytest

from tests.collect.returned import context, filled, place, read
from toolkit.checks import Case, check_submission
from toolkit.model import Finding, Severity

PUT_RIGHT = (Severity.ERROR, Severity.WARNING)


def found(contact_field: str = "", **cells: object) -> list[Finding]:
    """What is told of the clean return with some cells holding something else."""
    known = context()
    fields = tuple(
        replace(field, prefill="联系人") if field.key == contact_field else field for field in known.scheme.fields
    )
    case = Case(
        replace(known.scheme, fields=fields), known.roster.projects[0], read(filled(**cells)).submission, known.layout
    )
    return list(check_submission(case).findings)


def to_do(findings: list[Finding]) -> set[tuple[str, str]]:
    """What is to be put right beyond what the clean return is told."""
    return {(one.code, one.at.cell) for one in findings if one.severity in PUT_RIGHT} - {
        (one.code, one.at.cell) for one in found()
    }


@pytest.mark.parametrize(("typed", "code"), [("追减2.2", "READ-24"), ("约100", "READ-21"), (None, "MISS-01")])
def test_a_cell_that_goes_back_is_told_at_that_cell_and_not_by_what_follows(typed: object, code: str) -> None:
    told = found(实际到位资金=typed)
    cell = place("实际到位资金")[1]
    assert to_do(told) == {(code, cell)}
    notes = [one for one in told if one.code in ("MISS-05", "RATE-06")]
    assert notes, "an evaluator still sees what is scored without it"
    assert all(f"先按 {code} 改正《资金情况》{cell}" in one.hint for one in notes)


def test_what_is_lacking_is_named() -> None:
    """It used to say 现为空白 of the value computed, which reads as if the fields were blank."""
    (typed,) = [one for one in found(实际到位资金="约100") if one.code == "MISS-05"]
    assert "“实际到位资金”填的不能用" in typed.message
    (blank,) = [one for one in found(实际到位资金=None) if one.code == "MISS-05"]
    assert "“实际到位资金”没有填" in blank.message
    (nought,) = [one for one in found(实际到位资金=0, 实际支出资金=0) if one.code == "MISS-05"]
    assert "为0" in nought.message
    assert nought.severity is Severity.WARNING, "nothing else is told of a typed 0"


def test_nothing_written_for_a_number_is_told_once_and_the_advice_is_the_forms() -> None:
    """The form says 没有发生的填0; it was told to write 不适用, and beside it that there was nothing to do."""
    cell = place("实际支出资金")[1]
    told = [one for one in found(实际支出资金="无") if one.at.cell == cell]
    assert [one.code for one in told] == ["MISS-01"]
    assert "没有发生的填0" in told[0].hint


def test_whom_to_call_is_the_units_to_say() -> None:
    """The forms ask for it: 已预填，有变动请更改."""
    assert "FORM-06" in {one.code for one in found(合同金额=310)}
    assert "FORM-06" not in {one.code for one in found("合同金额", 合同金额=310)}


def test_a_prefilled_amount_that_cannot_be_read_is_told_by_the_reading_alone() -> None:
    assert to_do(found(合同金额="300万元（含税）")) == {("READ-24", place("合同金额")[1])}
