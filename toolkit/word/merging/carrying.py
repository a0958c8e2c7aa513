"""A newly generated paragraph in place of one whose words nobody changed: emphasis, comments, notes go with it."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from toolkit.word.merging.cutting import cut
from toolkit.word.merging.words import Opened
from toolkit.word.merging.work import as_generated
from toolkit.word.package import Node, w

_EMPHASIS = ("b", "i", "u", "strike", "dstrike", "em", "color", "highlight", "vertAlign")
_ORDER = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
          "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
          "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em",
          "lang", "eastAsianLayout", "specVanish", "oMath")  # fmt: skip
_OFF = {"0", "false", "off", "none", "auto", "baseline", "nil"}
_ATTACHED = tuple(
    map(w, ("commentRangeStart", "commentRangeEnd", "commentReference", "footnoteReference", "endnoteReference"))
)
Mark = tuple[str, str]
"""A kind of emphasis and its value, e.g. ("color", "FF0000")."""


@dataclass(frozen=True, slots=True)
class _Attached:
    """Something a person hung into a paragraph, and the place in its key before which it stands."""

    place: int
    node: Node


def carry_over(base: tuple[Opened, Node], mine: tuple[Opened, Node], new: tuple[Opened, Node]) -> None:
    """Give a new paragraph what a person did to the old one without changing its words.

    Args:
        base: the paragraph as it was generated.
        mine: as it is now; its key is the same.
        new: the paragraph now generated, changed in place.
    """
    if as_generated(base[1]) == as_generated(mine[1]):
        new[0].forget(new[1])  # nothing was done to it
        return
    places = _mapping(base[0].words(base[1]).key, new[0].words(new[1]).key)
    emphasised = list(_emphasised(_marks(*base), _marks(*mine), places))
    hung = [_Attached(places.at(item.place), item.node) for item in _attachments(*mine)]
    _set_emphasis(*new, emphasised)
    _attach(*new, hung)
    new[0].forget(new[1])


def attached(paragraph: Node) -> list[tuple[str, str]]:
    """What hangs in a paragraph besides its words: comments and notes, tracked changes."""
    tags = (*_ATTACHED, w("ins"), w("del"), w("moveFrom"), w("moveTo"))
    return [(node.tag, node.get(w("id"), "")) for node in paragraph.iter(*tags)]


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


def _marks(opened: Opened, paragraph: Node) -> list[frozenset[Mark]]:
    """The direct emphasis of every character of a paragraph's key."""
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
    for tag in _EMPHASIS if properties is not None else ():
        node = properties.find(w(tag))
        if node is not None:
            value = node.get(w("val"), "true").casefold()
            if value not in _OFF:
                yield tag, "true" if value in ("1", "on") else value


def _emphasised(
    base: Sequence[frozenset[Mark]], mine: Sequence[frozenset[Mark]], places: _Mapping
) -> Iterable[tuple[int, frozenset[Mark], frozenset[Mark]]]:
    """Place in the new key, emphasis a person added, emphasis a person took off."""
    for place, (before, now) in enumerate(zip(base, mine, strict=True)):
        if before != now and places.places[place] >= 0:
            yield places.places[place], now - before, before - now


def _set_emphasis(
    opened: Opened, paragraph: Node, wanted: Sequence[tuple[int, frozenset[Mark], frozenset[Mark]]]
) -> None:
    where = opened.places(paragraph)
    for place, added, removed in sorted(wanted, key=lambda item: -item[0]):
        run = _cut_out(where[place])
        properties = run.find(w("rPr"))
        if properties is None:
            run.insert(0, properties := run.makeelement(w("rPr")))
        for tag, _ in removed:
            properties.remove(properties.find(w(tag)))
        for tag, value in sorted(added):
            _add_property(properties, tag, value)


def _add_property(properties: Node, tag: str, value: str) -> None:
    """Put a property where the schema wants it."""
    for node in properties.findall(w(tag)):
        properties.remove(node)
    made = properties.makeelement(w(tag), {} if value == "true" else {w("val"): _as_written(tag, value)})
    rank = _ORDER.index(tag)
    later = (node for node in properties if _rank(node) > rank)
    following = next(later, None)
    properties.append(made) if following is None else following.addprevious(made)


def _as_written(tag: str, value: str) -> str:
    """Highlights, underlines and positions have mixed case in the schema (``darkBlue``, ``wavyHeavy``)."""
    if tag == "color":
        return value.upper()
    return _MIXED_CASE.get(value, value)


_MIXED_CASE = {
    name.casefold(): name
    for name in (
        *("darkBlue", "darkCyan", "darkGreen", "darkMagenta", "darkRed", "darkYellow", "darkGray", "lightGray"),
        *("dottedHeavy", "dashedHeavy", "dashLong", "dashLongHeavy", "dotDash", "dashDotHeavy", "dotDotDash"),
        *("dashDotDotHeavy", "wavyHeavy", "wavyDouble", "underDot"),
    )
}


def _rank(node: Node) -> int:
    name = node.tag.rpartition("}")[2]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _cut_out(place: tuple[Node, int]) -> Node:
    """The run that holds just the character of a place (a figure as a whole): cut off before and behind it."""
    text, offset = place
    run = next(text.iterancestors(w("r")))
    if text.tag != w("t") or _in_figure(run):
        return run
    cut(text, offset + 1)
    return cut(text, offset)


def _in_figure(run: Node) -> bool:
    before = run.getprevious()
    return before is not None and before.tag == w("bookmarkStart") and before.get(w("name"), "").startswith("jx")


def _attachments(opened: Opened, paragraph: Node) -> Iterator[_Attached]:
    """Comments and notes of a paragraph with their places; a reference comes with its run."""
    where = opened.places(paragraph)
    order = {node: number for number, node in enumerate(paragraph.iter())}
    for node in paragraph.iter(*_ATTACHED):
        within = [number for number, (text, _) in enumerate(where) if order[text] > order[node]]
        place = within[0] if within else len(where)
        run = node.getparent()
        yield _Attached(place, deepcopy(run if run.tag == w("r") else node))


def _attach(opened: Opened, paragraph: Node, items: Sequence[_Attached]) -> None:
    """Hang things in, from the last place to the first so that earlier places stay true."""
    for reference in list(paragraph.iter(*_ATTACHED)):
        reference.getparent().remove(reference)  # a note of the new generation is one of the person's copy too
    where = opened.places(paragraph)
    for item in sorted(items, key=lambda item: -item.place):
        if item.place >= len(where):
            paragraph.append(item.node)
            continue
        text, offset = where[item.place]
        run = next(text.iterancestors(w("r")))
        target = run.getprevious() if _in_figure(run) else cut(text, offset) if text.tag == w("t") else run
        target.addprevious(item.node)
