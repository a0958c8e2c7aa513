"""Printing never fails, whatever number a cell holds."""

from decimal import Decimal

import pytest

from toolkit.text import amount, percent, plain, round_half_up, score


@pytest.mark.parametrize("number", ["1E+26", "9.99E+307", "-1E+300", "1E-300", "123456789012345678901234567890.125"])
def test_every_double_can_be_printed(number: str) -> None:
    value = Decimal(number)
    for say in (amount, percent, plain, score):
        assert say(value)
    assert abs(round_half_up(value, 2) - value) <= Decimal("0.005")
