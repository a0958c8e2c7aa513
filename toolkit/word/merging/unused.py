"""Charts and pictures nothing refers to any more: a chart drawn anew leaves the old one and its workbook behind."""

from collections.abc import MutableMapping

from lxml import etree

from toolkit.ooxml.parse import serialise
from toolkit.ooxml.relations import CONTENT_TYPES, OFFICE, relations, rels_name
from toolkit.word.package import DOCUMENT, Node, parse

_DRAWN = {f"{OFFICE}/chart", f"{OFFICE}/image"}
_SHOWING = (
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)


def drop_unused(parts: MutableMapping[str, bytes], document: Node) -> None:
    """Take charts and pictures out of a package that its document does not show, with what only they refer to."""
    drawn = {key for key, relation in relations(parts, DOCUMENT).items() if relation.kind in _DRAWN}
    shown = {value for node in document.iter(*_SHOWING) for value in node.attrib.values()}
    if gone := _nowhere_in(document, drawn - shown):
        _drop(parts, gone)


def _nowhere_in(document: Node, keys: set[str]) -> set[str]:
    """Those of some relations that no attribute of a document names; programs have many ways to show a picture."""
    text = etree.tostring(document) if keys else b""
    return {key for key in keys if f'"{key}"'.encode() not in text}


def _drop(parts: MutableMapping[str, bytes], keys: set[str]) -> None:
    before = _reached(parts)
    name = rels_name(DOCUMENT)
    root = parse(parts[name])
    for item in [item for item in root if item.get("Id") in keys]:
        root.remove(item)
    parts[name] = serialise(root)
    gone = before - _reached(parts)
    types = parse(parts[CONTENT_TYPES])
    for item in [item for item in types if (item.get("PartName") or "").lstrip("/") in gone]:
        types.remove(item)
    parts[CONTENT_TYPES] = serialise(types)
    for part in gone:
        parts.pop(part)
        parts.pop(rels_name(part), None)


def _reached(parts: MutableMapping[str, bytes]) -> set[str]:
    """Parts that something refers to, by way of others from the package itself."""
    found: set[str] = set()
    open_now = [""]
    while open_now:
        for _, target in relations(parts, open_now.pop()).values():
            if target in parts and target not in found:
                found.add(target)
                open_now.append(target)
    return found
