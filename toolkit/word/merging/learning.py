"""What became of every figure from one generation to the next, learnt from the paragraphs and rows both have."""

from collections.abc import Iterator, Sequence

from toolkit.word.merging.pairing import pair
from toolkit.word.merging.renewal import Renewal
from toolkit.word.merging.units import Unit, UnitKind, block_units
from toolkit.word.merging.words import Opened


def learn(base: Opened, theirs: Opened) -> Renewal:
    """Follow the figures of all text of both generations."""
    old, new = block_units(base, base.body), block_units(theirs, theirs.body)
    return Renewal.of(_leaves(old), _leaves(new), _same(old, new))


def _same(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    for before, now in pair(old, new).items():
        first, second = old[before], new[now]
        if first.kind is UnitKind.TABLE and first.key != second.key:
            yield from _same(first.rows, second.rows)
        else:
            yield first, second


def _leaves(units: Sequence[Unit]) -> list[Unit]:
    """Paragraphs, and rows in place of tables."""
    return [leaf for unit in units for leaf in (unit.rows or (unit,))]
