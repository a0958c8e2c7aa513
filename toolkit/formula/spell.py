"""Tree → formula text, with the fewest parentheses; how nodes are shown to people."""

from decimal import Decimal

from toolkit.formula.coerce import general
from toolkit.formula.references import column_letters
from toolkit.formula.tree import (
    BINDING,
    LAST_COLUMN,
    LAST_ROW,
    ArrayConstant,
    Binary,
    Call,
    ErrorLiteral,
    Logical,
    Name,
    Node,
    Number,
    Reference,
    TableReference,
    Text,
    Unary,
)

_SIGNED, _POSTFIX, _ATOM = 6, 7, 8


def spell(node: Node) -> str:
    """The text of a tree, without the leading ``=``; parsing it gives the same tree."""
    return _spell(node)[0]


def _spell(node: Node) -> tuple[str, int]:
    """The text of a node and how tightly it holds together."""
    match node:
        case Binary(operator, left, right):
            binding = BINDING[operator]
            return f"{_within(left, binding)}{operator}{_within(right, binding + 1)}", binding
        case Unary("%", operand):
            return f"{_within(operand, _POSTFIX)}%", _POSTFIX
        case Unary(operator, operand):
            return f"{operator}{_within(operand, _SIGNED)}", _SIGNED
        case Call(function, arguments):
            return f"{function}({','.join(spell(argument) for argument in arguments)})", _ATOM
        case ArrayConstant(rows):
            return "{" + ";".join(",".join(spell(literal) for literal in row) for row in rows) + "}", _ATOM
        case Number(value):
            return _number(value), _ATOM if value >= 0 else _SIGNED
        case _:
            return _leaf(node), _ATOM


def _within(node: Node, binding: int) -> str:
    text, own = _spell(node)
    return text if own >= binding else f"({text})"


def _number(value: Decimal) -> str:
    exact = format(value, "f")
    return exact if len(exact) <= 30 else general(value)


def _leaf(node: Node) -> str:
    match node:
        case Text(value):
            return '"' + value.replace('"', '""') + '"'
        case Logical(value):
            return "TRUE" if value else "FALSE"
        case ErrorLiteral(value):
            return value.value
        case Name(name, sheet):
            return _on_sheet(sheet) + name
        case Reference():
            return _on_sheet(node.sheet) + _address(node)
        case TableReference():
            return node.key
        case _:
            return ""


def _on_sheet(sheet: str | None) -> str:
    if sheet is None:
        return ""
    plain = sheet.isidentifier() and not sheet[:1].isdigit()
    return f"{sheet}!" if plain else "'" + sheet.replace("'", "''") + "'!"


def _address(node: Reference) -> str:
    row, column, last_row, last_column = ("$" if fixed else "" for fixed in node.fixed)
    if node.row == 1 and node.last_row == LAST_ROW:
        return f"{column}{column_letters(node.column)}:{last_column}{column_letters(node.last_column)}"
    if node.column == 1 and node.last_column == LAST_COLUMN:
        return f"{row}{node.row}:{last_row}{node.last_row}"
    first = f"{column}{column_letters(node.column)}{row}{node.row}"
    if node.is_cell:
        return first
    return f"{first}:{last_column}{column_letters(node.last_column)}{last_row}{node.last_row}"
