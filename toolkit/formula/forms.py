"""Functions that choose before they calculate: IF, IFS, IFERROR, IFNA, SWITCH, CHOOSE, and TODAY, which is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from toolkit.formula.arrays import Array, Operand, each
from toolkit.formula.coerce import to_logical, to_number, whole
from toolkit.formula.environment import Scope
from toolkit.formula.operators import equal
from toolkit.model.values import ErrorValue, Value, date_to_serial

Run: TypeAlias = Callable[[Scope], Operand]
"""A compiled node. It gives a value or an array; one compiled as an operand may also give an area."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a choosing function is built.

    Attributes:
        build: from the compiled tests and the compiled results to the compiled call.
        is_result: whether the argument at a position (of so many) is a result rather than a test.
        paired: whether arguments come two by two.
    """

    build: Callable[[Sequence[Run]], Run]
    least: int
    most: int
    is_result: Callable[[int, int], bool]
    paired: bool = False

    def fits(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.least <= count <= self.most and not (self.paired and count % 2)


def _if(arguments: Sequence[Run]) -> Run:
    condition, chosen = arguments[0], arguments[1]
    other = arguments[2] if len(arguments) > 2 else _false

    def run(scope: Scope) -> Operand:
        holds = condition(scope)
        if holds is True:
            return chosen(scope)
        if holds is False:
            return other(scope)
        if isinstance(holds, Array):
            return each(_pick, holds, chosen(scope), other(scope))
        holds = to_logical(holds)  # type: ignore[arg-type]  # areas never come out of a compiled test
        if isinstance(holds, ErrorValue):
            return holds
        return chosen(scope) if holds else other(scope)

    return run


def _pick(condition: Value, chosen: Value, other: Value) -> Value:
    holds = to_logical(condition)
    if isinstance(holds, ErrorValue):
        return holds
    return chosen if holds else other


def _false(_scope: Scope) -> Operand:
    return False


def _ifs(arguments: Sequence[Run]) -> Run:
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))

    def run(scope: Scope) -> Operand:
        for at, (condition, chosen) in enumerate(pairs):
            found = condition(scope)
            if isinstance(found, Array):
                return each(_first_that_holds, found, *(part(scope) for part in arguments[at * 2 + 1 :]))
            holds = to_logical(found)  # type: ignore[arg-type]  # areas never come out of a compiled test
            if isinstance(holds, ErrorValue):
                return holds
            if holds:
                return chosen(scope)
        return ErrorValue.NA

    return run


def _first_that_holds(*cells: Value) -> Value:
    for condition, chosen in zip(cells[::2], cells[1::2], strict=True):
        holds = to_logical(condition)
        if isinstance(holds, ErrorValue):
            return holds
        if holds:
            return chosen
    return ErrorValue.NA


def _if_error(arguments: Sequence[Run]) -> Run:
    return _unless(arguments, lambda value: isinstance(value, ErrorValue))


def _if_na(arguments: Sequence[Run]) -> Run:
    return _unless(arguments, lambda value: value is ErrorValue.NA)


def _unless(arguments: Sequence[Run], fails: Callable[[Value], bool]) -> Run:
    tried, instead = arguments

    def run(scope: Scope) -> Operand:
        value = tried(scope)
        if isinstance(value, Array):
            return each(lambda cell, other: other if fails(cell) else cell, value, instead(scope))
        return instead(scope) if fails(value) else value  # type: ignore[arg-type]

    return run


def _switch(arguments: Sequence[Run]) -> Run:
    subject, cases = arguments[0], arguments[1:]
    default = cases[-1] if len(cases) % 2 else None
    pairs = list(zip(cases[::2], cases[1::2], strict=False))

    def run(scope: Scope) -> Operand:
        value = subject(scope)
        if isinstance(value, ErrorValue):
            return value
        for wanted, chosen in pairs:
            looked_for = wanted(scope)
            if isinstance(value, Array) or isinstance(looked_for, Array):
                return each(_case_of, value, *(part(scope) for part in cases))
            same = equal(value, looked_for)  # type: ignore[arg-type]
            if isinstance(same, ErrorValue):
                return same
            if same:
                return chosen(scope)
        return default(scope) if default else ErrorValue.NA

    return run


def _case_of(value: Value, *cases: Value) -> Value:
    if isinstance(value, ErrorValue):
        return value
    for wanted, chosen in zip(cases[::2], cases[1::2], strict=False):
        same = equal(value, wanted)
        if isinstance(same, ErrorValue):
            return same
        if same:
            return chosen
    return cases[-1] if len(cases) % 2 else ErrorValue.NA


def _choose(arguments: Sequence[Run]) -> Run:
    position, results = arguments[0], arguments[1:]

    def run(scope: Scope) -> Operand:
        found = position(scope)
        if isinstance(found, Array):
            return each(_nth, found, *(result(scope) for result in results))
        number = to_number(found)  # type: ignore[arg-type]
        if isinstance(number, ErrorValue):
            return number
        place = whole(number)
        return results[place - 1](scope) if 1 <= place <= len(results) else ErrorValue.VALUE

    return run


def _nth(position: Value, *cells: Value) -> Value:
    number = to_number(position)
    if isinstance(number, ErrorValue):
        return number
    return cells[whole(number) - 1] if 1 <= whole(number) <= len(cells) else ErrorValue.VALUE


def _today(_arguments: Sequence[Run]) -> Run:
    def run(scope: Scope) -> Operand:
        return ErrorValue.NA if scope.today is None else date_to_serial(scope.today)

    return run


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "IF": Form(_if, 2, 3, lambda at, _count: at > 0),
        "IFS": Form(_ifs, 2, 254, lambda at, _count: at % 2 == 1, paired=True),
        "IFERROR": Form(_if_error, 2, 2, lambda at, _count: at == 1),
        "IFNA": Form(_if_na, 2, 2, lambda at, _count: at == 1),
        "SWITCH": Form(_switch, 3, 254, lambda at, count: at > 0 and (at % 2 == 0 or at == count - 1)),
        "CHOOSE": Form(_choose, 2, 255, lambda at, _count: at > 0),
        "TODAY": Form(_today, 0, 0, lambda _at, _count: False),
    }
)
