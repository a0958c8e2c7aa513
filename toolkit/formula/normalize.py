"""One shape for all spellings of the same formula, as Excel, WPS and LibreOffice leave them on saving."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.formula.functions import FUNCTIONS, Takes
from toolkit.formula.operators import percent
from toolkit.formula.parser import as_double
from toolkit.formula.tree import (
    Binary,
    Call,
    Logical,
    Name,
    Node,
    Number,
    Reference,
    TableReference,
    Unary,
)

_NO_DOLLARS = (False, False, False, False)
_CONSTANTS = {"TRUE": Logical(True), "FALSE": Logical(False)}  # LibreOffice saves TRUE as TRUE()


def normalized(node: Node, shift: tuple[int, int] = (0, 0)) -> Node:
    """A tree without the differences that do not matter.

    Gone are ``$``, plus signs, TRUE() for TRUE, signs and percent marks on literals, the new Excel's SINGLE(), and
    POWER, CONCATENATE and CONCAT for ``^`` and ``&``. ``shift`` moves relative references by rows and columns first,
    as copying the cell would.
    """
    match node:
        case Reference():
            return _shifted(node, shift)
        case Binary(operator, left, right):
            return Binary(operator, normalized(left, shift), normalized(right, shift))
        case Unary(operator, operand):
            return _without_sign(operator, normalized(operand, shift))
        case Call(function, arguments):
            return _normalized_call(function, tuple(normalized(argument, shift) for argument in arguments))
        case _:
            return node


def _normalized_call(function: str, arguments: tuple[Node, ...]) -> Node:
    match function, arguments:
        case "SINGLE", (only,):
            return only
        case ("TRUE" | "FALSE") as constant, ():
            return _CONSTANTS[constant]
        case "POWER", (base, exponent):
            return Binary("^", base, exponent)
        case "CONCATENATE", (_, *_):
            return _chained("&", arguments)
        case "CONCAT", (_, *_) if not any(map(_many_cells, arguments)):
            return _chained("&", arguments)  # Gnumeric writes both alike
        case _:
            return Call(function, arguments)


def _many_cells(node: Node) -> bool:
    return isinstance(node, Reference) and not node.is_cell


_RENAMED = {
    "RANK.EQ": "RANK",
    "STDEV.S": "STDEV",
    "STDEV.P": "STDEVP",
    "VAR.S": "VAR",
    "VAR.P": "VARP",
    "PERCENTILE.INC": "PERCENTILE",
    "PERCENTRANK.INC": "PERCENTRANK",
    "QUARTILE.INC": "QUARTILE",
    "MODE.SNGL": "MODE",
    "COVARIANCE.P": "COVAR",
    "FORECAST.LINEAR": "FORECAST",
}
"""New names of Excel 2010 for functions that had one: Gnumeric writes the old for the new and the new for the old."""
_USUAL = {
    "WEEKNUM": (2, [Number(Decimal(1))]),
    "CEILING": (3, [Number(Decimal(1))]),
    "FLOOR": (3, [Number(Decimal(1))]),
    "RANK": (3, [Number(Decimal(0))]),
}
"""Function → how many arguments it then has, and the last of them, which programs write where it was left out."""
_COMMUTATIVE, _EQUALITIES = {"+", "*"}, {"=", "<>"}
_ANY_ORDER = {"MIN", "MAX", "SUM", "PRODUCT", "AND", "OR", "XOR", "COUNT", "COUNTA", "AVERAGE", "MEDIAN"}
_TURNED = {">": "<", ">=": "<="}
_ARITHMETIC = {"+", "-", "*", "/", "^"}


def folded(node: Node) -> Node:
    """A normalised tree in one shape for everything that is always equal, for asking whether two are the same.

    Names, sheets and tables are in one case; sums, products and the arguments of MIN, MAX, SUM, AND, OR … in one order;
    ``a>=b`` is ``b<=a``; a per cent is a hundredth; a literal is the double Excel keeps of it; a function has its old
    name and not the last argument that is assumed anyway.
    """
    match node:
        case Number(value):
            return Number(as_double(value))
        case Unary("%", operand):
            return Binary("/", folded(operand), Number(Decimal(100)))
        case Unary(operator, operand):
            return Unary(operator, folded(operand))
        case Binary():
            return _folded_binary(node)
        case Call():
            return _folded_call(node)
        case _:
            return _folded_name(node)


def _folded_binary(node: Binary) -> Node:
    operator = node.operator
    if operator in _COMMUTATIVE:
        parts = (_as_number(folded(part)) for part in _parts(operator, node))
        return _chained(operator, sorted(parts, key=repr))
    left, right = folded(node.left), folded(node.right)
    if operator in _ARITHMETIC:
        return Binary(operator, _as_number(left), _as_number(right))
    if operator in _TURNED:
        return Binary(_TURNED[operator], right, left)
    if operator in _EQUALITIES:
        left, right = sorted((left, right), key=repr)
    return Binary(operator, left, right)


def _folded_call(node: Call) -> Node:
    function = _RENAMED.get(node.function, node.function)
    arguments = [folded(argument) for argument in node.arguments]
    if (len(arguments), arguments[-1:]) == _USUAL.get(function):
        del arguments[-1]
    if function in _ANY_ORDER:
        arguments.sort(key=repr)
    declared = FUNCTIONS.get(function)
    takes = declared.takes(len(arguments)) if declared else None
    return Call(function, tuple(map(_as_taken, arguments, takes)) if takes else tuple(arguments))


def _as_taken(node: Node, take: Takes) -> Node:
    """TRUE and FALSE are 1 and 0 where a number is taken, any number but 0 is TRUE where a condition is."""
    match node:
        case Number(value) if take is Takes.LOGICAL:
            return Logical(bool(value))
        case _:
            return _as_number(node) if take is Takes.NUMBER else node


def _as_number(node: Node) -> Node:
    return Number(Decimal(node.value)) if isinstance(node, Logical) else node


def _folded_name(node: Node) -> Node:
    match node:
        case Name(name, sheet):
            return Name(name.casefold(), _fold(sheet))
        case Reference():
            return replace(node, sheet=_fold(node.sheet))
        case TableReference(table, items, columns):
            return TableReference(table.casefold(), _fold_all(items), _fold_all(columns))
        case _:
            return node


def _parts(operator: str, node: Node) -> list[Node]:
    """The operands of a chain such as a+b+c."""
    match node:
        case Binary(sign, left, right) if sign == operator:
            return [*_parts(operator, left), *_parts(operator, right)]
        case _:
            return [node]


def _chained(operator: str, parts: Sequence[Node]) -> Node:
    first, *others = parts
    for part in others:
        first = Binary(operator, first, part)
    return first


def is_constant(node: Node) -> bool:
    """Whether a tree uses no field, cell or function, so that its value can never change."""
    match node:
        case Name() | Reference() | TableReference() | Call():
            return False
        case Binary(_, left, right):
            return is_constant(left) and is_constant(right)
        case Unary(_, operand):
            return is_constant(operand)
        case _:
            return True


def _without_sign(operator: str, operand: Node) -> Node:
    if operator == "+":
        return operand
    if not isinstance(operand, Number):
        return Unary(operator, operand)
    if operator == "-":
        return Number(operand.value.copy_negate())
    hundredth = percent(operand.value)
    return Number(hundredth) if isinstance(hundredth, Decimal) else Unary(operator, operand)


def _shifted(node: Reference, shift: tuple[int, int]) -> Reference:
    rows, columns = shift
    row_fixed, column_fixed, last_row_fixed, last_column_fixed = node.fixed
    return Reference(
        node.sheet,
        node.row if row_fixed else node.row + rows,
        node.column if column_fixed else node.column + columns,
        node.last_row if last_row_fixed else node.last_row + rows,
        node.last_column if last_column_fixed else node.last_column + columns,
        _NO_DOLLARS,
    )


def _fold(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def _fold_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.casefold() for text in texts)
