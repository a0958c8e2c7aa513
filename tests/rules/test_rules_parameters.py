"""Mistakes in a scheme row's parameters are said all at once, in words, with what to write instead."""

from decimal import Decimal

import pytest

from toolkit.rules import build_rule, kind_of, read_checkpoints, read_parameters, suggest


def misfits_of(label: str, parameters: str, checkpoints: str = "", full_mark: str = "5") -> str:
    kind = kind_of(label)
    assert kind is not None
    reading = build_rule(kind, read_parameters(parameters), read_checkpoints(checkpoints), Decimal(full_mark))
    assert reading.rule is None
    return "\n".join(f"{one.parameter}|{one.message}|{one.hint}" for one in reading.misfits)


@pytest.mark.parametrize(
    ("label", "parameters", "words"),
    [
        ("目标比率", "", "“目标比率”缺少参数“目标”"),
        ("目标比率", "目标=0", "应大于0：它是比率的分母"),
        ("目标比率", "目标值=95%", "“目标值”是否想写“目标”？"),
        ("目标比率", "目标=95%；目标=90%", "参数“目标”写了两次"),
        ("目标比率", "目标=较高", "“较高”不是数或百分数"),
        ("目标比率", "目标=95%；每点口=5%", "“目标比率”没有参数“每点口”"),
        ("达标计分", "目标：100%", "规则参数“目标：100%”看不懂"),
        ("百分点扣分", "每点口=5%", "是否想写“每点扣”"),
        ("百分点扣分", "先取整=大概", "应写 是、否 或小数位数"),
        ("百分点扣分", "上限=90%", "上限应不小于100%"),
        ("百分点扣分", "方向=随意", "应写"),
        ("达标计分", "条件=≥", "写了“条件”，没有写“目标”"),
        ("分段计分", "分段=≥95%:5，≥90%:4", "分段有空档：例如-10%不属于任何一段"),
        ("分段计分", "分段=≥90%:4，≥95%:5，其余:0", "分段“≥95%”永远不会用到"),
        ("分段计分", "分段=80%~95%:3，90%~100%:4，其余:0", "重叠：90%同时属于两段"),
        ("分段计分", "分段=其余:0，≥95%:5", "“其余”应写在最后一段"),
        ("分段计分", "分段=≥95%:6，其余:0", "得分超过指标分值5分"),
        ("分段计分", "分段=高:5", "“高”不是数或百分数"),
        ("时限计分", "起=2024-05；止=2024-02", "“起”晚于“止”"),
        ("时限计分", "止=2024-11-31", "没有这一天"),
        ("时限计分", "止=2024-11；延期月数=一个", "应写整数"),
        ("区间扣分", "区间=10%~5%", "小的在前"),
        ("区间扣分", "区间=5", "应写成百分数"),
        ("门槛比率", "门槛=100%", "小于100%"),
        ("线性计分", "满分值=60%；零分值=60%", "不能相同"),
        ("反向比率", "目标=3；上限倍数=1", "上限倍数应大于1"),
        ("计数扣分", "每项扣=-1", "应写正数"),
        ("问卷加权", "目标=90%；分段=≥90%:5，其余:0", "只能写一个"),
        ("五级定性", "等级=好:120%，差:0%", "等级系数应在0%–100%之间"),
        ("要点计分", "", "需要在“评价要点”列写要点"),
    ],
)
def test_mistake_in_words(label: str, parameters: str, words: str):
    assert words in misfits_of(label, parameters)


def test_a_parameter_it_does_not_have_is_told_beside_another_whose_content_is_wrong():
    """取值类型=数量；单位=分钟: the second was told only once the first had been put right."""
    said = misfits_of("公式", "公式=分值*甲；取值类型=数量；单位=分钟；甲=上线前等候")
    assert "应写 数、比率、日期 或 文字" in said
    assert "“公式”没有参数“单位”" in said


def test_all_mistakes_at_once():
    said = misfits_of("百分点扣分", "目标=0；每点扣=很多；先取整=也许")
    assert said.count("\n") == 2


@pytest.mark.parametrize(
    ("checkpoints", "words"),
    [
        ("有依据（1分）\n合程序（1分）", "各要点分值合计2分，与指标分值5分不一致"),
        ("有依据（1分）\n合程序", "要么全写，要么全不写"),
    ],
)
def test_points_of_checkpoints_add_up(checkpoints: str, words: str):
    assert words in misfits_of("要点计分", "", checkpoints)


def test_a_value_may_be_derived_from_fields():
    kind = kind_of("比率计分")
    reading = build_rule(kind, read_parameters('完成值=IF(N(预算)=0,"",支出/预算)'), (), Decimal(5))
    assert reading.rule.inputs()[0].formula == '=IF(N(预算)=0,"",支出/预算)'


def test_parameters_may_be_separated_as_people_do():
    assert read_parameters("目标＝95%;每点扣=5%\n上限 = 130%") == (("目标", "95%"), ("每点扣", "5%"), ("上限", "130%"))
    assert read_parameters("分段=≥95%:5；>=90%:4；其余:0") == (("分段", "≥95%:5，>=90%:4，其余:0"),)


def test_kinds_are_found_by_either_name_and_suggested():
    assert kind_of("比率计分") is kind_of("rate_proportional")
    assert kind_of("比例计分") is None
    assert suggest("比例计分") == "比率计分"
    assert suggest("百分点扣") == "百分点扣分"
    assert suggest("完全无关的话") == ""
