"""Formulas that use one another: what to calculate first, and which go round in circles."""

from collections.abc import Mapping
from functools import lru_cache

from toolkit.errors import SchemeError
from toolkit.formula.parser import parse

Uses = dict[str, tuple[str, ...]]


def find_cycles(formulas: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Circles among named formulas, each as the names in order of use: the first uses the second, the last the first.

    Of formulas entangled in several circles one shortest circle is told; a formula using itself is a circle of one.

    Raises:
        FormulaSyntaxError: a formula cannot be read.
    """
    return _circles(_uses(formulas))


def _circles(uses: Uses) -> list[tuple[str, ...]]:
    circles = []
    for tangle in _tangles(uses):
        inside = set(tangle)
        first = next(name for name in uses if name in inside)
        circle = _shortest_circle(uses, first, inside)
        if circle:
            circles.append(circle)
    return circles


def evaluation_order(formulas: Mapping[str, str]) -> list[str]:
    """The names such that every formula comes after those it uses; otherwise the order given.

    Raises:
        SchemeError: formulas go round in circles; the message names them.
        FormulaSyntaxError: a formula cannot be read.
    """
    return list(_order(tuple(formulas.items())))


@lru_cache(maxsize=256)  # a scheme's formulas are put in order for every project
def _order(formulas: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    uses = _uses(dict(formulas))
    circles = _circles(uses)
    if circles:
        told = "；".join(" → ".join((*circle, circle[0])) for circle in circles)
        raise SchemeError(f"公式互相引用，无法计算：{told}", what_to_do="改掉其中一个公式，使引用不再绕回自己")
    return tuple(name for tangle in _tangles(uses) for name in tangle)


def _uses(formulas: Mapping[str, str]) -> Uses:
    known = {name.casefold(): name for name in formulas}
    place = {name: number for number, name in enumerate(formulas)}
    uses: Uses = {}
    for name, text in formulas.items():
        used = {known[other.casefold()] for other in parse(text).names if other.casefold() in known}
        uses[name] = tuple(sorted(used, key=place.__getitem__))
    return uses


def _tangles(uses: Uses) -> list[list[str]]:
    """Tarjan's strongly connected components, the used before the using, without recursion."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    trail: list[str] = []
    on_trail: set[str] = set()
    tangles: list[list[str]] = []
    for root in uses:
        pending = [(root, iter(uses[root]))] if root not in number else []
        while pending:
            name, others = pending[-1]
            if name not in number:
                number[name] = low[name] = len(number)
                trail.append(name)
                on_trail.add(name)
            fresh = next((other for other in others if _seen(name, other, number, low, on_trail)), None)
            if fresh is not None:
                pending.append((fresh, iter(uses[fresh])))
                continue
            pending.pop()
            if pending:
                above = pending[-1][0]
                low[above] = min(low[above], low[name])
            if low[name] == number[name]:
                tangles.append(_cut(trail, on_trail, name))
    return tangles


def _seen(name: str, other: str, number: dict[str, int], low: dict[str, int], on_trail: set[str]) -> bool:
    """Whether a name has not been visited yet; if it has, take note of how far back it reaches."""
    if other in on_trail:
        low[name] = min(low[name], number[other])
    return other not in number


def _cut(trail: list[str], on_trail: set[str], name: str) -> list[str]:
    at = trail.index(name)
    tangle = trail[at:]
    del trail[at:]
    on_trail.difference_update(tangle)
    return tangle


def _shortest_circle(uses: Uses, first: str, inside: set[str]) -> tuple[str, ...] | None:
    paths: dict[str, tuple[str, ...]] = {first: (first,)}
    queue = [first]
    for name in queue:
        for other in uses[name]:
            if other == first:
                return paths[name]
            if other in inside and other not in paths:
                paths[other] = (*paths[name], other)
                queue.append(other)
    return None
