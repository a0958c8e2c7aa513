"""What came back is still held against the form after 方案.xlsx was saved again, while its forms are the same."""

import openpyxl
import pytest

from tests.trial.own_evaluation import Evaluation, roster, scheme, started


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Two returns, in the second of which a label was changed."""
    made = started(tmp_path_factory.mktemp("sent"), scheme(), 2, roster(2))
    assert made.do("send").code == 0
    made.returned(1)
    path = made.returned(2)
    book = openpyxl.load_workbook(path)
    label = next(cell for row in book["资金情况"].iter_rows() for cell in row if cell.value == "* 预算资金")
    label.value = "* 预算资金（含税）"
    book.save(path)
    assert made.do("collect").code in (0, 1)
    return made


def changed(evaluation: Evaluation, sheet: str, name: str, column: int, text: str) -> None:
    """One cell of the scheme written otherwise, by any program."""
    path = evaluation.folder / "方案.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book[sheet].iter_rows() if row[0].value == name)
    row[column].value = text
    book.save(path)


def told(evaluation: Evaluation) -> dict[str, set[str]]:
    """Codes by project."""
    found = evaluation.do("check", "--json").json["findings"]
    return {number: {each["code"] for each in found if each["project"] == number} for number in ("1", "2")}


def test_a_moved_deadline_accuses_nobody_and_hides_no_tampering(returned: Evaluation) -> None:
    """Every form was called one of an older scheme, and no formula and no text was held against it any more."""
    before = told(returned)
    assert "FORM-03" in before["2"]
    changed(returned, "方案", "报送截止日", 1, "2099-02-28")
    changed(returned, "方案", "联系人", 1, "王工")
    assert told(returned) == before


def test_a_scheme_only_saved_again_is_no_older_one(returned: Evaluation) -> None:
    before = told(returned)
    path = returned.folder / "方案.xlsx"
    openpyxl.load_workbook(path).save(path)
    assert told(returned) == before


def test_a_label_or_an_indicator_named_otherwise_makes_the_forms_old(returned: Evaluation) -> None:
    kept = (returned.folder / "方案.xlsx").read_bytes()
    for sheet, name, column, text in (("字段", "累计支付金额", 1, "累计付款"), ("指标", "B101", 3, "执行率")):
        changed(returned, sheet, name, column, text)
        assert {"IDENT-04"} <= told(returned)["1"], name
        (returned.folder / "方案.xlsx").write_bytes(kept)
    assert "IDENT-04" not in told(returned)["1"]
