"""Numbers as people write them: what is read, how exactly it was printed, and what is no number."""

from decimal import Decimal
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formula.functions.chinese_numerals import chinese_numeral as written_in_words
from toolkit.text import amount, percent
from toolkit.text.numerals import MONEY_UNITS, Hedge, chinese_numeral, figures_in, read_figure

# the text, its value, its unit, what it comes to (元, a fraction, pieces), how it is meant
FIGURES = [
    ("300", "300", "", "300", Hedge.EXACT),
    ("３００．５", "300.5", "", "300.5", Hedge.EXACT),
    ("1,032.28", "1032.28", "", "1032.28", Hedge.EXACT),
    ("-5", "-5", "", "-5", Hedge.EXACT),
    (".5", "0.5", "", "0.5", Hedge.EXACT),
    ("300万元", "300", "万元", "3000000", Hedge.EXACT),
    ("1.2亿元", "1.2", "亿元", "120000000", Hedge.EXACT),
    ("￥300.50", "300.50", "", "300.50", Hedge.EXACT),
    ("97.26%", "97.26", "%", "0.9726", Hedge.EXACT),
    ("3‰", "3", "‰", "0.003", Hedge.EXACT),
    ("3.2个百分点", "3.2", "个百分点", "0.032", Hedge.EXACT),
    ("百分之三十五", "35", "%", "0.35", Hedge.EXACT),
    ("八成", "8", "成", "0.8", Hedge.EXACT),
    ("叁佰万元整", "300", "万元整", "3000000", Hedge.EXACT),
    ("三十八个", "38", "个", "38", Hedge.EXACT),
    ("八十九点六分", "89.6", "分", "89.6", Hedge.EXACT),
    ("320台（套）", "320", "台(套)", "320", Hedge.EXACT),
    ("一万二千人次", "12000", "人次", "12000", Hedge.EXACT),
    ("200万人次", "200", "万人次", "2000000", Hedge.EXACT),
    ("约300", "300", "", "300", Hedge.ABOUT),
    ("300左右", "300", "", "300", Hedge.ABOUT),
    ("20余个", "20", "个", "20", Hedge.ABOUT),
    ("2000多万元", "2000", "万元", "20000000", Hedge.ABOUT),
    ("近两百家", "200", "家", "200", Hedge.ABOUT),
    ("超1000万元", "1000", "万元", "10000000", Hedge.ABOVE),
    ("超过90%", "90", "%", "0.9", Hedge.ABOVE),
    ("不足5天", "5", "天", "5", Hedge.BELOW),
    ("≥95%", "95", "%", "0.95", Hedge.AT_LEAST),
    ("不低于3秒", "3", "秒", "3", Hedge.AT_LEAST),
    ("90分以上", "90", "分", "90", Hedge.AT_LEAST),
    ("不超过1.2亿元", "1.2", "亿元", "120000000", Hedge.AT_MOST),
    ("≤8小时", "8", "小时", "8", Hedge.AT_MOST),
]
NO_FIGURES = [
    "",
    "万元",
    "1,23",
    "1,2345",
    "3.4.5",
    "已支付50%",
    "300万元（含税）",
    "2024-03-05",
    "一统",
    "十百",
    "1e5",
    "٣",
]


@pytest.mark.parametrize(("text", "value", "unit", "base", "hedge"), FIGURES)
def test_a_figure(text: str, value: str, unit: str, base: str, hedge: Hedge) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.value, figure.unit, figure.hedge) == (Decimal(value), unit, hedge)
    assert figure.base == Decimal(base)
    assert figure.upper is None


TIMES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
CURRENCIES = ("元", "元整", "元人民币", "美元", "欧元", "港元", "日元", "英镑")


@pytest.mark.parametrize("multiple", ["", "百", "千", "万", "百万", "千万", "亿", "万亿"])
@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_multiple_of_every_currency_is_that_many(multiple: str, currency: str) -> None:
    """千万元整 is ten million; each sign of the multiple is one factor."""
    found = read_figure(f"3{multiple}{currency}")
    assert found is not None
    assert (found.unit, found.base) == (f"{multiple}{currency}", 3 * prod(TIMES[sign] for sign in multiple))
    assert (found.unit in MONEY_UNITS) is currency.startswith("元")


@pytest.mark.parametrize("multiple", ["万", "百万", "千万", "亿", "万亿"])
def test_a_large_multiple_counts_money_alone_and_things_before_their_unit(multiple: str) -> None:
    many = prod(TIMES[sign] for sign in multiple)
    assert MONEY_UNITS[multiple] == many
    assert [found.base for found in figures_in(f"服务{multiple}人次、3{multiple}人次、3.5{multiple}")] == [
        3 * many,
        many * 7 / 2,
    ]


@pytest.mark.parametrize("text", ["3千瓦", "3千米", "3天"])
def test_a_thousand_within_a_unit_multiplies_nothing(text: str) -> None:
    assert [found.base for found in figures_in(text)] == [3]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_is_no_figure(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("300-320", 300, 320, ""),
        ("80—90分", 80, 90, "分"),
        ("5%至8%", 5, 8, "%"),
        ("三至五个", 3, 5, "个"),
        ("3～5万元", 3, 5, "万元"),
    ],
)
def test_a_range(text: str, low: int, high: int, unit: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert (figure.value, figure.upper, figure.unit, figure.exact) == (low, high, unit, False)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("97.26%", "0.97255", "0.97265"),
        ("93.97%", "0.93965", "0.93975"),
        ("1,234.50万元", "12344950", "12345050"),
        ("12亿元", "1150000000", "1250000000"),
        ("3.2个百分点", "0.0315", "0.0325"),
    ],
)
def test_how_exactly_it_was_printed(text: str, low: str, high: str) -> None:
    figure = read_figure(text)
    assert figure is not None
    assert figure.interval == (Decimal(low), Decimal(high))


def test_figures_in_prose_stand_at_their_places() -> None:
    text = "到位率９７.26％，提高3.2个百分点，一是统一支付1,234.56万元，三十八个项目，得80—90分，超过200万人次。"
    found = [(text[one.start : one.end], one.unit) for one in figures_in(text)]
    assert found == [
        ("９７.26％", "%"),
        ("3.2个百分点", "个百分点"),
        ("1,234.56万元", "万元"),
        ("三十八个", "个"),
        ("80—90分", "分"),
        ("超过200万人次", "万人次"),
    ]


@given(st.integers(0, 99_999_999))
def test_what_is_written_in_words_is_read_from_them(number: int) -> None:
    for formal in (False, True):
        assert chinese_numeral(written_in_words(str(number), formal=formal)) == number


@pytest.mark.parametrize("text", ["一" * 9_000, "一" * 9_000 + "万三千"])
def test_thousands_of_signs_are_no_numeral(text):
    assert chinese_numeral(text) is None
    assert all(figure.value == 0 for figure in figures_in(f"共{text}元") if figure.in_words)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_what_we_print_is_read_back(number: Decimal) -> None:
    for text, factor in ((amount(number, 4), 1), (percent(number, 4), 100)):
        figure = read_figure(text)
        assert figure is not None
        assert figure.value == number * factor
        assert figure.step == Decimal("0.0001")
