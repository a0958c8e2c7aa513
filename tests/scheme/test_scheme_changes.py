"""Two schemes compared: what changed, and which scores it can move."""

import pytest
from small_workbook import TEXT, read

from toolkit.scheme import compare_schemes

BEFORE = read().scheme


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("用户活跃度 | 5", "用户活跃度 | 6", "指标·分值“D101”由“5”改为“6”；影响指标D101的得分"),
        ("先取整=是；", "", "指标·规则参数“B101”由“先取整=是；完成值=预算执行率”改为“完成值=预算执行率”；影响指标B101"),
        ("反向比率 | 目标=3", "反向比率 | 目标=4", "由“目标=3；上限倍数=3；单位=秒”改为“目标=4；上限倍数=3；单位=秒”"),
        (
            "经评审（1分）",
            "评审过（1分）",
            "由“评价要点=有批复（1分） / 经评审（1分）”改为“评价要点=有批复（1分） / 评审过（1分）”",
        ),
        ("用户活跃度 | 5 | 酌情评分", "用户活跃度 | 5 | 达标计分", "指标·评分规则“D101”由“酌情评分”改为“达标计分”"),
        ("优≥90", "优≥85", "改为“优≥85；良≥80；中≥60；差≥0”；不影响得分，等级可能变化"),
        ("定级前取整 | 否", "定级前取整 | 是", "；不影响得分，等级可能变化"),
        ("2024年12月20日", "2024-12-31", "设置“报送截止日”由“2024-12-20”改为“2024-12-31”；不影响得分"),
        ("ROUND(实际支出资金/实际到位资金,4)", "ROUND(实际支出资金/实际到位资金,2)", "字段·公式“预算执行率”由“=IF("),
        ("| 实际到位资金 | | 资金情况 | 金额 |", "| 实际到位资金 | | 资金情况 | 数量 |", "影响指标B101的得分"),
        ("支出大于到位", "支出超过到位", "勾稽·提示语“J01”由“支出大于到位”改为“支出超过到位”；不影响得分"),
        ("| 采购方式 | 单一来源 |", "| 采购方式 | 询价 |", "选项“采购方式”由“公开招标、单一来源”改为“公开招标、询价”"),
        (
            "某市大数据局 | |\n| 评价期间起",
            "某县 | |\n| 评价期间起",
            "设置“委托单位”由“某市大数据局”改为“某县”；不影响得分",
        ),
        ("优≥90", "优≥95", "设置“绩效等级”由“优≥90；良≥80；中≥60；差≥0”改为“优≥95；良≥80；中≥60；差≥0”"),
        (
            "| 总分 | 20 |",
            "| 总分 | 21 |",
            "设置“总分”由“20”改为“21”；影响指标A101、B101、C101、D101、D201的得分，等级可能随之变化",
        ),
        (
            "| 金额 | | 是 | | | | | | |\n| 预算执行率",
            "| 金额 | | 否 | | | | | | |\n| 预算执行率",
            "影响指标B101的得分",
        ),
        ("| 支付凭证 |", "| 银行回单 |", "佐证·名称“E02”由“支付凭证”改为“银行回单”"),
    ],
)
def test_one_change_in_words(old, new, words):
    changes = compare_schemes(BEFORE, read(TEXT.replace(old, new, 1)).scheme)
    assert any(words in one.words() for one in changes), [one.words() for one in changes]


def test_a_check_switched_off_is_told():
    sheet = "\n## 核查设置\n| 检查项 | 处理 | 数值 | 理由 |\n|---|---|---|---|\n| FUND-01 | 停用 | | 未签合同 |\n"
    (change,) = compare_schemes(BEFORE, read(f"{TEXT}{sheet}").scheme)
    assert change.words() == "核查设置“FUND-01”新增；不影响得分"


def test_added_and_removed():
    row = "| C102 | 产出 | 产出质量 | 运维响应 | 3 | 酌情评分 | | | 及时 | | E02 | |\n"
    after = read(TEXT.replace("| D101 |", f"{row}| D101 |")).scheme
    assert [one.words() for one in compare_schemes(BEFORE, after)] == [
        "指标“C102”新增；影响指标C102的得分，等级可能随之变化"
    ]
    assert [one.words() for one in compare_schemes(after, BEFORE)] == [
        "指标“C102”删除；影响指标C102的得分，等级可能随之变化"
    ]


def test_the_same_scheme_has_no_changes():
    assert compare_schemes(BEFORE, read().scheme) == ()


def test_problems_rules_and_roles_that_changed_are_told():
    sheet = "\n## 问题与建议\n| 编号 | 键 | 类别 | 问题表述 | 建议 |\n|---|---|---|---|---|\n"
    sheet += "| P1 | A101 | 管理 | 不规范 | 补办 |\n"
    rules = "\n## 结果应用\n| 等级 | 问题类别 | 结果应用 | 措施 |\n|---|---|---|---|\n| 差 | | 暂停 | 暂停安排 |\n"
    before = read(TEXT + sheet + rules).scheme
    text = (TEXT + sheet + rules).replace("| 补办 |", "| 限期补办 |").replace("| 差 | | 暂停 |", "| 差 | | 核减 |")
    after = read(text.replace("| 采购 |", "| 合同 |", 1)).scheme
    assert [one.words() for one in compare_schemes(before, after)] == [
        "字段·报告用途“采购方式”由“采购”改为“合同”；不影响得分",
        "问题与建议·建议“P1”由“补办”改为“限期补办”；不影响得分",
        "结果应用“规则”由“差：暂停（暂停安排）”改为“差：核减（暂停安排）”；不影响得分",
    ]
