"""Render a Word template: docxtpl's language and results, compiled once, stamped many times.

docxtpl opens, patches, compiles and saves the package for every report. Here the patched XML is compiled once, and a
report is the rendered parts plus a raw copy of every other zip member.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.ooxml.package import Member, deflate, with_contents
from toolkit.ooxml.parse import serialise
from toolkit.ooxml.printable import MARK_OPEN
from toolkit.word.captions import REFERS, caption_styles, number_captions
from toolkit.word.engine import MARKS, explain, make_environment, parse_template
from toolkit.word.figures import COUNT, Marks
from toolkit.word.grid import fit_grids, grids_fit, keep_rows_together, mend, needs_mending
from toolkit.word.open_document import OpenDocument
from toolkit.word.package import DOCUMENT, STYLES, Node, parse, read_parts, text_parts
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.properties import ensure_properties, read_properties, with_properties

CORE = "docProps/core.xml"
_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_DRAWING_ID = 1001
_SHADE_FIRST = re.compile(r"<w:tcPr>(<w:shd [^>]*/>)((?:<w:(?:tcW|gridSpan|hMerge|vMerge|tcBorders)\b[^>]*/>)+)")
"""Docxtpl puts the colour of a cell first; the schema wants it after width and spans."""
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK_IN_TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\t\n]")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that holds tags.

    Attributes:
        before, after: its XML around the rendered piece. source: that piece. compiled: the same, compiled.
        names: those asked for. grids_fit: see :func:`toolkit.word.grid.grids_fit`.
        captions: ids of the styles of captions that occur.
    """

    name: str
    before: str
    source: str
    after: str
    compiled: Any
    names: frozenset[str]
    grids_fit: bool
    captions: frozenset[str]

    def render(self, context: Mapping[str, Any]) -> str:
        text: str = self.compiled.render(context)
        text = text.replace("\n<w:p", "<w:p")  # put there for the number of the line in messages
        if "{_" in text or "_}" in text:
            for escaped, plain in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
                text = text.replace(escaped, plain)
        if ("\n" in text or "\t" in text) and _BREAK_IN_TEXT.search(text):
            text = _PARAGRAPH.sub(_break_lines, text)
        return self.before + text + self.after


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A compiled template; :meth:`render` may be called any number of times.

    Attributes:
        name: the template file's name, for messages.
        parts: the parts with tags. members: all zip members in order, those without tags ready to copy.
        properties: the template's custom properties part.
        contents: the parts as they stand in the template, of which a report takes over those without tags.
    """

    name: str
    parts: tuple[_Part, ...]
    members: tuple[Member, ...]
    properties: bytes
    contents: Mapping[str, bytes] = field(default_factory=dict)

    def names(self) -> frozenset[str]:
        """The names that its tags ask the context for; no other has a bearing on what is rendered."""
        return frozenset().union(*(part.names for part in self.parts))

    def render(self, context: Mapping[str, Any]) -> bytes:
        """A report.

        Args:
            context: name → value as the template's tags use them; numbers to be traced are Figures.

        Raises:
            TemplateError: a tag names something the context does not have, or cannot be worked out.
        """
        marks = Marks()
        rendered = {part.name: self._render_part(part, context, marks) for part in self.parts}
        rendered[PROPERTIES] = with_properties(self.properties, marks.properties())
        return with_contents({member.name: member for member in self.members}, rendered)

    def open(self, context: Mapping[str, Any]) -> OpenDocument:
        """A report to which charts, contents or a seal are still to be added; as :meth:`render`."""
        marks = Marks()
        parts = dict(self.contents)
        root: Node | None = None
        for part in self.parts:
            if part.name == DOCUMENT:
                root = self._parsed_part(part, context, marks)
            else:
                parts[part.name] = self._render_part(part, context, marks)
        parts[PROPERTIES] = with_properties(self.properties, marks.properties())
        body = parse(parts[DOCUMENT]) if root is None else root
        packed = {member.name: member for member in self.members}
        return OpenDocument(parts, body, changed=root is not None, known=self.contents, packed=packed)

    def _render_part(self, part: _Part, context: Mapping[str, Any], marks: Marks) -> bytes:
        return serialise(self._parsed_part(part, context, marks))

    def _parsed_part(self, part: _Part, context: Mapping[str, Any], marks: Marks) -> Node:
        done = len(marks.written)
        try:
            rendered = part.render({**context, MARKS: marks})
            root = parse(marks.wrapped(rendered).encode())
        except UnreadableFileError as error:  # its XML is not well-formed
            raise _tangled(self.name) from error
        except Exception as error:
            raise explain(error, part.source, self.name) from error
        references = _finish(root, rendered, part)
        if rendered.count(MARK_OPEN) != len(marks.written) - done + references:
            marks.strip(root)
        return root


def compile_template(data: bytes, name: str = "") -> WordTemplate:
    """Compile a template.

    Args:
        data: the ``.docx`` template.
        name: its file name, for messages.

    Raises:
        TemplateError: not a Word file, itself a rendered report, or a tag that cannot be read.
    """
    parts = read_parts(data, name)
    if COUNT in read_properties(parts):
        raise TemplateError(
            "这个文件是已经生成的报告，不能再当模板使用", where=name, what_to_do="请选用 doc_templates 中的模板"
        )
    ensure_properties(parts)
    environment = make_environment()
    captions = caption_styles(parts.get(STYLES, b""))
    tagged = [part for part in (*text_parts(parts), CORE) if b"{" in parts.get(part, b"")]
    compiled = tuple(_compile(environment, part, parts[part], name, captions) for part in tagged)
    members = tuple(deflate(part, content) for part, content in parts.items())
    return WordTemplate(name, compiled, members, parts[PROPERTIES], parts)


def template_source(name: str, xml: bytes) -> tuple[str, str, str]:
    """XML before, the patched template text (one paragraph a line), XML after, for one part."""
    # python-docx drops blank text between elements too; docxtpl's patterns do not match pretty-printed XML
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True))
    whole = etree.tostring(root, encoding="unicode")
    start, end = 0, len(whole)
    if name == DOCUMENT:
        start, end = whole.index("<w:body"), whole.index("</w:body>") + len("</w:body>")
    patched = _SHADE_FIRST.sub(r"<w:tcPr>\2\1", _docxtpl().patch_xml(whole[start:end]))
    return whole[:start], re.sub(r"<w:p([ >])", r"\n<w:p\1", patched), whole[end:]


def _compile(environment: Any, name: str, xml: bytes, where: str, captions: frozenset[str]) -> _Part:  # noqa: ANN401
    before, source, after = template_source(name, xml)
    used = frozenset(style for style in captions if f'w:val="{style}"' in source)
    try:
        return _Part(name, before, source, after, *parse_template(environment, source), grids_fit(source), used)
    except Exception as error:
        raise explain(error, source, where) from error


def _docxtpl() -> Any:  # noqa: ANN401
    """Docxtpl's text operations; they need no open document."""
    from docxtpl import DocxTemplate

    return DocxTemplate("")


def _break_lines(paragraph: re.Match[str]) -> str:
    """Line feeds and tabs of a value as ``w:br`` and ``w:tab``, docxtpl's way, where there are any."""
    text = paragraph[0]
    return str(_docxtpl().resolve_listing(text)) if _BREAK_IN_TEXT.search(text) else text


def _finish(root: Node, rendered: str, part: _Part) -> int:
    """Make a rendered part what Word takes; how many references to captions it holds."""
    references = 0
    if part.name == DOCUMENT:
        if part.captions or REFERS in rendered:
            references = number_captions(root, part.captions)
        if not part.grids_fit:
            fit_grids(root)
        keep_rows_together(root)
        for number, drawing in enumerate(root.iter(_DRAWING_ID), start=_FIRST_DRAWING_ID):
            drawing.set("id", str(number))
    if needs_mending(rendered):
        mend(root)
    return references


def _tangled(name: str) -> TemplateError:
    return TemplateError(
        "Word 模板的标签位置不对，生成的文档结构被打乱",
        where=name,
        what_to_do="请检查 {%p … %} 是否独占一段、{%tr … %} 是否独占一行，且成对出现在同一张表内",
    )
