"""Closures for operators: the common case of two numbers first, everything else behind it."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from toolkit.formula.arrays import Array, Operand, each
from toolkit.formula.environment import Scope
from toolkit.formula.forms import Run
from toolkit.formula.operators import (
    ARITHMETIC,
    COMPARISONS,
    NUMBERS,
    add,
    arithmetic,
    compared,
    equal,
    join,
    negate,
    percent,
    unequal,
)
from toolkit.model.values import Value

_EQUALITIES = {"=": equal, "<>": unequal}  # no need to know which of two texts comes first


def compile_binary(operator: str, left: Run, right: Run, known: Decimal | None = None) -> Run:
    """An operator between two compiled operands; ``known`` is the right one's value where it is a number literal."""
    if operator == "&":
        return lambda scope: _apply(join, left(scope), right(scope))
    if operator in COMPARISONS:
        of_any = _EQUALITIES.get(operator) or partial(compared, COMPARISONS[operator])
        return _compiled(NUMBERS[operator], of_any, left, right, known)
    compute = ARITHMETIC[operator]
    return _compiled(compute, partial(arithmetic, compute), left, right, known)


def compile_sum(terms: Sequence[Run]) -> Run:
    """Several terms added from left to right, without a call inside a call for each of them."""
    first, *others = terms
    of_any = partial(arithmetic, add)

    def run(scope: Scope) -> Operand:
        total = first(scope)
        for term in others:
            value = term(scope)
            if type(total) is Decimal and type(value) is Decimal:
                total = add(total, value)
            elif isinstance(total, tuple) or isinstance(value, tuple):
                total = each(of_any, total, value)
            else:
                total = of_any(total, value)
        return total

    return run


def compile_unary(operator: str, operand: Run) -> Run:
    """A sign or a percent mark on a compiled operand; a plus changes nothing, not even a text."""
    if operator == "+":
        return operand
    compute = negate if operator == "-" else percent

    def run(scope: Scope) -> Operand:
        value = operand(scope)
        return each(compute, value) if isinstance(value, Array) else compute(value)  # type: ignore[arg-type]

    return run


def _compiled(
    of_numbers: Callable[[Decimal, Decimal], Value],
    of_any: Callable[[Value, Value], Value],
    left: Run,
    right: Run,
    known: Decimal | None,
) -> Run:
    def compute(a: Value, b: Value) -> Value:
        if type(a) is Decimal and type(b) is Decimal:
            return of_numbers(a, b)
        return of_any(a, b)

    def run(scope: Scope) -> Operand:
        a = left(scope)
        b = right(scope)
        if type(a) is Decimal and type(b) is Decimal:
            return of_numbers(a, b)
        return each(compute, a, b) if isinstance(a, tuple) or isinstance(b, tuple) else of_any(a, b)

    def run_with_known(scope: Scope) -> Operand:
        a = left(scope)
        return of_numbers(a, known) if type(a) is Decimal else _apply(compute, a, known)  # type: ignore[arg-type]

    return run if known is None else run_with_known


def _apply(compute: Callable[[Value, Value], Value], a: Operand, b: Operand) -> Operand:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return each(compute, a, b)
    return compute(a, b)
