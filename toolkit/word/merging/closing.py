"""The merged document made whole: bookmarks in pairs with ids and names of their own, drawings, properties."""

import re
from collections.abc import Iterable
from itertools import count

from toolkit.ooxml.parse import serialise
from toolkit.word.captions import renumber_captions
from toolkit.word.contents import CONTENTS_MARK
from toolkit.word.marks import Marks
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.unused import drop_unused
from toolkit.word.merging.words import OPEN, Opened
from toolkit.word.open_document import OpenDocument
from toolkit.word.package import DOCUMENT, DRAWING, FIRST_DRAWING_ID, Node, paragraph_text, text_parts, w
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.properties import ensure_properties, read_properties, with_properties, without_properties

_OURS = "jx_"
_CONTENTS_BOOKMARK = re.compile(r"_Toc9\d{8}")


def close(merged: Opened, theirs: Opened, comments: Comments) -> OpenDocument:
    """A merged document made whole.

    Args:
        merged: the person's copy, changed.
        theirs: the new generation, whose properties hold for the result.
        comments: those of the person's copy, and what the merge says in some.
    """
    makes_contents = any(paragraph_text(node).strip() == CONTENTS_MARK for node in merged.body.iterchildren(w("p")))
    marks, ids = Marks(), count(1)
    names: set[str] = set()
    for name in text_parts(merged.parts):  # the order in which figures are read again
        if name in merged.roots:
            root = merged.roots[name]
            renumber_captions(root)
            _pair_bookmarks(root, ids, drop_contents=makes_contents)
            _name_bookmarks(merged, root, marks, names)
    for number, drawing in enumerate(merged.roots[DOCUMENT].iter(DRAWING), FIRST_DRAWING_ID):
        drawing.set("id", str(number))
    for name, root in merged.roots.items():
        if name != DOCUMENT:
            merged.parts[name] = serialise(root)
    drop_unused(merged.parts, merged.roots[DOCUMENT])
    _set_properties(merged, theirs, marks)
    comments.close()
    return OpenDocument(merged.parts, merged.roots[DOCUMENT], changed=True)


def _pair_bookmarks(root: Node, ids: Iterable[int], *, drop_contents: bool) -> None:
    """Number the bookmarks anew; a start without an end, or the other way round, goes."""
    open_now: dict[str, Node] = {}
    unpaired: list[Node] = []
    numbers = iter(ids)
    for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        key = node.get(w("id"))
        if node.tag == w("bookmarkStart"):
            unpaired += [open_now[key]] if key in open_now else []
            open_now[key] = node
            continue
        start = open_now.pop(key, None)
        if start is None or (drop_contents and _CONTENTS_BOOKMARK.fullmatch(start.get(w("name"), ""))):
            unpaired += [node] if start is None else [start, node]
            continue
        number = str(next(numbers))
        start.set(w("id"), number)
        node.set(w("id"), number)
    for node in (*unpaired, *open_now.values()):
        node.getparent().remove(node)


def _name_bookmarks(merged: Opened, root: Node, marks: Marks, names: set[str]) -> None:
    """Names no other bookmark has: figures numbered in the order of the document, the rest as they are where possible.

    A figure a person deleted leaves an empty bookmark, into which later typing would fall: it goes.
    """
    texts = _texts_of_figures(merged, root)
    for start in list(root.iter(w("bookmarkStart"))):
        name = start.get(w("name"), "")
        if not name.startswith(OPEN):
            start.set(w("name"), _free(name, names))
        elif texts.get(start):
            sheet, _, cell = name[len(OPEN) :].rpartition("!")
            quoted = "'" + sheet.replace("'", "''") + "'"
            start.set(w("name"), marks.name(f"{quoted}!{cell}", texts[start]))
        else:
            _remove_bookmark(root, start)
        names.add(start.get(w("name")))


def _texts_of_figures(merged: Opened, root: Node) -> dict[Node, str]:
    starts = [start for start in root.iter(w("bookmarkStart")) if start.get(w("name"), "").startswith(OPEN)]
    paragraphs = dict.fromkeys(next(start.iterancestors(w("p")), None) for start in starts)
    texts: dict[Node, str] = {}
    for paragraph in paragraphs:
        if paragraph is not None:
            texts |= {slot.start: slot.printed for slot in merged.words(paragraph).figures}
    return texts


def _remove_bookmark(root: Node, start: Node) -> None:
    for node in [node for node in root.iter(w("bookmarkEnd")) if node.get(w("id")) == start.get(w("id"))]:
        node.getparent().remove(node)
    start.getparent().remove(start)


def _free(name: str, names: set[str]) -> str:
    return next(free for number in count(1) if (free := name if number == 1 else f"{name[:34]}_{number}") not in names)


def _set_properties(merged: Opened, theirs: Opened, marks: Marks) -> None:
    ensure_properties(merged.parts)
    ours = {name: text for name, text in read_properties(theirs.parts).items() if name.startswith(_OURS)}
    stale = [name for name in read_properties(merged.parts) if name.startswith(_OURS)]
    kept = without_properties(merged.parts[PROPERTIES], stale)
    merged.parts[PROPERTIES] = with_properties(kept, {**ours, **marks.properties()})
