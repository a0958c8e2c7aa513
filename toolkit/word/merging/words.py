"""What a paragraph says, in a form two generations and a person's copy of it can be compared in.

The key of a paragraph is its text without blanks, with one placeholder for every figure, chart and picture, and without
the results of fields that programs fill in themselves (page numbers, numbers of captions, references): LibreOffice
renumbers style and bookmark ids, cuts runs anew and recalculates those fields, but keeps all of this.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.ooxml.relations import OFFICE, relations
from toolkit.word.captions import is_counted
from toolkit.word.figure_names import figure_address
from toolkit.word.figures import sheet_names
from toolkit.word.package import DOCUMENT, Node, parse, read_parts, text_parts, w

OPEN = "jx:"
FIGURE, CHART, PICTURE = "\ufffc", "\uf8f1", "\uf8f2"
_PLACEHOLDERS = re.compile(f"[{FIGURE}{CHART}{PICTURE}]")
_PAGES = {"PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"}
_CHART_NODE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML = "{urn:schemas-microsoft-com:vml}imagedata"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _SIMPLE_FIELD = w("t"), w("fldSimple")
_NAME, _ID = w("name"), w("id")
_START, _END = w("bookmarkStart"), w("bookmarkEnd")
_FRAMES = (FALLBACK, _SIMPLE_FIELD)
_READ = (_TEXT, _START, _END, *map(w, ("fldChar", "instrText", "drawing", "pict")), *_FRAMES)
_PLAIN = {_TEXT, _START, _END}


@dataclass(slots=True)
class Slot:
    """A figure where it stands: its address, the bookmark's two ends, the texts between them."""

    at: str
    start: Node
    texts: list[Node] = field(default_factory=list)
    end: Node = None
    is_in_key: bool = False

    @property
    def printed(self) -> str:
        """As it stands in the document."""
        if len(self.texts) == 1:  # as most have
            return self.texts[0].text or ""
        return "".join(node.text or "" for node in self.texts)

    @property
    def text(self) -> str:
        """As printed, without blanks at its ends."""
        return self.printed.strip()

    def write(self, text: str) -> None:
        """Print another text; the first run's formatting holds for all of it."""
        for number, node in enumerate(self.texts):
            node.text = None if number else text


@dataclass(slots=True)
class Words:
    """A paragraph's key, and its figures in the order of their placeholders; empty figures are none."""

    key: str = ""
    figures: list[Slot] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The key with figures printed, for people."""
        return with_figures(self.key, self.figures)


def with_figures(key: str, figures: Sequence[Slot]) -> str:
    """A key with its figures printed."""
    first, *rest = key.split(FIGURE)
    return "".join((first, *(f"{slot.text}{words}" for slot, words in zip(figures, rest, strict=True))))


@dataclass(slots=True)
class Opened:
    """A document taken apart; while it is open its figures' bookmarks are named ``jx:`` and their address.

    Attributes:
        parts: its package. roots: the document part, and headers, footers and notes that hold figures.
        targets: relationship id → part of the document.
    """

    parts: dict[str, bytes]
    roots: dict[str, Node]
    targets: Mapping[str, str]
    read: dict[Node, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, docx: bytes) -> "Opened":
        """Open a document.

        Raises:
            TemplateError: the bytes are not a ``.docx``.
            UnreadableFileError: a part of it is damaged.
        """
        parts = read_parts(docx)
        targets = {key: target for key, (_, target) in relations(parts, DOCUMENT).items()}
        names = sheet_names(parts)
        held = [name for name in text_parts(parts) if name == DOCUMENT or b'"jx' in parts[name]]
        opened = cls(parts, {name: parse(parts[name]) for name in held}, targets)
        for root in opened.roots.values():
            for start in root.iter(w("bookmarkStart")):
                at = figure_address(start.get(w("name"), ""), names)
                if at:
                    start.set(w("name"), OPEN + at)
        return opened

    @property
    def body(self) -> Node:
        """The element that holds everything between the headers and footers."""
        return self.roots[DOCUMENT].find(w("body"))

    def words(self, paragraph: Node) -> Words:
        """What a paragraph says, text boxes in it included; read once."""
        known = self.read.get(paragraph)
        if known is None:
            known = self.read[paragraph] = _Reading(self).of(paragraph)
        return known

    def places(self, paragraph: Node) -> list[tuple[Node, int]]:
        """Where every character of a paragraph's key stands: its element and how far into that element's text."""
        reading = _Reading(self, places=[])
        reading.of(paragraph)
        return reading.places or []

    def forget(self, paragraph: Node) -> None:
        """Have a changed paragraph read again."""
        self.read.pop(paragraph, None)

    def picture(self, drawing: Node) -> str:
        """The placeholder of a drawing: pictures by their bytes, so that another picture is another text."""
        if next(drawing.iter(_CHART_NODE), None) is not None:
            return CHART
        keys = [node.get(f"{{{OFFICE}}}embed") or node.get(f"{{{OFFICE}}}id") for node in drawing.iter(_BLIP, _VML)]
        data = b"".join(self.parts.get(self.targets.get(key, ""), b"") for key in keys if key)
        return PICTURE + hashlib.sha256(data).hexdigest()[:8] if data else ""


@dataclass(slots=True)
class _Reading:
    """Reads one paragraph."""

    opened: Opened
    words: Words = field(default_factory=Words)
    open_now: dict[str, Slot] = field(default_factory=dict)
    fields: list[list[str]] = field(default_factory=list)
    places: list[tuple[Node, int]] | None = None
    has_simple_fields: bool = False

    def of(self, paragraph: Node) -> Words:
        nodes = list(paragraph.iter(*_READ))
        if not nodes:
            return self.words
        tags = [node.tag for node in nodes]
        if self.places is None and _PLAIN.issuperset(tags):  # most paragraphs hold nothing but words and figures
            return self._plain(nodes, tags)
        steps: Mapping[str, Callable[..., None]] = _STEPS
        skipped = set(paragraph.iter(FALLBACK)) if FALLBACK in tags else ()
        self.has_simple_fields = _SIMPLE_FIELD in tags
        letters: list[str] = []
        for node, tag in zip(nodes, tags, strict=True):
            if skipped and any(parent in skipped for parent in node.iterancestors()):
                continue
            if tag in steps:
                steps[tag](self, node)
            elif tag == _TEXT:
                self._text(node, letters)
            elif tag not in _FRAMES:
                self._add(self.opened.picture(node), node, letters)
        self.words.key = "".join(letters)
        self.words.figures = [slot for slot in self.words.figures if slot.is_in_key]
        return self.words

    def _plain(self, nodes: Sequence[Node], tags: Sequence[str]) -> Words:
        letters: list[str] = []
        for node, tag in zip(nodes, tags, strict=True):
            if tag == _TEXT and not self.open_now:
                letters.append(_without_placeholders(node.text or ""))
            elif tag == _TEXT:
                letters += FIGURE * self._printed(node)
            elif tag == _START:
                self.start(node)
            else:
                self.end(node)
        self.words.key = "".join("".join(letters).split())
        self.words.figures = [slot for slot in self.words.figures if slot.is_in_key]
        return self.words

    def start(self, node: Node) -> None:
        name = node.get(_NAME, "")
        if name.startswith(OPEN):
            slot = self.open_now[node.get(_ID)] = Slot(name[len(OPEN) :], node)
            self.words.figures.append(slot)

    def end(self, node: Node) -> None:
        slot = self.open_now.pop(node.get(_ID), None)
        if slot is not None:
            slot.end = node

    def field(self, node: Node) -> None:
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            self.fields.append(["", ""])
        elif self.fields and kind == "separate":
            self.fields[-1][1] = "result"
        elif self.fields and kind == "end":
            self.fields.pop()

    def instruction(self, node: Node) -> None:
        if self.fields:
            self.fields[-1][0] += node.text or ""

    def _text(self, node: Node, letters: list[str]) -> None:
        text = node.text or ""
        for _ in range(self._printed(node)):
            self._add(FIGURE, node, letters)
        if not (self.open_now or self._is_counted(node)):
            self._add(_without_placeholders(text), node, letters)

    def _printed(self, node: Node) -> int:
        """Note a text of the figures it stands in; how many of them it is the first of."""
        first = 0
        for slot in self.open_now.values():
            slot.texts.append(node)
            if not slot.is_in_key and (node.text or "").strip():
                slot.is_in_key = True
                first += 1
        return first

    def _add(self, text: str, node: Node, letters: list[str]) -> None:
        letters.append("".join(text.split()))
        if self.places is not None:
            exact = node.tag == _TEXT and text != FIGURE
            self.places += [
                (node, offset if exact else 0) for offset, letter in enumerate(text) if not letter.isspace()
            ]

    def _is_counted(self, node: Node) -> bool:
        """Whether a text is the result of a field that programs work out themselves."""
        if not (self.fields or self.has_simple_fields):
            return False
        codes = [code for code, state in self.fields if state]
        if self.has_simple_fields:
            codes += [parent.get(w("instr"), "") for parent in node.iterancestors(w("fldSimple"))]
        return any(_word(code) in _PAGES or is_counted(code, node.text or "") for code in codes)


_STEPS: Mapping[str, Callable[..., None]] = {
    _START: _Reading.start,
    _END: _Reading.end,
    w("fldChar"): _Reading.field,
    w("instrText"): _Reading.instruction,
}


def _without_placeholders(text: str) -> str:
    return _PLACEHOLDERS.sub("□", text) if FIGURE in text or CHART in text or PICTURE in text else text


def _word(code: str) -> str:
    return next(iter(code.upper().split()), "")
