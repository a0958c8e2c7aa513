"""What a cross-check asks, in the words of a 退回整改单."""

import pytest

from toolkit.checks.condition_words import condition_words, sides


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("=ABS(实际支出-累计支付-第三方费)<0.005", "【实际支出】＝【累计支付】＋【第三方费】"),
        ("=ABS(结余-(年初+调整-拨款))<=0.01", "【结余】＝【年初】＋【调整】－【拨款】"),
        ("=SUM(支付金额)=累计支付", "【支付金额】合计＝【累计支付】"),
        ("=项目数=COUNTA(名称)", "【项目数】＝“【名称】”所列项数"),
        ("=N(收回)<=结余", "【收回】≤【结余】"),
        ("=率>=0.95", "【率】≥0.95"),
        ("=甲-(乙-丙)=丁*(戊+己)", "【甲】－（【乙】－【丙】）＝【丁】×（【戊】＋【己】）"),
        ("=累计<=IF(N(审计)=0,合同,审计)", ""),
        ('=名称<>""', ""),
    ],
)
def test_a_condition_in_words(formula: str, words: str) -> None:
    assert condition_words(formula, lambda name: f"【{name}】") == words


@pytest.mark.parametrize(
    ("formula", "both"),
    [
        ("=ABS(实际支出-累计支付-第三方费)<0.005", ("实际支出", "(累计支付)+(第三方费)")),
        ("=累计<=IF(N(审计)=0,合同,审计)", ("累计", "IF(N(审计)=0,合同,审计)")),
        ("=AND(甲>乙,丙>丁)", ()),
        ('=名称<>""', ()),
    ],
)
def test_what_a_relation_holds_against_each_other(formula: str, both: tuple[str, ...]) -> None:
    assert sides(formula) == both
