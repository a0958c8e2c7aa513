"""The statements of a function that evaluates a formula of plain numbers (:mod:`toolkit.formula.plain_numbers`).

Nothing of a formula becomes Python text: names and literals are collected as constants.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import Enum, auto
from types import MappingProxyType

from toolkit.formula.coerce import finish, settle
from toolkit.formula.operators import ARITHMETIC, CANCELLED, HUNDREDTH, MAYBE_NOISE
from toolkit.formula.references import column_letters
from toolkit.formula.tree import Binary, Call, Logical, Name, Node, Number, Reference, Text, Unary

_MOST_PLACES = 12
_FEW = 15  # digits of an ordinary literal
ENDS = CANCELLED
"""Calculated numbers of more digits before the point are left to the closures."""
ROUNDINGS = MappingProxyType(
    {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN, "TRUNC": ROUND_DOWN}
)
"""Functions that the statements call ``quantize_ROUND`` and so on, and how each rounds."""
METHODS = MappingProxyType({"+": "add", "-": "subtract", "*": "multiply", "/": "divide"})
"""Operators and the methods of a decimal context by which the statements carry them out."""
_TESTS = MappingProxyType({"=": "==", "<>": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="})


class _Kind(Enum):
    GIVEN = auto()  # a number as a name or cell holds it
    NUMBER = auto()  # a number calculated here, which is below 10 to the power of ENDS
    ROUNDED = auto()  # a number of so few digits that comparing and answering leave it as it is
    LOGICAL = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class _Term:
    """A Python expression; ``known`` is its value where that does not depend on any field."""

    code: str
    kind: _Kind
    known: Decimal | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in (_Kind.GIVEN, _Kind.NUMBER, _Kind.ROUNDED)


class NotPlainError(Exception):
    """The formula is more than arithmetic on numbers."""


def _common(kinds: Sequence[_Kind]) -> _Kind:
    """What is known of a number that is one of several."""
    return next(kind for kind in _Kind if kind in kinds)


@dataclass
class Writer:
    """Statements of the function's innermost part; what they refer to is collected beside them."""

    lines: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    constants: list[object] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)
    variables: int = 0
    indent: str = " " * 4

    def text(self) -> str:
        """The whole function, in a function that takes its constants."""
        places = range(len(self.names))
        parameters = ["otherwise", *(f"k{i}" for i in places), *(f"c{i}" for i in range(len(self.constants)))]
        plain = " and ".join(f"type(n{i}) is Decimal" for i in places) or "True"
        return "\n".join(
            (
                f"def make({', '.join(parameters)}):",
                " def evaluate(environment, *, today=None, place=None):",
                "  if type(environment) is dict:",
                "   try:",
                *(f"    n{i} = environment[k{i}]" for i in places),
                f"    if {plain}:",
                *self.lines,
                "   except UNUSUAL:",
                "    pass",
                "  return otherwise(environment, today=today, place=place)",
                " return evaluate",
            )
        )

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Statements one level deeper; what is worked out inside is not known after them."""
        settled, self.settled = self.settled, dict(self.settled)
        self.indent += " "
        try:
            yield
        finally:  # a branch that is more than arithmetic ends here
            self.indent = self.indent[:-1]
            self.settled = settled

    def line(self, statement: str) -> None:
        """One more statement."""
        self.lines.append(self.indent + statement)

    def answer(self, node: Node) -> None:
        """Statements that return the formula's value."""
        match node:
            case Call("IF", (condition, chosen, other)):
                self.line(f"if {self._condition(condition)}:")
                with self.indented():
                    self._answer_or_leave(chosen)
                self._answer_or_leave(other)
            case Text(value):
                self.line(f"return {self._constant(value)}")
            case _:
                self.line(f"return {self._finished(self._term(node))}")

    def _answer_or_leave(self, node: Node) -> None:
        """Statements for a branch of IF; one that is more than arithmetic is left to the closures when it is taken."""
        written = len(self.lines)
        try:
            self.answer(node)
        except NotPlainError:
            del self.lines[written:]
            self.line("unusual()")

    def _finished(self, term: _Term) -> str:
        if term.known is not None:
            return self._constant(finish(term.known))
        match term.kind:
            case _Kind.GIVEN:
                return f"finish({term.code})"
            case _Kind.NUMBER:
                return f"finished({term.code})"
            case _Kind.ROUNDED:
                number = self._variable(term.code)
                return f"{number} or finished({number})"  # there is no −0
            case _:
                return f"bool({term.code})"

    def _term(self, node: Node) -> _Term:
        match node:
            case Number(value):
                return self._known(value)
            case Logical(value):
                return _Term(str(value), _Kind.LOGICAL)
            case Name(name, sheet):
                return self._named(name if sheet is None else f"{sheet}!{name}")
            case Reference(None) if node.is_cell:
                return self._named(f"{column_letters(node.column)}{node.row}")
            case Binary():
                return self._comparison(node) if node.operator in _TESTS else self._arithmetic(node)
            case Unary(sign, operand):
                return self._signed(sign, operand)
            case Call():
                return self._call(node)
            case _:
                raise NotPlainError

    def _number(self, node: Node) -> _Term:
        term = self._term(node)
        if not term.is_number:
            raise NotPlainError
        return term

    def _condition(self, node: Node) -> str:
        """An expression for ``if``: a comparison, or a number, of which only 0 is no."""
        return self._term(node).code

    def _named(self, name: str) -> _Term:
        if name not in self.names:
            self.names.append(name)
        return _Term(f"n{self.names.index(name)}", _Kind.GIVEN)

    def _arithmetic(self, node: Binary) -> _Term:
        if node.operator not in METHODS:
            raise NotPlainError
        left, right = self._number(node.left), self._number(node.right)
        if left.known is not None and right.known is not None:
            value = ARITHMETIC[node.operator](left.known, right.known)
            if not isinstance(value, Decimal):
                raise NotPlainError
            return self._known(value)
        result = self._variable(f"{METHODS[node.operator]}({left.code}, {right.code})")
        if node.operator in "+-":
            self._without_noise(result, left)
        return _Term(result, _Kind.NUMBER)

    def _signed(self, sign: str, operand: Node) -> _Term:
        match sign:
            case "+":
                return self._term(operand)
            case "%":
                return self._arithmetic(Binary("*", operand, Number(HUNDREDTH)))
            case _:
                number = self._variable(self._number(operand).code)
                return _Term(self._variable(f"{number}.copy_negate() if {number} else ZERO"), _Kind.GIVEN)

    def _without_noise(self, total: str, first: _Term) -> None:
        """A remainder that is nothing but rounding is 0, by the rule of :func:`toolkit.formula.operators.add`."""
        if first.known is None:
            small = "" if first.kind is _Kind.GIVEN else f"{total}.adjusted() < 0 and "
            tiny = f"{total}.adjusted() <= {first.code}.adjusted() - {CANCELLED}"
            self.line(f"if {small}{tiny} and {first.code}: {total} = ZERO")
        elif first.known:
            self.line(f"if {total}.adjusted() <= {first.known.adjusted() - CANCELLED}: {total} = ZERO")

    def _comparison(self, node: Binary) -> _Term:
        if node.operator in ("=", "<>") and isinstance(node.right, Text):
            self._number(node.left)
            return _Term(str(node.operator == "<>"), _Kind.LOGICAL)  # a number is no text, not even "1"
        left, right = self._number(node.left), self._number(node.right)
        a, b = self._settled(left), self._settled(right)
        if right.known is not None and not right.known and node.operator in ("=", "<>"):
            return _Term(f"not {a}" if node.operator == "=" else f"bool({a})", _Kind.LOGICAL)
        return _Term(f"({a} {_TESTS[node.operator]} {b})", _Kind.LOGICAL)

    def _settled(self, term: _Term) -> str:
        """A number as it is compared."""
        if term.known is not None:
            return self._constant(settle(term.known))
        if term.kind is _Kind.ROUNDED:
            return term.code
        if term.code not in self.settled:
            self.settled[term.code] = self._variable(f"settle({term.code})")
        return self.settled[term.code]

    def _call(self, node: Call) -> _Term:
        match node:
            case Call("IF", (condition, chosen, other)):
                return self._choice(condition, chosen, other)
            case Call(name, (rounded, Number(digits))) if name in ROUNDINGS and 0 <= digits <= _MOST_PLACES:
                unit = self._constant(Decimal((0, (1,), -int(digits))))
                return _Term(
                    self._variable(f"quantize_{name}({self._settled(self._number(rounded))}, {unit})"), _Kind.ROUNDED
                )
            case Call("MIN" | "MAX", (_, *_)):
                return self._extreme(
                    [self._number(part) for part in node.arguments], "<" if node.function == "MIN" else ">"
                )
            case Call("SUM", (_, *_)):
                return self._sum([self._number(part) for part in node.arguments])
            case Call(("AND" | "OR") as name, (_, *_)):
                # All conditions are worked out, as Excel does: none of them can be an error here.
                conditions = [f"({self._condition(part)})" for part in node.arguments]
                return _Term(f"({f' {name.lower()} '.join(conditions)})", _Kind.LOGICAL)
            case _:
                return self._asked(node)

    def _asked(self, node: Call) -> _Term:
        """What a formula asks of numbers, to which the answers are known: an error or a blank leaves the function."""
        match node:
            case Call("IFERROR", (value, _)) | Call("N", (value,)):
                return self._number(value)  # an error leaves the function
            case Call("ISNUMBER", (value,)):
                self._number(value)
                return _Term("True", _Kind.LOGICAL)
            case Call("COUNT" | "COUNTBLANK", (_, *_)):
                counted = [self._number(part) for part in node.arguments]
                return self._known(Decimal(len(counted) if node.function == "COUNT" else 0))
            case _:
                raise NotPlainError

    def _choice(self, condition: Node, chosen: Node, other: Node) -> _Term:
        result = self._assigned("ZERO")
        kinds = []
        self.line(f"if {self._condition(condition)}:")
        for branch, head in ((chosen, ""), (other, "else:")):
            if head:
                self.line(head)
            with self.indented():
                term = self._number(branch)
                self.line(f"{result} = {term.code}")
                kinds.append(term.kind)
        return _Term(result, _common(kinds))

    def _extreme(self, terms: Sequence[_Term], test: str) -> _Term:
        """The first of the smallest or largest numbers."""
        result = self._assigned(terms[0].code)
        for term in terms[1:]:
            self.line(f"if {term.code} {test} {result}: {result} = {term.code}")
        return _Term(result, _common([term.kind for term in terms]))

    def _sum(self, terms: Sequence[_Term]) -> _Term:
        result = self._variable("add(" * len(terms) + "ZERO" + "".join(f", {term.code})" for term in terms))
        self.line(f"if {result}.adjusted() < {MAYBE_NOISE} and {result}: unusual()")
        return _Term(result, _Kind.NUMBER)

    def _known(self, value: Decimal) -> _Term:
        short = len(value.as_tuple().digits) <= _FEW and -_FEW <= value.adjusted() < _FEW
        return _Term(self._constant(value), _Kind.ROUNDED if short else _Kind.GIVEN, value)

    def _constant(self, value: object) -> str:
        self.constants.append(value)
        return f"c{len(self.constants) - 1}"

    def _variable(self, expression: str) -> str:
        """A variable that holds an expression's value; one that is a variable already stays it."""
        return expression if expression.isidentifier() and expression[0] in "vn" else self._assigned(expression)

    def _assigned(self, expression: str) -> str:
        name = f"v{self.variables}"
        self.variables += 1
        self.line(f"{name} = {expression}")
        return name
