"""Word comments in which a merge shows what it did not decide.

A comment of ours is replaced when there is something else to say of its paragraph. One that a person wrote into, or
answered, is the person's from then on. Digests of the comments as they were written stand in custom document
properties, which programs keep; what they do not know was written by somebody else.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from toolkit.ooxml.parse import serialise, whole_number
from toolkit.ooxml.printable import printable
from toolkit.ooxml.relations import OFFICE, add_part, relate, relations
from toolkit.word.merging.words import Opened
from toolkit.word.package import DOCUMENT, XML_SPACE, Node, W, parse, w
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.properties import ensure_properties, read_properties, with_properties, without_properties

AUTHOR, INITIALS = "绩效核查工具箱", "绩效"
_KIND = f"{OFFICE}/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_THREADS = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_W14, _W15 = (f"{{http://schemas.microsoft.com/office/word/{year}/wordml}}" for year in (2010, 2012))
_PROPERTY, _DIGEST, _PER_PROPERTY = "jx_comments_", 8, 30
"""Hexadecimal digits of a digest, digests in a property: programs cut properties at 255 characters."""


@dataclass(slots=True)
class Comments:
    """The comments of a document; :meth:`close` writes them back.

    Attributes:
        written: digests of our comments as they were written. answered: paragraphs of comments that have answers.
    """

    opened: Opened
    name: str
    root: Node
    when: datetime
    author: str = AUTHOR
    written: set[str] = field(default_factory=set)
    answered: frozenset[str] = frozenset()
    grown: bool = False
    _own: set[str] | None = None

    @classmethod
    def of(cls, opened: Opened, when: datetime, author: str = AUTHOR) -> "Comments":
        """Those a document holds; ``when`` is the time of what is added, ``author`` who adds it."""
        found = [target for kind, target in relations(opened.parts, DOCUMENT).values() if kind == _KIND]
        name = found[0] if found and found[0] in opened.parts else "word/comments.xml"
        data = opened.parts.get(name)
        root = parse(data) if data else parse(f'<w:comments xmlns:w="{W}"/>'.encode())
        written = _digests(read_properties(opened.parts))
        return cls(opened, name, root, when, author, written, frozenset(_answered(opened.parts)))

    def add(self, paragraph: Node, lines: Sequence[str], runs: tuple[Node, Node] | None = None) -> None:
        """Comment on a paragraph, or on some of its runs, from the first to the last; ours of before is replaced."""
        before = self._own_on(paragraph)
        if any(self.text(key) == "\n".join(map(printable, lines)) for key in before):
            return
        for key in before:
            remove_comment(paragraph, key)
            self._drop(key)
        key = str(1 + max((whole_number(item.get(w("id"))) for item in self.root), default=-1))
        self._append(key, lines)
        start, end = (paragraph.makeelement(w(tag), {w("id"): key}) for tag in ("commentRangeStart", "commentRangeEnd"))
        run = paragraph.makeelement(w("r"))
        etree.SubElement(run, w("commentReference"), {w("id"): key})
        if runs is None:
            paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, start)
            paragraph.extend((end, run))
        else:
            runs[0].addprevious(start)
            runs[1].addnext(end)
            end.addnext(run)

    def own(self) -> set[str]:
        """Ids of comments that are as we wrote them."""
        if self._own is None:
            self._own = {item.get(w("id")) for item in self.root if self._is_own(item)}
        return self._own

    def text(self, key: str) -> str:
        """What a comment says."""
        item = next((item for item in self.root if item.get(w("id")) == key), None)
        return "" if item is None else _said(item)

    def persons(self, shown: Iterable[str]) -> Counter[str]:
        """What comments of people say; ``shown`` are the ids that a document refers to."""
        wanted = set(shown) - self.own()
        return Counter(_said(item) for item in self.root if item.get(w("id")) in wanted)

    def close(self) -> None:
        """Write the comments into the package, and the digests of ours."""
        if self.grown:
            add_part(self.opened.parts, self.name, serialise(self.root), _TYPE)
            relate(self.opened.parts, DOCUMENT, _KIND, self.name)
        if own := sorted({_digest(item) for item in self.root if self._is_own(item)}):
            self._note(own)

    def _note(self, digests: Sequence[str]) -> None:
        parts = self.opened.parts
        ensure_properties(parts)
        stale = [name for name in read_properties(parts) if name.startswith(_PROPERTY)]
        chunks = [digests[start : start + _PER_PROPERTY] for start in range(0, len(digests), _PER_PROPERTY)]
        values = {f"{_PROPERTY}{number}": "".join(chunk) for number, chunk in enumerate(chunks, 1)}
        parts[PROPERTIES] = with_properties(without_properties(parts[PROPERTIES], stale), values)

    def _is_own(self, item: Node) -> bool:
        if item.get(w("author")) != self.author or _digest(item) not in self.written:
            return False
        return not any(paragraph.get(f"{_W14}paraId") in self.answered for paragraph in item.iter(w("p")))

    def _own_on(self, paragraph: Node) -> list[str]:
        own = self.own()
        return [key for node in paragraph.iter(w("commentReference")) if (key := node.get(w("id"))) in own]

    def _append(self, key: str, lines: Sequence[str]) -> None:
        self.grown = True
        shown = self.when.strftime("%Y-%m-%dT%H:%M:%SZ")
        names = {w("id"): key, w("author"): self.author, w("date"): shown, w("initials"): INITIALS}
        comment = etree.SubElement(self.root, w("comment"), names)
        for line in lines:
            text = etree.SubElement(etree.SubElement(etree.SubElement(comment, w("p")), w("r")), w("t"))
            text.text = printable(line)
            text.set(XML_SPACE, "preserve")
        self.written.add(_digest(comment))
        self.own().add(key)

    def _drop(self, key: str) -> None:
        for item in [item for item in self.root if item.get(w("id")) == key]:
            self.root.remove(item)
        self.own().discard(key)


def _said(item: Node) -> str:
    return "\n".join("".join(p.itertext(w("t"))) for p in item.iter(w("p")))


def _digest(item: Node) -> str:
    """Of what a comment says, blanks aside: programs that save it again cut its runs and paragraphs anew."""
    return hashlib.sha256("".join(_said(item).split()).encode()).hexdigest()[:_DIGEST]


def _digests(properties: Mapping[str, str]) -> set[str]:
    texts = (text for name, text in properties.items() if name.startswith(_PROPERTY))
    return {text[start : start + _DIGEST] for text in texts for start in range(0, len(text), _DIGEST)}


def _answered(parts: Mapping[str, bytes]) -> Iterable[str]:
    """Ids of the last paragraphs of comments somebody answered."""
    for kind, target in relations(parts, DOCUMENT).values():
        if kind == _THREADS and target in parts:
            yield from (item.get(f"{_W15}paraIdParent", "") for item in parse(parts[target]))


def remove_comment(paragraph: Node, key: str) -> None:
    """Take a comment's range and reference out of a paragraph."""
    tags = map(w, ("commentRangeStart", "commentRangeEnd", "commentReference"))
    for node in [node for node in paragraph.iter(*tags) if node.get(w("id")) == key]:
        run = node.getparent()
        run.remove(node)
        if run.tag == w("r") and all(child.tag == w("rPr") for child in run):
            run.getparent().remove(run)
