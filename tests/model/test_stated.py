"""Values of findings: how they are printed, what is compared, and that they come back from plain text as they went."""

from datetime import date
from decimal import Decimal

import pytest

from toolkit.model import CellRef, Comparison, ErrorValue, Finding, Form, Sentence, Severity, Stated
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.model.stated import Content, followed, listed

AT = CellRef("表.xlsx", "资金情况", "C5")
MONEY = Stated(Decimal("1566233.2250"), Form.GROUPED, "元")


def finding(found: Content = "", expected: Content = "", told: str | Sentence = "有疑问") -> Finding:
    return Finding("FUND-05", Severity.WARNING, AT, told, found=found, expected=expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Stated(None), "空白"),
        (Stated(""), "空白"),
        (Stated("优"), "优"),
        (Stated(ErrorValue.DIV0), "#DIV/0!"),
        (Stated(Decimal("286.50"), unit="万元"), "286.5万元"),
        (Stated(Decimal("1E+26")), "1" + "0" * 26),
        (Stated(Decimal("0.123456789012345")), "0.123456789012345"),
        (Stated(Decimal(7127) / 720, unit="元"), "9.898611元"),
        (Stated(Decimal(1) / 3, Form.PERCENT), "33.333333%"),
        (Stated(Decimal(1) / 3 / 10**9), str(f"{Decimal(1) / 3 / 10**9:f}")),
        (MONEY, "1,566,233.2250元"),
        (Stated(Decimal("1.123456789"), Form.GROUPED), "1.123457"),
        (Stated(Decimal(3), Form.GROUPED, places=0), "3"),
        (Stated(Decimal("93.5"), Form.FIXED), "93.50"),
        (Stated(Decimal("0.97265"), Form.PERCENT, places=2), "97.27%"),
        (Stated(Decimal("0.97265"), Form.PERCENT), "97.265%"),
        (Stated(date(2024, 3, 5)), "2024年3月5日"),
        (Stated(date(2024, 3, 5), Form.ISO), "2024-03-05"),
    ],
)
def test_a_value_is_printed_by_its_form(value: Stated, text: str) -> None:
    assert str(value) == text
    assert finding(value).as_json()["found"] == text


def test_braces_of_people_are_no_placeholders() -> None:
    told = listed([("甲{0}＝", MONEY), ("{乙}＝", Stated("{v0}"))], "，", before="{x}：", end="{")
    assert str(told) == "{x}：甲{0}＝1,566,233.2250元，{乙}＝{v0}{"
    assert str(followed(told, "；{等}")) == f"{told}；{{等}}"
    assert followed("甲", "乙") == "甲乙"


def test_a_template_from_outside_gets_the_words_and_nothing_else() -> None:
    forged = Sentence("{found.__class__}{found!r}{found:>9999999}{0}{lost}{found}{", (("found", MONEY),))
    assert str(forged) == f"{{found.__class__}}{{found!r}}{{found:>9999999}}{{0}}{{lost}}{MONEY}{{"
    assert str(Stated(Decimal("1E+400"), Form.PERCENT, places=10**9)).endswith(f"0.{'0' * 30}%")
    assert str(Stated(Decimal("12.5"), Form.FIXED, places=-9)) == "13"
    with pytest.raises(DamagedValueError):
        from_plain_text(plain_text(Decimal("1E+999999999"), Decimal), Decimal)


def test_figures_of_one_kind_are_compared_and_nothing_else() -> None:
    assert finding(MONEY, Stated(Decimal(66233))).comparison == Comparison(
        MONEY.number or Decimal(0), Decimal(66233), "元"
    )
    rate = Stated(Decimal("0.5"), Form.PERCENT)
    assert finding(MONEY, rate).comparison is None
    assert finding(Stated(date(2024, 1, 1)), Stated(date(2024, 1, 2))).comparison is None
    assert finding("100万元", MONEY).comparison is None
    assert finding(Sentence("甲＝1", figure=MONEY), Sentence("甲≤0", figure=MONEY)).comparison is not None


@pytest.mark.parametrize(
    "content",
    ["", "文字", MONEY, Stated(None), Stated(ErrorValue.NA), Stated(date(2024, 3, 5), Form.ISO), Stated(value=True),
     Stated(Decimal("0E+99")), listed([("甲＝", MONEY)], "，", figure=MONEY)],
)  # fmt: skip
def test_a_finding_is_the_same_after_it_was_stored(content: Content) -> None:
    told = Sentence.of("{label}：{found}", {"label": "甲", "found": content})
    stored = finding(content, content, told)
    back = from_plain_text(plain_text((stored,), tuple[Finding, ...]), tuple[Finding, ...])
    assert back == (stored,)
    assert [each.as_json() for each in back] == [stored.as_json()]
    assert type(back[0].found) is type(content)


@pytest.mark.parametrize(
    ("template", "name", "told"),
    [
        ("“{name}”没有填写", "问卷“很满意”份数", "“问卷‘很满意’份数”没有填写"),
        ("“{name}”没有填写", "预算资金", "“预算资金”没有填写"),
        ("{name}没有填写", "“甲”“乙”", "“甲”“乙”没有填写"),
        ("“{name}等”没有填写", "“甲”", "““甲”等”没有填写"),
    ],
)
def test_a_word_between_quotation_marks_has_its_own_as_the_inner_ones(template: str, name: str, told: str) -> None:
    """GB/T 15834: ‘’ within “”; a list of quoted names keeps its marks."""
    assert str(Sentence.saying(template, name=name)) == told
