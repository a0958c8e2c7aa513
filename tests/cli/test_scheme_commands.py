"""jixiao scheme: new, check, explain, diff, as a consultant types them."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from toolkit.cli.app import app
from toolkit.rules import KINDS

RUNNER = CliRunner()
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    file = tmp_path / "方案.xlsx"
    assert RUNNER.invoke(app, ["scheme", "new", str(file)]).exit_code == 0
    return file


def said(*words: object, code: int = 0):
    result = RUNNER.invoke(app, ["scheme", *map(str, words), "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_a_new_scheme_asks_for_what_it_cannot_know_and_never_overwrites(starter: Path):
    found = said("check", starter, code=1)["findings"]
    assert [(one["code"], one["cell"]) for one in found] == [("SCHEME-34", cell) for cell in ("B4", "B7", "B8", "B13")]
    assert "没有覆盖" in said("new", starter, code=3)["error"]
    assert ".xlsx" in said("new", starter.with_suffix(".xls"), code=3)["error"]


def test_the_indicator_table(starter: Path):
    explained = said("explain", starter)
    assert len(explained["indicators"]) == 20
    assert explained["indicators"][4]["三级指标"] == "预算执行率"
    assert explained["indicator"] is None
    assert len(explained["scheme"]["sha256"]) == 64
    assert f"{len(KINDS)}个指标，总分100分" in RUNNER.invoke(app, ["scheme", "explain", str(starter)]).stdout


def test_one_indicator_with_formula_example_and_curve(starter: Path):
    one = said("explain", starter, "--indicator", "B102")["indicator"]
    assert one["formula"].startswith("=ROUND(IF(ISNUMBER(完成值)")
    assert {"value": "90%", "score": "3.00"}.items() <= one["curve"][5].items()
    page = RUNNER.invoke(app, ["scheme", "explain", str(starter), "--indicator", "B102"]).stdout
    assert "算例：98% → 5.40分" in page
    assert "█" * 24 in page
    assert "可用的编号：A101" in said("explain", starter, "--indicator", "B1", code=3)["error"]


def test_two_schemes_compared(starter: Path):
    assert said("diff", starter, starter)["changes"] == []
    compared = said("diff", starter, SAMPLES / "nantong-2024" / "方案.xlsx")
    assert compared["before"]["version"] == "1.0"
    assert {"B102", "D401"} <= set(compared["moves"])
    words = RUNNER.invoke(app, ["scheme", "diff", str(starter), str(SAMPLES / "nanchang-2022" / "方案.xlsx")]).stdout
    assert "影响" in words


def test_a_missing_file_is_said_calmly(tmp_path: Path):
    assert "找不到文件；位置：" in said("check", tmp_path / "无.xlsx", code=3)["error"]


def test_a_sheet_the_template_cannot_lay_out_is_told_before_anything_is_made(starter: Path):
    book = load_workbook(starter)
    book["字段"]["C4"] = "指标信息"
    book.save(starter)
    (found,) = [one for one in said("check", starter, code=1)["findings"] if one["code"] == "TEMPLATE-01"]
    assert (found["workbook"], found["sheet"]) == ("采集表模板.xlsx", "指标信息")
    assert "没有放置字段“项目名称”" in found["message"]


def test_the_library_is_added_to_a_scheme_of_ones_own(starter: Path):
    book = load_workbook(starter)
    del book["问题与建议"]
    book["结果应用"].delete_rows(4, 20)
    book.save(starter)
    added = said("problems", starter)
    assert added["sheets"] == ["问题与建议", "结果应用"]
    assert added["rows"] >= 80
    assert 40 <= added["fitting"] < added["rows"]
    assert {one["code"] for one in said("check", starter, code=1)["findings"]} == {"SCHEME-34"}
    assert said("problems", starter)["sheets"] == []


def test_a_scheme_picked_from_the_library_passes_the_check(tmp_path: Path):
    file = tmp_path / "方案.xlsx"
    named = ("--title", "甲市绩效评价", "--client", "甲局", "--evaluator", "乙所", "--year", "2026")
    made = said("new", file, "--kind", "服务采购类", "--marks", "决策=12", *named)
    assert made["total"] == "100"
    assert sum(float(one["full_mark"]) for one in made["indicators"] if one["dimension"] == "决策") == 12
    assert [one["code"] for one in said("check", file)["findings"]] == ["SCHEME-34"]  # nobody to ask is a warning
    assert said("explain", file)["scheme"]["title"] == "甲市绩效评价"


def test_what_cannot_be_picked_writes_nothing(tmp_path: Path):
    file = tmp_path / "方案.xlsx"
    for option, value, words in (
        ("--pick", "A01=x", "大于0的数"),
        ("--marks", "决策", "没有写分值"),
        ("--kind", "乙", "共性"),
    ):
        assert words in said("new", file, option, value, code=3)["error"]
    assert not file.exists()


def test_the_libraries_are_listed():
    assert {one["dimension"] for one in said("library", "--dimension", "产出")["indicators"]} == {"产出"}
    assert "可用的有" in said("library", "--kind", "乙", code=3)["error"]
    found = json.loads(RUNNER.invoke(app, ["policy", "财预〔2011〕285号", "--json"]).stdout)["policies"]
    assert (found[0]["status"], found[0]["replaced_by"]) == ("废止", "财预〔2020〕10号")
