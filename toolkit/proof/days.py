"""The days of a text, kept: five rules ask for those of every paragraph and cell."""

from functools import lru_cache

from toolkit.text.days import Day
from toolkit.text.days import days_in as _days_in


@lru_cache(10_000)
def days_in(text: str) -> tuple[Day, ...]:
    """As :func:`toolkit.text.days.days_in`."""
    return tuple(_days_in(text))
