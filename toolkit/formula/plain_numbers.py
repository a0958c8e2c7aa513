"""A formula that is evaluated often, written as one Python function for the case that all it uses are plain numbers.

The closures define what a formula means and evaluate it. Where every name and cell holds a number and nothing goes
wrong, all that is left of them is decimal arithmetic; this module writes that arithmetic down without the closures
around it, with the contexts and limits they use. Anything else (a blank, a text, an error, a divisor of 0, an
overflow) leaves the function, and the closures answer.

Nothing of a formula becomes Python text: names and literals are handed in as constants, so that a hostile formula says
nothing here and formulas of one shape share one compiled text.
"""

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

from toolkit.formula.coerce import FINISHED_DIGITS, PRECISION, ZERO, finish, finished_digits, settle
from toolkit.formula.plain_writer import ENDS, METHODS, ROUNDINGS, NotPlainError, Writer
from toolkit.formula.tree import Node, walk

Evaluation: TypeAlias = Callable[..., Any]
"""Takes an environment, ``today`` and ``place``, as :meth:`toolkit.formula.evaluate.Compiled.evaluate` does."""

_MOST_NODES = 120


def _unusual() -> NoReturn:
    """Leave the function: the closures look closer."""
    raise ArithmeticError


def _strict(digits: int, rounding: str | None = None) -> Context:
    """The closures' context, in which what they answer with an error value leaves the function."""
    traps = [Overflow, InvalidOperation, DivisionByZero]
    return Context(prec=digits, Emax=ENDS - 1, Emin=-307, rounding=rounding, traps=traps)


_EXACT = _strict(PRECISION)
_TOOLS: Mapping[str, object] = MappingProxyType(
    {
        "__builtins__": {"type": type, "dict": dict, "bool": bool},
        "Decimal": Decimal,
        "UNUSUAL": (KeyError, ArithmeticError),
        "ZERO": ZERO,
        "unusual": _unusual,
        "settle": settle,
        "finish": finish,
        "finished": finished_digits,
        **{method: getattr(_EXACT, method) for method in METHODS.values()},
        **{f"quantize_{name}": _strict(FINISHED_DIGITS, mode).quantize for name, mode in ROUNDINGS.items()},
    }
)


def write_for_numbers(tree: Node, otherwise: Evaluation) -> Evaluation | None:
    """An evaluation that does plain numbers itself and hands everything else to ``otherwise``.

    None where the formula is more than names or cells of its own sheet, arithmetic, comparisons, IF, AND, OR, rounding,
    MIN, MAX, SUM and questions whether something is a number.
    """
    if sum(1 for _ in walk(tree)) > _MOST_NODES:
        return None
    writer = Writer()
    try:
        with writer.indented():
            writer.answer(tree)
    except NotPlainError:
        return None
    constants = [otherwise, *writer.names, *writer.constants]
    made: Evaluation = _compiled(writer.text())(*constants)
    return made


@lru_cache(maxsize=1024)
def _compiled(text: str) -> Callable[..., Evaluation]:
    scope: dict[str, Any] = dict(_TOOLS)
    exec(text, scope)  # noqa: S102  # our own words only: see the module's second paragraph
    make: Callable[..., Evaluation] = scope["make"]
    return make
