"""A document while it is being finished: its body parsed once, its parts packed once.

Charts, contents and seal each change a finished document. Between them its body stays parsed here; a part that nobody
changed keeps the compressed bytes that its template has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.ooxml.package import Packed, deflate, pack, write_packed
from toolkit.ooxml.parse import serialise
from toolkit.ooxml.relations import CONTENT_TYPES
from toolkit.word.package import DOCUMENT, Node, parse, read_parts

_NOTHING: Mapping[str, bytes] = {}
_NO_MEMBERS: Mapping[str, Packed] = {}


@dataclass(slots=True)
class OpenDocument:
    """A document whose body is being changed.

    Attributes:
        parts: every part in order; what stands there for the body is behind ``root``.
        root: the body. changed: whether ``root`` says something else than the body's part.
        known: contents as they stand in the template. packed: the same, ready to be written.
    """

    parts: dict[str, bytes]
    root: Node
    changed: bool = False
    known: Mapping[str, bytes] = field(default_factory=lambda: _NOTHING)
    packed: Mapping[str, Packed] = field(default_factory=lambda: _NO_MEMBERS)

    def close(self) -> bytes:
        """The ``.docx``, ``[Content_Types].xml`` first as Word writes it."""
        self.write_body()
        names = sorted(self.parts, key=lambda name: name != CONTENT_TYPES)
        return write_packed(map(self._packed, names))

    def write_body(self) -> None:
        """Put the body into its part as it is now."""
        if self.changed:
            self.parts[DOCUMENT], self.changed = serialise(self.root), False

    def _packed(self, name: str) -> Packed:
        content = self.parts[name]
        return self.packed[name] if self.known.get(name) is content else pack(deflate(name, content))


def open_document(docx: bytes) -> OpenDocument:
    """A finished document opened again.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    return OpenDocument(parts, parse(parts[DOCUMENT]))
