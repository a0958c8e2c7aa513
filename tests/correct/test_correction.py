"""A return with mistakes goes back, is put right in its open cells only, and comes back without them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.collect.returned import filled, place, read, template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.checks import Case, check_submission
from toolkit.correct import Places, compare_rounds, correction_workbook, explained, outside_finding, plan_correction
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import CellRef, Finding, Reading, ReadState, Severity, Submission
from toolkit.model.identity import CORRECTION_SHEET, codes_of_mark

RIGHT = {"佐证提供_E01": "已提供", "佐证提供_E02": "已提供", "佐证文件名_E01": "01.pdf", "佐证文件名_E02": "02.pdf"}
WRONG = {**RIGHT, "预算资金": "约300", "累计支付金额": Decimal(290), "完成值_C101": None}


def submission(data: bytes) -> Submission:
    found = read(data).submission
    assert found is not None
    return found


def errors(one: Submission) -> list[Finding]:
    report = check_submission(Case(SMALL_SCHEME, PROJECTS[0], one, template().layout))
    return [found for found in report.findings if found.severity is Severity.ERROR]


def sent_back(one: Submission, asked: Sequence[Finding] = ()) -> bytes:
    layout = template().layout
    sources = dict.fromkeys(asked or errors(one), "依据")
    correction = plan_correction(PROJECTS[0], one, SMALL_SCHEME, layout, sources, 1)
    stamped = template().stamp(PROJECTS[0])
    return correction_workbook(stamped, layout, SMALL_SCHEME, one, correction, date(2024, 11, 20))


@pytest.fixture(scope="module")
def back() -> bytes:
    return sent_back(submission(filled(**WRONG)))


def test_the_failing_cells_are_marked_and_open_with_those_that_must_agree(back: bytes) -> None:
    book = load_workbook(BytesIO(back))
    slots = template().layout.slots
    cells = {one.key: book[one.sheet][one.cell] for one in slots.values()}
    marked = {key for key, cell in cells.items() if cell.fill.start_color.rgb.endswith("FFC000")}
    opened = {key for key, cell in cells.items() if not cell.protection.locked}
    assert marked == {"预算资金", "累计支付金额", "完成值_C101"}
    # X01 Σ支付金额＝累计支付金额, X02 ≤ 合同金额或审计金额; 说明 and 自评分 of C101
    payments = {one.key for one in slots.values() if one.table == "支付明细"}
    # and what must be filled in and is not, or the workbook's own self-check could never pass
    blank = {key for key, slot in slots.items() if slot.required and not slot.formula and cells[key].value is None}
    beside = {"合同金额", "审计核减后合同金额", "自评分_C101", "说明_C101", "佐证_C101"}
    assert opened - marked == payments | beside | (blank - marked)
    assert blank - beside
    locked = cells["项目负责人"]
    assert (locked.protection.locked, locked.fill.fill_type) == (True, None)
    assert cells["资金到位率"].fill.fill_type == "solid"  # what is calculated keeps its grey
    assert book.worksheets[0].title == CORRECTION_SHEET
    sheet, cell = place("预算资金")
    prompts = [one for one in book[sheet].data_validations.dataValidation if cell in one.sqref]
    assert [one.promptTitle for one in prompts] == ["请更正"]


def test_it_says_of_which_round_it_is(back: bytes) -> None:
    """By that an answer that was long under way is known from the answer to a later round."""
    assert (read(back).round, read(filled(**WRONG)).round) == (1, 0)


def test_every_answer_of_the_unit_is_in_it(back: bytes) -> None:
    before, after = submission(filled(**WRONG)), submission(back)
    layout = template().layout
    change = compare_rounds(before, after, layout, (frozenset(), frozenset()), ())
    assert change.outside == ()
    assert after.differences == ()


def test_put_right_it_closes_its_findings_in_one_round(back: bytes) -> None:
    before = submission(filled(**WRONG))
    asked = errors(before)
    answers = {"预算资金": Decimal(300), "累计支付金额": Decimal("275.5"), "完成值_C101": Decimal(20)}
    after = submission(patch_cells(back, {place(key): value for key, value in answers.items()}))
    assert len(asked) >= 3
    assert errors(after) == []
    report = check_submission(Case(SMALL_SCHEME, PROJECTS[0], after, template().layout))
    assert not [one for one in report.findings if one.at.sheet == CORRECTION_SHEET]  # our sheet is no stranger
    places = Places(before, template().layout)
    keys = frozenset(map(places.key, asked))
    change = compare_rounds(before, after, template().layout, (keys, frozenset(answers)), ())
    assert (set(change.closed), change.open, change.outside) == (set(keys), (), ())
    assert set(change.changed) == set(answers)


def test_a_change_nobody_asked_for_is_told(back: bytes) -> None:
    before = submission(filled(**WRONG))
    after = submission(patch_cells(back, {place("预算资金"): Decimal(300), place("项目负责人"): "李四"}))
    change = compare_rounds(before, after, template().layout, (frozenset(), frozenset({"预算资金"})), ())
    finding = outside_finding(change, after, template().layout, 2)
    assert change.outside == ("项目负责人",)
    assert finding is not None
    assert "项目负责人" in finding.message


def test_hostile_text_stays_text_and_bytes_are_the_same_each_time() -> None:
    one = submission(filled(**{**WRONG, "项目负责人": "=1+1", "预算资金": "=cmd|' /C calc'!A0"}))
    first = sent_back(one)
    assert first == sent_back(one)
    sheet, cell = place("项目负责人")
    assert load_workbook(BytesIO(first))[sheet][cell].data_type == "s"


def answered(back: bytes, code: str, words: str) -> bytes:
    """The unit writes 单位说明 beside the line of one check."""
    sheet = read_workbook(back).sheet(CORRECTION_SHEET)
    assert sheet is not None
    marks = {row: str(cell.value) for (row, column), cell in sheet.cells.items() if column == 9}
    (row,) = [row for row, mark in marks.items() if code in codes_of_mark(mark)[0]]
    return patch_cells(back, {(CORRECTION_SHEET, f"H{row}"): words})


def test_one_wrong_cell_is_one_line_that_names_every_reason() -> None:
    """A result typed over its formula: one line and one prompt, the gravest reason first, none lost."""
    wrong = submission(filled(**{**RIGHT, "资金到位率": Decimal("0.95"), "累计支付金额": Decimal(290)}))
    asked = errors(wrong)
    layout = template().layout
    correction = plan_correction(PROJECTS[0], wrong, SMALL_SCHEME, layout, dict.fromkeys(asked, "依据"), 1)
    places = Places(wrong, layout)
    assert sorted(correction.findings) == sorted(map(places.key, asked))
    cells = [(row.sheet, row.cell) for row in correction.rows if row.cell]
    assert len(cells) == len(set(cells)) == correction.places < len(asked)
    (row,) = [row for row in correction.rows if (row.sheet, row.cell) == place("资金到位率")]
    said = [finding for finding in asked if places.key(finding)[1] == "资金到位率"]
    assert set(row.codes) == {finding.code for finding in said} > {"RATE-04"}
    assert row.problem.splitlines() == [f"{number}. {finding.words}" for number, finding in enumerate(said, 1)]
    prompts = [words.splitlines() for words in correction.asked.values()]
    assert {finding.message for finding in asked} == {
        line.partition(". ")[2] or line for words in prompts for line in words
    }


def test_an_explanation_beside_a_line_of_several_reasons_is_one_of_each() -> None:
    wrong = submission(filled(**{**RIGHT, "资金到位率": Decimal("0.95")}))
    after = submission(answered(sent_back(wrong), "RATE-04", "系统自动带出"))
    said = {one.code: one.explanation for one in explained(errors(after), after, Places(after, template().layout))}
    assert "RATE-01" not in said, "put right in the workbook that went back"
    assert after.explanations == {("RATE-01", "资金到位率"): "系统自动带出", ("RATE-04", "资金到位率"): "系统自动带出"}


@pytest.mark.parametrize(
    "words", ["合同已变更，见补充协议", "=1+1", "=cmd|' /C calc'!A0", "{{ 7*7 }}", "<b>&\"'", "@SUM(A1)", "说" * 900]
)
def test_what_the_unit_explains_comes_back_beside_its_finding(back: bytes, words: str) -> None:
    after = submission(answered(back, "FUND-01", words))
    found = list(explained(errors(after), after, Places(after, template().layout)))
    said = {one.code: one.explanation for one in found}
    assert said["FUND-01"] == words
    assert not said["MISS-02"]
    again = read_workbook(sent_back(after, found)).sheet(CORRECTION_SHEET)
    assert again is not None
    (cell,) = [cell for (_, column), cell in again.cells.items() if column == 8 and cell.value == words]
    assert cell.formula is None


def test_the_marks_of_the_list_are_out_of_sight_and_locked(back: bytes) -> None:
    sheet = load_workbook(BytesIO(back))[CORRECTION_SHEET]
    assert sheet.column_dimensions["I"].hidden
    assert all(sheet.cell(row, 9).protection.locked for row in range(1, sheet.max_row + 1))
    assert str(sheet.print_area).replace("$", "").endswith(f"H{sheet.max_row}")


def test_a_finding_in_a_row_the_unit_added_is_known_again() -> None:
    found = submission(filled(**WRONG))
    at = CellRef(found.file_name, "资金情况", "E99")
    added = Reading("支付明细_支付金额_9", at, ReadState.REJECTED, original="约5")
    one = replace(found, readings={**found.readings, added.key: added})
    assert Places(one, template().layout).key(Finding("READ-21", Severity.ERROR, at, "")) == ("READ-21", added.key)


def test_a_right_return_has_nothing_to_send_back() -> None:
    assert errors(submission(filled(**RIGHT))) == []
