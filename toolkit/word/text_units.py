"""The units of text of a document: paragraphs, table rows and charts, figures and page numbers told from words.

Figures are left out: :mod:`toolkit.word.figures` knows their cells; so are numbers of captions and references to them,
which every program counts anew.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.ooxml.relations import relations
from toolkit.word.captions import is_counted
from toolkit.word.figure_names import FIGURE, is_figure_name
from toolkit.word.package import DOCUMENT, Node, parse, text_parts, w

_READ = tuple(map(w, ("p", "tr", "t", "tab", "bookmarkStart", "bookmarkEnd", "fldChar", "instrText")))
_PARAGRAPH, _ROW, _TEXT, _TAB, _START, _END, _FIELD_SIGN, _CODE = _READ
_RUN, _SIMPLE_FIELD, _ID, _NAME = w("r"), w("fldSimple"), w("id"), w("name")
_PAGE_FIELDS = {"PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES", "TOC"}
_PAGE_NUMBER = re.compile("[0-9]+|[ivxlcIVXLC]+")
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHOWN = 10  # significant digits of a chart's value: programs write a double with 15 or 17


class UnitKind(StrEnum):
    """What a unit of text is."""

    PARAGRAPH = "段落"
    ROW = "表格行"
    FRINGE = "页眉页脚或注"
    CHART = "图"


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


def body_units(root: Node) -> list[TextUnit]:
    """The paragraphs and table rows of a parsed body that hold any text."""
    return [unit for unit in part_units(DOCUMENT, root) if unit.words or unit.pages]


def text_units(parts: Mapping[str, bytes], body: Node | None = None) -> list[TextUnit]:
    """All units of a document that hold any text, part by part, then its charts; ``body`` where it is parsed."""
    root = parse(parts[DOCUMENT]) if body is None else body
    roots = ((name, root if name == DOCUMENT else parse(parts[name])) for name in text_parts(parts))
    found = [unit for name, part in roots for unit in part_units(name, part)]
    return [unit for unit in found if unit.words or unit.pages] + _charts(parts, root)


def part_units(name: str, root: Node) -> list[TextUnit]:
    """The paragraphs and table rows of a parsed part, those without text among them."""
    return _Walk(name).units(root)


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
        chart = next(drawing.iter(f"{{{CHART}}}chart"), None)
        part = parts.get(targets.get(chart.get(_RELATION), "") if chart is not None else "")
        if part is not None:
            named = next(drawing.iter(f"{{{_INLINE}}}docPr"), drawing)
            found.append(TextUnit(UnitKind.CHART, drawing, _chart_name(named), words_of_chart(parse(part))))
    return found


def words_of_chart(chart: Node) -> str:
    """What is compared of a parsed chart part."""
    return chart_words(node.text or "" for node in chart.iter(f"{{{CHART}}}v", f"{{{DRAWING}}}t"))


def chart_words(texts: Iterable[str]) -> str:
    """What is compared of a chart: its titles, labels and values."""
    return "｜".join("".join(_value(text).split()) for text in texts)


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
