"""Every loss stands in 评审意见.xlsx with its fact, cause, advice and evidence; what people write there is kept."""

from dataclasses import replace
from io import BytesIO

from openpyxl import Workbook, load_workbook

from toolkit.model import LossRemark
from toolkit.review import NOBODY, Loss, loss_findings, read_losses, with_losses


def loss(code: str, fact: str = "可用率96.50%，低于目标", project: str = "1") -> Loss:
    return Loss(
        project, "数字人大", code, "C101", "可用率", "绩效", "0.5", NOBODY, fact, ("故障多", "运维弱"), "请整改", "E09"
    )


def old_book() -> bytes:
    """A review workbook of an older version, with a person's own formats."""
    book = Workbook()
    book.active.title = "评审意见"
    book.active["A1"] = "我的标题"
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def typed(data: bytes, **cells: object) -> bytes:
    book = load_workbook(BytesIO(data))
    for cell, value in cells.items():
        book["失分情况"][cell] = value
    return saved(book)


LOSSES = (loss("H11"), loss("P18", "集约不足"))
FIRST = with_losses(old_book(), LOSSES, "失分")


def test_an_older_workbook_gets_the_sheet_and_keeps_everything_else() -> None:
    assert read_losses(old_book(), "评审意见.xlsx") == ()
    book = load_workbook(BytesIO(FIRST))
    assert book.sheetnames == ["评审意见", "失分情况"]
    assert book["评审意见"]["A1"].value == "我的标题"
    sheet = book["失分情况"]
    assert [cell.value for cell in sheet[4]][:13] == [
        *(1, "数字人大", "H11", "C101", "可用率", "绩效", 0.5, NOBODY),
        *("可用率96.50%，低于目标", None, "请整改", "E09", None),
    ]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"故障多,运维弱"', "J4:J5")
    assert [sheet.column_dimensions[letter].hidden for letter in "MNOP"] == [False, True, True, True]
    assert with_losses(FIRST, LOSSES, "失分") == FIRST, "nothing changed, nothing written"
    assert [row.remark() for row in read_losses(FIRST, "")] == [LossRemark("1", "H11"), LossRemark("1", "P18")]


def test_what_is_typed_stays_and_is_told_from_what_was_filled_in() -> None:
    mine = typed(FIRST, I4="=HYPERLINK(1)<b>", J4="故障多", K5="三个月内", Q3="备注", Q5="张三", I5="")
    mine = typed(mine, I4="可用率低")
    changed = (loss("H11", "可用率97.00%，低于目标"), loss("P18", "集约仍不足"), loss("P01", "晚5天"))
    book = with_losses(mine, changed, "失分")
    rows = {row.key[1]: row for row in read_losses(book, "")}
    assert rows["H11"].remark() == LossRemark("1", "H11", fact="可用率低", cause="故障多")
    assert rows["P18"].remark() == LossRemark("1", "P18", advice="三个月内")
    assert rows["P18"].texts["事实"] == "集约仍不足", "an emptied cell takes the program's words again"
    assert rows["P01"].texts["事实"] == "晚5天"
    sheet = load_workbook(BytesIO(book))["失分情况"]
    assert (sheet["Q3"].value, sheet["Q5"].value) == ("备注", "张三")


def test_a_number_that_is_another_now_is_told_where_it_was_typed() -> None:
    mine = typed(FIRST, I4="可用率只有96.50%，故障3次")
    now = (loss("H11", "可用率97.00%，低于目标"), LOSSES[1])
    (found,) = loss_findings(read_losses(with_losses(mine, now, "失分"), "评审意见.xlsx"), now)
    assert (found.code, str(found.at)) == ("REVIEW-10", "评审意见.xlsx《失分情况》I4")
    assert "96.5%" in found.message
    assert "可用率97.00%" in found.message
    assert list(loss_findings(read_losses(mine, ""), LOSSES)) == []
    other = typed(FIRST, I4="系统多次中断")
    assert list(loss_findings(read_losses(other, ""), now)) == []


def test_a_loss_that_is_gone_leaves_its_row_only_where_somebody_wrote() -> None:
    mine = typed(FIRST, J5="运维弱")
    book = with_losses(mine, (loss("P01", "晚5天"),), "失分")
    sheet = load_workbook(BytesIO(book))["失分情况"]
    rows = [[cell.value for cell in row][:11] for row in sheet.iter_rows(min_row=4)]
    assert [(row[2], row[6], row[9]) for row in rows] == [("P18", "现无此项", "运维弱"), ("P01", 0.5, None)]
    (found,) = loss_findings(read_losses(book, "b"), (loss("P01", "晚5天"),))
    assert (found.code, found.at.cell) == ("REVIEW-11", "C4")
    again = with_losses(book, (replace(LOSSES[1], project="1"),), "失分")
    assert [row.remark().cause for row in read_losses(again, "")] == ["运维弱"], "what comes back finds its words"


def test_text_never_becomes_a_formula() -> None:
    book = with_losses(old_book(), (loss("H11", "=1+1|cmd"),), "失分")
    cell = load_workbook(BytesIO(book))["失分情况"]["I4"]
    assert (cell.value, cell.data_type) == ("=1+1|cmd", "s")
