"""Cutting a run in two before one of its characters, and putting elements there."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy

from toolkit.word.merging.words import Opened
from toolkit.word.package import XML_SPACE, Node, w


def cut(text: Node, offset: int) -> Node:
    """Split a run before a character of one of its texts; the run that begins there."""
    run = next(text.iterancestors(w("r")))
    later = [node for node in text.itersiblings() if node.tag != w("rPr")]
    before, after = (text.text or "")[:offset], (text.text or "")[offset:]
    earlier = [node for node in text.itersiblings(preceding=True) if node.tag != w("rPr")]
    if not before and not earlier:
        return run
    new = run.makeelement(w("r"))
    properties = run.find(w("rPr"))
    if properties is not None:
        new.append(deepcopy(properties))
    if after or not later:
        made = new.makeelement(w("t"))
        made.text = after
        made.set(XML_SPACE, "preserve")
        new.append(made)
    for node in later:
        new.append(node)
    text.text = before
    text.set(XML_SPACE, "preserve")
    run.addnext(new)
    return new


def in_figure(run: Node) -> bool:
    """Whether a run is what a figure's bookmark begins with."""
    before = run.getprevious()
    return before is not None and before.tag == w("bookmarkStart") and before.get(w("name"), "").startswith("jx")


def places_of(opened: Opened, paragraph: Node, nodes: Iterable[Node]) -> Iterator[int]:
    """For every element in a paragraph, the place in its key before which it stands."""
    where = opened.places(paragraph)
    order = {node: number for number, node in enumerate(paragraph.iter())}
    for node in nodes:
        within = (number for number, (text, _) in enumerate(where) if order[text] > order[node])
        yield next(within, len(where))


def put_before(paragraph: Node, where: Sequence[tuple[Node, int]], place: int, nodes: Sequence[Node]) -> None:
    """Put elements before a character of a paragraph's key; before a figure, never into it."""
    if place >= len(where):
        paragraph.extend(nodes)
        return
    text, offset = where[place]
    run = next(text.iterancestors(w("r")))
    target = run.getprevious() if in_figure(run) else cut(text, offset) if text.tag == w("t") else run
    for node in nodes:
        target.addprevious(node)
