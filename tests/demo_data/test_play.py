"""The player fills workbooks as Excel would save them; each mistake is exactly the mistake asked for."""

from datetime import date
from decimal import Decimal

import pytest

from tests.generate.stamped import small_template
from tests.small_scheme import PROJECTS, TYPED
from toolkit.demo_data import UnitAnswers, play, read_returns
from toolkit.demo_data.mistakes import KINDS
from toolkit.errors import SchemeError
from toolkit.excel.book import Book
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.md_table import md_to_xlsx
from toolkit.excel.read import read_workbook
from toolkit.model import SlotRole, date_to_serial
from toolkit.model.identity import RECALCULATED_NAME

TEMPLATE = small_template()
SCORES = {f"自评分_{code}": "9.5" for code in ("A101", "A102", "B101", "B102", "C101", "C102", "D101", "D201")}
COMPLETE = TYPED | SCORES | {"佐证提供_E01": "已提供", "佐证提供_E02": "已提供"}


def returned(mistake: str = "", key: str = "", typed: dict[str, str] = COMPLETE) -> Book:
    return read_workbook(play({"1": UnitAnswers(typed, mistake, key)}, TEMPLATE, PROJECTS, 7)[0].data)


def shown(book: Book, key: str) -> object:
    slot = TEMPLATE.layout.slots[key]
    return book.cell(slot.sheet, slot.cell).value


CLEAN = returned()


def test_answers_stand_as_excel_keeps_them():
    assert shown(CLEAN, "实际支出资金") == Decimal("275.5")
    assert shown(CLEAN, "立项日期") == date_to_serial(date(2022, 3, 5))
    assert shown(CLEAN, "完成值_D201") == Decimal("0.965")
    assert shown(CLEAN, "采购方式") == "公开招标"
    assert shown(CLEAN, "支付明细_支付金额_2") == Decimal("137.75")


def test_formulas_show_what_they_should():
    assert shown(CLEAN, "预算执行率") == Decimal("0.95")
    assert shown(CLEAN, "完成值_B101") == Decimal("0.95")
    assert shown(CLEAN, "自评分合计") == Decimal(76)
    assert CLEAN.named_cell("自检_结论").value == "填报自检通过，可以打印签章报送"
    assert CLEAN.named_cell(RECALCULATED_NAME).cached


def test_the_self_check_counts_what_is_missing_and_wrong():
    typed = {key: text for key, text in COMPLETE.items() if key != "项目负责人"} | {"累计支付金额": "300"}
    book = returned(typed=typed)
    assert book.named_cell("自检_缺项合计").value == 1
    assert book.named_cell("勾稽_X01").value == "不符"
    assert book.named_cell("自检_结论").value.startswith("尚有必填缺 1 项、勾稽不符 2 条")


@pytest.mark.parametrize(
    ("mistake", "key", "expected"),
    [
        ("金额带单位", "实际到位资金", "290万元"),
        ("全角数字", "实际支出资金", "２７５．５"),
        ("千分位", "实际到位资金", "290.00"),
        ("元当万元", "预算资金", Decimal(3_000_000)),
        ("漏填必填", "项目负责人", None),
        ("百分数写成98", "完成值_D201", Decimal("96.5")),
        ("数字格写文字", "完成值_C101", "约20（待核实）"),
        ("日期点号", "立项日期", "2022.3.5"),
        ("公式被覆盖", "预算执行率", Decimal("0.96")),
        ("累计支付超合同", "", Decimal("300.83")),
    ],
)
def test_one_mistake_in_one_place(mistake: str, key: str, expected: object):
    book = returned(mistake, key)
    spoiled = key or "累计支付金额"
    assert shown(book, spoiled) == expected
    inputs = [one for one in TEMPLATE.layout.slots.values() if one.role is not SlotRole.CALCULATED]
    others = {one.key for one in inputs if shown(book, one.key) != shown(CLEAN, one.key)} - {spoiled}
    assert others == ({"支付明细_支付金额_2"} if mistake == "累计支付超合同" else set())


def test_an_overwritten_formula_is_gone_and_its_followers_follow():
    book = returned("公式被覆盖", "预算执行率")
    assert book.named_cell("预算执行率").formula is None
    assert shown(book, "完成值_B101") == Decimal("0.96")


def test_never_calculated():
    book = returned("未重算")
    assert shown(book, "实际支出资金") == Decimal("275.5")
    assert not book.named_cell("预算执行率").cached
    assert not book.named_cell(RECALCULATED_NAME).cached


@pytest.mark.parametrize("mistake", ["非工作簿", "文件改名"])
def test_odd_files(mistake: str):
    one = play({"1": UnitAnswers(COMPLETE, mistake)}, TEMPLATE, PROJECTS, 7)[0]
    assert one.data.startswith(b"%PDF" if mistake == "非工作簿" else b"PK")
    assert (PROJECTS[0].name in one.name or "采集表" in one.name) or mistake == "文件改名"


def test_equal_seeds_give_equal_files_and_names_are_unique():
    returns = {project.id: UnitAnswers(COMPLETE, kind) for project, kind in zip(PROJECTS, KINDS, strict=False)}
    first = play(returns, TEMPLATE, PROJECTS, 1)
    assert first == play(returns, TEMPLATE, PROJECTS, 1)
    assert len({one.name for one in first}) == len(PROJECTS)


def test_who_does_not_answer_sends_nothing():
    assert [one.project for one in play({"2": UnitAnswers(COMPLETE)}, TEMPLATE, PROJECTS, 1)] == ["2"]


def test_an_answer_without_a_place_is_said():
    with pytest.raises(SchemeError, match="没有这一格"):
        returned(typed={"无此字段": "1"})


def test_returns_are_read_from_either_sheet():
    text = "## 填报\n| 项目序号 | 字段或取值项 | 填报内容 |\n|---|---|---|\n| 1 | 预算资金 | 300 |\n"
    wide = (
        "## 填报习惯\n| 项目序号 | 差错 | 差错字段 | 预算资金 |\n|---|---|---|---|\n| 2 | 千分位 | 预算资金 | 1,300 |\n"
    )
    found = read_returns(md_to_xlsx(text + wide))
    assert found["1"] == UnitAnswers({"预算资金": "300"})
    assert found["2"] == UnitAnswers({"预算资金": "1,300"}, "千分位", "预算资金")


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_same_values(tmp_path):
    """The player's results are what a spreadsheet program shows: LibreOffice recalculates the whole file."""
    source = tmp_path / "returned.xlsx"
    source.write_bytes(play({"1": UnitAnswers(COMPLETE)}, TEMPLATE, PROJECTS, 7)[0].data)
    (result,) = recalculate([source], tmp_path / "out").values()
    again = read_workbook(result.read_bytes())
    compared = 0
    for sheet in CLEAN.sheets:
        for cell in sheet.cells.values():
            if cell.formula:
                other = again.cell(sheet.name, cell.ref).value
                assert (other or "") == (cell.value or ""), (sheet.name, cell.ref, cell.formula)
                compared += 1
    assert compared > 30
