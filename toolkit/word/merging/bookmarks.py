"""Figures whose bookmark no longer holds all of them: LibreOffice ends it early where a comment stands before it."""

from collections.abc import Mapping

from toolkit.word.merging.cutting import cut
from toolkit.word.merging.words import Opened, Slot
from toolkit.word.package import Node, w


def restore_bookmarks(mine: Opened, known: Mapping[str, str]) -> None:
    """Put bookmarks around their whole figure again where the rest of it stands beside them.

    Args:
        mine: a person's copy, changed in place.
        known: address → text in the generation it was made from.
    """
    for paragraph in _paragraphs(mine):
        for slot in mine.words(paragraph).figures:
            whole = known.get(slot.at, "")
            if slot.text != whole and slot.text in whole and slot.end is not None:
                _restore(paragraph, slot, whole)
                mine.forget(paragraph)


def _paragraphs(mine: Opened) -> list[Node]:
    return [node for root in mine.roots.values() for node in root.iter(w("p")) if mine.words(node).figures]


def _restore(paragraph: Node, slot: Slot, whole: str) -> None:
    letters = [(node, place) for node in paragraph.iter(w("t")) for place in range(len(node.text or ""))]
    text = "".join(node.text or "" for node in paragraph.iter(w("t")))
    first = next((number for number, (node, _) in enumerate(letters) if node is slot.texts[0]), None)
    if first is None:
        return
    start = first - whole.find(slot.printed)
    if start < 0 or text[start : start + len(whole)] != whole:
        return
    end = start + len(whole)
    behind = letters[end] if end < len(letters) else None
    last = letters[end - 1][0]
    if behind is not None:
        cut(*behind).addprevious(slot.end)
    else:
        next(last.iterancestors(w("r"))).addnext(slot.end)
    if start != first:
        cut(*letters[start]).addprevious(slot.start)
