"""Which figure of the new generation belongs in place of which figure of the last one.

A figure is followed by the sentence or row it stands in, not by its address alone: when a project is added, the rows of
the master workbook move and an address means another project.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rapidfuzz.distance import Indel

from toolkit.word.merging.words import FIGURE, Slot

Agrees = Callable[[str, str], bool]
"""Whether a printed text still is what the master workbook says at an address."""


class Said(Protocol):
    """A paragraph, row or table: its key and the figures of the key's placeholders, in order."""

    key: str
    figures: list[Slot]


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


def aligned(before: Said, after: Said) -> dict[int, Slot]:
    """Place of a figure in one paragraph → the same figure in another version of it."""
    if before.key == after.key:
        return dict(enumerate(after.figures))
    olds, news = (_places(words.key) for words in (before, after))
    found: dict[int, Slot] = {}
    for code in Indel.opcodes(before.key, after.key):
        if code.tag == "equal":
            for place in range(code.src_start, code.src_end):
                if place in olds:
                    found[olds[place]] = after.figures[news[place - code.src_start + code.dest_start]]
    return found


def local_addresses(before: Said, after: Said) -> dict[str, str]:
    """Address in a paragraph's last version → address in its new one, where all its figures of that address agree.

    Nothing where the wording changed: it may then speak of another project, and the figures must not follow it.
    """
    if before.key != after.key:
        return {}
    found: dict[str, set[str]] = {}
    for place, slot in aligned(before, after).items():
        found.setdefault(before.figures[place].at, set()).add(slot.at)
    return {at: next(iter(now)) for at, now in found.items() if len(now) == 1}


def _places(key: str) -> dict[int, int]:
    places = [place for place, letter in enumerate(key) if letter == FIGURE]
    return {place: number for number, place in enumerate(places)}


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
