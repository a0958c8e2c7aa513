"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text import chinese_date
from toolkit.text.days import days_in, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "2024 年 3 月 5 号", "20240305", "２０２４－０３－０５",
        "二〇二四年三月五日", "二○二四年三月五号",
        "2024年3月5日 10:30", "2024-03-05T00:00:00", "2024\u200b年3月5",
    ],
)  # fmt: skip
def test_a_day(text: str) -> None:
    written = read_day(text)
    assert written is not None
    assert written.date == date(2024, 3, 5)


@pytest.mark.parametrize("text", ["2024年3月", "2024-3", "2024/03", "2024.3", "2024年3月份"])
def test_a_month_has_no_day(text: str) -> None:
    written = read_day(text)
    assert written is not None
    assert (written.year, written.month, written.day, written.date, written.exists) == (2024, 3, 0, None, True)


@pytest.mark.parametrize(
    ("text", "exists"),
    [("2024年11月31日", False), ("2025-02-29", False), ("2024-02-29", True), ("11月31日", False), ("2月29日", True),
     ("2024-13", False), ("0000-01-01", True)],
)  # fmt: skip
def test_days_that_cannot_be(text: str, *, exists: bool) -> None:
    written = read_day(text)
    assert written is not None
    assert written.exists is exists


@pytest.mark.parametrize(
    "text",
    ["", "2024", "3月", "月底", "2024-03.05", "2024-03-05日", "24-3-5", "2024年3", "1-2-3", "2024-03-051"],
)
def test_what_is_no_day(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "year", "form"),
    [
        ("2024年3月5日", 2024, "年"),
        ("2024-03-05", 2024, "-"),
        ("2024.3.5", 2024, "."),
        ("20240305", 2024, ""),
        ("二〇二四年三月五日", 2024, "年"),
        ("3月5日", 0, "年"),
    ],
)
def test_how_a_day_is_written_and_from_where_to_where(text: str, year: int, form: str) -> None:
    written = read_day(text)
    assert written is not None
    assert (written.year, written.month, written.day, written.form) == (year, 3, 5, form)
    assert (written.start, written.end) == (0, len(text))
    assert [(day.form, day.start, day.end) for day in days_in(f"于{text}。")] == (
        [(form, 1, 1 + len(text))] if text[0].isascii() and form else []
    )


@pytest.mark.parametrize("text", ["二〇二四年十十月五日", "二〇二四年三月二一十日"])
def test_signs_that_make_no_number_make_no_day(text: str) -> None:
    assert read_day(text) is None


def test_days_in_prose() -> None:
    text = "于2024年3月5日批复（江发改〔2024〕12号），6月30日前完工，2024.12.1验收，文号20240305，3月份支付。"
    assert [text[one.start : one.end] for one in days_in(text)] == ["2024年3月5日", "6月30日", "2024.12.1"]


@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)))
def test_what_we_print_is_read_back(day: date) -> None:
    for text in (day.isoformat(), chinese_date(day), f"{day:%Y/%m/%d}", f"{day:%Y%m%d}"):
        written = read_day(text)
        assert written is not None
        assert written.date == day
