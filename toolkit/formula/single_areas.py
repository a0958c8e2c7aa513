"""Where a formula has an area in the place of a single value."""

from collections.abc import Collection, Iterator

from toolkit.formula.forms import FORMS
from toolkit.formula.functions import FUNCTIONS, Takes
from toolkit.formula.parser import Formula
from toolkit.formula.spell import spell
from toolkit.formula.tree import Call, Name, Node, Reference, children


def taken_cell_by_cell(formula: Formula, areas: Collection[str]) -> tuple[str, ...]:
    """The areas a formula must be an array formula for: they stand where an ordinary cell takes a single value.

    Args:
        formula: a formula that can be compiled.
        areas: names that are areas, in any case; references to several cells are known to be.
    """
    folded = frozenset(name.casefold() for name in areas)
    return tuple(dict.fromkeys(_single_areas(formula.tree, folded, spread=False)))


def _single_areas(node: Node, areas: frozenset[str], *, spread: bool, as_operand: bool = False) -> Iterator[str]:
    match node:
        case Name(name) if not spread and not as_operand and name.casefold() in areas:
            yield name
        case Reference() if not spread and not as_operand and not node.is_cell:
            yield spell(node)
        case Call(name, arguments) if name in FUNCTIONS:
            function = FUNCTIONS[name]
            for argument, take in zip(arguments, function.takes(len(arguments)) or (), strict=False):
                whole = take is Takes.OPERAND
                inside = spread or (whole and function.spreads)
                yield from _single_areas(argument, areas, spread=inside, as_operand=whole)
        case Call(name, arguments) if name in FORMS and as_operand:
            for at, argument in enumerate(arguments):
                chosen = FORMS[name].is_result(at, len(arguments))
                yield from _single_areas(argument, areas, spread=spread, as_operand=chosen)
        case _:
            for part in children(node):
                yield from _single_areas(part, areas, spread=spread)
