"""verify: break one thing in a master and exactly that is reported."""

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.aggregate.plans import ANSWERS, D, sheet, small_plan, whole_plan
from tests.small_scheme import SMALL_SCHEME
from toolkit.aggregate import build_master, read_master, verify_master
from toolkit.model import Severity

PLAN = small_plan()
MASTER = build_master(PLAN)


def edited(*changes: tuple[str, str, object]) -> bytes:
    """The master as somebody saved it with openpyxl (which drops all results) after changing some cells."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(MASTER.data))
    for sheet_name, cell, value in changes:
        book[sheet_name][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def codes(data: bytes) -> list[tuple[str, str, str]]:
    return [(one.code, one.at.sheet, one.at.cell) for one in verify_master(data, PLAN)]


def test_an_untouched_master_is_right():
    assert verify_master(MASTER.data, PLAN) == []
    assert verify_master(build_master(whole_plan()).data, whole_plan()) == []


def test_saved_without_results_the_formulas_are_evaluated():
    again = read_master(edited())
    for address, value in read_master(MASTER.data).items():
        other = again.get(address, "")
        same = abs(value - other) < D("1e-9") if isinstance(value, Decimal) else value == other
        assert same, address
    assert codes(edited()) == []


def test_a_total_typed_over_its_formula():
    found = verify_master(edited(("汇总", "J4", 87.89)), PLAN)
    assert [(one.code, one.at.cell, one.severity) for one in found] == [("VERIFY-02", "J4", Severity.ERROR)]
    assert "“1”行的总分" in found[0].message


def test_a_score_formula_made_kinder_changes_everything_above_it():
    found = codes(edited(("指标得分", "J4", "=10")))
    assert ("VERIFY-03", "指标得分", "J4") in found
    assert {("VERIFY-01", "汇总", "F4"), ("VERIFY-01", "汇总", "J4")} <= set(found)


def test_an_input_value_changed_by_hand():
    assert ("VERIFY-01", "指标得分", "J6") in codes(edited(("指标得分", "R6", 1)))


def test_a_formula_spelled_differently_is_the_same_formula():
    assert codes(edited(("汇总", "J4", "= round( sum($F4:$I4), 2 )"))) == []


def test_a_renamed_project_is_a_warning():
    found = verify_master(edited(("汇总", "D4", "别的项目")), PLAN)
    assert [(one.code, one.severity) for one in found] == [("VERIFY-05", Severity.WARNING)]


def test_a_missing_sheet_is_reported_once_and_what_needs_it_too():
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(MASTER.data))
    del book["单位汇总"]
    stream = io.BytesIO()
    book.save(stream)
    assert ("VERIFY-04", "单位汇总", "") in codes(stream.getvalue())


def test_scores_that_have_changed_since():
    better = sheet(SMALL_SCHEME, "1", {**ANSWERS, "A102": {"扣分": D(0)}})
    found = verify_master(MASTER.data, replace(PLAN, sheets={**PLAN.sheets, "1": better}))
    assert ("VERIFY-01", "汇总!J4") in [(one.code, f"{one.at.sheet}!{one.at.cell}") for one in found]


def test_a_formula_that_leads_to_itself_is_an_error_not_a_crash():
    assert ("VERIFY-03", "汇总", "J4") in codes(edited(("汇总", "J4", "=J4+1")))


@pytest.mark.libreoffice
@pytest.mark.parametrize("plan", [PLAN, whole_plan()], ids=["projects", "whole"])
def test_libreoffice_calculates_the_same(plan, tmp_path: Path):
    from toolkit.excel.libreoffice import recalculate

    path = tmp_path / "总表.xlsx"
    path.write_bytes(build_master(plan).data)
    assert verify_master(recalculate([path], tmp_path / "out")[path].read_bytes(), plan) == []
