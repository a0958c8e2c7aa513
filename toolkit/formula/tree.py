"""The nodes of a formula's tree; parentheses and spacing are gone, everything that matters to the value is here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from toolkit.model.values import ErrorValue

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
BINDING: Mapping[str, int] = MappingProxyType(
    {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
)
"""How tightly an operator between two operands holds them."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal, quotes removed."""

    value: str


@dataclass(frozen=True, slots=True)
class Logical:
    """TRUE or FALSE."""

    value: bool


@dataclass(frozen=True, slots=True)
class ErrorLiteral:
    """An error typed into the formula, often left behind by a deleted cell (``#REF!``)."""

    value: ErrorValue


@dataclass(frozen=True, slots=True)
class Missing:
    """An argument left empty, as the second one of ``IF(a,,b)``."""


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name, with its sheet when the text says one."""

    name: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or an area; rows and columns count from 1.

    ``fixed`` says where ``$`` stands: row, column, last row, last column.
    """

    sheet: str | None
    row: int
    column: int
    last_row: int
    last_column: int
    fixed: tuple[bool, bool, bool, bool] = (False, False, False, False)

    @property
    def is_cell(self) -> bool:
        """Whether it is written as one cell or covers just one."""
        return self.row == self.last_row and self.column == self.last_column


@dataclass(frozen=True, slots=True)
class TableReference:
    """A structured reference; ``items`` are parts like ``#This Row``, ``columns`` one column or the ends of a span."""

    table: str
    items: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one spelling under which an environment is asked for it: ``表[列]`` or ``表[[#This Row],[列]]``."""
        if not self.items and len(self.columns) == 1:
            return f"{self.table}[{self.columns[0]}]"
        columns = ":".join(f"[{column}]" for column in self.columns)
        parts = [f"[{item}]" for item in self.items] + ([columns] if columns else [])
        return f"{self.table}[{','.join(parts)}]"


Literal: TypeAlias = Number | Text | Logical | ErrorLiteral


@dataclass(frozen=True, slots=True)
class ArrayConstant:
    """``{1,2;3,4}``: rows of literals, all of one length."""

    rows: tuple[tuple[Literal, ...], ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """``-x``, ``+x`` or ``x%``; the operator says which."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and an operator between them."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; the name is upper case and without the file's ``_xlfn.`` prefix."""

    function: str
    arguments: tuple["Node", ...]


Leaf: TypeAlias = Literal | Missing | Name | Reference | TableReference | ArrayConstant
Node: TypeAlias = Leaf | Unary | Binary | Call


def moved(node: Node, rows: int, columns: int) -> Node:
    """A tree copied so many rows down and columns to the right: parts of references that are not fixed move along.

    Past the end of the sheet they go on at its beginning, as relative names do.
    """
    match node:
        case Reference():
            return _moved_reference(node, rows, columns)
        case Unary(operator, operand):
            return Unary(operator, moved(operand, rows, columns))
        case Binary(operator, left, right):
            return Binary(operator, moved(left, rows, columns), moved(right, rows, columns))
        case Call(function, arguments):
            return Call(function, tuple(moved(argument, rows, columns) for argument in arguments))
        case _:
            return node


def _moved_reference(node: Reference, rows: int, columns: int) -> Reference:
    row, column, last_row, last_column = (
        number if fixed else (number + by - 1) % last + 1
        for number, fixed, by, last in zip(
            (node.row, node.column, node.last_row, node.last_column),
            node.fixed,
            (rows, columns, rows, columns),
            (LAST_ROW, LAST_COLUMN, LAST_ROW, LAST_COLUMN),
            strict=True,
        )
    )
    (row, last_row), (column, last_column) = sorted((row, last_row)), sorted((column, last_column))
    return Reference(node.sheet, row, column, last_row, last_column, node.fixed)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under one node, left to right."""
    match node:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Every node of a tree, parents before children, left to right."""
    pending = [node]
    while pending:
        here = pending.pop()
        yield here
        pending.extend(reversed(children(here)))
