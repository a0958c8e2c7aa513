"""绩效目标申报表 and 自评表 as ministries print them, as .xls with numbers kept as text: labels, mapping, doubts."""

import shutil
import subprocess
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from toolkit.excel.addresses import cell_name
from toolkit.excel.read import read_workbook
from toolkit.pipeline import import_forms, initialise, load
from toolkit.pipeline.intake.prefilling import Prefilled

NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)
DECLARED = """
A1 项目支出绩效目标申报表 | A3 项目名称 | C3 电子政务项目建设资金 | A4 主管部门及代码 | C4 某市大数据管理局[178]
E4 实施单位 | G4 某市大数据中心 | A5 项目属性 | C5 延续项目 | E5 项目期 | G5 2021年至2023年
A6 项目资金（万元） | C6 中期资金总额： | D6 5,000.00 | E6 年度资金总额： | G6 1,679.70
C7 其中：财政拨款 | D7 5000 | E7 其中：财政拨款 | G7 1679.70 | C8 其他资金 | D8 0 | E8 其他资金 | G8 0
A9 总体目标 | B9 中期目标（2021年—2023年） | E9 年度目标 | B10 目标1：建成共性平台 | E10 目标1：完成16个子项目
A11 绩效指标 | B11 一级指标 | C11 二级指标 | D11 三级指标 | E11 指标值 | B12 产出指标 | C12 数量指标
D12 完成子项目数量 | E12 ≥16个 | C13 质量指标 | D13 验收合格率 | E13 100%
"""
EARLIER = """
A1 项目支出绩效自评表 | A3 项目名称 | C3 电子政务项目建设资金 | A5 项目资金（万元） | D5 年初预算数 | E5 全年预算数
F5 全年执行数 | G5 分值 | C6 年度资金总额 | D6 1500.00 | E6 1600 | F6 1,420.30 | G6 10 | C7 其中：当年财政拨款 | D7 1400
A10 年度总体目标 | B10 预期目标 | F10 实际完成情况 | B11 完成14个子项目 | F11 全部验收
"""


def form(path: Path, cells: str) -> Path:
    """A workbook of text cells, saved as .xls where Gnumeric is to do it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cell in (cell.strip() for line in cells.strip().split("\n") for cell in line.split("|")):
        address, _, text = cell.partition(" ")
        sheet[address] = text
    sheet.merge_cells("C3:H3")
    book.save(path.with_suffix(".xlsx"))
    if path.suffix == ".xls":
        subprocess.run(["ssconvert", path.with_suffix(".xlsx"), path], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("official") / "评价"
    initialise(folder, "suzhou-jiangsu-2023", NOW)
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "评价")


def taken(workspace: Path, *files: Path) -> Prefilled:
    return import_forms(load(workspace), files, "", NOW)


def map_labels(workspace: Path, **ways: tuple[str, str]) -> None:
    """Fill in sheet 对照 as a person does: label → (way, field)."""
    book = openpyxl.load_workbook(workspace / "预填.xlsx")
    for row in book["对照"].iter_rows(min_row=4):
        name = str(row[0].value).replace("：", "")
        if name in ways:
            row[1].value, row[2].value = ways[name]
    book.save(workspace / "预填.xlsx")


def proposed(done: Prefilled) -> dict[str, tuple[str, str]]:
    return {row.key: (row.text, row.place.partition("》")[2]) for row in done.rows}


@pytest.mark.gnumeric
def test_an_older_workbook_gives_labels_without_its_values_and_takes_the_mapping(
    workspace: Path, tmp_path: Path
) -> None:
    file = form(tmp_path / "申报表.xls", DECLARED)
    first = taken(workspace, file)
    assert (first.rows, first.findings) == ((), ())
    assert first.labels == (
        "主管部门及代码", "实施单位", "项目属性", "项目期", "中期资金总额", "年度资金总额", "其中：财政拨款",
        "其他资金", "中期目标（2021年—2023年）", "年度目标", "完成子项目数量", "验收合格率",
    )  # fmt: skip
    map_labels(
        workspace, 年度资金总额=("", "年初预算数"), 年度目标=("下", "年度绩效目标"), 其中财政拨款=("", "财政拨款数")
    )
    second = taken(workspace, file)
    assert proposed(second) == {"年初预算数": ("1,679.70", "G6"), "年度绩效目标": ("目标1：完成16个子项目", "E10")}
    (doubt,) = second.findings
    assert (doubt.code, doubt.at.cell) == ("PREFILL-04", "D7")
    assert "D7“5000”；G7“1679.70”" in doubt.message
    assert "G7" in doubt.hint
    map_labels(workspace, 其中财政拨款=("G7", "财政拨款数"))
    third = taken(workspace, file)
    assert (proposed(third)["财政拨款数"], third.findings) == (("1679.70", "G7"), ())
    evaluation = load(workspace)
    book = read_workbook(evaluation.template.stamp(evaluation.roster.projects[0]))
    slot = evaluation.template.layout.slots["财政拨款数"]
    shown = {cell_name(*place): cell.value for place, cell in book.sheet(slot.sheet).cells.items()}
    assert shown[slot.cell] == Decimal("1679.7")


def test_a_form_of_the_year_before_is_read_by_row_and_column(workspace: Path, tmp_path: Path) -> None:
    file = form(tmp_path / "上年自评表.xlsx", EARLIER)
    assert proposed(taken(workspace, file)) == {"年初预算数": ("1500.00", "D6")}
    map_labels(
        workspace, 全年执行数=("下", "实际支付数"), 其中当年财政拨款=("D7", "财政拨款数"), 预期目标=("下", "项目总目标")
    )
    done = taken(workspace, file)
    assert proposed(done) == {
        "年初预算数": ("1500.00", "D6"), "实际支付数": ("1,420.30", "F6"), "财政拨款数": ("1400", "D7"),
        "项目总目标": ("完成14个子项目", "B11"),
    }  # fmt: skip
    assert "全部验收" not in done.labels


def test_a_way_that_is_no_cell_is_told(workspace: Path, tmp_path: Path) -> None:
    taken(workspace, form(tmp_path / "申报表.xlsx", DECLARED))
    map_labels(workspace, 年度目标=("斜下", "年度绩效目标"))
    (wrong,) = load(workspace).earlier.findings
    assert (wrong.code, wrong.found) == ("PREFILL-02", "斜下")
    assert "G7" in wrong.hint
