"""What a file whose formulas cannot be seen may be accused of."""

import io
from pathlib import Path

import openpyxl

from tests.trial.own_evaluation import ANSWERS, filled, place, scheme, started
from toolkit.collect.anchors import anchors_of
from toolkit.collect.differences import formula_difference, without_formulas
from toolkit.model import CellRef, Difference, DifferenceKind, FieldType, Layout, Slot, SlotRole


def test_a_text_put_in_beforehand_is_no_formula():
    at = CellRef("表.xlsx", "信息", "B2")
    text = Difference(at, "项目名称", DifferenceKind.PREFILLED_CHANGED, "别的", "=甲")
    formula = Difference(at, "到位率", DifferenceKind.FORMULA_TO_CONSTANT, "0.9", "=B3/B4")
    label = Difference(at, "", DifferenceKind.TEXT_CHANGED, "改", "原")
    assert without_formulas((text, formula, label), {"项目名称": "=甲"}) == (text, label)


def test_a_dash_is_no_mark_of_a_row_that_has_words():
    """What is calculated for a project may say it elsewhere; without its formula that is a text."""
    slot = Slot("自评分_X04", "信息", "K9", SlotRole.INPUT, FieldType.NUMBER, "自评分", indicator="X04")
    fixed = {("信息", "E9"): "违纪扣分情况", ("信息", "I9"): "—"}
    assert anchors_of(Layout("1.0", {slot.key: slot}, {}, fixed)).left[slot.key].text == "违纪扣分情况"
    del fixed["信息", "E9"]
    assert anchors_of(Layout("1.0", {slot.key: slot}, {}, fixed)).left[slot.key].text == "—"


def _pasted(form: bytes, changed: dict[str, object]) -> bytes:
    """A form whose sheets were pasted as values into a new workbook, with some cells typed over."""
    source = openpyxl.load_workbook(io.BytesIO(form), data_only=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in source:
        copy = book.create_sheet(sheet.title)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            copy[cell.coordinate] = changed.get(f"{sheet.title}!{cell.coordinate}", cell.value)
    book.save(saved := io.BytesIO())
    return saved.getvalue()


def test_a_form_pasted_as_values_is_told_once_and_a_wrong_result_still_found(tmp_path: Path) -> None:
    evaluation = started(tmp_path, scheme(), 2)
    sheet, cell = place(evaluation.workbook(2), "预算执行率")
    evaluation.returned(1, _pasted(filled(evaluation.workbook(1), ANSWERS), {}))
    evaluation.returned(2, _pasted(filled(evaluation.workbook(2), ANSWERS), {f"{sheet}!{cell}": 0.99}))
    evaluation.do("collect")
    found = [(one["project"], one["code"]) for one in evaluation.do("check", "--json").json["findings"]]
    told = {project: {code for own, code in found if own == project} for project in ("1", "2")}
    assert told["1"] == {"MISS-03", "READ-55"}
    assert told["2"] == {"MISS-03", "READ-55", "RATE-01"}
    assert len([code for _, code in found if code == "READ-55"]) == 2


def _pasted_sheet(form: bytes, title: str, changed: dict[str, object]) -> bytes:
    """A form one sheet of which was pasted as values where it stands; other cells keep their formulas."""
    values = openpyxl.load_workbook(io.BytesIO(form), data_only=True)[title]
    book = openpyxl.load_workbook(io.BytesIO(form))
    for row in book[title].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = changed.get(cell.coordinate, values[cell.coordinate].value or "　")
    book.save(saved := io.BytesIO())
    return saved.getvalue()


def test_one_sheet_pasted_as_values_is_told_once_and_a_wrong_result_still_found(tmp_path: Path) -> None:
    evaluation = started(tmp_path, scheme(), 2)
    sheet, cell = place(evaluation.workbook(2), "预算执行率")
    for number, changed in ((1, {}), (2, {cell: 0.99})):
        form = filled(evaluation.workbook(number), ANSWERS)
        evaluation.returned(number, _pasted_sheet(form, sheet, changed))
    evaluation.do("collect")
    found = [each for each in evaluation.do("check", "--json").json["findings"] if each["project"]]
    told = {project: [each for each in found if each["project"] == project] for project in ("1", "2")}
    assert {each["code"] for each in told["1"]} - {"RATE-05"} == {"MISS-03", "READ-55"}
    assert {each["code"] for each in told["2"]} - {"RATE-05"} == {"MISS-03", "READ-55", "RATE-01"}
    (note,) = (each for each in told["1"] if each["code"] == "READ-55")
    assert (note["sheet"], "《资金情况》里没有一个公式" in note["message"]) == (sheet, True)


def test_two_formulas_typed_over_are_still_told_one_by_one(tmp_path: Path) -> None:
    evaluation = started(tmp_path, scheme(), 1)
    evaluation.returned(1, {"资金到位率": 1, "预算执行率": 0.9})
    evaluation.do("collect")
    found = [each["code"] for each in evaluation.do("check", "--json").json["findings"] if each["project"]]
    assert found.count("RATE-04") == 2
    assert "READ-55" not in found


def test_a_long_count_of_blanks_written_as_one_chain_is_the_same_count() -> None:
    """Forms sent out before have it so; a count of other cells is another formula."""
    counted = [f"COUNTBLANK(甲{number})" for number in range(300)]
    now = f"=SUM({','.join(counted[:190])})+SUM({','.join(counted[190:])})"
    assert formula_difference(now, f"={'+'.join(counted)}", "0") is None
    assert formula_difference(now, f"={'+'.join(counted[1:])}", "0") is DifferenceKind.FORMULA_CHANGED
