"""Page breaks of a paragraph. One before it may be a property of it or stand in it, as LibreOffice writes it."""

from collections.abc import Iterator, Sequence

from lxml import etree

from toolkit.word.merging.cutting import places_of, put_before
from toolkit.word.merging.words import Opened
from toolkit.word.package import Node, w

_BEFORE = w("pageBreakBefore")
_EARLIER = tuple(map(w, ("pStyle", "keepNext", "keepLines")))
_OFF = ("0", "false", "off")


def count_breaks(node: Node) -> int:
    """How many page breaks an element holds."""
    return sum(map(_is_before, node.iter(_BEFORE))) + len(list(_typed(node)))


def added_breaks(base: tuple[Opened, Node], mine: tuple[Opened, Node]) -> list[int]:
    """Places in the key of a paragraph before which a person broke the page; both have the same key."""
    left = _breaks(*mine)
    for place in _breaks(*base):
        if left:
            left.remove(min(left, key=lambda own: abs(own - place)))
    return left


def add_breaks(opened: Opened, paragraph: Node, places: Sequence[int]) -> None:
    """Break the page before some characters of a paragraph's key."""
    for place in sorted(places, reverse=True):
        if place:
            run = paragraph.makeelement(w("r"))
            etree.SubElement(run, w("br"), {w("type"): "page"})
            put_before(paragraph, opened.places(paragraph), place, [run])
        else:
            break_before(paragraph)


def begins_page(opened: Opened, paragraph: Node) -> bool:
    """Whether a paragraph stands at the top of a page."""
    return 0 in _breaks(opened, paragraph)


def break_before(paragraph: Node) -> None:
    """Have a paragraph begin a page."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        paragraph.insert(0, properties := paragraph.makeelement(w("pPr")))
    for node in properties.findall(_BEFORE):
        properties.remove(node)
    properties.insert(sum(node.tag in _EARLIER for node in properties), properties.makeelement(_BEFORE))


def _breaks(opened: Opened, paragraph: Node) -> list[int]:
    """The place in its key before which each page break of a paragraph stands."""
    before = [0 for node in paragraph.iterfind(f"{w('pPr')}/{_BEFORE}") if _is_before(node)]
    typed = list(_typed(paragraph))
    return before + (list(places_of(opened, paragraph, typed)) if typed else [])


def _typed(node: Node) -> Iterator[Node]:
    return (mark for mark in node.iter(w("br")) if mark.get(w("type")) == "page")


def _is_before(node: Node) -> bool:
    return node.get(w("val"), "true") not in _OFF
