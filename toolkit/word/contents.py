"""The table of contents: a real Word field whose result is already there.

Word asks before it updates fields and WPS does not update them at all, so the entries are written here. Page numbers
come from a PDF of the same document where LibreOffice is present; without it there are none, and no dots to nowhere.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from lxml import etree

from toolkit.ooxml.parse import serialise
from toolkit.word.headings import Heading, mark_headings
from toolkit.word.open_document import OpenDocument, open_document
from toolkit.word.package import DOCUMENT, Node, W, paragraph_text, paragraphs_with, parse, read_parts, w, write_parts
from toolkit.word.package import STYLES as STYLES_PART

CONTENTS_MARK = "[[目录]]"
_FIELD = r' TOC \o "1-3" \h \z \u '
_PROBE = re.compile(r"JXPAGE(\d+)=([0-9]+|[IVXLCivxlc]+)=")
_INDENT_TWIPS = 284
_USUAL_WIDTH = 8844  # A4 with the margins of a government document
_STYLE_NAMES = ("toc {0}", "目录 {0}")


@dataclass(frozen=True, slots=True)
class _Look:
    """How an entry is set: its style if the template has one, and where the right tab stands (twips)."""

    styles: Mapping[int, str]
    tab: int


def fill_contents(docx: bytes, page_of: Callable[[str], str | None] | None = None) -> bytes:
    """Replace the paragraph ``[[目录]]`` by a table of contents of headings 1–3.

    Args:
        docx: a rendered report.
        page_of: page number of a heading's bookmark as printed on the page; None leaves page numbers out.

    Returns:
        the report; unchanged when it has no such paragraph.
    """
    document = open_document(docx)
    return document.close() if put_contents(document, page_of) else docx


def put_contents(document: OpenDocument, page_of: Callable[[str], str | None] | None = None) -> bool:
    """As :func:`fill_contents`, in a document being finished; whether it has a place for contents."""
    written = document.paragraphs_with("[")
    if written is not None and all(words != CONTENTS_MARK for _, _, words in written):
        return False
    root, parts = document.root, document.parts
    marked = paragraphs_with(root, "[")
    mark = next((node for node in marked if paragraph_text(node).strip() == CONTENTS_MARK), None)
    if mark is None:
        return False
    headings = mark_headings(root, parts.get(STYLES_PART, b""))
    look = _Look(_entry_styles(parts.get(STYLES_PART, b"")), _text_width(mark))
    entries = [_entry(heading, page_of(heading.bookmark) if page_of else None, look) for heading in headings]
    _replace(mark, entries)
    document.changed = True
    return True


PagesOf = Callable[[bytes], Mapping[str, str]]
"""Lays a document out: bookmark of a heading → page number as printed; empty where it cannot."""


def fill_contents_with_pages(docx: bytes, pages_of: PagesOf | None) -> bytes:
    """Fill the contents, with page numbers where the document can be laid out.

    Args:
        docx: a rendered report.
        pages_of: lays the report out, its contents filled without numbers; None for contents without page numbers.

    Raises:
        MissingProgramError, UnreadableFileError: whatever ``pages_of`` raises.
    """
    filled = fill_contents(docx)
    if pages_of is None or filled == docx:
        return filled
    pages = pages_of(filled)
    return fill_contents(docx, pages.get) if pages else filled


def finish_contents(document: OpenDocument, pages_of: PagesOf | None = None) -> bytes:
    """The ``.docx`` of a document being finished, its contents filled as :func:`fill_contents_with_pages` does."""
    if pages_of is not None:
        return fill_contents_with_pages(document.close(), pages_of)
    put_contents(document)
    return document.close()


def pages_by_libreoffice(docx: bytes, to_pdf: Callable[[bytes], bytes]) -> dict[str, str]:
    """Bookmark → page number as printed, of every heading that :func:`fill_contents` marked.

    A copy with one PAGEREF field per heading on pages of its own at the end is converted, so that sections that count
    from 1 again and Roman numbers come out as on the page.
    """
    parts = read_parts(docx)
    root = parse(parts[DOCUMENT])
    names = [
        node.get(w("anchor")) for node in root.iter(w("hyperlink")) if node.get(w("anchor"), "").startswith("_Toc")
    ]
    _append_probes(root, names)
    parts[DOCUMENT] = serialise(root)
    found = dict(_PROBE.findall(_words(to_pdf(write_parts(parts)))))
    return {name: found[str(index)] for index, name in enumerate(names) if str(index) in found}


def _words(pdf: bytes) -> str:
    from pypdf import PdfReader

    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def _append_probes(root: Node, names: list[str]) -> None:
    body = root.find(w("body"))
    end = body.find(w("sectPr"))
    for index, name in enumerate(names):
        paragraph = etree.Element(w("p"))
        if index == 0:
            etree.SubElement(etree.SubElement(paragraph, w("pPr")), w("pageBreakBefore"))
        _run(paragraph, f"JXPAGE{index}=")
        _field(paragraph, f" PAGEREF {name} ", "0")
        _run(paragraph, "=")
        body.append(paragraph) if end is None else end.addprevious(paragraph)


def _replace(mark: Node, entries: list[Node]) -> None:
    frame = parse(
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>".encode()
    )
    entries = entries or [etree.Element(w("p"))]
    begin = [_field_char("begin"), _instruction(_FIELD), _field_char("separate")]
    place = 1 if entries[0].find(w("pPr")) is not None else 0
    entries[0][place:place] = begin
    entries[-1].append(_field_char("end"))
    frame[-1].extend(entries)
    mark.getparent().replace(mark, frame)


def _entry(heading: Heading, page: str | None, look: _Look) -> Node:
    paragraph = etree.Element(w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    style = look.styles.get(heading.level)
    if style:
        etree.SubElement(properties, w("pStyle"), {w("val"): style})
    if page:
        tabs = etree.SubElement(properties, w("tabs"))
        etree.SubElement(tabs, w("tab"), {w("val"): "right", w("leader"): "dot", w("pos"): str(look.tab)})
    if not style:
        etree.SubElement(properties, w("ind"), {w("left"): str(_INDENT_TWIPS * (heading.level - 1))})
    link = etree.SubElement(paragraph, w("hyperlink"), {w("anchor"): heading.bookmark, w("history"): "1"})
    _run(link, heading.text)
    if page:
        etree.SubElement(etree.SubElement(link, w("r")), w("tab"))
        _field(link, rf" PAGEREF {heading.bookmark} \h ", page)
    return paragraph


@lru_cache(16)
def _entry_styles(styles: bytes) -> Mapping[int, str]:
    """Level → style id of the built-in contents styles, English or Chinese; the same for all reports of a template."""
    if not styles:
        return {}
    names = {
        node.find(w("name")).get(w("val"), "").lower(): node.get(w("styleId"))
        for node in parse(styles).iter(w("style"))
    }
    wanted = {level: [name.format(level) for name in _STYLE_NAMES] for level in (1, 2, 3)}
    return {level: names[name] for level, choices in wanted.items() for name in choices if name in names}


def _text_width(mark: Node) -> int:
    """Width of the text column of the section a paragraph is in.

    Units: twips.
    """
    sections = (node if node.tag == w("sectPr") else node.find(f".//{w('sectPr')}") for node in mark.itersiblings())
    section = next((node for node in sections if node is not None), None)
    if section is None:
        return _USUAL_WIDTH
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return _USUAL_WIDTH
    return int(size.get(w("w"))) - int(margins.get(w("left"))) - int(margins.get(w("right")))


def _field(parent: Node, instruction: str, result: str) -> None:
    parent.extend([_field_char("begin"), _instruction(instruction), _field_char("separate")])
    _run(parent, result)
    parent.append(_field_char("end"))


def _run(parent: Node, text: str) -> None:
    etree.SubElement(etree.SubElement(parent, w("r")), w("t")).text = text


def _field_char(kind: str) -> Node:
    run = etree.Element(w("r"), nsmap={"w": W})
    etree.SubElement(run, w("fldChar"), {w("fldCharType"): kind})
    return run


def _instruction(text: str) -> Node:
    run = etree.Element(w("r"), nsmap={"w": W})
    node = etree.SubElement(run, w("instrText"))
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run
