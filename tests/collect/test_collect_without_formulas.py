"""What a file whose formulas cannot be seen may be accused of."""

from toolkit.collect.anchors import anchors_of
from toolkit.collect.differences import without_formulas
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
