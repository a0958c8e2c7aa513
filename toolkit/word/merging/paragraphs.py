"""Three versions of one paragraph: last generation, a person's copy, new generation."""

from toolkit.word.merging.aligning import local_addresses
from toolkit.word.merging.breaks import begins_page, break_before
from toolkit.word.merging.brought import PAGE_BREAK
from toolkit.word.merging.carrying import carry_over
from toolkit.word.merging.charts import is_same_chart, renew_charts, same_charts
from toolkit.word.merging.words import CHART, OPEN, Slot, Words
from toolkit.word.merging.work import Reason, Work, same_shape
from toolkit.word.package import Node, paragraph_text, w


def merge_paragraph(work: Work, base: Node, mine: Node, theirs: Node) -> Node:
    """The paragraph of the result: the person's element with new figures, or the new one with the person's emphasis."""
    before, own, now = work.base.words(base), work.mine.words(mine), work.theirs.words(theirs)
    same_words = before.key == own.key and _figures_untouched(before, own)
    if same_words and not _worked_on(work, base, mine, theirs):
        is_drawn_so = CHART not in now.key or is_same_chart((work.mine, mine), (work.theirs, theirs))
        if is_drawn_so and before.key == now.key and same_shape(base, theirs):
            refresh(work, mine, local_addresses(before, now))
            return mine
        return _replaced(work, base, mine, theirs)
    refresh(work, mine, local_addresses(before, now))
    if CHART in now.key or CHART in before.key:
        renew_charts(work, base, mine, theirs)
    if now.key not in (before.key, own.key):
        work.remark(mine, Reason.BOTH_CHANGED, paragraph_text(mine), paragraph_text(theirs))
    return mine


def _worked_on(work: Work, base: Node, mine: Node, theirs: Node) -> bool:
    """Whether a person did to a paragraph what its words do not tell and a new one in its place would undo."""
    old, now = work.base.words(base).key, work.theirs.words(theirs).key
    if CHART in old and not same_charts((work.base, base), (work.mine, mine)):
        return True
    return old != now and bool(set(work.brought_in([base], [mine])) - {PAGE_BREAK})


def refresh(work: Work, paragraph: Node, local: dict[str, str] | None = None) -> None:
    """Bring the figures of a paragraph of the person's copy up to date; what a person typed over one stays."""
    for slot in list(work.mine.words(paragraph).figures):
        _refresh(work, paragraph, slot, local)


def keep(work: Work, paragraph: Node) -> Node:
    """A paragraph only the person's copy has, with its figures brought up to date."""
    refresh(work, paragraph)
    return paragraph


def _refresh(work: Work, paragraph: Node, slot: Slot, local: dict[str, str] | None) -> None:
    known = work.renewal.old.get(slot.at)
    fresh = None if known is None else work.renewal.fresh(slot.at, local)
    is_typed = known is not None and slot.text != known
    if fresh is not None:
        slot.start.set(w("name"), OPEN + fresh.at)
        if not is_typed and fresh.text != slot.text:
            slot.write(fresh.text)
        elif is_typed and fresh.text not in (slot.text, known):
            work.remark(paragraph, Reason.TYPED_FIGURE, slot.text, fresh.text)
    elif not (work.renewal.stays(slot.at) and (is_typed or work.agrees(slot.at, slot.text))):
        unbind(slot)
        work.remark(paragraph, Reason.NO_SOURCE, slot.text, "")


def unbind(slot: Slot) -> None:
    """Make a figure plain text that is no longer traced."""
    for node in (slot.start, slot.end):
        if node is not None and node.getparent() is not None:
            node.getparent().remove(node)


def _figures_untouched(before: Words, own: Words) -> bool:
    pairs = zip(before.figures, own.figures, strict=False)
    return len(before.figures) == len(own.figures) and all(a.at == b.at and a.text == b.text for a, b in pairs)


def _replaced(work: Work, base: Node, mine: Node, theirs: Node) -> Node:
    """The new paragraph in place of one nobody typed into."""
    new = work.copier.copy(theirs)
    properties, old, made = (node.find(w("pPr")) for node in (mine, base, new))
    if _same_properties(old, theirs.find(w("pPr"))):
        if made is not None:
            new.remove(made)
        if properties is not None:
            new.insert(0, properties)
        if begins_page(work.base, base) and begins_page(work.mine, mine) and not begins_page(work.mine, new):
            break_before(new)
    if gone := carry_over((work.base, base), (work.mine, mine), (work.mine, new)):
        work.remark(new, Reason.LOOK, "；".join(gone), "")
    return new


def _same_properties(old: Node, now: Node) -> bool:
    if old is None or now is None:
        return old is now
    return same_shape(old, now)
