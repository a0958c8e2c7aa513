"""A return with mistakes goes back, is put right in its open cells only, and comes back without them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.collect.returned import clean, filled, place, read, template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.checks import Case, check_submission
from toolkit.correct import Places, compare_rounds, correction_workbook, outside_finding, plan_correction
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import Finding, Severity, Submission
from toolkit.model.identity import CORRECTION_SHEET

RIGHT = {"佐证提供_E01": "已提供", "佐证提供_E02": "已提供", "佐证文件名_E01": "01.pdf", "佐证文件名_E02": "02.pdf"}
WRONG = {**RIGHT, "预算资金": "约300", "累计支付金额": Decimal(290), "完成值_C101": None}


def submission(data: bytes) -> Submission:
    found = read(data).submission
    assert found is not None
    return found


def errors(one: Submission) -> list[Finding]:
    report = check_submission(Case(SMALL_SCHEME, PROJECTS[0], one, template().layout))
    return [found for found in report.findings if found.severity is Severity.ERROR]


def sent_back(one: Submission) -> bytes:
    layout = template().layout
    correction = plan_correction(PROJECTS[0], one, layout, errors(one), 1)
    stamped = template().stamp(PROJECTS[0])
    return correction_workbook(stamped, layout, SMALL_SCHEME, one, correction, date(2024, 11, 20))


@pytest.fixture(scope="module")
def back() -> bytes:
    return sent_back(submission(filled(**WRONG)))


def test_only_the_failing_cells_are_open_and_marked(back: bytes) -> None:
    book = load_workbook(BytesIO(back))
    opened = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    payments = {place(f"支付明细_支付金额_{row}") for row in (1, 2)}
    asked = {place(key) for key in ("预算资金", "累计支付金额", "完成值_C101", "合同金额")}
    assert opened - payments - {place("审计核减后合同金额")} == asked
    assert book.worksheets[0].title == CORRECTION_SHEET
    sheet, cell = place("预算资金")
    assert book[sheet][cell].fill.start_color.rgb.endswith("FFC000")
    prompts = [one for one in book[sheet].data_validations.dataValidation if cell in one.sqref]
    assert [one.promptTitle for one in prompts] == ["请更正"]


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
    finding = outside_finding(change, after, template().layout)
    assert change.outside == ("项目负责人",)
    assert finding is not None
    assert "项目负责人" in finding.message


def test_hostile_text_stays_text_and_bytes_are_the_same_each_time() -> None:
    one = submission(filled(**{**WRONG, "项目负责人": "=1+1", "预算资金": "=cmd|' /C calc'!A0"}))
    first = sent_back(one)
    assert first == sent_back(one)
    sheet, cell = place("项目负责人")
    assert load_workbook(BytesIO(first))[sheet][cell].data_type == "s"


def test_a_right_return_has_nothing_to_send_back() -> None:
    assert errors(submission(filled(**RIGHT))) == []
    assert clean() != b""
