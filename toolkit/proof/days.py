"""The days of a text, kept: five rules ask for those of every paragraph and cell."""

import re
from datetime import date
from functools import lru_cache

from toolkit.proof.document import Cell
from toolkit.text.days import Day
from toolkit.text.days import days_in as _days_in
from toolkit.text.folding import half_width


@lru_cache(10_000)
def days_in(text: str) -> tuple[Day, ...]:
    """As :func:`toolkit.text.days.days_in`."""
    return tuple(_days_in(text))


def day_of(cell: Cell) -> date | None:
    """The one day that a cell holds; None where it holds none, several, or a range of days."""
    days = days_in(half_width(cell.text))
    return days[0].date if len(days) == 1 and not re.search("[至—~～]", cell.text) else None
