"""Which names a condition cannot do without: the rest it asks about itself, and they may well be blank."""

from collections.abc import Iterator
from functools import lru_cache

from toolkit.formula.parser import parse
from toolkit.formula.tree import Binary, Call, Name, Node, Text, walk

GUARDS = frozenset({"N", "ISBLANK", "ISNUMBER", "ISTEXT", "COUNT", "COUNTA", "COUNTBLANK"})


@lru_cache(maxsize=2048)
def operands(formula: str) -> tuple[str, ...]:
    """Every name of a formula once, in order of appearance.

    Raises:
        FormulaSyntaxError: the text is not a formula.
    """
    return tuple(dict.fromkeys(node.name for node in walk(parse(formula).tree) if isinstance(node, Name)))


@lru_cache(maxsize=2048)  # asked about the same conditions for every project
def judged_operands(formula: str) -> tuple[str, ...]:
    """Names a condition needs filled in before it can be judged, in order of appearance.

    A name the formula asks about itself, as in ``N(审计核减后合同金额)=0`` or ``审计金额=""``, is none of them.

    Raises:
        FormulaSyntaxError: the text is not a formula.
    """
    guarded = {name.name for node in walk(parse(formula).tree) for name in _asked_about(node)}
    return tuple(name for name in operands(formula) if name not in guarded)


def _asked_about(node: Node) -> Iterator[Name]:
    if isinstance(node, Call) and node.function in GUARDS:
        yield from (argument for argument in node.arguments if isinstance(argument, Name))
    if isinstance(node, Binary) and node.operator in ("=", "<>"):
        sides = (node.left, node.right)
        if any(isinstance(side, Text) and not side.value for side in sides):
            yield from (side for side in sides if isinstance(side, Name))
