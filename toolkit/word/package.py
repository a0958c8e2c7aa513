"""A ``.docx`` as a bag of parts: read it, add a part, write it back with the same bytes every time.

python-docx is not used for this: it renames parts on saving and cannot copy a member without compressing it again.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from posixpath import dirname, join, normpath, relpath
from typing import Any, TypeAlias
from zipfile import BadZipFile, ZipFile

from lxml import etree

from toolkit.errors import TemplateError

Node: TypeAlias = Any  # an lxml element
Docx: TypeAlias = Any  # an object of python-docx, which ships no types

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

LARGEST_MEMBER = 64 * 1024 * 1024
_DOS_DATE_1980 = 0x0021
_UTF8_NAME = 0x0800


@cache
def w(tag: str) -> str:
    """Clark name of a WordprocessingML tag or attribute."""
    return f"{{{W}}}{tag}"


@dataclass(frozen=True, slots=True)
class Member:
    """One zip member, already compressed: writing it again is a copy."""

    name: str
    crc: int
    size: int
    deflated: bytes


def read_parts(data: bytes, where: str = "") -> dict[str, bytes]:
    """Every part of a ``.docx``, in the order of the file.

    Raises:
        TemplateError: not a Word ``.docx`` file, damaged, or absurdly large.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if any(info.file_size > LARGEST_MEMBER for info in members):
                raise TemplateError(
                    "Word 文件内部有异常巨大的部件", where=where, what_to_do="请换用正常保存的 .docx 文件"
                )
            parts = {info.filename: archive.read(info) for info in members}
    except (BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
        raise _not_word(where) from error
    if DOCUMENT not in parts or CONTENT_TYPES not in parts:
        raise _not_word(where)
    return parts


def _not_word(where: str) -> TemplateError:
    return TemplateError(
        "这个文件不是可以读取的 Word 文档（.docx）",
        where=where,
        what_to_do="请在 Word 或 WPS 中打开，另存为 .docx 后再用",
    )


def pack(name: str, data: bytes, level: int = 6) -> Member:
    """Compress one part."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Member(name, zlib.crc32(data), len(data), compressor.compress(data) + compressor.flush())


def write_members(members: Iterable[Member]) -> bytes:
    """Join compressed members to a zip file; no time stamp but 1980-01-01, so equal parts give equal bytes."""
    body, directory = BytesIO(), BytesIO()
    members = tuple(members)
    for member in members:
        name, offset = member.name.encode(), body.tell()
        fields = (_UTF8_NAME, 8, 0, _DOS_DATE_1980, member.crc, len(member.deflated), member.size, len(name), 0)
        body.write(struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *fields) + name)
        body.write(member.deflated)
        directory.write(struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, *fields, 0, 0, 0, 0, offset) + name)
    start, entries = body.tell(), directory.getvalue()
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(members), len(members), len(entries), start, 0)
    return body.getvalue() + entries + end


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A ``.docx`` from its parts, ``[Content_Types].xml`` first as Word writes it."""
    names = sorted(parts, key=lambda name: name != CONTENT_TYPES)
    return write_members(pack(name, parts[name]) for name in names)


def parse(xml: bytes) -> Node:
    """An element tree without entities, network or size surprises."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def serialise(root: Node) -> bytes:
    """XML as Word writes it."""
    result: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return result


def add_part(parts: dict[str, bytes], name: str, data: bytes, content_type: str) -> None:
    """Put a part into the package and declare its type."""
    parts[name] = data
    types = parse(parts[CONTENT_TYPES])
    path = f"/{name}"
    if not any(item.get("PartName") == path for item in types):
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=path, ContentType=content_type)
    parts[CONTENT_TYPES] = serialise(types)


def drop_part(parts: dict[str, bytes], source: str, name: str) -> None:
    """Take a part out of the package, with the relationship from its source."""
    keys = {key for key, (_, target) in relations(parts, source).items() if target == name}
    parts.pop(name, None)
    types = parse(parts[CONTENT_TYPES])
    for item in [item for item in types if item.get("PartName") == f"/{name}"]:
        types.remove(item)
    parts[CONTENT_TYPES] = serialise(types)
    root = parse(parts[rels_name(source)])
    for item in [item for item in root if item.get("Id") in keys]:
        root.remove(item)
    parts[rels_name(source)] = serialise(root)


def rels_name(source: str) -> str:
    """The relationships part of a part; "" is the package itself."""
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations(parts: Mapping[str, bytes], source: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (type, part name) of the internal relationships of a part."""
    data = parts.get(rels_name(source))
    if data is None:
        return {}
    items = [item for item in parse(data) if item.get("TargetMode") != "External"]
    return {item.get("Id"): (item.get("Type"), _resolve(source, item.get("Target"))) for item in items}


def _resolve(source: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(source), target))


def relate(parts: dict[str, bytes], source: str, kind: str, target: str) -> str:
    """Relate a part to another one (once) and return the relationship id."""
    for key, (known_kind, known_target) in relations(parts, source).items():
        if (known_kind, known_target) == (kind, target):
            return key
    name = rels_name(source)
    root = parse(parts[name]) if name in parts else etree.fromstring(f'<Relationships xmlns="{RELATIONS}"/>')
    taken = {item.get("Id") for item in root}
    key = next(candidate for number in range(1, len(taken) + 2) if (candidate := f"rIdJx{number}") not in taken)
    relative = relpath(target, dirname(source) or ".")
    etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=key, Type=kind, Target=relative)
    parts[name] = serialise(root)
    return key


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
