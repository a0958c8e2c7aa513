"""The reading grammar: what units type, and what becomes of it. One line per habit."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collect.collect_cells import cell
from toolkit import collect
from toolkit.collect.dates import FIRST_YEAR, LAST_YEAR
from toolkit.collect.normalise import Expectation, Normal, normalise, original_text
from toolkit.collect.wording import READING_RULES
from toolkit.model import ErrorValue, FieldType, ReadState, date_to_serial

WAN = Expectation(FieldType.AMOUNT, "万元")
YUAN = Expectation(FieldType.AMOUNT, "元")
COUNT = Expectation(FieldType.NUMBER, "个")
BARE = Expectation(FieldType.NUMBER)
RATE = Expectation(FieldType.RATE, "%")
DAY = Expectation(FieldType.DATE)
WORDS = Expectation(FieldType.TEXT)
GIVEN = Expectation(FieldType.CHOICE, choices=("已提供", "未提供", "不适用"))
WHETHER = Expectation(FieldType.YESNO)
MET = Expectation(FieldType.CHOICE, choices=("符合", "不符合"))
MARCH_5 = date_to_serial(date(2024, 3, 5))

READ = [
    (WAN, "286.5", "286.5", "READ-01"),
    (WAN, "２８６．５", "286.5", "READ-01 READ-02"),
    (WAN, "1,032.28", "1032.28", "READ-01 READ-03"),
    (WAN, "1，032.28", "1032.28", "READ-01 READ-02 READ-03"),
    (WAN, " 286.5 ", "286.5", "READ-01"),
    (WAN, "￥286.5", "286.5", "READ-01 READ-02 READ-15"),
    (WAN, "286.5万元", "286.5", "READ-04"),
    (WAN, "286.5 万", "286.5", "READ-04"),
    (WAN, "2000万", "2000", "READ-04"),
    (WAN, "2,865,000元", "286.5", "READ-05 READ-03"),
    (WAN, "0.5亿元", "5000", "READ-05"),
    (WAN, "30千元", "3", "READ-05"),
    (WAN, "30千元人民币", "3", "READ-05"),
    (WAN, "2千万", "2000", "READ-05"),
    (WAN, "2千万元整", "2000", "READ-05"),
    (YUAN, "286.5万元", "2865000", "READ-05"),
    (WAN, "-12.5", "-12.5", "READ-01"),
    (WAN, "0", "0", "READ-01"),
    (COUNT, "20个", "20", "READ-04"),
    (COUNT, "20", "20", "READ-01"),
    (BARE, "12场", "12", "READ-04"),
    (COUNT, "0.6万", "6000", "READ-05"),
    (COUNT, "1.2万个", "12000", "READ-05"),
    (Expectation(FieldType.NUMBER, "小时"), "210分钟", "3.5", "READ-05"),
    (Expectation(FieldType.NUMBER, "小时"), "20分钟", "0.333333333333333", "READ-05"),
    (Expectation(FieldType.NUMBER, "秒"), "1500ms", "1.5", "READ-05"),
    (Expectation(FieldType.NUMBER, "秒"), "1.5s", "1.5", "READ-04"),
    (Expectation(FieldType.NUMBER, "年"), "36个月", "3", "READ-05"),
    (Expectation(FieldType.NUMBER, "月"), "3年", "36", "READ-05"),
    (BARE, "1,200人次", "1200", "READ-04 READ-03"),
    (RATE, "98%", "0.98", "READ-06"),
    (RATE, "９８．５％", "0.985", "READ-06 READ-02"),
    (RATE, "0.98", "0.98", "READ-01"),
    (RATE, "98", "0.98", "READ-07"),
    (RATE, "180%", "1.8", "READ-06"),
    (RATE, "5‰", "0.005", "READ-06"),
    (WAN, "102.20000000000002", "102.2", "READ-01"),
    (WAN, "1052.93。", "1052.93", "READ-01 READ-15"),
    (WAN, "270。5", "270.5", "READ-01 READ-02"),
    (WAN, "270 万 元", "270", "READ-04 READ-15"),
    (WAN, "1,052.93；", "1052.93", "READ-01 READ-02 READ-03 READ-15"),
    (WAN, "1052.93（万元）", "1052.93", "READ-04 READ-02 READ-15"),
    (YUAN, "1052.93(万元)", "10529300", "READ-05 READ-15"),
    (RATE, "97.26%。", "0.9726", "READ-06 READ-15"),
    (WAN, "壹佰贰拾万元整", "120", "READ-56"),
    (WAN, "人民币壹仟零伍拾贰万玖仟叁佰元整", "1052.93", "READ-56"),
    (YUAN, "（大写）人民币贰拾万零伍佰圆零叁分", "200500.03", "READ-56"),
    (YUAN, "壹亿零叁佰元伍角整", "100000300.5", "READ-56"),
    (YUAN, "零元整", "0", "READ-56"),
    (WAN, "三百万元", "300", "READ-56"),
    (WAN, "两千零五万元整", "2005", "READ-56"),
    (YUAN, "一十二万三千四百五十六元", "123456", "READ-56"),
]


@pytest.mark.parametrize(("want", "text", "value", "rules"), READ)
def test_numbers_written_as_text_are_read_and_the_reading_is_named(want, text, value, rules):
    normal = normalise(cell(text), want)
    assert (normal.state, normal.value, " ".join(normal.rules)) == (ReadState.VALUE, Decimal(value), rules)


SENT_BACK = [
    (WAN, "约100", "READ-21"),
    (WAN, "100左右", "READ-21"),
    (WAN, "100多万元", "READ-21"),
    (WAN, "≥100", "READ-22"),
    (WAN, "＞100", "READ-22"),
    (WAN, "100以上", "READ-22"),
    (WAN, "100-120", "READ-23"),
    (WAN, "100万元至120万元", "READ-23"),
    (WAN, "100~120万元", "READ-23"),
    (WAN, "已支付50%", "READ-24"),
    (WAN, "100万元（市级50万元）", "READ-24"),
    (WAN, "壹佰贰拾", "READ-24"),
    (WAN, "三百二万元", "READ-24"),
    (WAN, "三百多万元", "READ-21"),
    (WAN, "几百万元", "READ-24"),
    (WAN, "壹佰贰拾万", "READ-24"),
    (WAN, "约壹佰万元整", "READ-21"),
    (WAN, "佰壹万元整", "READ-24"),
    (WAN, "壹佰万元至贰佰万元", "READ-23"),
    (WAN, "壹佰万元整（1000000元）", "READ-24"),
    (COUNT, "壹佰元整", "READ-24"),
    (WAN, "1,03.28", "READ-24"),
    (WAN, "1.032,28", "READ-24"),
    (WAN, "1亿2000万", "READ-24"),
    (WAN, "100+20", "READ-24"),
    (WAN, "①", "READ-24"),
    (WAN, "(100)", "READ-24"),
    (WAN, "100（含税）", "READ-24"),
    (WAN, "100（其中监理20万元）", "READ-24"),
    (WAN, "320623198001011234", "READ-24"),
    (WAN, "98%", "READ-32"),
    (WAN, "100美元", "READ-32"),
    (COUNT, "12套", "READ-32"),
    (COUNT, "3万元", "READ-32"),
    (BARE, "3万", "READ-32"),
    (BARE, "98%", "READ-32"),
    (Expectation(FieldType.NUMBER, "小时"), "30分", "READ-32"),
    (Expectation(FieldType.NUMBER, "小时"), "1天", "READ-32"),
    (Expectation(FieldType.NUMBER, "年"), "90天", "READ-32"),
    (Expectation(FieldType.NUMBER, "分"), "3分钟", "READ-32"),
    (Expectation(FieldType.NUMBER, "%"), "3万", "READ-32"),
    (BARE, "3万人", "READ-32"),
    (RATE, "已完成", "READ-24"),
    (RATE, "1.8", "READ-28"),
    (RATE, "9800%", "READ-28"),
    (RATE, "286", "READ-28"),
    (DAY, "2024年11月31日", "READ-25"),
    (DAY, "11月31日", "READ-25"),
    (DAY, "2023-02-29", "READ-25"),
    (DAY, "2024年3月", "READ-27"),
    (DAY, "24.3.5", "READ-27"),
    (DAY, "2024-3—5", "READ-27"),
    (DAY, "2024.3.5—2024.4.1", "READ-27"),
    (DAY, "3/5/2024", "READ-27"),
    (DAY, "二季度", "READ-27"),
    (DAY, "0024-03-05", "READ-27"),
    (GIVEN, "部分提供", "READ-26"),
    (WHETHER, "基本是", "READ-26"),
    (MET, "基本符合", "READ-26"),
]


@pytest.mark.parametrize(("want", "text", "rule"), SENT_BACK)
def test_what_cannot_be_a_value_is_sent_back_with_the_reason(want, text, rule):
    normal = normalise(cell(text), want)
    assert (normal.state, normal.value, normal.rules) == (ReadState.REJECTED, None, (rule,))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("√", "符合"),
        ("是", "符合"),
        ("☑", "符合"),
        ("×", "不符合"),
        ("否", "不符合"),
        ("x", "不符合"),
        ("符合。", "符合"),
    ],
)
def test_a_tick_or_a_cross_between_a_word_and_its_contrary(text, answer):
    assert normalise(cell(text), MET) == Normal(ReadState.VALUE, answer, ("READ-10",))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是", "已提供"),
        ("√", "已提供"),
        ("否", "未提供"),
        ("×", "未提供"),
        ("提供", "已提供"),
        ("有", "已提供"),
        ("无", "未提供"),
    ],
)
def test_and_between_done_and_not_done_beside_what_does_not_apply(text, answer):
    assert normalise(cell(text), GIVEN) == Normal(ReadState.VALUE, answer, ("READ-10",))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("☑符合 □不符合", "符合"),
        ("□符合  ■不符合", "不符合"),
        ("符合☑　不符合□", "符合"),
        ("√符合", "符合"),
        ("√符合 √不符合", None),
        ("□符合 □不符合", None),
        ("☒符合 □不符合", None),
        ("☑符合 □不符合（见附件）", None),
        ("☑基本符合", None),
    ],
)
def test_one_box_ticked_among_the_answers_is_the_answer(text, answer):
    normal = normalise(cell(text), MET)
    read = (ReadState.VALUE, answer, ("READ-10",)) if answer else (ReadState.REJECTED, None, ("READ-26",))
    assert (normal.state, normal.value, normal.rules) == read
    yes_or_no = text.replace("不符合", "否").replace("符合", "是")
    asked = normalise(cell(yes_or_no), Expectation(FieldType.YESNO))
    assert asked.value == ({"符合": "是", "不符合": "否"}[answer] if answer else None)


@pytest.mark.parametrize("text", ["基本符合", "符合（部分）", "符合，但未批复", "应提供", "不提供"])
def test_an_answer_with_more_to_it_is_not_guessed(text):
    assert normalise(cell(text), MET).rules == normalise(cell(text), GIVEN).rules == ("READ-26",)


@pytest.mark.parametrize("choices", [("好", "较好", "差"), ("已验收", "已提供", "未提供"), ("公开招标", "单一来源")])
def test_a_tick_among_other_choices_is_not_guessed(choices):
    assert normalise(cell("是"), Expectation(FieldType.CHOICE, choices=choices)).rules == ("READ-26",)


DAYS = ["2024年3月5日", "2024.3.5", "2024-3-5", "2024/03/05", "２０２４．３．５", "20240305", "2024年03月05号"]


@pytest.mark.parametrize("text", [*DAYS, "2024-03-05 00:00:00", "2024 年 3 月 5 日"])
def test_written_dates_become_serial_numbers(text):
    assert normalise(cell(text), DAY).value == MARCH_5


def test_numeric_dates():
    assert normalise(cell(MARCH_5, "yyyy-mm-dd"), DAY).rules == ()
    assert normalise(cell(MARCH_5), DAY).rules == ("READ-18",)
    assert normalise(cell(20240305), DAY).value == MARCH_5
    assert normalise(cell(MARCH_5 + Decimal("0.75"), "yyyy-mm-dd"), DAY).value == MARCH_5
    for number in (2024, 12, Decimal("2024.3"), 20241131):
        assert normalise(cell(number), DAY).state is ReadState.REJECTED


def test_six_things_a_cell_can_say_stay_six():
    typed = [None, "", "　", 0, "/", "—", "\\", "无", "不适用", "Ｎ/Ａ", "待定", ErrorValue.DIV0]
    states = [normalise(cell(one), WAN).state.name for one in typed]
    assert states == ["BLANK"] * 3 + ["VALUE"] + ["NONE"] * 4 + ["NOT_APPLICABLE"] * 2 + ["PENDING", "ERROR"]
    assert normalise(cell(None, formula="=A1+A2", cached=False), WAN).state is ReadState.NOT_CALCULATED
    assert normalise(None, WAN).state is ReadState.BLANK


@pytest.mark.parametrize(
    ("number", "number_format", "value", "rules"),
    [
        (Decimal("0.98"), "General", "0.98", ()),
        (Decimal("1.3"), "0.00%", "1.3", ()),
        (Decimal(98), "General", "0.98", ("READ-07",)),
        (Decimal(98), "0.00%", "0.98", ("READ-07",)),
        (Decimal("1.8"), "0.00%", "1.8", ("READ-16",)),
        (Decimal("1.8"), "General", None, ("READ-28",)),
        (Decimal(286), "General", None, ("READ-28",)),
    ],
)
def test_the_same_rate_in_numbers(number, number_format, value, rules):
    normal = normalise(cell(number, number_format), RATE)
    assert (normal.value, normal.rules) == (None if value is None else Decimal(value), rules)


@pytest.mark.parametrize("formula", ["=A1/A2", None])
@pytest.mark.parametrize("number", [98, 9500])
def test_a_calculated_rate_is_taken_as_it_is(number, formula):
    """Also where the format of the file shows no formula: 9500 in a .xls is 950000 %, as in the .xlsx it was."""
    assert normalise(cell(Decimal(number), formula=formula), replace(RATE, calculated=True)) == Normal(
        ReadState.VALUE, Decimal(number)
    )


def test_a_rate_typed_as_a_formula_is_read_as_one_typed_as_a_number():
    assert normalise(cell(Decimal(98), formula="=90+8"), RATE) == normalise(cell(Decimal(98)), RATE)


def test_a_number_shown_as_something_else_is_sent_back():
    assert normalise(cell(Decimal("286.5"), "yyyy-mm-dd"), WAN).rules == ("READ-29",)
    assert normalise(cell(Decimal("2.865"), "0%"), WAN).rules == ("READ-29",)


def test_answers():
    assert normalise(cell(" 已 提供"), GIVEN).value == "已提供"
    assert normalise(cell("不适用"), GIVEN).value == "不适用", "an allowed answer comes before the word's own meaning"
    assert normalise(cell("√"), WHETHER).value == "是"
    assert normalise(cell(True), WHETHER).value == "是"
    assert normalise(cell("否"), WHETHER).rules == ()


def test_text_keeps_what_was_typed():
    assert normalise(cell(" =cmd|' /c calc'!A0 "), WORDS).value == "=cmd|' /c calc'!A0"
    assert normalise(cell(13800000000), WORDS).value == "13800000000"
    assert normalise(cell(999_999_999_999_999), WORDS).rules == ()
    assert normalise(cell(MARCH_5, "yyyy-mm-dd"), WORDS).value == "2024-03-05"


def test_original_text():
    contents = [None, "２ ", Decimal("1E+2"), True, ErrorValue.NA]
    assert [original_text(cell(one)) for one in contents] == ["", "２ ", "100", "TRUE", "#N/A"]


def test_every_rule_that_can_come_out_has_words():
    used = {rule for _, _, _, rules in READ for rule in rules.split()} | {rule for _, _, rule in SENT_BACK}
    assert used <= READING_RULES.keys()
    assert all(rule.words and rule.hint for rule in READING_RULES.values())


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@settings(max_examples=150)
@given(NUMBERS, st.sampled_from(["{}", "{:,}", "{}万元", "￥{}", " {} "]), st.booleans())
def test_every_way_of_writing_a_number_gives_that_number(number, written, wide):
    text = written.format(number)
    if wide:
        text = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert normalise(cell(text), WAN).value == number


@settings(max_examples=150)
@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.sampled_from(["年月日", ".", "-", "/"]))
def test_every_way_of_writing_a_day_gives_that_day(day, mark):
    text = f"{day.year}年{day.month}月{day.day}日" if len(mark) > 1 else mark.join(map(str, day.timetuple()[:3]))
    assert normalise(cell(text), DAY).value == date_to_serial(day)


@settings(max_examples=300)
@given(st.text(st.sampled_from("0123456789.,，%元万亿约至-~ ①一０５（)年月日.已付e+"), max_size=12))
def test_a_number_comes_only_out_of_text_whose_every_character_is_accounted_for(text):
    """Digits outside the one number, or words beside a known unit, always mean: sent back."""
    normal = normalise(cell(text), WAN)
    if normal.state is ReadState.VALUE:
        assert set(text) <= set("0123456789.,，０５-+ 元万亿")
        assert sum(map(text.count, "元万亿")) <= 2


def test_a_number_of_twenty_digits_pasted_as_a_number_is_asked_about():
    """An invoice's number keeps fifteen digits then, and nobody sees that the others became 0."""
    read = normalise(cell(24_112_000_000_001_000_000), WORDS)
    assert (read.value, read.rules) == ("24112000000001000000", ("READ-58",))
    assert normalise(cell("24112000000001234567"), WORDS).rules == ()


@pytest.mark.parametrize("text", ["1。270。5", "270.5。1", "270。"])
def test_a_full_stop_is_a_point_only_where_it_is_the_only_one(text: str):
    read = normalise(cell(text), WAN)
    assert read.value == (Decimal(270) if text == "270。" else None)


@pytest.mark.parametrize("text", ["27O", "2l"])
def test_a_letter_that_looks_like_a_digit_is_no_unit(text: str):
    assert normalise(cell(text), WAN).rules == ("READ-24",)


@settings(max_examples=100)
@given(st.text(max_size=30), st.sampled_from([WAN, RATE, DAY, COUNT, WORDS, GIVEN, WHETHER]))
def test_nothing_typed_makes_the_reader_fail(text, want):
    normal = normalise(cell(text), want)
    assert (normal.value is None) == (normal.state is not ReadState.VALUE)


def test_every_code_the_reader_can_give_is_declared():
    """Codes are written as text where they are given; a mistyped one would only show on the rare file that needs it."""
    rooms = Path(collect.__file__).parent.glob("*.py")
    given = {code for room in rooms for code in re.findall(r'"(READ-[0-9]{2})"', room.read_text("utf-8"))}
    assert given - {"READ-51", "READ-52", "READ-53", "READ-54", "READ-55", "READ-57"} == READING_RULES.keys()


@pytest.mark.parametrize("number", ["1E+26", "-1E+300", "1000000000000000", "999999999999999亿元"])
@pytest.mark.parametrize("want", [WAN, YUAN, COUNT])
def test_a_number_no_cell_can_keep_goes_back(want, number):
    content = cell(number) if number.endswith("元") else cell(Decimal(number))
    if want is COUNT and number.endswith("元"):
        return
    assert normalise(content, want).rules == ("READ-35",)
    assert normalise(cell(Decimal(999999999999999)), want).state is ReadState.VALUE
