"""The quick way: one Python function for a formula whose fields all hold plain numbers and where nothing goes wrong.

It is written from the tree alone; names and literals of the formula never become Python text, they are passed in.
Whatever it does not cover (a blank, a text, an error, a zero divisor) raises, and the closures give the value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from types import MappingProxyType
from typing import Any, TypeAlias

from toolkit.formula import operators
from toolkit.formula.coerce import PRECISION, finish, settle
from toolkit.formula.operators import MAYBE_NOISE
from toolkit.formula.tree import Binary, Call, Logical, Name, Node, Number, Text, Unary, walk
from toolkit.model.values import Value

Quick: TypeAlias = Callable[[Mapping[str, Any]], Value]

LEFT_THE_QUICK_WAY = (KeyError, TypeError, ArithmeticError)
_MOST_NODES = 60  # keeps the function far below Python's limits for nesting
_MOST_PLACES = 12


def _context(rounding: str) -> Context:
    traps = [Overflow, InvalidOperation, DivisionByZero]
    return Context(prec=PRECISION, Emax=308, Emin=-307, rounding=rounding, traps=traps)


def noise() -> Decimal:
    """A sum so small that it may be rounding noise: the closures look closer."""
    raise TypeError


_STRICT = _context(ROUND_HALF_UP)
_ROUNDINGS = MappingProxyType({"ROUND": "half_up", "ROUNDUP": "up", "ROUNDDOWN": "down", "TRUNC": "down"})
_OPERATORS = MappingProxyType({"+": "add", "-": "subtract", "*": "multiply", "/": "divide"})
_TESTS = MappingProxyType({"=": "==", "<>": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="})
_TOOLS: Mapping[str, object] = MappingProxyType(
    {
        "__builtins__": {},
        "Decimal": Decimal,
        "TypeError": TypeError,
        "type": type,
        "min": min,
        "max": max,
        "noise": noise,
        "plus": _STRICT.add,
        "settle": settle,
        "finish": finish,
        "add": operators.add,
        "subtract": operators.subtract,
        "multiply": _STRICT.multiply,
        "divide": _STRICT.divide,
        "half_up": _STRICT.quantize,
        "up": _context(ROUND_UP).quantize,
        "down": _context(ROUND_DOWN).quantize,
    }
)


class _NotCoveredError(Exception):
    """The formula needs the closures."""


@dataclass
class _Writer:
    """Python expressions for nodes; what they refer to is collected beside them."""

    constants: dict[str, object] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def answer(self, node: Node) -> str:
        """An expression for the formula's value."""
        match node:
            case Text(value) | Logical(value):
                return self._constant(value)
            case Call("IF", (condition, chosen, other)):
                return f"({self.answer(chosen)} if {self._logical(condition)} else {self.answer(other)})"
            case Binary(operator, _, _) if operator in _TESTS:
                return self._logical(node)
            case _:
                return f"finish({self._number(node)})"

    def _number(self, node: Node) -> str:
        match node:
            case Number(value):
                return self._constant(value)
            case Name(name):
                return self.names.setdefault(name, f"n{len(self.names)}")
            case Binary(operator, left, right) if operator in _OPERATORS:
                return f"{_OPERATORS[operator]}({self._number(left)},{self._number(right)})"
            case Unary("+", operand):
                return self._number(operand)
            case Call():
                return self._call(node)
            case _:
                raise _NotCoveredError

    def _call(self, node: Call) -> str:
        match node:
            case Call("IF", (condition, chosen, other)):
                return f"({self._number(chosen)} if {self._logical(condition)} else {self._number(other)})"
            case Call(name, (rounded, Number(digits))) if name in _ROUNDINGS and 0 <= digits <= _MOST_PLACES:
                unit = self._constant(Decimal((0, (1,), -int(digits))))
                return f"{_ROUNDINGS[name]}(settle({self._number(rounded)}),{unit})"
            case Call(("MIN" | "MAX") as name, arguments) if len(arguments) > 1:
                return f"{name.lower()}({','.join(map(self._number, arguments))})"
            case Call("SUM", arguments) if arguments:
                first, *others = map(self._number, arguments)
                added = "plus(" * len(others) + first + "".join(f",{other})" for other in others)
                return f"(total if (total:={added}).adjusted()>={MAYBE_NOISE} else noise())"
            case _:
                raise _NotCoveredError

    def _logical(self, node: Node) -> str:
        match node:
            case Binary("=", left, Number(value)) if not value:
                return f"(not {self._number(left)})"
            case Binary(operator, left, right) if operator in _TESTS:
                return f"({self._settled(left)}{_TESTS[operator]}{self._settled(right)})"
            case Call(("AND" | "OR") as name, arguments) if arguments:
                # Not "and" and "or": Excel looks at every condition, and so must an error in any of them.
                return "(" + ("&" if name == "AND" else "|").join(map(self._logical, arguments)) + ")"
            case _:
                raise _NotCoveredError

    def _settled(self, node: Node) -> str:
        if isinstance(node, Number):
            return self._constant(settle(node.value))
        return f"settle({self._number(node)})"

    def _constant(self, value: object) -> str:
        key = f"k{len(self.constants)}"
        self.constants[key] = value
        return key


def compile_quick(tree: Node) -> Quick | None:
    """The quick function of a tree, or None when the tree is not of the simple kind.

    It takes a mapping of names to values and raises one of LEFT_THE_QUICK_WAY when it cannot answer.
    """
    if sum(1 for _ in walk(tree)) > _MOST_NODES:
        return None
    writer = _Writer()
    try:
        answer = writer.answer(tree)
    except _NotCoveredError:
        return None
    return _made(writer, answer)


def _made(writer: _Writer, answer: str) -> Quick:
    scope: dict[str, Any] = {**_TOOLS, **writer.constants}
    lines = ["def quick(values):"]
    for number, (name, variable) in enumerate(writer.names.items()):
        scope[f"name{number}"] = name
        lines.append(f" {variable} = values[name{number}]")
    if writer.names:
        plain = " and ".join(f"type({variable}) is Decimal" for variable in writer.names.values())
        lines.append(f" if not ({plain}): raise TypeError")
    lines.append(f" return {answer}")
    exec("\n".join(lines), scope)  # noqa: S102  # our own words only: see the module's first paragraph
    made: Quick = scope["quick"]
    return made
