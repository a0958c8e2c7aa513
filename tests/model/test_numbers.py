"""How numbers are printed: halves go away from zero, and what was typed keeps every digit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.numbers import (
    amount,
    chinese_date,
    percent,
    plain,
    printed_score,
    readable,
    round_half_up,
    score,
)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("2.344999", 2, "2.34"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.5", 0, "2"),  # not to the even one
        ("2.5", 0, "3"),
        ("1E+300", 2, "1" + "0" * 300 + ".00"),
    ],
)
def test_halves_go_away_from_zero(number: str, places: int, rounded: str) -> None:
    assert f"{round_half_up(Decimal(number), places):f}" == rounded


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_rounding_to_the_places_a_number_has_changes_nothing(units: int, places: int) -> None:
    number = Decimal(units).scaleb(-places)
    assert round_half_up(number, places) == number


def test_two_decimals_where_none_are_asked_for() -> None:
    assert amount(Decimal("11738.075")) == "11,738.08"
    assert percent(Decimal("0.97255")) == "97.26%"
    assert score(Decimal("1093.495")) == "1093.50"
    assert printed_score(Decimal("3443.885")) == "3,443.89"


def test_other_places_where_they_are() -> None:
    assert (amount(Decimal("1738.5"), 0), amount(Decimal(2), 3)) == ("1,739", "2.000")
    assert (percent(Decimal("0.9949"), 0), score(Decimal("9.95"), 1)) == ("99%", "10.0")
    assert printed_score(Decimal(1000), 1) == "1,000.0"


@pytest.mark.parametrize(
    ("number", "text"),
    [("286.50", "286.5"), ("100", "100"), ("0.00", "0"), ("-0", "0"), ("1E+3", "1000"), ("1E-7", "0.0000001")],
)
def test_the_shortest_text_has_no_exponent_and_no_idle_zeros(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("123456789012.345", "123456789012.345"),  # fifteen digits can be typed
        ("12345678.1234567", "12345678.1234567"),
        ("123456789.1234567", "123456789.123457"),  # sixteen cannot
        ("1234567890.1234567", "1234567890.123457"),
        ("9.898611111111111111111111111", "9.898611"),
        ("0.6666666666666666666666666667", "0.666667"),
        ("0.0000000123456789012345678", "0.0000000123456789012345678"),  # of which six places would leave nothing
    ],
)
def test_what_a_division_gave_is_cut_and_what_was_typed_is_not(number: str, text: str) -> None:
    assert readable(Decimal(number)) == text


def test_a_date_in_words() -> None:
    assert chinese_date(date(2024, 9, 3)) == "2024年9月3日"
