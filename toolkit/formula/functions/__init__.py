"""The worksheet functions we know; a function that is not here is #NAME?, never a guess.

A function is one Python function under a :func:`~toolkit.formula.functions.declare.function` declaration.
"""

from toolkit.formula.functions import dates, information, logic, lookup, math, statistics, text
from toolkit.formula.functions.declare import FUNCTIONS, Function, Takes

_ROOMS = (dates, information, logic, lookup, math, statistics, text)

__all__ = ["FUNCTIONS", "Function", "Takes"]
