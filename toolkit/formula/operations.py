"""Closures for operators: the common case of two numbers first, everything else behind it."""

from collections.abc import Callable
from decimal import Decimal, Overflow

from toolkit.formula.arrays import Array, Operand, each
from toolkit.formula.coerce import CONTEXT, ZERO, settle
from toolkit.formula.environment import Scope
from toolkit.formula.forms import Run
from toolkit.formula.operators import (
    ARITHMETIC,
    COMPARISONS,
    arithmetic,
    compared,
    join,
    negate,
    percent,
)
from toolkit.model.values import ErrorValue, Value

_divide, _multiply = CONTEXT.divide, CONTEXT.multiply


def compile_binary(operator: str, left: Run, right: Run) -> Run:
    """An operator between two compiled operands."""
    if operator == "&":
        return _general(join, left, right)
    if operator in {"=", "<>"}:
        return _equality(operator, left, right)
    if operator in COMPARISONS:
        return _comparison(operator, left, right)
    return _QUICK.get(operator, _arithmetic)(ARITHMETIC[operator], left, right)


def compile_unary(operator: str, operand: Run) -> Run:
    """A sign or a percent mark on a compiled operand; a plus changes nothing, not even a text."""
    if operator == "+":
        return operand
    compute = negate if operator == "-" else percent

    def run(scope: Scope) -> Operand:
        value = operand(scope)
        return each(compute, value) if isinstance(value, Array) else compute(value)  # type: ignore[arg-type]

    return run


def compile_zero_test(operand: Run) -> Run:
    """``x=0``, which guards nearly every rate."""
    is_zero = COMPARISONS["="]

    def otherwise(value: Value) -> Value:
        return compared(is_zero, value, ZERO)

    def run(scope: Scope) -> Operand:
        value = operand(scope)
        if type(value) is Decimal:
            return not value
        return each(otherwise, value) if isinstance(value, tuple) else otherwise(value)

    return run


def _arithmetic(compute: Callable[[Decimal, Decimal], Value], left: Run, right: Run) -> Run:
    def otherwise(a: Value, b: Value) -> Value:
        return arithmetic(compute, a, b)

    def run(scope: Scope) -> Operand:
        a = left(scope)
        b = right(scope)
        if type(a) is Decimal and type(b) is Decimal:
            return compute(a, b)
        return _apply(otherwise, a, b)

    return run


def _division(compute: Callable[[Decimal, Decimal], Value], left: Run, right: Run) -> Run:
    """The commonest operator of rates, one call shorter."""

    def otherwise(a: Value, b: Value) -> Value:
        return arithmetic(compute, a, b)

    def run(scope: Scope) -> Operand:
        a = left(scope)
        b = right(scope)
        if type(a) is Decimal and type(b) is Decimal and b:
            try:
                return _divide(a, b)
            except Overflow:
                return ErrorValue.NUM
        return _apply(otherwise, a, b)

    return run


def _multiplication(compute: Callable[[Decimal, Decimal], Value], left: Run, right: Run) -> Run:
    def otherwise(a: Value, b: Value) -> Value:
        return arithmetic(compute, a, b)

    def run(scope: Scope) -> Operand:
        a = left(scope)
        b = right(scope)
        if type(a) is Decimal and type(b) is Decimal:
            try:
                return _multiply(a, b)
            except Overflow:
                return ErrorValue.NUM
        return _apply(otherwise, a, b)

    return run


_QUICK = {"/": _division, "*": _multiplication}


def _equality(operator: str, left: Run, right: Run) -> Run:
    same = operator == "="
    test = COMPARISONS[operator]

    def otherwise(a: Value, b: Value) -> Value:
        return compared(test, a, b)

    def run(scope: Scope) -> Operand:
        a = left(scope)
        b = right(scope)
        if type(a) is Decimal and type(b) is Decimal:
            return same is (a == b or settle(a) == settle(b))
        return _apply(otherwise, a, b)

    return run


def _comparison(operator: str, left: Run, right: Run) -> Run:
    test = COMPARISONS[operator]
    above, not_equal = operator[0] == ">", len(operator) == 1

    def otherwise(a: Value, b: Value) -> Value:
        return compared(test, a, b)

    def run(scope: Scope) -> Operand:
        a = left(scope)
        b = right(scope)
        if type(a) is Decimal and type(b) is Decimal:
            a, b = (settle(a), settle(b)) if above else (settle(b), settle(a))
            return a > b if not_equal else a >= b
        return _apply(otherwise, a, b)

    return run


def _general(compute: Callable[[Value, Value], Value], left: Run, right: Run) -> Run:
    def run(scope: Scope) -> Operand:
        return _apply(compute, left(scope), right(scope))

    return run


def _apply(compute: Callable[[Value, Value], Value], a: Operand, b: Operand) -> Operand:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return each(compute, a, b)
    return compute(a, b)
