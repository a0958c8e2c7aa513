# ruff: noqa: E501
"""The small evaluation as a workspace on disk, with as many projects as there are things to be done to a return.

Its collection workbook has every slot where that of ``tests/small_scheme.py`` has it, so that the damages of
``tests/collect`` fit.
"""

from collections.abc import Sequence

from tests.collect.returned import place, slot_key, typed
from tests.small_scheme import TYPED
from toolkit.excel.md_table import parse_md_workbook
from toolkit.excel.sheet_patch import patch_cells
from toolkit.generate import CollectionTemplate
from toolkit.model import Project
from toolkit.scheme import roster_workbook, scheme_workbook

SCHEME = """
## 方案
| 项目 | 内容 |
|---|---|
| 评价名称 | 江海市2024年度数字政府项目绩效评价 |
| 方案版本 | 1.0 |
| 评价年度 | 2024 |
| 委托单位 | 江海市数据局 |
| 评价机构 | 评价机构（样例） |
| 评价期间起 | 2023-10-01 |
| 评价期间止 | 2024-09-30 |
| 数据截止日 | 2024-09-30 |
| 总分 | 100 |
| 明细行数 | 支付明细=5 |
| 发函日期 | 2024-10-15 |
| 报送截止日 | 2024-11-15 |
| 联系人 | 张工 |
| 联系电话 | 0513-00000000 |
| 联系邮箱 | pj@example.invalid |

## 指标
| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 | 评价要点 | 目标值 | 佐证 |
|---|---|---|---|---|---|---|---|---|---|
| A101 | 决策 | 项目立项 | 立项依据充分性 | 10 | 要点计分 | | 符合国家法律法规（5分）<br>与部门职责相符（5分） | 充分 | E01 |
| A102 | 决策 | 绩效目标 | 绩效目标合理性 | 10 | 酌情评分 | | | 合理 | E01 |
| B101 | 过程 | 资金管理 | 预算执行率 | 20 | 比率计分 | 完成值=预算执行率 | | 100% | E02 |
| B102 | 过程 | 组织实施 | 制度健全性 | 10 | 五级定性 | | | 好 | E02 |
| C101 | 产出 | 产出数量 | 接入部门数 | 15 | 目标比率 | 目标=20；单位=个 | | ≥20个 | E02 |
| C102 | 产出 | 产出时效 | 按期完成 | 10 | 时限计分 | 止=2024-09-30；延期扣=5 | | 2024年9月 | E02 |
| D101 | 效益 | 社会效益 | 系统可用率 | 15 | 比率计分 | | | 100% | E02 |
| D201 | 效益 | 满意度 | 使用人员满意度 | 10 | 比率计分 | | | 100% | E03 |

## 字段
| 字段名 | 显示名称 | 所在表 | 类型 | 单位 | 必填 | 公式 | 选项 | 预填 | 明细表 |
|---|---|---|---|---|---|---|---|---|---|
| 项目负责人 | | 项目基本信息 | 文本 | | 是 | | | | |
| 立项日期 | 立项批复日期 | 项目基本信息 | 日期 | | 是 | | | | |
| 建设内容 | 主要建设内容 | 项目基本信息 | 文本 | | 是 | | | | |
| 采购方式 | | 立项与采购合同 | 选项 | | 是 | | 采购方式 | | |
| 合同金额 | | 立项与采购合同 | 金额 | 万元 | 是 | | | 合同金额 | |
| 审计核减后合同金额 | | 立项与采购合同 | 金额 | 万元 | 否 | | | | |
| 预算资金 | | 资金情况 | 金额 | 万元 | 是 | | | | |
| 实际到位资金 | | 资金情况 | 金额 | 万元 | 是 | | | | |
| 实际支出资金 | | 资金情况 | 金额 | 万元 | 是 | | | | |
| 累计支付金额 | | 资金情况 | 金额 | 万元 | 是 | | | | |
| 资金到位率 | | 资金情况 | 比率 | % | 否 | =IF(N(预算资金)=0,"",ROUND(实际到位资金/预算资金,4)) | | | |
| 预算执行率 | | 资金情况 | 比率 | % | 否 | =IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4)) | | | |
| 支付日期 | | 资金情况 | 日期 | | 否 | | | | 支付明细 |
| 支付摘要 | | 资金情况 | 文本 | | 否 | | | | 支付明细 |
| 支付金额 | | 资金情况 | 金额 | 万元 | 否 | | | | 支付明细 |

## 勾稽
| 编号 | 公式 | 严重程度 | 提示语 | 处理办法 |
|---|---|---|---|---|
| X01 | =SUM(支付金额)=累计支付金额 | 须更正 | 支付明细合计应等于累计支付金额 | 请核对支付明细各行 |
| X02 | =实际支出资金<=实际到位资金 | 请核实 | 支出大于到位 | 请核实并说明 |

## 选项
| 选项名 | 选项值 |
|---|---|
| 采购方式 | 公开招标 |
| 采购方式 | 竞争性磋商 |
| 采购方式 | 单一来源 |

## 佐证
| 编号 | 材料名称 | 必须 |
|---|---|---|
| E01 | 立项批复文件 | 是 |
| E02 | 支付凭证 | 是 |
| E03 | 满意度调查报告 | 否 |
"""


def plan(count: int, scheme: str = SCHEME, names: Sequence[str] = ("",)) -> dict[str, bytes]:
    """方案 and 项目清单 for so many projects, two to a unit; ``names``: what stands in their names, in turn."""
    rows = "".join(
        f"| {number} | 2023 | 市{(number + 1) // 2}局 | {names[number % len(names)]}第{number}号系统 | 286.5 |"
        f" u{number}@example.invalid |\n"
        for number in range(1, count + 1)
    )
    heading = (
        "## 项目清单\n| 序号 | 立项年度 | 责任单位 | 项目名称 | 合同金额（万元） | 邮箱 |\n|---|---|---|---|---|---|\n"
    )
    return {
        "方案.xlsx": scheme_workbook(parse_md_workbook(scheme)),
        "项目清单.xlsx": roster_workbook(parse_md_workbook(heading + rows)["项目清单"]),
    }


def answered(template: CollectionTemplate, project: Project) -> bytes:
    """A project's workbook filled in properly; the same figures in every project."""
    changes = {place(slot_key(key)): typed(slot_key(key), text) for key, text in TYPED.items()}
    return patch_cells(template.stamp(project), changes)
