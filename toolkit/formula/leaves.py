"""Closures for the ends of the tree: constants, names, references, structured references."""

from decimal import Decimal

from toolkit.formula.arrays import Array, Operand, intersected, is_area, lifted
from toolkit.formula.coerce import ZERO
from toolkit.formula.environment import Scope
from toolkit.formula.forms import Run
from toolkit.formula.tree import ArrayConstant, Leaf, Missing, Name, Reference, TableReference
from toolkit.model.values import ErrorValue


def compile_leaf(node: Leaf, *, spread: bool) -> Run:
    """A leaf as one value; an area becomes an array when the call around it spreads, else its only cell."""
    match node:
        case Missing():
            return constant(None)
        case ArrayConstant(rows):
            return constant(Array(tuple(literal.value for literal in row) for row in rows))
        case Name(name):
            return _named(name, spread=spread)
        case TableReference():
            return _named(node.key, spread=spread)
        case Reference():
            return _reference(node, spread=spread)
        case _:
            return constant(node.value)


def compile_area(node: Leaf) -> Run:
    """A leaf as functions over many values see it: a reference is an area even when it is one cell."""
    match node:
        case Name(name):
            return _named_area(name)
        case TableReference():
            return _named_area(node.key)
        case Reference():
            return _area(node)
        case Missing():
            return constant(ZERO)
        case _:
            return compile_leaf(node, spread=False)


def constant(value: Operand) -> Run:
    """The same value whatever the scope."""
    return lambda _scope: value


def _named(name: str, *, spread: bool) -> Run:
    settle_area = lifted if spread else intersected

    def run(scope: Scope) -> Operand:
        values = scope.values
        value = values[name] if name in values else scope.environment.name(name)
        return settle_area(value) if is_area(value) else value

    return run


def _named_area(name: str) -> Run:
    def run(scope: Scope) -> Operand:
        values = scope.values
        value = values[name] if name in values else scope.environment.name(name)
        if value is ErrorValue.NAME and name not in values:
            return value  # an unknown name is no cell with an error in it
        # A number is the same to every function whether it is typed or referred to; only other kinds are told apart.
        return value if type(value) is Decimal or isinstance(value, tuple) else ((value,),)

    return run


def _reference(node: Reference, *, spread: bool) -> Run:
    if node.is_cell:
        sheet, row, column = node.sheet, node.row, node.column
        return lambda scope: scope.environment.cell(sheet, row, column)
    if not spread:
        return constant(ErrorValue.VALUE)
    area = _area(node)
    return lambda scope: lifted(area(scope))


def _area(node: Reference) -> Run:
    corners = (node.sheet, node.row, node.column, node.last_row, node.last_column)
    if node.is_cell:
        sheet, row, column = node.sheet, node.row, node.column
        return lambda scope: ((scope.environment.cell(sheet, row, column),),)
    return lambda scope: scope.environment.area(*corners) or ((None,),)
