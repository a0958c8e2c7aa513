"""绩效目标申报表 and last year's forms as prefill: what is taken, from which cell, what is asked."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit.excel.addresses import cell_name
from toolkit.excel.read import read_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.pipeline import Workspace, import_forms, initialise, load
from toolkit.pipeline.intake.originals import altered_originals, original_path
from toolkit.pipeline.intake.prefilling import unverified

NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)
SAMPLE = "suzhou-jiangsu-2023"
PROJECT = "电子政务项目建设资金"


def form(*rows: tuple[str, ...]) -> bytes:
    """A workbook whose sheet holds these rows from row 4 on, as text."""
    width = max(map(len, rows))
    return table_workbook([TableSheet("绩效目标申报表", "申报表", (Column("　", 20),) * width, rows)])


DECLARED = form(
    ("项 目 名 称", PROJECT, "项目负责人", "张某"),
    ("项目总目标：建成共性平台，服务各部门", "", "", ""),
    ("年度绩效目标", "", "完成16个子项目", ""),
    ("年初预算数（万元）", "1,679.70", "实际支付数", "约1600"),
    ("联系方式", "0512-1", "", ""),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prefill") / "评价"
    initialise(folder, SAMPLE, NOW)
    _ = load(folder).template.layout
    return folder


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "评价")
    (tmp_path / "申报表.xlsx").write_bytes(DECLARED)
    return tmp_path / "评价"


def taken(workspace: Path, *files: Path, project: str = ""):
    return import_forms(load(workspace), files or (workspace.parent / "申报表.xlsx",), project, NOW)


def test_values_come_with_their_cells_and_wait_to_be_verified(workspace: Path) -> None:
    done = taken(workspace)
    assert {(row.key, row.text, row.place, row.state.value) for row in done.rows} == {
        ("项目总目标", "建成共性平台，服务各部门", "《绩效目标申报表》A5", "待核实"),
        ("年度绩效目标", "完成16个子项目", "《绩效目标申报表》C6", "待核实"),
        ("年初预算数", "1,679.70", "《绩效目标申报表》B7", "待核实"),
    }
    assert set(done.labels) == {"项目负责人", "联系方式"}
    (doubt,) = done.findings
    assert (doubt.code, doubt.at.cell) == ("PREFILL-04", "D7"), "约1600 is no number and is not guessed"
    sha = next(iter(event.subject for event in _events(workspace)))
    assert original_path(Workspace.open(workspace), sha).read_bytes() == DECLARED
    assert altered_originals(Workspace.open(workspace)) == []


def _events(workspace: Path):
    from toolkit.ledger import EventKind

    with Workspace.open(workspace).ledger() as ledger:
        return ledger.events(EventKind.FORM_IMPORTED)


def test_the_collection_workbook_has_them_beforehand(workspace: Path) -> None:
    taken(workspace)
    evaluation = load(workspace)
    book = read_workbook(evaluation.template.stamp(evaluation.roster.projects[0]))
    slots = evaluation.template.layout.slots

    def at(key: str):
        slot = slots[key]
        return next(
            (cell.value for place, cell in book.sheet(slot.sheet).cells.items() if cell_name(*place) == slot.cell),
            None,
        )

    assert at("项目总目标") == "建成共性平台，服务各部门"
    assert at("年初预算数") == Decimal("1679.7")
    assert at("实际支付数") in (None, "")


def test_what_a_unit_left_as_it_was_is_asked_about_until_somebody_verified_it(
    workspace: Path, sample_made: Callable[[str], Path]
) -> None:
    taken(workspace)
    evaluation = load(workspace)
    other = load(sample_made(SAMPLE))
    from toolkit.pipeline.intake.returned import returns

    counting = returns(other).counting
    asked = list(unverified(evaluation, counting))
    assert [(finding.code, finding.message.split("”")[0]) for finding in asked] == [("PREFILL-01", "“年初预算数")]
    _set(workspace, "年初预算数", 状态="采用", 核实人="王某")
    assert list(unverified(load(workspace), counting)) == []


def _set(workspace: Path, key: str, **cells: str) -> None:
    path = workspace / "预填.xlsx"
    data = path.read_bytes()
    sheet = read_workbook(data).sheet("预填")
    row = next(at for (at, _), cell in sheet.cells.items() if cell.value == key)
    headings = {cell.value: column for (at, column), cell in sheet.cells.items() if at == 3}
    changes = {("预填", cell_name(row, headings[name])): text for name, text in cells.items()}
    path.write_bytes(patch_cells(data, changes))


def test_what_a_person_settled_or_mapped_stays(workspace: Path) -> None:
    taken(workspace)
    _set(workspace, "项目总目标", 状态="采用", 核实人="王某", 内容="改过的目标")
    path = workspace / "预填.xlsx"
    data = path.read_bytes()
    sheet = read_workbook(data).sheet("对照")
    row = next(at for (at, _), cell in sheet.cells.items() if cell.value == "联系方式")
    path.write_bytes(patch_cells(data, {("对照", f"C{row}"): "项目概况"}))
    again = taken(workspace)
    assert ("项目概况", "0512-1") in {(one.key, one.text) for one in again.rows}, "the mapping is used at once"
    values = load(workspace).earlier.values["1"]
    assert values["项目总目标"] == "改过的目标"
    before = path.read_bytes()
    taken(workspace)
    assert path.read_bytes() == before, "importing the same form again changes nothing"


def test_forms_of_nobody_and_rows_with_mistakes_are_findings_with_their_cell(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "别的.xlsx").write_bytes(form(("项目名称", "别的项目"), ("项目总目标", "某目标")))
    (tmp_path / "坏的.xls").write_bytes(b"\xd0\xcf\x11\xe0 broken")
    done = taken(workspace, tmp_path / "别的.xlsx", tmp_path / "坏的.xls")
    assert [finding.code for finding in done.findings] == ["PREFILL-03", "PREFILL-03"]
    assert "“别的项目”不在项目清单中" in done.findings[0].message
    assert not done.rows
    assert taken(workspace, tmp_path / "别的.xlsx", project="1").rows, "the person says whose it is"
    _set(workspace, "项目总目标", 状态="随便", 字段="没有的字段")
    findings = load(workspace).earlier.findings
    assert {(finding.code, finding.at.sheet) for finding in findings} == {("PREFILL-02", "预填")}
    assert len(findings) == 2


def test_hostile_text_is_kept_as_text(workspace: Path, tmp_path: Path) -> None:
    hostile = "=cmd|' /C calc'!A0\x07<w:t>{{x}}"
    (tmp_path / "h.xlsx").write_bytes(form(("项目名称", PROJECT), ("项目总目标", hostile)))
    taken(workspace, tmp_path / "h.xlsx")
    evaluation = load(workspace)
    book = read_workbook(evaluation.template.stamp(evaluation.roster.projects[0]))
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values() if "calc" in str(cell.value)]
    assert cells
    assert all(cell.formula is None for cell in cells)


def test_the_command(workspace: Path) -> None:
    printed = call("prefill", workspace.parent / "申报表.xlsx", "-w", workspace)
    assert printed["ok"] is True
    assert {row["field"] for row in printed["rows"]} == {"项目总目标", "年度绩效目标", "年初预算数"}
    assert json.dumps(printed["unmapped"], ensure_ascii=False)
