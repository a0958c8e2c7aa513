"""A ``.docx`` as a bag of parts: read it, write it back with the same bytes every time.

python-docx is not used for this: it renames parts on saving and cannot copy a member without compressing it again.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from lxml import etree

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.ooxml.package import PackageLimits, deflate, inflate, read_members, write_members
from toolkit.ooxml.parse import parse_xml
from toolkit.ooxml.relations import CONTENT_TYPES

Node: TypeAlias = Any  # an lxml element
Docx: TypeAlias = Any  # an object of python-docx, which ships no types

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
"""What names and numbers a drawing of a document."""
FIRST_DRAWING_ID = 1001
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_LIMITS = PackageLimits(member_bytes=64 * 1024 * 1024)


@cache
def w(tag: str) -> str:
    """Clark name of a WordprocessingML tag or attribute."""
    return f"{{{W}}}{tag}"


def read_parts(data: bytes, where: str = "") -> dict[str, bytes]:
    """Every part of a ``.docx``, in the order of the file.

    Raises:
        TemplateError: not a Word ``.docx`` file, damaged, or absurdly large.
    """
    try:
        members = read_members(data, _LIMITS)
        parts = {name: inflate(member, _LIMITS.member_bytes) for name, member in members.items() if name[-1:] != "/"}
    except UnreadableFileError as error:
        raise _not_word(where, error.message) from error
    if DOCUMENT not in parts or CONTENT_TYPES not in parts:
        raise _not_word(where)
    return parts


def _not_word(where: str, why: str = "") -> TemplateError:
    return TemplateError(
        f"这个文件不是可以读取的 Word 文档（.docx）{f'：{why}' if why else ''}",
        where=where,
        what_to_do="请在 Word 或 WPS 中打开，另存为 .docx 后再用",
    )


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A ``.docx`` from its parts, ``[Content_Types].xml`` first as Word writes it."""
    names = sorted(parts, key=lambda name: name != CONTENT_TYPES)
    return write_members(deflate(name, parts[name]) for name in names)


def parse(xml: bytes) -> Node:
    """The root element of a part.

    Raises:
        UnreadableFileError: not well-formed, or declaring entities.
    """
    return parse_xml(DOCUMENT, xml)


def text_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that hold text a template author writes: body first, then headers, footers, notes in name order."""
    stems = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
    others = sorted(name for name in parts if name.startswith(stems) and name.endswith(".xml"))
    return [DOCUMENT, *others]


def paragraph_text(paragraph: Node) -> str:
    """The words of a paragraph element, without those of text boxes nested in it."""
    words: list[str] = []
    for node in paragraph.iter(w("t"), w("tab"), w("br")):
        if node.tag == w("t"):
            words.append(node.text or "")
        elif node.getparent().tag == w("r"):
            words.append("\t" if node.tag == w("tab") else "\n")
    return "".join(words)


def plain_words(words: str) -> str:
    """Words of XML as they are read."""
    return etree.fromstring(f"<w>{words}</w>").text or "" if "&" in words else words


def paragraphs_with(root: Node, sign: str) -> list[Node]:
    """The paragraphs in whose text a sign occurs, in order; no text is put together for any other."""
    holding = (node for node in root.iter(w("t")) if node.text and sign in node.text)
    found = {paragraph for node in holding for paragraph in node.iterancestors(w("p"))}
    return [paragraph for paragraph in root.iter(w("p")) if paragraph in found] if found else []


def body_texts(data: bytes) -> list[str]:
    """The texts of the paragraphs of a document's body, those in tables among them.

    Raises:
        TemplateError: it is no Word document.
    """
    return [paragraph_text(paragraph) for paragraph in parse(read_parts(data)["word/document.xml"]).iter(w("p"))]
