"""One shape for all spellings of the same formula, as Excel, WPS and LibreOffice leave them on saving."""

from dataclasses import replace
from decimal import Decimal

from toolkit.formula.operators import percent
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

    Gone are ``$``, plus signs, TRUE() for TRUE, signs and percent marks on literals, and the new Excel's SINGLE().
    ``shift`` moves relative references by rows and columns first, as copying the cell would.
    """
    match node:
        case Reference():
            return _shifted(node, shift)
        case Binary(operator, left, right):
            return Binary(operator, normalized(left, shift), normalized(right, shift))
        case Unary(operator, operand):
            return _without_sign(operator, normalized(operand, shift))
        case Call("SINGLE", (only,)):
            return normalized(only, shift)
        case Call(("TRUE" | "FALSE") as function, ()):
            return _CONSTANTS[function]
        case Call(function, arguments):
            return Call(function, tuple(normalized(argument, shift) for argument in arguments))
        case _:
            return node


def folded(node: Node) -> Node:
    """A normalised tree with names, sheets and tables in one case, for asking whether two are the same."""
    match node:
        case Name(name, sheet):
            return Name(name.casefold(), _fold(sheet))
        case Reference():
            return replace(node, sheet=_fold(node.sheet))
        case TableReference(table, items, columns):
            return TableReference(table.casefold(), _fold_all(items), _fold_all(columns))
        case Binary(operator, left, right):
            return Binary(operator, folded(left), folded(right))
        case Unary(operator, operand):
            return Unary(operator, folded(operand))
        case Call(function, arguments):
            return Call(function, tuple(folded(argument) for argument in arguments))
        case _:
            return node


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
