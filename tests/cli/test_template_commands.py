"""``jixiao template check``: every mistake with its cell, before anything is generated."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from toolkit.cli.app import app
from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.package import deflate, write_members
from toolkit.resources import sample_dir, template_path

SCHEME = sample_dir("nantong-2024") / "方案.xlsx"
TEMPLATE = template_path("采集表模板.xlsx")


def check(file: Path, *more: str) -> tuple[int, dict]:
    result = CliRunner().invoke(app, ["template", "check", str(file), *more, "--json"])
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize("more", [("--scheme", str(SCHEME)), ()])
def test_the_shipped_template_is_sound(more: tuple[str, ...]):
    assert check(TEMPLATE, *more) == (0, {"ok": True, "findings": []})


def test_every_mistake_is_named_with_its_cell(tmp_path):
    book = load_workbook(TEMPLATE)
    book["封面与填报说明"]["C4"] = "{{ 项目.名字 }}"
    book["填报自检"]["A20"] = "{{# 勾机 }}"
    book["资金情况"]["C4"] = None
    book["佐证材料清单"].merge_cells("B4:B5")
    file = tmp_path / "改过的模板.xlsx"
    book.save(file)
    code, said = check(file, "--scheme", str(SCHEME))
    found = {one["cell"]: one["message"] for one in said["findings"] if one["cell"]}
    assert code == 1
    assert "是否想写“名称”" in found["C4"]
    assert "勾机" in found["A20"]
    assert "跨出了重复的行" in found["B4"]
    assert any("没有放置字段“实际到位资金”" in one["message"] for one in said["findings"])


@pytest.mark.parametrize(
    ("name", "told", "command"),
    [
        ("方案.xlsx", "这是方案，不是采集表模板", "jixiao scheme check"),
        ("项目清单.xlsx", "这是项目清单，", "jixiao init"),
    ],
)
def test_a_scheme_or_roster_is_said_to_be_one_and_not_missed_field_by_field(name: str, told: str, command: str):
    code, said = check(sample_dir("nantong-2024") / name)
    (found,) = said["findings"]
    assert (code, found["code"], found["workbook"]) == (1, "TEMPLATE-01", name)
    assert told in found["message"]
    assert command in found["hint"]


def test_a_tag_hidden_under_a_merged_cell_is_found(tmp_path):
    book = load_workbook(TEMPLATE)
    book["封面与填报说明"]["C4"] = "{{ 项目.名称 }}"
    output = BytesIO()
    book.save(output)
    parts = WorkbookParts(output.getvalue())
    path = parts.worksheet_part("封面与填报说明")
    text = parts.contents[path].decode()
    hidden, times = re.subn(
        r'<c r="D4"([^>]*?)( t="n")?></c>', r'<c r="D4"\1 t="inlineStr"><is><t>{{ 项目.序号 }}</t></is></c>', text
    )
    assert times == 1
    file = tmp_path / "模板.xlsx"
    members = parts.members | {path: deflate(path, hidden.encode())}
    file.write_bytes(write_members(members.values()))
    code, said = check(file, "--scheme", str(SCHEME))
    assert code == 1
    assert [(one["sheet"], one["cell"]) for one in said["findings"]] == [("封面与填报说明", "D4")]


def test_no_such_file_is_said_calmly(tmp_path):
    result = CliRunner().invoke(app, ["template", "check", str(tmp_path / "无.xlsx")])
    assert result.exit_code == 3
