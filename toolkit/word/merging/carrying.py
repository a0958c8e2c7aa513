"""A newly generated paragraph in place of one whose words nobody changed: look, comments, notes and breaks go along."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from toolkit.word.merging.breaks import add_breaks, added_breaks
from toolkit.word.merging.cutting import places_of, put_before
from toolkit.word.merging.looks import carried, change_looks, changes, gone
from toolkit.word.merging.words import Opened
from toolkit.word.merging.work import generated_alike
from toolkit.word.package import Node, w

_ATTACHED = tuple(
    map(w, ("commentRangeStart", "commentRangeEnd", "commentReference", "footnoteReference", "endnoteReference"))
)


def carry_over(base: tuple[Opened, Node], mine: tuple[Opened, Node], new: tuple[Opened, Node]) -> list[str]:
    """Give a new paragraph what a person did to the old one without changing its words.

    Args:
        base: the paragraph as it was generated.
        mine: as it is now; its key is the same.
        new: the paragraph now generated, changed in place.

    Returns:
        words that a person made look otherwise and that are there no longer.
    """
    if generated_alike(base[1], mine[1]):
        new[0].forget(new[1])  # nothing was done to it
        return []
    key, now = base[0].words(base[1]).key, new[0].words(new[1]).key
    places = _mapping(key, now)
    done = changes(base, mine)
    breaks = [places.at(place) for place in added_breaks(base, mine)]
    hung: dict[int, list[Node]] = {}
    for place, node in _attachments(*mine):
        hung.setdefault(places.at(place), []).append(node)
    change_looks(*new, carried(done, places.places, len(now)))
    _attach(*new, hung)
    add_breaks(*new, breaks)
    new[0].forget(new[1])
    return list(gone(done, places.places, key))


@dataclass(frozen=True, slots=True)
class _Mapping:
    """Places of one key in another version of it; −1 for a character that is gone."""

    places: tuple[int, ...]
    size: int

    def at(self, place: int) -> int:
        """Where something before a character stands now."""
        return next((now for now in self.places[place:] if now >= 0), self.size)


def _mapping(old: str, new: str) -> _Mapping:
    places = [-1] * len(old)
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            places[code.src_start : code.src_end] = range(code.dest_start, code.dest_end)
    return _Mapping(tuple(places), len(new))


def _attachments(opened: Opened, paragraph: Node) -> Iterator[tuple[int, Node]]:
    """Comments and notes of a paragraph, each with the place in its key before which it stands."""
    found = list(paragraph.iter(*_ATTACHED))
    for place, node in zip(places_of(opened, paragraph, found), found, strict=True):
        run = node.getparent()
        yield place, deepcopy(run if run.tag == w("r") else node)


def _attach(opened: Opened, paragraph: Node, items: Mapping[int, Sequence[Node]]) -> None:
    """Hang things in, from the last place to the first so that earlier places stay true."""
    for reference in list(paragraph.iter(*_ATTACHED)):
        reference.getparent().remove(reference)  # a note of the new generation is one of the person's copy too
    where = opened.places(paragraph)
    for place in sorted(items, reverse=True):
        put_before(paragraph, where, place, items[place])
