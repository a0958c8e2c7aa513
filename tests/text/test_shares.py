"""Shares as people write them, and what is none."""

from decimal import Decimal

import pytest

from toolkit.text.shares import read_share, share_or


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("60%", "0.6"), ("60％", "0.6"), ("0.6", "0.6"), ("60", "0.6"), ("0%", "0"), ("0", "0"), ("100%", "1"),
        ("100", "1"), ("1", "1"), ("1%", "0.01"), ("0.5%", "0.005"), ("1.5", "0.015"),
    ],
)  # fmt: skip
def test_a_share_with_and_without_its_sign(text: str, share: str) -> None:
    assert read_share(text) == Decimal(share)
    assert share_or(text, Decimal(9)) == Decimal(share)


@pytest.mark.parametrize("text", ["", "多数", "一成", "约60%", "60-70%", "60分", "￥60", "-1%", "101%", "101", "六十"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"不是数|应在0%–100%之间"):
        read_share(text)
    assert share_or(text, Decimal("0.1")) == Decimal("0.1")


def test_some_shares_may_be_larger_than_the_whole() -> None:
    assert read_share("200%", Decimal(100)) == 2
    with pytest.raises(ValueError, match="0%–10000%"):
        read_share("10001%", Decimal(100))
