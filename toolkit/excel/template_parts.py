"""What openpyxl cannot carry from a template to the workbook built from it: pictures, shapes, headers as typed.

These parts are taken from the template's own file and attached to the built workbook as they are; only the rows that
pictures and shapes stand on follow the rows of the template.
"""

from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType

from lxml import etree

from toolkit.excel.parts import WorkbookParts
from toolkit.excel.sheet_order import put_in_order
from toolkit.ooxml.package import Member, deflate, write_members
from toolkit.ooxml.parse import Element, children, local_name, parse_xml, serialise
from toolkit.ooxml.relations import CONTENT_TYPES, OFFICE, RELATIONS, rels_name

RowMap = Mapping[int, list[int]]
"""Template row → output rows, both from 1."""

_RELATION_ID = f"{{{OFFICE}}}id"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_PREFIXES = {"xdr": f"{_DRAWING}spreadsheetDrawing", "a": f"{_DRAWING}main", "r": OFFICE}
_ATTACHED = ("drawing", "legacyDrawingHF", "picture")
_AS_TYPED = ("printOptions", "pageMargins", "headerFooter")


def attach_parts(
    template: bytes, built: bytes, rows: Mapping[str, RowMap], likes: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """The built workbook with the template's pictures, shapes, headers and footers.

    Args:
        template: bytes of the template.
        built: bytes of the workbook openpyxl wrote.
        rows: sheet name → where its rows went.
        likes: name of a sheet the template has not → the sheet it is built from.
    """
    source, target = WorkbookParts(template), WorkbookParts(built)
    contents: dict[str, bytes] = {}
    carried: dict[str, Member] = {}
    paths = {item.get("name") or "": path for _, item, path in source.worksheets}
    for name, moved in rows.items():
        path, place = paths.get(likes.get(name, name)), target.worksheet_part(name)
        if path and place:
            carried |= _attach_sheet(source, path, target, place, moved, contents)
    contents[CONTENT_TYPES] = _content_types(source, target, carried)
    members = dict(target.members) | carried | {name: deflate(name, content) for name, content in contents.items()}
    return write_members(members.values())


def _attach_sheet(
    source: WorkbookParts,
    path: str,
    target: WorkbookParts,
    place: str,
    rows: RowMap,
    contents: dict[str, bytes],
) -> dict[str, Member]:
    old, new = parse_xml(path, source.contents[path]), parse_xml(place, target.contents[place])
    relations = source.relations(path)
    carried: dict[str, Member] = {}
    wanted: dict[str, tuple[str, str]] = {}
    for element in old:
        name = local_name(element)
        if name in _AS_TYPED:
            put_in_order(new, deepcopy(element))
        kind, part = relations.get(element.get(_RELATION_ID) or "", ("", ""))
        if name in _ATTACHED and part in source.members:
            copied = etree.SubElement(new, element.tag, {_RELATION_ID: f"rIdTemplate{len(wanted) + 1}"})
            put_in_order(new, copied)
            wanted[f"rIdTemplate{len(wanted) + 1}"] = (kind, part)
            carried |= _carried(source, part, rows)
    contents[place] = serialise(new)
    if wanted:
        name = rels_name(place)
        contents[name] = _with_relations(target.part(name), wanted)
    return carried


def closure(parts: WorkbookParts, start: str) -> dict[str, str]:
    """Every part reached from one, with the kind of relation it was reached by."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting:
        for kind, part in parts.relations(waiting.pop()).values():
            if part in parts.members and part not in found:
                found[part] = kind
                waiting.append(part)
    return found


def _carried(source: WorkbookParts, part: str, rows: RowMap) -> dict[str, Member]:
    names = [part, *closure(source, part)]
    names += [rels_name(name) for name in names if rels_name(name) in source.members]
    carried = {name: source.members[name] for name in names}
    root = parse_xml(part, source.contents[part]) if part in source.contents else None
    if root is not None and local_name(root) == "wsDr":
        _move_anchors(root, rows)
        carried[part] = deflate(part, serialise(_with_prefixes(root)))
    return carried


def _with_prefixes(drawing: Element) -> Element:
    """A drawing with the prefixes that Excel writes: exceljs opens no workbook whose drawings have others."""
    made = etree.Element(drawing.tag, {str(name): str(text) for name, text in drawing.attrib.items()}, nsmap=_PREFIXES)
    made.extend(drawing)
    etree.cleanup_namespaces(made, top_nsmap=_PREFIXES)
    return made


def _move_anchors(drawing: Element, rows: RowMap) -> None:
    """Pictures follow the row their upper edge stands on, and keep the number of rows they cover."""
    for anchor in drawing:
        starts = [row for begin in children(anchor, "from") for row in children(begin, "row")]
        ends = [row for end in children(anchor, "to") for row in children(end, "row")]
        if starts:
            shift = _shift(int(starts[0].text or 0), rows)
            for row in (*starts, *ends):
                row.text = str(int(row.text or 0) + shift)


def _shift(row: int, rows: RowMap) -> int:
    """How far an anchor row (from 0) moves; a row that did not come out counts as the next one that did."""
    later = [number for number in rows if number > row]
    if later:
        return rows[min(later)][0] - min(later)
    return max((place for places in rows.values() for place in places), default=0) - max(rows, default=0)


def _with_relations(found: tuple[str, bytes] | None, wanted: Mapping[str, tuple[str, str]]) -> bytes:
    root = parse_xml(*found) if found else etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})  # type: ignore[dict-item]
    for name, (kind, part) in wanted.items():
        attributes = {"Id": name, "Type": f"{OFFICE}/{kind}", "Target": f"/{part}"}
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", attributes)
    return serialise(root)


def _content_types(source: WorkbookParts, target: WorkbookParts, carried: Mapping[str, Member]) -> bytes:
    """The built workbook's content types with those of the carried parts."""
    theirs, ours = (parse_xml(CONTENT_TYPES, parts.contents[CONTENT_TYPES]) for parts in (source, target))
    overrides = {item.get("PartName") or "": item for item in children(theirs, "Override")}
    defaults = {(item.get("Extension") or "").casefold(): item for item in children(theirs, "Default")}
    known = {(item.get("Extension") or "").casefold() for item in children(ours, "Default")}
    for name in carried:
        extension = name.rpartition(".")[2].casefold()
        if f"/{name}" in overrides:
            ours.append(deepcopy(overrides[f"/{name}"]))
        elif extension in defaults and extension not in known:
            known.add(extension)
            ours.insert(0, deepcopy(defaults[extension]))
    return serialise(ours)
