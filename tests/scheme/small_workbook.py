# ruff: noqa: E501
"""A scheme small enough to read, right in every respect; tests break one thing at a time."""

from toolkit.excel.md_table import parse_md_workbook
from toolkit.model import Finding
from toolkit.scheme import SchemeReading, lint_scheme, read_scheme, scheme_workbook

TEXT = """
## 方案
| 项目 | 内容 | 说明 |
|---|---|---|
| 评价名称 | 某市2024年度数字政府项目绩效评价 | |
| 评价年度 | 2024年 | |
| 委托单位 | 某市大数据局 | |
| 评价期间起 | 2023年10月1日 | |
| 评价期间止 | 2024-09-30 | |
| 数据截止日 | 2024.9.30 | |
| 总分 | 20 | |
| 定级前取整 | 否 | |
| 明细行数 | 支付明细=6 | |
| 整体核查单位 | 某市大数据局 | |
| 绩效等级 | 优≥90；良≥80；中≥60；差≥0 | |
| 发函日期 | 2024-11-20 | |
| 报送截止日 | 2024年12月20日 | |
| 整改截止日 | | |
| 报告日期 | 2025-05-30 | |

## 指标
| 编号 | 一级指标 | 二级指标 | 三级指标 | 分值 | 评分规则 | 规则参数 | 评价要点 | 目标值 | 指标解释 | 佐证 | 适用条件 |
|---|---|---|---|---|---|---|---|---|---|---|---|
| A101 | 决策 | 项目立项 | 立项程序规范性 | 2 | 要点计分 | | 有批复（1分）<br>经评审（1分） | 规范 | | E01 | |
| B101 | 过程 | 资金管理 | 预算执行率 | 5 | 百分点扣分 | 先取整=是；完成值=预算执行率 | | 100% | | E02 | |
| C101 | 产出 | 产出质量 | 接口响应时间 | 3 | 反向比率 | 目标=3；上限倍数=3；单位=秒 | | ≤3秒 | | E02 | =项目类型="新建" |
| D101 | 效益 | 社会效益 | 用户活跃度 | 5 | 酌情评分 | | | 提升 | | E02 | |
| D201 | 效益 | 满意度 | 用户满意度 | 5 | 问卷加权 | 目标=90% | | ≥90% | | E02 | |

## 字段
| 字段名 | 显示名称 | 所在表 | 类型 | 单位 | 必填 | 公式 | 选项 | 预填 | 明细表 | 填报说明 | 别名 | 报告用途 |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
| 采购方式 | | 立项与采购合同 | 选项 | | 是 | | 采购方式 | | | | | 采购 |
| 合同金额 | | 立项与采购合同 | 金额 | | 是 | | | 合同金额 | | | 合同价、中标价 |
| 实际到位资金 | | 资金情况 | 金额 | | 是 | | | | | | |
| 实际支出资金 | | 资金情况 | 金额 | | 是 | | | | | | |
| 预算执行率 | | 资金情况 | 比率 | | 否 | =IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4)) | | | | | |
| 支付金额 | | 资金情况 | 金额 | | 否 | | | | 支付明细 | | |

## 勾稽
| 编号 | 公式 | 严重程度 | 提示语 | 处理办法 |
|---|---|---|---|---|
| J01 | =实际支出资金<=实际到位资金 | 须更正 | 支出大于到位 | 核对凭证 |
| J02 | =ABS(SUM(支付金额)-实际支出资金)<0.005 | 请核实 | 明细合计与支出不一致 | 核对凭证 |

## 选项
| 选项名 | 选项值 |
|---|---|
| 采购方式 | 公开招标 |
| 采购方式 | 单一来源 |

## 佐证
| 编号 | 材料名称 | 必须 | 说明 |
|---|---|---|---|
| E01 | 立项批复 | 是 | |
| E02 | 支付凭证 | 否 | |
"""


def read(text: str = TEXT) -> SchemeReading:
    """Write the text as a workbook and read it."""
    return read_scheme(scheme_workbook(parse_md_workbook(text)), "方案.xlsx")


def broken(*changes: tuple[str, str]) -> list[Finding]:
    """Every finding of reading and lint after replacing words of the text."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    reading = read(text)
    return [*reading.findings, *(lint_scheme(reading.scheme) if reading.scheme else ())]
