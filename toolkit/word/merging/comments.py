"""Word comments in which a merge shows what it did not decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from toolkit.ooxml.parse import serialise
from toolkit.ooxml.printable import printable
from toolkit.ooxml.relations import OFFICE, add_part, relate, relations
from toolkit.word.merging.words import Opened
from toolkit.word.package import DOCUMENT, XML_SPACE, Node, W, parse, w

AUTHOR, INITIALS = "绩效核查工具箱", "绩效"
_KIND = f"{OFFICE}/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(slots=True)
class Comments:
    """The comments of a document; :meth:`close` writes them back."""

    opened: Opened
    name: str
    root: Node
    when: datetime
    grown: bool = False
    author: str = AUTHOR

    @classmethod
    def of(cls, opened: Opened, when: datetime, author: str = AUTHOR) -> "Comments":
        """Those a document holds; ``when`` is the time of what is added, ``author`` who adds it."""
        found = [target for kind, target in relations(opened.parts, DOCUMENT).values() if kind == _KIND]
        name = found[0] if found and found[0] in opened.parts else "word/comments.xml"
        data = opened.parts.get(name)
        root = parse(data) if data else parse(f'<w:comments xmlns:w="{W}"/>'.encode())
        return cls(opened, name, root, when, author=author)

    def add(self, paragraph: Node, lines: Sequence[str], runs: tuple[Node, Node] | None = None) -> None:
        """Comment on a paragraph, or on some of its runs, from the first to the last; ours of before is replaced."""
        for key in self._own_on(paragraph):
            remove_comment(paragraph, key)
            self._drop(key)
        key = str(1 + max((int(item.get(w("id"), 0)) for item in self.root), default=-1))
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
        """Ids of comments a merge has written."""
        return {item.get(w("id")) for item in self.root if item.get(w("author")) == self.author}

    def text(self, key: str) -> str:
        """What a comment says."""
        item = next((item for item in self.root if item.get(w("id")) == key), None)
        return "" if item is None else "\n".join("".join(p.itertext(w("t"))) for p in item.iter(w("p")))

    def close(self) -> None:
        """Write the comments into the package."""
        if self.grown:
            add_part(self.opened.parts, self.name, serialise(self.root), _TYPE)
            relate(self.opened.parts, DOCUMENT, _KIND, self.name)

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

    def _drop(self, key: str) -> None:
        for item in [item for item in self.root if item.get(w("id")) == key]:
            self.root.remove(item)


def remove_comment(paragraph: Node, key: str) -> None:
    """Take a comment's range and reference out of a paragraph."""
    tags = map(w, ("commentRangeStart", "commentRangeEnd", "commentReference"))
    for node in [node for node in paragraph.iter(*tags) if node.get(w("id")) == key]:
        run = node.getparent()
        run.remove(node)
        if run.tag == w("r") and all(child.tag == w("rPr") for child in run):
            run.getparent().remove(run)
