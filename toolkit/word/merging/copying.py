"""Elements of one document put into another: styles by name, numbering, notes, charts and pictures with their parts."""

from copy import deepcopy
from dataclasses import dataclass, field
from itertools import chain, count
from posixpath import dirname, relpath, splitext

from lxml import etree

from toolkit.ooxml.parse import serialise, whole_number
from toolkit.ooxml.relations import CONTENT_TYPES, OFFICE, RELATIONS, add_part, relations, rels_name
from toolkit.word.merging.words import Opened
from toolkit.word.package import DOCUMENT, STYLES, Node, parse, w

_STYLE_TAGS = tuple(map(w, ("pStyle", "rStyle", "tblStyle")))
_NAMED_IN_STYLES = tuple(map(w, ("basedOn", "next", "link", "numStyleLink", "styleLink")))
NUMBERING = "word/numbering.xml"
_OFFICE_PREFIX = f"{{{OFFICE}}}"


@dataclass(slots=True)
class Copier:
    """Carries elements from one document into another.

    Attributes:
        styles: style id there → style id here. parts: part name there → here. numbers: numbering there → here.
    """

    source: Opened
    target: Opened
    styles: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    relationships: dict[str, str] = field(default_factory=dict)
    copies: int = 0

    def copy(self, node: Node) -> Node:
        """A copy of an element that is at home in the target."""
        made = deepcopy(node)
        self.copies += 1
        for mark in made.iter(w("bookmarkStart"), w("bookmarkEnd")):
            mark.set(w("id"), f"{self.copies}-{mark.get(w('id'))}")  # ids of two documents are the same
        for reference in made.iter(*_STYLE_TAGS):
            reference.set(w("val"), self._style(reference.get(w("val"), "")))
        for number in made.iter(w("numId")):
            number.set(w("val"), self._number(number.get(w("val"), "0")))
        for part in made.iter():
            for name, value in list(part.attrib.items()):
                if name.startswith(_OFFICE_PREFIX):
                    part.set(name, self._relationship(value))
        for reference in list(made.iter(w("headerReference"), w("footerReference"))):
            reference.getparent().remove(reference)  # the target keeps its own headers and footers
        return made

    def _style(self, key: str) -> str:
        if not self.styles:
            self.styles = _same_names(self.source.parts.get(STYLES), self.target.parts.get(STYLES))
        if key not in self.styles:
            self.styles[key] = key
            self._bring_style(key)
        return self.styles[key]

    def _bring_style(self, key: str) -> None:
        """Add a style the target does not have, with those it is based on."""
        if STYLES not in self.source.parts or STYLES not in self.target.parts:
            return
        style = _styles(self.source.parts[STYLES]).get(key)
        if style is None:
            return
        taken = _styles(self.target.parts[STYLES])
        self.styles[key] = new = next(name for name in _candidates(key) if name not in taken)
        made = deepcopy(style)
        made.set(w("styleId"), new)
        made.attrib.pop(w("default"), None)
        for reference in made.iter(*_NAMED_IN_STYLES):
            reference.set(w("val"), self._style(reference.get(w("val"), "")))
        root = parse(self.target.parts[STYLES])
        root.append(made)
        self.target.parts[STYLES] = serialise(root)

    def _number(self, key: str) -> str:
        if key != "0" and key not in self.numbers:
            self.numbers[key] = self._bring_numbering(key)
        return self.numbers.get(key, key)

    def _bring_numbering(self, key: str) -> str:
        if NUMBERING not in self.source.parts or NUMBERING not in self.target.parts:
            return key
        there, here = parse(self.source.parts[NUMBERING]), parse(self.target.parts[NUMBERING])
        number = next((item for item in there.iter(w("num")) if item.get(w("numId")) == key), None)
        wanted = None if number is None else number.find(w("abstractNumId")).get(w("val"))
        abstract = next((item for item in there.iter(w("abstractNum")) if item.get(w("abstractNumId")) == wanted), None)
        if number is None or abstract is None:
            return key
        number, abstract = deepcopy(number), deepcopy(abstract)
        new = str(1 + max((whole_number(item.get(w("numId"))) for item in here.iter(w("num"))), default=0))
        shape = str(
            1 + max((whole_number(item.get(w("abstractNumId"))) for item in here.iter(w("abstractNum"))), default=0)
        )
        abstract.set(w("abstractNumId"), shape)
        number.set(w("numId"), new)
        number.find(w("abstractNumId")).set(w("val"), shape)
        for item in abstract.findall(w("nsid")):
            abstract.remove(item)  # two definitions of one id are taken for the same list
        last = here.findall(w("abstractNum"))
        here.insert(here.index(last[-1]) + 1 if last else 0, abstract)
        here.append(number)
        self.target.parts[NUMBERING] = serialise(here)
        return new

    def _relationship(self, key: str) -> str:
        if key not in self.relationships:
            self.relationships[key] = self._relate(DOCUMENT, key, DOCUMENT)
        return self.relationships[key]

    def _relate(self, source: str, key: str, target: str) -> str:
        """Copy one relationship of a part, with the part it leads to; its id in the target."""
        item = next((item for item in parse(self.source.parts[rels_name(source)]) if item.get("Id") == key), None)
        if item is None:
            return key
        name = rels_name(target)
        held = self.target.parts.get(name)
        root = parse(held) if held else etree.fromstring(f'<Relationships xmlns="{RELATIONS}"/>')
        taken = {item.get("Id") for item in root}
        made = deepcopy(item)
        wanted = chain([] if target == DOCUMENT else [key], (f"rIdM{number}" for number in count(1)))
        made.set("Id", next(free for free in wanted if free not in taken))
        if item.get("TargetMode") != "External":
            part = relations(self.source.parts, source)[key][1]
            made.set("Target", relpath(self._part(part), dirname(target) or "."))
        root.append(made)
        self.target.parts[name] = serialise(root)
        return str(made.get("Id"))

    def _part(self, name: str) -> str:
        """Copy a part and what it leads to; a part is never shared with one that was there before."""
        if name in self.parts:
            return self.parts[name]
        stem, extension = splitext(name)
        stem = stem.rstrip("0123456789")
        new = next(free for number in range(1, 100_000) if (free := f"{stem}{number}{extension}") not in self._names())
        self.parts[name] = new
        add_part(self.target.parts, new, self.source.parts[name], _content_type(self.source, name))
        keys = {key: self._relate(name, key, new) for key in relations(self.source.parts, name)}
        renamed = {key: made for key, made in keys.items() if key != made}
        if renamed:
            root = parse(self.target.parts[new])
            for node in root.iter():
                for attribute, value in list(node.attrib.items()):
                    if attribute.startswith(_OFFICE_PREFIX) and value in renamed:
                        node.set(attribute, renamed[value])
            self.target.parts[new] = serialise(root)
        return new

    def _names(self) -> set[str]:
        return set(self.target.parts)


def _candidates(key: str) -> list[str]:
    return [key, *(f"{key}_{number}" for number in range(2, 1000))]


def _styles(part: bytes) -> dict[str, Node]:
    return {style.get(w("styleId")): style for style in parse(part).iter(w("style"))}


def _same_names(source: bytes | None, target: bytes | None) -> dict[str, str]:
    """Style ids of two documents that carry the same name; programs give ids of their own, names they keep."""
    if source is None or target is None:
        return {}
    here = {_named(style): key for key, style in _styles(target).items()}
    return {key: here[name] for key, style in _styles(source).items() if (name := _named(style)) in here}


def _named(style: Node) -> tuple[str, str]:
    name = style.find(w("name"))
    return style.get(w("type"), ""), "" if name is None else name.get(w("val"), "").casefold()


def _content_type(opened: Opened, name: str) -> str:
    types = parse(opened.parts[CONTENT_TYPES])
    extension = name.rpartition(".")[2].casefold()
    for item in types:
        if item.get("PartName") == f"/{name}":
            return str(item.get("ContentType"))
    kinds = {item.get("Extension", "").casefold(): item.get("ContentType") for item in types}
    return str(kinds.get(extension, "application/octet-stream"))
