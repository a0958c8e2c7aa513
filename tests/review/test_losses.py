"""Every loss stands in 评审意见.xlsx with its fact, cause, advice and evidence; what people write there is kept."""

from dataclasses import replace
from io import BytesIO
from unittest.mock import patch

import pytest
from openpyxl import Workbook, load_workbook

from toolkit.excel import kept_sheet
from toolkit.model import LossRemark
from toolkit.ooxml.package import inflate, read_members
from toolkit.review import Loss, loss_findings, read_losses, unlisted, with_losses
from toolkit.text.unjudged import BY_RULE


def loss(code: str, fact: str = "可用率96.50%，低于目标", project: str = "1") -> Loss:
    return Loss(
        project, "数字人大", code, "C101", "可用率", "绩效", "0.5", BY_RULE, fact, ("故障多", "运维弱"), "请整改", "E09"
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
        *(1, "数字人大", "H11", "C101", "可用率", "绩效", 0.5, BY_RULE),
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


def test_of_too_many_losses_those_are_listed_that_somebody_wrote_about() -> None:
    many = with_losses(old_book(), LOSSES, "失分", most=1)
    sheet = load_workbook(BytesIO(many))["失分情况"]
    assert (sheet["C3"].value, sheet.max_row) == ("问题编号", 3)
    assert with_losses(many, LOSSES, "失分", most=1) == many, "nobody wrote anything: the sheet stays empty"
    mine = typed(many, A4=1, C4="P18", J4="运维弱", A5=1, C5="H99", I5="不在其中")
    book = with_losses(mine, LOSSES, "失分", most=1)
    rows = {row.key[1]: row for row in read_losses(book, "")}
    assert set(rows) == {"P18", "H99"}
    assert rows["P18"].texts["事实"] == "集约不足", "the program completes the row"
    assert rows["P18"].remark() == LossRemark("1", "P18", cause="运维弱")
    assert with_losses(book, LOSSES, "失分", most=1) == book
    (found,) = unlisted(len(LOSSES), "评审意见.xlsx", most=1)
    assert str(found.at) == "评审意见.xlsx《失分情况》"
    assert "共2处" in found.message
    assert list(unlisted(len(LOSSES), "评审意见.xlsx", most=2)) == []


def test_a_sheet_that_lists_nothing_is_added_without_writing_the_rest_of_the_workbook_anew() -> None:
    book = load_workbook(BytesIO(old_book()))
    book.create_sheet("Sheet")["B2"] = "自加的表"  # as the sheet of an empty workbook of openpyxl is called
    before = read_members(saved(book))
    after = read_members(with_losses(saved(book), LOSSES, "失分", most=1))
    changed = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml"}
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}
    assert {name for name in before if inflate(before[name]) != inflate(after[name])} <= changed
    made = load_workbook(BytesIO(with_losses(saved(book), LOSSES, "失分", most=1)))
    assert made.sheetnames == ["评审意见", "Sheet", "失分情况"]
    listed = load_workbook(BytesIO(with_losses(saved(book), LOSSES, "失分")))["失分情况"]
    sheet = made["失分情况"]
    looks = [
        [(cell.value, repr(cell.font), repr(cell.fill), repr(cell.alignment)) for cell in one[3]]
        for one in (sheet, listed)
    ]
    assert looks[0] == looks[1]
    assert (sheet.freeze_panes, sheet.column_dimensions["G"].width) == ("C4", listed.column_dimensions["G"].width)


def test_a_sheet_that_listed_all_keeps_what_was_written_when_losses_become_too_many() -> None:
    mine = typed(FIRST, J5="运维弱")
    book = with_losses(mine, LOSSES, "失分", most=1)
    assert [row.remark().cause for row in read_losses(book, "")] == ["运维弱"]


def test_text_never_becomes_a_formula() -> None:
    book = with_losses(old_book(), (loss("H11", "=1+1|cmd"),), "失分")
    cell = load_workbook(BytesIO(book))["失分情况"]["I4"]
    assert (cell.value, cell.data_type) == ("=1+1|cmd", "s")


def many(*codes: str, fact: str = "可用率96.50%，低于目标") -> tuple[Loss, ...]:
    return tuple(
        replace(loss(code, fact), causes=(f"{code}故障",) if code == "P02" else ("故障多", "运维弱")) for code in codes
    )


def looks(data: bytes) -> dict[str, object]:
    """Every cell of the sheet with what it looks like, the heights and lists."""
    sheet = load_workbook(BytesIO(data))["失分情况"]
    found = {
        cell.coordinate: (cell.value, *map(repr, (cell.font, cell.border, cell.fill, cell.alignment, cell.quotePrefix)))
        for row in sheet.iter_rows(min_row=4)
        for cell in row
    }
    heights = {number: size.height for number, size in sheet.row_dimensions.items() if number > 3}
    lists = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    return {**found, **{str(number): height for number, height in heights.items()}, **lists}


def rewritten(data: bytes, losses: tuple[Loss, ...]) -> bytes:
    """The same by rewriting the whole workbook, as where a row has to be taken out."""
    with patch.object(kept_sheet, "kept_in_place", lambda *_: None):
        return with_losses(data, losses, "失分")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (many("H11", "P18"), many("H11", "P18", fact="可用率97.00%，低于目标")),
        (many("H11", "P18"), many("P01", "H11", "P02", "P18", fact="可用率97.00%，低于目标\n第二行")),
        (many("H11"), (*many("H11"), replace(loss("P03"), causes=()))),
    ],
)
def test_a_sheet_brought_up_to_date_in_place_is_what_rewriting_the_workbook_makes(
    before: tuple[Loss, ...], after: tuple[Loss, ...]
) -> None:
    first = typed(with_losses(old_book(), before, "失分"), J4="运维弱", Q4="备注")
    assert looks(with_losses(first, after, "失分")) == looks(rewritten(first, after))


def test_what_else_a_workbook_holds_stays_byte_for_byte_while_the_sheet_is_brought_up_to_date() -> None:
    after = with_losses(FIRST, many("H11", "P18", "P01", fact="可用率97.00%"), "失分")
    old, new = read_members(FIRST), read_members(after)
    changed = [name for name in old if inflate(old[name]) != inflate(new[name])]
    assert (list(old), changed) == (list(new), ["xl/worksheets/sheet2.xml"])


@pytest.mark.parametrize("reason", ["a formula", "a text like a formula", "a heading that is gone"])
def test_a_workbook_is_rewritten_where_the_sheet_alone_does_not_do(reason: str) -> None:
    if reason == "a formula":
        book = load_workbook(BytesIO(FIRST))
        book["评审意见"]["B2"] = "=COUNTA(失分情况!A4:A99)"
        mine, now = saved(book), many("H11", "P18", "P01")
    elif reason == "a text like a formula":
        mine, now = FIRST, (*LOSSES, loss("P01", "=1+1"))
    else:
        mine, now = typed(FIRST, M3="姓名"), many("H11", "P18", "P01")
    found = {row.key[1]: row.texts["事实"] for row in read_losses(with_losses(mine, now, "失分"), "")}
    assert found == {one.code: one.fact for one in now}
    assert looks(with_losses(mine, now, "失分")) == looks(rewritten(mine, now))
