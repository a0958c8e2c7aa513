"""Amounts in Chinese numerals: what is written by the rules is read, what two people would read differently is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formula.functions.chinese_numerals import chinese_numeral as written
from toolkit.text.spelled_amounts import read_spelled_amount

JIAO_FEN = ("零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖")


@given(yuan=st.integers(1, 10**12 - 1), jiao=st.integers(0, 9), fen=st.integers(0, 9))
def test_every_amount_written_by_the_rules_is_read_to_the_fen(yuan: int, jiao: int, fen: int) -> None:
    """A 0 before 分 is written where there is no 角; 整 closes an amount without 分."""
    tenths = f"{JIAO_FEN[jiao]}角" if jiao else "零" if fen else ""
    end = f"{JIAO_FEN[fen]}分" if fen else "整"
    text = f"人民币{written(str(yuan), formal=True)}元{tenths}{end}"
    assert read_spelled_amount(text) == yuan + Decimal(jiao) / 10 + Decimal(fen) / 100


@given(st.integers(1, 10**12 - 1))
def test_everyday_numerals_are_read_alike(yuan: int) -> None:
    assert read_spelled_amount(f"{written(str(yuan), formal=False)}元") == yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("零元整", "0"),
        ("拾元", "10"),
        ("拾伍万元整", "150000"),
        ("两百万圆", "2000000"),
        ("贰元零伍分", "2.05"),
        ("贰元伍角叁分", "2.53"),
        ("人民币（大写）：叁佰元整", "300"),
    ],
)
def test_ways_of_writing(text: str, amount: str) -> None:
    assert read_spelled_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "万元",
        "亿元",
        "300元",
        "三百二元",
        "壹佰贰元",
        "伍角",
        "壹万亿元",
        "壹元贰角叁角",
        "壹拾贰拾元",
        "叁佰",
        "叁佰元左右",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_nothing(text: str) -> None:
    assert read_spelled_amount(text) is None
