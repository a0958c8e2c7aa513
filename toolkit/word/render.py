"""Render a Word template: docxtpl's language and results, compiled once, stamped many times.

docxtpl opens, patches, compiles and saves the package for every report. Here the patched XML is compiled once, and a
report is the rendered parts plus a raw copy of every other zip member.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.ooxml.package import Packed, deflate, pack, write_packed
from toolkit.ooxml.parse import DECLARATION, serialise
from toolkit.ooxml.printable import MARK_OPEN
from toolkit.word.captions import REFERS, number_captions
from toolkit.word.engine import PRINTER, explain, make_environment, template_of
from toolkit.word.finishing import finish
from toolkit.word.grid import fit_grids, keep_rows_together, mend, needs_mending
from toolkit.word.marks import COUNT, MANIFEST, SHEETS, Marks
from toolkit.word.open_document import OpenDocument
from toolkit.word.package import DOCUMENT, DRAWING, FIRST_DRAWING_ID, Node, parse, read_parts
from toolkit.word.part_code import PartCode, codes_of
from toolkit.word.printing import Printer
from toolkit.word.properties import NAME as PROPERTIES
from toolkit.word.properties import PropertiesForm, ensure_properties, properties_form, read_properties
from toolkit.word.shaping import Frame
from toolkit.word.signs import without_signs
from toolkit.word.template_text import (
    holds_written_tags,
    one_line,
    template_source,
    with_breaks,
    with_breaks_in_texts,
    with_tags,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that holds tags, as it stands in the template; what was made of it, and the same as a template."""

    xml: bytes
    made: PartCode
    compiled: Any

    @property
    def name(self) -> str:
        return self.made.name

    @property
    def frame(self) -> Frame | None:
        return self.made.frame

    @property
    def source(self) -> str:
        """Its piece with tags, a paragraph a line; worked out when it is asked for."""
        return template_source(self.name, self.xml)[1]

    def render(self, context: Mapping[str, Any], marks: Marks) -> str | Node:
        """The part finished: as text where that can be done, else its root."""
        done, frame = len(marks.written), self.frame
        printer = Printer(marks, may_hold_tags=frame is None or frame.may_hold_tags)
        text: str = self.compiled.render({**context, PRINTER: printer})
        wrapped = ""
        if frame is not None and _is_plain(text, printer, frame):
            text = with_breaks_in_texts(text) if printer.has_breaks else text
            wrapped = marks.wrapped(text) if printer.is_marked else text
            if (refers := _refers(wrapped, printer)) is not None and not (refers and frame.has_boxes):
                has_empty = printer.has_empty or printer.has_breaks
                return finish(wrapped, frame, marks.runs, refers=refers, has_empty=has_empty)
        text = with_breaks(with_tags(one_line(without_signs(text))))
        wrapped = wrapped or marks.wrapped(self.made.before + text + self.made.after)
        root = parse(without_signs(marks.runs.in_full(wrapped)).encode())
        references = self._finish_tree(root, text)
        if text.count(MARK_OPEN) != len(marks.written) - done + references:
            marks.strip(root)
        return root

    def _finish_tree(self, root: Node, rendered: str) -> int:
        """Make a parsed part what Word takes; how many references to captions it holds."""
        references = 0
        if self.name == DOCUMENT:
            if self.made.captions or REFERS in rendered:
                references = number_captions(root, self.made.captions)
            fit_grids(root)
            keep_rows_together(root)
            for number, drawing in enumerate(root.iter(DRAWING), start=FIRST_DRAWING_ID):
                drawing.set("id", str(number))
        if needs_mending(rendered):
            mend(root)
        return references


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A compiled template; :meth:`render` may be called any number of times.

    Attributes:
        name: the template file's name, for messages.
        parts: the parts with tags. members: all members in order, those without tags ready to be written.
        properties: the custom properties part, to be filled in.
        contents: the parts as they stand in the template, of which a report takes over those without tags.
    """

    name: str
    parts: tuple[_Part, ...]
    members: Mapping[str, Packed]
    properties: PropertiesForm
    contents: Mapping[str, bytes] = field(default_factory=dict)

    def names(self) -> frozenset[str]:
        """The names that its tags ask the context for; no other has a bearing on what is rendered."""
        return frozenset().union(*(part.made.names for part in self.parts))

    def render(self, context: Mapping[str, Any]) -> bytes:
        """A report.

        Args:
            context: name → value as the template's tags use them; numbers to be traced are Figures.

        Raises:
            TemplateError: a tag names something the context does not have, or cannot be worked out.
        """
        marks = Marks()
        rendered = {part.name: _written(self._rendered(part, context, marks), marks) for part in self.parts}
        rendered[PROPERTIES] = self.properties.filled(marks.properties())
        return write_packed(
            pack(deflate(name, rendered[name])) if name in rendered else member for name, member in self.members.items()
        )

    def open(self, context: Mapping[str, Any]) -> OpenDocument:
        """A report to which charts, contents or a seal are still to be added; as :meth:`render`."""
        marks = Marks()
        parts = dict(self.contents)
        body: str | Node | None = None
        for part in self.parts:
            rendered = self._rendered(part, context, marks)
            if part.name == DOCUMENT:
                body = rendered
            else:
                parts[part.name] = _written(rendered, marks)
        parts[PROPERTIES] = self.properties.filled(marks.properties())
        changed = body is not None
        body = parse(parts[DOCUMENT]) if body is None else body
        return OpenDocument(parts, body, marks.runs, changed=changed, known=self.contents, packed=self.members)

    def _rendered(self, part: _Part, context: Mapping[str, Any], marks: Marks) -> str | Node:
        try:
            return part.render(context, marks)
        except UnreadableFileError as error:  # its XML is not well-formed
            raise _tangled(self.name) from error
        except Exception as error:
            raise explain(error, part.source, self.name) from error


def _is_plain(text: str, printer: Printer, frame: Frame) -> bool:
    """Whether a text can be finished as such: what is printed cannot have changed the paragraphs it stands in."""
    is_plain = printer.is_plain and not (printer.has_breaks and frame.has_boxes)
    return is_plain and not (printer.may_hold_tags and holds_written_tags(text))


def _refers(wrapped: str, printer: Printer) -> bool | None:
    """Whether a text refers to captions; None where marks of figures are left that no run holds."""
    if not printer.is_marked:
        return False
    references = wrapped.count(REFERS)
    return references > 0 if wrapped.count(MARK_OPEN) == references else None


def _written(rendered: str | Node, marks: Marks) -> bytes:
    return DECLARATION + marks.runs.in_full(rendered).encode() if isinstance(rendered, str) else serialise(rendered)


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
    made = codes_of(data, parts, environment, name)
    compiled = tuple(_Part(parts[part.name], part, template_of(environment, part.code)) for part in made)
    members = {part: pack(deflate(part, content)) for part, content in parts.items()}
    properties = properties_form(parts[PROPERTIES], (COUNT, MANIFEST, SHEETS))
    return WordTemplate(name, compiled, members, properties, parts)


def _tangled(name: str) -> TemplateError:
    return TemplateError(
        "Word 模板的标签位置不对，生成的文档结构被打乱",
        where=name,
        what_to_do="请检查 {%p … %} 是否独占一段、{%tr … %} 是否独占一行，且成对出现在同一张表内",
    )
