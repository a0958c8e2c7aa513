"""What the wizard asks for and says, without Qt; what becomes of it in 方案.xlsx."""

from datetime import datetime
from pathlib import Path

import pytest

from toolkit import pipeline, resources
from toolkit.desktop.state import beginning
from toolkit.errors import SchemeError
from toolkit.excel.sheet_patch import patch_cells
from toolkit.pipeline.plan.beginning import check_plan
from toolkit.pipeline.plan.setting_rows import renewed, with_settings
from toolkit.scheme import setting_rows

SAMPLE = resources.sample_dir("nanchang-2022")
SCHEME, ROSTER = SAMPLE / "方案.xlsx", SAMPLE / "项目清单.xlsx"


def values(data: bytes) -> dict[str, str]:
    return {row.name: row.value for row in setting_rows(data, "方案.xlsx")}


def test_what_is_typed_is_written_into_the_evaluations_own_scheme(tmp_path: Path) -> None:
    before = SCHEME.read_bytes()
    typed = {"评价名称": "=乙市2025年度绩效评价", "委托单位": "乙市财政局", "报送截止日": "2023-02-20"}
    folder = tmp_path / "评价"
    made = pipeline.initialise(folder, (ROSTER, SCHEME), datetime(2025, 1, 5).astimezone(), settings=typed)
    assert made.ok
    written = values((folder / "方案.xlsx").read_bytes())
    assert {name: written[name] for name in typed} == typed
    assert written["评价机构"] == values(before)["评价机构"]
    assert SCHEME.read_bytes() == before


def test_a_setting_without_a_row_gets_one_below_the_last() -> None:
    rows = {row.name: row for row in setting_rows(SCHEME.read_bytes(), "方案.xlsx")}
    due = rows["报送截止日"]
    data = patch_cells(SCHEME.read_bytes(), {(due.sheet, due.name_cell): None, (due.sheet, due.cell): None})
    assert "报送截止日" not in values(data)
    again = with_settings(data, "方案.xlsx", {"报送截止日": "2025-03-31", "发函日期": "2025-01-06"})
    assert (values(again)["报送截止日"], values(again)["发函日期"]) == ("2025-03-31", "2025-01-06")
    assert with_settings(data, "方案.xlsx", {"发函日期": rows["发函日期"].value}) == data


def test_faults_name_the_cell_and_what_is_worse_is_never_set_up(tmp_path: Path) -> None:
    wrong = {"报送截止日": "三月底"}
    checked = check_plan(SCHEME, ROSTER, wrong)
    assert not checked.ok
    shown = beginning.faults(checked.as_json(), [str(SCHEME), str(ROSTER)])
    assert shown[0].setting == "报送截止日"
    assert "方案.xlsx《方案》B13" in shown[0].words
    made = pipeline.initialise(tmp_path / "评价", (ROSTER, SCHEME), datetime(2025, 1, 5).astimezone(), settings=wrong)
    assert not made.ok
    assert not (tmp_path / "评价").exists()
    with pytest.raises(SchemeError, match="方案》B13"):
        renewed(SCHEME.read_bytes(), wrong)
    assert values(renewed(SCHEME.read_bytes(), {"评价年度": "2023"}))["评价年度"] == "2023"


def test_each_file_is_checked_as_soon_as_it_is_chosen() -> None:
    assert check_plan(None, ROSTER, {}).projects == 1
    assert check_plan(SCHEME, None, {}).ok
    assert check_plan(None, None, {}).as_json() == {"ok": True, "findings": [], "projects": 0, "settings": []}
    both = check_plan(SCHEME, ROSTER, {}).as_json()
    assert both["projects"] == 1
    known = beginning.known_values(both)
    assert known["评价年度"] == "2022"
    assert beginning.settings({"评价年度": " 2022 ", "委托单位": "甲"}, known) == [{"name": "委托单位", "value": "甲"}]


def test_what_is_missing_is_said_one_after_another(tmp_path: Path) -> None:
    given = {"place": "", "roster": "", "scheme": "", "archive": ""}
    names = dict.fromkeys(beginning.ASKED, "")
    assert "哪个文件夹" in beginning.missing("", given, names)
    given["place"] = str(tmp_path)
    assert beginning.missing("nantong-2024", given, names) == ""
    assert "归档包" in beginning.missing("archive", given, names)
    assert beginning.missing("", given, names).startswith("请选择方案文件（还没有的：到“方案”页")
    given |= {"scheme": str(SCHEME), "roster": str(ROSTER)}
    assert beginning.missing("", given, names) == "请填写评价名称、评价年度、委托单位、评价机构"
    assert beginning.missing("", given, dict.fromkeys(beginning.ASKED, "甲")) == ""


def test_a_fault_leads_to_its_field_or_to_its_workbook() -> None:
    def found(sheet: str, cell: str, message: str, workbook: str = "方案.xlsx") -> dict[str, str]:
        return {"workbook": workbook, "sheet": sheet, "cell": cell, "message": message, "hint": "", "severity": "error"}

    rows = {"settings": [{"name": "报告日期", "value": "", "cell": "B9"}], "findings": [
        found("方案", "", "没有写“报送截止日”"), found("方案", "B9", "不是日期"), found("指标", "B9", "重复"),
        found("", "", "不认识", "别的.xlsx"),
    ]}  # fmt: skip
    shown = beginning.faults(rows, ["/桌面/方案.xlsx"])
    assert [fault.setting for fault in shown] == ["报送截止日", "报告日期", "", ""]
    assert [fault.path for fault in shown[2:]] == ["/桌面/方案.xlsx", ""]
    assert (beginning.hint("报告日期"), beginning.hint("评价年度")) == (beginning.DAY, "2024")
