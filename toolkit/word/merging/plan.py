"""Where every unit of a merged document stands.

The order is that of the new generation. Only what a person moved or added hangs behind what precedes it in the
person's copy: else a list that was generated in a new order would keep its old one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from toolkit.word.merging.pairing import longest_rising, pair
from toolkit.word.merging.units import Unit


@dataclass(frozen=True, slots=True)
class Both:
    """A unit in its three versions: last generation, person's copy, new generation."""

    base: Unit
    mine: Unit
    theirs: Unit


@dataclass(frozen=True, slots=True)
class Added:
    """A unit only the new generation has."""

    theirs: Unit


@dataclass(frozen=True, slots=True)
class Kept:
    """A unit of the person's copy the new generation does not have; ``base`` where the last one had it."""

    mine: Unit
    base: Unit | None = None


Step: TypeAlias = Both | Added | Kept
IsTouched: TypeAlias = Callable[[Unit, Unit], bool]
"""Whether a person's unit holds anything its generated one does not; untouched ones vanish with the generated one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Units of the result in order, and (last, new) generation of those a person deleted."""

    steps: tuple[Step, ...]
    deleted: tuple[tuple[Unit, Unit], ...]


def plan_merge(
    base: Sequence[Unit],
    mine: Sequence[Unit],
    theirs: Sequence[Unit],
    is_touched: IsTouched,
    to_theirs: dict[int, int],
) -> Plan:
    """Decide what stands where in the merge of three sequences of units; ``to_theirs`` pairs the generations."""
    planning = _Planning(base, mine, theirs, pair(base, mine), to_theirs)
    planning.lay_out()
    planning.hang(is_touched)
    return Plan(tuple(planning.ordered()), tuple(planning.deleted))


@dataclass(slots=True)
class _Planning:
    """A plan in the making.

    Attributes:
        to_mine, to_theirs: index in the base → index of the same unit in the other two.
        generated: steps in the order of the new generation. places: index in ``mine`` → place in ``generated``.
        hanging: index in ``mine`` → step that hangs behind what precedes it there.
    """

    base: Sequence[Unit]
    mine: Sequence[Unit]
    theirs: Sequence[Unit]
    to_mine: dict[int, int]
    to_theirs: dict[int, int]
    generated: list[Step] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    hanging: dict[int, Step] = field(default_factory=dict)
    deleted: list[tuple[Unit, Unit]] = field(default_factory=list)

    def lay_out(self) -> None:
        """The steps of the new generation, without what a person deleted or moved."""
        from_theirs = {new: old for old, new in self.to_theirs.items()}
        moved = self._moved()
        for new, unit in enumerate(self.theirs):
            old = from_theirs.get(new)
            if old is None:
                self.generated.append(Added(unit))
                continue
            own = self.to_mine.get(old)
            if own is None:
                self.deleted.append((self.base[old], unit))
                continue
            step = Both(self.base[old], self.mine[own], unit)
            if old in moved:
                self.hanging[own] = step
            else:
                self.places[own] = len(self.generated)
                self.generated.append(step)

    def hang(self, is_touched: IsTouched) -> None:
        """What only the person's copy has."""
        from_mine = {own: old for old, own in self.to_mine.items()}
        for own, unit in enumerate(self.mine):
            old = from_mine.get(own)
            if old is None:
                self.hanging[own] = Kept(unit)
            elif old not in self.to_theirs and is_touched(self.base[old], unit):
                self.hanging[own] = Kept(unit, self.base[old])

    def ordered(self) -> Iterator[Step]:
        """The generated steps with every hanging unit behind the nearest unit that precedes it in the person's copy."""
        behind: dict[int, list[Step]] = {}
        last = -1
        for own in range(len(self.mine)):
            last = self.places.get(own, last)
            if own in self.hanging:
                behind.setdefault(last, []).append(self.hanging[own])
        yield from behind.get(-1, ())
        for place, step in enumerate(self.generated):
            yield step
            yield from behind.get(place, ())

    def _moved(self) -> set[int]:
        """Units of the base that a person put elsewhere."""
        olds = sorted(self.to_mine)
        kept = longest_rising([self.to_mine[old] for old in olds])
        return {old for place, old in enumerate(olds) if place not in kept}
