"""The conditions of COUNTIF, SUMIF and the like: ``">5"``, ``"<>"``, ``"市*"``, 12."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from toolkit.formula.coerce import ZERO, number_in, settle
from toolkit.formula.functions.wildcard import MAX_PATTERN, has_wildcard, matcher
from toolkit.formula.operators import COMPARISONS, order_texts
from toolkit.model.values import ERRORS, Value

Criterion: TypeAlias = Callable[[Value], bool]

_OPERATOR = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)


def criterion(wanted: Value) -> Criterion:
    """A condition as a test of one cell.

    Source: Excel help, COUNTIF (numbers match texts that look like them; ``=`` blanks; ``<>`` anything but blanks;
    wildcards in texts, any case).
    """
    if wanted is None:
        return _number_test("=", ZERO)
    if isinstance(wanted, Decimal):
        return _number_test("=", wanted)
    if not isinstance(wanted, str):
        return lambda cell: cell is wanted
    return _text_criterion(wanted)


def equality_key(wanted: Value) -> Decimal | str | None:
    """What cells must be equal to, a number or a text in upper case; None for any other condition."""
    if wanted is None or isinstance(wanted, Decimal):
        return settle(wanted or ZERO)
    found = _OPERATOR.fullmatch(wanted) if isinstance(wanted, str) else None
    if found is None or found[1] not in {None, "="} or not found[2]:
        return None
    operand = found[2]
    number = number_in(operand)
    if number is not None:
        return settle(number)
    special = operand.upper() in {"TRUE", "FALSE", *ERRORS} or has_wildcard(operand) or len(operand) > MAX_PATTERN
    return None if special else operand.upper()


def _text_criterion(text: str) -> Criterion:
    found = _OPERATOR.fullmatch(text)
    sign, operand = (found[1], found[2]) if found else (None, text)
    if not operand:
        return _emptiness_test(sign)
    number = number_in(operand)
    if number is not None:
        return _number_test(sign or "=", number)
    constant = {"TRUE": True, "FALSE": False}.get(operand.upper(), ERRORS.get(operand.upper()))
    if constant is not None:
        return _equality(sign, lambda cell: cell is constant)
    if sign in {None, "=", "<>"}:
        fits = matcher(operand)
        return _equality(sign, lambda cell: isinstance(cell, str) and fits(cell))
    ordered = COMPARISONS[sign or "="]
    return lambda cell: isinstance(cell, str) and ordered(order_texts(cell, operand))


def _emptiness_test(sign: str | None) -> Criterion:
    match sign:
        case None:
            return lambda cell: cell is None or (type(cell) is str and not cell)
        case "=":
            return lambda cell: cell is None
        case "<>":
            return lambda cell: cell is not None
        case _:
            return lambda _cell: False


def _equality(sign: str | None, test: Criterion) -> Criterion:
    return (lambda cell: not test(cell)) if sign == "<>" else test


def _number_test(sign: str, number: Decimal) -> Criterion:
    wanted = settle(number)

    def equal(cell: Value) -> bool:
        value = number_in(cell) if isinstance(cell, str) else cell
        return isinstance(value, Decimal) and settle(value) == wanted

    if sign in {"=", "<>"}:
        return _equality(sign, equal)
    ordered = COMPARISONS[sign]

    def compares(cell: Value) -> bool:
        if not isinstance(cell, Decimal):
            return False
        value = settle(cell)
        return ordered((value > wanted) - (value < wanted))

    return compares
