"""The damage matrix: a clean return, one thing done to it, and exactly what must come of it. No wrong number, ever."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.collect.damage import (
    columns_inserted,
    merged,
    packed,
    parts,
    rows_deleted,
    rows_inserted,
    sheet_copied,
    sheet_deleted,
    sheet_hidden,
    sheet_renamed,
    sheets_reversed,
    without_identity,
    without_names,
)
from tests.collect.returned import clean, context, filled, label, place, read, row, template
from tests.small_scheme import PROJECTS
from toolkit.collect import CollectContext, ReturnState, read_return
from toolkit.excel.cell_xml import FormulaChange
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import DifferenceKind, ReadState, SlotRole, date_to_serial

FUNDS = "资金情况"
PAID_5 = "支付明细_支付金额_5"


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


# what is typed into one cell: slot, content, value read, state, code of the note
TYPED = [
    ("预算资金", "300", "300", "VALUE", "READ-01"),
    ("预算资金", "３００．５", "300.5", "VALUE", "READ-01"),
    ("预算资金", "1,032.28", "1032.28", "VALUE", "READ-01"),
    ("预算资金", "300万元", "300", "VALUE", "READ-04"),
    ("预算资金", "3000000元", "300", "VALUE", "READ-05"),
    ("预算资金", Decimal(3000000), "3000000", "VALUE", "READ-45"),
    ("预算资金", Decimal(0), "0", "VALUE", None),
    ("预算资金", "约300", None, "REJECTED", "READ-21"),
    ("预算资金", "≥300", None, "REJECTED", "READ-22"),
    ("预算资金", "300-320", None, "REJECTED", "READ-23"),
    ("预算资金", "已支付50%", None, "REJECTED", "READ-24"),
    ("预算资金", "/", None, "NONE", "READ-11"),
    ("预算资金", "—", None, "NONE", "READ-11"),
    ("预算资金", "无", None, "NONE", "READ-11"),
    ("预算资金", "待定", None, "PENDING", "READ-13"),
    ("预算资金", "不适用", None, "NOT_APPLICABLE", "READ-12"),
    ("预算资金", None, None, "BLANK", None),
    ("预算资金", "  ", None, "BLANK", None),
    ("完成值_D101", "99.95%", "0.9995", "VALUE", "READ-06"),
    ("完成值_D101", Decimal(98), "0.98", "VALUE", "READ-07"),
    ("完成值_D101", "98", "0.98", "VALUE", "READ-07"),
    ("完成值_D101", Decimal(9800), None, "REJECTED", "READ-28"),
    ("完成值_C101", "20个", "20", "VALUE", "READ-04"),
    ("完成值_C101", "20余个", None, "REJECTED", "READ-21"),
    ("完成日期_C102", "2024.8.30", str(CLEAN["完成日期_C102"]), "VALUE", "READ-08"),
    ("完成日期_C102", "2024年8月30日", str(CLEAN["完成日期_C102"]), "VALUE", "READ-08"),
    ("完成日期_C102", Decimal(20240830), str(CLEAN["完成日期_C102"]), "VALUE", "READ-09"),
    ("完成日期_C102", "2024年11月31日", None, "REJECTED", "READ-25"),
    ("要点1_A101", "基本符合", None, "REJECTED", "READ-26"),
    ("预算资金", FormulaChange("=100+200", None), "300", "VALUE", "READ-14"),
    ("预算资金", FormulaChange("=实际到位资金+10", None), None, "NOT_CALCULATED", "READ-31"),
    ("预算资金", FormulaChange("=[1]表1!$A$1", Decimal(300)), "300", "VALUE", "READ-17"),
]


@pytest.mark.parametrize(("key", "content", "value", "state", "code"), TYPED)
def test_one_cell_typed_otherwise(key, content, value, state, code):
    outcome = read(filled(**{key: content}))
    reading = outcome.submission.readings[key]
    assert (reading.value, reading.state) == (None if value is None else Decimal(value), ReadState[state])
    assert codes(outcome) == ({code} if code else set())
    assert {one: found for one, found in values(outcome).items() if one != key} == {
        one: known for one, known in CLEAN.items() if one != key
    }
    assert outcome.balance.holds


SEAL = "jixiao_identity"

# what is done to the structure: every value must come out as before, with these notes and nothing else
HEALED = [
    ("a row inserted above the funds", lambda data: rows_inserted(data, FUNDS, row("实际到位资金")), {"READ-41"}),
    ("three rows inserted at the top", lambda data: rows_inserted(data, FUNDS, 1, 3), {"READ-41"}),
    ("a column inserted", lambda data: columns_inserted(data, "指标信息", 4), {"READ-41"}),
    ("an unused table row deleted", lambda data: rows_deleted(data, FUNDS, row(PAID_5)), set()),
    ("a sheet renamed", lambda data: sheet_renamed(data, FUNDS, "资金"), {"READ-41"}),
    ("sheets in another order", sheets_reversed, set()),
    ("all names removed", lambda data: without_names(data, SEAL), set()),
    ("a sheet hidden", lambda data: sheet_hidden(data, FUNDS), {"READ-46"}),
    (
        "names removed and a row inserted",
        lambda data: rows_inserted(without_names(data, SEAL), FUNDS, 5),
        {"READ-41"},
    ),
    (
        "names removed, a column inserted",
        lambda d: columns_inserted(without_names(d, SEAL), "指标信息", 4),
        {"READ-41"},
    ),
    ("names removed, a sheet renamed", lambda d: sheet_renamed(without_names(d, SEAL), FUNDS, "资金"), {"READ-41"}),
    ("a sheet copied", lambda data: sheet_copied(data, FUNDS, "资金情况 (2)"), {"READ-48"}),
    ("identity removed", without_identity, {"IDENT-02"}),
]


@pytest.mark.parametrize(("damage", "notes"), [one[1:] for one in HEALED], ids=[one[0] for one in HEALED])
def test_structure_is_healed_with_a_note_and_every_value_stays(damage: Callable[[bytes], bytes], notes):
    outcome = read(damage(clean()))
    assert outcome.accepted, outcome.reason
    assert values(outcome) == CLEAN
    assert codes(outcome) == notes
    assert outcome.balance.holds
    assert outcome.balance.unplaced == 0


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


CHANGED = [
    ("资金到位率", Decimal("0.95"), DifferenceKind.FORMULA_TO_CONSTANT),
    ("资金到位率", FormulaChange("=0.95", Decimal("0.95")), DifferenceKind.FORMULA_TO_CONSTANT),
    ("预算执行率", FormulaChange("=ROUND(实际支出资金/预算资金,4)", None), DifferenceKind.FORMULA_CHANGED),
    ("资金到位率", FormulaChange("=#REF!/预算资金", None), DifferenceKind.FORMULA_CHANGED),
    ("资金到位率", None, DifferenceKind.REMOVED),
    ("合同金额", Decimal(300), DifferenceKind.PREFILLED_CHANGED),
    ("合同金额", None, DifferenceKind.REMOVED),
]


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


REFUSED = [
    (b"", "空的"),
    (b"%PDF-1.7", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ("项目,金额\n一,2".encode("gbk"), "CSV"),
    (clean()[: len(clean()) // 2], "损坏"),
    (packed({"a.txt": b"1"}), "压缩包"),
    (packed({**parts(clean()), "xl/evil.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), ""),
]


@pytest.mark.parametrize(("data", "word"), REFUSED)
def test_what_is_no_workbook_is_refused_with_a_reason(data, word):
    outcome = read(data, "采集表最终版2.xlsx")
    assert outcome.state is ReturnState.REFUSED
    assert outcome.submission is None
    assert word in outcome.reason
    assert len(outcome.reason) > 10


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
