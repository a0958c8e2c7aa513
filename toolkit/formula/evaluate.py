"""Tree → closures, compiled once and evaluated many times in exact decimals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from toolkit.formula.arrays import Operand, intersected, lifted, top_left
from toolkit.formula.calls import compile_function
from toolkit.formula.coerce import ZERO, finish
from toolkit.formula.environment import Environment, Scope
from toolkit.formula.forms import FORMS, Run
from toolkit.formula.functions import FUNCTIONS, Takes
from toolkit.formula.leaves import compile_area, compile_leaf, constant
from toolkit.formula.operations import compile_binary, compile_unary
from toolkit.formula.parser import Formula, parse
from toolkit.formula.quick import LEFT_THE_QUICK_WAY, Quick, compile_quick
from toolkit.formula.tokens import FormulaSyntaxError
from toolkit.formula.tree import (
    LAST_COLUMN,
    LAST_ROW,
    ArrayConstant,
    Binary,
    Call,
    Node,
    Reference,
    Unary,
    walk,
)
from toolkit.model.values import ErrorValue, Value

_PLACES = frozenset(("ROW", "COLUMN"))
SUPPORTED = frozenset((*FUNCTIONS, *FORMS, *_PLACES))
"""Names of the worksheet functions we calculate; any other is #NAME?, never a guess."""
_NO_VALUES: Mapping[str, Operand] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula ready to be evaluated any number of times, from any thread."""

    formula: Formula
    _run: Run = field(repr=False)
    _quick: Quick | None = field(repr=False)

    def evaluate(self, environment: Environment | Mapping[str, Operand], *, today: date | None = None) -> Value:
        """The formula's value; a blank result is 0, as a cell would show it.

        A mapping gives values by name, ``表[列]`` or address; see :class:`MappingEnvironment`. ``today`` is what
        TODAY() answers; without it TODAY() is #N/A, because the clock is never read.

        Units: those of the fields; rates are fractions, dates serial numbers.
        """
        if type(environment) is dict and (quick := self._quick):
            try:
                return quick(environment)
            except LEFT_THE_QUICK_WAY:
                pass
        if isinstance(environment, Mapping):
            scope = Scope(environment, None, today)
        else:
            scope = Scope(_NO_VALUES, environment, today)
        value = self._run(scope)
        if type(value) is Decimal:
            return finish(value)
        return _finished(value)


def _finished(value: Operand) -> Value:
    single = top_left(intersected(value))
    if isinstance(single, Decimal):
        return finish(single)
    return ZERO if single is None else single


def compile_formula(formula: Formula | str) -> Compiled:
    """Prepare a formula for evaluation.

    A function that is not supported is compiled too, and answers #NAME? when it is reached;
    :func:`unknown_functions` names it beforehand.

    Raises:
        FormulaSyntaxError: the text is not a formula, or a function has the wrong number of arguments.
    """
    if isinstance(formula, str):
        return _compiled(formula)
    return Compiled(formula, _compile(formula.tree, spread=False), compile_quick(formula.tree))


@lru_cache(maxsize=2048)  # a scheme's formulas are evaluated for every project; what is kept is immutable
def _compiled(text: str) -> Compiled:
    return compile_formula(parse(text))


def evaluate(text: str, environment: Environment | Mapping[str, Operand], today: date | None = None) -> Value:
    """The value of one formula, once.

    Raises:
        FormulaSyntaxError: as :func:`compile_formula`.
    """
    return compile_formula(text).evaluate(environment, today=today)


def unknown_functions(formula: Formula) -> tuple[str, ...]:
    """The functions of a formula that are not supported and evaluate to #NAME?, by name."""
    return tuple(sorted(formula.functions - SUPPORTED))


def _compile(node: Node, *, spread: bool) -> Run:
    """A node as one value (or array); ``spread`` turns areas into arrays instead of asking for a single cell."""
    match node:
        case Unary(operator, operand):
            return compile_unary(operator, _compile(operand, spread=spread))
        case Binary(operator, left, right):
            return compile_binary(operator, _compile(left, spread=spread), _compile(right, spread=spread))
        case Call():
            return _single_call(node, spread=spread)
        case _:
            return compile_leaf(node, spread=spread)


def _compile_operand(node: Node, *, spread: bool) -> Run:
    """A node as functions over many values see it: references stay areas, even of one cell."""
    if isinstance(node, Call):
        return _call(node, spread=spread, as_operand=True)
    if isinstance(node, Unary | Binary):
        return _compile(node, spread=spread)
    return compile_area(node)


def _single_call(node: Call, *, spread: bool) -> Run:
    call = _call(node, spread=spread, as_operand=False)
    if node.function not in {"INDEX", *FORMS}:
        return call
    settle_area = lifted if spread else intersected
    return lambda scope: settle_area(call(scope))


def _call(node: Call, *, spread: bool, as_operand: bool) -> Run:
    if node.function in FORMS:
        return _form(node, spread=spread, as_operand=as_operand)
    if node.function in _PLACES:
        return constant(_place(node))
    function = FUNCTIONS.get(node.function)
    if function is None:
        return constant(ErrorValue.NAME)
    takes = function.takes(len(node.arguments))
    if takes is None:
        raise _wrong_count(node, function.arity)
    inside = spread or function.spreads
    nodes = _with_equal_shapes(node)
    runs = [
        _compile_operand(argument, spread=inside) if take is Takes.OPERAND else _compile(argument, spread=spread)
        for argument, take in zip(nodes, takes, strict=True)
    ]
    return compile_function(function, takes, runs)


def _place(node: Call) -> Value:
    """The row or column of a reference; a formula does not know its own place, so that ROW() alone is #VALUE!."""
    match node.arguments:
        case (Reference() as reference,):
            return Decimal(reference.row if node.function == "ROW" else reference.column)
        case () | (_,):
            return ErrorValue.VALUE
        case _:
            raise _wrong_count(node, "0 到 1 个")


def _form(node: Call, *, spread: bool, as_operand: bool) -> Run:
    form, count = FORMS[node.function], len(node.arguments)
    if not form.fits(count):
        most = f"{form.least} 到 {form.most} 个" if form.least != form.most else f"{form.least} 个"
        raise _wrong_count(node, most + ("，且成对出现" if form.paired else ""))
    chosen_by_array = any(isinstance(part, ArrayConstant) for part in walk(node.arguments[0])) if count else False
    runs = []
    for at, argument in enumerate(node.arguments):
        if as_operand and form.is_result(at, count):
            runs.append(_compile_operand(argument, spread=spread))
        else:
            runs.append(_compile(argument, spread=spread or (chosen_by_array and form.is_result(at, count))))
    return form.build(runs)


def _with_equal_shapes(node: Call) -> tuple[Node, ...]:
    """SUMIF's third argument gives only its first cell; its shape is that of the first argument."""
    match node:
        case Call("SUMIF", (Reference() as tested, wanted, Reference() as summed)):
            last_row = min(LAST_ROW, summed.row + tested.last_row - tested.row)
            last_column = min(LAST_COLUMN, summed.column + tested.last_column - tested.column)
            return tested, wanted, replace(summed, last_row=last_row, last_column=last_column)
        case _:
            return node.arguments


def _wrong_count(node: Call, arity: str) -> FormulaSyntaxError:
    return FormulaSyntaxError(f"函数 {node.function} 的参数应有 {arity}，现在写了 {len(node.arguments)} 个")
