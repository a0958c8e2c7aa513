"""What a report's text was when it was generated: a fingerprint of every paragraph, table row and chart.

The fingerprints stand in custom document properties, which Word, WPS, LibreOffice and python-docx keep. They tell a
paragraph as generated from one a person edited, and from one of which only digits were altered; the order of the
paragraphs does not matter. Figures are left out: :mod:`toolkit.word.figures` knows their cells; so are
numbers of captions and references to them, which every program counts anew.
"""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from toolkit.ooxml.relations import relations
from toolkit.word.captions import is_counted
from toolkit.word.figures import is_figure_name
from toolkit.word.open_document import OpenDocument, open_document
from toolkit.word.package import DOCUMENT, Node, parse, read_parts, text_parts, w
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.properties import ensure_properties, read_properties, with_properties

PREFIX = "jx_text_"
FIGURE = "\ufffc"  # stands for a figure in the words of a unit
_WORDS, _DIGITLESS, _PAGES = 6, 3, 3
"""Units: bytes of the three hashes; 48 bits make two different texts of one report equal once in 10¹⁰ reports."""
_RECORD = (_WORDS + _DIGITLESS + _PAGES) * 4 // 3
_PER_PROPERTY = 15  # records: 240 characters, and programs cut properties at 255
_NO_PAGES = "-" * (_PAGES * 4 // 3)
_READ = tuple(map(w, ("p", "tr", "t", "tab", "bookmarkStart", "bookmarkEnd", "fldChar", "instrText")))
_PARAGRAPH, _ROW, _TEXT, _TAB, _START, _END, _FIELD_SIGN, _CODE = _READ
_RUN, _SIMPLE_FIELD, _ID, _NAME = w("r"), w("fldSimple"), w("id"), w("name")
_PAGE_FIELDS = {"PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES", "TOC"}
_PAGE_NUMBER = re.compile("[0-9]+|[ivxlcIVXLC]+")
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHOWN = 10  # significant digits of a chart's value: programs write a double with 15 or 17


class _WithoutDigits(dict[int, int | None]):
    """For ``translate``: takes out digits of every script, and points."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        self[code] = None if letter.isdigit() or letter == "." else code
        return self[code]


_WITHOUT_DIGITS = _WithoutDigits()


class UnitKind(StrEnum):
    """What a unit of text is."""

    PARAGRAPH = "段落"
    ROW = "表格行"
    FRINGE = "页眉页脚或注"
    CHART = "图"


class Change(StrEnum):
    """What happened to a unit after generation."""

    DIGITS = "digits"
    EDITED = "edited"
    PAGES = "pages"
    REMOVED = "removed"


@dataclass(slots=True)
class TextUnit:
    """A paragraph outside tables, an outermost table row, or a chart, as it stands in a document.

    Attributes:
        node: its element; a chart's is the drawing.
        text: everything printed, for people.
        words: what is compared: no blanks, figures as ``FIGURE``, no page numbers.
        pages: the page numbers, results of fields a program fills in.
    """

    kind: UnitKind
    node: Node
    text: str = ""
    words: str = ""
    pages: str = ""

    @property
    def record(self) -> str:
        """Its fingerprints: of the words, of the words without digits, of the page numbers."""
        digitless = self.words.translate(_WITHOUT_DIGITS)
        pages = _hash(self.pages, _PAGES) if self.pages else _NO_PAGES
        return _hash(self.words, _WORDS) + _hash(digitless, _DIGITLESS) + pages


@dataclass(frozen=True, slots=True)
class TextChange:
    """A difference from the text as generated; ``text`` and ``kind`` say where, "" for what is no longer there."""

    change: Change
    kind: UnitKind
    text: str


def seal(docx: bytes) -> bytes:
    """The finished report with the fingerprints of its text; nothing may change it afterwards.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    document = open_document(docx)
    put_seal(document)
    return document.close()


def put_seal(document: OpenDocument) -> None:
    """As :func:`seal`, on a document being finished."""
    parts = document.parts
    ensure_properties(parts)
    records = [unit.record for unit in text_units(parts, document.root)]
    starts = range(0, max(1, len(records)), _PER_PROPERTY)  # a document without text is sealed too
    batches = [records[start : start + _PER_PROPERTY] for start in starts]
    values = {f"{PREFIX}{number:03d}": "".join(batch) for number, batch in enumerate(batches, 1)}
    parts[PROPERTIES] = with_properties(parts[PROPERTIES], values)


def text_changes(docx: bytes) -> list[TextChange] | None:
    """How a report differs from its text as generated, in the order of the document; None for one without a seal.

    Raises:
        TemplateError: the bytes are not a ``.docx``.
    """
    parts = read_parts(docx)
    sealed = _sealed(parts)
    return None if sealed is None else _compare(sealed, text_units(parts))


def unit_states(parts: Mapping[str, bytes], root: Node) -> dict[Node, Change | None] | None:
    """Of every paragraph and table row of the body: None as generated, DIGITS or EDITED; no states without a seal.

    Args:
        parts: the package.
        root: its parsed body, whose nodes are the keys.
    """
    sealed = _sealed(parts)
    if sealed is None:
        return None
    units = [unit for unit in _Walk(DOCUMENT).units(root) if unit.words or unit.pages]
    now = [unit.record for unit in units]
    known = Counter(map(_words, sealed))
    known.subtract(map(_words, now))
    left = Counter(_digitless(record) for record in sealed if known[_words(record)] > 0)
    return {unit.node: _state(record, known, left) for unit, record in zip(units, now, strict=True)}


def _state(record: str, known: Mapping[str, int], left: Counter[str]) -> Change | None:
    """``known``: words → how often they were sealed less how often they stand now; ``left``: sealed and gone."""
    if known[_words(record)] >= 0:
        return None
    if left[_digitless(record)] > 0:
        left[_digitless(record)] -= 1
        return Change.DIGITS
    return Change.EDITED


def _sealed(parts: Mapping[str, bytes]) -> list[str] | None:
    """The records, none for a document sealed without text; None without a seal."""
    texts = [text for name, text in sorted(read_properties(parts).items()) if name.startswith(PREFIX)]
    return re.findall(f".{{{_RECORD}}}", "".join(texts)) if texts else None


def text_units(parts: Mapping[str, bytes], body: Node | None = None) -> list[TextUnit]:
    """All units of a document that hold any text, part by part, then its charts; ``body`` where it is parsed."""
    root = parse(parts[DOCUMENT]) if body is None else body
    roots = ((name, root if name == DOCUMENT else parse(parts[name])) for name in text_parts(parts))
    found = [unit for name, part in roots for unit in _Walk(name).units(part)]
    return [unit for unit in found if unit.words or unit.pages] + _charts(parts, root)


@dataclass(slots=True)
class _Field:
    """A field while its code (``PAGEREF _Toc1``) or its result is read."""

    code: str = ""
    is_result: bool = False

    @property
    def is_page_number(self) -> bool:
        return self.is_result and _is_page_code(self.code)


def _is_page_code(code: str) -> bool:
    word, *_ = code.upper().split() or [""]
    return word in _PAGE_FIELDS


@dataclass(slots=True)
class _Walk:
    """Reads one part in document order; fields and figures may begin in one paragraph and end in another.

    Attributes:
        result: text of the field with page numbers being read.
    """

    part: str
    fields: list[_Field] = field(default_factory=list)
    open_figures: set[str] = field(default_factory=set)
    found: list[TextUnit] = field(default_factory=list)
    result: str = ""

    def units(self, root: Node) -> list[TextUnit]:
        simple = _simple_fields(root)
        for node in root.iter(*_READ):
            tag = node.tag
            if tag == _TEXT:
                self._add(node.text or "", simple.get(node, ()))
            elif tag in (_PARAGRAPH, _ROW):
                self._begin(node, is_row=tag == _ROW)
            elif tag != _TAB:
                self._follow(node, tag)
            elif node.getparent().tag == _RUN:  # else a tab stop of a paragraph's properties
                self._add("\t", simple.get(node, ()))
        self._end_result()
        return self.found

    def _follow(self, node: Node, tag: str) -> None:
        """Where figures and fields begin and end."""
        if tag == _START:
            self._open_figure(node)
        elif tag == _END:
            self.open_figures.discard(node.get(_ID, ""))
        elif tag == _FIELD_SIGN:
            self._field(node.get(w("fldCharType")))
        elif self.fields:
            self.fields[-1].code += node.text or ""

    def _begin(self, node: Node, *, is_row: bool) -> None:
        if next(node.iterancestors(_PARAGRAPH, _ROW), None) is not None:
            return  # inside a row, a text box, a nested table
        self._end_result()
        kind = UnitKind.ROW if is_row else UnitKind.PARAGRAPH
        self.found.append(TextUnit(kind if self.part == DOCUMENT else UnitKind.FRINGE, node))

    def _open_figure(self, node: Node) -> None:
        if is_figure_name(node.get(_NAME, "")):
            self.open_figures.add(node.get(_ID, ""))
            if self.found:
                self.found[-1].words += FIGURE

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].is_result = True
        elif kind == "end" and self.fields:
            self.fields.pop()
            if not any(item.is_page_number for item in self.fields):
                self._end_result()

    def _end_result(self) -> None:
        """Page numbers apart from words: a whole entry of the contents is the result of TOC, and of PAGEREF too.

        LibreOffice puts the heading into PAGEREF, other programs write the page number without one.
        """
        if self.result:
            before, _, last = self.result.rpartition("\t")
            number = last.strip()
            is_number = _PAGE_NUMBER.fullmatch(number) is not None
            self.found[-1].words += "".join((before if is_number else self.result).split())
            self.found[-1].pages += number if is_number else ""
            self.result = ""

    def _add(self, text: str, simple: Sequence[str]) -> None:
        """Take in text; ``simple``: codes of the simple fields it is the result of."""
        if not self.found:
            return
        unit = self.found[-1]
        unit.text += text
        fields = self.fields
        if fields and any(item.is_page_number for item in fields):
            self.result += text
        elif simple and any(map(_is_page_code, simple)):
            unit.pages += text.strip()
        elif not self.open_figures and not (fields and any(_is_counted(item, text) for item in fields)):
            unit.words += "".join(text.split())


def _is_counted(item: _Field, text: str) -> bool:
    return item.is_result and is_counted(item.code, text)


def _simple_fields(root: Node) -> dict[Node, list[str]]:
    """Text or tab → the codes of the simple fields around it; of those in none, nothing."""
    found: dict[Node, list[str]] = {}
    for simple in root.iter(_SIMPLE_FIELD):
        for node in simple.iter(_TEXT, _TAB):
            found.setdefault(node, []).append(simple.get(w("instr"), ""))
    return found


def _charts(parts: Mapping[str, bytes], body: Node) -> list[TextUnit]:
    """The charts of the body with their titles, labels and values."""
    targets = {key: target for key, (_, target) in relations(parts, DOCUMENT).items()}
    found = []
    for drawing in body.iter(f"{{{_INLINE}}}inline", f"{{{_INLINE}}}anchor"):
        chart = next(drawing.iter(f"{{{_CHART}}}chart"), None)
        part = parts.get(targets.get(chart.get(_RELATION), "") if chart is not None else "")
        if part is not None:
            texts = [node.text or "" for node in parse(part).iter(f"{{{_CHART}}}v", f"{{{_DRAWING}}}t")]
            named = next(drawing.iter(f"{{{_INLINE}}}docPr"), drawing)
            words = "｜".join("".join(_value(text).split()) for text in texts)
            found.append(TextUnit(UnitKind.CHART, drawing, _chart_name(named), words))
    return found


def _chart_name(named: Node) -> str:
    """The name a template gives a chart, wherever it stands; else what a person wrote."""
    words = [named.get(key, "") for key in ("descr", "title", "name")]
    return next((text for text in words if text.startswith(("图:", "图："))), "") or words[0] or words[2]


def _value(text: str) -> str:
    """A number as every program writes it, other text as it is."""
    try:
        return f"{float(text):.{_SHOWN}g}"
    except ValueError:
        return text


def _compare(sealed: Sequence[str], units: Sequence[TextUnit]) -> list[TextChange]:
    now = [unit.record for unit in units]
    if now == list(sealed):
        return []
    left, open_units = _unmatched([_words(record) for record in sealed], [_words(record) for record in now])
    known = {_words(record) for record in sealed}
    moved = Counter(_words(sealed[index]) for index in left)
    changed = []
    for index in open_units:
        if units[index].kind is UnitKind.FRINGE and _words(now[index]) in known:
            continue  # programs give every section a footer of its own
        if moved[_words(now[index])]:
            moved[_words(now[index])] -= 1
        else:
            changed.append(index)
    leftover = list(_remaining(sealed, left, moved))
    found = _altered(now, changed, leftover)
    found |= {index: Change.PAGES for index in _other_pages(sealed, now) if index not in found}
    removed = max(0, len(leftover) - sum(change is Change.EDITED for change in found.values()))
    gone = [TextChange(Change.REMOVED, UnitKind.PARAGRAPH, "")] * removed
    return [TextChange(found[index], units[index].kind, units[index].text) for index in sorted(found)] + gone


def _unmatched(sealed: Sequence[str], now: Sequence[str]) -> tuple[list[int], list[int]]:
    """Places of both sides that do not stand in the same order."""
    matcher = SequenceMatcher(None, sealed, now, autojunk=False)
    edits = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    left = [index for _, start, end, _, _ in edits for index in range(start, end)]
    return left, [index for _, _, _, start, end in edits for index in range(start, end)]


def _remaining(sealed: Sequence[str], left: Iterable[int], still: Mapping[str, int]) -> Iterable[str]:
    """Records of sealed units that are nowhere in the document."""
    counts = dict(still)
    for index in left:
        if counts.get(_words(sealed[index]), 0):
            counts[_words(sealed[index])] -= 1
            yield sealed[index]


def _altered(now: Sequence[str], changed: Iterable[int], leftover: list[str]) -> dict[int, Change]:
    """Whether only digits differ from a sealed unit that is gone; such a unit is taken off ``leftover``."""
    found = {}
    for index in changed:
        same = next((record for record in leftover if _digitless(record) == _digitless(now[index])), None)
        if same is not None:
            leftover.remove(same)
        found[index] = Change.EDITED if same is None else Change.DIGITS
    return found


def _other_pages(sealed: Sequence[str], now: Sequence[str]) -> list[int]:
    known = Counter(sealed)
    words = {_words(record) for record in sealed}
    found = []
    for index, record in enumerate(now):
        if known[record]:
            known[record] -= 1
        elif _words(record) in words:
            found.append(index)
    return found


def _words(record: str) -> str:
    return record[: _WORDS * 4 // 3]


def _digitless(record: str) -> str:
    return record[_WORDS * 4 // 3 : -len(_NO_PAGES)]


def _hash(text: str, size: int) -> str:
    return b64encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:size]).decode()
