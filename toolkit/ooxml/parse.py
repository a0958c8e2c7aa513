"""XML parts of an Office file, parsed without trusting them: no DTD, no entities, no network, bounded memory."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TypeAlias

from lxml import etree

from toolkit.ooxml.package import refuse

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for what it returns

_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# Only encodings in which "<!DOCTYPE" is the bytes it looks like, so that it cannot hide.
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"gb2312", b"gbk", b"gb18030"}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def declared_encoding(content: bytes) -> bytes:
    """The encoding an XML declaration names, in small letters; UTF-8 where none is named."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    return declared[1].lower() if declared else b"utf-8"


def checked_xml(name: str, content: bytes) -> bytes:
    """The same XML once it is clear that it declares no entities; UTF-16 is turned into UTF-8.

    Raises:
        UnreadableFileError: a DOCTYPE or an entity declaration, or an unusual encoding.
    """
    if content.startswith(_UTF16_MARKS):
        content = _from_utf16(name, content)
    if declared_encoding(content) not in _PLAIN_ENCODINGS:
        raise refuse(f"文件内部条目 {name[:80]} 使用了不支持的文字编码")
    # A single character is looked for in a tenth of the time.
    if b"!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise refuse(f"文件内部条目 {name[:80]} 含有文档类型声明或实体声明，疑似恶意文件")
    return content


def _from_utf16(name: str, content: bytes) -> bytes:
    codec = "utf-16" if content[:2] in _UTF16_MARKS[:2] else ("utf-16-le" if content[0] else "utf-16-be")
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise refuse(f"文件内部条目 {name[:80]} 已损坏") from error
    return re.sub(r"\A<\?xml[^>]*\?>", "", text).encode("utf-8")


def parse_xml(name: str, content: bytes) -> Element:
    """The root element of a small part.

    Raises:
        UnreadableFileError: not well-formed XML, or what :func:`checked_xml` refuses.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(checked_xml(name, content), parser)
    except etree.XMLSyntaxError as error:
        raise refuse(f"文件内部条目 {name[:80]} 已损坏") from error


def iterate_xml(name: str, content: bytes, *tags: str) -> Iterator[Element]:
    """The elements with these local names, in document order, each forgotten once the next one is asked for.

    Raises:
        UnreadableFileError: as :func:`parse_xml`.
    """
    context = etree.iterparse(
        BytesIO(checked_xml(name, content)),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in context:
            yield element
            element.clear()
    except etree.XMLSyntaxError as error:
        raise refuse(f"文件内部条目 {name[:80]} 已损坏") from error


def local_name(element: Element) -> str:
    """An element's tag without its namespace, so that strict and transitional files read the same."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, tag: str) -> list[Element]:
    """The direct children with this local name and the parent's namespace; programs do not look at others."""
    namespace = str(element.tag).rpartition("}")[0].removeprefix("{")
    return list(element.iterchildren(f"{{{namespace}}}{tag}" if namespace else tag))


def full_text(element: Element) -> str:
    """All text inside an element, however deep."""
    if not len(element):
        return element.text or ""
    return "".join(str(piece) for piece in element.itertext())


def is_true(text: str | None) -> bool:
    """An XML boolean attribute; absent is false."""
    return text in ("1", "true", "on")


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """A whole number that an attribute holds, of eight digits at most; ``otherwise`` where it holds none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
"""What stands before XML as :func:`serialise` writes it."""


def serialise(root: Element) -> bytes:
    """XML as Office writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
