"""Which figure of the new generation belongs in place of which figure of the last one.

A figure is followed by the sentence or row it stands in, not by its address alone: when a project is added, the rows of
the master workbook move and an address means another project.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from toolkit.word.merging.aligning import Said, aligned

Agrees = Callable[[str, str], bool]
"""Whether a printed text still is what the master workbook says at an address."""


class Named(Said, Protocol):
    """The same, with what it is about."""

    name: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A figure as it is now."""

    at: str
    text: str


@dataclass(slots=True)
class Renewal:
    """The figures of the last generation and of the new one.

    Attributes:
        old, new: address → text.
        where: address in the last generation → addresses of the same figure now, from units that read the same.
        likely: the same, from units whose wording changed.
        shifted: sheets on which some figure is not where it was.
        about: address → what paragraphs and rows with it are about, in both generations.
    """

    old: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    where: dict[str, Counter[str]] = field(default_factory=dict)
    likely: dict[str, Counter[str]] = field(default_factory=dict)
    shifted: set[str] = field(default_factory=set)
    about: tuple[Mapping[str, set[str]], Mapping[str, set[str]]] = ({}, {})

    @classmethod
    def of(cls, old: Sequence[Named], new: Sequence[Named], pairs: Iterable[tuple[Said, Said]]) -> "Renewal":
        """Learn from all text of both generations, and from the units known to be the same."""
        renewal = cls(_texts(old), _texts(new), about=(_about(old), _about(new)))
        for before, after in pairs:
            known = renewal.where if before.key == after.key else renewal.likely
            for place, now in aligned(before, after).items():
                known.setdefault(before.figures[place].at, Counter())[now.at] += 1
        renewal.shifted = {_sheet(at) for at, now in renewal.where.items() if at not in now}
        return renewal

    def fresh(self, at: str, local: Mapping[str, str] | None = None) -> Fresh | None:
        """What a figure of the last generation is now; None where nothing says it.

        ``local``: the same, as the figure's own paragraph knows it.
        """
        now = (local or {}).get(at) or self._elsewhere(at)
        return Fresh(now, self.new[now]) if now in self.new else None

    def stays(self, at: str) -> bool:
        """Whether a figure that is generated no longer is still about what stands in its cell now."""
        return not (self.where.get(at) or self.likely.get(at)) and self._is_where_it_was(at)

    def _elsewhere(self, at: str) -> str:
        known = self.where.get(at) or self.likely.get(at)
        if not known:
            return at if self._is_where_it_was(at) else ""
        if at in known:
            return at
        (first, count), *others = known.most_common(2)
        return first if not others or others[0][1] < count else ""

    def _is_where_it_was(self, at: str) -> bool:
        """Whether nothing speaks against a figure still standing in its cell."""
        before, now = (names.get(at, set()) for names in self.about)
        is_of_another = bool(before) and bool(now) and not before & now
        return not is_of_another and _sheet(at) not in self.shifted


def _texts(units: Iterable[Said]) -> dict[str, str]:
    return {slot.at: slot.text for unit in units for slot in unit.figures}


def _about(units: Iterable[Named]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for unit in units:
        for slot in unit.figures if unit.name else ():
            found.setdefault(slot.at, set()).add(unit.name.strip("《》“”"))
    return found


def _sheet(at: str) -> str:
    return at.rpartition("!")[0]
