"""How a rule kind is added: one file in ``toolkit/rules`` and one line of ``toolkit/rules/catalogue.py``.

The file is ``new_kind/quarterly_reports.py`` beside this test: parameters, the formula they stand for, the words.
Here it is put into a copy of the program, with its line, and nothing else is touched; every room then knows the kind.
Its worked examples would follow as ``tests/rules/cases/quarterly_reports.md``.
"""

import filecmp
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.excel.md_table import parse_md_workbook
from toolkit.scheme import scheme_workbook

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "new_kind" / "quarterly_reports.py"
LINE = "from toolkit.rules.quarterly_reports import QuarterlyReports\n"

SCHEME = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 某市数字政府项目绩效评价 |
| 评价年度 | 2024 |
| 总分 | 4 |

## 指标
| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 |
|---|---|---|---|---|---|---|
| B1 | 产出 | 产出时效 | 季报报送及时性 | 4 | 季报计分 | 每缺一季扣=25%；单位=个 |

## 字段
| 字段名 | 所在表 | 类型 |
|---|---|---|
| 预算资金 | 资金情况 | 金额 |

## 算例
| 指标编号 | 取值 | 应得分 |
|---|---|---|
| B1 | 完成值=3 | 3 |
| B1 | 完成值=0 | 0 |
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the new file and the new line."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "toolkit", folder / "toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(FILE, folder / "toolkit/rules")
    shutil.copytree(ROOT / "workbook_templates", folder / "workbook_templates")
    catalogue = folder / "toolkit/rules/catalogue.py"
    before, rule, after = catalogue.read_text("utf-8").partition("from toolkit.rules.rule import Rule\n")
    catalogue.write_text(f"{before}{LINE}{rule}{after}", "utf-8")
    (folder / "方案.xlsx").write_bytes(scheme_workbook(parse_md_workbook(SCHEME)))
    return folder


def run(program: Path, *words: str) -> str:
    return subprocess.run(
        [sys.executable, *words], cwd=program, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def test_one_file_and_one_line_are_all_that_differs(program: Path):
    compared = filecmp.dircmp(ROOT / "toolkit/rules", program / "toolkit/rules", ignore=["__pycache__"])
    assert (compared.left_only, compared.right_only) == ([], [FILE.name])
    assert compared.diff_files == ["catalogue.py"]


def test_a_scheme_may_use_the_new_kind_and_its_worked_examples_are_reckoned(program: Path):
    checked = run(program, "-m", "toolkit", "scheme", "check", "方案.xlsx", "--json")
    assert json.loads(checked)["ok"]


def test_the_new_kind_is_explained_with_its_formula_and_its_scores(program: Path):
    told = run(program, "-m", "toolkit", "scheme", "explain", "方案.xlsx", "--indicator", "B1")
    assert "四个季度均按期报送得4分，每缺一季扣分值的25%，扣完为止。" in told
    assert "=ROUND(IF(ISNUMBER(完成值_B1),MAX(0,分值_B1-分值_B1*25%*MAX(0,4-完成值_B1)),0),2)" in told
    assert "按期报送季度数3个，扣1.00分，得3.00分" in told


def test_the_manual_knows_the_new_kind(program: Path):
    manual = run(program, "-m", "toolkit.rules.handbook")
    assert "## 季报计分" in manual
    assert "- 算例：完成值=3 → 3.00分。按期报送季度数3个，扣1.00分，得3.00分" in manual
