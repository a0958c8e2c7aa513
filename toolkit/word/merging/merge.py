"""The three-way merge of a report a person edited."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from lxml import etree

from toolkit.word.contents import finish_contents
from toolkit.word.merging.blocks import merge_body
from toolkit.word.merging.charts import renew_elsewhere
from toolkit.word.merging.checking import Typed
from toolkit.word.merging.closing import close
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.copying import Copier
from toolkit.word.merging.cutting import cut
from toolkit.word.merging.pairing import pair
from toolkit.word.merging.paragraphs import refresh
from toolkit.word.merging.renewal import Agrees, Renewal
from toolkit.word.merging.units import Unit, UnitKind, block_units, end_sections_apart
from toolkit.word.merging.words import Opened, Slot
from toolkit.word.merging.work import FigureChange, Merged, Work
from toolkit.word.open_document import OpenDocument
from toolkit.word.package import DOCUMENT, Node, w

Pairs = dict[tuple[int, int], dict[int, int]]
_CONTEXT = 60  # characters around a changed figure


Fill = Callable[[OpenDocument], bytes]


def never(at: str, text: str) -> bool:  # noqa: ARG001
    """Nothing is known of figures that are generated no longer."""
    return False


def merge_report(
    base: bytes,
    mine: bytes,
    theirs: bytes,
    when: datetime,
    agrees: Agrees = never,
    fill: Fill = finish_contents,
) -> Merged:
    """Bring a report a person edited up to date without losing what the person wrote.

    Args:
        base: the report as it was generated before the person edited it.
        mine: the person's copy.
        theirs: the report as it is generated now.
        when: the time printed on comments.
        agrees: whether a printed text still is what the master workbook says at an address.
        fill: makes the contents of a document anew, and its bytes.

    Raises:
        TemplateError: the person's copy is not a ``.docx``.
        UnreadableFileError: a part of it is damaged.
    """
    work = _work(base, mine, theirs, when, agrees)
    typed = Typed.of(work.base, work.mine, work.comments)
    merge_body(work)
    renew_elsewhere(work)
    _refresh_fringes(work)
    lost = typed.missing_in(work.mine, work.comments)
    data = fill(close(work.mine, work.theirs, work.comments))
    return Merged(data, tuple(_changes(work)), tuple(work.found), lost)


def _work(base: bytes, mine: bytes, theirs: bytes, when: datetime, agrees: Agrees) -> Work:
    opened = [Opened.of(data) for data in (base, mine, theirs)]
    for document in opened:
        end_sections_apart(document.body)
    old, own, new = opened
    for document in (old, new):  # never written; every element compared would carry all their declarations
        etree.cleanup_namespaces(document.roots[DOCUMENT])
    bodies = block_units(old, old.body), block_units(new, new.body)
    pairs: Pairs = {}
    renewal = Renewal.of(_leaves(bodies[0]), _leaves(bodies[1]), _same(*bodies, pairs))
    restore_bookmarks(own, renewal.old)
    return Work(old, own, new, renewal, Copier(new, own), Comments.of(own, when), agrees, bodies, pairs)


def _refresh_fringes(work: Work) -> None:
    """Headers, footers and notes stay the person's; their figures are brought up to date."""
    for name, root in work.mine.roots.items():
        if name != DOCUMENT:
            for paragraph in root.iter(w("p")):
                refresh(work, paragraph)


def _changes(work: Work) -> Iterator[FigureChange]:
    """Figures of the last generation whose text is another one now, each once."""
    changed = {}
    for at, before in work.renewal.old.items():
        fresh = work.renewal.fresh(at)
        if fresh is not None and fresh.text != before:
            changed[fresh.at] = (before, fresh.text)
    contexts = _contexts(work, set(changed))
    for at, (before, after) in changed.items():
        yield FigureChange(at, before, after, contexts.get(at, ""))


def _contexts(work: Work, wanted: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    said: dict[Node, str] = {}
    for node in work.theirs.body.iter(w("p")) if wanted else ():
        words = work.theirs.words(node)
        for slot in words.figures:
            if slot.at in wanted and slot.at not in found:
                place = next(node.iterancestors(w("tr")), node)
                paragraphs = place.iter(w("p")) if place is not node else [node]
                if place not in said:  # a row holds many figures
                    said[place] = "｜".join(work.theirs.words(paragraph).text for paragraph in paragraphs)
                found[slot.at] = said[place][:_CONTEXT]
    return found


def _same(old: Sequence[Unit], new: Sequence[Unit], pairs: Pairs) -> Iterator[tuple[Unit, Unit]]:
    """Units of both generations that are the same; what was found is kept for the merge."""
    pairs[id(old), id(new)] = found = pair(old, new)
    for before, now in found.items():
        first, second = old[before], new[now]
        if first.kind is UnitKind.TABLE and first.key != second.key:
            yield from _same(first.rows, second.rows, pairs)
        else:
            yield first, second


def _leaves(units: Sequence[Unit]) -> list[Unit]:
    """Paragraphs, and rows in place of tables."""
    return [leaf for unit in units for leaf in (unit.rows or (unit,))]


def restore_bookmarks(mine: Opened, known: Mapping[str, str]) -> None:
    """Put bookmarks around their whole figure again where the rest of it stands beside them.

    LibreOffice ends a bookmark early where a comment stands before it.

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
