"""Which workbook a finding is put right in, and what is said once it is open."""

from pathlib import Path

from toolkit.desktop.state import places, results
from toolkit.desktop.state.beginning import faults


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
