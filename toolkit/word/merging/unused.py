"""Charts and pictures nothing refers to any more: a chart drawn anew leaves the old one and its workbook behind."""

from collections.abc import MutableMapping

from toolkit.ooxml.parse import serialise
from toolkit.ooxml.relations import CONTENT_TYPES, OFFICE, relations, rels_name
from toolkit.word.package import DOCUMENT, parse

_DRAWN = {f"{OFFICE}/chart", f"{OFFICE}/image"}


def drop_unused(parts: MutableMapping[str, bytes]) -> None:
    """Take charts and pictures out of a package that its document does not show, with what only they refer to."""
    document = parts[DOCUMENT]
    drawn = (key for key, relation in relations(parts, DOCUMENT).items() if relation.kind in _DRAWN)
    gone = {key for key in drawn if f'"{key}"'.encode() not in document}
    if not gone:
        return
    before = _reached(parts)
    name = rels_name(DOCUMENT)
    root = parse(parts[name])
    for item in [item for item in root if item.get("Id") in gone]:
        root.remove(item)
    parts[name] = serialise(root)
    _drop(parts, before - _reached(parts))


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


def _drop(parts: MutableMapping[str, bytes], names: set[str]) -> None:
    types = parse(parts[CONTENT_TYPES])
    for item in [item for item in types if (item.get("PartName") or "").lstrip("/") in names]:
        types.remove(item)
    parts[CONTENT_TYPES] = serialise(types)
    for name in names:
        parts.pop(name)
        parts.pop(rels_name(name), None)
