"""How the characters of a paragraph look: what a person changed of it, and the same change made to a new version."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.word.merging.cutting import cut, in_figure
from toolkit.word.merging.words import FIGURE, Opened
from toolkit.word.package import Node, w

_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
          "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
          "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em",
          "lang", "eastAsianLayout", "specVanish", "oMath")  # fmt: skip
_WRITTEN_BY_PROGRAMS = {"bCs", "iCs", "noProof", "snapToGrid", "webHidden", "kern", "szCs", "fitText", "rtl",
                        "cs", "lang", "eastAsianLayout", "specVanish", "oMath"}  # fmt: skip
"""Not what a person set: programs put them on every run they save."""
_LOOKS = tuple(tag for tag in _ORDER if tag not in _WRITTEN_BY_PROGRAMS)
_FONTS = tuple(map(w, ("ascii", "hAnsi", "eastAsia", "asciiTheme", "hAnsiTheme", "eastAsiaTheme")))
_NOTHING = {("color", "auto"), ("u", "none"), ("vertAlign", "baseline"), ("highlight", "none"), ("em", "none"),
            ("effect", "none"), ("bdr", "nil"), ("bdr", "none"), ("shd", "nil")}  # fmt: skip
_TRUE, _FALSE = {"1", "true", "on"}, {"0", "false", "off"}
_VAL = w("val")

Mark = tuple[str, tuple[tuple[str, str], ...]]
"""A property of a run and its attributes, e.g. ("color", (("…}val", "FF0000"),))."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person did to the look of a character: properties given to it, names of those taken off."""

    given: frozenset[Mark] = frozenset()
    taken: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.given or self.taken)


NONE = Change()


def changes(base: tuple[Opened, Node], mine: tuple[Opened, Node]) -> list[Change]:
    """What was done to every character of a key; both paragraphs have the same."""
    return [
        NONE if before == now else Change(now - before, frozenset(dict(before - now)) - frozenset(dict(now)))
        for before, now in zip(_marks(*base), _marks(*mine), strict=True)
    ]


def carried(done: Sequence[Change], places: Sequence[int], size: int) -> list[Change]:
    """The same for the key of a new version.

    New characters look like the whole paragraph, or like those on both sides of them.

    Args:
        done: what was done to the characters of the old key.
        places: where they stand in the new key; −1 for one that is gone.
        size: characters of the new key.
    """
    if len(set(done)) == 1:
        return [done[0]] * size
    found: list[Change | None] = [None] * size
    for change, place in zip(done, places, strict=True):
        if place >= 0:
            found[place] = change
    before, behind = _nearest(found), _nearest(found[::-1])[::-1]
    beside = (left if left is not None and left == right else NONE for left, right in zip(before, behind, strict=True))
    return [near if change is None else change for change, near in zip(found, beside, strict=True)]


def gone(done: Sequence[Change], places: Sequence[int], key: str) -> Iterator[str]:
    """Words a person made look otherwise of which no character is left."""
    if len(set(done)) == 1:
        return
    for change, group in groupby(range(len(done)), done.__getitem__):
        stretch = list(group)
        if change and all(places[place] < 0 for place in stretch):
            yield "".join(key[place] for place in stretch).replace(FIGURE, "□")


def change_looks(opened: Opened, paragraph: Node, wanted: Sequence[Change]) -> None:
    """Make the characters of a paragraph's key look as wanted."""
    where = opened.places(paragraph)
    for start, end in reversed(list(_stretches(where, wanted))):
        run = _cut_out(where[start], where[end])
        properties = run.find(w("rPr"))
        if properties is None:
            run.insert(0, properties := run.makeelement(w("rPr")))
        change = wanted[start]
        for tag in change.taken:
            _take(properties, tag)
        for tag, attributes in sorted(change.given):
            _give(properties, tag, dict(attributes))


def _marks(opened: Opened, paragraph: Node) -> list[frozenset[Mark]]:
    known: dict[Node, frozenset[Mark]] = {}
    found = []
    for node, _ in opened.places(paragraph):
        run = next(node.iterancestors(w("r")), None)
        if run not in known:
            known[run] = frozenset() if run is None else frozenset(_marks_of(run))
        found.append(known[run])
    return found


def _marks_of(run: Node) -> Iterator[Mark]:
    properties = run.find(w("rPr"))
    for tag in _LOOKS if properties is not None else ():
        node = properties.find(w(tag))
        if node is not None and (attributes := _attributes(tag, node)) is not None:
            yield tag, attributes


def _attributes(tag: str, node: Node) -> tuple[tuple[str, str], ...] | None:
    """The attributes of a property as one way of writing them; None for one that says nothing."""
    held: Mapping[str, str] = dict(node.attrib)
    if tag == "rFonts":
        held = {name: value for name, value in held.items() if name in _FONTS}
        return tuple(sorted(held.items())) if held else None
    value = held.get(_VAL, "true")
    if (tag, value) in _NOTHING:
        return None
    if value in _TRUE | _FALSE:
        return () if value in _TRUE else ((_VAL, "0"),)
    return tuple(sorted({**held, _VAL: value.upper() if tag == "color" else value}.items()))


def _nearest(found: Sequence[Change | None]) -> list[Change | None]:
    """At every place, what is known there or at the nearest place before it."""
    last: Change | None = None
    nearest = []
    for change in found:
        last = last if change is None else change
        nearest.append(last)
    return nearest


def _stretches(where: Sequence[tuple[Node, int]], wanted: Sequence[Change]) -> Iterable[tuple[int, int]]:
    """First and last place of characters of one text that get one change."""
    start = 0
    for place in range(1, len(where) + 1):
        if place == len(where) or where[place][0] is not where[start][0] or wanted[place] != wanted[start]:
            if wanted[start]:
                yield start, place - 1
            start = place


def _cut_out(first: tuple[Node, int], last: tuple[Node, int]) -> Node:
    """The run that holds just the characters between two places of a text; a figure as a whole."""
    text, offset = first
    run = next(text.iterancestors(w("r")))
    if text.tag != w("t") or in_figure(run):
        return run
    if last[1] + 1 < len(text.text) or text.getnext() is not None:
        cut(text, last[1] + 1)
    return cut(text, offset)


def _take(properties: Node, tag: str) -> None:
    for node in properties.findall(w(tag)):
        properties.remove(node)


def _give(properties: Node, tag: str, attributes: Mapping[str, str]) -> None:
    """Put a property where the schema wants it."""
    _take(properties, tag)
    made = properties.makeelement(w(tag), dict(attributes))
    rank = _ORDER.index(tag)
    following = next((node for node in properties if _rank(node) > rank), None)
    properties.append(made) if following is None else following.addprevious(made)


def _rank(node: Node) -> int:
    name = node.tag.rpartition("}")[2]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)
