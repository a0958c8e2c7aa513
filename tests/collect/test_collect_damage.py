"""The damage matrix: a clean return, one thing done to it, and exactly what must come of it. No wrong number, ever."""

from datetime import date
from decimal import Decimal

import pytest

from tests.collect.damage import (
    merged,
    packed,
    parts,
    rows_inserted,
    sheet_deleted,
    without_identity,
    without_names,
)
from tests.collect.damage_matrix import (
    CHANGED,
    FUNDS,
    MATRIX,
    PAID_5,
    SEAL,
    Damage,
    Expected,
)
from tests.collect.returned import clean, context, filled, label, place, read, row, template
from tests.small_scheme import PROJECTS
from toolkit.collect import Cause, CollectContext, ReturnState, read_return
from toolkit.excel.cell_xml import FormulaChange
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import DifferenceKind, ReadState, SlotRole, date_to_serial


def values(outcome) -> dict:
    """Values of the input slots, as far as there are any."""
    slots = template().layout.slots
    readings = outcome.submission.readings
    return {
        key: one.value
        for key, one in readings.items()
        if one.value is not None and (key not in slots or slots[key].role is not SlotRole.CALCULATED)
    }


CLEAN = values(read(clean()))


def codes(outcome) -> set[str]:
    return {note.code for note in outcome.submission.notes}


def test_the_clean_return_is_read_without_a_word():
    outcome = read(clean())
    assert outcome.accepted
    assert outcome.project == "1"
    assert not outcome.submission.notes
    assert not outcome.submission.differences
    assert CLEAN["实际到位资金"] == 290
    assert CLEAN["完成值_D101"] == Decimal("0.9995")
    assert CLEAN["完成日期_C102"] == date_to_serial(date(2024, 8, 30))
    assert outcome.submission.recalculated is False


def test_rows_inserted_in_a_table_are_read():
    third, fourth = place("支付明细_支付金额_3"), place("支付明细_支付摘要_4")
    data = patch_cells(rows_inserted(clean(), *(FUNDS, row(PAID_5) - 2, 2)), {third: Decimal("1.5"), fourth: "补记"})
    outcome = read(data)
    assert outcome.submission.table_rows == {"支付明细": 5}
    assert outcome.submission.value("支付明细_支付金额_3") == Decimal("1.5")
    assert outcome.submission.value("支付明细_支付摘要_4") == "补记"


def test_more_rows_than_prepared_continue_the_numbering():
    _, last = place(PAID_5)
    data = rows_inserted(clean(), FUNDS, row(PAID_5) + 1, 2)
    more = {(FUNDS, f"{last[0]}{row(PAID_5) + step}"): Decimal(step) for step in (-2, -1, 0, 1, 2)}
    data = patch_cells(data, more)
    outcome = read(data)
    assert outcome.submission.table_rows == {"支付明细": 7}
    assert [outcome.submission.value(f"支付明细_支付金额_{number}") for number in (3, 5, 6, 7)] == [-2, 0, 1, 2]
    assert outcome.balance.holds
    assert outcome.balance.expected == read(clean()).balance.expected + 2 * 3


def test_a_row_copied_without_names_is_not_guessed():
    below = row("实际到位资金") + 1
    data = rows_inserted(without_names(clean(), SEAL), FUNDS, below)
    copied = {(FUNDS, f"{label('实际到位资金')[1][0]}{below}"): "* 实际到位资金", (FUNDS, f"C{below}"): Decimal(999)}
    outcome = read(patch_cells(data, copied))
    assert outcome.submission.readings["实际到位资金"].value is None
    assert "READ-43" in codes(outcome)
    assert outcome.balance.unplaced == 1


def test_labels_and_names_that_disagree_are_not_guessed():
    swapped = {label("实际到位资金"): "* 实际支出资金", label("实际支出资金"): "* 实际到位资金"}
    outcome = read(patch_cells(clean(), swapped))
    assert outcome.submission.readings["实际到位资金"].value is None
    assert outcome.submission.readings["实际支出资金"].value is None
    assert "READ-43" in codes(outcome)


def test_a_deleted_sheet_leaves_the_rest():
    outcome = read(sheet_deleted(clean(), "指标信息"))
    assert outcome.accepted
    assert outcome.submission.value("实际到位资金") == 290
    assert outcome.submission.value("完成值_C101") is None
    assert outcome.balance.holds
    assert outcome.balance.unplaced > 10
    assert "READ-42" in codes(outcome)


def test_merged_inputs_are_sent_back():
    outcome = read(merged(clean(), FUNDS, f"{place('实际到位资金')[1]}:{place('实际支出资金')[1]}"))
    assert outcome.submission.value("实际到位资金") == 290
    assert outcome.submission.readings["实际支出资金"].state is ReadState.REJECTED
    assert "READ-33" in codes(outcome)


def difference(outcome, key: str = ""):
    (one,) = (change for change in outcome.submission.differences if change.key == key)
    return one.kind


@pytest.mark.parametrize(("key", "content", "kind"), CHANGED)
def test_what_we_put_in_is_compared(key, content, kind):
    assert difference(read(filled(**{key: content})), key) is kind


def test_the_same_formula_in_another_spelling_is_no_difference():
    formula = FormulaChange('= if( N(预算资金)=0 , "" , round(实际到位资金/预算资金, 4))', None)
    assert not read(filled(资金到位率=formula)).submission.differences


def test_a_changed_label_is_told():
    assert difference(read(patch_cells(clean(), {label("万元"): "元"}))) is DifferenceKind.TEXT_CHANGED


def test_spaced_labels_are_the_same_labels():
    data = without_names(patch_cells(clean(), {label("实际到位资金"): "*　实 际 到 位 资 金："}), SEAL)
    assert values(read(data)) == CLEAN


def test_another_projects_file_is_recognised():
    assert read(clean(project=1)).project == "2"


def test_two_identities_in_one_file_are_refused():
    files, other = parts(clean()), parts(clean(project=1))
    outcome = read(packed({**files, "docProps/custom.xml": other["docProps/custom.xml"]}))
    assert not outcome.accepted
    assert "项目1“政务数据共享平台（二期）”、项目2" in outcome.reason


def test_another_evaluations_file_is_refused():
    here = context()
    elsewhere = CollectContext(here.scheme, here.roster, here.layout, here.prefilled, "别处2023", b"x" * 32)
    assert "另一次评价" in read_return(clean(), "采集表.xlsx", elsewhere).reason


def test_a_forged_seal_is_not_believed():
    here = context()
    other_key = CollectContext(here.scheme, here.roster, here.layout, here.prefilled, here.evaluation_id, b"x" * 32)
    outcome = read_return(clean(), "采集表.xlsx", other_key)
    assert outcome.project == PROJECTS[0].id
    assert codes(outcome) >= {"IDENT-02", "IDENT-03"}


def test_a_stripped_file_that_names_no_project_is_refused():
    blank = {("封面与填报说明", f"{column}{row}"): None for column in "ABCDEFGH" for row in range(1, 13)}
    titles = {(sheet, "A2"): None for sheet in template().layout.sheets[:-1]}
    outcome = read(patch_cells(without_identity(clean()), blank | titles))
    assert not outcome.accepted
    assert "无法认定" in outcome.reason


def test_the_matrix_is_large_enough():
    assert len({one.name for one in MATRIX}) == len(MATRIX) >= 90
    assert {one.outcome for one in MATRIX} == set(Expected)


@pytest.mark.parametrize("damage", MATRIX, ids=[one.name for one in MATRIX])
def test_what_must_come_of_a_damage_comes_of_it(damage: Damage):
    outcome = read(damage.apply(clean()), "采集表最终版2.xlsx")
    if damage.outcome is Expected.REFUSED:
        assert (outcome.state, outcome.submission) == (ReturnState.REFUSED, None)
        assert damage.word in outcome.reason
        assert outcome.cause in set(Cause)
        assert len(outcome.reason) > 10
        return
    assert outcome.accepted, outcome.reason
    assert outcome.balance.holds
    assert outcome.balance.unplaced == 0
    others = {key: value for key, value in values(outcome).items() if key != damage.key}
    assert others == {key: value for key, value in CLEAN.items() if key != damage.key}, "no other number changed"
    if damage.outcome is Expected.TOLD:
        assert [one.key for one in outcome.submission.differences] == [damage.key]
        return
    assert codes(outcome) == damage.codes
    if damage.key:
        reading = outcome.submission.readings[damage.key]
        assert (reading.value, reading.state) == (damage.value, damage.state)
