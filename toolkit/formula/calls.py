"""Closures for function calls: arguments converted as declared, errors returned, arrays spread element by element."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from toolkit.formula.arrays import Array, Operand, each
from toolkit.formula.coerce import to_logical, to_number, to_text
from toolkit.formula.environment import Scope
from toolkit.formula.forms import Run
from toolkit.formula.functions import Function, Takes
from toolkit.model.values import ErrorValue, Value


def _as_it_is(value: Value) -> Value:
    return value


def _to_count(value: Value) -> Decimal | ErrorValue:
    return ErrorValue.VALUE if isinstance(value, bool) else to_number(value)


_CONVERSIONS: dict[Takes, Callable[[Value], Any]] = {
    Takes.NUMBER: to_number,
    Takes.COUNT: _to_count,
    Takes.TEXT: to_text,
    Takes.LOGICAL: to_logical,
    Takes.VALUE: _as_it_is,
}


def compile_function(function: Function, takes: Sequence[Takes], arguments: Sequence[Run]) -> Run:
    """A call of a declared function with compiled arguments."""
    if all(take is Takes.OPERAND for take in takes):
        return _over_operands(function.call, arguments)
    general = _General(function, takes, arguments)
    if tuple(takes) == (Takes.ANYTHING,):
        return _of_one_value(function.call, arguments[0])
    if tuple(takes) == (Takes.NUMBER,):
        return _of_one_number(function.call, arguments[0], general)
    if tuple(takes) == (Takes.NUMBER, Takes.NUMBER):
        return _of_two_numbers(function.call, arguments[0], arguments[1], general)
    return general.run


def _over_operands(call: Callable[..., Operand], arguments: Sequence[Run]) -> Run:
    if len(arguments) == 1:
        (argument,) = arguments
        return lambda scope: call(argument(scope))
    return lambda scope: call(*[argument(scope) for argument in arguments])


class _General:
    """The long way of a call, for values that are not all numbers."""

    __slots__ = ("_areas", "_arguments", "_call", "_conversions", "_spread")

    def __init__(self, function: Function, takes: Sequence[Takes], arguments: Sequence[Run]) -> None:
        self._call = function.call
        self._arguments = arguments
        self._conversions = [_CONVERSIONS.get(take) for take in takes]
        self._spread = [i for i, take in enumerate(takes) if take is not Takes.OPERAND]
        self._areas = [i for i, take in enumerate(takes) if take is Takes.OPERAND]

    def run(self, scope: Scope) -> Operand:
        return self.apply([argument(scope) for argument in self._arguments])

    def apply(self, values: list[Operand]) -> Operand:
        for i in self._areas:
            if values[i] is ErrorValue.NAME:
                return ErrorValue.NAME  # to look in an area that does not exist would be a silent wrong number
        for i in self._spread:
            if isinstance(values[i], Array):
                return self._element_by_element(values)
        return self._converted(values)

    def _element_by_element(self, values: list[Operand]) -> Operand:
        def element(*cells: Value) -> Value:
            here = values.copy()
            for i, cell in zip(self._spread, cells, strict=True):
                here[i] = cell
            result = self._converted(here)
            return result[0][0] if isinstance(result, tuple) else result

        return each(element, *(values[i] for i in self._spread))

    def _converted(self, values: list[Operand]) -> Operand:
        ready: list[Any] = []
        for value, convert in zip(values, self._conversions, strict=True):
            converted = convert(value) if convert else value  # type: ignore[arg-type]
            if convert and isinstance(converted, ErrorValue):
                return converted
            ready.append(converted)
        result: Operand = self._call(*ready)
        return result


def _of_one_value(call: Callable[[Value], Value], argument: Run) -> Run:
    def run(scope: Scope) -> Operand:
        value = argument(scope)
        return each(call, value) if isinstance(value, Array) else call(value)  # type: ignore[arg-type]

    return run


def _of_one_number(call: Callable[..., Operand], argument: Run, general: _General) -> Run:
    def run(scope: Scope) -> Operand:
        value = argument(scope)
        return call(value) if type(value) is Decimal else general.apply([value])

    return run


def _of_two_numbers(call: Callable[..., Operand], first: Run, second: Run, general: _General) -> Run:
    def run(scope: Scope) -> Operand:
        a = first(scope)
        b = second(scope)
        return call(a, b) if type(a) is Decimal and type(b) is Decimal else general.apply([a, b])

    return run
