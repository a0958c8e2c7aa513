"""The worksheet functions we know; a function that is not here is #NAME?, never a guess.

A function is one Python function under a :func:`~toolkit.formula.functions.declare.function` declaration.
"""

from toolkit.formula.functions import (
    calendar_counts,
    conditional,
    dates,
    information,
    logic,
    lookup,
    math,
    rewriting,
    spread,
    statistics,
    text,
    time_of_day,
    working_days,
)
from toolkit.formula.functions.declare import FUNCTIONS, Function, Takes

_DECLARING = (
    calendar_counts,
    conditional,
    dates,
    information,
    logic,
    lookup,
    math,
    rewriting,
    spread,
    statistics,
    text,
    time_of_day,
    working_days,
)

__all__ = ["FUNCTIONS", "Function", "Takes"]
