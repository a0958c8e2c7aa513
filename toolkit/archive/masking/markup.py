"""Masking in the XML of workbooks and documents, where a name may stand in pieces: in several runs of a paragraph."""

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from toolkit.archive.masking.masks import Masks
from toolkit.errors import UnreadableFileError
from toolkit.ooxml.parse import parse_xml

_TAG = re.compile(r"<[^>]*>")
_WHOLE = frozenset({"p", "si", "is", "text", "comment", "oddHeader", "oddFooter"})
"""Elements whose text is one to the eye: a paragraph, a shared string, a comment."""
_INDEXES = frozenset({"s", "b", "e"})
"""Types of cells whose value is no text of its own."""


def texts_of(data: bytes) -> Iterator[str]:
    """The text of some XML without its tags, and the raw text for what stands in attributes."""
    raw = _decoded(data)
    yield unescape(raw)
    yield unescape(_TAG.sub("", raw))


def masked_xml(data: bytes, masks: Masks) -> bytes | None:
    """XML with marks in place; the same bytes where nothing had to be masked, None where it cannot be read."""
    if not any(masks.pattern.search(text) for text in texts_of(data)):
        return data
    try:
        root = parse_xml("", data)
    except UnreadableFileError:
        return None
    for element in list(root.iter(etree.Element)):
        if _local(element) in _WHOLE:
            _across(element, masks)
    for element in root.iter(etree.Element):
        _alone(element, masks)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _across(element: etree._Element, masks: Masks) -> None:
    """Mask in the text of an element as it reads; the mark goes where the text began."""
    nodes = [node for node in element.iter(etree.Element) if node.text]
    whole = "".join(str(node.text) for node in nodes)
    for match in reversed(list(masks.pattern.finditer(whole))):
        at, mark = 0, masks.mark_of(match[0])
        for node in nodes:
            text = str(node.text or "")
            first, last = max(match.start() - at, 0), min(match.end() - at, len(text))
            if first < last:
                node.text = text[:first] + mark + text[last:]
                mark = ""
            at += len(text)
        whole = "".join(str(node.text or "") for node in nodes)


def _alone(element: etree._Element, masks: Masks) -> None:
    cell = element.getparent()
    if _local(element) == "v" and cell is not None and _local(cell) == "c":
        _value(element, cell, masks)
    elif element.text:
        element.text = masks.apply(element.text)
    if element.tail:
        element.tail = masks.apply(element.tail)
    for name, value in element.attrib.items():
        if masks.pattern.search(str(value)):
            element.set(name, masks.apply(str(value)))


def _value(value: etree._Element, cell: etree._Element, masks: Masks) -> None:
    """A number that is a telephone number becomes text; an index into the shared strings stays what it is."""
    if cell.get("t") in _INDEXES or not value.text:
        return
    done = masks.apply(value.text)
    if done != value.text:
        value.text = done
        cell.set("t", "str")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")
