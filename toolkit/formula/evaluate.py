"""Tree → closures, compiled once and evaluated many times in exact decimals."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from toolkit.formula.arrays import Area, Array, Operand, Place, Range, intersected, lifted, rows_of, top_left
from toolkit.formula.calls import compile_function
from toolkit.formula.coerce import ZERO, finish
from toolkit.formula.environment import MAX_AREA, NO_VALUES, Environment, Scope
from toolkit.formula.forms import FORMS, Run
from toolkit.formula.functions import FUNCTIONS, Takes
from toolkit.formula.leaves import compile_area, compile_leaf, constant
from toolkit.formula.operations import compile_binary, compile_sum, compile_unary
from toolkit.formula.parser import Formula, parse
from toolkit.formula.plain_numbers import write_for_numbers
from toolkit.formula.tokens import FormulaSyntaxError
from toolkit.formula.tree import (
    LAST_COLUMN,
    LAST_ROW,
    ArrayConstant,
    Binary,
    Call,
    Missing,
    Name,
    Node,
    Number,
    Reference,
    TableReference,
    Unary,
    walk,
)
from toolkit.model.values import ErrorValue, Value

_PLACES = frozenset(("ROW", "COLUMN"))
SUPPORTED = frozenset((*FUNCTIONS, *FORMS, *_PLACES))
"""Names of the worksheet functions we calculate; any other is #NAME?, never a guess."""
OFTEN = 150
"""Evaluations after which a function of the formula's own has paid for being written: 0.3 ms, of 2 µs each."""


class Evaluation(Protocol):
    """How a compiled formula is asked for its value."""

    def __call__(
        self,
        environment: Environment | Mapping[str, Operand],
        *,
        today: date | None = None,
        place: Place | None = None,
    ) -> Value:
        """The formula's value; a blank result is 0, as a cell would show it.

        A mapping gives values by name, ``表[列]`` or address; see :class:`MappingEnvironment`. ``today`` is what
        TODAY() answers; without it TODAY() is #N/A, because the clock is never read. ``place`` is the row and column
        of the formula's cell. A result of several cells, which would spill into the cells beside, is #VALUE!.

        Units: those of the fields; rates are fractions, dates serial numbers.
        """
        ...


class Compiled:
    """A formula ready to be evaluated any number of times, from any thread.

    Attributes:
        formula: as it was read.
        evaluate: gives its value. After :data:`OFTEN` evaluations plain numbers are calculated by a function of the
            formula's own (:mod:`toolkit.formula.plain_numbers`); it is worth writing only then.
    """

    __slots__ = ("_run", "_spills", "_until_often", "evaluate", "formula")

    def __init__(self, formula: Formula, run: Run, *, spills: bool) -> None:
        self.formula = formula
        self._run = run
        self._spills = spills
        self._until_often = OFTEN
        self.evaluate: Evaluation = self._counted

    def _counted(
        self,
        environment: Environment | Mapping[str, Operand],
        *,
        today: date | None = None,
        place: Place | None = None,
    ) -> Value:
        if not isinstance(environment, Mapping):
            return self._answer(Scope(NO_VALUES, environment, today, place))
        self._until_often -= 1
        if self._until_often <= 0:
            self.evaluate = write_for_numbers(self.formula.tree, self._by_closures) or self._by_closures
        return self._answer(Scope(environment, None, today, place))

    def _by_closures(
        self,
        environment: Environment | Mapping[str, Operand],
        *,
        today: date | None = None,
        place: Place | None = None,
    ) -> Value:
        if isinstance(environment, Mapping):
            return self._answer(Scope(environment, None, today, place))
        return self._answer(Scope(NO_VALUES, environment, today, place))

    def within(self, environment: Environment, place: Place) -> Value:
        """The value in a cell of a workbook."""
        return self._answer(Scope(NO_VALUES, environment, None, place))

    def _answer(self, scope: Scope) -> Value:
        value = self._run(scope)
        if type(value) is Decimal:
            return finish(value)
        if self._spills and isinstance(value, Array) and len(value) * len(value[0]) > 1:
            return ErrorValue.VALUE
        return _finished(top_left(intersected(value, scope.place)))

    def cells(self, environment: Environment, place: Place) -> Area:
        """All values of an array formula, row by row."""
        value = lifted(self._run(Scope(NO_VALUES, environment, None, place)))
        return tuple(tuple(map(_finished, row)) for row in rows_of(value))


def _finished(value: Value) -> Value:
    if isinstance(value, Decimal):
        return finish(value)
    return ZERO if value is None else value


def compile_formula(formula: Formula | str, *, arrays: bool = True) -> Compiled:
    """Prepare a formula for evaluation.

    A function that is not supported is compiled too, and answers #NAME? when it is reached;
    :func:`unknown_functions` names it beforehand.

    Args:
        formula: the formula, read or not.
        arrays: calculate areas cell by cell wherever they stand, as Excel 365 does with what is typed into it and
            every Excel with an array formula: ``SUM(IF(区域="优",金额))``. False is the ordinary cell of a file, where
            an area in the place of a single value is the cell on the formula's own row or column.

    Raises:
        FormulaSyntaxError: the text is not a formula, or a function has the wrong number of arguments.
    """
    if isinstance(formula, str):
        return _compiled(formula, arrays)
    spills = arrays and any(isinstance(node, Name | Reference | TableReference) for node in walk(formula.tree))
    return Compiled(formula, _compile(formula.tree, spread=arrays), spills=spills)


@lru_cache(maxsize=2048)  # a scheme's formulas are evaluated for every project; what is kept is immutable
def _compiled(text: str, arrays: bool) -> Compiled:
    return compile_formula(parse(text), arrays=arrays)


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
        case Binary("+", Binary("+")):
            return compile_sum([_compile(term, spread=spread) for term in _terms(node)])
        case Binary(operator, left, right):
            known = right.value if isinstance(right, Number) else None
            return compile_binary(operator, _compile(left, spread=spread), _compile(right, spread=spread), known)
        case Call():
            return _single_call(node, spread=spread)
        case _:
            return compile_leaf(node, spread=spread)


def _terms(node: Node) -> list[Node]:
    """What a sum adds, from left to right."""
    terms: list[Node] = []
    while isinstance(node, Binary) and node.operator == "+":
        terms.append(node.right)
        node = node.left
    return [node, *reversed(terms)]


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
    if spread:
        return lambda scope: lifted(call(scope))
    return lambda scope: intersected(call(scope), scope.place)


def _call(node: Call, *, spread: bool, as_operand: bool) -> Run:
    if node.function in FORMS:
        return _form(node, spread=spread, as_operand=as_operand)
    if node.function in _PLACES:
        return _place(node, spread=spread)
    function = FUNCTIONS.get(node.function)
    if function is None:
        return constant(ErrorValue.NAME)
    if function.takes(len(node.arguments)) is None:
        raise _wrong_count(node, function.arity)
    inside = spread or function.spreads
    nodes = _arguments_that_count(node)
    takes = function.takes(len(nodes)) or ()
    runs = [
        _compile_operand(argument, spread=inside) if take is Takes.OPERAND else _compile(argument, spread=spread)
        for argument, take in zip(nodes, takes, strict=True)
    ]
    return compile_function(function, takes, runs)


def _place(node: Call, *, spread: bool) -> Run:
    """The rows or columns of a reference, or of the formula's own cell; #VALUE! where that is not known."""
    if len(node.arguments) > 1:
        raise _wrong_count(node, "0 到 1 个")
    across = node.function == "COLUMN"
    match node.arguments:
        case ():
            return lambda scope: ErrorValue.VALUE if scope.place is None else Decimal(scope.place[across])
        case (Reference() as area,):
            first, last = (area.column, area.last_column) if across else (area.row, area.last_row)
            return constant(_numbers(first, last, across=across))
        case _:
            argument = _compile_operand(node.arguments[0], spread=spread)
    return lambda scope: _places_of(argument(scope), across=across)


def _places_of(area: Operand, *, across: bool) -> Operand:
    if not isinstance(area, Range) or not area.row:
        return area if isinstance(area, ErrorValue) else ErrorValue.VALUE
    first, count = (area.column, len(area[0])) if across else (area.row, len(area))
    return _numbers(first, first + count - 1, across=across)


def _numbers(first: int, last: int, *, across: bool) -> Operand:
    if first == last:
        return Decimal(first)
    if last - first >= MAX_AREA:
        return ErrorValue.NUM
    numbers = tuple(map(Decimal, range(first, last + 1)))
    return Array((numbers,)) if across else Array((number,) for number in numbers)


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


def _arguments_that_count(node: Call) -> tuple[Node, ...]:
    """The arguments as they count.

    SUMIF's third argument gives only its first cell, its shape is that of the first argument; PRODUCT passes over
    arguments left empty, which anywhere else are 0.
    """
    match node:
        case Call("SUMIF", (Reference() as tested, wanted, Reference() as summed)):
            last_row = min(LAST_ROW, summed.row + tested.last_row - tested.row)
            last_column = min(LAST_COLUMN, summed.column + tested.last_column - tested.column)
            return tested, wanted, replace(summed, last_row=last_row, last_column=last_column)
        case Call("PRODUCT", (_, _, *_) as factors):
            return tuple(factor for factor in factors if not isinstance(factor, Missing)) or factors
        case _:
            return node.arguments


def _wrong_count(node: Call, arity: str) -> FormulaSyntaxError:
    return FormulaSyntaxError(f"函数 {node.function} 的参数应有 {arity}，现在写了 {len(node.arguments)} 个")
