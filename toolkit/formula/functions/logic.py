"""AND, OR, NOT, XOR and the constants; IF and others that choose before they calculate are in ``forms``."""

from toolkit.formula.arrays import Operand
from toolkit.formula.functions.declare import Takes, function
from toolkit.formula.functions.flatten import logicals_in
from toolkit.model.values import ErrorValue, Value


@function("AND", Takes.OPERAND, repeats=1)
def all_true(*operands: Operand) -> Value:
    """Whether every condition holds."""
    found = logicals_in(operands)
    return found if isinstance(found, ErrorValue) else all(found)


@function("OR", Takes.OPERAND, repeats=1)
def any_true(*operands: Operand) -> Value:
    """Whether at least one condition holds."""
    found = logicals_in(operands)
    return found if isinstance(found, ErrorValue) else any(found)


@function("XOR", Takes.OPERAND, repeats=1)
def odd_true(*operands: Operand) -> Value:
    """Whether an odd number of conditions hold."""
    found = logicals_in(operands)
    return found if isinstance(found, ErrorValue) else sum(found) % 2 == 1


@function("NOT", Takes.LOGICAL)
def negation(condition: bool) -> Value:
    """The opposite."""
    return not condition


@function("TRUE")
def true() -> Value:
    """TRUE as a function, which is how LibreOffice saves the constant."""
    return True


@function("FALSE")
def false() -> Value:
    """FALSE as a function."""
    return False
