"""Docxtpl's language as text: what becomes of a template before its tags are read, and of a document behind them."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from toolkit.word.package import DOCUMENT

PARAGRAPH_END = "</w:p>"
_SHADE_FIRST = re.compile(r"<w:tcPr>(<w:shd [^>]*/>)((?:<w:(?:tcW|gridSpan|hMerge|vMerge|tcBorders)\b[^>]*/>)+)")
"""Docxtpl puts the colour of a cell first; the schema wants it after width and spans."""
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_RUN = re.compile(r"<w:r(?: [^>]*)?>.*?</w:r>", re.DOTALL)
_RUN_LOOK = re.compile(r"<w:rPr>.*?</w:rPr>")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>.*?</w:t>", re.DOTALL)
_BREAK = re.compile("[\t\n]")
_BREAK_IN_TEXT = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\t\n]")
_WRITTEN_TAGS = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_EMPTY_TEXT = ('<w:t xml:space="preserve"></w:t>', '<w:t xml:space="preserve"/>')
"""What may stand beside a break, and as XML is written."""


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


def one_line(text: str) -> str:
    """A rendered text without the line ends that count the paragraphs of its template."""
    return text.replace("\n<w:p", "<w:p")


def holds_written_tags(text: str) -> bool:
    """Whether tags are to be printed: ``{_{`` stands for ``{{``."""
    return any(written in text for written in _WRITTEN_TAGS)


def with_tags(text: str) -> str:
    """A rendered text with the tags that are to be printed."""
    if holds_written_tags(text):
        for written, tag in _WRITTEN_TAGS.items():
            text = text.replace(written, tag)
    return text


def with_breaks(text: str) -> str:
    """A rendered text with line feeds and tabs of values as ``w:br`` and ``w:tab``, whatever else stands in it."""
    return _PARAGRAPH.sub(_break_lines, text) if _BREAK_IN_TEXT.search(text) else text


def with_breaks_in_texts(text: str) -> str:
    """As :func:`with_breaks`, where each stands in a text of a paragraph that holds no other; as XML is written."""
    done, written = 0, list[str]()
    for start, end in paragraphs_at(text, (match.start() for match in _BREAK.finditer(text))):
        written += (text[done:start], _with_break_elements(text[start:end]).replace(*_EMPTY_TEXT))
        done = end
    return "".join((*written, text[done:]))


def paragraphs_at(text: str, places: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Where the paragraphs begin and end that some places stand in, each once."""
    end = 0
    for at in places:
        if at >= end:
            start = text.rfind("<w:p>", end, at)
            start = max(start, text.rfind("<w:p ", max(start, end), at))
            end = text.index(PARAGRAPH_END, at) + len(PARAGRAPH_END)
            yield start, end


def places_of(text: str, words: str) -> Iterator[int]:
    """Where some words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _break_lines(paragraph: re.Match[str]) -> str:
    text = paragraph[0]
    return _with_break_elements(text) if _BREAK_IN_TEXT.search(text) else text


def _with_break_elements(paragraph: str) -> str:
    """A paragraph whose texts hold line feeds and tabs, with ``w:br`` and ``w:tab`` in their place.

    A tab is a run of its own that looks like the run it stands in. Source: docxtpl's ``resolve_listing``, whose results
    these are; loading docxtpl takes longer than finishing a report.
    """
    return _RUN.sub(_break_run, paragraph)


def _break_run(run: re.Match[str]) -> str:
    look = _RUN_LOOK.search(run[0])
    properties = look[0] if look else ""
    tab = f'</w:t></w:r><w:r>{properties}<w:tab/></w:r><w:r>{properties}<w:t xml:space="preserve">'
    line = '</w:t><w:br/><w:t xml:space="preserve">'
    return _TEXT.sub(lambda text: text[0].replace("\t", tab).replace("\n", line), run[0])


def _docxtpl() -> Any:  # noqa: ANN401
    """Docxtpl's operation on the text of a template; it needs no open document."""
    from docxtpl import DocxTemplate

    return DocxTemplate("")
