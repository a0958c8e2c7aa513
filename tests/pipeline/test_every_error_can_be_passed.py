"""Whatever a unit of the Nantong sample must correct can be corrected in the 整改表 that goes back, in one round.

For every code that means 须更正 a proper return is spoiled; a clerk then types what is right into the cells that are
open, and nowhere else. Nothing to correct is left over, the workbook's own check passes, nothing else was changed.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.collect.damage import merged, sheet_deleted
from tests.trial.own_evaluation import Cell, Raw, filled
from toolkit import pipeline
from toolkit.checks import Case, check_submission
from toolkit.correct import Places, compare_rounds, correction_workbook, plan_correction
from toolkit.correct.plan import Correction
from toolkit.excel.calculation import Calculation
from toolkit.excel.cell_xml import Cached
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import FieldType, Finding, Layout, Severity, Submission
from toolkit.pipeline.codes import CODES, codes_about_units
from toolkit.pipeline.examine.results import examine
from toolkit.pipeline.plan.evaluation import Evaluation

NOW = datetime(2024, 12, 2, 9, tzinfo=UTC)
CAME = date(2024, 12, 20)
"""The day on which the returns of the demo come."""
AMOUNT, CALCULATED, DAY = "实际到位资金", "预算执行率", "立项日期"


def text(words: str) -> Raw:
    return Raw(f"<is><t>{words}</t></is>", "inlineStr")


CROSS_CHECKS: dict[str, Mapping[str, object]] = {
    "J01": {"累计支付金额": 1},
    "J02": {"累计支付金额": 99_999},
    "J04": {"实际支出资金": 99_999},
    "J06": {"本年支付金额": 99_999},
    "J08": {"主合同签订日期": 36_526},
    "J09": {"初验日期": 36_526},
    "J10": {"终验日期": 36_526},
    "J11": {"质量达标产出数": 99_999},
}
"""The scheme's own cross-checks that mean 须更正."""
Spoil = Callable[[bytes, Layout], bytes]
TYPED: dict[str, Mapping[str, object]] = {
    **CROSS_CHECKS,
    "DATE-06": {"初验日期": 72_000},
    "FORM-01": {"完成值_B101": Raw("<v>0.5</v>")},
    "FORM-02": {"完成值_B101": Cell("0.5", "ROUND(资金到位率,1)")},
    "FUND-01": {"累计支付金额": 99_999},
    "FUND-02": {"实际支出资金": 99_999},
    "MISS-01": {"建设内容": None, AMOUNT: None},
    "MISS-02": {"完成值_C103": None, "说明_C103": None},
    "MISS-03": {"佐证提供_E01": None},
    "RATE-01": {CALCULATED: Cell("0.123")},
    "RATE-02": {CALCULATED: Cell("0.9", "ROUND(实际支出资金/预算资金,4)")},
    "RATE-04": {CALCULATED: Raw("<v>0.9</v>")},
    "READ-21": {AMOUNT: "约300"},
    "READ-22": {AMOUNT: "300以上"},
    "READ-23": {AMOUNT: "200-300"},
    "READ-24": {AMOUNT: "很多"},
    "READ-25": {DAY: "2024-02-30"},
    "READ-26": {"采购方式": "随便"},
    "READ-27": {DAY: "去年底"},
    "READ-28": {"完成值_C103": 95_000},
    "READ-30": {AMOUNT: Raw("<v>#DIV/0!</v>", "e")},
    "READ-31": {AMOUNT: Raw("<f>[1]表!A1+2</f>")},
    "READ-32": {AMOUNT: "300公里"},
    "READ-35": {AMOUNT: Cell("12345678901234567890")},
    "READ-36": {AMOUNT: Raw("<v>300</v><v>999</v>")},
    "READ-37": {AMOUNT: Raw("<is><r><rPr><strike/></rPr><t>99</t></r><r><t>38.84</t></r></is>", "inlineStr")},
    "READ-38": {AMOUNT: text("\u202e072\u202c")},
    "SELF-01": {"自评分_A101": 99},
}
"""Code → what stands in named cells instead of what is right."""


def saved(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook changed and saved by openpyxl, then calculated."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    book.save(target := BytesIO())
    return calculated(target.getvalue())


def calculated(data: bytes) -> bytes:
    results = Calculation(read_workbook(data), trust_results=False).results()
    return patch_cells(data, {at: Cached(value) for at, value in results})


def formatted(number_format: str, value: object) -> Spoil:
    """The amount's cell under another number format."""

    def change(book: Any, layout: Layout) -> None:
        slot = layout.slots[AMOUNT]
        book[slot.sheet][slot.cell].value = value
        book[slot.sheet][slot.cell].number_format = number_format

    return lambda data, layout: saved(data, lambda book: change(book, layout))


def from_1904(data: bytes, layout: Layout) -> bytes:
    def change(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        cell = book[layout.slots[DAY].sheet][layout.slots[DAY].cell]
        cell.value, cell.number_format = 44072, "General"

    return saved(data, change)


def heading_changed(data: bytes, layout: Layout) -> bytes:
    sheet, ref = next((at for at, words in layout.fixed.items() if "分）" in words and at[0] == "指标信息"))
    return patch_cells(data, {(sheet, ref): "决策（99分）"})


def two_labels_changed(data: bytes, layout: Layout) -> bytes:
    """The words of two cells exchanged: which is which is not guessed."""
    told = {words.strip("* "): at for at, words in layout.fixed.items() if at[0] == layout.slots[AMOUNT].sheet}
    first, other = layout.slots[AMOUNT].label, layout.slots["实际支出资金"].label
    return patch_cells(data, {told[first]: f"* {other}", told[other]: f"* {first}"})


def in_yuan(data: bytes, layout: Layout) -> bytes:
    book = read_workbook(data)
    changed = {}
    for slot in layout.slots.values():
        cell = book.cell(slot.sheet, slot.cell)
        if slot.type is FieldType.AMOUNT and not slot.formula and cell and isinstance(cell.value, Decimal):
            changed[slot.sheet, slot.cell] = cell.value * 10_000
    return calculated(patch_cells(data, changed))


def merged_with_the_next(data: bytes, layout: Layout) -> bytes:
    slot, below = layout.slots[AMOUNT], layout.slots["实际支出资金"]
    return merged(data, slot.sheet, f"{slot.cell}:{below.cell}")


def first_payment_over_the_example(data: bytes, layout: Layout) -> bytes:
    table = layout.tables["支付明细"]
    return patch_cells(data, {(table.sheet, f"{table.columns['支付日期']}{table.first_row - 1}"): "2023-05-28"})


STRUCTURE: dict[str, Spoil] = {
    "FORM-03": heading_changed,
    "FORM-07": first_payment_over_the_example,
    "READ-29": formatted("yyyy-mm-dd", Decimal("286.5")),
    "READ-33": merged_with_the_next,
    "READ-39": formatted(";;;", 300),
    "READ-40": from_1904,
    "READ-42": lambda data, _: sheet_deleted(data, "指标信息"),
    "READ-43": two_labels_changed,
    "READ-50": in_yuan,
}
"""Code → what is done to the workbook as a whole."""
ELSEWHERE = {
    "BATCH-01": "没有报送件，没有可退回的表",
    "BATCH-02": "要有两个项目",
    "READ-34": "要有两版方案",
}
"""Codes that no single return of this sample can bring about, and why: test_errors_of_the_whole.py passes them."""


@dataclass(frozen=True)
class Proper:
    """A project of the sample whose return has nothing to correct."""

    evaluation: Evaluation
    project: Any
    data: bytes

    @cached_property
    def layout(self) -> Layout:
        return self.evaluation.template.layout

    def read(self, data: bytes) -> Submission:
        from toolkit.collect import read_return

        outcome = read_return(data, "报送.xlsx", self.evaluation.collecting)
        assert outcome.submission is not None, outcome.reason
        return outcome.submission

    def errors(self, submission: Submission) -> list[Finding]:
        case = Case(self.evaluation.scheme, self.project, submission, self.layout, arrived=CAME)
        found = check_submission(case).findings
        return [finding for finding in found if finding.severity is Severity.ERROR]

    def sent_back(self, submission: Submission) -> tuple[Correction, bytes]:
        sources = dict.fromkeys(self.errors(submission), "依据")
        scheme, layout = self.evaluation.scheme, self.layout
        correction = plan_correction(self.project, submission, scheme, layout, sources, 1)
        stamped = self.evaluation.template.stamp(self.project)
        day = datetime(2024, 12, 20, tzinfo=UTC).date()
        return correction, correction_workbook(stamped, layout, scheme, submission, correction, day)

    def corrected(self, back: bytes) -> bytes:
        """What the clerk sends: what is right in every open cell of an answer; the program calculates."""
        right, book = self.read(self.data).readings, openpyxl.load_workbook(BytesIO(back))
        stored = read_workbook(self.data)
        typed = {}
        for key, slot in self.layout.slots.items():
            if key in right and not slot.formula and not book[slot.sheet][slot.cell].protection.locked:
                sheet = stored.sheet(right[key].at.sheet)
                assert sheet is not None
                cell = sheet.at(right[key].at.cell)
                typed[slot.sheet, slot.cell] = cell.value if cell else None
        return calculated(patch_cells(back, typed))


@pytest.fixture(scope="module")
def proper(demo_made: tuple[Path, dict[str, Any]]) -> Proper:
    evaluation = pipeline.load(demo_made[0])
    examined = examine(evaluation, NOW.date())
    for project, submission in examined.returns.counting.items():
        roster_project = evaluation.roster.project(project)
        files = list((demo_made[0] / "04-原件").glob(f"{submission.sha256}*"))
        found = Proper(evaluation, roster_project, files[0].read_bytes())
        if submission.formulas_seen and not found.errors(found.read(found.data)):
            return found
    raise AssertionError("no proper return")


def test_every_code_is_here(proper: Proper) -> None:
    about = codes_about_units()
    errors = {code for code, declared in CODES.items() if declared.severity is Severity.ERROR and code in about}
    own = {check.code for check in proper.evaluation.scheme.cross_checks if check.severity is Severity.ERROR}
    assert errors | own == {*TYPED, *STRUCTURE, *ELSEWHERE}


def spoiled_return(code: str, proper: Proper) -> bytes:
    if code in TYPED:
        return filled(proper.data, TYPED[code])
    return STRUCTURE[code](proper.data, proper.layout)


EVERY = (*TYPED, *STRUCTURE)
CODES_HERE = EVERY if os.environ.get("JIXIAO_FULL") else ("DATE-06", "J11", "MISS-01", "RATE-02", "READ-42")
"""A second each: all of them with JIXIAO_FULL=1."""


@pytest.mark.parametrize("code", CODES_HERE)
def test_it_can_be_passed(code: str, proper: Proper) -> None:
    spoiled = proper.read(spoiled_return(code, proper))
    errors = proper.errors(spoiled)
    assert code in {said for finding in errors for said in (finding.code, finding.cross_check)}
    correction, back = proper.sent_back(spoiled)
    sent = proper.corrected(back)
    own_check = read_workbook(sent).sheet("填报自检")
    assert own_check is not None
    assert "不符" not in {cell.value for cell in own_check.cells.values()}
    after = proper.read(sent)
    assert [(finding.code, finding.message) for finding in proper.errors(after)] == []
    places = Places(spoiled, proper.layout)
    asked = frozenset(correction.asked) | correction.touched
    change = compare_rounds(spoiled, after, proper.layout, (frozenset(map(places.key, errors)), asked), ())
    assert (change.open, change.outside) == ((), ())
    cells = {(row.sheet, row.cell or row.label) for row in correction.rows}
    assert correction.places == len(cells)
