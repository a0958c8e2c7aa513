"""What a unit writes where nothing is asked for is told: nobody reads it, and it must not get lost without a word."""

import pytest

from tests.collect.damage import rows_deleted, rows_inserted
from tests.collect.returned import clean, context, label, place, read, row
from toolkit.checks import check_submission
from toolkit.checks.case import Case
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import DifferenceKind, Severity

FUNDS = "资金情况"
FIRST = row("支付明细_支付金额_1")


def added(data: bytes) -> list[tuple[str, str]]:
    """Where something was added, and what."""
    changed = read(data).submission.differences
    return [(found.at.cell, found.found) for found in changed if found.kind is DifferenceKind.ADDED]


def test_a_clean_return_has_no_additions() -> None:
    assert added(clean()) == []


def test_a_row_put_between_the_asked_ones_is_told_once() -> None:
    """其中：软件 60 below an amount: nothing asks for it, so it is part of no sum."""
    at = row("实际支出资金") + 1
    data = patch_cells(rows_inserted(clean(), FUNDS, at), {(FUNDS, f"B{at}"): "其中：软件", (FUNDS, f"C{at}"): 60})
    assert added(data) == [(f"B{at}", "其中：软件、60")]
    assert read(data).submission.value("实际支出资金") == read(clean()).submission.value("实际支出资金")


def test_a_remark_beside_a_cell_is_a_note_that_names_it() -> None:
    sheet, cell = place("实际支出资金")
    data = patch_cells(clean(), {(sheet, f"J{cell[1:]}"): "含监理费"})
    known = context()
    case = Case(known.scheme, known.roster.projects[0], read(data).submission, known.layout)
    (finding,) = [found for found in check_submission(case).findings if found.code == "FORM-05"]
    assert (finding.severity, finding.at.cell) == (Severity.NOTE, f"J{cell[1:]}")
    assert finding.message == "在填报格以外写了“含监理费”，没有读取"


@pytest.mark.parametrize("written", ["", "   ", "\u3000"])
def test_nothing_written_is_nothing_added(written: str) -> None:
    assert added(patch_cells(clean(), {(FUNDS, "J9"): written})) == []


def test_rows_of_a_table_are_the_units_to_add_delete_and_number() -> None:
    """The total below a table moves with its rows; numbers in front of rows are nobody's data."""
    more = rows_inserted(clean(), FUNDS, FIRST + 1)
    assert added(patch_cells(more, {(FUNDS, f"A{FIRST + 1}"): "补1", (FUNDS, f"F{FIRST + 1}"): 1})) == []
    assert added(rows_deleted(clean(), FUNDS, row("支付明细_支付金额_5"))) == []


def test_what_moved_up_after_a_deleted_row_is_no_addition() -> None:
    sheet, cell = label("实际支出资金")
    assert added(rows_deleted(clean(), sheet, int(cell[1:]))) == []
