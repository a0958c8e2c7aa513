"""Closures for the ends of the tree: constants, names, references, structured references."""

from decimal import Decimal

from toolkit.formula.arrays import Array, Operand, Range, intersected, lifted
from toolkit.formula.coerce import ZERO
from toolkit.formula.environment import NO_VALUES, Scope
from toolkit.formula.forms import Run
from toolkit.formula.references import column_letters
from toolkit.formula.tree import ArrayConstant, Leaf, Missing, Name, Reference, TableReference
from toolkit.model.values import ErrorValue, Value


def compile_leaf(node: Leaf, *, spread: bool) -> Run:
    """A leaf as one value; an area becomes an array when the call around it spreads, else the cell on its row."""
    match node:
        case Missing():
            return constant(None)
        case ArrayConstant(rows):
            return constant(Array(tuple(literal.value for literal in row) for row in rows))
        case Name() | TableReference():
            return _named(_key(node), spread=spread)
        case Reference():
            return _reference(node, spread=spread)
        case _:
            return constant(node.value)


def compile_area(node: Leaf) -> Run:
    """A leaf as functions over many values see it: a reference is an area even when it is one cell."""
    match node:
        case Name() | TableReference():
            return _named_area(_key(node))
        case Reference():
            return _area(node)
        case Missing():
            return constant(ZERO)
        case _:
            return compile_leaf(node, spread=False)


def constant(value: Operand) -> Run:
    """The same value whatever the scope."""
    return lambda _scope: value


def _key(node: Name | TableReference) -> str:
    """What an environment is asked for."""
    if isinstance(node, TableReference):
        return node.key
    return node.name if node.sheet is None else f"{node.sheet}!{node.name}"


def _named(name: str, *, spread: bool) -> Run:
    def run(scope: Scope) -> Operand:
        values = scope.values
        value = values[name] if name in values else scope.environment.name(name)
        if type(value) is Decimal or not isinstance(value, tuple):
            return value
        return lifted(value) if spread else intersected(value, scope.place)

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
        return _cell(node)
    area = _area(node)
    if spread:
        return lambda scope: lifted(area(scope))

    def run(scope: Scope) -> Operand:
        place = _crossing(node, scope)
        return ErrorValue.VALUE if place is None else scope.environment.cell(node.sheet, *place)

    return run


def _crossing(node: Reference, scope: Scope) -> tuple[int, int] | None:
    """The cell of a row or column that an ordinary cell beside it means."""
    if scope.place is None:
        return None
    row, column = scope.place
    if node.column == node.last_column and node.row <= row <= node.last_row:
        return row, node.column
    if node.row == node.last_row and node.column <= column <= node.last_column:
        return node.row, column
    return None


def _cell(node: Reference) -> Run:
    """One cell. Of a plain mapping its address is asked for at once, which is as quick as a name."""
    sheet, row, column = node.sheet, node.row, node.column
    address = f"{column_letters(column)}{row}" if sheet is None else f"{sheet}!{column_letters(column)}{row}"

    def run(scope: Scope) -> Value:
        values = scope.values
        if values is NO_VALUES:
            return scope.environment.cell(sheet, row, column)
        value = values.get(address)
        return None if isinstance(value, tuple) else value

    return run


def _area(node: Reference) -> Run:
    if node.is_cell:
        cell = _cell(node)
        return lambda scope: ((cell(scope),),)  # type: ignore[return-value]  # never an area
    corners = (node.sheet, node.row, node.column, node.last_row, node.last_column)

    def run(scope: Scope) -> Operand:
        found = scope.environment.area(*corners) or ((None,),)
        return found if type(found) is Range else Range.of(found, node.row, node.column)

    return run
