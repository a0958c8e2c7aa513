"""The worksheet functions we know; a function that is not here is #NAME?, never a guess.

A function is one Python function under a :func:`~toolkit.formula.functions.declare.function` declaration.
"""

from toolkit.formula.functions import (
    conditional,
    dates,
    information,
    logic,
    lookup,
    math,
    spread,
    statistics,
    text,
    working_days,
)
from toolkit.formula.functions.declare import FUNCTIONS, Function, Takes

_DECLARING = (conditional, dates, information, logic, lookup, math, spread, statistics, text, working_days)

__all__ = ["FUNCTIONS", "Function", "Takes"]
