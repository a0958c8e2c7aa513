from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.values import ErrorValue, date_to_serial, serial_to_date


@pytest.mark.parametrize(
    ("day", "serial"),
    [
        (date(1900, 1, 1), 1),
        (date(1900, 2, 28), 59),
        (date(1900, 3, 1), 61),
        (date(2024, 1, 1), 45292),
        (date(9999, 12, 31), 2_958_465),
    ],
)
def test_serial_numbers_are_excels(day: date, serial: int):
    assert date_to_serial(day) == serial
    assert serial_to_date(Decimal(serial)) == day


def test_the_day_that_never_was_is_the_day_before():
    assert serial_to_date(60) == date(1900, 2, 28)


@pytest.mark.parametrize("serial", [-1, 2_958_466, Decimal("1e9")])
def test_numbers_that_are_no_days_are_refused(serial: Decimal):
    with pytest.raises(ValueError, match="1900 system"):
        serial_to_date(serial)


@given(st.dates(min_value=date(1900, 3, 1)))
def test_days_come_back(day: date):
    assert serial_to_date(date_to_serial(day)) == day
    if day < date.max:
        assert date_to_serial(day + timedelta(days=1)) == date_to_serial(day) + 1


def test_an_error_is_not_text():
    assert not isinstance(ErrorValue.NA, str)
    assert str(ErrorValue.DIV0) == "#DIV/0!"
