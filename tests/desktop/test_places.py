"""Which workbook a finding is put right in, and what is said once it is open."""

from pathlib import Path

import pytest

from toolkit.desktop.state import places, results
from toolkit.desktop.state.beginning import faults
from toolkit.desktop.state.commands import in_window
from toolkit.desktop.state.forms import PLACED
from toolkit.operations import OPERATIONS


def found(workbook: str = "方案.xlsx", sheet: str = "指标", cell: str = "E4") -> dict[str, str]:
    said = {"message": "分值不是数", "hint": "写数字", "severity": "error"}
    return {"workbook": workbook, "sheet": sheet, "cell": cell, **said}


def test_a_chosen_file_of_the_name_comes_before_the_evaluations_own(tmp_path: Path) -> None:
    assert places.own_workbook(found(), str(tmp_path)) == ""
    own = tmp_path / "方案.xlsx"
    own.touch()
    assert places.own_workbook(found(), str(tmp_path)) == str(own)
    assert places.own_workbook(found(), str(tmp_path), ["/桌面/项目清单.xlsx", "/桌面/方案.xlsx"]) == "/桌面/方案.xlsx"
    assert places.own_workbook(found(), "") == ""


def test_a_name_that_leads_out_of_the_folder_or_is_empty_is_nobodys_workbook(tmp_path: Path) -> None:
    (tmp_path / "04-原件").mkdir()
    (tmp_path / "04-原件" / "甲.xlsx").touch()
    assert places.own_workbook(found("04-原件/甲.xlsx"), str(tmp_path)) == ""
    assert places.own_workbook(found(""), str(tmp_path), ["", str(tmp_path)]) == ""


def test_what_evaluators_write_is_told_from_what_units_sent() -> None:
    assert places.is_own(found("评审意见.xlsx"))
    assert not places.is_own(found("001_数字人大建设_指标信息核查采集表.xlsx"))


def test_every_fault_of_the_wizard_carries_its_cell() -> None:
    (fault,) = faults({"findings": [found()]}, ["/桌面/方案.xlsx"])
    assert (fault.path, fault.sheet, fault.cell) == ("/桌面/方案.xlsx", "指标", "E4")
    assert fault.words.startswith("方案.xlsx《指标》E4：")


def test_without_a_program_that_goes_to_the_cell_the_place_is_said() -> None:
    opened = {"program": "LibreOffice", "at": "指标 E4"}
    assert "LibreOffice" in places.opened_own(opened)
    assert "原件不动" in places.opened_copy(opened)
    for said in (places.opened_own, places.opened_copy):
        assert "请到 指标 E4" in said({"program": "", "at": "指标 E4"})


def test_what_only_prepares_another_step_says_which() -> None:
    assert any("新建评价" in words for words in results.shown("scheme new", {"total": "100"}).words)
    assert results.shown("template new", {"changed": 17}).words[0] == "写出的文件：17"


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("处理：运行 jixiao people new 生成，再核对", "处理：在“工作组”页按“打开工作组表”生成，再核对"),
        ("先运行 jixiao run", "先在“汇总并出报告”页按“汇总并出报告”"),
        ("请先运行 jixiao send，再催报", "请先在“下发”页按“生成并打包下发”，再催报"),
        ("用 jixiao status 查看项目序号", "在“收件”页按“各项目”查看项目序号"),
        ("裁定：jixiao merge --settle 编号 --by 裁定人", "裁定：jixiao merge --settle 编号 --by 裁定人"),
        ("jixiao scheme check 方案.xlsx", "jixiao scheme check 方案.xlsx"),
        ("没有命令的话不变", "没有命令的话不变"),
    ],
)  # fmt: skip
def test_advice_that_names_a_command_names_a_button_in_the_window(advice: str, said: str) -> None:
    assert in_window(advice) == said


def test_every_operation_with_a_place_of_its_own_is_found_on_a_page() -> None:
    for operation in OPERATIONS:
        if operation.on_command_line and (operation.page or operation.name in PLACED):
            assert in_window(f"运行 jixiao {operation.name}。").startswith("在“"), operation.name
