"""Custom document properties (``docProps/custom.xml``): kept by Word, WPS, LibreOffice and python-docx on saving."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.ooxml.parse import serialise, whole_number
from toolkit.ooxml.printable import escaped
from toolkit.ooxml.relations import OFFICE, add_part, relate
from toolkit.word.package import Node, parse

NAME = "docProps/custom.xml"
TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
KIND = f"{OFFICE}/custom-properties"
NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAMESPACES = re.compile(' xmlns(?::[^=]+)?="[^"]*"')
_EMPTY = f'<Properties xmlns="{NAMESPACE}" xmlns:vt="{VALUES}"/>'.encode()


def read_properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Name → text of every custom property."""
    if NAME not in parts:
        return {}
    return {item.get("name"): "".join(item.itertext()) for item in parse(parts[NAME])}


def without_properties(part: bytes, names: Collection[str]) -> bytes:
    """The custom properties part without some of its properties."""
    root = parse(part)
    for item in [item for item in root if item.get("name") in names]:
        root.remove(item)
    return serialise(root)


def with_properties(part: bytes, values: Mapping[str, str]) -> bytes:
    """The custom properties part with some text properties set."""
    root = parse(part)
    for item in [item for item in root if item.get("name") in values]:
        root.remove(item)
    for number, (name, value) in enumerate(values.items(), _last_number(root) + 1):
        _append(root, number, name, value)
    return serialise(root)


@dataclass(frozen=True, slots=True)
class PropertiesForm:
    """A custom properties part that many documents fill in with values of the same names.

    Attributes:
        before, after: what stands around these properties. last: the number of the one before them.
        form: one of them, with places for its number, name and text.
    """

    before: str
    after: str
    last: int
    form: str

    def filled(self, values: Mapping[str, str]) -> bytes:
        """The part with these values, as :func:`with_properties` writes it."""
        items = enumerate(values.items(), self.last + 1)
        written = [self.form.format(number, escaped(name), escaped(text)) for number, (name, text) in items]
        return "".join((self.before, *written, self.after)).encode()


def properties_form(part: bytes, names: Collection[str]) -> PropertiesForm:
    """The form of a custom properties part.

    Args:
        part: as it stands in the template.
        names: of the values that it will be filled in with.
    """
    root = parse(without_properties(part, names))
    last = _last_number(root)
    _append(root, last + 1, "{1}", "{2}")
    item = root[-1]
    item.set("pid", "{0}")
    item.set("fmtid", "{" + FORMAT_ID + "}")
    form = _NAMESPACES.sub("", etree.tostring(item, encoding="unicode"))
    before, after = serialise(root).decode().split(form)
    return PropertiesForm(before, after, last, form)


def ensure_properties(parts: dict[str, bytes]) -> None:
    """Make sure the package has the part, declared and related."""
    add_part(parts, NAME, parts.get(NAME, _EMPTY), TYPE)
    relate(parts, "", KIND, NAME)


def _last_number(root: Node) -> int:
    """The highest number of a property; the format begins counting at 2."""
    return max([1, *(whole_number(item.get("pid"), 1) for item in root)])


def _append(root: Node, number: int, name: str, value: str) -> None:
    item = etree.SubElement(root, f"{{{NAMESPACE}}}property", fmtid=FORMAT_ID, pid=str(number), name=name)
    etree.SubElement(item, f"{{{VALUES}}}lpwstr").text = value
