"""Which part of an Office file refers to which, and the content type each part declares."""

from collections.abc import Mapping, MutableMapping, Sequence
from functools import lru_cache
from itertools import count
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from toolkit.ooxml.parse import parse_xml, serialise

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Relation(NamedTuple):
    """A relation inside the file: its type's address, the part it leads to."""

    kind: str
    target: str


def rels_name(source: str) -> str:
    """The relationships part of a part; "" is the package itself."""
    folder, _, name = source.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def read_relations(content: bytes | None, source: str) -> dict[str, Relation]:
    """Relation id → relation, of a relationships part; targets outside the file are left out.

    Args:
        content: the part; None for a part without relations.
        source: the part whose relations they are.

    Raises:
        UnreadableFileError: the relationships part is damaged.
    """
    if content is None:
        return {}
    return dict((_known_relations if len(content) <= _LARGEST_KEPT else _relations)(content, source))


def _relations(content: bytes, source: str) -> dict[str, Relation]:
    items = [item for item in parse_xml(rels_name(source), content) if item.get("TargetMode") != "External"]
    return {
        item.get("Id") or "": Relation(item.get("Type") or "", _resolve(source, item.get("Target") or ""))
        for item in items
    }


_LARGEST_KEPT = 20_000  # bytes
_known_relations = lru_cache(64)(_relations)
"""All forms of an evaluation have the same relations."""


def relations(parts: Mapping[str, bytes], source: str) -> dict[str, Relation]:
    """Relation id → relation of a part."""
    return read_relations(parts.get(rels_name(source)), source)


def _resolve(source: str, target: str) -> str:
    """The part's name; some programs escape it, or write back slashes."""
    return normpath(join("/", dirname(source), unquote(target.replace("\\", "/")))).lstrip("/")


def relate(parts: MutableMapping[str, bytes], source: str, kind: str, target: str) -> str:
    """Relate a part to another one (once) and return the relation's id."""
    return relate_all(parts, source, [Relation(kind, target)])[0]


def relate_all(parts: MutableMapping[str, bytes], source: str, wanted: Sequence[Relation]) -> list[str]:
    """As :func:`relate`, several at once: a document with hundreds of charts is not read anew for each."""
    name, asked = rels_name(source), tuple(wanted)
    content = parts.get(name, b"")
    related = (_known_related if len(content) <= _LARGEST_KEPT else _related)(content, source, asked)
    if related.content != content:
        parts[name] = related.content
    return [related.keys[relation] for relation in asked]


class _Related(NamedTuple):
    """A relationships part, and the id of each relation that was asked for."""

    content: bytes
    keys: Mapping[Relation, str]


def _related(content: bytes, source: str, wanted: tuple[Relation, ...]) -> _Related:
    """As :func:`relate_all`. Args: content: the part as it is, b"" where there is none."""
    keys = {known: key for key, known in reversed(read_relations(content or None, source).items())}
    added = [relation for relation in dict.fromkeys(wanted) if relation not in keys]
    if not added:
        return _Related(content, keys)
    root = parse_xml(rels_name(source), content or f'<Relationships xmlns="{RELATIONS}"/>'.encode())
    taken = {item.get("Id") for item in root}
    free = (key for number in count(1) if (key := f"rIdJx{number}") not in taken)
    for relation, key in zip(added, free, strict=False):
        target = relpath(relation.target, dirname(source) or ".")
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=key, Type=relation.kind, Target=target)
        keys[relation] = key
    return _Related(serialise(root), keys)


_known_related = lru_cache(64)(_related)
"""All reports of a template have the same charts and properties."""


def add_part(parts: MutableMapping[str, bytes], name: str, data: bytes, content_type: str) -> None:
    """Put a part into the package and declare its type."""
    parts[name] = data
    declare(parts, {name: content_type})


def declare(parts: MutableMapping[str, bytes], content_types: Mapping[str, str]) -> None:
    """Declare the types of parts; one that is declared stays as it is."""
    content = parts[CONTENT_TYPES]
    declared = _known_declared if len(content) <= _LARGEST_KEPT else _declared
    parts[CONTENT_TYPES] = declared(content, tuple(content_types.items()))


def _declared(content: bytes, content_types: tuple[tuple[str, str], ...]) -> bytes:
    types = parse_xml(CONTENT_TYPES, content)
    known = {item.get("PartName") for item in types}
    for name, content_type in content_types:
        if f"/{name}" not in known:
            etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
    return serialise(types)


_known_declared = lru_cache(64)(_declared)


def drop_part(parts: MutableMapping[str, bytes], source: str, name: str) -> None:
    """Take a part out of the package, with the relation from its source."""
    keys = {key for key, known in relations(parts, source).items() if known.target == name}
    parts.pop(name, None)
    types = parse_xml(CONTENT_TYPES, parts[CONTENT_TYPES])
    for item in [item for item in types if item.get("PartName") == f"/{name}"]:
        types.remove(item)
    parts[CONTENT_TYPES] = serialise(types)
    rels = rels_name(source)
    root = parse_xml(rels, parts[rels])
    for item in [item for item in root if item.get("Id") in keys]:
        root.remove(item)
    parts[rels] = serialise(root)
