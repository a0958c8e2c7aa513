"""The defined names of a workbook, as its part says them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.excel.remembered import Remembered
from toolkit.excel.xml_parts import has_sections, resolved, usual_text, without_indents
from toolkit.ooxml.parse import Element, children, parse_xml

_OPEN, _CLOSE = b"<definedNames>", b"</definedNames>"
_NAME = re.compile(r'<definedName((?: [A-Za-z]+="[^"<>\t\n]*")+)>([^<]*)')
_ATTRIBUTE = re.compile(' ([A-Za-z]+)="([^"]*)"')


class DefinedName(NamedTuple):
    """A name, the text it stands for, and the place of its sheet ("" for a name of the whole workbook)."""

    name: str
    text: str
    scope: str


def read_main(name: str, content: bytes) -> tuple[Element, list[DefinedName]]:
    """The root of a workbook part, without its names where these are written the usual way; the names.

    Raises:
        UnreadableFileError: damaged XML.
    """
    scanned = _scan(content)
    if scanned is not None:
        frame, names = scanned
        root = parse_xml(name, frame)
        # Somewhere else than right under the root it would be nobody's list of names.
        if len(children(root, "definedNames")) == 1:
            return root, names
    root = parse_xml(name, content)
    return root, list(_names(root))


def _names(root: Element) -> Iterator[DefinedName]:
    for item in (item for group in children(root, "definedNames") for item in group):
        yield DefinedName(item.get("name") or "", item.text or "", item.get("localSheetId") or "")


def _scan(content: bytes) -> tuple[bytes, list[DefinedName]] | None:
    """The part with an empty list of names, and the names; None to leave them to the parser."""
    start, end = content.find(_OPEN) + len(_OPEN), content.find(_CLOSE)
    if not len(_OPEN) <= start < end or content.count(b"definedNames") != 2 or has_sections(content):
        return None
    text = usual_text(content[:start], content[start:end])
    *pieces, rest = without_indents(text).split("</definedName>") if text else ["?"]
    found = [_KNOWN[piece] or _read(piece) for piece in pieces]
    names = [name for name in found if name]
    return (content[:start] + content[end:], names) if not rest.strip() and len(names) == len(pieces) else None


def _read(piece: str) -> DefinedName | None:
    match = _NAME.fullmatch(piece)
    attributes = _ATTRIBUTE.findall(match[1]) if match else []
    said = {key: resolved(value) for key, value in attributes}
    if match is None or len(said) < len(attributes):
        return None
    found = DefinedName(said.get("name", ""), resolved(match[2]), said.get("localSheetId", ""))
    _KNOWN.keep(piece, found)
    return found


_KNOWN: Remembered[DefinedName] = Remembered()
"""All forms of an evaluation have the same names."""
