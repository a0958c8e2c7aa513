"""A cross-check's condition as a person writes it: ``ABS(甲-乙-丙)<0.005`` is 甲＝乙＋丙."""

from collections.abc import Callable

from toolkit.formula import parse, spell
from toolkit.formula.tree import Binary, Call, Name, Node, Number
from toolkit.text import plain

Label = Callable[[str], str]

_SIGNS = {"=": "＝", "<=": "≤", ">=": "≥", "<": "＜", ">": "＞", "<>": "≠", "+": "＋", "-": "－", "*": "×", "/": "÷"}
_OF_COLUMN = {"SUM": "{}合计", "COUNTA": "“{}”所列项数"}


def condition_words(formula: str, label: Label) -> str:
    """The condition with the fields' labels; "" when it is no plain relation of sums (an IF, a date function)."""
    try:
        return _words(parse(formula).tree, label)
    except LookupError:
        return ""


def sides(formula: str) -> tuple[str, ...]:
    """Formulas of what a relation holds against each other: of ``ABS(甲-乙-丙)<0.005`` 甲 and 乙+丙.

    None where the condition is no relation.
    """
    match parse(formula).tree:
        case Binary("<" | "<=", Call("ABS", (Binary("-") as difference,)), Number()):
            head, parts = _taken_apart(difference)
            return spell(head), "+".join(f"({spell(part)})" for part in parts)
        case Binary("=" | "<=" | ">=" | "<" | ">", left, right):
            return spell(left), spell(right)
    return ()


def _words(node: Node, label: Label) -> str:
    """What a node says.

    Raises:
        LookupError: it has no plain words.
    """
    match node:
        case Name(name, None):
            return label(name)
        case Number(value):
            return plain(value)
        case Call("N", (inner,)):
            return _words(inner, label)
        case Call(function, (Name(name, None),)):
            return _OF_COLUMN[function].format(label(name))
        case Binary("<" | "<=", Call("ABS", (Binary("-") as difference,)), Number()):
            head, parts = _taken_apart(difference)
            return f"{_words(head, label)}＝{'＋'.join(_words(part, label) for part in parts)}"
        case Binary(operator, left, right):
            said = _words(right, label)
            grouped = operator in "-*/" and isinstance(right, Binary)
            return f"{_words(left, label)}{_SIGNS[operator]}{f'（{said}）' if grouped else said}"
    raise LookupError


def _taken_apart(node: Binary) -> tuple[Node, list[Node]]:
    """``甲-乙-丙`` is 甲, and 乙 and 丙 taken from it."""
    if isinstance(node.left, Binary) and node.left.operator == "-":
        head, parts = _taken_apart(node.left)
        return head, [*parts, node.right]
    return node.left, [node.right]
