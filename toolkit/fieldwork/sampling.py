"""Samples that anybody can draw again: from the method, the size, the seed and the population alone.

Chance comes from SHA-256 of seed, hash of the population and item, not from a library's generator, so that another
program can repeat a draw. The hash of the population tells whether it still is the one that was drawn from.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

METHODS = ("简单随机", "等距", "分层", "金额加权")
_RANGE = 2**256


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be drawn: key, stratum it belongs to, weight in money (0 for what has none)."""

    key: str
    stratum: str = ""
    money: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, in the order of the population, and all that is needed to draw it again."""

    method: str
    size: int
    seed: str
    population: int
    population_hash: str
    keys: tuple[str, ...]


def population_hash(items: Sequence[Item]) -> str:
    """SHA-256 of keys, strata and money of all items in their order."""
    listed = [[item.key, item.stratum, f"{item.money:f}"] for item in items]
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def draw(items: Sequence[Item], method: str, size: int, seed: str) -> Sample:
    """Draw ``size`` items, or all where there are no more; of money-weighted draws at most the items with money.

    Raises:
        KeyError: there is no such method.
    """
    known = population_hash(items)
    taken = _DRAWS[method](items, max(0, min(size, len(items))), f"{seed}|{known}")
    keys = tuple(item.key for item in items if item.key in taken)
    return Sample(method, size, seed, len(items), known, keys)


def _chance(salt: str, name: str) -> Fraction:
    """A number from 0 on, below 1."""
    return Fraction(int.from_bytes(hashlib.sha256(f"{salt}|{name}".encode()).digest()), _RANGE)


def _simple(items: Sequence[Item], size: int, salt: str) -> set[str]:
    return {item.key for item in sorted(items, key=lambda item: _chance(salt, item.key))[:size]}


def _systematic(items: Sequence[Item], size: int, salt: str) -> set[str]:
    """Every N/n-th from a start by chance."""
    start = _chance(salt, "起点")
    return {items[int((start + number) * len(items) / size)].key for number in range(size)}


def _stratified(items: Sequence[Item], size: int, salt: str) -> set[str]:
    """Shares by the size of the strata, largest remainders first; at least one of each while the size allows."""
    strata: dict[str, list[Item]] = {}
    for item in items:
        strata.setdefault(item.stratum, []).append(item)
    shares = _shares({name: len(found) for name, found in strata.items()}, size)
    return {key for name, found in strata.items() for key in _simple(found, shares[name], salt)}


def _shares(counts: Mapping[str, int], size: int) -> dict[str, int]:
    total = sum(counts.values())
    least = 1 if size >= len(counts) else 0
    exact = {name: Fraction(size * count, total) if total else Fraction(0) for name, count in counts.items()}
    shares = {name: min(counts[name], max(least, int(share))) for name, share in exact.items()}
    by_remainder = sorted(counts, key=lambda name: (-(exact[name] - int(exact[name])), name))
    while (lack := size - sum(shares.values())) != 0:
        step = 1 if lack > 0 else -1
        movable = [
            name for name in (by_remainder if step > 0 else reversed(by_remainder))
            if (shares[name] < counts[name] if step > 0 else shares[name] > least)
        ]  # fmt: skip
        if not movable:
            break
        # the stratum furthest from its exact share first
        name = max(movable, key=lambda one: step * (exact[one] - shares[one]))
        shares[name] += step
    return shares


def _money_weighted(items: Sequence[Item], size: int, salt: str) -> set[str]:
    """Systematic along the sum of money: what is as large as an interval or larger is always drawn."""
    weighted = [item for item in items if item.money > 0]
    total = sum((Fraction(item.money) for item in weighted), Fraction(0))
    if not total or not size:
        return set()
    start, interval = _chance(salt, "起点"), total / size
    marks = [(start + number) * interval for number in range(size)]
    taken, reached = set(), Fraction(0)
    for item in weighted:
        below, reached = reached, reached + Fraction(item.money)
        if any(below <= mark < reached for mark in marks):
            taken.add(item.key)
    return taken


_DRAWS = dict(zip(METHODS, (_simple, _systematic, _stratified, _money_weighted), strict=True))
