"""What a file whose formulas cannot be seen may be accused of."""

from toolkit.collect.differences import without_formulas
from toolkit.model import CellRef, Difference, DifferenceKind


def test_a_text_put_in_beforehand_is_no_formula():
    at = CellRef("表.xlsx", "信息", "B2")
    text = Difference(at, "项目名称", DifferenceKind.PREFILLED_CHANGED, "别的", "=甲")
    formula = Difference(at, "到位率", DifferenceKind.FORMULA_TO_CONSTANT, "0.9", "=B3/B4")
    label = Difference(at, "", DifferenceKind.TEXT_CHANGED, "改", "原")
    assert without_formulas((text, formula, label), {"项目名称": "=甲"}) == (text, label)
