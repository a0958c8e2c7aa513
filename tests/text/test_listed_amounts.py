"""Amounts listed in a scheme: units written with them count, and what is no amount is told."""

from decimal import Decimal

import pytest

from toolkit.text.listed_amounts import read_amounts

READ = [
    ("100、400", "万元", (100, 400)),
    ("100、400", "元", (100, 400)),
    ("100万元、400万元", "元", (1_000_000, 4_000_000)),
    ("100、400万元", "元", (1_000_000, 4_000_000)),
    ("50万元，1亿元", "万元", (50, 10_000)),
    ("1亿元；500", "万元", (500, 10_000)),
    ("4,000,000元和100万元", "万元", (100, 400)),
    ("400、100、400", "万元", (100, 400)),
]


@pytest.mark.parametrize(("text", "unit", "amounts"), READ)
def test_amounts_are_told_in_the_unit_of_the_scheme(text, unit, amounts):
    assert read_amounts(text, unit) == tuple(map(Decimal, amounts))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("大中小", "里没有金额"),
        ("100个、400个", "“400个”不是金额"),
        ("10%", "“10%”不是金额"),
        ("0、400", "“0”不是金额"),
    ],
)
def test_what_is_no_amount_is_told(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_amounts(text, "万元")
