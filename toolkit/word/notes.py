"""Footnotes and endnotes of a document: the text of each, found from where the body refers to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.word.package import Node, parse, w

_KINDS = {"footnote": "脚注", "endnote": "尾注"}
_REFERENCES = {w(f"{kind}Reference"): kind for kind in _KINDS}
_DELETED, _ID, _P, _TEXT = w("del"), w("id"), w("p"), w("t")


@dataclass(slots=True)
class Notes:
    """The notes of a document, numbered as the body refers to them one after another, as Word numbers them.

    Attributes:
        texts: (footnote or endnote, its id) → its words, paragraphs parted by line breaks.
    """

    texts: Mapping[tuple[str, str], str]
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Mapping[str, bytes]) -> "Notes":
        """The notes of a package.

        Raises:
            UnreadableFileError: their part is not well-formed.
        """
        texts: dict[tuple[str, str], str] = {}
        for kind in _KINDS:
            if xml := parts.get(f"word/{kind}s.xml"):
                texts |= {(kind, node.get(_ID, "")): _words(node) for node in parse(xml).iterfind(w(kind))}
        return cls(texts)

    def within(self, node: Node) -> Iterator[tuple[str, str]]:
        """(脚注2, its words) for what a paragraph or table refers to; call it for all of the body in order."""
        if not self.texts:
            return
        for found in node.iter(*_REFERENCES):
            kind = _REFERENCES[str(found.tag)]
            words = self.texts.get((kind, found.get(_ID, "")))
            if words is None or any(above.tag == _DELETED for above in found.iterancestors(_DELETED)):
                continue
            number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
            yield f"{_KINDS[kind]}{number}", words


def _words(note: Node) -> str:
    paragraphs = ("".join(text.text or "" for text in one.iter(_TEXT)).strip() for one in note.iter(_P))
    return "\n".join(filter(None, paragraphs))
