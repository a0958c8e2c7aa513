"""What a clerk does to the rows of a table: deletes the example, numbers rows anew, types over the example."""

import re

import pytest

from tests.collect.damage import packed, parts, rows_deleted, rows_hidden, sheet_part, sheet_renamed
from tests.collect.returned import clean, context, label, place, read, row
from toolkit.checks import check_submission
from toolkit.checks.case import Case
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import DifferenceKind, Severity

FUNDS = "资金情况"
FIRST = row("支付明细_支付金额_1")
EXAMPLE = FIRST - 1


def differences(data: bytes) -> list[tuple[DifferenceKind, str]]:
    return [(found.kind, found.found) for found in read(data).submission.differences]


def test_the_example_may_be_deleted() -> None:
    outcome = read(rows_deleted(clean(), FUNDS, EXAMPLE))
    assert outcome.submission.differences == ()
    assert outcome.submission.value("支付明细_支付金额_1") == read(clean()).submission.value("支付明细_支付金额_1")


def test_the_example_may_be_emptied() -> None:
    emptied = {(FUNDS, f"{column}{EXAMPLE}"): None for column in "ABCDEFG"}
    assert differences(patch_cells(clean(), emptied)) == []


@pytest.mark.parametrize("count", [1, 2])
def test_rows_nobody_filled_in_may_be_deleted(count: int) -> None:
    last = row("支付明细_支付金额_5")
    assert differences(rows_deleted(clean(), FUNDS, last - count + 1, count)) == []


def test_rows_may_be_numbered_otherwise() -> None:
    renamed = {(FUNDS, f"A{FIRST}"): "（一）", (FUNDS, f"A{FIRST + 1}"): "第二笔"}
    assert differences(patch_cells(clean(), renamed)) == []


def test_a_row_typed_over_the_line_below_is_read_and_nobody_accused() -> None:
    """Six payments, five rows: the sixth went over the line that says where to insert rows, and was told as altered."""
    row = max(slot.row for slot in context().layout.slots.values() if slot.table == "支付明细")
    last = place(f"支付明细_支付金额_{row}")
    below = int(last[1][1:]) + 1
    typed = {place(f"支付明细_支付金额_{number}"): 10 for number in range(2, row + 1)}
    columns = {key: place(f"支付明细_{key}_{row}")[1][0] for key in ("支付日期", "支付金额")}
    over = {
        (FUNDS, f"A{below}"): "6",
        (FUNDS, f"{columns['支付日期']}{below}"): 45000,
        (FUNDS, f"{columns['支付金额']}{below}"): 3,
    }
    part = sheet_part(clean(), FUNDS)
    files = parts(clean())
    files[part] = re.sub(rb'<mergeCell ref="A%d:[A-Z]+%d"/>' % (below, below), b"", files[part])
    submission = read(patch_cells(packed(files), typed | over)).submission
    assert submission.value(f"支付明细_支付金额_{row + 1}") == 3
    assert submission.differences == ()


def test_data_over_the_example_are_told_once_with_what_to_do() -> None:
    """They are not read, and without a word the sum of the payments would be called wrong."""
    _, date = place("支付明细_支付日期_1")
    _, amount = place("支付明细_支付金额_1")
    typed = {(FUNDS, f"{date[0]}{EXAMPLE}"): "2023-05-28", (FUNDS, f"{amount[0]}{EXAMPLE}"): "28.74"}
    outcome = read(patch_cells(clean(), typed))
    ((kind, found),) = [(one.kind, one.found) for one in outcome.submission.differences]
    assert (kind, found) == (DifferenceKind.EXAMPLE_FILLED, "2023-05-28、28.74")
    known = context()
    case = Case(known.scheme, known.roster.projects[0], outcome.submission, known.layout)
    (finding,) = [one for one in check_submission(case).findings if one.code == "FORM-07"]
    assert finding.severity is Severity.ERROR
    assert finding.message == "《支付明细》的示例行里填了内容“2023-05-28、28.74”；示例行不读取，也不计入合计"
    assert finding.at.cell == f"{date[0]}{EXAMPLE}"
    assert outcome.submission.readings["支付明细_支付金额_1"].at in finding.related


def test_a_deleted_row_is_told_once_at_its_cell() -> None:
    """What moved up into its place is what it was, and its texts went with its cell: that is one thing to put right."""
    sheet, cell = label("实际支出资金")
    submission = read(rows_deleted(clean(), sheet, int(cell[1:]))).submission
    assert [found for found in submission.differences if not found.key] == []
    (gone,) = [note for note in submission.notes if note.code == "READ-42"]
    assert (gone.at.sheet, gone.at.cell) == place("实际支出资金")


def test_a_row_deleted_from_a_sheet_that_was_renamed_is_told_once_too() -> None:
    sheet, cell = label("实际支出资金")
    renamed = sheet_renamed(rows_deleted(clean(), sheet, int(cell[1:])), sheet, "资金（修改稿）")
    submission = read(renamed).submission
    assert [found for found in submission.differences if not found.key] == []
    assert [note.code for note in submission.notes if note.code == "READ-42"] == ["READ-42"]


def test_a_deleted_row_of_several_cells_is_told_once_and_names_them_all() -> None:
    sheet, cell = place("完成值_C101")
    submission = read(rows_deleted(clean(), sheet, int(cell[1:]))).submission
    (gone,) = [note for note in submission.notes if note.code == "READ-42"]
    lost = {(at.sheet, at.cell) for at in (gone.at, *gone.related)}
    row_of = [slot for slot in context().layout.slots.values() if slot.sheet == sheet and slot.cell[1:] == cell[1:]]
    assert lost == {(slot.sheet, slot.cell) for slot in row_of}
    assert len(lost) > 1
    assert gone.severity is Severity.ERROR


def test_a_weight_that_now_reads_like_another_is_still_changed() -> None:
    """The text stands elsewhere, too, but once more often than generated: it did not come from there."""
    unit = label("万元")
    other = next(text for (sheet, _), text in context().layout.fixed.items() if sheet == unit[0] and text == "%")
    assert differences(patch_cells(clean(), {unit: other})) == [(DifferenceKind.TEXT_CHANGED, "%")]


def test_rows_nobody_filled_in_may_be_hidden() -> None:
    """They often are before the form is printed; a hidden row with content is still named."""
    last = row("支付明细_支付金额_5")
    outcome = read(rows_hidden(clean(), FUNDS, (last - 1, last)))
    assert "READ-46" not in {note.code for note in outcome.submission.notes}
    outcome = read(rows_hidden(clean(), FUNDS, (FIRST,)))
    assert "READ-46" in {note.code for note in outcome.submission.notes}
