"""The proof that a merge lost nothing a person typed: it looks at the two documents only, not at how one was made."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.word.merging.brought import brought
from toolkit.word.merging.comments import Comments
from toolkit.word.merging.words import FIGURE, Opened
from toolkit.word.package import Node, w

_PAGE_NUMBERS = "0123456789ivxlIVXL"
_NOTES = tuple(map(w, ("footnoteReference", "endnoteReference")))


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person's copy holds beyond the last generation: texts around figures, comments, notes, what is no text."""

    texts: tuple[tuple[Node, tuple[str, ...]], ...]
    comments: Counter[str]
    notes: int
    things: Counter[str]

    @classmethod
    def of(cls, base: Opened, mine: Opened, comments: Comments) -> "Typed":
        """Compare a person's copy with what it was made from."""
        known = Counter(base.words(paragraph).key for paragraph in base.body.iter(w("p")))
        entries = {_entry(link.getparent()) for link in base.body.iter(w("hyperlink"))} - {""}
        texts = []
        for paragraph in mine.body.iter(w("p")):
            key = mine.words(paragraph).key
            if known[key]:
                known[key] -= 1
            elif _entry(paragraph) not in entries:
                texts.append((paragraph, tuple(key.split(FIGURE))))
        things = brought(mine, [mine.body]) - brought(base, [base.body])
        return cls(tuple(texts), comments.persons(_commented(mine)), len(list(mine.body.iter(*_NOTES))), things)

    def missing_in(self, merged: Opened, comments: Comments) -> tuple[str, ...]:
        """What of it is not in a merged document, for people to read."""
        printed: list[str] | None = None
        lost: list[str] = []
        for paragraph, pieces in self.texts:
            merged.forget(paragraph)  # what it says now, whatever was known of it
            if merged.body in paragraph.iterancestors() and _in_order(pieces, merged.words(paragraph).text):
                continue  # where the person left it, most are
            printed = printed or [merged.words(other).text for other in merged.body.iter(w("p"))]
            if not any(_in_order(pieces, text) for text in printed):
                lost.append("…".join(pieces))
        lost += [f"（批注“{text}”）" for text in self.comments - comments.persons(_commented(merged))]
        if len(list(merged.body.iter(*_NOTES))) < self.notes:
            lost.append("（脚注或尾注）")
        if self.things:
            lost += [f"（{thing}）" for thing in self.things - brought(merged, [merged.body])]
        return tuple(lost)


def _entry(paragraph: Node) -> str:
    """What an entry of the contents says without its page; "" for any other paragraph.

    LibreOffice puts the field of a page number around the last words of some entries, so that their key lacks them.
    """
    links = paragraph.iterfind(w("hyperlink"))
    if not any(link.get(w("anchor"), "").startswith("_Toc") for link in links):
        return ""
    return "".join("".join(text.text or "" for text in paragraph.iter(w("t"))).split()).rstrip(_PAGE_NUMBERS)


def _in_order(pieces: Iterable[str], text: str) -> bool:
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _commented(opened: Opened) -> Iterator[str]:
    return (node.get(w("id")) for node in opened.body.iter(w("commentReference")))
