"""A document while it is being finished: its body parsed once or not at all, its parts packed once.

Charts, contents and seal each change a finished document. Between them its body stays here as text, as it was rendered,
until somebody needs its tree; a part that nobody changed keeps the compressed bytes that its template has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.ooxml.package import Packed, deflate, pack, write_packed
from toolkit.ooxml.parse import DECLARATION, serialise
from toolkit.ooxml.relations import CONTENT_TYPES
from toolkit.word.figure_runs import FigureRuns
from toolkit.word.package import DOCUMENT, Node, parse, plain_words, read_parts
from toolkit.word.template_text import paragraphs_at, places_of

Written = tuple[int, int, str]
"""Where a paragraph begins and ends in the text of a body, and its words."""
_BOX = "<w:txbxContent"
_PRINTED = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(tab|br)(?: [^>]*)?/>")
_BLANKS = {"tab": "\t", "br": "\n"}
_NOTHING: Mapping[str, bytes] = {}
_NO_MEMBERS: Mapping[str, Packed] = {}


@dataclass(slots=True)
class OpenDocument:
    """A document whose body is being changed.

    Attributes:
        parts: every part in order; what stands there for the body is behind ``body``.
        body: its XML without declaration, as :func:`~toolkit.ooxml.parse.serialise` writes it, or its root.
        runs: those with figures, which a text of the body does not hold itself.
        changed: whether ``body`` says something else than the body's part.
        known: contents as they stand in the template. packed: the same, ready to be written.
    """

    parts: dict[str, bytes]
    body: Node | str
    runs: FigureRuns = field(default_factory=FigureRuns)
    changed: bool = False
    known: Mapping[str, bytes] = field(default_factory=lambda: _NOTHING)
    packed: Mapping[str, Packed] = field(default_factory=lambda: _NO_MEMBERS)

    @property
    def root(self) -> Node:
        """The body's root; from now on the body is a tree."""
        if isinstance(self.body, str):
            self.body = parse(self.runs.in_full(self.body).encode())
        return self.body

    def paragraphs_with(self, sign: str) -> list[Written] | None:
        """Of a body that is text: where its paragraphs with a sign begin and end, and their words, no blanks around.

        None where the body is a tree, or holds paragraphs in paragraphs.
        """
        if not isinstance(self.body, str) or _BOX in self.body:
            return None
        text, full = self.body, self.runs.in_full
        found = (
            (start, end, _words(full(text[start:end]))) for start, end in paragraphs_at(text, places_of(text, sign))
        )
        return [place for place in found if sign in place[2]]

    def close(self) -> bytes:
        """The ``.docx``, ``[Content_Types].xml`` first as Word writes it."""
        self.write_body()
        names = sorted(self.parts, key=lambda name: name != CONTENT_TYPES)
        return write_packed(map(self._packed, names))

    def write_body(self) -> None:
        """Put the body into its part as it is now."""
        if self.changed:
            text = self.runs.in_full(self.body) if isinstance(self.body, str) else None
            self.parts[DOCUMENT] = serialise(self.root) if text is None else DECLARATION + text.encode()
            self.changed = False

    def _packed(self, name: str) -> Packed:
        content = self.parts[name]
        return self.packed[name] if self.known.get(name) is content else pack(deflate(name, content))


def _words(paragraph: str) -> str:
    """The words of a paragraph from its XML, as :func:`~toolkit.word.package.paragraph_text` reads them.

    Tab stops of its properties count as tabs: they stand before all words, where blanks are taken off.
    """
    return plain_words("".join(text or _BLANKS.get(blank, "") for text, blank in _PRINTED.findall(paragraph))).strip()


def open_document(docx: bytes) -> OpenDocument:
    """A finished document opened again.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    return OpenDocument(parts, parse(parts[DOCUMENT]))
