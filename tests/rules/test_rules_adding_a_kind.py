"""How a rule kind is added: one file (here: the class below) and one line of ``toolkit.rules.catalogue``.

The example scores a project by how many of its quarters were reported in time: each quarter missed costs a share.
"""

from decimal import Decimal
from typing import ClassVar

import pytest
from pydantic import Field

from toolkit.excel.md_table import parse_md_workbook
from toolkit.formula import evaluate
from toolkit.rules import KINDS, Case, Example, SingleValueRule, rule_for
from toolkit.rules.handbook import handbook
from toolkit.rules.quantity import Deducted
from toolkit.scheme import read_scheme, scheme_workbook
from toolkit.text import plain, score


# 1. the file: parameters, the formula they stand for, the words
class QuarterlyReports(SingleValueRule):
    """w − d for each quarter not reported; floor 0."""

    kind: ClassVar[str] = "quarterly_reports"
    label: ClassVar[str] = "季报计分"
    source: ClassVar[str] = "本测试"
    example: ClassVar[Example] = Example("每缺一季扣=25%；单位=个", "完成值=3", full_mark="4")
    caption: ClassVar[str] = "按期报送季度数"

    each: Deducted = Field(alias="每缺一季扣")

    def is_rate(self) -> bool:
        return False

    def points(self) -> str:
        return f"MAX(0,分值-{self.each.formula()}*MAX(0,4-完成值))"

    def standard(self, full_mark: Decimal) -> str:
        return f"四个季度均按期报送得{plain(full_mark)}分，每缺一季扣{self.each.words()}，扣完为止。"

    def happened(self, case: Case) -> str:
        return f"{self.shown(case)}，扣{score(case.lost())}分"


@pytest.fixture(autouse=True)
def _line_in_the_catalogue(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(KINDS, QuarterlyReports.kind, QuarterlyReports)  # 2. the line


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
"""


def test_the_scheme_reader_knows_the_new_kind():
    reading = read_scheme(scheme_workbook(parse_md_workbook(SCHEME)), "方案.xlsx")
    assert reading.findings == ()
    (indicator,) = reading.scheme.indicators
    assert (
        indicator.bound_formula == "=ROUND(IF(ISNUMBER(完成值_B1),MAX(0,分值_B1-分值_B1*25%*MAX(0,4-完成值_B1)),0),2)"
    )
    assert indicator.standard == "四个季度均按期报送得4分，每缺一季扣分值的25%，扣完为止。"
    assert evaluate(indicator.formula, {"分值": Decimal(4), "完成值": Decimal(3)}) == 3
    because = rule_for(indicator).because({"完成值": Decimal(3)}, Decimal(4), Decimal(3))
    assert because == "按期报送季度数3个，扣1.00分，得3.00分"


def test_the_manual_knows_the_new_kind():
    assert "## 季报计分" in handbook()
    assert "- 算例：完成值=3 → 3.00分。按期报送季度数3个，扣1.00分，得3.00分" in handbook()
